"""Labels: read by everybody, set up by administrators."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from hub.desk.labels import actions
from hub.desk.labels.store import list_labels
from hub.desk.policy import Action
from hub.web.answers import queue_render, queue_shapes, shapes
from hub.web.fields import RequestBody, ShortName
from hub.web.routes import Call, Routes

routes: Final = Routes()
Tint = Annotated[int, Field(ge=1, le=8)]


class NewLabel(RequestBody):
    name: ShortName
    tint: Tint


class LabelPatch(RequestBody):
    """What is given is set."""

    name: ShortName | None = None
    tint: Tint | None = None
    archived: bool | None = None


@routes.get("/api/labels", policy=Action.READ_CONVERSATIONS, summary="List labels, the archived too")
async def list_all(call: Call[None, None]) -> shapes.Items[queue_shapes.Label]:
    async with call.services.read() as connection:
        return {"items": [queue_render.label(one) for one in await list_labels(connection)]}


@routes.post("/api/labels", policy=Action.MANAGE_DESK, summary="Add a label", status=201)
async def add(call: Call[NewLabel, None]) -> queue_shapes.Label:
    async with call.services.write() as tx:
        added = await actions.add_label(tx, name=call.body.name.strip(), tint=call.body.tint, by=call.agent.id)
    return queue_render.label(added)


@routes.patch("/api/labels/{label_id}", policy=Action.MANAGE_DESK, summary="Rename, recolour or archive a label")
async def change(call: Call[LabelPatch, None]) -> queue_shapes.Label:
    body = call.body
    name = None if body.name is None else body.name.strip()
    async with call.services.write() as tx:
        changed = await actions.change_label(
            tx, call.path["label_id"], name=name, tint=body.tint, archived=body.archived, by=call.agent.id
        )
    return queue_render.label(changed)


@routes.delete("/api/labels/{label_id}", policy=Action.MANAGE_DESK, summary="Archive a label: it is put on nothing new")
async def archive(call: Call[None, None]) -> None:
    async with call.services.write() as tx:
        await actions.change_label(tx, call.path["label_id"], archived=True, by=call.agent.id)
