"""Beginning a change of many conversations, and beginning to take it back. A job does the rest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import orjson
from sqlalchemy import text

from hub.bulk.model import BULK, KEEP_DAYS, MOST, Bulk
from hub.bulk.store import get_bulk
from hub.db.engine import Database
from hub.desk.change import Change
from hub.desk.errors import BadValue, NotUndoable, UnknownBulk
from hub.events.model import BulkChanged
from hub.events.outbox import Tx
from hub.outbound.job import enqueue

_ADD: Final = text(
    """
    insert into bulk_change (agent_id, change, total) values (:agent_id, cast(:change as jsonb), 0) returning id
    """
)
_ITEMS: Final = text(
    """
    with added as (
        insert into bulk_item (bulk_id, conversation_id)
        select :id, c.id from conversation c where c.id = any (cast(:ids as bigint[])) returning 1
    )
    update bulk_change set total = (select count(*) from added) where id = :id returning total
    """
)
_UNDO: Final = text(
    """
    update bulk_change set state = 'undoing', done = 0, finished_at = null
    where id = :id and agent_id = :agent_id and state in ('running', 'done') returning id
    """
)
_NOT_BEGUN: Final = text("update bulk_item set state = 'undone' where bulk_id = :id and state = 'waiting'")
_FORGET: Final = f"delete from bulk_change where created_at < now() - interval '{KEEP_DAYS} days'"


async def start(tx: Tx, agent_id: int, conversation_ids: Iterable[int], change: Change) -> Bulk:
    """Changes these conversations, in portions, after the commit. Raises BadValue for nothing to change, for none of
    them there, and for more than MOST."""
    wanted = sorted(set(conversation_ids))
    if not change:
        raise BadValue("change", "Say what is to change.")
    if len(wanted) > MOST:
        raise BadValue("filter", f"These are more than {MOST} conversations. Narrow the filter.")
    values = {"agent_id": agent_id, "change": orjson.dumps(dict(change)).decode()}
    bulk_id: int = (await tx.connection.execute(_ADD, values)).scalar_one()
    if not (await tx.connection.execute(_ITEMS, {"id": bulk_id, "ids": wanted})).scalar_one():
        raise BadValue("ids", "None of these conversations is there. Reload the page.")
    return await _go_on(tx, bulk_id)


async def undo(tx: Tx, bulk_id: int, agent_id: int) -> Bulk:
    """Puts back, in portions, what nobody has changed since; one that still runs stops. Raises UnknownBulk, and
    NotUndoable for one that was taken back."""
    if (await tx.connection.execute(_UNDO, {"id": bulk_id, "agent_id": agent_id})).one_or_none() is None:
        bulk = await get_bulk(tx.connection, bulk_id)
        if bulk is None or bulk.agent_id != agent_id:
            raise UnknownBulk(f"There is no change {bulk_id} of yours. Changes are kept for {KEEP_DAYS} days.")
        raise NotUndoable("This change was taken back already.")
    await tx.connection.execute(_NOT_BEGUN, {"id": bulk_id})
    return await _go_on(tx, bulk_id)


async def forget_old(database: Database) -> None:
    """Drops those that are too old to be taken back."""
    await database.pool.execute(_FORGET)


async def _go_on(tx: Tx, bulk_id: int) -> Bulk:
    await enqueue(tx.connection, BULK, {"bulk_id": bulk_id}, f"bulk:{bulk_id}")
    tx.emit(BulkChanged(bulk_id))
    bulk = await get_bulk(tx.connection, bulk_id)
    assert bulk is not None, "it was just written"
    return bulk
