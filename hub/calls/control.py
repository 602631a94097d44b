"""What is asked of a provider about telephones that it has called: done where the channel runs, once or again."""

from __future__ import annotations

import asyncio
import dataclasses
from typing import Final

import structlog

from hub.calls import store
from hub.calls.desk import CallDesk
from hub.calls.model import ASK_AGAIN, CHANGE_ROOM, HANG_UP, LOOK, Leg
from hub.calls.script import led, written
from hub.events.outbox import Outbox
from hub.outbound.job import Again, Done, Job, Lease, Result
from hub.outbound.pace import Sessions
from hub.sdk import Calling, CallUpdate, ConnectionTrouble, RoomChange

NO_SESSION_SECONDS: Final = 2.0
SECONDS: Final = 15.0
TROUBLE_SECONDS: Final = 3.0
KINDS: Final = (ASK_AGAIN, HANG_UP, CHANGE_ROOM, LOOK)
_UNKNOWN: Final = "The provider knows nothing of it."
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Controls:
    """Handles the jobs of KINDS."""

    def __init__(self, outbox: Outbox, desk: CallDesk, sessions: Sessions) -> None:
        self._outbox = outbox
        self._desk = desk
        self._sessions = sessions

    async def handle(self, job: Job, _lease: Lease) -> Result:
        """Does what the job says, if it is still wanted."""
        with self._sessions.lend(job.channel_id or 0) as lent:
            if lent is None:
                return Again(NO_SESSION_SECONDS, progress=True)
            session = lent[0]
            if not isinstance(session, Calling):
                return Done()
            try:
                async with asyncio.timeout(SECONDS):
                    await self._do(job, session)
            except (ConnectionTrouble, TimeoutError) as failure:
                if job.kind == CHANGE_ROOM and job.attempts >= job.max_attempts:
                    await self._undo(job)
                    return Done()
                return Again(TROUBLE_SECONDS, str(failure) or "The provider did not answer in time.")
        return Done()

    async def _do(self, job: Job, session: Calling) -> None:
        if job.kind == CHANGE_ROOM:
            await self._change_room(job, session)
            return
        async with self._outbox.transaction() as tx:
            leg = await store.get_leg(tx.connection, int(job.payload["leg_id"]))
            call = None if leg is None else await store.get_call(tx.connection, leg.call_id)
        if leg is None or call is None or not leg.open or not leg.provider_id:
            return
        if job.kind == HANG_UP:
            await session.hang_up(leg.provider_id)
        elif job.kind == ASK_AGAIN and led(call, leg) != leg.told:
            await session.ask_again(leg.provider_id)
        elif job.kind == LOOK:
            await self._look(session, leg)

    async def _change_room(self, job: Job, session: Calling) -> None:
        async with self._outbox.transaction() as tx:
            call = await store.get_call(tx.connection, int(job.payload["call_id"]))
            legs = await store.get_legs(tx.connection, int(job.payload["call_id"]))
            settings = await self._desk.settings_of(tx.connection, job.channel_id or 0)
        customer = next((leg for leg in legs if leg.role == "customer" and leg.open), None)
        if call is None or call.over or customer is None:
            return
        # As it is wanted by now: of two changes that wait, both ask for the last.
        change = (
            RoomChange(hold=call.held_since is not None)
            if "hold" in job.payload
            else RoomChange(record=not call.recording_paused, transcribe=written(call, settings))
        )
        try:
            await session.change_room(call.room, customer.provider_id, change)
        except LookupError:
            await self._undo(job)

    async def _undo(self, job: Job) -> None:
        """It could not be done: nobody is to believe that a card's number is not recorded, or that nobody hears."""
        call_id, what = int(job.payload["call_id"]), "hold" if "hold" in job.payload else "record"
        _log.warning("a talk could not be changed", call_id=call_id, change=what)
        async with self._outbox.transaction() as tx, self._desk.turn(tx, call_id) as turn:
            if what == "hold":
                turn.hold(False, turn.now)
            else:
                turn.change(recording_paused=False)

    async def _look(self, session: Calling, leg: Leg) -> None:
        try:
            found = await session.look(leg.provider_id)
        except LookupError:
            async with self._outbox.transaction() as tx:
                now = await store.present(tx.connection)
                gone = CallUpdate("state", now, leg.provider_id, leg.token, state="failed", reason=_UNKNOWN)
                await self._desk.apply(tx, leg.channel_id, [gone])
            return
        async with self._outbox.transaction() as tx:
            await self._desk.apply(tx, leg.channel_id, [dataclasses.replace(found, leg=leg.token)])
