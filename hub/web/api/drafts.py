"""Drafts: what an agent has begun to write, there again on every device of theirs."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from hub.desk.drafts import store
from hub.desk.errors import StaleDraft
from hub.desk.policy import Action
from hub.web.answers import compose_render, compose_shapes, shapes
from hub.web.composing import Html, TemplateChoice, Words
from hub.web.errors import Problem
from hub.web.fields import Id, Ids, RequestBody
from hub.web.routes import Call, Routes
from hub.web.within import conversation_of

routes: Final = Routes()


class To(RequestBody):
    identity_id: Id
    channel_id: Id


class Content(RequestBody):
    mode: Literal["reply", "note"] = "reply"
    text: Words = ""
    note: Words = ""
    html: Html | None = None
    subject: Annotated[str | None, Field(max_length=998)] = None
    cc: Annotated[str, Field(max_length=10_000)] = ""
    to: To | None = None
    template: TemplateChoice | None = None
    mentions: Ids = Field(default_factory=list)
    attachment_ids: Ids = Field(default_factory=list)


class DraftBody(RequestBody):
    """`version` is that of the draft which was changed; 0 where there was none."""

    content: Content
    version: Annotated[int, Field(ge=0, le=2**62)]


@routes.get("/api/drafts", policy=Action.WRITE_CONVERSATIONS, summary="List one's own drafts")
async def list_all(call: Call[None, None]) -> shapes.Items[compose_shapes.Draft]:
    call.snapshot()
    async with call.services.read() as connection:
        return {"items": [compose_render.draft(one) for one in await store.list_drafts(connection, call.agent.id)]}


@routes.get(
    "/api/conversations/{conversation_id}/draft",
    policy=Action.WRITE_CONVERSATIONS,
    summary="Read one's own draft in a conversation",
)
async def read(call: Call[None, None]) -> compose_shapes.HeldDraft:
    await conversation_of(call, call.path["conversation_id"], Action.WRITE_CONVERSATIONS)
    call.snapshot()
    async with call.services.read() as connection:
        held = await store.get_draft(connection, call.agent.id, call.path["conversation_id"])
    return {"draft": None if held is None else compose_render.draft(held)}


@routes.put(
    "/api/conversations/{conversation_id}/draft",
    policy=Action.WRITE_CONVERSATIONS,
    summary="Keep what one has begun to write",
)
async def put(call: Call[DraftBody, None]) -> compose_shapes.DraftVersion:
    await conversation_of(call, call.path["conversation_id"], Action.WRITE_CONVERSATIONS)
    agent_id, conversation_id = call.agent.id, call.path["conversation_id"]
    content = call.body.content.model_dump(exclude={"attachment_ids"})
    files = call.body.content.attachment_ids
    try:
        async with call.services.write() as tx:
            version = await store.put_draft(tx, agent_id, conversation_id, content, files, version=call.body.version)
    except StaleDraft as failure:
        async with call.services.read() as connection:
            held = await store.get_draft(connection, agent_id, conversation_id)
        draft = None if held is None else compose_render.draft(held)
        raise Problem(
            409, "stale_draft", "The draft was changed on another device.", str(failure), draft=draft
        ) from None
    return {"version": version}


@routes.delete(
    "/api/conversations/{conversation_id}/draft", policy=Action.WRITE_CONVERSATIONS, summary="Drop one's own draft"
)
async def drop(call: Call[None, None]) -> None:
    await conversation_of(call, call.path["conversation_id"], Action.WRITE_CONVERSATIONS)
    async with call.services.write() as tx:
        await store.drop_draft(tx, call.agent.id, call.path["conversation_id"])
