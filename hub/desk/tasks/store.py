"""Reading tasks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, Literal

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.desk.tasks.model import Task

State = Literal["open", "done", "all"]
_TASK: Final = """
    select t.id, t.version, c.id as customer_id, c.name, t.identity_id, t.conversation_id, t.entry_id, t.text, t.due_at,
           t.assignee_id, t.agent_id, t.created_at, t.done_at, t.done_by, t.deleted_at is not null as deleted
    from task t
    join identity_link l on l.identity_id = t.identity_id and l.until is null
    join customer c on c.id = l.customer_id
"""
_BY_ID: Final = text(f"{_TASK} where t.id = any (:ids) order by t.id")
_STATES: Final[dict[State, str]] = {"open": "t.done_at is null", "done": "t.done_at is not null", "all": "true"}
_OF_CUSTOMER: Final = """
    t.identity_id = any (array(
        select identity_id from identity_link where customer_id = :customer_id and until is null))
"""


def _task(row: Sequence[Any]) -> Task:
    id_, version, customer_id, name, *rest = row
    return Task(id_, version, (customer_id, name), *rest)


async def get_tasks(connection: AsyncConnection, ids: Iterable[int]) -> list[Task]:
    """Those that exist, the deleted ones too, in order of their ids."""
    return [_task(row) for row in await connection.execute(_BY_ID, {"ids": list(ids)})]


async def tasks_page(
    connection: AsyncConnection,
    before: int | None,
    limit: int,
    *,
    state: State = "open",
    customer_id: int | None = None,
    conversation_id: int | None = None,
    assignee_id: int | None = None,
) -> list[Task]:
    """The newest first, from the one before id `before`; a shorter list is the last."""
    only = [_STATES[state]]
    only += [_OF_CUSTOMER] if customer_id is not None else []
    only += ["t.conversation_id = :conversation_id"] if conversation_id is not None else []
    only += ["t.assignee_id = :assignee_id"] if assignee_id is not None else []
    query = f"{_TASK} where t.deleted_at is null and t.id < :before and {' and '.join(only)}"
    values = {"customer_id": customer_id, "conversation_id": conversation_id, "assignee_id": assignee_id}
    given = {key: value for key, value in values.items() if value is not None}
    rows = await connection.execute(
        text(f"{query} order by t.id desc limit :limit"), {**given, "before": before or (1 << 63) - 1, "limit": limit}
    )
    return [_task(row) for row in rows]
