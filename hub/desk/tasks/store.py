"""Reading tasks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.desk.tasks.model import DuePlace, Task

State = Literal["open", "done", "all"]


@dataclass(frozen=True, slots=True)
class Only:
    """Which tasks a list is narrowed to; they meet all that is given."""

    state: State = "open"
    customer_id: int | None = None
    conversation_id: int | None = None
    assignee_id: int | None = None


_TASK: Final = """
    select t.id, t.version, c.id as customer_id, c.name, t.identity_id, t.conversation_id, t.entry_id, t.text, t.due_at,
           t.assignee_id, t.agent_id, t.created_at, t.done_at, t.done_by, t.reminded_at,
           t.deleted_at is not null as deleted
    from task t
    join identity_link l on l.identity_id = t.identity_id and l.until is null
    join customer c on c.id = l.customer_id
"""
_BY_ID: Final = text(f"{_TASK} where t.id = any (:ids) order by t.id")
_STATES: Final[dict[State, str]] = {"open": "t.done_at is null", "done": "t.done_at is not null", "all": "true"}
_DUE: Final = "coalesce(t.due_at, 'infinity')"
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


async def tasks_page(connection: AsyncConnection, wanted: Only, before: int | None, limit: int) -> list[Task]:
    """The newest first, from the one before id `before`; a shorter list is the last."""
    only, given = _conditions(wanted)
    rows = await connection.execute(
        text(f"{_TASK} where t.id < :before and {only} order by t.id desc limit :limit"),
        {**given, "before": before or (1 << 63) - 1, "limit": limit},
    )
    return [_task(row) for row in rows]


async def due_page(connection: AsyncConnection, wanted: Only, after: DuePlace | None, limit: int) -> list[Task]:
    """Those that are due first, and at the end those without a time; from `after` on. A shorter list is the last."""
    only, given = _conditions(wanted)
    if after is not None:
        only += f" and ({_DUE}, t.id) > (coalesce(cast(:due_at as timestamptz), 'infinity'), :id)"
        given |= {"due_at": after.due_at, "id": after.id}
    rows = await connection.execute(
        text(f"{_TASK} where {only} order by {_DUE}, t.id limit :limit"), {**given, "limit": limit}
    )
    return [_task(row) for row in rows]


def _conditions(wanted: Only) -> tuple[str, dict[str, Any]]:
    """In SQL, and their values."""
    only = ["t.deleted_at is null", _STATES[wanted.state]]
    only += [_OF_CUSTOMER] if wanted.customer_id is not None else []
    only += ["t.conversation_id = :conversation_id"] if wanted.conversation_id is not None else []
    only += ["t.assignee_id = :assignee_id"] if wanted.assignee_id is not None else []
    names = ("customer_id", "conversation_id", "assignee_id")
    return " and ".join(only), {name: value for name in names if (value := getattr(wanted, name)) is not None}
