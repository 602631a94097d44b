"""Merging customers, and taking them apart again.

A merge is an edge from one customer into another, and each customer has at most one. An identity is at home with the
customer that it came with, and belongs to the one at the end of the edges from there. So a merge moves links alone,
never an entry, and undoing one, in whatever order, gives exactly what there would be without it: the customer that was
folded in stands by itself again, with everything that had been folded into it before or since.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import text

from hub.events.model import ConversationChanged, CustomerChanged
from hub.events.outbox import Tx
from hub.people.actions import PeopleError, UnknownCustomer
from hub.people.model import Undone
from hub.timeline.grouping import part_strangers


class MergeRefused(PeopleError):
    """These two cannot be merged, or this merge cannot be undone (any more)."""


_LISTED_CONVERSATIONS: Final = 200
# Merging is rare and done by hand: one at a time keeps chains of merges right without locking along them.
_ONE_AT_A_TIME: Final = text("select pg_advisory_xact_lock(hashtext('hub merge'))")
_STANDING: Final = text("select id, merged_into from customer where id in (:one, :other)")
_RECORD: Final = text(
    "insert into merge (from_id, into_id, agent_id) values (:from_id, :into_id, :agent_id) returning id"
)
_PRESENT: Final = text("select identity_id from identity_link where customer_id = :id and until is null")
_FOLD: Final = text("update customer set merged_into = :into_id, version = version + 1 where id = :id")
_TOUCH: Final = text("update customer set version = version + 1 where id = :id")
# Closed and opened at the same instant, by the clock: a transaction's now() may lie before a link it waited for.
_MOVE: Final = text(
    """
    with closed as (
        update identity_link set until = clock_timestamp()
        where identity_id = any (:identities) and until is null
        returning identity_id, until
    )
    insert into identity_link (identity_id, customer_id, since, reason, merge_id, agent_id)
    select identity_id, :customer_id, until, :reason, :merge_id, :agent_id from closed
    """
)
_UNDO: Final = text(
    """
    update merge set undone_at = now(), undone_by = :agent_id where id = :id and undone_at is null
    returning from_id, into_id
    """
)
_ROOT: Final = text(
    """
    with recursive up (id, merged_into) as (
        select id, merged_into from customer where id = :id
        union
        select c.id, c.merged_into from up join customer c on c.id = up.merged_into
    )
    select id from up where merged_into is null
    """
)
# Of the identities at the end of the chain, those at home in the part that is taken out.
_AT_HOME: Final = text(
    """
    with recursive part (id) as (
        select cast(:id as bigint)
        union
        select c.id from part join customer c on c.merged_into = part.id
    )
    select l.identity_id
    from identity_link l
    join lateral (
        select customer_id from identity_link
        where identity_id = l.identity_id and merge_id is null order by id desc limit 1
    ) home on true
    join part on part.id = home.customer_id
    where l.customer_id = :root and l.until is null
    """
)
_CONVERSATIONS: Final = text(
    """
    select c.id from unnest(cast(:identities as bigint[])) as moved (id)
    cross join lateral (
        select id from conversation where identity_id = moved.id order by last_entry_at desc limit :limit
    ) c
    """
)


async def merge(tx: Tx, into_id: int, from_id: int, agent_id: int | None) -> int:
    """Folds customer `from_id` into `into_id`; returns the merge's id. Moves O(identities) links and nothing else.

    Raises UnknownCustomer; MergeRefused when they are the same, or one of them was merged already.
    """
    await tx.connection.execute(_ONE_AT_A_TIME)
    if into_id == from_id:
        raise MergeRefused("A customer cannot be merged with itself. Choose another.")
    standing: dict[int, int | None] = {
        row.id: row.merged_into for row in await tx.connection.execute(_STANDING, {"one": into_id, "other": from_id})
    }
    for customer_id in (into_id, from_id):
        if customer_id not in standing:
            raise UnknownCustomer(f"Customer {customer_id} does not exist. Reload the page.")
        if standing[customer_id] is not None:
            raise MergeRefused(
                f"Customer {customer_id} has been merged into {standing[customer_id]}. Merge with that one instead."
            )
    merge_id: int = (
        await tx.connection.execute(_RECORD, {"from_id": from_id, "into_id": into_id, "agent_id": agent_id})
    ).scalar_one()
    await tx.connection.execute(_FOLD, {"id": from_id, "into_id": into_id})
    identities = list((await tx.connection.execute(_PRESENT, {"id": from_id})).scalars())
    await _move(tx, identities, into_id, "merge", merge_id, agent_id)
    await _tell(tx, {into_id}, from_id)
    return merge_id


async def undo_merge(tx: Tx, merge_id: int, agent_id: int | None) -> Undone:
    """Takes out again what merge `merge_id` folded in, even if others came before or after it.

    Raises MergeRefused when there is no such merge, or it was undone.
    """
    await tx.connection.execute(_ONE_AT_A_TIME)
    undone = (await tx.connection.execute(_UNDO, {"id": merge_id, "agent_id": agent_id})).one_or_none()
    if undone is None:
        raise MergeRefused("This merge has been undone already. Reload the page.")
    root: int = (await tx.connection.execute(_ROOT, {"id": undone.into_id})).scalar_one()
    identities = list((await tx.connection.execute(_AT_HOME, {"id": undone.from_id, "root": root})).scalars())
    await tx.connection.execute(_FOLD, {"id": undone.from_id, "into_id": None})
    await _move(tx, identities, undone.from_id, "unmerge", merge_id, agent_id)
    await part_strangers(tx, identities, agent_id)
    await _tell(tx, {root, undone.into_id}, undone.from_id)
    return Undone(root, undone.from_id)


async def _move(
    tx: Tx, identities: list[int], customer_id: int, reason: str, merge_id: int, agent_id: int | None
) -> None:
    await tx.connection.execute(
        _MOVE,
        {
            "identities": identities,
            "customer_id": customer_id,
            "reason": reason,
            "merge_id": merge_id,
            "agent_id": agent_id,
        },
    )
    # Lists name the customer of a conversation: those that somebody may be looking at.
    listed = await tx.connection.execute(_CONVERSATIONS, {"identities": identities, "limit": _LISTED_CONVERSATIONS})
    for conversation_id in listed.scalars():
        tx.emit(ConversationChanged(conversation_id))


async def _tell(tx: Tx, others: set[int], moved_id: int) -> None:
    for customer_id in sorted(others):
        await tx.connection.execute(_TOUCH, {"id": customer_id})
        tx.emit(CustomerChanged(customer_id))
    tx.emit(CustomerChanged(moved_id))
