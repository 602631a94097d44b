"""Tasks: what somebody has to do for a customer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from hub.desk.policy import Action
from hub.desk.tasks import actions, store
from hub.desk.tasks.model import DuePlace
from hub.web.answers import related_render, related_shapes, shapes
from hub.web.errors import invalid
from hub.web.fields import Id, Moment, PageQuery, RequestBody
from hub.web.routes import Call, Routes

routes: Final = Routes()
Words = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"\S")]


class TasksQuery(PageQuery):
    """Those that meet all of it. `assignee` is an agent's id, or "me". Sorted by "due": the first due first, and those
    without a time at the end."""

    sort: Literal["newest", "due"] = "newest"
    state: Literal["open", "done", "all"] = "open"
    customer: Id | None = None
    conversation: Id | None = None
    assignee: Annotated[str | None, Field(pattern="^(me|[1-9][0-9]{0,17})$")] = None


class NewTask(RequestBody):
    """For a customer, or for whose conversation or entry it is: exactly one of the three is given."""

    text: Words
    customer_id: Id | None = None
    conversation_id: Id | None = None
    entry_id: Id | None = None
    due_at: Moment | None = None
    assignee_id: Id | None = None

    @model_validator(mode="after")
    def _one_of_three(self) -> NewTask:
        if sum(one is not None for one in (self.customer_id, self.conversation_id, self.entry_id)) != 1:
            raise ValueError("give exactly one of customer_id, conversation_id and entry_id")
        return self


class TaskPatch(RequestBody):
    """What is given is set; null takes it away."""

    text: Words | None = None
    due_at: Moment | None = None
    assignee_id: Id | None = None
    done: bool | None = None


@routes.get("/api/tasks", policy=Action.READ_CONVERSATIONS, summary="List tasks, newest or first due first")
async def list_tasks(call: Call[None, TasksQuery]) -> shapes.Page[related_shapes.Task]:
    query = call.query
    assignee_id = call.agent.id if query.assignee == "me" else int(query.assignee) if query.assignee else None
    wanted = store.Only(query.state, query.customer, query.conversation, assignee_id)
    before, after = (query.before_id(), None) if query.sort == "newest" else (None, _due_place(query.after))
    call.snapshot()
    async with call.services.read() as connection:
        if query.sort == "newest":
            found = await store.tasks_page(connection, wanted, before, query.limit + 1)
        else:
            found = await store.due_page(connection, wanted, after, query.limit + 1)
    items = found[: query.limit]
    next_ = None
    if len(found) > query.limit:
        next_ = str(items[-1].id if query.sort == "newest" else DuePlace(items[-1].due_at, items[-1].id))
    return {
        "items": [related_render.task(one) for one in items if call.allowed(Action.READ_CONVERSATIONS, one)],
        "next": next_,
    }


@routes.post("/api/tasks", policy=Action.WRITE_CONVERSATIONS, summary="Write down a task", status=201)
async def add(call: Call[NewTask, None]) -> related_shapes.Task:
    body = call.body
    due_at = _due(body.due_at)
    async with call.services.write() as tx:
        task = await actions.create(
            tx,
            body.text.strip(),
            by=call.agent.id,
            customer_id=body.customer_id,
            conversation_id=body.conversation_id,
            entry_id=body.entry_id,
            due_at=due_at,
            assignee_id=body.assignee_id,
        )
    return related_render.task(task)


@routes.patch("/api/tasks/{task_id}", policy=Action.WRITE_CONVERSATIONS, summary="Change a task, or say it is done")
async def change(call: Call[TaskPatch, None]) -> related_shapes.Task:
    body, given = call.body, call.body.given("due_at", "assignee_id")
    due_at = _due(body.due_at)
    async with call.services.write() as tx:
        now = await actions.get_locked(tx, call.path["task_id"])
        task = await actions.change(
            tx,
            now.id,
            by=call.agent.id,
            what=now.text if body.text is None else body.text.strip(),
            due_at=due_at if "due_at" in given else now.due_at,
            assignee_id=body.assignee_id if "assignee_id" in given else now.assignee_id,
            done=now.done_at is not None if body.done is None else body.done,
        )
    return related_render.task(task)


@routes.delete("/api/tasks/{task_id}", policy=Action.WRITE_CONVERSATIONS, summary="Delete a task")
async def remove(call: Call[None, None]) -> None:
    async with call.services.write() as tx:
        await actions.delete(tx, call.path["task_id"])


def _due_place(after: str | None) -> DuePlace | None:
    try:
        return None if after is None else DuePlace.parse(after)
    except ValueError:
        raise invalid("after", "This is not the end of a page. Start again without it.") from None


def _due(written: str | None) -> datetime | None:
    if written is None:
        return None
    try:
        return datetime.fromisoformat(written).astimezone(UTC)
    except (ValueError, OverflowError):
        raise invalid("due_at", "There is no such moment. Write it as 2026-12-24T09:00:00+01:00.") from None
