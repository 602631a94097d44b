"""Fields of customers and conversations: read by everybody, set up by administrators."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from hub.desk.fields import actions
from hub.desk.fields.store import list_fields
from hub.desk.policy import Action
from hub.web.answers import queue_render, queue_shapes, shapes
from hub.web.fields import RequestBody, ShortName
from hub.web.routes import Call, Routes

routes: Final = Routes()
Key = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[a-z][a-z0-9_]*$")]
Choices = Annotated[list[ShortName], Field(max_length=100)]


class NewField(RequestBody):
    """Noun, key and type stay for ever."""

    noun: Literal["customer", "conversation"]
    key: Key
    label: ShortName
    type: Literal["text", "number", "boolean", "date", "choice", "url"]
    choices: Choices = Field(default_factory=list)


class FieldPatch(RequestBody):
    """What is given is set."""

    label: ShortName | None = None
    choices: Choices | None = None
    archived: bool | None = None


@routes.get("/api/fields", policy=Action.READ_CONVERSATIONS, summary="List fields, the archived too")
async def list_all(call: Call[None, None]) -> shapes.Items[queue_shapes.Field]:
    async with call.services.read() as connection:
        return {"items": [queue_render.field(one) for one in await list_fields(connection)]}


@routes.post("/api/fields", policy=Action.MANAGE_DESK, summary="Add a field of customers or conversations", status=201)
async def add(call: Call[NewField, None]) -> queue_shapes.Field:
    body = call.body
    async with call.services.write() as tx:
        added = await actions.add_field(
            tx,
            noun=body.noun,
            key=body.key,
            label=body.label.strip(),
            type_=body.type,
            choices=[one.strip() for one in body.choices],
            by=call.agent.id,
        )
    return queue_render.field(added)


@routes.patch("/api/fields/{field_id}", policy=Action.MANAGE_DESK, summary="Rename or archive a field, set its choices")
async def change(call: Call[FieldPatch, None]) -> queue_shapes.Field:
    body = call.body
    async with call.services.write() as tx:
        changed = await actions.change_field(
            tx,
            call.path["field_id"],
            label=None if body.label is None else body.label.strip(),
            choices=None if body.choices is None else [one.strip() for one in body.choices],
            archived=body.archived,
            by=call.agent.id,
        )
    return queue_render.field(changed)
