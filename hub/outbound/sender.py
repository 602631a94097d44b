"""The sender: what stands in the outbox goes out once, and whatever happens to it can be seen.

    claim -> [attempt committed] -> provider called -> [outcome committed]

An attempt without an outcome is one during which the hub died: the message may be with the provider, so it is not
sent again but "uncertain", and the provider is asked.
"""

from __future__ import annotations

import asyncio
import dataclasses
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, TypeVar

import structlog

from hub.db.blobs import BlobMissing, BlobStore
from hub.db.engine import Database
from hub.db.trouble import DATABASE_TROUBLE, is_passing
from hub.events.outbox import Outbox, Tx
from hub.failpoints import failpoint
from hub.metrics import SEND_ATTEMPTS
from hub.outbound import store
from hub.outbound.attempt import Outcome, ask, call
from hub.outbound.draft import load_draft, load_files
from hub.outbound.job import Again, Job, Lease, Result, Settled, finish
from hub.outbound.ladder import WAITING
from hub.outbound.model import SEND, Attempt
from hub.outbound.pace import Pace, Sessions
from hub.outbound.settle import failed
from hub.outbound.steps import SUPPRESSED
from hub.outbound.verdict import begin_again, conclude, expire, resolve
from hub.sdk import Connector, Health, Outgoing, Session, Weighing
from hub.timeline.actions import touch_entry

