"""Who works on a conversation, and whether it is still to be worked on. Each change writes an event into it."""

from __future__ import annotations

from typing import Final

from sqlalchemy import text

from hub.desk.conversation import happened, lock
from hub.desk.errors import UnknownAgent, UnknownTeam
from hub.desk.store import get_agent
from hub.events.model import ConversationChanged
from hub.events.outbox import Tx

_ASSIGN: Final = text("update conversation set assignee_id = :assignee_id where id = :id")
_TEAM: Final = text("update conversation set team_id = :team_id where id = :id")
_TEAM_EXISTS: Final = text("select exists (select from team where id = :id and archived_at is null)")
# Whoever resolves it has dealt with it: nobody waits any more, and what was not delivered is settled.
_RESOLVE: Final = text(
    """
    update conversation set state = 'resolved', resolved_at = now(), waiting_since = null, delivery_problem = false,
        snoozed = false, snoozed_until = null
    where id = :id
    """
)
# As it has no timeline, nothing of this stands on one.
_WITHDRAW: Final = text(
    """
    update conversation set state = 'resolved', resolved_at = now(), version = version + 1
    where id = :id and seq = 0 and state = 'open'
    """
)
_REOPEN: Final = text("update conversation set state = 'open', resolved_at = null where id = :id")


async def assign(tx: Tx, conversation_id: int, assignee_id: int | None, by: int | None) -> None:
    """Gives it to an agent or (None) to nobody; nothing happens when it is so already. `by` None: the system.

    Raises UnknownConversation; UnknownAgent for one that is not there or is disabled.
    """
    now = await lock(tx, conversation_id)
    if now.assignee_id == assignee_id:
        return
    if assignee_id is not None:
        assignee = await get_agent(tx.connection, assignee_id)
        if assignee is None or assignee.disabled:
            raise UnknownAgent(f"Agent {assignee_id} does not exist or is disabled. Choose another.")
    await tx.connection.execute(_ASSIGN, {"id": conversation_id, "assignee_id": assignee_id})
    await happened(tx, conversation_id, by, "assigned", assignee_id=assignee_id, before_id=now.assignee_id)


async def assign_team(tx: Tx, conversation_id: int, team_id: int | None, by: int | None) -> None:
    """Gives it to a team or (None) to none. Raises UnknownConversation; UnknownTeam for one that is not there or was
    archived."""
    now = await lock(tx, conversation_id)
    if now.team_id == team_id:
        return
    if team_id is not None and not await tx.connection.scalar(_TEAM_EXISTS, {"id": team_id}):
        raise UnknownTeam(f"Team {team_id} does not exist or was archived. Choose another.")
    await tx.connection.execute(_TEAM, {"id": conversation_id, "team_id": team_id})
    await happened(tx, conversation_id, by, "team_assigned", team_id=team_id, before_id=now.team_id)


async def resolve(tx: Tx, conversation_id: int, by: int | None) -> None:
    """Nothing is left to do; a customer's next message reopens it. Raises UnknownConversation."""
    if (await lock(tx, conversation_id)).state == "resolved":
        return
    await tx.connection.execute(_RESOLVE, {"id": conversation_id})
    await happened(tx, conversation_id, by, "resolved")


async def withdraw(tx: Tx, conversation_id: int) -> None:
    """It was opened for a message that nobody will ever see: it is nobody's work, and stands in no list. Nothing
    happens to one that has an entry."""
    if (await tx.connection.execute(_WITHDRAW, {"id": conversation_id})).rowcount:
        tx.emit(ConversationChanged(conversation_id))


async def reopen(tx: Tx, conversation_id: int, by: int | None) -> None:
    """Raises UnknownConversation."""
    if (await lock(tx, conversation_id)).state == "open":
        return
    await tx.connection.execute(_REOPEN, {"id": conversation_id})
    await happened(tx, conversation_id, by, "reopened")
