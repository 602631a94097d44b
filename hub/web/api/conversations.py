"""Conversations: the lists, their state, and what an agent writes into them."""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import Field

from hub.desk import assignment, notes
from hub.desk.errors import UnknownAgent
from hub.desk.policy import Action
from hub.outbound.destinations import destinations
from hub.outbound.model import ChosenTemplate, QueueMessage
from hub.outbound.opening import FirstMessage, send_first
from hub.timeline import actions as timeline_actions
from hub.timeline import store as timeline
from hub.timeline.model import Conversation, View
from hub.transcript.watch import SEEN
from hub.web import render, shapes
from hub.web.errors import invalid, not_found
from hub.web.fields import Address, Id, Ids, Line, Name, PageQuery, RequestBody, Text
from hub.web.routes import Call, Routes

routes: Final = Routes()
Words = Annotated[str, Field(max_length=200_000)]
VariableName = Annotated[str, Field(min_length=1, max_length=100)]
VariableValue = Annotated[str, Field(max_length=1024, pattern=r"^[^\x00-\x1f\x7f]*$")]


class ConversationsQuery(PageQuery):
    view: View = "open"


class ConversationPatch(RequestBody):
    state: Annotated[str | None, Field(pattern="^(open|resolved)$")] = None
    assignee_id: Id | None = None


class Seen(RequestBody):
    entry_id: Id


class TemplateChoice(RequestBody):
    """One of the channel's templates, and what stands for each of its variables."""

    id: Annotated[str, Field(min_length=1, max_length=200)]
    variables: Annotated[dict[VariableName, VariableValue], Field(max_length=100)] = Field(default_factory=dict)


class NewMessage(RequestBody):
    """Either `text`, which may be empty where there is a file, or `template`. `last_seen_entry_id` is the newest entry
    that the agent had on the screen."""

    text: Words = ""
    template: TemplateChoice | None = None
    html: None = None
    to_identity_id: Id
    channel_id: Id
    cc: Annotated[list[Address], Field(max_length=50)] = Field(default_factory=list)
    subject: Line | None = None
    attachment_ids: Ids = Field(default_factory=list)
    last_seen_entry_id: Annotated[int, Field(ge=0, le=2**63 - 1)]
    confirm_newer: bool = False


class NewNote(RequestBody):
    text: Text
    attachment_ids: Ids = Field(default_factory=list)


class NewIdentity(RequestBody):
    kind: Annotated[str, Field(min_length=1, max_length=40, pattern="^[a-z][a-z0-9_]*$")]
    address: Address
    name: Name | None = None


class NewConversation(RequestBody):
    identity: NewIdentity
    channel_id: Id
    subject: Line | None = None
    text: Words = ""
    template: TemplateChoice | None = None
    attachment_ids: Ids = Field(default_factory=list)


@routes.get("/api/conversations", policy=Action.READ_CONVERSATIONS, summary="List conversations, newest activity first")
async def list_conversations(call: Call[None, ConversationsQuery]) -> shapes.Page[shapes.Conversation]:
    cursor = call.query.cursor()
    call.snapshot()
    page = await timeline.conversations_page(
        call.services.database.pool, call.query.view, call.agent.id, cursor, call.query.limit
    )
    return {
        "items": [render.conversation(one) for one in page.items if call.allowed(Action.READ_CONVERSATIONS, one)],
        "next": None if page.next is None else str(page.next),
    }


@routes.get("/api/conversations/counts", policy=Action.READ_CONVERSATIONS, summary="Count conversations by view")
async def count(call: Call[None, None]) -> shapes.Counts:
    counts = await timeline.counts(call.services.database.pool, call.agent.id)
    return {"open": counts.open, "mine": counts.mine, "unassigned": counts.unassigned}


@routes.get("/api/conversations/{conversation_id}", policy=Action.READ_CONVERSATIONS, summary="Read a conversation")
async def read(call: Call[None, None]) -> shapes.Conversation:
    call.snapshot()
    return await _present(call)


@routes.patch(
    "/api/conversations/{conversation_id}",
    policy=Action.WRITE_CONVERSATIONS,
    summary="Assign, resolve or reopen a conversation",
)
async def change(call: Call[ConversationPatch, None]) -> shapes.Conversation:
    conversation_id = call.path["conversation_id"]
    given = call.body.model_fields_set
    if "state" in given and call.body.state is None:
        raise invalid("state", "This must be open or resolved.")
    await _check(call, Action.WRITE_CONVERSATIONS)
    async with call.services.write() as tx:
        if "assignee_id" in given:
            try:
                await assignment.assign(tx, conversation_id, call.body.assignee_id, call.agent.id)
            except UnknownAgent as failure:
                raise invalid("assignee_id", str(failure)) from None
        if call.body.state == "resolved":
            await assignment.resolve(tx, conversation_id, call.agent.id)
        elif call.body.state == "open":
            await assignment.reopen(tx, conversation_id, call.agent.id)
    return await _present(call)


