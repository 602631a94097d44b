"""No state is without a deadline: what waits too long, and what nobody works on any more, is moved on and seen."""

from __future__ import annotations

from typing import Final

from sqlalchemy import text

from hub.events.outbox import Outbox, Tx
from hub.outbound import store
from hub.outbound.ladder import WAITING
from hub.outbound.model import SEND, Delivery
from hub.outbound.settle import enqueue_reconcile, failed, move
from hub.outbound.verdict import begin_again, expire

HELD_SECONDS: Final = 10
_BATCH: Final = 200
_OVERDUE = text("select entry_id from delivery where deadline <= now() order by deadline limit :limit")
_STUCK = text(
    f"""
    select d.entry_id, c.name, c.state as channel_state, c.health_reason
    from delivery d join channel c on c.id = d.channel_id
    where d.deadline is not null and d.state = 'queued' and d.since < now() - interval '{HELD_SECONDS} seconds'
      and d.reason = '' and (c.state <> 'active' or c.health = 'down')
    order by d.entry_id limit :limit
    """
)
# Waiting or under way, and no job left that would ever do anything about it.
_ORPHANED = text(
    """
    select d.entry_id from delivery d
    where d.deadline is not null and d.state in ('queued', 'held', 'sending')
      and not exists (
        select from job where job.kind = 'send' and job.dedupe_key = cast(d.entry_id as text) and job.state <> 'dead')
    order by d.entry_id limit :limit
    """
)


async def sweep(outbox: Outbox) -> None:
    """Moves on every delivery that is due for it, each in a transaction of its own. Run it every few seconds."""
    async with outbox.transaction() as tx:
        overdue = list((await tx.connection.execute(_OVERDUE, {"limit": _BATCH})).scalars())
        orphaned = list((await tx.connection.execute(_ORPHANED, {"limit": _BATCH})).scalars())
        stuck = (await tx.connection.execute(_STUCK, {"limit": _BATCH})).all()
    for entry_id in overdue:
        async with outbox.transaction() as tx:
            await _overdue(tx, entry_id)
    for entry_id in orphaned:
        async with outbox.transaction() as tx:
            await _orphaned(tx, entry_id)
    for row in stuck:
        why = "is down" if row.channel_state == "active" else f"is {row.channel_state}"
        async with outbox.transaction() as tx:
            await _hold(tx, row.entry_id, f"{row.name} {why}. It is sent when the channel works again.")


async def _overdue(tx: Tx, entry_id: int) -> None:
    delivery = await store.lock_delivery(tx.connection, entry_id)
    if delivery is None or not delivery.overdue:
        return
    if delivery.state in WAITING:
        await store.drop_job(tx.connection, SEND, entry_id)
        await expire(tx, delivery)
    elif delivery.state == "sending":
        await _lost_attempt(tx, delivery)
    else:  # uncertain for good: it stays visible, and an agent's to decide
        await store.set_state(tx.connection, entry_id, delivery.state, code=delivery.code, reason=delivery.reason)


async def _orphaned(tx: Tx, entry_id: int) -> None:
    delivery = await store.lock_delivery(tx.connection, entry_id)
    if delivery is None or await store.has_send_job(tx.connection, entry_id):
        return
    if delivery.state == "sending":
        await _lost_attempt(tx, delivery)
    elif delivery.state in WAITING:
        await failed(tx, delivery, "internal", "The hub could not send it because of an error of its own. Try again.")


async def _lost_attempt(tx: Tx, delivery: Delivery) -> None:
    attempt = await store.last_attempt(tx.connection, delivery.entry_id)
    if attempt is not None:
        await begin_again(tx, delivery, attempt)
        await enqueue_reconcile(tx, delivery, await store.new_deadline(tx.connection))


async def _hold(tx: Tx, entry_id: int, reason: str) -> None:
    delivery = await store.lock_delivery(tx.connection, entry_id)
    if delivery is not None and delivery.state == "queued" and delivery.deadline is not None:
        await move(tx, delivery, "held", reason=reason, until=delivery.deadline)
