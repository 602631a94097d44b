"""Side conversations: asking a third party from inside a conversation."""

from __future__ import annotations

from typing import Final

from pydantic import Field

from hub.desk.policy import Action
from hub.outbound.opening import FirstMessage
from hub.outbound.side import start_side
from hub.timeline import store as timeline
from hub.web import render, shapes
from hub.web.api.conversations import NewIdentity
from hub.web.api.grouping import check
from hub.web.composing import Words
from hub.web.errors import not_found
from hub.web.fields import Id, Ids, Line, RequestBody
from hub.web.routes import Call, Routes

routes: Final = Routes()


class NewSideConversation(RequestBody):
    """To whom, over which channel, and what."""

    identity: NewIdentity
    channel_id: Id
    subject: Line | None = None
    text: Words = ""
    attachment_ids: Ids = Field(default_factory=list)


@routes.post(
    "/api/conversations/{conversation_id}/side-conversations",
    policy=Action.WRITE_CONVERSATIONS,
    summary="Ask a third party; what is said stands on the customer's timeline too",
    status=201,
    idempotent=True,
)
async def start(call: Call[NewSideConversation, None]) -> shapes.OpenedConversation:
    body, services = call.body, call.services
    await check(call, call.path["conversation_id"], Action.WRITE_CONVERSATIONS)
    first = FirstMessage(
        kind=body.identity.kind,
        address=body.identity.address,
        name=body.identity.name or "",
        channel_id=body.channel_id,
        agent_id=call.agent.id,
        subject=body.subject or "",
        text=body.text,
        attachment_ids=body.attachment_ids,
        idempotency_key=call.idempotency_key,
    )
    async with services.write() as tx:
        entry = await start_side(tx, services.registry, services.outbound, call.path["conversation_id"], first)
    conversation = await timeline.conversation_for(services.database.pool, call.agent.id, entry.conversation_id)
    if conversation is None:
        raise not_found("conversation")
    return {"conversation": render.conversation(conversation), "entry": render.entry(entry)}
