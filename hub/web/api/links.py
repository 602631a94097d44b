"""Links between conversations."""

from __future__ import annotations

from typing import Final

from hub.desk.policy import Action
from hub.timeline import related
from hub.timeline.related import LinkKind
from hub.web.answers import related_shapes
from hub.web.api.grouping import present
from hub.web.fields import Id, RequestBody
from hub.web.routes import Call, Routes
from hub.web.within import conversation_of

routes: Final = Routes()


class NewLink(RequestBody):
    """This conversation is related to, a duplicate of, or the cause of the other."""

    other_id: Id
    kind: LinkKind


@routes.post(
    "/api/conversations/{conversation_id}/links",
    policy=Action.WRITE_CONVERSATIONS,
    summary="Link a conversation with another",
    status=201,
)
async def add(call: Call[NewLink, None]) -> related_shapes.Related:
    from_id, other_id = call.path["conversation_id"], call.body.other_id
    for conversation_id in (from_id, other_id):
        await conversation_of(call, conversation_id, Action.WRITE_CONVERSATIONS)
    async with call.services.write() as tx:
        await related.link(tx, from_id, other_id, call.body.kind, call.agent.id)
    return await present(call, from_id)


@routes.delete("/api/links/{link_id}", policy=Action.WRITE_CONVERSATIONS, summary="Take out a link")
async def remove(call: Call[None, None]) -> None:
    async with call.services.write() as tx:
        await related.unlink(tx, call.path["link_id"])
