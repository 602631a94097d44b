"""No telephone is without a deadline: of what nothing was heard the provider is asked, and who waits finds an agent."""

from __future__ import annotations

from typing import Final

from sqlalchemy import text

from hub.calls import leading, store
from hub.calls.desk import CallDesk
from hub.calls.dialing import LATE, LATE_SECONDS
from hub.calls.model import DIAL, HANG_UP, LOOK
from hub.events.outbox import Outbox
from hub.outbound.job import Done, Job, Lease, Result, enqueue
from hub.sdk import CallUpdate

_BATCH: Final = 100
RINGING_SECONDS: Final = 10.0
"""Beyond the time that it should ring."""
WAITING_SECONDS: Final = 45.0
TALKING_SECONDS: Final = 120.0
ENDING_SECONDS: Final = 20.0
LONGEST_HOURS: Final = 12
# Of one that was never called nothing can be heard: its channel is down, or its job was lost.
_FORGOTTEN: Final = text(
    f"""
    select id, call_id, token, attempt = '' and provider_id = '' as never from call_leg
    where state in ('dialing', 'ringing', 'answered')
      and (started_at < now() - interval '{LONGEST_HOURS} hours'
           or (attempt = '' and provider_id = '' and started_at < now() - interval '{LATE_SECONDS} seconds'))
    order by id limit :limit
    """
)
_EMPTY: Final = text(
    """
    select c.id from call c
    where c.stage <> 'over' and not exists (
        select from call_leg g where g.call_id = c.id and g.state in ('dialing', 'ringing', 'answered'))
    order by c.id limit :limit
    """
)


class CallSweep:
    """Run `sweep` every few seconds; it also handles the jobs "distribute"."""

    def __init__(self, outbox: Outbox, desk: CallDesk) -> None:
        self._outbox = outbox
        self._desk = desk
        self._fresh = True

    async def sweep(self) -> None:
        """Asks about silent telephones, the first time about all: what was told while no hub was there is not told
        again. Ends forgotten ones, and gives who waits to who is free."""
        await self._ask()
        self._fresh = False
        await self._end_forgotten()
        await self._distribute()

    async def handle(self, _job: Job, _lease: Lease) -> Result:
        """Somebody may be free."""
        await self._distribute()
        return Done()

    async def _distribute(self) -> None:
        async with self._outbox.transaction() as tx:
            await self._desk.distribute(tx)

    async def _ask(self) -> None:
        async with self._outbox.transaction() as tx:
            silent = await store.silent_legs(
                tx.connection,
                _BATCH,
                called=self._fresh,
                ringing=RINGING_SECONDS,
                waiting=WAITING_SECONDS,
                talking=TALKING_SECONDS,
                ending=ENDING_SECONDS,
            )
            for leg in silent:
                kind = DIAL if not leg.provider_id else HANG_UP if leg.stage == "over" else LOOK
                kinds = (HANG_UP, LOOK) if kind == HANG_UP else (kind,)
                for one in kinds:
                    await enqueue(
                        tx.connection, one, {"leg_id": leg.id}, dedupe_key=str(leg.id), channel_id=leg.channel_id
                    )

    async def _end_forgotten(self) -> None:
        async with self._outbox.transaction() as tx:
            found = (await tx.connection.execute(_FORGOTTEN, {"limit": _BATCH})).all()
            empty = list((await tx.connection.execute(_EMPTY, {"limit": _BATCH})).scalars())
        for leg in found:
            async with self._outbox.transaction() as tx, self._desk.turn(tx, leg.call_id) as turn:
                reason = LATE if leg.never else "Nothing was heard of it any more."
                gone = CallUpdate("state", turn.now, "", leg.token, state="failed", reason=reason)
                await leading.hear(turn, leg.id, gone)
        for call_id in empty:
            async with self._outbox.transaction() as tx, self._desk.turn(tx, call_id):
                continue  # to look whether it is over is the end of every turn
