"""Conversations that are out of the way for a while: until a time, or until the customer writes."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import text

from hub.desk.assignment import reopen
from hub.desk.conversation import happened, lock
from hub.events.outbox import Outbox, Tx

WAKE_SECONDS: Final = 5.0
_PORTION: Final = 100

_SNOOZE: Final = text("update conversation set snoozed = true, snoozed_until = :until where id = :id")
_WAKE: Final = text("update conversation set snoozed = false, snoozed_until = null where id = :id")
# The event that was just written tells of it: news for everybody, at the place of what is new.
_BACK: Final = text(
    "update conversation set side_answer_id = last_entry_id, last_entry_at = greatest(last_entry_at, now()) "
    "where id = :id"
)
_DUE: Final = text(
    """
    select id from conversation where snoozed_until <= now() order by snoozed_until limit :limit
    for update skip locked
    """
)


async def snooze(tx: Tx, conversation_id: int, until: datetime | None, by: int | None) -> None:
    """Until then, or (None) until the customer writes, which ends it in any case. A resolved one is reopened.
    Raises UnknownConversation."""
    now = await lock(tx, conversation_id)
    if now.snoozed and now.snoozed_until == until:
        return
    await reopen(tx, conversation_id, by)
    await tx.connection.execute(_SNOOZE, {"id": conversation_id, "until": until})
    await happened(tx, conversation_id, by, "snoozed", until=until)


async def wake(tx: Tx, conversation_id: int, by: int | None) -> None:
    """Back into the lists. `by` None: its time has come, so it is unread and stands where what is new stands. Raises
    UnknownConversation."""
    if not (await lock(tx, conversation_id)).snoozed:
        return
    await tx.connection.execute(_WAKE, {"id": conversation_id})
    await happened(tx, conversation_id, by, "woke")
    if by is None:
        await tx.connection.execute(_BACK, {"id": conversation_id})


async def wake_due(outbox: Outbox) -> None:
    """Wakes those whose time has come. Run it every few seconds; several hubs share the work."""
    while True:
        async with outbox.transaction() as tx:
            due = list((await tx.connection.execute(_DUE, {"limit": _PORTION})).scalars())
            for conversation_id in due:
                await wake(tx, conversation_id, None)
        if len(due) < _PORTION:
            return
