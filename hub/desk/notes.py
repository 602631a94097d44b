"""Internal notes: part of the timeline, never sent to anybody."""

from __future__ import annotations

from collections.abc import Sequence

from hub.events.outbox import Tx
from hub.timeline.actions import append_entry
from hub.timeline.model import Entry, NewEntry


async def add_note(
    tx: Tx, conversation_id: int, agent_id: int, text: str, attachment_ids: Sequence[int], idempotency_key: str
) -> Entry:
    """The same key again returns the note of then. Raises UnknownConversation and UnknownAttachment."""
    return await append_entry(
        tx,
        NewEntry(
            conversation_id,
            "note",
            "internal",
            author_agent_id=agent_id,
            text=text,
            attachment_ids=attachment_ids,
            idempotency_key=idempotency_key,
        ),
    )
