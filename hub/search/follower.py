"""Keeps the index up to date: follows the feed, and works its way down through what was there before it.

Nobody who stores a message waits for it. How far it came stands in the database and moves after what it stands for
was written, and writing again what is there changes nothing: a crash at any instant costs a repetition. When the
feed cannot be read on from there (a day without a hub, a backup restored), it goes through everything once more.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import Any, Final

import structlog

from hub.db.engine import Database
from hub.db.trouble import is_passing, unless_ending
from hub.events.feed import Feed
from hub.events.model import CallChanged, CustomerChanged, EntryChanged, Event
from hub.events.position import HEAD, Position
from hub.failpoints import failpoint
from hub.search.index import index_customers, index_entries

POLL_SECONDS: Final = 5.0
_COALESCE_SECONDS: Final = 0.1
_RETRY_SECONDS: Final = 2.0
_LONGEST_RETRY_SECONDS: Final = 60.0
_EVENTS: Final = 500
_AT_ONCE: Final = 50
"""Entries written by one statement: a feed that others follow waits for it."""
_PORTION: Final = 200
"""Of what was there before, between two looks at the feed."""
_REST: Final = 2.0
"""Pause after work, in units of the work: at most a third of a processor."""
_LOCK: Final = 0x616C6C77_61797302  # "allways", 2: held for the session by the one hub that writes the index

_PROGRESS: Final = "select position, entries_below, customers_below from search_progress"
_MOVE: Final = "update search_progress set position = $1"
_ANEW: Final = """
update search_progress set position = $1, entries_below = 9223372036854775807, customers_below = 9223372036854775807
"""
_ENTRIES_BELOW: Final = "select id from entry where id < $1 order by id desc limit $2"
_CUSTOMERS_BELOW: Final = "select id from customer where id < $1 order by id desc limit $2"
_CALL_ENTRIES: Final = "select entry_id from call where id = any ($1)"
_READ_FILE: Final = "select blob_hash from search_file where state = 'read' and not indexed limit 1"
_ENTRIES_WITH: Final = """
select distinct entry_id from attachment where blob_hash = $1 and entry_id is not null order by 1 desc
"""
_FILE_DONE: Final = "update search_file set indexed = true where blob_hash = $1"
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Follower:
    """`run` indexes until it is cancelled; `wake` says that the feed has something."""

    def __init__(self, database: Database, feed: Feed) -> None:
        self._pool = database.pool
        self._feed = feed
        self._wake = asyncio.Event()

    def wake(self) -> None:
        self._wake.set()

    async def run(self) -> None:
        wait = _RETRY_SECONDS
        while True:
            try:
                async with self._pool.acquire() as connection:
                    try:
                        if await connection.fetchval("select pg_try_advisory_lock($1)", _LOCK):
                            await self._follow(connection)
                    finally:
                        connection.terminate()  # it may hold the lock: never back into the pool
                wait = POLL_SECONDS  # another hub does it
            except Exception as failure:  # noqa: BLE001  # logged; nothing is skipped, and the hub goes on meanwhile
                unless_ending()
                fault = None if is_passing(failure) else failure
                _log.warning("search index waits", retry_seconds=wait, error=type(failure).__name__, exc_info=fault)
                wait = min(wait * 2, _LONGEST_RETRY_SECONDS)
            await asyncio.sleep(wait)

    async def _follow(self, connection: Any) -> None:
        while True:
            self._wake.clear()
            began = time.monotonic()
            if await self.step(connection):
                await asyncio.sleep((time.monotonic() - began) * _REST)
                continue
            try:
                async with asyncio.timeout(POLL_SECONDS):
                    await self._wake.wait()
            except TimeoutError:
                continue
            await asyncio.sleep(_COALESCE_SECONDS)

    async def step(self, connection: Any) -> bool:
        """One portion. False when there was nothing left to do."""
        cursor, entries_below, customers_below = await connection.fetchrow(_PROGRESS)
        position = await self._position(connection, cursor)
        if position is None:
            epoch, xid = await connection.fetchrow(HEAD)
            await connection.execute(_ANEW, str(Position(epoch, int(xid), 0)))
            return True
        items = await self._feed.read(position, _EVENTS)
        if items:
            await self._index(connection, [one.event for one in items])
            await failpoint("search.indexed")
            await connection.execute(_MOVE, str(items[-1].position))
            return True
        if await self._file(connection):
            return True
        if customers_below is not None:
            ids = await self._ids(connection, _CUSTOMERS_BELOW, customers_below)
            await index_customers(connection, ids)
            await self._down(connection, "customers_below", ids)
            return True
        if entries_below is not None:
            ids = await self._ids(connection, _ENTRIES_BELOW, entries_below)
            await self._entries(connection, ids)
            await self._down(connection, "entries_below", ids)
            return True
        return False

    async def catch_up(self) -> None:
        """Everything that there is by now, at once; for tests, and for whoever holds no other hub."""
        async with self._pool.acquire() as connection:
            while await self.step(connection):
                pass

    async def _position(self, connection: Any, cursor: str) -> Position | None:
        if not cursor:
            return None
        position = Position.parse(cursor)
        if await self._feed.resumable(position):
            return position
        _log.warning("search index goes through everything once more: events were missed")
        return None

    async def _index(self, connection: Any, events: Sequence[Event]) -> None:
        entries = {one.entry_id for one in events if isinstance(one, EntryChanged)}
        calls = [one.call_id for one in events if isinstance(one, CallChanged)]
        if calls:
            entries |= {row[0] for row in await connection.fetch(_CALL_ENTRIES, calls)}
        await self._entries(connection, sorted(entries))
        customers = {one.customer_id for one in events if isinstance(one, CustomerChanged)}
        if customers:
            await index_customers(connection, sorted(customers))

    async def _entries(self, connection: Any, ids: Sequence[int]) -> None:
        for start in range(0, len(ids), _AT_ONCE):
            await index_entries(connection, ids[start : start + _AT_ONCE])

    async def _file(self, connection: Any) -> bool:
        """The text of one file, wherever it stands. Written here alone, so that nothing older can replace it."""
        blob_hash = await connection.fetchval(_READ_FILE)
        if blob_hash is None:
            return False
        await self._entries(connection, [row[0] for row in await connection.fetch(_ENTRIES_WITH, blob_hash)])
        await connection.execute(_FILE_DONE, blob_hash)
        return True

    async def _ids(self, connection: Any, statement: str, below: int) -> list[int]:
        return [row[0] for row in await connection.fetch(statement, below, _PORTION)]

    async def _down(self, connection: Any, column: str, ids: Sequence[int]) -> None:
        below = ids[-1] if len(ids) == _PORTION else None
        await connection.execute(f"update search_progress set {column} = $1", below)
