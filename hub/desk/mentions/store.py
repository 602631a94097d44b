"""Mentions: written with the note, read, and seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.desk.mentions.model import Mention
from hub.events.model import MentionChanged
from hub.events.outbox import Tx

MAX_SHOWN: Final = 50
_ADD: Final = text(
    """
    insert into mention (entry_id, agent_id, conversation_id)
    select :entry_id, a.id, :conversation_id from agent a
    where a.id = any (:agent_ids) and a.id <> :by and a.disabled_at is null and not a.service
    on conflict do nothing returning agent_id
    """
)
_UNREAD: Final = text(
    f"""
    select m.entry_id, m.conversation_id, customer.name as customer_name, e.author_agent_id,
           coalesce(by.name, '') as author, left(e.text, 300) as text, m.created_at
    from mention m join entry e on e.id = m.entry_id join conversation c on c.id = m.conversation_id
    join identity_link l on l.identity_id = c.identity_id and l.until is null
    join customer on customer.id = l.customer_id
    left join agent by on by.id = e.author_agent_id
    where m.agent_id = :agent_id and m.read_at is null
    order by m.entry_id desc limit {MAX_SHOWN}
    """
)
_READ: Final = text(
    """
    update mention set read_at = now()
    where agent_id = :agent_id and read_at is null
      and (cast(:conversation_id as bigint) is null or conversation_id = :conversation_id)
    """
)


async def add_mentions(tx: Tx, entry_id: int, conversation_id: int, agent_ids: Sequence[int], by: int) -> list[int]:
    """Whom of them it names for the first time; nobody is told of what they wrote themselves."""
    if not agent_ids:
        return []
    values = {"entry_id": entry_id, "conversation_id": conversation_id, "agent_ids": list(agent_ids), "by": by}
    named = sorted((await tx.connection.execute(_ADD, values)).scalars())
    for agent_id in named:
        tx.emit(MentionChanged(agent_id))
    return named


async def unread_mentions(connection: AsyncConnection, agent_id: int) -> list[Mention]:
    """Newest first, at most MAX_SHOWN."""
    return [Mention(*row) for row in await connection.execute(_UNREAD, {"agent_id": agent_id})]


async def mark_read(tx: Tx, agent_id: int, conversation_id: int | None = None) -> None:
    """Those of one conversation, or (None) all."""
    values = {"agent_id": agent_id, "conversation_id": conversation_id}
    if (await tx.connection.execute(_READ, values)).rowcount:
        tx.emit(MentionChanged(agent_id))
