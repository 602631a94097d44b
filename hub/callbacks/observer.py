"""What calls mean for callbacks: implements hub.calls.observer.CallObserver."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.callbacks import flow, queue_store, store
from hub.callbacks.actions import Callbacks
from hub.callbacks.model import (
    CALLING,
    AlreadyWaiting,
    BadCallback,
    Callback,
    NewCallback,
    NotNow,
    Progress,
    Queue,
    QueueFull,
    Source,
)
from hub.callbacks.number import normalise
from hub.callbacks.scripts import Line, say, spoken_wait
from hub.callbacks.wait import expected_wait
from hub.calls import agents
from hub.calls.model import Call, Cause, Leg
from hub.calls.store import locale_of
from hub.events.outbox import Tx

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)
Follow = Callable[[Progress, Queue, Callback], Progress]


class Rings(Protocol):
    """What the observer needs of the telephones."""

    async def ring_agent(self, tx: Tx, call_id: int, agent_id: int, whisper: str | None = None) -> Leg:
        """Asks another agent to take a call."""
        ...

    async def hang_up(self, tx: Tx, call_id: int) -> None:
        """Ends a call for everybody."""
        ...


class Observer:
    """Moves callbacks on as their calls do, and takes new ones from callers."""

    def __init__(self, callbacks: Callbacks, calls: Rings) -> None:
        self._callbacks = callbacks
        self._calls = calls

    async def callback_offer(self, connection: AsyncConnection, call: Call) -> str:
        queue = await queue_store.queue_of_channel(connection, call.channel_id)
        if queue is None or not _can_be_called(call):
            return ""
        load = await queue_store.load_of(connection, queue, self._callbacks.now())
        if load.waiting >= queue.most_waiting:
            return ""
        wait = expected_wait(load.waiting + load.calling, load.call_seconds, load.at_work)
        field = "offer" if call.stage == "queue" else "offer_closed"
        return say(queue, field, call.language, wait=spoken_wait(wait, call.language)).text

    async def on_callback_wanted(self, tx: Tx, call: Call) -> str:
        queue = await queue_store.queue_of_channel(tx.connection, call.channel_id)
        if queue is None:
            return ""
        await self._take(tx, queue, call, "ivr")
        return say(queue, "taken", call.language).text

    async def on_agent_accepted(self, tx: Tx, call: Call, leg: Leg) -> None:
        def follow(progress: Progress, queue: Queue, one: Callback) -> Progress:
            return flow.accept(progress, self._callbacks.now(), self._callbacks.calendar(queue, one))

        after = await self._follow(tx, call, follow, "too_late")
        if after is not None and after.state not in CALLING:
            await self._calls.hang_up(tx, call.id)

    async def on_agent_gone(self, tx: Tx, call: Call, leg: Leg) -> None:
        one = await self._own(tx, call)
        if one is None or one.progress.state != "dialing_agent":
            return
        queue, now = await self._callbacks.queue(tx, one.queue_id), self._callbacks.now()
        calendar = self._callbacks.calendar(queue, one)
        tried = flow.with_tried(one.progress)
        following = None
        if flow.may_ask_next(one.progress, now, calendar):
            following = await queue_store.lock_free_agent(tx.connection, queue, now, tried=tried)
        if following is None:
            progress = flow.turn_down(one.progress, now, calendar)
        else:
            progress = flow.next_agent(one.progress, now, following)
        await self._callbacks.settle(tx, queue, one, progress, "declined" if leg.declined else "agent_missed")
        if following is not None:
            whisper = await whisper_for(tx.connection, queue, one, following)
            await self._calls.ring_agent(tx, call.id, following, whisper.text)

    async def on_customer_answered(self, tx: Tx, call: Call, leg: Leg) -> None:
        there = call.first == "agent"
        await self._follow(
            tx, call, lambda progress, *_: flow.answer(progress, self._callbacks.now(), agent_there=there)
        )

    async def on_customer_unreached(self, tx: Tx, call: Call, cause: Cause) -> None:
        await self._miss(tx, call, cause, left_message=False)

    async def on_voicemail_left(self, tx: Tx, call: Call) -> None:
        await self._miss(tx, call, "machine", left_message=True)

    async def on_voicemail(self, tx: Tx, call: Call) -> None:
        await self._take_missed(tx, call, "voicemail")

    async def on_ended(self, tx: Tx, call: Call) -> None:
        if call.direction == "in":
            if call.state == "missed" and not call.callback_wanted:
                await self._take_missed(tx, call, "missed_call")
            return

        def follow(progress: Progress, queue: Queue, one: Callback) -> Progress:
            calendar = self._callbacks.calendar(queue, one)
            return flow.end(progress, self._callbacks.now(), calendar, timedelta(seconds=queue.wrap_up_seconds))

        after = await self._follow(tx, call, follow, "talked" if call.answered_at is not None else "broke_off")
        if after is not None and after.state == "wrap_up" and after.agent_id is not None and after.deadline is not None:
            await agents.wrap_up(tx, after.agent_id, round((after.deadline - after.since).total_seconds()))

    async def _miss(self, tx: Tx, call: Call, cause: Cause, *, left_message: bool) -> None:
        def follow(progress: Progress, queue: Queue, one: Callback) -> Progress:
            calendar = self._callbacks.calendar(queue, one)
            return flow.miss(progress, self._callbacks.now(), calendar, cause, left_message=left_message)

        await self._follow(tx, call, follow, cause)

    async def _follow(self, tx: Tx, call: Call, follow: Follow, result: str = "") -> Progress | None:
        """How far it has come then; None when it is not the call's any more, or the news did not fit."""
        one = await self._own(tx, call)
        if one is None:
            return None
        queue = await self._callbacks.queue(tx, one.queue_id)
        try:
            progress = follow(one.progress, queue, one)
        except NotNow:
            _log.warning("news that does not fit a callback", callback_id=one.id, state=one.progress.state, news=result)
            return None
        if progress != one.progress:
            await self._callbacks.settle(tx, queue, one, progress, result)
        return progress

    async def _own(self, tx: Tx, call: Call) -> Callback | None:
        """The callback that this call is being made for, locked; None when it is for none, or for one that has gone on
        without it."""
        if call.callback_id is None:
            return None
        one = await store.lock_callback(tx.connection, call.callback_id)
        return one if one is not None and one.progress.call_id == call.id else None

    async def _take_missed(self, tx: Tx, call: Call, source: Source) -> None:
        queue = await queue_store.queue_of_channel(tx.connection, call.channel_id)
        if queue is not None and queue.missed_calls and _can_be_called(call):
            await self._take(tx, queue, call, source)

    async def _take(self, tx: Tx, queue: Queue, call: Call, source: Source) -> None:
        new = NewCallback(
            queue_id=queue.id,
            number=call.customer.value,
            source=source,
            language=call.language,
            place=call.started_at,
        )
        try:
            await self._callbacks.request(tx, new)
        except AlreadyWaiting as waiting:
            _log.info("the caller waits for a callback already", callback_id=waiting.callback_id, source=source)
        except (BadCallback, QueueFull) as refusal:
            _log.warning("no callback for a caller", call_id=call.id, source=source, reason=str(refusal))


async def whisper_for(connection: AsyncConnection, queue: Queue, one: Callback, agent_id: int) -> Line:
    """What the agent is told before taking it, in their own language."""
    language = await locale_of(connection, agent_id)
    return say(queue, "whisper", language, name=one.name or one.number, reason=one.reason, number=one.number)


def _can_be_called(call: Call) -> bool:
    if call.customer.kind != "phone":
        return False
    try:
        normalise(call.customer.value)
    except BadCallback:
        return False
    return True
