"""Side conversations: asking a third party from inside a conversation."""

from __future__ import annotations

from typing import Final

from hub.desk.policy import Action
from hub.outbound.side import start_side
from hub.web.answers import entry_render, entry_shapes, render
from hub.web.composing import NewFirst
from hub.web.routes import Call, Routes
from hub.web.within import conversation_of

routes: Final = Routes()


@routes.post(
    "/api/conversations/{conversation_id}/side-conversations",
    policy=Action.WRITE_CONVERSATIONS,
    summary="Ask a third party; what is said stands on the customer's timeline too",
    status=201,
    idempotent=True,
)
async def start(call: Call[NewFirst, None]) -> entry_shapes.OpenedConversation:
    main_id, services = call.path["conversation_id"], call.services
    await conversation_of(call, main_id, Action.WRITE_CONVERSATIONS)
    async with services.write() as tx:
        entry = await start_side(tx, services.registry, services.outbound, main_id, call.body.first(call))
    side = await conversation_of(call, entry.conversation_id, Action.READ_CONVERSATIONS)
    return {"conversation": render.conversation(side), "entry": entry_render.entry(entry)}
