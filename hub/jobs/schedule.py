"""What has to be done from time to time. Every hub does it; each task may run on several at once without harm."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

import structlog
from sqlalchemy import text

from hub.db.engine import Database
from hub.events.feed import Feed
from hub.events.outbox import Outbox
from hub.outbound.sweep import sweep

TASK_SECONDS: Final = 60.0
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)
# Not what a draft, a message that is still to go out, or a canned reply holds.
_UNUSED = text(
    """
    delete from attachment where entry_id is null and created_at < now() - interval '24 hours' and id not in (
        select unnest(attachment_ids) from draft
        union all select unnest(attachment_ids) from canned_reply where removed_at is null
        union all
        select unnest(attachment_ids) from scheduled_message where state in ('waiting', 'held_back', 'failed'))
    """
)
_DRAFTS = text("delete from draft where updated_at < now() - interval '180 days'")
# A visitor's page keeps a message that could not go out, and its file has to be here when it does.
_UPLOADS = text("delete from upload where created_at < now() - interval '30 days'")
_SESSIONS = text("delete from agent_session where expires_at < now() - interval '1 day'")
_INVITES = text("delete from invite where expires_at < now() - interval '30 days'")
_CONSENTS = text("delete from oauth_consent where expires_at < now()")


@dataclass(frozen=True, slots=True)
class Task:
    """Done every `seconds`, give or take a tenth, and never twice at once in one process."""

    name: str
    seconds: float
    work: Callable[[], Awaitable[None]]


class Schedule:
    """Runs the tasks until cancelled. One that fails is logged and done again at its next turn."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self._tasks = tuple(tasks)

    async def run(self) -> None:
        async with asyncio.TaskGroup() as group:
            for task in self._tasks:
                group.create_task(self._repeat(task), name=f"schedule {task.name}")

    async def _repeat(self, task: Task) -> None:
        while True:
            await asyncio.sleep(task.seconds * random.uniform(0.9, 1.1))  # noqa: S311  # hubs drift apart
            try:
                async with asyncio.timeout(TASK_SECONDS):
                    await task.work()
            except Exception:  # noqa: BLE001  # the next turn may succeed; the others go on
                _log.exception("scheduled task failed", task=task.name)


def default_tasks(database: Database, outbox: Outbox, feed: Feed) -> list[Task]:
    """The hub's own."""
    return [
        Task("deliveries", 5.0, lambda: sweep(outbox)),
        Task("events", 3600.0, feed.prune),
        Task("leftovers", 3600.0, lambda: drop_leftovers(database)),
    ]


async def drop_leftovers(database: Database) -> None:
    """Uploads on no message, and sessions, invites and consents that are over."""
    async with database.engine.begin() as connection:
        for statement in (_DRAFTS, _UNUSED, _UPLOADS, _SESSIONS, _INVITES, _CONSENTS):
            await connection.execute(statement)
