"""Changes of many conversations at once: begun here, done by a job, taken back."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from hub.bulk import actions, store
from hub.bulk.model import MOST
from hub.desk.fields.store import list_fields
from hub.desk.policy import Action
from hub.desk.views.filter import parse
from hub.desk.views.pages import ids_of
from hub.web.answers import queue_render, queue_shapes
from hub.web.changing import ConversationPatch
from hub.web.errors import invalid, not_found
from hub.web.fields import Id, RequestBody
from hub.web.filters import FilterBody
from hub.web.routes import Call, Routes

routes: Final = Routes()


class NewBulk(RequestBody):
    """Either `ids`, or everything that `filter` finds now; `change` is what PATCH /api/conversations/{id} takes."""

    ids: Annotated[list[Id], Field(min_length=1, max_length=1000)] | None = None
    filter: FilterBody | None = None
    change: ConversationPatch


@routes.post(
    "/api/bulk", policy=Action.WRITE_CONVERSATIONS, summary="Change many conversations, one after another", status=202
)
async def start(call: Call[NewBulk, None]) -> queue_shapes.Bulk:
    body, services = call.body, call.services
    wanted = body.change.change()
    if (body.ids is None) == (body.filter is None):
        raise invalid("ids", "Give either ids or a filter.")
    if body.filter is None:
        ids = body.ids or []
    else:
        async with services.read() as connection:
            filter_ = parse(body.filter.model_dump(), await list_fields(connection))
        ids = await ids_of(services.database.pool, call.agent.id, filter_, MOST + 1)
    async with services.write() as tx:
        begun = await actions.start(tx, call.agent.id, ids, wanted)
    return queue_render.bulk(begun)


@routes.get("/api/bulk/{bulk_id}", policy=Action.READ_CONVERSATIONS, summary="See how far one's own change is")
async def read(call: Call[None, None]) -> queue_shapes.Bulk:
    async with call.services.read() as connection:
        found = await store.get_bulk(connection, call.path["bulk_id"])
    if found is None or found.agent_id != call.agent.id:
        raise not_found("change of many conversations")
    return queue_render.bulk(found)


@routes.post(
    "/api/bulk/{bulk_id}/undo",
    policy=Action.WRITE_CONVERSATIONS,
    summary="Put back what nobody has changed since",
    status=202,
)
async def undo(call: Call[None, None]) -> queue_shapes.Bulk:
    async with call.services.write() as tx:
        begun = await actions.undo(tx, call.path["bulk_id"], call.agent.id)
    return queue_render.bulk(begun)
