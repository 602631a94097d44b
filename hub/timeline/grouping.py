"""Joining conversations of one customer into one, and taking them apart again.

A join is an edge from one conversation into another, and each conversation has at most one. The one at the end of the
edges leads: it stands in the lists for all of them, and its row says what is new in any of them. Entries never move,
and what is written into a joined conversation later goes there as well. So undoing a join, in whatever order, gives
exactly what there would be without it.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from sqlalchemy import text

from hub.events.model import ConversationChanged, RelatedChanged
from hub.events.outbox import Tx
from hub.timeline.actions import TimelineError, UnknownConversation, append_entry
from hub.timeline.model import Entry, NewEntry


class GroupingRefused(TimelineError):
    """These conversations cannot be joined or parted so."""


class Ungrouped(NamedTuple):
    """The two conversations that an undone join leaves: `from_id` stands by itself again, out of `leader_id`."""

    from_id: int
    leader_id: int


# Done by hand and rarely: one at a time keeps chains right without locking along them.
ONE_AT_A_TIME: Final = text("select pg_advisory_xact_lock(hashtext('hub conversations'))")
_LOCK: Final = text(
    """
    select c.id, c.state, c.subject, l.customer_id
    from conversation c join identity_link l on l.identity_id = c.identity_id and l.until is null
    where c.id = any (cast(:ids as bigint[])) order by c.id for update of c
    """
)
_RECORD: Final = text(
    """
    insert into conversation_merge (from_id, into_id, after_id, reopened, agent_id)
    values (:from_id, :into_id, :after_id, :reopened, :agent_id) returning id
    """
)
_UNDO: Final = text(
    """
    update conversation_merge set undone_at = now(), undone_by = :agent_id where id = :id and undone_at is null
    returning from_id, into_id, after_id, reopened
    """
)
_LEADER: Final = text("select coalesce(merged_into_id, id) from conversation where id = :id")
# Everything that is joined to `top`, directly or through others.
_BELOW: Final = """
    with recursive part (id) as (
        select cast(:top as bigint)
        union
        select m.from_id from part join conversation_edge m on m.into_id = part.id
    )
