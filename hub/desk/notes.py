"""Internal notes: part of the timeline, never sent to anybody."""

from __future__ import annotations

from collections.abc import Sequence

from hub.desk.mentions.store import add_mentions
from hub.desk.triage import follow
from hub.events.outbox import Tx
from hub.timeline.actions import append_entry
from hub.timeline.model import Entry, NewEntry


async def add_note(
    tx: Tx,
    conversation_id: int,
    agent_id: int,
    text: str,
    attachment_ids: Sequence[int],
    idempotency_key: str,
    mentions: Sequence[int] = (),
) -> Entry:
    """The same key again returns the note of then. Whoever is mentioned follows the conversation.

    Raises UnknownConversation and UnknownAttachment.
    """
    named = sorted(set(mentions))
    entry = await append_entry(
        tx,
        NewEntry(
            conversation_id,
            "note",
            "internal",
            author_agent_id=agent_id,
            text=text,
            attachment_ids=attachment_ids,
            idempotency_key=idempotency_key,
            data={"mentions": named} if named else {},
        ),
    )
    for mentioned in await add_mentions(tx, entry.id, conversation_id, named, agent_id):
        await follow(tx, conversation_id, mentioned, True)
    return entry
