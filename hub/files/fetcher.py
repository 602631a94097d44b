"""Fetching remote files: the bytes durably here first, then an attachment of the entry, then deleted over there."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import structlog

from hub.db.blobs import BlobStore
from hub.db.engine import Database
from hub.events.outbox import Outbox
from hub.files import store
from hub.files.model import FORGET, MAX_BYTES, StoredFile
from hub.outbound.job import Again, Done, Job, Lease, Result, Settled, enqueue, finish, release
from hub.outbound.pace import Pace
from hub.sdk import ConfigurationError, ConnectionTrouble, CredentialsRefused, Fetching, Session
from hub.timeline.actions import touch_entry

AT_ONCE: Final = 2
"""Files of one channel under way at once: fewer than its places, so that messages go out meanwhile."""
FETCH_SECONDS: Final = 120.0
FORGET_SECONDS: Final = 30.0
WAITS: Final = (2.0, 10.0, 60.0, 300.0, 1800.0, 3600.0, 4 * 3600.0, 8 * 3600.0, 10 * 3600.0)
"""Before each further attempt to fetch; a file that cannot be had for a day is gone until somebody asks again."""
FORGET_WAITS: Final = (10.0, 60.0, 600.0, 3600.0, 6 * 3600.0, 24 * 3600.0)
NO_SESSION_SECONDS: Final = 2.0
BUSY_SECONDS: Final = 1.0
_MAX_REASON: Final = 500
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Fetcher:
    """Handles the jobs "fetch" and "forget"."""

    def __init__(self, database: Database, outbox: Outbox, blobs: BlobStore, pace: Pace) -> None:
        self._database = database
        self._outbox = outbox
        self._blobs = blobs
        self._pace = pace
        self._in_hand: Counter[int] = Counter()

    async def handle(self, job: Job, lease: Lease) -> Result:
        """Fetches the file, or has the provider delete it. Raises what is nobody's fault but the hub's."""
        channel_id = job.channel_id or 0
        if self._in_hand[channel_id] >= AT_ONCE:
            return Again(BUSY_SECONDS * random.uniform(0.5, 2.0), progress=True)  # noqa: S311  # spreads them
        with self._pace.lend(channel_id) as lent, self._counted(channel_id):
            if lent is None:
                return Again(NO_SESSION_SECONDS, progress=True)
            async with self._database.engine.connect() as connection:
                file = await store.get_file(connection, int(job.payload["file_id"]))
            if file is None:
                return Done()
            return await (self._forget(job, lent[0], file) if job.kind == FORGET else self._fetch(job, lent[0], file))

    @contextmanager
    def _counted(self, channel_id: int) -> Iterator[None]:
        self._in_hand[channel_id] += 1
        try:
            yield
        finally:
            self._in_hand[channel_id] -= 1

    async def _fetch(self, job: Job, session: Session, file: StoredFile) -> Result:
        if file.state != "waiting":
            return Done()
        if not isinstance(session, Fetching):
            return await self._gone(job, file, "This channel cannot fetch files.")
        if file.remote.size is not None and file.remote.size > MAX_BYTES:
            return await self._gone(job, file, _too_large(file.remote.size))
        try:
            async with asyncio.timeout(FETCH_SECONDS):
                content = await session.fetch(file.remote)
        except LookupError as failure:
            return await self._gone(job, file, _words(failure) or "The provider does not have it any more.")
        except TimeoutError:
            return await self._later(job, file, f"The provider did not give it within {FETCH_SECONDS:.0f} s.")
        except (ConnectionTrouble, CredentialsRefused, ConfigurationError) as failure:
            return await self._later(job, file, _words(failure) or "The provider could not be reached.")
        except Exception as failure:  # noqa: BLE001  # a connector's fault: tried again, and said
            _log.exception("fetching broke off", file_id=file.id, channel_id=file.channel_id)
            return await self._later(job, file, f"The connector failed ({type(failure).__name__}).")
        if len(content) > MAX_BYTES:
            return await self._gone(job, file, _too_large(len(content)))
        try:
            digest = await self._blobs.put(content)
        except OSError:
            return await self._later(job, file, "The attachment store is full or out of reach.")
        return await self._stored(job, file, digest, len(content))

    async def _stored(self, job: Job, file: StoredFile, digest: bytes, size: int) -> Result:
        async with self._outbox.transaction() as tx:
            current = await store.lock_file(tx.connection, file.id)
            if current is not None and current.state == "waiting":
                await store.attach(tx.connection, file.id, digest, size)
                await touch_entry(tx, file.entry_id)
                named = {"file_id": file.id}
                await enqueue(tx.connection, FORGET, named, dedupe_key=str(file.id), channel_id=file.channel_id)
            await finish(tx.connection, job)
        return Settled()

    async def _gone(self, job: Job, file: StoredFile, reason: str) -> Result:
        async with self._outbox.transaction() as tx:
            current = await store.lock_file(tx.connection, file.id)
            if current is not None and current.state == "waiting":
                await store.say(tx.connection, file.id, "gone", reason, failed=True)
                await touch_entry(tx, file.entry_id)
            await finish(tx.connection, job)
        return Settled()

    async def _later(self, job: Job, file: StoredFile, reason: str) -> Result:
        if file.attempts >= len(WAITS):
            return await self._gone(job, file, f"{reason} The hub has tried for a day.")
        async with self._outbox.transaction() as tx:
            await store.lock_file(tx.connection, file.id)
            await store.say(tx.connection, file.id, "waiting", reason, failed=True)
            await touch_entry(tx, file.entry_id)
            wait = WAITS[file.attempts] * random.uniform(0.5, 1.0)  # noqa: S311  # spreads load
            await release(tx.connection, job, wait, reason, progress=True)
        return Settled()

    async def _forget(self, job: Job, session: Session, file: StoredFile) -> Result:
        """Bounded by its attempts alone: what stays there longer does no harm here, and the log says so."""
        if file.state != "stored" or not isinstance(session, Fetching):
            return Done()
        try:
            async with asyncio.timeout(FORGET_SECONDS):
                await session.forget(file.remote)
        except Exception as failure:  # noqa: BLE001  # whatever it is, the file is here and is asked to be deleted again
            reason = _words(failure) or type(failure).__name__
            if job.attempts <= len(FORGET_WAITS):
                return Again(FORGET_WAITS[job.attempts - 1], reason)
            _log.error("file not deleted at the provider", file_id=file.id, channel_id=file.channel_id, error=reason)
            return Done()
        async with self._outbox.transaction() as tx:
            await store.forgotten(tx.connection, file.id)
            await finish(tx.connection, job)
        return Settled()


def _words(failure: Exception) -> str:
    return (str(failure.args[0]) if failure.args else "")[:_MAX_REASON]


def _too_large(size: int) -> str:
    return f"It has {size / 1_000_000:.0f} MB; the hub keeps files of at most {MAX_BYTES / 1_000_000:.0f} MB."
