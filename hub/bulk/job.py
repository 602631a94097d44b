"""Carrying out a change of many conversations, or taking it back: a portion in each transaction."""

from __future__ import annotations

from typing import Any, Final

import orjson
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB

from hub.bulk.difference import difference, put_back
from hub.desk.change import Change, apply
from hub.desk.conversation import lock
from hub.desk.errors import DeskError
from hub.events.model import BulkChanged
from hub.events.outbox import Outbox, Tx
from hub.outbound.job import Again, Done, Job, Lease, Result
from hub.timeline.actions import TimelineError

PORTION: Final = 25
_ENOUGH_SECONDS: Final = 5.0
_BULK: Final = text("select agent_id, change, state from bulk_change where id = :id for update").columns(change=JSONB)
_ITEMS: Final = text(
    """
    select conversation_id, before, after from bulk_item
    where bulk_id = :id and state = :state order by conversation_id limit :limit
    """
).columns(before=JSONB, after=JSONB)
_ITEM: Final = text(
    """
    update bulk_item set state = :state, reason = :reason,
        before = cast(:before as jsonb), after = cast(:after as jsonb)
    where bulk_id = :id and conversation_id = :conversation_id
    """
)
_UNDONE: Final = text(
    """
    update bulk_item set state = :state, reason = :reason
    where bulk_id = :id and conversation_id = :conversation_id
    """
)
_FURTHER: Final = text("update bulk_change set done = done + :done, failed = failed + :failed where id = :id")
_END: Final = text("update bulk_change set state = :state, finished_at = now() where id = :id")


class BulkWorker:
    """Handles the job "bulk"."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox

    async def handle(self, job: Job, lease: Lease) -> Result:
        """Until nothing is left of it. A lost worker loses no portion and does none twice."""
        while lease.remaining > _ENOUGH_SECONDS:
            async with self._outbox.transaction() as tx:
                if not await _portion(tx, int(job.payload["bulk_id"])):
                    return Done()
        return Again(0.0, progress=True)


async def _portion(tx: Tx, bulk_id: int) -> bool:
    """Whether there was anything to do. Conversations are locked in the order of their ids."""
    bulk = (await tx.connection.execute(_BULK, {"id": bulk_id})).one_or_none()
    if bulk is None or bulk.state not in ("running", "undoing"):
        return False
    undoing = bulk.state == "undoing"
    wanted = {"id": bulk_id, "state": "done" if undoing else "waiting", "limit": PORTION}
    items = (await tx.connection.execute(_ITEMS, wanted)).all()
    tx.emit(BulkChanged(bulk_id))
    if not items:
        await tx.connection.execute(_END, {"id": bulk_id, "state": "undone" if undoing else "done"})
        return False
    failed = 0
    for item in items:
        ok = await (_undo(tx, bulk_id, item, bulk.agent_id) if undoing else _do(tx, bulk_id, item, bulk))
        failed += not ok
    await tx.connection.execute(_FURTHER, {"id": bulk_id, "done": len(items) - failed, "failed": failed})
    return True


async def _do(tx: Tx, bulk_id: int, item: Any, bulk: Any) -> bool:
    change: Change = bulk.change
    values = {"id": bulk_id, "conversation_id": item.conversation_id, "before": "{}", "after": "{}", "reason": ""}
    try:
        async with tx.connection.begin_nested():
            before = await lock(tx, item.conversation_id)
            await apply(tx, item.conversation_id, change, bulk.agent_id)
            was, now = difference(before, await lock(tx, item.conversation_id))
    except (DeskError, TimelineError) as failure:
        await tx.connection.execute(_ITEM, {**values, "state": "failed", "reason": str(failure)})
        return False
    changed = {"before": orjson.dumps(was).decode(), "after": orjson.dumps(now).decode()}
    await tx.connection.execute(_ITEM, {**values, "state": "done", **changed})
    return True


async def _undo(tx: Tx, bulk_id: int, item: Any, by: int) -> bool:
    values = {"id": bulk_id, "conversation_id": item.conversation_id}
    try:
        async with tx.connection.begin_nested():
            await put_back(tx, item.conversation_id, item.before, item.after, by)
    except (DeskError, TimelineError) as failure:
        await tx.connection.execute(_UNDONE, {**values, "state": "failed", "reason": str(failure)})
        return False
    await tx.connection.execute(_UNDONE, {**values, "state": "undone", "reason": ""})
    return True
