"""Proving that somebody who asks for a call on the web page holds the telephone: a code by text message.

The code is stored as a hash together with the page's secret token, which is stored as a hash itself: whoever reads the
database learns neither. The text waits sealed until it is sent, and stands on no timeline.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hmac import compare_digest
from typing import Any, Final

import structlog
from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.callbacks.actions import Callbacks, hash_of
from hub.callbacks.model import BadCallback, Queue, QueueFull
from hub.callbacks.number import normalise
from hub.callbacks.scripts import language_of, say
from hub.channels.model import Channel
from hub.channels.store import get_channel
from hub.db.engine import Database
from hub.events.outbox import Tx
from hub.outbound.attempt import call
from hub.outbound.job import Again, Done, Job, Lease, Result, enqueue
from hub.outbound.model import Attempt
from hub.outbound.pace import Pace
from hub.outbound.store import suppressed
from hub.sdk import Address, Outgoing
from hub.secrets import Vault

SEND_CODE: Final = "send_code"
CODE_VALID: Final = timedelta(minutes=10)
"""To type the code."""
PROOF_VALID: Final = timedelta(minutes=30)
"""To choose a time after that."""
TRIES: Final = 5
PER_HOUR: Final = 3
PER_DAY: Final = 8
QUEUE_PER_HOUR: Final = 300
"""Codes that all numbers together are sent by one queue: whoever has texts sent for money gets no more of them."""
_AGAIN_SECONDS: Final = 5.0
_CONTEXT: Final = "phone code"
_INSERT: Final = text(
    """
    insert into phone_verification (token_hash, queue_id, number, code_hash, name, reason, language, tries_left,
                                    created_at, expires_at)
    values (:token_hash, :queue_id, :number, :code_hash, :name, :reason, :language, :tries, :now, :expires_at)
    """
)
_ALONE: Final = text("select pg_advisory_xact_lock(hashtextextended(:what, 0))")
_COUNT: Final = text(
    """
    select count(*) filter (where created_at > :hour) as hour, count(*) as day from phone_verification
    where number = :number and created_at > :day
    """
)
_COUNT_QUEUE: Final = text("select count(*) from phone_verification where queue_id = :queue_id and created_at > :hour")
_COLUMNS: Final = """
    token_hash, queue_id, number, code_hash, name, reason, language, tries_left, expires_at, confirmed_at, used_at
