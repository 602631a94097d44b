"""Side conversations: asking somebody else while a customer waits.

A side conversation is one of its own, with the other party; what is said in it stands on the customer's timeline too.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sqlalchemy import text

from hub.channels.registry import Registry
from hub.events.model import ConversationChanged, RelatedChanged
from hub.events.outbox import Tx
from hub.outbound.errors import BadAddress
from hub.outbound.opening import FirstMessage, send_first
from hub.outbound.queue import MessageQueue
from hub.timeline.actions import UnknownConversation
from hub.timeline.model import Entry
from hub.timeline.store import get_entry

_LOCK: Final = text(
    """
    select c.id, c.identity_id, l.customer_id from conversation c
    join identity_link l on l.identity_id = c.identity_id and l.until is null
    where c.id = :id for update of c
    """
)
_MARK: Final = text(
    """
    update conversation c set side_of_id = :id, assignee_id = coalesce(c.assignee_id, cast(:agent_id as bigint)),
        version = c.version + 1
    from identity_link l
    where c.id = :side_id and c.side_of_id is null and l.identity_id = c.identity_id and l.until is null
      and l.customer_id <> :customer_id
    returning c.id
    """
)
_ALSO: Final = text(
    """
    insert into entry_also (identity_id, occurred_at, entry_id)
    select cast(:identity_id as bigint), occurred_at, id from entry where conversation_id = :side_id
    on conflict do nothing
    """
)
_SAYS_SO: Final = text(
    """
    update entry set data = data || jsonb_build_object('side_of', cast(:id as bigint)) where conversation_id = :side_id
    """
)
_IS_SIDE: Final = text("select side_of_id from conversation where id = :id")


async def start_side(
    tx: Tx, registry: Registry, queue: MessageQueue, conversation_id: int, first: FirstMessage
) -> Entry:
    """Writes to a third party from inside a conversation; answers the entry, in a conversation of its own that is the
    agent's. That of then for an idempotency key that was seen.

    Raises an OutboundError (BadAddress for an address of the customer's own), UnknownConversation, UnknownAttachment.
    """
    main = (await tx.connection.execute(_LOCK, {"id": conversation_id})).one_or_none()
    if main is None:
        raise UnknownConversation(f"Conversation {conversation_id} does not exist. Reload the page.")
    # A key of its own: the same request, sent as an ordinary first message, is another thing.
    entry = await send_first(tx, registry, queue, replace(first, idempotency_key=f"side:{first.idempotency_key}"))
    if await tx.connection.scalar(_IS_SIDE, {"id": entry.conversation_id}) is not None:
        return entry
    values = {"id": main.id, "side_id": entry.conversation_id, "agent_id": first.agent_id}
    marked = await tx.connection.scalar(_MARK, {**values, "customer_id": main.customer_id})
    if marked is None:
        raise BadAddress("This is an address of the customer. Answer in the conversation itself.")
    await tx.connection.execute(_ALSO, {"identity_id": main.identity_id, "side_id": entry.conversation_id})
    await tx.connection.execute(_SAYS_SO, {"id": main.id, "side_id": entry.conversation_id})
    tx.emit(ConversationChanged(entry.conversation_id))
    tx.emit(RelatedChanged(conversation_id))
    marked_entry = await get_entry(tx.connection, entry.id)
    return marked_entry or entry
