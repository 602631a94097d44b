"""Group commit: what waits at the same moment is stored by one call and one commit.

Each item is answered only after its commit. One that fails is retried alone, so that it never fails its neighbours;
one that the database refuses by itself is quarantined.
"""

from __future__ import annotations

import asyncio
import dataclasses
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Final

import asyncpg
import structlog

from hub.db.trouble import DATABASE_TROUBLE, is_passing, origin
from hub.inbound.ingest import ingest
from hub.inbound.model import Received, Stored, Understood
from hub.metrics import INGEST_BATCH

MAX_ITEMS: Final = 64
MAX_BYTES: Final = 4 * 1024 * 1024
_WRITERS: Final = 2
_TRIES: Final = 3
REFUSED: Final = (asyncpg.PostgresError, ValueError, TypeError)
"""How the database, or the driver that encodes for it, says that the data itself is at fault."""
_AGAIN: Final = (asyncpg.DeadlockDetectedError, asyncpg.SerializationError)
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

Pair = tuple[Received, int | None]
Waiting = tuple[Received, int | None, asyncio.Future[Stored]]


class HubUnavailable(Exception):
    """The database cannot be reached: nothing was stored, or it is not known. The provider has to deliver again."""


class BatchWriter:
    """Stores single items in groups; `stored` is called after each commit (it rings the feed)."""

    def __init__(self, pool: asyncpg.Pool, stored: Callable[[], None], writers: int = _WRITERS) -> None:
        self._pool = pool
        self._stored = stored
        self._writers = writers
        self._queue: deque[Waiting] = deque()
        self._running = 0
        self._claims: set[object] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def store(self, received: Received, named: int | None) -> Stored:
        """Returns after the commit. Raises HubUnavailable."""
        future: asyncio.Future[Stored] = asyncio.get_running_loop().create_future()
        self._queue.append((received, named, future))
        self._wake()
        return await future

    async def close(self) -> None:
        """Waits for what is being written."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    def _wake(self) -> None:
        if self._queue and self._running < self._writers:
            self._running += 1
            task = asyncio.create_task(self._write(), name="ingest")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _write(self) -> None:
        await asyncio.sleep(0)  # whoever is about to add an item in this turn of the loop comes along
        try:
            while batch := self._take():
                claims = {claim for one, _, _ in batch for claim in own_claims(one)}
                self._claims |= claims
                try:
                    await self._store_batch(batch)
                finally:
                    self._claims -= claims
        finally:
            self._running -= 1  # what it left waits for a writer at work, which looks again when it is done

    def _take(self) -> list[Waiting]:
        """The next items that neither collide with each other nor with what another writer has in hand."""
        batch: list[Waiting] = []
        later: deque[Waiting] = deque()
        taken = set(self._claims)
        size = 0
        while self._queue and len(batch) < MAX_ITEMS and size < MAX_BYTES:
            waiting = self._queue.popleft()
            if waiting[2].cancelled():
                continue
            if taken.isdisjoint(all_claims(waiting[0])):
                taken |= own_claims(waiting[0])
                batch.append(waiting)
                size += len(waiting[0].content)
            else:
                taken |= own_claims(waiting[0])  # what depends on it waits as well
                later.append(waiting)
        self._queue.extendleft(reversed(later))
        return batch

    async def _store_batch(self, batch: Sequence[Waiting]) -> None:
        try:
            results = await store_batch(self._pool, [(one, named) for one, named, _ in batch])
        except (HubUnavailable, asyncio.CancelledError) as failure:
            for *_, future in batch:
                if not future.done():
                    future.set_exception(HubUnavailable(str(failure) or "The hub is shutting down."))
            if isinstance(failure, asyncio.CancelledError):
                raise
            return
        self._stored()
        INGEST_BATCH.observe(len(batch))
        for (*_, future), stored in zip(batch, results, strict=True):
            if not future.done():
                future.set_result(stored)


def own_claims(one: Received) -> set[object]:
    """What no two items of one call may share."""
    claims: set[object] = {(one.channel_id, one.key), (one.channel_id, one.content_hash)}
    message = one.understood.message
    if message is not None:
        if message.reference is not None:
            claims.add(message.reference)
        if not one.threads:
            claims.add((one.channel_id, message.person.kind, message.person.address))
    return claims


def all_claims(one: Received) -> set[object]:
    """And what it has to be stored after."""
    message = one.understood.message
    return own_claims(one) | (set(message.replies_to) if message is not None else set())


async def store_batch(pool: asyncpg.Pool, batch: Sequence[Pair]) -> list[Stored]:
    """One call; and when that fails for a reason of the data, one call for each. Raises HubUnavailable."""
    try:
        return await _attempt(pool, batch)
    except REFUSED as failure:
        _log.warning("batch refused, storing one by one", items=len(batch), error=type(failure).__name__)
    return [await _store_alone(pool, pair) for pair in batch]


async def _store_alone(pool: asyncpg.Pool, pair: Pair) -> Stored:
    try:
        return (await _attempt(pool, [pair]))[0]
    except REFUSED as failure:
        received, _ = pair
        reason = f"The database refused it: {failure}"[:500]
        _log.error("message quarantined", channel_id=received.channel_id, error=type(failure).__name__)
        quarantined = dataclasses.replace(received, understood=Understood("quarantined", reason))
    try:
        return (await _attempt(pool, [(quarantined, None)]))[0]
    except REFUSED as failure:
        raise HubUnavailable("The hub cannot store anything now.") from failure


async def _attempt(pool: asyncpg.Pool, batch: Sequence[Pair]) -> list[Stored]:
    return await retrying(lambda: _call(pool, batch))


async def _call(pool: asyncpg.Pool, batch: Sequence[Pair]) -> list[Stored]:
    async with pool.acquire(timeout=10) as connection:
        return await ingest(connection, batch)


async def retrying(attempt: Callable[[], Awaitable[list[Stored]]]) -> list[Stored]:
    """Again after a deadlock or a serialisation failure, a few times. Raises HubUnavailable when the database is away;
    any other of REFUSED is about the data."""
    for number in range(1, _TRIES + 1):
        try:
            return await attempt()
        except (*DATABASE_TROUBLE, *REFUSED) as failure:
            if not is_passing(failure):
                raise
            if number == _TRIES or not isinstance(origin(failure), _AGAIN):
                raise HubUnavailable("The database is away or too busy; deliver again.") from failure
            await asyncio.sleep(0.05 * number)
    raise AssertionError("unreachable")


def groups(items: Sequence[Received]) -> Iterator[list[Received]]:
    """In order, cut wherever the next item collides with, or refers to, one of the same call."""
    group: list[Received] = []
    claims: set[object] = set()
    for one in items:
        if group and (len(group) == MAX_ITEMS or not claims.isdisjoint(all_claims(one))):
            yield group
            group, claims = [], set()
        group.append(one)
        claims |= own_claims(one)
    if group:
        yield group