NO_SESSION_SECONDS: Final = 2.0
"""Until a job whose channel has just gone from here is looked at again, here or by another hub."""
_LOST: Final = "The hub lost its database while it was sending. It may have arrived, or not."
GRACE_SECONDS: Final = 60.0
RATE_SECONDS: Final = 30.0
_COMMIT_TRIES: Final = 15
_COMMIT_SECONDS: Final = 5.0
T = TypeVar("T")
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Sender:
    """Handles the jobs "send" and "reconcile"."""

    def __init__(
        self,
        database: Database,
        outbox: Outbox,
        blobs: BlobStore,
        sessions: Sessions,
        pace: Pace,
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._blobs = blobs
        self._sessions = sessions
        self._pace = pace

    async def handle(self, job: Job, lease: Lease) -> Result:
        """Sends the message, or asks what became of it. Raises what is nobody's fault but the hub's."""
        await failpoint("outbox.claimed")
        channel_id = job.channel_id or 0
        with self._pace.lend(channel_id) as lent:
            if lent is None:
                return Again(NO_SESSION_SECONDS, progress=True)
            return await self._handle(job, lease, *lent)

    async def _handle(self, job: Job, lease: Lease, session: Session, connector: Connector) -> Result:
        entry_id = int(job.payload["entry_id"])
        message, obstacle = await self._load(entry_id, connector)
        self._pace.spend(job.channel_id or 0, connector.weight(message) if isinstance(connector, Weighing) else 1)
        token = secrets.token_urlsafe(18)
        seconds = self._sessions.limits().get(job.channel_id or 0, connector.limits).send_timeout
        attempt, unresolved = await self._commit(
            lambda tx: _begin(tx, job, message, _Intent(entry_id, token, seconds, obstacle))
        )
        if attempt is None:
            return Settled()
        if not unresolved:
            await failpoint("outbox.attempt_committed")
            outcome = await self._call(session, message, attempt, connector.kind, lease, seconds)
            self._note(job, outcome)
            await self._commit(lambda tx: conclude(tx, job, attempt, outcome))
            if outcome.kind != "ambiguous":
                return Settled()
        answer = await ask(session, message, attempt)
        await self._commit(lambda tx: resolve(tx, job, attempt, answer))
        return Settled()

    async def _load(self, entry_id: int, connector: Connector) -> tuple[Outgoing, str]:
        """The message, and why it cannot be sent ("" when it can)."""
        async with self._database.engine.connect() as connection:
            message, files = await load_draft(connection, entry_id, connector)
        try:
            return dataclasses.replace(message, attachments=await load_files(self._blobs, files)), ""
        except BlobMissing as failure:
            return message, str(failure)

    async def _call(
        self, session: Session, message: Outgoing, attempt: Attempt, kind: str, lease: Lease, seconds: float
    ) -> Outcome:
        """Calls the provider while the job is surely ours: before anybody else may have it, the call is over."""
        if lease.remaining <= 0:  # somebody else could be about to send it
            return Outcome("transient", reason="The hub was too busy to send it in time.", retry_after=1.0)
        sending = asyncio.create_task(call(session, message, attempt, seconds))
        try:
            while not sending.done() and lease.remaining > 0:
                await asyncio.wait([sending], timeout=lease.remaining)
        finally:
            sending.cancel()
        await asyncio.wait([sending])
        if sending.cancelled():
            SEND_ATTEMPTS.labels(kind, "ambiguous").inc()
            return Outcome("ambiguous", reason=_LOST)
        outcome = sending.result()
        SEND_ATTEMPTS.labels(kind, outcome.kind).inc()
        if outcome.kind == "sent":
            await failpoint("outbox.provider_accepted")
        return outcome

    async def _commit(self, write: Callable[[Tx], Awaitable[T]]) -> T:
        """Commits, also when the database is away for a moment; `write` may find that it was done already. When the
        database stays away, the lease ends and the attempt is found without an outcome."""
        for number in range(_COMMIT_TRIES):
            try:
                async with self._outbox.transaction() as tx:
                    return await write(tx)
            except DATABASE_TROUBLE as failure:
                if number == _COMMIT_TRIES - 1 or not is_passing(failure):
                    raise
                _log.warning("not stored yet", error=type(failure).__name__, tries=number + 1)
                await asyncio.sleep(min(0.1 * 2**number, _COMMIT_SECONDS))
        raise AssertionError("unreachable")

    def _note(self, job: Job, outcome: Outcome) -> None:
        channel_id = job.channel_id or 0
        if outcome.kind == "rate":
            self._pace.pause(channel_id, outcome.retry_after or RATE_SECONDS)
        if outcome.kind == "auth":
            step = "Check the channel's credentials, or connect it again; what waits is sent then."
            self._sessions.note_sending(channel_id, Health("degraded", f"Sending was refused: {outcome.reason}", step))
        elif outcome.kind != "ambiguous":  # the provider answered as one who knows us
            self._sessions.note_sending(channel_id, Health("ok"))


@dataclass(frozen=True, slots=True)
class _Intent:
    """What is about to be done. `token` is new with every run of the job: an attempt of that token is our own."""

    entry_id: int
    token: str
    seconds: float
    obstacle: str


async def _begin(tx: Tx, job: Job, message: Outgoing, intent: _Intent) -> tuple[Attempt | None, bool]:
    """The attempt to make, or (with True) the one to ask about; None when nothing is to be done any more."""
    connection, entry_id = tx.connection, intent.entry_id
    delivery = await store.lock_delivery(connection, entry_id)
    if delivery is not None and delivery.state in ("sending", "uncertain"):
        attempt = await store.last_attempt(connection, entry_id)
        if attempt is not None:
            if attempt.token == intent.token:  # committed a moment ago, without our hearing of it
                return attempt, False
            if delivery.state == "sending":
                await begin_again(tx, delivery, attempt)
            return attempt, True
    if delivery is None or delivery.state not in WAITING or job.kind != SEND:
        await finish(connection, job)
        return None, False
    addresses = [one.value for one in (*message.to, *message.cc)]
    found = await store.suppressed(connection, delivery.address_kind, addresses, delivery.channel_id, lock=True)
    if delivery.overdue:
        await expire(tx, delivery)
    elif found is not None:
        await failed(tx, delivery, SUPPRESSED, f"Nothing may be sent to {found[0]}: {found[1]}")
    elif intent.obstacle:
        await failed(tx, delivery, "attachment", intent.obstacle)
    else:
        attempt = await store.start_attempt(connection, entry_id, intent.token, intent.seconds + GRACE_SECONDS)
        await touch_entry(tx, entry_id)
        return attempt, False
    await finish(connection, job)
    return None, False
