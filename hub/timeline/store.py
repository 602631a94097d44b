"""Reading conversations and entries one by one, and the lists of conversations. pages.py reads the timeline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.db.engine import Reader
from hub.timeline.model import Attachment, Conversation, Cursor, Entry, EntryBody
from hub.timeline.rows import CONVERSATION, CONVERSATION_JOINS, ENTRY, ENTRY_JOINS, to_conversation, to_entries

_NEWEST: Final = Cursor(datetime(9999, 12, 31, tzinfo=UTC), (1 << 63) - 1)


_ENTRIES: Final = text(f"select {ENTRY} from entry e {ENTRY_JOINS} where e.id = any (:ids) order by e.id").columns(
    recipients=JSONB, data=JSONB, attachments=JSONB, pending=JSONB, delivery_recipients=JSONB
)


async def get_entries(connection: AsyncConnection, ids: Iterable[int]) -> list[Entry]:
    """Those that exist, in order of their ids."""
    return to_entries(await connection.execute(_ENTRIES, {"ids": list(ids)}))


async def get_entry(connection: AsyncConnection, entry_id: int) -> Entry | None:
    return next(iter(await get_entries(connection, [entry_id])), None)


_ALSO: Final = text(
    """
    select distinct a.entry_id, l.customer_id
    from entry_also a join identity_link l on l.identity_id = a.identity_id and l.until is null
    where a.entry_id = any (:ids) order by a.entry_id, l.customer_id
    """
)


async def also_of(connection: AsyncConnection, ids: Iterable[int]) -> dict[int, list[int]]:
    """The customers on whose timelines these entries stand besides that of their conversation."""
    found: dict[int, list[int]] = {}
    for entry_id, customer_id in await connection.execute(_ALSO, {"ids": list(ids)}):
        found.setdefault(entry_id, []).append(customer_id)
    return found


_BODY: Final = text("select full_text, html from entry_body where entry_id = :entry_id")


async def entry_body(connection: AsyncConnection, entry_id: int) -> EntryBody:
    """Empty where the entry's own text is all there is."""
    row = (await connection.execute(_BODY, {"entry_id": entry_id})).one_or_none()
    return EntryBody("", "") if row is None else EntryBody(*row)


_ATTACHMENT: Final = text(
    """
    select id, filename, content_type, size, inline, cid, note, blob_hash, entry_id, uploaded_by
    from attachment where id = :id
    """
)


async def get_attachment(
    connection: AsyncConnection, attachment_id: int
) -> tuple[Attachment, int | None, int | None] | None:
    """The attachment, the entry that it is on (None: not yet on any), and the agent who uploaded it."""
    row = (await connection.execute(_ATTACHMENT, {"id": attachment_id})).one_or_none()
    return None if row is None else (Attachment(*row[:8]), row.entry_id, row.uploaded_by)


_CONVERSATIONS: Final = f"select {CONVERSATION} from conversation c {CONVERSATION_JOINS}"
_CONVERSATIONS_BY_ID: Final = text(f"{_CONVERSATIONS} where c.id = any (:ids) order by c.id").columns(fields=JSONB)
_CONVERSATIONS_OF: Final = _CONVERSATIONS.replace(":agent_id", "$1")
_CONVERSATION_OF: Final = f"{_CONVERSATIONS_OF} where c.id = $2"


async def get_conversations(
    connection: AsyncConnection, ids: Iterable[int], agent_id: int | None = None
) -> list[Conversation]:
    """Those that exist, in order of their ids, as the agent finds them. None: nobody in particular asks."""
    rows = await connection.execute(_CONVERSATIONS_BY_ID, {"ids": list(ids), "agent_id": agent_id})
    return [to_conversation(row) for row in rows]


_SEEN: Final = text(
    "select entry_id from conversation_seen where agent_id = :agent_id and conversation_id = :conversation_id"
)


async def seen_entry(connection: AsyncConnection, agent_id: int, conversation_id: int) -> int:
    """The newest entry of the conversation that the agent has seen; 0 for none."""
    values = {"agent_id": agent_id, "conversation_id": conversation_id}
    return await connection.scalar(_SEEN, values) or 0


async def get_conversation(connection: AsyncConnection, conversation_id: int) -> Conversation | None:
    return next(iter(await get_conversations(connection, [conversation_id])), None)


async def conversation_for(reader: Reader, agent_id: int, conversation_id: int) -> Conversation | None:
    """As an agent finds it: `unread` is what they have not seen."""
    row = await reader.fetchrow(_CONVERSATION_OF, agent_id, conversation_id)
    return None if row is None else to_conversation(row)
