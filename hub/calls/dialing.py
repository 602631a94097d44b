"""Calling telephones: each leg once, whatever dies or breaks in between.

    claim -> [attempt committed] -> provider called -> [its id committed]

An attempt without an outcome is one during which the hub died or the line broke: the telephone may be ringing, so it is
not called again, and the provider is asked. One that nobody can tell anything of has failed, and is not repeated.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

import structlog

from hub.calls import leading, store
from hub.calls.desk import CallDesk
from hub.calls.leading import UNCERTAIN
from hub.calls.model import HANG_UP, Leg
from hub.calls.turn import Turn
from hub.events.outbox import Outbox, Tx
from hub.failpoints import failpoint
from hub.outbound.job import Again, Job, Lease, Result, Settled, enqueue, finish, release
from hub.outbound.pace import Pace
from hub.sdk import (
    AmbiguousSend,
    AuthSend,
    Calling,
    CallUpdate,
    ConfigurationError,
    CredentialsRefused,
    Dial,
    RateLimited,
    Receipt,
    SendError,
    Session,
    TransientSend,
)

NO_SESSION_SECONDS: Final = 2.0
DIAL_SECONDS: Final = 20.0
LATE_SECONDS: Final = 120
"""A telephone that could not be called within this time of being wanted is not called any more: by then it may be
night where it is, or the caller gone."""
LATE: Final = "It could not be called in time."
ASK_SECONDS: Final = (2.0, 5.0, 10.0, 20.0, 40.0)
_AGAIN_SECONDS: Final = 5.0
_REASON: Final = 500
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """`refused`: surely not called. `again`: it may be tried once more."""

    kind: Literal["called", "refused", "again", "unknown"]
    provider_id: str = ""
    reason: str = ""
    retry_after: float | None = None


class Dialer:
    """Handles the jobs "dial"."""

    def __init__(self, outbox: Outbox, desk: CallDesk, pace: Pace) -> None:
        self._outbox = outbox
        self._desk = desk
        self._pace = pace

    async def handle(self, job: Job, lease: Lease) -> Result:
        """Calls the telephone, or asks what became of it."""
        await failpoint("dial.claimed")
        channel_id = job.channel_id or 0
        with self._pace.lend(channel_id) as lent:
            if lent is None:
                return Again(NO_SESSION_SECONDS, progress=True)
            self._pace.spend(channel_id)
            return await self._handle(job, lease, lent[0])

    async def _handle(self, job: Job, lease: Lease, session: Session) -> Result:
        leg_id, token = int(job.payload["leg_id"]), secrets.token_urlsafe(12)
        async with self._outbox.transaction() as tx:
            begun = await self._begin(tx, job, leg_id, token, able=isinstance(session, Calling))
        if begun is None or not isinstance(session, Calling):
            return Settled()
        leg, dial, started_at = begun
        if leg.attempt == token:
            await failpoint("dial.attempt_committed")
            outcome = await _within(lease, _call(session, dial))
            if outcome.kind == "called":
                await failpoint("dial.provider_accepted")
        else:
            outcome = await _within(lease, _ask(session, dial, started_at))
        async with self._outbox.transaction() as tx:
            await self._conclude(tx, job, leg_id, outcome)
        return Settled()

    async def _begin(
        self, tx: Tx, job: Job, leg_id: int, token: str, *, able: bool
    ) -> tuple[Leg, Dial, datetime] | None:
        """What to call, or (with another attempt's token) to ask about; None when nothing is to be done any more."""
        found = await store.get_leg(tx.connection, leg_id)
        if found is None:
            await finish(tx.connection, job)
            return None
        async with self._desk.turn(tx, found.call_id) as turn:
            leg = turn.leg(leg_id)
            wanted = await _wanted(turn, leg, able=able)
            if wanted and not leg.attempt:
                await store.begin_attempt(tx.connection, leg_id, token)
        if not wanted:
            await finish(tx.connection, job)
            return None
        leg = await store.get_leg(tx.connection, leg_id) or leg
        dial = Dial(leg.token, turn.call.room, leg.to, leg.role, leg.ring_seconds, leg.detect_machine)
        return leg, dial, leg.attempted_at or turn.now

    async def _conclude(self, tx: Tx, job: Job, leg_id: int, outcome: _Outcome) -> None:
        leg = await store.get_leg(tx.connection, leg_id)
        if leg is None:
            await finish(tx.connection, job)
            return
        async with self._desk.turn(tx, leg.call_id) as turn:
            leg = turn.leg(leg_id)
            match outcome.kind:
                case "called":
                    await _called(turn, leg, outcome.provider_id)
                case "refused":
                    await _fail(turn, leg, outcome.reason)
                case "again" if leg.open and not leg.provider_id and not turn.call.over and not _late(turn, leg):
                    await store.forget_attempt(tx.connection, leg_id)
                    delay = outcome.retry_after or _AGAIN_SECONDS
                    await release(tx.connection, job, delay, outcome.reason, progress=True)
                    return
                case "again":
                    await _fail(turn, leg, outcome.reason)
                case "unknown" if leg.open and not leg.provider_id and leg.asks < len(ASK_SECONDS):
                    await store.count_question(tx.connection, leg_id)
                    await release(tx.connection, job, ASK_SECONDS[leg.asks], outcome.reason, progress=True)
                    return
                case _:
                    await _fail(turn, leg, UNCERTAIN)
        await finish(tx.connection, job)


async def _wanted(turn: Turn, leg: Leg, *, able: bool) -> bool:
    """Whether it is to be called, or asked about, at all."""
    if not leg.open or leg.provider_id:
        return False
    if leg.attempt:
        return able
    if turn.call.over or turn.call.stage == "farewell":
        await turn.hang_up([leg])
        return False
    if leg.role == "agent" and turn.call.stage == "customer" and not turn.customer_is_there:
        return False  # rings as soon as the customer is there
    if not able:
        await _fail(turn, leg, "This channel cannot call anybody. Choose a telephone channel.")
        return False
    if _late(turn, leg):
        await _fail(turn, leg, LATE)
        return False
    return True


def _late(turn: Turn, leg: Leg) -> bool:
    return (turn.now - leg.started_at).total_seconds() > LATE_SECONDS


async def _called(turn: Turn, leg: Leg, provider_id: str) -> None:
    update = CallUpdate("state", turn.now, provider_id, leg.token)
    await leading.hear(turn, leg.id, update)
    if turn.call.over or not leg.open:  # nobody wants it any more
        await enqueue(
            turn.tx.connection, HANG_UP, {"leg_id": leg.id}, dedupe_key=str(leg.id), channel_id=leg.channel_id
        )


async def _fail(turn: Turn, leg: Leg, reason: str) -> None:
    if leg.open and not leg.provider_id:
        update = CallUpdate("state", turn.now, "", leg.token, state="failed", reason=reason)
        await leading.hear(turn, leg.id, update)


async def _within(lease: Lease, asking: Coroutine[None, None, _Outcome]) -> _Outcome:
    """The outcome, as long as the job is surely ours: before anybody else may have it, this is over."""
    task = asyncio.create_task(asking)
    try:
        while not task.done() and lease.remaining > 0:
            await asyncio.wait([task], timeout=lease.remaining)
    finally:
        task.cancel()
    await asyncio.wait([task])
    return _Outcome("unknown", reason=UNCERTAIN) if task.cancelled() else task.result()


async def _call(session: Calling, dial: Dial) -> _Outcome:
    """One call of the provider. What is not surely refused may be ringing: then the provider is asked at once."""
    started_at = datetime.now().astimezone()
    try:
        async with asyncio.timeout(DIAL_SECONDS):
            return _receipt(await session.dial(dial))
    except SendError as failure:
        if not isinstance(failure, AmbiguousSend):
            return _refusal(failure)
    except (CredentialsRefused, ConfigurationError) as failure:
        return _Outcome("refused", reason=str(failure)[:_REASON])
    except TimeoutError:
        _log.warning("dialling not answered in time", leg=dial.role)
    except Exception:  # noqa: BLE001  # whatever a connector raises, the telephone may be ringing
        _log.exception("dialling broke off", leg=dial.role)
    return await _ask(session, dial, started_at)


async def _ask(session: Calling, dial: Dial, started_at: datetime) -> _Outcome:
    """What the provider knows of an attempt of unknown outcome."""
    try:
        async with asyncio.timeout(DIAL_SECONDS):
            receipt = await session.find_dial(dial, started_at)
    except SendError as failure:
        return _Outcome("unknown", reason=UNCERTAIN) if isinstance(failure, AmbiguousSend) else _refusal(failure)
    except Exception:  # noqa: BLE001  # not knowing is an answer, and it is asked again
        _log.exception("asking about a call broke off", leg=dial.role)
        return _Outcome("unknown", reason=UNCERTAIN)
    return _Outcome("unknown", reason=UNCERTAIN) if receipt is None else _receipt(receipt)


def _receipt(receipt: Receipt) -> _Outcome:
    return _Outcome("called", receipt.provider_id)


def _refusal(failure: SendError) -> _Outcome:
    again = isinstance(failure, (TransientSend, RateLimited, AuthSend))
    reason = failure.reason[:_REASON] or "The provider gave no reason."
    return _Outcome("again" if again else "refused", reason=reason, retry_after=failure.retry_after)
