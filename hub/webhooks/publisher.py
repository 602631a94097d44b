"""Turns the feed into webhook events: each once, for all hubs of the installation together.

How far it came stands in the database and moves in the transaction that queues the deliveries, so nothing is missed
by a crash and nothing told twice by two hubs.
"""

from __future__ import annotations

import asyncio
from typing import Final

import structlog

from hub.db.engine import Database
from hub.db.trouble import is_passing, unless_ending
from hub.events.feed import Feed
from hub.events.position import Position, head
from hub.jobs.worker import Worker
from hub.webhooks import store
from hub.webhooks.happened import Rendering, load

POLL_SECONDS: Final = 5.0
_COALESCE_SECONDS: Final = 0.05
_RETRY_SECONDS: Final = 2.0
_LONGEST_RETRY_SECONDS: Final = 60.0
_BATCH: Final = 500
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Publisher:
    """`run` publishes until it is cancelled; `wake` says that the feed has something."""

    def __init__(self, database: Database, feed: Feed, worker: Worker, rendering: Rendering) -> None:
        self._database = database
        self._feed = feed
        self._worker = worker
        self._rendering = rendering
        self._wake = asyncio.Event()
        self._awaited = False

    def wake(self) -> None:
        self._wake.set()

    async def run(self) -> None:
        wait = _RETRY_SECONDS
        while True:
            self._wake.clear()
            try:
                self._awaited = await self.publish()
            except Exception as failure:  # noqa: BLE001  # logged; nothing is skipped, and the hub goes on meanwhile
                unless_ending()
                fault = None if is_passing(failure) else failure
                _log.warning("webhook events wait", retry_seconds=wait, error=type(failure).__name__, exc_info=fault)
                await asyncio.sleep(wait)
                wait = min(wait * 2, _LONGEST_RETRY_SECONDS)
                continue
            wait = _RETRY_SECONDS
            await self._pause()

    async def _pause(self) -> None:
        """While nobody subscribes to anything, the feed's rings are not worth looking for."""
        if not self._awaited:
            await asyncio.sleep(POLL_SECONDS)
            return
        try:
            async with asyncio.timeout(POLL_SECONDS):
                await self._wake.wait()
        except TimeoutError:
            return
        await asyncio.sleep(_COALESCE_SECONDS)

    async def publish(self) -> bool:
        """Everything up to now. False when nobody subscribes to anything."""
        while True:
            async with self._database.engine.connect() as bare:
                connection = await bare.execution_options(isolation_level="AUTOCOMMIT")
                awaited = await store.any_active(connection)
                before = await store.cursor(connection)
                position = await self._position(before)
                if position is None:
                    await store.move_cursor(connection, before, str(await head(connection)))
                    continue
                items = await self._feed.read(position, _BATCH)
                if not items:
                    return awaited
                happened = await load(connection, [one.event for one in items], self._rendering) if awaited else []
            async with self._database.engine.begin() as connection:
                if await store.move_cursor(connection, before, str(items[-1].position)):
                    await store.add_events(connection, happened)
            self._worker.wake()

    async def _position(self, cursor: str) -> Position | None:
        """None where the feed cannot be read on from: at the very first, and after a backup was restored."""
        if not cursor:
            return None
        position = Position.parse(cursor)
        if await self._feed.resumable(position):
            return position
        _log.warning("webhook events begin anew: what happened meanwhile is not told")
        return None
