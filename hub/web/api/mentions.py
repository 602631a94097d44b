"""Mentions: notes in which a colleague named one."""

from __future__ import annotations

from typing import Final

from hub.desk.mentions import store
from hub.desk.policy import Action
from hub.web.answers import compose_render, compose_shapes, shapes
from hub.web.fields import Id, RequestBody
from hub.web.routes import Call, Routes

routes: Final = Routes()


class Read(RequestBody):
    """Those of one conversation; null: all."""

    conversation_id: Id | None = None


@routes.get(
    "/api/me/mentions", policy=Action.READ_CONVERSATIONS, summary="List the notes that name one, and are unread"
)
async def list_unread(call: Call[None, None]) -> shapes.Items[compose_shapes.Mention]:
    call.snapshot()
    async with call.services.read() as connection:
        found = await store.unread_mentions(connection, call.agent.id)
    return {"items": [compose_render.mention(one) for one in found]}


@routes.post("/api/me/mentions/read", policy=Action.READ_CONVERSATIONS, summary="Say that one has seen them")
async def mark_read(call: Call[Read, None]) -> None:
    async with call.services.write() as tx:
        await store.mark_read(tx, call.agent.id, call.body.conversation_id)
