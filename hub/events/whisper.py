"""What is said in passing to every hub of the database, and kept nowhere: who is writing, who has looked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, Final

import orjson
import structlog

from hub.db.engine import Database
from hub.db.trouble import DATABASE_TROUBLE
from hub.events.feed import Feed

CHANNEL: Final = "hub_whisper"
_MOST_AT_ONCE: Final = 20
_SECONDS: Final = 2.0
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

Listener = Callable[[Mapping[str, Any]], None]


class Whispers:
    """Said on one hub, heard on all of them, this one included; never twice, and sometimes not at all."""

    def __init__(self, database: Database, feed: Feed) -> None:
        self._database = database
        self._listeners: list[Listener] = []
        self._saying: set[asyncio.Task[None]] = set()
        feed.also_hear(CHANNEL, self._hear)

    def listen(self, listener: Listener) -> None:
        """For as long as the hub runs. A listener returns at once."""
        self._listeners.append(listener)

    def say(self, message: Mapping[str, Any]) -> None:
        """Returns at once. Too many at once are left unsaid."""
        if len(self._saying) < _MOST_AT_ONCE:
            task = asyncio.create_task(self._say(orjson.dumps(message).decode()), name="whisper")
            self._saying.add(task)
            task.add_done_callback(self._saying.discard)

    async def _say(self, content: str) -> None:
        try:
            async with asyncio.timeout(_SECONDS):
                await self._database.pool.execute("select pg_notify($1, $2)", CHANNEL, content)
        except DATABASE_TROUBLE as failure:
            _log.debug("whisper lost", error=type(failure).__name__)

    def _hear(self, content: str) -> None:
        message = orjson.loads(content)
        for listener in self._listeners:
            listener(message)

    async def close(self) -> None:
        while self._saying:
            await asyncio.gather(*self._saying)
