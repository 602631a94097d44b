"""Conversations of one customer joined into one, and split in two; both can be undone."""

from __future__ import annotations

from typing import Any, Final

from hub.desk.policy import Action
from hub.people.store import get_customer
from hub.timeline import cutting, grouping
from hub.timeline.of_customer import conversations_of
from hub.timeline.related import related
from hub.timeline.store import get_entry
from hub.web.answers import related_render, related_shapes, render, shapes
from hub.web.errors import not_found
from hub.web.fields import Id, Line, PageQuery, RequestBody
from hub.web.routes import Call, Routes
from hub.web.within import conversation_of

routes: Final = Routes()


class MergeConversation(RequestBody):
    other_id: Id


class SplitHere(RequestBody):
    """`subject` of the new conversation; null: that of the entry."""

    subject: Line | None = None


@routes.get(
    "/api/conversations/{conversation_id}/related",
    policy=Action.READ_CONVERSATIONS,
    summary="Read what is joined to a conversation, split off it, linked with it or beside it",
)
async def read_related(call: Call[None, None]) -> related_shapes.Related:
    return await present(call, call.path["conversation_id"])


@routes.get(
    "/api/customers/{customer_id}/conversations",
    policy=Action.READ_CONVERSATIONS,
    summary="List the conversations of a customer, newest activity first",
)
async def list_of_customer(call: Call[None, PageQuery]) -> shapes.Page[shapes.Conversation]:
    cursor, pool = call.query.cursor(), call.services.database.pool
    call.snapshot()
    page = await conversations_of(pool, call.path["customer_id"], call.agent.id, cursor, call.query.limit)
    if not page.items and await get_customer(pool, call.path["customer_id"]) is None:
        raise not_found("customer")
    return {
        "items": [render.conversation(one) for one in page.items if call.allowed(Action.READ_CONVERSATIONS, one)],
        "next": None if page.next is None else str(page.next),
    }


@routes.post(
    "/api/conversations/{conversation_id}/merge",
    policy=Action.WRITE_CONVERSATIONS,
    summary="Join another conversation of the customer to this one; it can be undone",
)
async def merge(call: Call[MergeConversation, None]) -> related_shapes.Related:
    into_id, other_id = call.path["conversation_id"], call.body.other_id
    for conversation_id in (into_id, other_id):
        await conversation_of(call, conversation_id, Action.WRITE_CONVERSATIONS)
    async with call.services.write() as tx:
        await grouping.merge(tx, into_id, other_id, call.agent.id)
    return await present(call, into_id)


@routes.post(
    "/api/conversation-merges/{merge_id}/undo",
    policy=Action.WRITE_CONVERSATIONS,
    summary="Take a joined conversation out again",
)
async def undo_merge(call: Call[None, None]) -> related_shapes.Related:
    async with call.services.write() as tx:
        undone = await grouping.undo_merge(tx, call.path["merge_id"], call.agent.id)
    return await present(call, undone.leader_id)


@routes.post(
    "/api/entries/{entry_id}/split",
    policy=Action.WRITE_CONVERSATIONS,
    summary="Make the conversation from this entry on one of its own; it can be undone",
)
async def split(call: Call[SplitHere, None]) -> related_shapes.Related:
    async with call.services.read() as connection:
        entry = await get_entry(connection, call.path["entry_id"])
    if entry is None:
        raise not_found("entry")
    await conversation_of(call, entry.conversation_id, Action.WRITE_CONVERSATIONS)
    async with call.services.write() as tx:
        made = await cutting.cut(tx, entry.id, call.agent.id, call.body.subject or "")
    return await present(call, made.into_id)


@routes.post("/api/splits/{split_id}/undo", policy=Action.WRITE_CONVERSATIONS, summary="Put a split off part back")
async def undo_split(call: Call[None, None]) -> related_shapes.Related:
    async with call.services.write() as tx:
        mended = await cutting.mend(tx, call.path["split_id"], call.agent.id)
    return await present(call, mended.from_id)


async def present(call: Call[Any, Any], conversation_id: int) -> related_shapes.Related:
    async with call.services.read() as connection:
        found = await related(connection, conversation_id, call.agent.id)
    seen = [one for one in found.conversations if call.allowed(Action.READ_CONVERSATIONS, one)]
    if found.id not in {one.id for one in seen}:
        raise not_found("conversation")
    return related_render.related(found, seen)