@routes.post(
    "/api/conversations/{conversation_id}/seen",
    policy=Action.READ_CONVERSATIONS,
    summary="Say that this agent has seen everything up to an entry",
)
async def seen(call: Call[Seen, None]) -> None:
    await _check(call, Action.READ_CONVERSATIONS)
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
async def send(call: Call[NewMessage, None]) -> shapes.Entry:
    await _check(call, Action.WRITE_CONVERSATIONS)
    template = await _chosen(call, call.body)
    message = QueueMessage(
        conversation_id=call.path["conversation_id"],
        agent_id=call.agent.id,
        identity_id=call.body.to_identity_id,
        channel_id=call.body.channel_id,
        cc=tuple(call.body.cc),
        subject=call.body.subject or "",
        text=call.body.text if template is None else template.text,
        template=template,
        html="",
        attachment_ids=tuple(call.body.attachment_ids),
        idempotency_key=call.idempotency_key,
        last_seen_entry_id=call.body.last_seen_entry_id,
        confirm_newer=call.body.confirm_newer,
    )
    async with call.services.write() as tx:
        entry = await call.services.outbound.queue_message(tx, message)
    return render.entry(entry)


@routes.post(
    "/api/conversations/{conversation_id}/notes",
    policy=Action.WRITE_CONVERSATIONS,
    summary="Add an internal note",
    status=201,
    idempotent=True,
)
async def note(call: Call[NewNote, None]) -> shapes.Entry:
    await _check(call, Action.WRITE_CONVERSATIONS)
    async with call.services.write() as tx:
        entry = await notes.add_note(
            tx,
            call.path["conversation_id"],
            call.agent.id,
            call.body.text,
            call.body.attachment_ids,
            call.idempotency_key,
        )
    return render.entry(entry)


@routes.post(
    "/api/conversations",
    policy=Action.WRITE_CONVERSATIONS,
    summary="Write to somebody first",
    status=201,
    idempotent=True,
)
async def write_first(call: Call[NewConversation, None]) -> shapes.OpenedConversation:
    body, services = call.body, call.services
    template = await _chosen(call, body)
    first = FirstMessage(
        kind=body.identity.kind,
        address=body.identity.address,
        name=body.identity.name or "",
        channel_id=body.channel_id,
        agent_id=call.agent.id,
        subject=body.subject or "",
        text=body.text if template is None else template.text,
        template=template,
        attachment_ids=body.attachment_ids,
        idempotency_key=call.idempotency_key,
    )
    async with services.write() as tx:
        entry = await send_first(tx, services.registry, services.outbound, first)
    conversation = await timeline.conversation_for(services.database.pool, call.agent.id, entry.conversation_id)
    if conversation is None:
        raise not_found("conversation")
    return {"conversation": render.conversation(conversation), "entry": render.entry(entry)}


@routes.get(
    "/api/conversations/{conversation_id}/destinations",
    policy=Action.READ_CONVERSATIONS,
    summary="List the addresses that an answer can go to",
)
async def list_destinations(call: Call[None, None]) -> shapes.Items[shapes.Destination]:
    await _check(call, Action.READ_CONVERSATIONS)
    async with call.services.read() as connection:
        found = await destinations(connection, call.services.registry, call.path["conversation_id"])
    return {"items": [render.destination(one) for one in found]}


async def _chosen(call: Call[Any, Any], body: NewMessage | NewConversation) -> ChosenTemplate | None:
    """The template that the message is, filled in; None for a text. Raises BadTemplate and TemplatesAway."""
    if body.template is None:
        return None
    if body.text:
        raise invalid("template", "Send a text or a template, not both.")
    return await call.services.templates.choose(body.channel_id, body.template.id, body.template.variables)


async def _check(call: Call[Any, Any], action: Action) -> None:
    """That the conversation is there, and the agent may do this to it."""
    call.check(action, await _found(call))


async def _present(call: Call[Any, Any]) -> shapes.Conversation:
    return render.conversation(await _found(call))


async def _found(call: Call[Any, Any]) -> Conversation:
    pool, conversation_id = call.services.database.pool, call.path["conversation_id"]
    found = await timeline.conversation_for(pool, call.agent.id, conversation_id)
    if found is None or not call.allowed(Action.READ_CONVERSATIONS, found):
        raise not_found("conversation")
    return found
