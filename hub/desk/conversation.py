"""A conversation as agents work on it: locked, compared, and each change written into it as an event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB

from hub.events.outbox import Tx
from hub.timeline.actions import UnknownConversation, append_entry
from hub.timeline.model import PRIORITIES, NewEntry, Priority


@dataclass(frozen=True, slots=True)
class Work:
    """What agents change of a conversation."""

    state: Literal["open", "resolved"]
    assignee_id: int | None
    team_id: int | None
    priority: Priority
    snoozed: bool
    snoozed_until: datetime | None
    label_ids: tuple[int, ...]
    follower_ids: tuple[int, ...]
    fields: Mapping[str, object]
    waiting_since: datetime | None
    delivery_problem: bool


# With the one that it was joined to, in the order of their ids, as whoever writes into it does.
_LOCK: Final = text(
    """
    select id, state, assignee_id, team_id, priority, snoozed, snoozed_until, label_ids, follower_ids, fields,
           waiting_since, delivery_problem
    from conversation where id in (:id, (select merged_into_id from conversation where id = :id))
    order by id for update
    """
).columns(fields=JSONB)


async def lock(tx: Tx, conversation_id: int) -> Work:
    """As it is now, and stays until the transaction ends. Raises UnknownConversation."""
    rows = (await tx.connection.execute(_LOCK, {"id": conversation_id})).all()
    row = next((one for one in rows if one.id == conversation_id), None)
    if row is None:
        raise UnknownConversation(f"Conversation {conversation_id} does not exist. Reload the page.")
    return Work(
        row.state,
        row.assignee_id,
        row.team_id,
        PRIORITIES[row.priority - 1],
        row.snoozed,
        row.snoozed_until,
        tuple(row.label_ids),
        tuple(row.follower_ids),
        row.fields,
        row.waiting_since,
        row.delivery_problem,
    )


async def happened(tx: Tx, conversation_id: int, by: int | None, type_: str, **data: object) -> None:
    """Writes it into the timeline. `by` None: the system."""
    await append_entry(
        tx, NewEntry(conversation_id, "event", "internal", author_agent_id=by, data={"type": type_, **data})
    )