"""
_GET: Final = text(f"select {_COLUMNS} from phone_verification where token_hash = :token_hash")
_LOCK: Final = text(f"select {_COLUMNS} from phone_verification where token_hash = :token_hash for update")
_WRONG: Final = text("update phone_verification set tries_left = tries_left - 1 where token_hash = :token_hash")
_CONFIRM: Final = text(
    """
    update phone_verification set confirmed_at = :now, expires_at = :expires_at where token_hash = :token_hash
    """
)
_USE: Final = text("update phone_verification set used_at = :now where token_hash = :token_hash")
_OLD: Final = text("delete from phone_verification where expires_at < now() - interval '2 days'")
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Verification:
    """Somebody on the way to their callback. `confirmed`: the code was right."""

    queue_id: int
    number: str
    name: str
    reason: str
    language: str
    tries_left: int
    expires_at: datetime
    confirmed: bool
    used: bool


class Verifications:
    """Codes sent and checked."""

    def __init__(self, callbacks: Callbacks, vault: Vault) -> None:
        self._callbacks = callbacks
        self._vault = vault

    async def begin(self, tx: Tx, queue: Queue, *, number: str, name: str, reason: str, language: str) -> str:
        """Sends a code; the secret token of the page on which it is typed.

        Raises BadCallback, and QueueFull when the queue has no page or the number was sent too many.
        """
        if not has_form(queue):
            raise QueueFull("Callbacks cannot be asked for here. Please call us.")
        assert queue.sms_channel_id is not None, "it has a form"
        now = self._callbacks.now()
        calls = await _active(tx.connection, queue.phone_channel_id)
        await _active(tx.connection, queue.sms_channel_id)
        value = normalise(number, str(calls.settings.get("country") or ""))
        await self._check_often(tx.connection, queue, value, now)
        if await suppressed(tx.connection, "phone", [value], queue.sms_channel_id):
            raise BadCallback("texts", "This number wants no text messages from us. Please call us.")
        token, code = secrets.token_urlsafe(24), f"{secrets.randbelow(1_000_000):06}"
        spoken = language_of(queue, language)
        values = {
            "token_hash": hash_of(token),
            "queue_id": queue.id,
            "number": value,
            "code_hash": _code_hash(token, code),
            "name": name,
            "reason": reason,
            "language": spoken,
            "tries": TRIES,
            "now": now,
            "expires_at": now + CODE_VALID,
        }
        await tx.connection.execute(_INSERT, values)
        words = say(queue, "sms_code", spoken, code=code, name=name, reason=reason, number=value).text
        sealed = self._vault.seal({"number": value, "text": words}, context=_CONTEXT)
        payload = {"sealed": base64.b64encode(sealed).decode(), "until": (now + CODE_VALID).timestamp()}
        await enqueue(tx.connection, SEND_CODE, payload, channel_id=queue.sms_channel_id)
        return token

    async def find(self, connection: AsyncConnection, token: str) -> Verification | None:
        """None when it is unknown or too old."""
        row = (await connection.execute(_GET, {"token_hash": hash_of(token)})).one_or_none()
        return None if row is None or row.expires_at <= self._callbacks.now() else _verification(row)

    async def check(self, tx: Tx, token: str, code: str) -> Verification | None:
        """`confirmed` when the code is right, else with fewer tries left; None when it is unknown or too old. Commit
        either way: a wrong try counts."""
        values, now = {"token_hash": hash_of(token)}, self._callbacks.now()
        row = (await tx.connection.execute(_LOCK, values)).one_or_none()
        if row is None or row.expires_at <= now:
            return None
        if row.confirmed_at is None and row.tries_left > 0:
            digits = "".join(one for one in code if one.isdigit())
            if compare_digest(bytes(row.code_hash), _code_hash(token, digits)):
                await tx.connection.execute(_CONFIRM, {**values, "now": now, "expires_at": now + PROOF_VALID})
            else:
                await tx.connection.execute(_WRONG, values)
            row = (await tx.connection.execute(_LOCK, values)).one()
        return _verification(row)

    async def use(self, tx: Tx, token: str) -> Verification | None:
        """The proof, once; None when there is none, or it was used."""
        values, now = {"token_hash": hash_of(token)}, self._callbacks.now()
        row = (await tx.connection.execute(_LOCK, values)).one_or_none()
        if row is None or row.expires_at <= now or row.confirmed_at is None or row.used_at is not None:
            return None
        await tx.connection.execute(_USE, {**values, "now": now})
        return _verification(row)

    async def _check_often(self, connection: AsyncConnection, queue: Queue, number: str, now: datetime) -> None:
        await connection.execute(_ALONE, {"what": f"phone code {number}"})
        values = {"number": number, "hour": now - timedelta(hours=1), "day": now - timedelta(days=1)}
        sent = (await connection.execute(_COUNT, values)).one()
        if sent.hour >= PER_HOUR or sent.day >= PER_DAY:
            raise QueueFull("We have sent several codes to this number already. Use the last one, or try again later.")
        if await connection.scalar(_COUNT_QUEUE, {**values, "queue_id": queue.id}) >= QUEUE_PER_HOUR:
            _log.warning("no more codes are sent for an hour", queue_id=queue.id)
            raise QueueFull("Too many codes were sent lately. Try again later, or call us.")


class CodeSender:
    """Handles the jobs "send_code". A code is sent once: when nobody knows whether it was, another can be asked for."""

    def __init__(self, database: Database, vault: Vault, pace: Pace) -> None:
        self._database = database
        self._vault = vault
        self._pace = pace

    async def handle(self, job: Job, lease: Lease) -> Result:
        del lease
        channel_id = job.channel_id or 0
        if job.attempts > 1 or job.payload["until"] <= time.time():
            _log.warning("a code was not sent, or nobody knows", job_id=job.id)
            return Done()
        with self._pace.lend(channel_id) as lent:
            if lent is None:
                return Again(_AGAIN_SECONDS, progress=True)
            session, connector = lent
            kept = self._vault.unseal(base64.b64decode(job.payload["sealed"]), context=_CONTEXT)
            async with self._database.engine.connect() as connection:
                if await suppressed(connection, "phone", [kept["number"]], channel_id):
                    return Done()
            self._pace.spend(channel_id)
            to = Address("phone", kept["number"])
            message = Outgoing(secrets.token_urlsafe(18), "", "", (to,), kept["text"], automatic=True)
            attempt = Attempt(message.attempt, 0, job.attempts, datetime.now(UTC), None)
            outcome = await call(session, message, attempt, connector.limits.send_timeout)
        if outcome.kind in ("transient", "rate"):
            return Again(outcome.retry_after or _AGAIN_SECONDS, progress=True)
        if outcome.kind != "sent":
            _log.warning("a code was not sent", job_id=job.id, outcome=outcome.kind, reason=outcome.reason)
        return Done()


async def _active(connection: AsyncConnection, channel_id: int | None) -> Channel:
    channel = await get_channel(connection, channel_id or 0)
    if channel is None or channel.state != "active":
        raise QueueFull("Callbacks cannot be asked for here at the moment. Please call us.")
    return channel


def has_form(queue: Queue) -> bool:
    """Whether customers can ask for a call on its page."""
    phones = queue.phone_channel_id is not None and queue.sms_channel_id is not None
    return queue.web_form and queue.state == "active" and phones


async def forget_old(database: Database) -> None:
    """Numbers and codes are not kept longer than the limits need them."""
    async with database.engine.begin() as connection:
        await connection.execute(_OLD)


def _code_hash(token: str, code: str) -> bytes:
    return hashlib.sha256(f"{token}:{code}".encode()).digest()


def _verification(row: Row[Any]) -> Verification:
    return Verification(
        queue_id=row.queue_id,
        number=row.number,
        name=row.name,
        reason=row.reason,
        language=row.language,
        tries_left=row.tries_left,
        expires_at=row.expires_at,
        confirmed=row.confirmed_at is not None,
        used=row.used_at is not None,
    )
