"""One change of one call: it is locked, its telephones are at hand, and what follows is done together at the end."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Literal

from hub.calls import agents, store
from hub.calls.entry import update_entry
from hub.calls.facts import began, summarise
from hub.calls.model import ASK_AGAIN, CHANGE_ROOM, DIAL, HANG_UP, Call, Leg, NoDevice, NotNow
from hub.calls.script import led
from hub.calls.texts import CallSettings
from hub.events.model import AgentChanged, CallChanged
from hub.events.outbox import Tx
from hub.outbound.job import enqueue
from hub.sdk import Address

if TYPE_CHECKING:
    from hub.calls.desk import CallDesk

ASKS_BY_ITSELF_SECONDS: Final = 3.0
"""A telephone whose provider asks what comes next, after telling us something, is not interrupted before that."""
TRIES: Final = 6


class Turn:
    """The call and its legs as they will be; `change` and `set_leg` before `finish`."""

    def __init__(
        self, desk: CallDesk, tx: Tx, call: Call, legs: Iterable[Leg], settings: CallSettings, now: datetime
    ) -> None:
        self.desk = desk
        self.tx = tx
        self.call = call
        self.settings = settings
        self.now = now
        self.asking: set[int] = set()
        """Legs whose provider asks by itself what comes next."""
        self._before = call
        self._changed = call.version == 1  # of a new one the entry says nothing yet
        self._legs = {leg.id: leg for leg in legs}
        self._stored = dict(self._legs)

    @property
    def legs(self) -> list[Leg]:
        return list(self._legs.values())

    def leg(self, leg_id: int) -> Leg:
        return self._legs[leg_id]

    def of_agents(self, *, but: int | None = None) -> list[Leg]:
        """Agents' telephones that are, or may come to be, in the talk."""
        return [leg for leg in self.legs if leg.role == "agent" and not leg.gone and leg.id != but]

    def of_customer(self) -> list[Leg]:
        return [leg for leg in self.legs if leg.role == "customer" and leg.open]

    @property
    def customer_is_there(self) -> bool:
        return any(leg.state == "answered" or self.call.direction == "in" for leg in self.of_customer())

    def change(self, **values: Any) -> None:
        self.call = dataclasses.replace(self.call, **values)

    def set_leg(self, leg: Leg) -> None:
        self._legs[leg.id] = leg

    def talking(self) -> Call:
        """The call, while they talk. Raises NotNow."""
        if self.call.stage != "room" or self.call.state != "talking":
            raise NotNow("This can be done only while you talk. Look at the call again.")
        return self.call

    def hold(self, held: bool, at: datetime) -> None:
        since = self.call.held_since
        if held:
            self.change(held_since=at)
        elif since is not None:
            seconds = max(0, round((at - since).total_seconds()))
            self.change(held_since=None, held_seconds=self.call.held_seconds + seconds)

    async def add_agent(self, agent_id: int, *, dial: bool = True) -> Leg:
        """Asks the agent to take it: from now on one of their calls. Without `dial` their telephone rings later.

        Raises NoDevice.
        """
        state = await agents.state_of(self.tx.connection, agent_id)
        if state is None or state.device is None:
            raise NoDevice("This agent has no telephone. Let them enter one under Profile, Telephone.")
        to = Address(state.device.kind, state.device.address)
        leg = await store.insert_leg(
            self.tx.connection, self.call.id, "agent", to, ring_seconds=self.settings.ring, agent_id=agent_id
        )
        return await self._added(leg, dial=dial)

    async def add_customer(self) -> Leg:
        """Calls the customer."""
        leg = await store.insert_leg(
            self.tx.connection,
            self.call.id,
            "customer",
            self.call.customer,
            ring_seconds=self.settings.customer_ring,
            detect_machine=bool(self.call.machine_text) or self.call.first == "customer",
        )
        return await self._added(leg, dial=True)

    async def _added(self, leg: Leg, *, dial: bool) -> Leg:
        self._legs[leg.id] = self._stored[leg.id] = leg
        self._changed = True
        if leg.agent_id is not None:
            self.tx.emit(AgentChanged(leg.agent_id))
        if dial:
            await self.dial(leg)
        return leg

    async def dial(self, leg: Leg) -> None:
        await enqueue(
            self.tx.connection, DIAL, {"leg_id": leg.id}, dedupe_key=str(leg.id), channel_id=self.call.channel_id
        )

    async def hang_up(self, legs: Iterable[Leg]) -> None:
        """Those that were never called are not called any more; the others are ended by their provider."""
        for leg in legs:
            if not leg.open:
                continue
            if not leg.attempt and not leg.provider_id:
                self.set_leg(dataclasses.replace(leg, state="canceled", ended_at=self.now))
            else:
                await self._job(HANG_UP, {"leg_id": leg.id}, f"{leg.id}")

    async def change_room(self, what: Literal["hold", "record"], on: bool) -> None:
        payload: dict[str, object] = {"call_id": self.call.id, what: on}
        await self._job(CHANGE_ROOM, payload, None, key=f"room:{self.call.id}")

    async def _job(
        self, kind: str, payload: dict[str, object], dedupe: str | None, *, key: str = "", delay: float = 0.0
    ) -> None:
        await enqueue(
            self.tx.connection,
            kind,
            payload,
            key,
            dedupe_key=dedupe,
            channel_id=self.call.channel_id,
            delay=delay,
            max_attempts=TRIES,
        )

    async def finish(self) -> None:
        """Ends the call where it has ended, stores everything, tells it, and has telephones asked again."""
        ended = self._end()
        if ended:
            await self.hang_up([leg for leg in self.legs if leg.state != "answered"])
        self._sum_up()
        self._note_wrap_up(ended=ended)
        await self._store()
        if self.call != self._before or self._changed:
            only_said = self._only_said()
            version = await store.save_call(self.tx.connection, self.call)
            self.change(version=version)
            if only_said:
                return
            await update_entry(self.tx, self.call, summarise(self.call, self.legs, self.now))
            self.tx.emit(CallChanged(self.call.id, self.call.conversation_id))
        await self._lead()
        if ended:
            for observer in self.desk.observers:
                await observer.on_ended(self.tx, self.call)

    def _end(self) -> bool:
        """Whether it has just ended: the customer's telephone did, or nobody's is left."""
        customers = [leg for leg in self.legs if leg.role == "customer"]
        gone = all(not leg.open for leg in customers) if customers else not any(leg.open for leg in self.legs)
        if self.call.over or not gone:
            return False
        self.change(stage="over")
        return True

    def _sum_up(self) -> None:
        summary = summarise(self.call, self.legs, self.now)
        if summary.ended_at is not None:
            self.hold(False, summary.ended_at)
        self.change(
            state=summary.state,
            answered_at=summary.answered_at,
            ended_at=summary.ended_at,
            waited_seconds=summary.waited_seconds,
            talk_seconds=summary.talk_seconds,
        )

    def _only_said(self) -> bool:
        """While they talk, each word is kept, and shown when the talk is over: nobody is told of each one."""
        before = self._before
        if self._changed or self.call.over or self.call.said == before.said:
            return False
        return dataclasses.replace(self.call, said=before.said, transcript=before.transcript) == before

    def _note_wrap_up(self, *, ended: bool) -> None:
        """Who took it last says how it ended; a callback that reached nobody goes on by itself."""
        taken = [leg for leg in self.legs if leg.role == "agent" and leg.accepted_at is not None]
        news = ended or any(self._stored[leg.id].accepted_at is None for leg in taken)
        goes_on = self.call.callback_id is not None and self.call.state != "ended"
        if self.call.over and news and taken and not goes_on and not self.call.disposition:
            last = max(taken, key=lambda leg: (leg.accepted_at or self.now, leg.id))
            self.change(wrap_up_agent_id=last.agent_id)

    async def _store(self) -> None:
        for leg in self.legs:
            before = self._stored[leg.id]
            if leg == before:
                continue
            await store.save_leg(self.tx.connection, leg)
            self._changed = True
            if leg.agent_id is not None and before.open and not leg.open:
                await self._agent_is_back(leg.agent_id, leg)

    async def _agent_is_back(self, agent_id: int, leg: Leg) -> None:
        talked = began(self.call, leg) is not None and self.call.answered_at is not None
        said = self.call.over and self.call.disposition
        if talked and not said and self.settings.wrap_up:
            await agents.wrap_up(self.tx, agent_id, self.settings.wrap_up)
        self.tx.emit(AgentChanged(agent_id))
        await agents.look_for_work(self.tx)

    async def _lead(self) -> None:
        for leg in self.legs:
            live = leg.state == "answered" or (self.call.direction == "in" and leg.role == "customer" and leg.open)
            where = led(self.call, leg)
            if live and leg.provider_id and where != leg.told:
                delay = ASKS_BY_ITSELF_SECONDS if leg.id in self.asking else 0.0
                kind, dedupe = (HANG_UP, f"{leg.id}") if where == "end" else (ASK_AGAIN, f"{leg.id}:{where}")
                await self._job(kind, {"leg_id": leg.id}, dedupe, delay=delay)
