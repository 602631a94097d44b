"""Who works on a conversation, and whether it is still to be worked on. Each change writes an event into it."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import text

from hub.desk.errors import UnknownAgent
from hub.desk.store import get_agent
from hub.events.outbox import Tx
from hub.timeline.actions import UnknownConversation, append_entry
from hub.timeline.model import NewEntry

_LOCK: Final = text("select state, assignee_id from conversation where id = :id for update")
_ASSIGN: Final = text("update conversation set assignee_id = :assignee_id where id = :id")
# Whoever resolves it has dealt with it: nobody waits any more, and what was not delivered is settled.
_RESOLVE: Final = text(
    """
    update conversation set state = 'resolved', resolved_at = now(), waiting_since = null, delivery_problem = false
    where id = :id
    """
)
_REOPEN: Final = text("update conversation set state = 'open', resolved_at = null where id = :id")


async def assign(tx: Tx, conversation_id: int, assignee_id: int | None, by: int | None) -> None:
    """Gives it to an agent or (None) to nobody; nothing happens when it is so already. `by` None: the system.

    Raises UnknownConversation; UnknownAgent for one that is not there or is disabled.
    """
    now = await _lock(tx, conversation_id)
    if now.assignee_id == assignee_id:
        return
    if assignee_id is not None:
        assignee = await get_agent(tx.connection, assignee_id)
        if assignee is None or assignee.disabled:
            raise UnknownAgent(f"Agent {assignee_id} does not exist or is disabled. Choose another.")
    await tx.connection.execute(_ASSIGN, {"id": conversation_id, "assignee_id": assignee_id})
    await _event(tx, conversation_id, by, "assigned", assignee_id=assignee_id, before_id=now.assignee_id)


async def resolve(tx: Tx, conversation_id: int, by: int | None) -> None:
    """Nothing is left to do; a customer's next message reopens it. Raises UnknownConversation."""
    if (await _lock(tx, conversation_id)).state == "resolved":
        return
    await tx.connection.execute(_RESOLVE, {"id": conversation_id})
    await _event(tx, conversation_id, by, "resolved")


async def reopen(tx: Tx, conversation_id: int, by: int | None) -> None:
    """Raises UnknownConversation."""
    if (await _lock(tx, conversation_id)).state == "open":
        return
    await tx.connection.execute(_REOPEN, {"id": conversation_id})
    await _event(tx, conversation_id, by, "reopened")


async def _lock(tx: Tx, conversation_id: int) -> Any:
    row = (await tx.connection.execute(_LOCK, {"id": conversation_id})).one_or_none()
    if row is None:
        raise UnknownConversation(f"Conversation {conversation_id} does not exist. Reload the page.")
    return row


async def _event(tx: Tx, conversation_id: int, by: int | None, type_: str, **ids: int | None) -> None:
    await append_entry(
        tx, NewEntry(conversation_id, "event", "internal", author_agent_id=by, data={"type": type_, **ids})
    )