"""
_LEAD: Final = text(
    f"""
    {_BELOW}
    update conversation c set version = version + 1, merged_into_id = nullif(cast(:leader as bigint), c.id)
    from part where c.id = part.id and c.merged_into_id is distinct from nullif(cast(:leader as bigint), c.id)
    returning c.id
    """
)
# What the leader's row says of all of them. Somebody waits in a conversation since the first customer's message after
# the last answer or settlement: there, or in another of them after the two came together.
_SUMMARISE: Final = text(
    """
    with recursive member (id) as (
        select id from conversation where merged_into_id = :id union all select cast(:id as bigint)
    ), edge as materialized (
        select e.from_id, e.into_id, e.after_id from member m join conversation_edge e on e.from_id = m.id
    ), path (id, at, came_from, after_id) as (
        select id, id, 0::bigint, 0::bigint from member
        union all
        select p.id, other.id, p.at, greatest(p.after_id, e.after_id)
        from path p join edge e on p.at in (e.from_id, e.into_id)
        cross join lateral (select case when p.at = e.from_id then e.into_id else e.from_id end as id) other
        where other.id <> p.came_from
    ), settled as (
        select p.id, coalesce(max(e.id), 0) as entry_id
        from path p left join lateral (
            select e.id from entry e
            where e.conversation_id = p.at and e.id > p.after_id
              and (e.direction = 'out' or e.kind = 'event' and e.data ->> 'type' = 'resolved')
            order by e.seq desc limit 1
        ) e on true
        group by p.id
    ), waiting as (
        select min(e.occurred_at) as since
        from settled s cross join lateral (
            select e.occurred_at from entry e
            where e.conversation_id = s.id and e.id > s.entry_id and e.direction = 'in' and e.automatic = 'no'
            order by e.seq limit 1
        ) e
    ), newest as (
        select max(e.id) as id, max(e.id) filter (where e.what = 'in') as in_id,
               max(e.id) filter (where e.what = 'side') as side_id,
               max(e.id) filter (where e.what = 'said') as said_id, max(e.at) filter (where e.what = 'latest') as at
        from settled s cross join lateral (
            (select 'any' as what, id, occurred_at as at from entry
             where conversation_id = s.id order by seq desc limit 1)
            union all
            (select 'in', id, occurred_at from entry
             where conversation_id = s.id and direction = 'in' order by seq desc limit 1)
            union all
            (select 'said', id, occurred_at from entry
             where conversation_id = s.id and kind not in ('event', 'task') order by seq desc limit 1)
            union all
            select 'side', max(id), null from entry
            where conversation_id = s.id and kind = 'event'
              and (data ->> 'type' = 'side_answered' or data ->> 'type' = 'woke' and author_agent_id is null)
            union all
            select 'latest', 0, max(occurred_at) from entry
            where conversation_id = s.id
              and (kind not in ('event', 'task') or kind = 'event' and data ->> 'type' = 'side_answered'
                   or kind = 'event' and data ->> 'type' = 'woke' and author_agent_id is null)
        ) e
    )
    update conversation c set
        version = c.version + 1,
        last_entry_id = coalesce(newest.id, 0),
        last_in_id = coalesce(newest.in_id, 0),
        side_answer_id = coalesce(newest.side_id, 0),
        last_entry_at = coalesce(newest.at, c.created_at),
        last_direction = coalesce(said.direction, 'in'),
        preview = left(btrim(regexp_replace(coalesce(said.text, ''), '\\s+', ' ', 'g')), 200),
        waiting_since = case when c.state = 'open' then waiting.since end,
        delivery_problem = exists (
            select from settled s join conversation k on k.id = s.id where k.delivery_problem
        ) and exists (
            select from settled s join entry e on e.conversation_id = s.id join delivery d on d.entry_id = e.id
            where e.direction = 'out' and d.state <> 'canceled' and (d.state in ('failed', 'uncertain') or exists (
                select from delivery_recipient r where r.entry_id = e.id and r.state = 'failed'))
        )
    from newest cross join waiting left join entry said on said.id = newest.said_id
    where c.id = :id
    """
)
"""Of `id`, from the entries of those that it leads."""


async def merge(tx: Tx, into_id: int, from_id: int, agent_id: int | None) -> int:
    """Joins conversation `from_id` to `into_id`, both by their leaders; answers the id of the join. Writes an event
    into the leader.

    Raises UnknownConversation; GroupingRefused when they are one already, or those of two customers.
    """
    await tx.connection.execute(ONE_AT_A_TIME)
    into, other = await leader(tx, into_id), await leader(tx, from_id)
    if into == other:
        raise GroupingRefused("These conversations are one already.")
    rows = {row.id: row for row in await tx.connection.execute(_LOCK, {"ids": [into, other]})}
    if rows[into].customer_id != rows[other].customer_id:
        raise GroupingRefused("These conversations are with two customers. Merge the customers first.")
    reopened = rows[into].state == "resolved" and rows[other].state == "open"
    said = await note(tx, into, "conversation_merged", agent_id, other_id=other, name=rows[other].subject)
    values = {"from_id": other, "into_id": into, "after_id": said.id, "reopened": reopened, "agent_id": agent_id}
    merge_id: int = (await tx.connection.execute(_RECORD, values)).scalar_one()
    if reopened:
        await tx.connection.execute(_OPEN, {"id": into})
    await lead(tx, top=other, leader_id=into)
    await summarise(tx, into)
    return merge_id


async def undo_merge(tx: Tx, merge_id: int, agent_id: int | None) -> Ungrouped:
    """Takes out again what this join brought in, even if others came before or after it.

    Raises GroupingRefused when there is no such join, or it was undone.
    """
    await tx.connection.execute(ONE_AT_A_TIME)
    undone = (await tx.connection.execute(_UNDO, {"id": merge_id, "agent_id": agent_id})).one_or_none()
    if undone is None:
        raise GroupingRefused("This was undone already. Reload the page.")
    into = await leader(tx, undone.into_id)
    rows = {row.id: row for row in await tx.connection.execute(_LOCK, {"ids": [into, undone.from_id]})}
    await lead(tx, top=undone.from_id, leader_id=undone.from_id)
    left = {"id": undone.into_id, "after_id": undone.after_id}
    if undone.reopened:
        await tx.connection.execute(_SETTLE, left)
    await tx.connection.execute(_SETTLE_AGAIN, left)
    await tx.connection.execute(_WAKE, {"id": undone.from_id, "after_id": undone.after_id})
    await note(tx, into, "conversation_unmerged", agent_id, other_id=undone.from_id, name=rows[undone.from_id].subject)
    await summarise(tx, into)
    await summarise(tx, undone.from_id)
    return Ungrouped(undone.from_id, into)


_OPEN: Final = text("update conversation set state = 'open', resolved_at = null where id = :id")
# Open only because of what was joined to it, and nothing has happened in it that would have opened it since.
_SETTLE: Final = text(
    """
    update conversation c set state = 'resolved', resolved_at = now()
    where c.id = :id and c.state = 'open' and not exists (
        select from entry e join conversation k on k.id = e.conversation_id
        where (k.id = c.id or k.merged_into_id = c.id) and e.id > :after_id
          and (e.direction = 'in' and e.automatic = 'no' or e.kind = 'event' and e.data ->> 'type' = 'reopened')
    )
    """
)
# Resolved since the join, and opened again by nothing but words in what was joined to it.
_SETTLE_AGAIN: Final = text(
    """
    update conversation c set state = 'resolved', resolved_at = now()
    where c.id = :id and c.state = 'open' and not c.delivery_problem and (
        select e.kind = 'event' and e.data ->> 'type' = 'resolved'
        from entry e join conversation k on k.id = e.conversation_id
        where (k.id = c.id or k.merged_into_id = c.id) and e.id > :after_id
          and (e.direction = 'in' and e.automatic = 'no'
               or e.kind = 'event' and e.data ->> 'type' in ('resolved', 'reopened'))
        order by e.id desc limit 1
    )
    """
)
# Its row heard nothing of what was joined to it as long as another led.
_WAKE: Final = text(
    """
    update conversation c set state = 'open', resolved_at = null
    where c.id = :id and c.state = 'resolved' and exists (
        select from entry e join conversation k on k.id = e.conversation_id
        where (k.id = c.id or k.merged_into_id = c.id) and e.id > :after_id
          and e.direction = 'in' and e.automatic = 'no'
    )
    """
)
_STRANGERS: Final = text(
    """
    select m.id from conversation_merge m
    join conversation one on one.id = m.from_id
    join conversation other on other.id = m.into_id
    join identity_link theirs on theirs.identity_id = one.identity_id and theirs.until is null
    join identity_link ours on ours.identity_id = other.identity_id and ours.until is null
    where m.undone_at is null and theirs.customer_id <> ours.customer_id
      and (array[one.identity_id, other.identity_id] && cast(:identities as bigint[]))
    order by m.id
    """
)


async def part_strangers(tx: Tx, identities: list[int], agent_id: int | None) -> None:
    """Undoes joins between conversations that are no longer with one customer, now that these identities have moved."""
    if identities:
        for merge_id in list((await tx.connection.execute(_STRANGERS, {"identities": identities})).scalars()):
            await undo_merge(tx, merge_id, agent_id)


async def leader(tx: Tx, conversation_id: int) -> int:
    """The conversation that stands for this one: itself, unless it was joined. Raises UnknownConversation."""
    found: int | None = await tx.connection.scalar(_LEADER, {"id": conversation_id})
    if found is None:
        raise UnknownConversation(f"Conversation {conversation_id} does not exist. Reload the page.")
    return found


async def summarise(tx: Tx, conversation_id: int) -> None:
    """Makes the row say what its entries, and those of what is joined to it, say."""
    await tx.connection.execute(_SUMMARISE, {"id": conversation_id})
    tx.emit(ConversationChanged(conversation_id))
    tx.emit(RelatedChanged(conversation_id))


async def lead(tx: Tx, *, top: int, leader_id: int) -> None:
    """From now on `leader_id` stands for `top` and what is joined to it."""
    for changed in (await tx.connection.execute(_LEAD, {"top": top, "leader": leader_id})).scalars():
        tx.emit(ConversationChanged(changed))
        tx.emit(RelatedChanged(changed))


async def note(tx: Tx, conversation_id: int, type_: str, agent_id: int | None, **data: Any) -> Entry:
    """Writes an event of this type into the conversation."""
    return await append_entry(
        tx, NewEntry(conversation_id, "event", "internal", author_agent_id=agent_id, data={"type": type_, **data})
    )
