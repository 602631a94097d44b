"""Telling whoever has a task that it is due: once, whichever hub finds it, and after a rest of all of them too."""

from __future__ import annotations

from typing import Final

from sqlalchemy import text

from hub.events.model import TaskChanged
from hub.events.outbox import Outbox

REMIND_SECONDS: Final = 5.0
_PORTION: Final = 100
_REMIND: Final = text(
    """
    with due as (
        select id from task
        where due_at <= now() and reminded_at is null and done_at is null and deleted_at is null
        order by due_at limit :limit for update skip locked
    )
    update task set reminded_at = now(), version = version + 1 from due where task.id = due.id returning task.id
    """
)


async def remind_due(outbox: Outbox) -> None:
    """Marks those that have fallen due as told of; pages alert their agent as the news comes. Run it every few
    seconds; several hubs share the work."""
    while True:
        async with outbox.transaction() as tx:
            due = list((await tx.connection.execute(_REMIND, {"limit": _PORTION})).scalars())
            for task_id in sorted(due):
                tx.emit(TaskChanged(task_id))
        if len(due) < _PORTION:
            return
