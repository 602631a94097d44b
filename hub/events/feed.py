"""The feed: every event once, in order, to every subscriber of this process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import structlog

from hub.db.engine import Database
from hub.db.trouble import DATABASE_TROUBLE, unless_ending
from hub.events.model import Event, from_row
from hub.events.outbox import CHANNEL
from hub.events.position import HEAD, Position

POLL_SECONDS: Final = 1.0
_FIRST_LOOK_SECONDS: Final = 0.02
_BATCH: Final = 500
_WAITING_BATCHES: Final = 1000
_KEEP: Final = "24 hours"

_READ: Final = """
select xid::text, id, kind, subject_id, conversation_id from event
where (xid, id) > ($1::text::xid8, $2) and xid < pg_snapshot_xmin(pg_current_snapshot())
order by xid, id limit $3
"""
_RESUMABLE: Final = """
select left(epoch::text, 8) = $1 and $2::text::xid8 >= event_horizon
       and $2::text::xid8 <= pg_snapshot_xmax(pg_current_snapshot())
from installation
"""
# The newest transaction that is old enough stays, so that the horizon is always a position which can be resumed.
_PRUNE: Final = f"""
with horizon as (
    update installation set event_horizon = greatest(
        event_horizon, (select xid from event where at < now() - interval '{_KEEP}' order by xid desc limit 1))
    returning event_horizon
)
delete from event using horizon where xid < event_horizon
"""
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class FeedItem:
    """`position` is where to go on after this event."""

    position: Position
    event: Event


class Overtaken(Exception):
    """Events were missed: the subscriber took so long that its queue is full, or the feed itself had to start anew.
    It has to subscribe again, and reload its snapshot."""


@dataclass(slots=True, eq=False)
class Subscription:
    """Batches of events as an async iterator; it waits as long as nothing happens and raises Overtaken when full."""

    _batches: asyncio.Queue[list[FeedItem]] = field(default_factory=lambda: asyncio.Queue(_WAITING_BATCHES))
    _overtaken: bool = False

    def offer(self, items: list[FeedItem]) -> None:
        try:
            self._batches.put_nowait(items)
        except asyncio.QueueFull:
            self._overtaken = True

    def overtake(self) -> None:
        self._overtaken = True
        self.offer([])

    async def __aiter__(self) -> AsyncIterator[list[FeedItem]]:
        while True:
            items = await self._batches.get()
            if self._overtaken:
                raise Overtaken("Events were missed. Subscribe again and reload the snapshot.")
            yield items


class Feed:
    """Reads while `run` runs: woken by a hint, and by itself every second, for hints may be lost.

    After a lost connection it goes on where it was. Where that is impossible (a database restored from a backup
    begins a new epoch; a day without connection) it starts at the head and every subscriber is Overtaken.
    """

    def __init__(self, database: Database) -> None:
        self._pool = database.pool
        self._position: Position | None = None
        self._subscriptions: set[Subscription] = set()
        self._wake = asyncio.Event()
        self._ready = asyncio.Event()
        self._others: dict[str, Callable[[str], None]] = {}

    @property
    def position(self) -> Position | None:
        """Up to here everything was delivered; None before `run` has reached the database."""
        return self._position

    async def ready(self) -> None:
        """Returns once the feed listens; what happens after that is delivered."""
        await self._ready.wait()

    @contextmanager
    def subscribe(self) -> Iterator[Subscription]:
        """Everything from `position` on, as long as the block lasts."""
        subscription = Subscription()
        self._subscriptions.add(subscription)
        try:
            yield subscription
        finally:
            self._subscriptions.discard(subscription)

    def also_hear(self, channel: str, heard: Callable[[str], None]) -> None:
        """What is said on another channel of the database, over the same connection. Before `run`."""
        self._others[channel] = heard

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                async with self._pool.acquire() as connection:
                    try:
                        await self._listen(connection)
                    finally:
                        connection.terminate()  # it listens, and may be broken: never back into the pool
            except DATABASE_TROUBLE as failure:
                unless_ending()
                _log.warning("feed interrupted", error=type(failure).__name__, retry_seconds=POLL_SECONDS)
            await asyncio.sleep(POLL_SECONDS)

    async def _listen(self, connection: Any) -> None:
        await connection.add_listener(CHANNEL, self._hinted)
        for channel in self._others:
            await connection.add_listener(channel, self._overheard)
        await self._take_position(connection)
        self._ready.set()
        pause = _FIRST_LOOK_SECONDS
        while True:
            self._wake.clear()
            if await self._deliver(connection):
                pause = _FIRST_LOOK_SECONDS
                continue
            woken = await self._woken(pause)
            # What was rung for may still stand behind an older transaction: look again soon, then ever later.
            pause = _FIRST_LOOK_SECONDS if woken else min(pause * 2, POLL_SECONDS)

    async def _take_position(self, connection: Any) -> None:
        if self._position is not None:
            if await _resumable(connection, self._position):
                return
            for subscription in self._subscriptions:
                subscription.overtake()
        epoch, xid = await connection.fetchrow(HEAD)
        self._position = Position(epoch, int(xid), 0)

    def _hinted(self, *_: object) -> None:
        self._wake.set()

    def _overheard(self, _connection: object, _pid: int, channel: str, content: str) -> None:
        self._others[channel](content)

    async def _woken(self, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                return await self._wake.wait()
        except TimeoutError:
            return False

    async def _deliver(self, connection: Any) -> bool:
        assert self._position is not None
        items, self._position = await _read(connection, self._position, _BATCH)
        if items:
            for subscription in self._subscriptions:
                subscription.offer(items)
        return bool(items)

    async def read(self, after: Position, limit: int = _BATCH) -> list[FeedItem]:
        """At most `limit` events after a position that is `resumable`; fewer means that the end was reached."""
        items, _ = await _read(self._pool, after, limit)
        return items

    async def resumable(self, position: Position) -> bool:
        """Whether everything after `position` is still there: not pruned, and of this life of the database."""
        return await _resumable(self._pool, position)

    async def prune(self) -> None:
        """Drops events older than a day. Run it every hour or so."""
        await self._pool.execute(_PRUNE)


async def _resumable(connection: Any, position: Position) -> bool:
    return bool(await connection.fetchval(_RESUMABLE, position.epoch, str(position.xid)))


async def _read(connection: Any, after: Position, limit: int) -> tuple[list[FeedItem], Position]:
    rows = await connection.fetch(_READ, str(after.xid), after.id, limit)
    items, position = [], after
    for xid, number, kind, subject_id, conversation_id in rows:
        position = Position(after.epoch, int(xid), number)
        event = from_row(kind, subject_id, conversation_id)
        if event is not None:
            items.append(FeedItem(position, event))
    return items, position
