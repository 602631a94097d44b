"""Canned replies: everybody has their own, administrators keep those of the teams and of all."""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import Field

from hub.desk.errors import UnknownReply
from hub.desk.liquid import MAX_SOURCE
from hub.desk.policy import Action
from hub.desk.replies import actions, rendering, store
from hub.desk.replies.model import CannedReply
from hub.web.answers import compose_render, compose_shapes, shapes
from hub.web.fields import Id, Ids, RequestBody
from hub.web.kept import KeptPatch, NewKept, may_keep
from hub.web.routes import Call, Routes

routes: Final = Routes()
Lang = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[a-z0-9]{2,8})?$")]
Source = Annotated[str, Field(max_length=MAX_SOURCE)]
Shortcut = Annotated[str, Field(max_length=40, pattern=r"^[\w-]*$")]
Texts = Annotated[dict[Lang, Source], Field(min_length=1, max_length=50)]


class NewReply(NewKept):
    """`texts` by language, with Liquid variables: customer, agent, conversation, company, brand."""

    shortcut: Shortcut = ""
    texts: Texts
    attachment_ids: Ids = Field(default_factory=list)


class ReplyPatch(KeptPatch):
    """What is given is set."""

    shortcut: Shortcut | None = None
    texts: Texts | None = None
    attachment_ids: Ids | None = None


class RenderFor(RequestBody):
    """`lang`: another language than the customer's."""

    conversation_id: Id
    lang: Lang | None = None


@routes.get("/api/replies", policy=Action.READ_CONVERSATIONS, summary="List the canned replies that one may use")
async def list_all(call: Call[None, None]) -> shapes.Items[compose_shapes.CannedReply]:
    manages = call.allowed(Action.MANAGE_DESK)
    async with call.services.read() as connection:
        found = await store.list_replies(connection, call.agent.id, manages=manages)
    return {"items": [compose_render.canned_reply(one) for one in found]}


@routes.post("/api/replies", policy=Action.WRITE_CONVERSATIONS, summary="Add a canned reply", status=201)
async def add(call: Call[NewReply, None]) -> compose_shapes.CannedReply:
    body = call.body
    name, scope, team_id = body.place(call)
    form = actions.ReplyForm(name, body.shortcut, scope, team_id, body.texts, body.attachment_ids)
    async with call.services.write() as tx:
        return compose_render.canned_reply(await actions.create(tx, form, by=call.agent.id))


@routes.patch("/api/replies/{reply_id}", policy=Action.WRITE_CONVERSATIONS, summary="Change a canned reply")
async def change(call: Call[ReplyPatch, None]) -> compose_shapes.CannedReply:
    body = call.body
    body.given("team_id")
    async with call.services.write() as tx:
        held = await _held(call, tx.connection)
        name, scope, team_id = body.place(call, held)
        form = actions.ReplyForm(
            name=name,
            shortcut=held.shortcut if body.shortcut is None else body.shortcut,
            scope=scope,
            team_id=team_id,
            texts=held.texts if body.texts is None else body.texts,
            attachment_ids=[one.id for one in held.attachments] if body.attachment_ids is None else body.attachment_ids,
        )
        return compose_render.canned_reply(await actions.replace(tx, held, form, by=call.agent.id))


@routes.delete("/api/replies/{reply_id}", policy=Action.WRITE_CONVERSATIONS, summary="Remove a canned reply")
async def remove(call: Call[None, None]) -> None:
    async with call.services.write() as tx:
        held = await _held(call, tx.connection)
        may_keep(call, held.scope)
        await actions.remove(tx, held)


@routes.post(
    "/api/replies/{reply_id}/render",
    policy=Action.WRITE_CONVERSATIONS,
    summary="Fill in a canned reply for a conversation, in the customer's language",
)
async def fill_in(call: Call[RenderFor, None]) -> compose_shapes.Rendered:
    async with call.services.write() as tx:
        held = await _held(call, tx.connection)
        filled = await rendering.render_for(tx, held, call.body.conversation_id, call.agent, lang=call.body.lang)
    return compose_render.rendered(filled)


async def _held(call: Call[Any, Any], connection: Any) -> CannedReply:
    reply_id = call.path["reply_id"]
    manages = call.allowed(Action.MANAGE_DESK)
    held = await store.get_reply(connection, call.agent.id, reply_id, manages=manages)
    if held is None:
        raise UnknownReply(f"Canned reply {reply_id} does not exist. Reload the page.")
    return held
