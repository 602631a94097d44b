"""Conversations: the lists, their state, and what an agent writes into them."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import Field

from hub.desk import notes
from hub.desk.change import apply
from hub.desk.fields.store import list_fields
from hub.desk.policy import Action
from hub.desk.views.filter import parse, stored
from hub.desk.views.model import COUNT_LIMIT
from hub.desk.views.pages import counts
from hub.desk.views.store import built_in, get_view
from hub.outbound.destinations import destinations
from hub.outbound.opening import open_first
from hub.timeline import actions as timeline_actions
from hub.transcript.watch import SEEN
from hub.web.answers import (
    compose_render,
    compose_shapes,
    destination_render,
    destination_shapes,
    entry_render,
    entry_shapes,
    render,
    shapes,
)
from hub.web.changing import ConversationPatch
from hub.web.composing import Hold, NewFirst, NewMessage, TemplateChoice, chosen_template, message_of
from hub.web.errors import invalid
from hub.web.fields import Id, Ids, PageQuery, RequestBody, Text
from hub.web.filters import After, FilterBody, Limit, page_of
from hub.web.routes import Call, Routes
from hub.web.within import conversation_of

routes: Final = Routes()


class ConversationsQuery(PageQuery):
    view: Annotated[str, Field(min_length=1, max_length=40)] = "open"


class Find(RequestBody):
    filter: FilterBody
    sort: Literal["activity", "waiting", "priority"] = "activity"
    after: After = None
    limit: Limit = 50


class Seen(RequestBody):
    entry_id: Id


class NewNote(RequestBody):
    """`mentions` are the agents who are named in it: they follow the conversation from now on, and are told."""

    text: Text
    attachment_ids: Ids = Field(default_factory=list)
    mentions: Ids = Field(default_factory=list)


class NewConversation(NewFirst):
    """`hold_seconds`: the first message is held so long, and can be undone."""

    template: TemplateChoice | None = None
    hold_seconds: Hold | None = None


@routes.get("/api/conversations", policy=Action.READ_CONVERSATIONS, summary="List the conversations of a view")
async def list_conversations(call: Call[None, ConversationsQuery]) -> shapes.Page[shapes.Conversation]:
    view = await get_view(call.services.database.pool, call.agent.id, call.query.view)
    if view is None:
        raise invalid("view", "There is no such view. Choose one of GET /api/views.")
    return await page_of(call, stored(view.filter), view.sort, call.query.after, call.query.limit)


@routes.post(
    "/api/conversations/find", policy=Action.READ_CONVERSATIONS, summary="List the conversations that a filter finds"
)
async def find(call: Call[Find, None]) -> shapes.Page[shapes.Conversation]:
    async with call.services.read() as connection:
        filter_ = parse(call.body.filter.model_dump(), await list_fields(connection))
    return await page_of(call, filter_, call.body.sort, call.body.after, call.body.limit)


_COUNTED: Final = [stored(built_in(name).filter) for name in ("open", "mine", "unassigned")]


@routes.get("/api/conversations/counts", policy=Action.READ_CONVERSATIONS, summary="Count conversations by view")
async def count(call: Call[None, None]) -> shapes.Counts:
    found = await counts(call.services.database.pool, call.agent.id, _COUNTED)
    open_, mine, unassigned = (COUNT_LIMIT if one is None else one for one in found)
    return {"open": open_, "mine": mine, "unassigned": unassigned}


@routes.get("/api/conversations/{conversation_id}", policy=Action.READ_CONVERSATIONS, summary="Read a conversation")
async def read(call: Call[None, None]) -> shapes.Conversation:
    call.snapshot()
    return await _present(call)


@routes.patch(
    "/api/conversations/{conversation_id}",
    policy=Action.WRITE_CONVERSATIONS,
    summary="Assign, resolve, snooze, label or otherwise change a conversation",
)
async def change(call: Call[ConversationPatch, None]) -> shapes.Conversation:
    wanted = call.body.change()
    await conversation_of(call, call.path["conversation_id"], Action.WRITE_CONVERSATIONS)
    async with call.services.write() as tx:
        await apply(tx, call.path["conversation_id"], wanted, call.agent.id)
    return await _present(call)


@routes.post(
    "/api/conversations/{conversation_id}/seen",
    policy=Action.READ_CONVERSATIONS,
    summary="Say that this agent has seen everything up to an entry",
)
async def seen(call: Call[Seen, None]) -> None:
    await conversation_of(call, call.path["conversation_id"], Action.READ_CONVERSATIONS)
    async with call.services.write() as tx:
        await timeline_actions.mark_seen(tx, call.path["conversation_id"], call.agent.id, call.body.entry_id)
    call.services.whispers.say({"kind": SEEN, "conversation_id": call.path["conversation_id"]})


@routes.post(
    "/api/conversations/{conversation_id}/messages",
    policy=Action.WRITE_CONVERSATIONS,
    summary="Send a message",
    status=201,
    idempotent=True,
)
async def send(call: Call[NewMessage, None]) -> entry_shapes.Entry:
    await conversation_of(call, call.path["conversation_id"], Action.WRITE_CONVERSATIONS)
    message = await message_of(call, call.body)
    async with call.services.write() as tx:
        entry = await call.services.outbound.queue_message(tx, message)
    return entry_render.entry(entry)


@routes.post(
    "/api/conversations/{conversation_id}/notes",
    policy=Action.WRITE_CONVERSATIONS,
    summary="Add an internal note",
    status=201,
    idempotent=True,
)
async def note(call: Call[NewNote, None]) -> entry_shapes.Entry:
    await conversation_of(call, call.path["conversation_id"], Action.WRITE_CONVERSATIONS)
    async with call.services.write() as tx:
        entry = await notes.add_note(
            tx,
            call.path["conversation_id"],
            call.agent.id,
            call.body.text,
            call.body.attachment_ids,
            call.idempotency_key,
            call.body.mentions,
        )
    return entry_render.entry(entry)


@routes.post(
    "/api/conversations",
    policy=Action.WRITE_CONVERSATIONS,
    summary="Write to somebody first",
    status=201,
    idempotent=True,
)
async def write_first(call: Call[NewConversation, None]) -> compose_shapes.WrittenFirst:
    body, services = call.body, call.services
    template = await chosen_template(call, body.text, body.template, body.channel_id)
    first = body.first(call, template)
    entry, held = None, None
    async with services.write() as tx:
        message = await open_first(tx, services.registry, first)
        if body.hold_seconds is None:
            entry = await services.outbound.queue_message(tx, message)
        else:
            held = await services.scheduled.put_off(tx, message, hold_seconds=body.hold_seconds)
    conversation = await conversation_of(call, message.conversation_id, Action.READ_CONVERSATIONS)
    return {
        "conversation": render.conversation(conversation),
        "entry": None if entry is None else entry_render.entry(entry),
        "scheduled": None if held is None else compose_render.scheduled(held),
    }


@routes.get(
    "/api/conversations/{conversation_id}/destinations",
    policy=Action.READ_CONVERSATIONS,
    summary="List the addresses that an answer can go to",
)
async def list_destinations(call: Call[None, None]) -> shapes.Items[destination_shapes.Destination]:
    await conversation_of(call, call.path["conversation_id"], Action.READ_CONVERSATIONS)
    async with call.services.read() as connection:
        found = await destinations(connection, call.services.registry, call.path["conversation_id"])
    return {"items": [destination_render.destination(one) for one in found]}


async def _present(call: Call[Any, Any]) -> shapes.Conversation:
    return render.conversation(await conversation_of(call, call.path["conversation_id"], Action.READ_CONVERSATIONS))
