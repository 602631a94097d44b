"""The dispatcher: has the next in turn called as soon as it may be, and forgets nobody whose deadline has passed.

Every hub runs one. Two of them never take the same callback (SKIP LOCKED), nor the same agent. A callback is first
reserved with its agent and then called, in a transaction each: a hub that dies in between leaves a reservation that
ends by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, Protocol

import structlog

from hub.callbacks import flow, queue_store, store
from hub.callbacks.actions import Callbacks
from hub.callbacks.model import CALLING, Callback, CallbackError, Queue
from hub.callbacks.observer import whisper_for
from hub.callbacks.scripts import say
from hub.calls.model import Call, CallbackCall, CallError
from hub.db.trouble import is_passing
from hub.events.outbox import Outbox, Tx
from hub.failpoints import failpoint
from hub.sdk import Address

MOST_AT_A_TURN: Final = 50
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Dials(Protocol):
    """What the dispatcher needs of the telephones."""

    async def place_callback_call(self, tx: Tx, wanted: CallbackCall) -> Call:
        """Calls the first of agent and customer."""
        ...

    async def hang_up(self, tx: Tx, call_id: int) -> None:
        """Ends a call for everybody."""
        ...


@dataclass(slots=True)
class _Passed:
    """Callbacks, and queues, that nothing can be done for in this turn."""

    callbacks: list[int] = field(default_factory=list)
    queues: list[int] = field(default_factory=list)


class Dispatcher:
    """Call `turn` every second or so."""

    def __init__(self, outbox: Outbox, callbacks: Callbacks, calls: Dials) -> None:
        self._outbox = outbox
        self._callbacks = callbacks
        self._calls = calls

    async def turn(self) -> None:
        """Everything that can be done now."""
        await self.sweep()
        passed = _Passed()
        for _ in range(MOST_AT_A_TURN):
            try:
                found, reserved = await self._reserve(passed)
            except CallbackError as failure:  # changed by somebody else at that moment
                _log.info("callback not reserved", reason=str(failure))
                continue
            if not found:
                return
            if reserved is not None:
                await failpoint("callbacks.reserved")
                await self.place(reserved)

    async def _reserve(self, passed: _Passed) -> tuple[bool, int | None]:
        """Whether there was one, other than those passed by in this turn; and its id when an agent is reserved for
        it."""
        async with self._outbox.transaction() as tx:
            now = self._callbacks.now()
            one = await store.lock_next(tx.connection, now, passed.callbacks, passed.queues)
            if one is None:
                return False, None
            passed.callbacks.append(one.id)
            queue = await self._callbacks.queue(tx, one.queue_id)
            calendar = self._callbacks.calendar(queue, one)
            if not calendar.allows(now):
                await self._callbacks.settle(tx, queue, one, flow.plan(one.progress, now, calendar))
                return True, None
            agent_id = await queue_store.lock_free_agent(
                tx.connection, queue, now, tried=one.progress.tried, preferred=one.preferred_agent_id
            )
            if agent_id is None or not await queue_store.spend_call(tx.connection, queue, now):
                if agent_id is not None or not one.progress.tried:
                    passed.queues.append(queue.id)  # nor is there one for the others
                return True, None
            await self._callbacks.settle(tx, queue, one, flow.reserve(one.progress, now, calendar, agent_id))
            return True, one.id

    async def place(self, callback_id: int) -> None:
        """Has it called, if it is reserved still."""
        async with self._outbox.transaction() as tx:
            now = self._callbacks.now()
            one = await store.lock_callback(tx.connection, callback_id)
            if one is None or one.progress.state != "reserved" or flow.is_late(one.progress, now):
                return
            queue = await self._callbacks.queue(tx, one.queue_id)
            try:
                wanted = await _wanted(tx, queue, one)
                call = await self._calls.place_callback_call(tx, wanted)
            except CallError as refusal:
                _log.info("agent cannot be called", callback_id=one.id, reason=str(refusal))
                calendar = self._callbacks.calendar(queue, one)
                await self._callbacks.settle(tx, queue, one, flow.turn_down(one.progress, now, calendar))
                return
            first = flow.dial_agent if wanted.first == "agent" else flow.dial_customer_first
            await self._callbacks.settle(tx, queue, one, first(one.progress, now, call.id))
            await failpoint("callbacks.placing")
        await failpoint("callbacks.placed")

    async def sweep(self) -> None:
        """Moves on whatever has waited for something that did not come."""
        async with self._outbox.transaction() as tx:
            late = await store.overdue(tx.connection, self._callbacks.now(), MOST_AT_A_TURN)
        for callback_id in late:
            try:
                await self._overdue(callback_id)
            except Exception as failure:
                if is_passing(failure):
                    raise
                _log.exception("callback stays as it is", callback_id=callback_id)  # and the others go on

    async def _overdue(self, callback_id: int) -> None:
        async with self._outbox.transaction() as tx:
            one = await self._callbacks.lock(tx, callback_id)
            now = self._callbacks.now()
            if not flow.is_late(one.progress, now):
                return
            queue = await self._callbacks.queue(tx, one.queue_id)
            calendar, wrap_up = self._callbacks.calendar(queue, one), timedelta(seconds=queue.wrap_up_seconds)
            progress = flow.overdue(one.progress, now, calendar, wrap_up)
            await self._callbacks.settle(tx, queue, one, progress, "lost")
            await failpoint("callbacks.overdue")
            if one.progress.call_id is not None and one.progress.state in CALLING:
                _log.warning("nothing heard of a call", callback_id=one.id, state=one.progress.state)
                await self._calls.hang_up(tx, one.progress.call_id)


async def _wanted(tx: Tx, queue: Queue, one: Callback) -> CallbackCall:
    agent_id = one.progress.agent_id
    assert agent_id is not None, "it is reserved"
    assert queue.phone_channel_id is not None, "the turn asked for it"
    machine = "" if one.progress.left_message else say(queue, "machine", one.language, name=one.name).text
    customer_first = queue.mode == "customer_first"
    return CallbackCall(
        channel_id=queue.phone_channel_id,
        identity_id=one.identity_id,
        callback_id=one.id,
        to=Address("phone", one.number),
        agent_id=agent_id,
        whisper=(await whisper_for(tx.connection, queue, one, agent_id)).text,
        language=one.language,
        first="customer" if customer_first else "agent",
        opening_text=say(queue, "opening", one.language, name=one.name).text if customer_first else "",
        closing_text=say(queue, "sorry", one.language, name=one.name).text if customer_first else "",
        machine_text=machine,
        conversation_id=one.conversation_id,
    )
