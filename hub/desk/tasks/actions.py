"""Writing tasks down and doing them: each takes an open transaction and tells what changed.

That one was written down, and that it was done, stands on the timeline of its conversation as an entry of kind "task".
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import text

from hub.desk.errors import DeskError, UnknownAgent
from hub.desk.store import get_agent
from hub.desk.tasks.model import Task
from hub.desk.tasks.store import get_tasks
from hub.events.model import TaskChanged
from hub.events.outbox import Tx
from hub.people.actions import UnknownCustomer
from hub.timeline.actions import UnknownConversation, append_entry
from hub.timeline.model import NewEntry

KIND: Final = "task"


class UnknownTask(DeskError):
    """There is no such task."""


# The customer's identity that was heard of last; without a conversation the task stands on no timeline.
_IDENTITY: Final = text(
    """
    select l.identity_id from identity_link l
    left join lateral (select last_entry_at from conversation c where c.identity_id = l.identity_id
                       order by last_entry_at desc limit 1) c on true
    where l.customer_id = :customer_id and l.until is null
    order by c.last_entry_at desc nulls last, l.identity_id limit 1
    """
)
_CONVERSATION: Final = text("select identity_id from conversation where id = :id")
_ENTRY: Final = text("select conversation_id from entry where id = :id")
_CREATE: Final = text(
    """
    insert into task (identity_id, conversation_id, entry_id, text, due_at, assignee_id, agent_id)
    values (:identity_id, :conversation_id, :entry_id, :text, :due_at, :assignee_id, :agent_id) returning id
    """
)
_CHANGE: Final = text(
    """
    update task set version = version + 1, text = :text, due_at = :due_at, assignee_id = :assignee_id,
        reminded_at = case when due_at is not distinct from cast(:due_at as timestamptz) then reminded_at end,
        done_at = case when :done then coalesce(done_at, now()) end,
        done_by = case when :done then case when done_at is null then :by else done_by end end
    where id = :id
    """
)
_DELETE: Final = text(
    "update task set deleted_at = now(), version = version + 1 where id = :id and deleted_at is null returning id"
)
_LOCK: Final = text("select id from task where id = :id and deleted_at is null for update")


async def create(
    tx: Tx,
    what: str,
    *,
    by: int | None,
    customer_id: int | None = None,
    conversation_id: int | None = None,
    entry_id: int | None = None,
    due_at: datetime | None = None,
    assignee_id: int | None = None,
) -> Task:
    """For the customer, or for whose conversation or entry it is.

    Raises UnknownCustomer, UnknownConversation, UnknownAgent.
    """
    if entry_id is not None:
        conversation_id = await tx.connection.scalar(_ENTRY, {"id": entry_id})
        if conversation_id is None:
            raise UnknownConversation(f"Entry {entry_id} does not exist. Reload the page.")
    await _check_assignee(tx, assignee_id)
    values = {
        "identity_id": await _identity(tx, customer_id, conversation_id),
        "conversation_id": conversation_id,
        "entry_id": entry_id,
        "text": what,
        "due_at": due_at,
        "assignee_id": assignee_id,
        "agent_id": by,
    }
    task_id: int = (await tx.connection.execute(_CREATE, values)).scalar_one()
    return await _changed(tx, task_id, by, "added")


async def change(
    tx: Tx,
    task_id: int,
    *,
    by: int | None,
    what: str,
    due_at: datetime | None,
    assignee_id: int | None,
    done: bool,
) -> Task:
    """Sets all of it. Raises UnknownTask, UnknownAgent."""
    before = await get_locked(tx, task_id)
    if assignee_id != before.assignee_id:
        await _check_assignee(tx, assignee_id)
    values = {"text": what, "due_at": due_at, "assignee_id": assignee_id, "done": done}
    await tx.connection.execute(_CHANGE, {**values, "id": task_id, "by": by})
    was_done = before.done_at is not None
    return await _changed(tx, task_id, by, None if was_done == done else "done" if done else "reopened")


async def delete(tx: Tx, task_id: int) -> None:
    """Raises UnknownTask."""
    await get_locked(tx, task_id)
    await tx.connection.execute(_DELETE, {"id": task_id})
    tx.emit(TaskChanged(task_id))


async def get_locked(tx: Tx, task_id: int) -> Task:
    """As it is now, and stays until the transaction ends. Raises UnknownTask."""
    if await tx.connection.scalar(_LOCK, {"id": task_id}) is None:
        raise UnknownTask(f"Task {task_id} does not exist any more. Reload the page.")
    return (await get_tasks(tx.connection, [task_id]))[0]


async def _identity(tx: Tx, customer_id: int | None, conversation_id: int | None) -> int:
    found: int | None
    if conversation_id is not None:
        found = await tx.connection.scalar(_CONVERSATION, {"id": conversation_id})
        if found is None:
            raise UnknownConversation(f"Conversation {conversation_id} does not exist. Reload the page.")
    else:
        found = await tx.connection.scalar(_IDENTITY, {"customer_id": customer_id})
        if found is None:
            raise UnknownCustomer(f"Customer {customer_id} does not exist or was merged. Reload the page.")
    return found


async def _check_assignee(tx: Tx, assignee_id: int | None) -> None:
    if assignee_id is not None:
        assignee = await get_agent(tx.connection, assignee_id)
        if assignee is None or assignee.disabled:
            raise UnknownAgent(f"Agent {assignee_id} does not exist or is disabled. Choose another.")


async def _changed(tx: Tx, task_id: int, by: int | None, said: str | None) -> Task:
    tx.emit(TaskChanged(task_id))
    task = (await get_tasks(tx.connection, [task_id]))[0]
    if said is not None and task.conversation_id is not None:
        data: dict[str, Any] = {"type": said, "task_id": task.id, "assignee_id": task.assignee_id}
        data["due_at"] = None if task.due_at is None else task.due_at.isoformat()
        await append_entry(
            tx,
            NewEntry(task.conversation_id, KIND, "internal", author_agent_id=by, text=task.text, data=data),
        )
    return task
