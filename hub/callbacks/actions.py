"""Changing callbacks, in the caller's transaction: asked for, moved, canceled, finished; and what is told of it.

Locks are taken in this order: call, callback, agent, queue, conversation. Whoever changes a callback that has a call
locks that first (`lock`).
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

import structlog

from hub.callbacks import flow, queue_store, store
from hub.callbacks.calendar import Calendar, calendar_of
from hub.callbacks.model import (
    CALLING,
    FINAL,
    UNSET,
    AlreadyWaiting,
    BadCallback,
    Callback,
    NewCallback,
    NotNow,
    Progress,
    Queue,
    QueueFull,
    UnknownCallback,
    UnknownQueue,
    Unset,
    Window,
)
from hub.callbacks.number import normalise, time_zone_of
from hub.callbacks.scripts import language_of, say
from hub.callbacks.wait import expected_at, expected_wait
from hub.calls import agents
from hub.calls.entry import MOST_WORDS
from hub.calls.shown import show_in_lists
from hub.calls.store import get_call, lock_call, open_conversation_of
from hub.channels.store import get_channel
from hub.clock import Clock, SystemClock
from hub.events.model import ConversationChanged
from hub.events.outbox import Tx
from hub.outbound.errors import OutboundError
from hub.outbound.model import QueueMessage
from hub.outbound.queue import MessageQueue
from hub.people.actions import resolve_identity
from hub.sdk import Address
from hub.timeline.actions import append_entry, open_conversation, touch_entry
from hub.timeline.model import NewEntry

KIND: Final = "callback"
SHORTEST: Final = timedelta(minutes=15)
FARTHEST: Final = timedelta(days=60)
_BY_CUSTOMER: Final = ("web", "ivr")
_ALL_SEEN: Final = (1 << 63) - 1
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Hangs(Protocol):
    """What `cancel` needs of the telephones."""

    async def hang_up(self, tx: Tx, call_id: int) -> None:
        """Ends a call for everybody."""
        ...


class Callbacks:
    """What changes callbacks. `public_url` is where customers reach the hub."""

    def __init__(self, messages: MessageQueue, calls: Hangs, public_url: str, clock: Clock | None = None) -> None:
        self._messages = messages
        self._calls = calls
        self._public_url = public_url.rstrip("/")
        self._clock = clock or SystemClock()

    def now(self) -> datetime:
        return self._clock.now()

    async def queue(self, tx: Tx, queue_id: int) -> Queue:
        """Raises UnknownQueue."""
        found = await queue_store.get_queue(tx.connection, queue_id)
        if found is None:
            raise UnknownQueue(f"Queue {queue_id} does not exist. Reload the page.")
        return found

    async def request(self, tx: Tx, new: NewCallback) -> tuple[Callback, str]:
        """The callback, on the customer's timeline, and the secret of the link by which the customer changes it.

        Raises UnknownQueue, QueueFull, BadCallback and AlreadyWaiting.
        """
        now, queue = self.now(), await self.queue(tx, new.queue_id)
        if queue.phone_channel_id is None:
            raise QueueFull(f"Nobody can be called from {queue.name} yet. Give it a telephone channel.")
        number = await self._number(tx, queue, new.number)
        waiting = await store.open_callback_of(tx.connection, queue.id, number)
        if waiting is not None:
            raise AlreadyWaiting(waiting)
        await self._check_room(tx, queue, new, now)
        identity = await resolve_identity(
            tx, Address("phone", number, new.number.strip()[:40], new.name), verified=new.verified
        )
        where, entry_id = await self._begin_entry(tx, queue, new, identity.id)
        zone = new.time_zone or time_zone_of(number, queue.time_zone)
        _check_window(new.window, calendar_of(queue, zone, new.window), now)
        token = secrets.token_urlsafe(24)
        callback_id = await store.insert_callback(
            tx.connection,
            {
                "queue_id": queue.id,
                "identity_id": identity.id,
                "number": number,
                "name": new.name,
                "reason": new.reason,
                "language": language_of(queue, new.language or queue.language),
                "source": new.source,
                "requested_at": now,
                "window_start": new.window.start if new.window else None,
                "window_end": new.window.end if new.window else None,
                "time_zone": zone,
                "priority": new.priority,
                "place": min(new.place or now, now),
                "preferred_agent_id": new.preferred_agent_id,
                "conversation_id": where,
                "entry_id": entry_id,
                "manage_hash": hash_of(token),
                "expires_at": _expiry(queue, new.window, now),
            },
        )
        one = await self.present(tx, callback_id)
        one = await self.settle(tx, queue, one, flow.plan(one.progress, now, self.calendar(queue, one)))
        if new.source in ("web", "ivr", "agent"):
            await self.text(tx, queue, one, "sms_taken", link=self.link(token))
        return one, token

    async def change(
        self, tx: Tx, one: Callback, *, window: Window | Unset | None = UNSET, priority: int | None = None
    ) -> Callback:
        """Another time (None: as soon as possible), or another priority. Raises NotNow and BadCallback."""
        queue, now = await self.queue(tx, one.queue_id), self.now()
        if priority is not None:
            one = replace(one, priority=priority)
        progress = one.progress
        if not isinstance(window, Unset):
            one = replace(one, window=window)
            calendar = self.calendar(queue, one)
            _check_window(window, calendar, now)
            progress = flow.move(progress, now, calendar, _expiry(queue, window, now))
        return await self.settle(tx, queue, one, progress)

    async def cancel(self, tx: Tx, one: Callback, *, by: int | None) -> Callback:
        """Its agent is not called any more. `by` this agent; None: by the customer. Raises NotNow once the customer's
        telephone rings."""
        call_id = one.progress.call_id
        progress = flow.cancel(one.progress, self.now(), "by_customer" if by is None else "by_agent")
        one = replace(one, canceled_by=by)
        changed = await self.settle(tx, await self.queue(tx, one.queue_id), one, progress, "canceled")
        if call_id is not None:
            await self._calls.hang_up(tx, call_id)
        return changed

    async def wrap_up(
        self, tx: Tx, one: Callback, *, disposition: str | None, notes: str | None, finished: bool
    ) -> Callback:
        """What came of it, in the agent's words. `finished`: the agent is ready for the next call. Raises NotNow."""
        one = replace(
            one,
            disposition=one.disposition if disposition is None else disposition,
            notes=one.notes if notes is None else notes,
        )
        progress = one.progress
        if finished:
            progress = flow.wrap_up(progress, self.now())
            if one.progress.agent_id is not None:
                await agents.end_wrap_up(tx, one.progress.agent_id)
        return await self.settle(tx, await self.queue(tx, one.queue_id), one, progress)

    async def lock(self, tx: Tx, callback_id: int) -> Callback:
        """The callback, and before it the call that it has. Raises UnknownCallback, and NotNow when it was given a call
        in between."""
        seen = await self.present(tx, callback_id)
        if seen.progress.call_id is not None and seen.progress.state in CALLING:
            await lock_call(tx.connection, seen.progress.call_id)
        one = _known(await store.lock_callback(tx.connection, callback_id), callback_id)
        if one.progress.call_id not in (None, seen.progress.call_id):
            raise NotNow("The call is being made at this moment. Look at it again.")
        return one

    async def present(self, tx: Tx, callback_id: int) -> Callback:
        """Raises UnknownCallback."""
        return _known(await store.get_callback(tx.connection, callback_id), callback_id)

    def calendar(self, queue: Queue, one: Callback) -> Calendar:
        return calendar_of(queue, one.time_zone, one.window)

    def link(self, token: str) -> str:
        return f"{self._public_url}/callback/manage/{token}"

    def form_link(self, queue_id: int) -> str:
        return f"{self._public_url}/callback/{queue_id}"

    async def settle(self, tx: Tx, queue: Queue, one: Callback, progress: Progress, result: str = "") -> Callback:
        """Stores how far it has come, and tells it: to the list of attempts, on the timeline, to the customer.
        `result` says how an attempt went that is over now."""
        now, before = self.now(), one.progress
        ended = now if progress.state in FINAL else None
        one = replace(one, progress=progress, ended_at=one.ended_at or ended)
        await self._note_attempt(tx, before, one, now, result)
        if progress.state == "done" and not one.disposition and progress.call_id is not None:
            call = await get_call(tx.connection, progress.call_id)
            if call is not None:
                one = replace(one, disposition=call.disposition, notes=one.notes or call.notes)
        await store.save(tx.connection, one)
        await self._show(tx, queue, one)
        if progress.state in ("expired", "voicemail_left") and progress.state != before.state and progress.calls:
            await self.text(tx, queue, one, "sms_unreached", link=self.form_link(queue.id))
        return replace(one, version=one.version + 1)

    async def text(self, tx: Tx, queue: Queue, one: Callback, field: str, **words: str) -> None:
        """A text message to the customer, where the queue sends any; one for each kind of text."""
        if queue.sms_channel_id is None:
            return
        line = say(queue, field, one.language, name=one.name, number=one.number, reason=one.reason, **words)
        try:
            await self._messages.queue_message(
                tx,
                QueueMessage(
                    conversation_id=one.conversation_id,
                    agent_id=None,
                    identity_id=one.identity_id,
                    channel_id=queue.sms_channel_id,
                    text=line.text,
                    last_seen_entry_id=_ALL_SEEN,
                    idempotency_key=f"callback-{one.id}-{field}",
                    confirm_newer=True,
                ),
            )
        except OutboundError as refusal:
            _log.warning("no text about a callback", callback_id=one.id, text=field, reason=str(refusal))

    async def place_and_wait(self, tx: Tx, queue: Queue, one: Callback) -> tuple[int, timedelta, datetime | None]:
        """Its place among those who wait, from 1; how long its turn takes; when it will be called, about."""
        now = self.now()
        load = await queue_store.load_of(tx.connection, queue, now)
        waiting, calling = await store.ahead_of(tx.connection, one.id, now)
        wait = expected_wait(waiting + calling, load.call_seconds, load.at_work)
        start = max(now, one.progress.due_at or now)
        return waiting + 1, wait, expected_at(start, wait, self.calendar(queue, one), one.progress.expires_at)

    async def wait_of_newcomer(self, tx: Tx, queue: Queue) -> timedelta:
        """Until somebody who asks now is called, while it is open."""
        load = await queue_store.load_of(tx.connection, queue, self.now())
        return expected_wait(load.waiting + load.calling, load.call_seconds, load.at_work)

    async def _number(self, tx: Tx, queue: Queue, written: str) -> str:
        channel = await get_channel(tx.connection, queue.phone_channel_id or 0)
        return normalise(written, str(channel.settings.get("country") or "") if channel else "")

    async def _check_room(self, tx: Tx, queue: Queue, new: NewCallback, now: datetime) -> None:
        """Agents may add beyond it; who pressed 1 was offered a place a moment ago."""
        if new.source in ("agent", "ivr"):
            return
        if queue.state != "active":
            raise QueueFull("No callbacks are taken at the moment. Try again later.")
        if (await queue_store.load_of(tx.connection, queue, now)).waiting >= queue.most_waiting:
            raise QueueFull("Too many people are waiting already. Try again later.")

    async def _begin_entry(self, tx: Tx, queue: Queue, new: NewCallback, identity_id: int) -> tuple[int, int]:
        """At the time of the transaction, so that the text about it comes after it."""
        channel_id = queue.phone_channel_id
        assert channel_id is not None
        where = await open_conversation_of(tx.connection, channel_id, identity_id)
        if where is None:
            where = (await open_conversation(tx, channel_id=channel_id, identity_id=identity_id)).id
        asked = new.source in _BY_CUSTOMER
        entry = await append_entry(
            tx,
            NewEntry(
                conversation_id=where,
                kind=KIND,
                direction="in" if asked else "internal",
                channel_id=channel_id,
                author_identity_id=identity_id if asked else None,
                author_agent_id=new.agent_id,
                text=new.reason,
            ),
        )
        return where, entry.id

    async def _note_attempt(self, tx: Tx, before: Progress, one: Callback, now: datetime, result: str) -> None:
        after = one.progress
        anew = (after.call_id, after.agent_id) != (before.call_id, before.agent_id) and after.call_id is not None
        if before.call_id is not None and (anew or after.state not in CALLING) and before.state in CALLING:
            await store.end_attempt(tx.connection, one.id, now, result or after.outcome or after.state)
        if anew and after.state in CALLING:
            await store.start_attempt(tx.connection, one, now)
        if after.state == "connected" != before.state:
            await store.note_talk(tx.connection, one.id, now)

    async def _show(self, tx: Tx, queue: Queue, one: Callback) -> None:
        progress = one.progress
        attempts = await store.attempts_of(tx.connection, one.id)
        data: dict[str, Any] = {
            "callback_id": one.id,
            "queue_id": queue.id,
            "queue": queue.name,
            "number": one.number,
            "source": one.source,
            "state": progress.state,
            "since": progress.since,
            "due_at": progress.due_at,
            "window": [one.window.start, one.window.end] if one.window else None,
            "calls": progress.calls,
            "agent_ids": sorted({each.agent_id for each in attempts if each.agent_id is not None}),
            "call_id": progress.call_id,
            "outcome": progress.outcome or None,
            "canceled_by": one.canceled_by,
            "disposition": one.disposition or None,
            "notes": one.notes,
        }
        await store.show(tx.connection, one.entry_id, data)
        await touch_entry(tx, one.entry_id)
        direction = "in" if one.source in _BY_CUSTOMER else "internal"
        about = {"kind": KIND, "direction": direction, "state": progress.state, "words": one.reason[:MOST_WORDS]}
        said = one.reason or "Wants to be called back"
        if await show_in_lists(tx.connection, one.conversation_id, one.entry_id, said, about, anew=True):
            tx.emit(ConversationChanged(one.conversation_id))


def hash_of(token: str) -> bytes:
    """As secrets in links are stored."""
    return hashlib.sha256(token.encode()).digest()


def _known(one: Callback | None, callback_id: int) -> Callback:
    if one is None:
        raise UnknownCallback(f"Callback {callback_id} does not exist. Reload the page.")
    return one


def _expiry(queue: Queue, window: Window | None, now: datetime) -> datetime:
    return window.end if window is not None else now + timedelta(days=queue.keep_days)


def _check_window(window: Window | None, calendar: Calendar, now: datetime) -> None:
    if window is None:
        return
    if window.end - max(window.start, now) < SHORTEST:
        raise BadCallback("window", "Give us at least 15 minutes, in the future.")
    if window.start - now > FARTHEST:
        raise BadCallback("window", f"At most {FARTHEST.days} days ahead.")
    if calendar.next(max(now, window.start), window.end) is None:
        raise BadCallback("window", "Nobody may call in that time. Choose another one.")
