"""The desk that leads all telephone calls: one transaction for each thing that happens, and everything that follows."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Final

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.calls import agents, leading, store
from hub.calls.entry import begin_entry
from hub.calls.incoming import begin_incoming
from hub.calls.model import Call, CallbackCall, Leg, NoDevice, NotNow, UnknownCall
from hub.calls.observer import CallObserver
from hub.calls.texts import CallSettings
from hub.calls.turn import Turn
from hub.channels.store import get_channel
from hub.desk import audit
from hub.events.outbox import Tx
from hub.people.store import get_identity
from hub.sdk import Address, CallUpdate

MOST_WAITING: Final = 50
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class CallDesk:
    """What changes calls."""

    def __init__(self) -> None:
        self.observers: list[CallObserver] = []
        self._turns: dict[tuple[int, int], Turn] = {}

    def observe(self, observer: CallObserver) -> None:
        """Tells it of everything from now on."""
        self.observers.append(observer)

    async def offer(self, connection: AsyncConnection, call: Call) -> str:
        """What a caller hears of a callback; "" where none is offered."""
        for observer in self.observers:
            said = await observer.callback_offer(connection, call)
            if said:
                return said
        return ""

    async def settings_of(self, connection: AsyncConnection, channel_id: int) -> CallSettings:
        channel = await get_channel(connection, channel_id)
        return CallSettings.of({} if channel is None else channel.settings)

    @asynccontextmanager
    async def turn(self, tx: Tx, call_id: int) -> AsyncIterator[Turn]:
        """The call, locked, to be changed; what follows is done at the end of the outermost block for it.

        Raises UnknownCall.
        """
        key = (id(tx), call_id)
        if key in self._turns:
            yield self._turns[key]
            return
        call = await store.lock_call(tx.connection, call_id)
        if call is None:
            raise UnknownCall(f"Call {call_id} does not exist. Reload the page.")
        legs = await store.get_legs(tx.connection, call_id)
        settings = await self.settings_of(tx.connection, call.channel_id)
        turn = self._turns[key] = Turn(self, tx, call, legs, settings, await store.present(tx.connection))
        try:
            yield turn
            await turn.finish()
        finally:
            del self._turns[key]

    async def apply(self, tx: Tx, channel_id: int, updates: Iterable[CallUpdate], raw_id: int | None = None) -> None:
        """What a provider says. News of a telephone that is not ours changes nothing."""
        for update in updates:
            await self._apply(tx, channel_id, update, raw_id)

    async def _apply(self, tx: Tx, channel_id: int, update: CallUpdate, raw_id: int | None) -> None:
        if not update.leg and update.provider_id:
            await store.one_at_a_time(tx.connection, channel_id, update.provider_id)
        leg = await store.find_leg(tx.connection, channel_id, update.provider_id, update.leg)
        if leg is None:
            if update.leg or update.caller is None or not update.provider_id:
                _log.warning("news of an unknown call", channel_id=channel_id, news=update.event)
                return
            leg = await begin_incoming(self, tx, channel_id, update, raw_id)
            async with self.turn(tx, leg.call_id) as turn:
                if turn.call.stage != "queue" and await self.offer(tx.connection, turn.call):
                    turn.change(stage="menu")
                await leading.hear(turn, leg.id, update)
            return
        async with self.turn(tx, leg.call_id) as turn:
            await leading.hear(turn, leg.id, update)

    async def get(self, connection: AsyncConnection, call_id: int) -> Call | None:
        return await store.get_call(connection, call_id)

    async def place_callback_call(self, tx: Tx, wanted: CallbackCall) -> Call:
        """Calls for a callback. Raises NoDevice, NotNow when the agent was given a call meanwhile, and LookupError when
        the identity is gone."""
        await _take(tx, wanted.agent_id, "The agent has a call by now.")
        return await self._place(tx, wanted)

    async def place_call(self, tx: Tx, *, channel_id: int, identity_id: int, to: Address, agent_id: int) -> Call:
        """An agent calls a customer: their own telephone first. Raises NoDevice, NotNow, and LookupError."""
        await _take(tx, agent_id, "You are on the telephone. Finish that call first.")
        return await self._place(tx, CallbackCall(channel_id, identity_id, None, to, agent_id, whisper=""))

    async def _place(self, tx: Tx, wanted: CallbackCall) -> Call:
        identity = await get_identity(tx.connection, wanted.identity_id)
        if identity is None:
            raise LookupError(f"Identity {wanted.identity_id} does not exist.")
        settings = await self.settings_of(tx.connection, wanted.channel_id)
        now = await store.present(tx.connection)
        entry_id, conversation_id = await begin_entry(
            tx,
            channel_id=wanted.channel_id,
            identity_id=wanted.identity_id,
            direction="out",
            at=now,
            conversation_id=wanted.conversation_id,
            agent_id=wanted.agent_id,
        )
        call_id = await store.insert_call(
            tx.connection,
            {
                "channel_id": wanted.channel_id,
                "conversation_id": conversation_id,
                "identity_id": wanted.identity_id,
                "entry_id": entry_id,
                "direction": "out",
                "stage": "agent" if wanted.first == "agent" else "customer",
                "state": "ringing",
                "first": wanted.first,
                "customer_kind": wanted.to.kind,
                "customer_address": wanted.to.value,
                "language": wanted.language,
                "callback_id": wanted.callback_id,
                "opening_text": wanted.opening_text,
                "closing_text": wanted.closing_text,
                "whisper": wanted.whisper,
                "machine_text": wanted.machine_text,
                "record": settings.record,
                "started_at": now,
            },
        )
        async with self.turn(tx, call_id) as turn:
            await turn.add_agent(wanted.agent_id, dial=wanted.first == "agent")
            if wanted.first == "customer":
                await turn.add_customer()
        return turn.call

    async def ring_agent(self, tx: Tx, call_id: int, agent_id: int, whisper: str | None = None) -> Leg:
        """Asks another agent to take the call. Raises UnknownCall, NotNow and NoDevice."""
        async with self.turn(tx, call_id) as turn:
            if turn.call.over or turn.call.stage in ("farewell", "voicemail", "menu"):
                raise NotNow("The call is over. Reload the page.")
            if whisper is not None:
                turn.change(whisper=whisper)
            return await turn.add_agent(agent_id, dial=turn.call.stage != "customer" or turn.customer_is_there)

    async def decline(self, tx: Tx, call_id: int, agent_id: int) -> None:
        """The agent does not take it: their telephone rings no longer, and the next one is asked; a talk that was to be
        handed over to them goes on. Raises UnknownCall and NotNow."""
        async with self.turn(tx, call_id) as turn:
            await leading.decline(turn, agent_id)

    async def hang_up(self, tx: Tx, call_id: int) -> None:
        """Ends it for everybody. Raises UnknownCall."""
        async with self.turn(tx, call_id) as turn:
            if not turn.call.over:
                turn.change(stage="farewell")
                await turn.hang_up(turn.legs)

    async def distribute(self, tx: Tx) -> None:
        """Has agents who are free asked to take who waits, in order of their places."""
        for call_id in await store.waiting_calls(tx.connection, MOST_WAITING):
            async with self.turn(tx, call_id) as turn:
                if not await leading.route(turn):
                    return

    async def hold(self, tx: Tx, call_id: int, *, held: bool) -> Call:
        """The customer hears music, or is back. Raises UnknownCall and NotNow."""
        async with self.turn(tx, call_id) as turn:
            call = turn.talking()
            if held != (call.held_since is not None):
                turn.hold(held, turn.now)
                await turn.change_room("hold", held)
        return turn.call

    async def pause_recording(self, tx: Tx, call_id: int, *, paused: bool, by: int) -> Call:
        """As long as a card's number is said. Raises UnknownCall and NotNow."""
        async with self.turn(tx, call_id) as turn:
            call = turn.talking()
            if not leading.records(call):
                raise NotNow("This call is not recorded.")
            if paused != call.recording_paused:
                turn.change(recording_paused=paused)
                await turn.change_room("record", not paused)
                await audit.record(tx, by, "call.pause_recording", f"call:{call_id}", {"paused": paused})
        return turn.call

    async def transfer(self, tx: Tx, call_id: int, agent_id: int) -> Call:
        """Another agent is asked to take it over; as soon as they do, those before them leave.

        Raises UnknownCall, NotNow and NoDevice.
        """
        async with self.turn(tx, call_id) as turn:
            turn.talking()
            state = await agents.take_agent(tx, agent_id)
            if state is None or state.device is None:
                raise NoDevice("This agent has no telephone. Choose somebody else.")
            if not state.free:
                raise NotNow("This agent cannot take a call now. Choose somebody else.")
            await turn.add_agent(agent_id)
        return turn.call

    async def note(
        self,
        tx: Tx,
        call_id: int,
        *,
        disposition: str | None = None,
        notes: str | None = None,
        wrapped_up: bool = False,
        by: int,
    ) -> Call:
        """How it ended, and what is to be remembered; saying how it ended ends the agent's wrapping up. `wrapped_up`:
        the agent wants to be asked no more.

        Raises UnknownCall.
        """
        async with self.turn(tx, call_id) as turn:
            if disposition is not None:
                turn.change(disposition=disposition)
            if notes is not None:
                turn.change(notes=notes)
            if disposition or (wrapped_up and turn.call.wrap_up_agent_id == by):
                turn.change(wrap_up_agent_id=None)
            if disposition and turn.call.over:
                await agents.end_wrap_up(tx, by)
        return turn.call


async def _take(tx: Tx, agent_id: int, refusal: str) -> None:
    """The agent is given no other call until the transaction is over. Raises NotNow when they have one."""
    state = await agents.take_agent(tx, agent_id)
    if state is not None and state.calls >= max(1, state.capacity):
        raise NotNow(refusal)
