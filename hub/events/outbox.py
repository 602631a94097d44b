"""A transaction that tells what it changed: its events commit with it or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.db.engine import Database
from hub.db.trouble import DATABASE_TROUBLE
from hub.events.model import Event, to_row

CHANNEL: Final = "hub_feed"
_COALESCE_SECONDS: Final = 0.015
_NOTIFY_SECONDS: Final = 5.0
_INSERT: Final = text(
    """
    insert into event (kind, subject_id, conversation_id)
    select kind, subject_id, conversation_id
    from unnest(cast(:kinds as text[]), cast(:subjects as bigint[]), cast(:conversations as bigint[]))
         with ordinality as changed (kind, subject_id, conversation_id, position)
    order by position
    """
)
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@dataclass(slots=True)
class Tx:
    """An open transaction. Locks are taken in this order: customer, conversation, entry, job."""

    connection: AsyncConnection
    events: dict[Event, None] = field(default_factory=dict)

    def emit(self, event: Event) -> None:
        """Tells `event` to everybody once the transaction has committed; the same event twice is told once."""
        self.events[event] = None


class Hint:
    """Wakes the readers of the feed, of every process. Only a hint: they look by themselves every second.

    NOTIFY never runs in a writing transaction, where it would queue all commits of the cluster behind one lock;
    many rings within 15 ms become one.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._task: asyncio.Task[None] | None = None
        self._again = False

    def ring(self) -> None:
        """Returns at once. Call it after the commit."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._notify(), name="feed hint")
        else:
            self._again = True

    async def _notify(self) -> None:
        while True:
            await asyncio.sleep(_COALESCE_SECONDS)
            self._again = False
            try:
                async with asyncio.timeout(_NOTIFY_SECONDS):
                    await self._database.pool.execute("select pg_notify($1, '')", CHANNEL)
            except DATABASE_TROUBLE as failure:
                _log.warning("feed hint not sent", error=type(failure).__name__)
            if not self._again:
                return

    async def close(self) -> None:
        """Waits for a ring in hand."""
        if self._task is not None:
            await self._task


class Outbox:
    """Opens transactions whose events are told."""

    def __init__(self, database: Database, hint: Hint) -> None:
        self._database = database
        self._hint = hint

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tx]:
        """Commits at the end of the block, rolls back when it raises."""
        async with self._database.engine.begin() as connection:
            tx = Tx(connection)
            yield tx
            if tx.events:
                # Last, so that the sequence is taken late and the feed waits for few.
                kinds, subjects, conversations = zip(*map(to_row, tx.events), strict=True)
                await connection.execute(
                    _INSERT,
                    {"kinds": list(kinds), "subjects": list(subjects), "conversations": list(conversations)},
                )
        if tx.events:
            self._hint.ring()
