"""Cutting a conversation in two from an entry on, and mending the cut.

The entries of the later part change their conversation, and each of the two is numbered anew without a gap: in a
conversation the numbers follow the ids. Mending takes everything back that the later part holds by then, in the place
that it would have had: between what came before and after it. The emptied part stays as one that was joined, so that
an answer to what was sent from it finds the way.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from sqlalchemy import Row, text

from hub.events.model import CustomerChanged, MentionChanged, SeenChanged
from hub.events.outbox import Tx
from hub.timeline.actions import UnknownConversation
from hub.timeline.grouping import ONE_AT_A_TIME, GroupingRefused, lead, leader, note, summarise


class Cut(NamedTuple):
    """A conversation and the one that was cut off it."""

    id: int
    from_id: int
    into_id: int


_ENTRY: Final = text("select id, seq, subject, conversation_id from entry where id = :id")
_LOCK: Final = text("select id, seq from conversation where id = any (cast(:ids as bigint[])) order by id for update")
# Work goes on in both: who does it, how soon and what it is about is the same for both.
_OPEN: Final = text(
    """
    insert into conversation (channel_id, identity_id, subject, state, assignee_id, team_id, priority, label_ids,
                              follower_ids, fields, automatic, split_from_id, last_entry_at)
    select c.channel_id, c.identity_id, coalesce(nullif(cast(:subject as text), ''), c.subject), 'open', c.assignee_id,
           c.team_id, c.priority, c.label_ids, c.follower_ids, c.fields, c.automatic, c.id, c.last_entry_at
    from conversation c where c.id = :id
    returning id
    """
)
_RECORD: Final = text(
    """
    insert into conversation_cut (from_id, into_id, entry_id, agent_id)
    values (:from_id, :into_id, :entry_id, :agent_id) returning id
    """
)
_CUT_OFF: Final = text(
    """
    update entry set conversation_id = :into_id, seq = seq - :before, version = version + 1
    where conversation_id = :from_id and seq > :before
    """
)
_COUNT: Final = text(
    """
    update conversation c set seq = (select count(*) from entry e where e.conversation_id = c.id)
    where c.id = any (cast(:ids as bigint[]))
    """
)
# Numbers are unique within a conversation at every moment, so both parts pass through those below zero.
_MEND: Final = (
    text("update entry set seq = -seq where conversation_id = :from_id and id > :entry_id"),
    text(
        """
        update entry e set conversation_id = :from_id, version = version + 1,
            seq = e.seq - :below
        where e.conversation_id = :into_id
        """
    ),
    text(
        """
        update entry e set seq = placed.seq, version = e.version + 1
        from (
            select id, (select count(*) from entry where conversation_id = :from_id and seq > 0)
                       + row_number() over (order by id) as seq
            from entry where conversation_id = :from_id and seq < 0
        ) placed
        where e.id = placed.id
        """
    ),
)
# What hangs on the entries goes with them.
_FOLLOW: Final = (
    text(
        """
        update call set conversation_id = e.conversation_id from entry e
        where e.id = call.entry_id and e.conversation_id = :to_id and call.conversation_id <> :to_id
        """
    ),
    text(
        """
        update callback set conversation_id = e.conversation_id from entry e
        where e.id = callback.entry_id and e.conversation_id = :to_id and callback.conversation_id <> :to_id
        """
    ),
    text(
        """
        update mention set conversation_id = e.conversation_id from entry e
        where e.id = mention.entry_id and e.conversation_id = :to_id and mention.conversation_id <> :to_id
        """
    ),
    text(
        """
        update search_document d set conversation_id = e.conversation_id from entry e
        where d.conversation_id = :away_id and e.id = d.entry_id and e.conversation_id = :to_id
        """
    ),
    text(
        """
        with gone as (
            delete from message_reference m using entry e
            where e.id = m.entry_id and m.conversation_id = :away_id and e.conversation_id = :to_id
            returning m.hash, m.entry_id, m.own
        )
        insert into message_reference (hash, conversation_id, entry_id, own)
        select hash, :to_id, entry_id, own from gone
        on conflict (hash, conversation_id) do update set own = true, entry_id = excluded.entry_id
            where excluded.own and not message_reference.own
        """
    ),
    text(
        """
        insert into participant (conversation_id, identity_id, role)
        select :to_id, identity_id, role from participant where conversation_id = :away_id
        on conflict do nothing
        """
    ),
    text(
        """
        insert into conversation_seen (conversation_id, agent_id, entry_id, at)
        select :to_id, agent_id, entry_id, at from conversation_seen where conversation_id = :away_id
        on conflict (conversation_id, agent_id) do update
            set entry_id = greatest(conversation_seen.entry_id, excluded.entry_id)
        """
    ),
)
_LOOKED: Final = text("select agent_id from conversation_seen where conversation_id = :to_id order by agent_id")
_NAMED: Final = text(
    "select distinct agent_id from mention where conversation_id = :to_id and read_at is null order by agent_id"
)
_JOINED: Final = text(
    "select exists (select from conversation_merge where undone_at is null and (from_id = :id or into_id = :id))"
)
_UNDO: Final = text(
    """
    update conversation_cut set undone_at = now(), undone_by = :agent_id where id = :id and undone_at is null
    returning from_id, into_id, entry_id
    """
)
# A customer's message of the part that comes back, and that nobody has settled since.
_REOPEN: Final = text(
    """
    update conversation c set state = 'open', resolved_at = null
    where c.id = :top and c.state = 'resolved' and (
        select max(e.id) from entry e
        where e.conversation_id = :into_id and e.direction = 'in' and e.automatic = 'no'
    ) > (
        select coalesce(max(e.id), 0) from entry e
        where e.conversation_id = any (cast(:ids as bigint[]))
          and e.kind = 'event' and e.data ->> 'type' = 'resolved'
    )
    """
)
_EMPTY: Final = text(
    """
    update conversation set state = 'resolved', resolved_at = now(), waiting_since = null, snoozed = false,
        snoozed_until = null, delivery_problem = false, assignee_id = null
    where id = :id
    """
)
_STANDING: Final = text(
    """
    with recursive up (id) as (
        select cast(:id as bigint)
        union
        select k.from_id from up join conversation_cut k on k.into_id = up.id and k.undone_at is not null
    )
    select id from up
    where not exists (select from conversation_cut k where k.into_id = up.id and k.undone_at is not null)
    """
)
_TOUCH: Final = text(
    """
    update customer c set version = c.version + 1
    from conversation k join identity_link l on l.identity_id = k.identity_id and l.until is null
    where k.id = :id and c.id = l.customer_id returning c.id
    """
)


async def cut(tx: Tx, entry_id: int, agent_id: int | None, subject: str = "") -> Cut:
    """Everything of its conversation from this entry on becomes a conversation of its own, with this subject ("": that
    of the entry). Writes an event into both.

    Raises UnknownConversation; GroupingRefused for the first entry of a conversation.
    """
    await tx.connection.execute(ONE_AT_A_TIME)
    first = await _entry(tx, entry_id)
    await tx.connection.execute(_LOCK, {"ids": [first.conversation_id]})
    first = await _entry(tx, entry_id)
    if first.seq == 1:
        raise GroupingRefused("The conversation begins with this entry: there is nothing before it to cut it from.")
    from_id: int = first.conversation_id
    into_id: int = (
        await tx.connection.execute(_OPEN, {"id": from_id, "subject": subject or first.subject})
    ).scalar_one()
    values = {"from_id": from_id, "into_id": into_id, "entry_id": entry_id, "agent_id": agent_id}
    cut_id: int = (await tx.connection.execute(_RECORD, values)).scalar_one()
    await tx.connection.execute(_CUT_OFF, {"from_id": from_id, "into_id": into_id, "before": first.seq - 1})
    await _moved(tx, away_id=from_id, to_id=into_id)
    await note(tx, from_id, "conversation_cut", agent_id, other_id=into_id, name=subject or first.subject)
    await note(tx, into_id, "conversation_cut_off", agent_id, other_id=from_id)
    for conversation_id in {into_id, from_id, await leader(tx, from_id)}:
        await summarise(tx, conversation_id)
    return Cut(cut_id, from_id, into_id)


async def mend(tx: Tx, cut_id: int, agent_id: int | None) -> Cut:
    """Puts what was cut off, and what came to it since, back to where it would be.

    Raises GroupingRefused when there is no such cut, it was mended, or the part has been joined with others since.
    """
    await tx.connection.execute(ONE_AT_A_TIME)
    mended = (await tx.connection.execute(_UNDO, {"id": cut_id, "agent_id": agent_id})).one_or_none()
    if mended is None:
        raise GroupingRefused("This was undone already. Reload the page.")
    if await tx.connection.scalar(_JOINED, {"id": mended.into_id}):
        raise GroupingRefused("This conversation has been joined with another since. Undo that first.")
    into_id, from_id = mended.into_id, await _standing(tx, mended.from_id)
    counts = {row.id: row.seq for row in await tx.connection.execute(_LOCK, {"ids": [into_id, from_id]})}
    top = await leader(tx, from_id)
    await tx.connection.execute(_REOPEN, {"into_id": into_id, "ids": [into_id, from_id, top], "top": top})
    values = {"from_id": from_id, "into_id": into_id, "entry_id": mended.entry_id}
    for step in _MEND:
        await tx.connection.execute(step, {**values, "below": counts[from_id] + counts[into_id] + 1})
    await _moved(tx, away_id=into_id, to_id=from_id)
    await tx.connection.execute(_EMPTY, {"id": into_id})
    await lead(tx, top=into_id, leader_id=top)
    await note(tx, from_id, "conversation_mended", agent_id, other_id=into_id)
    for conversation_id in {into_id, from_id, top}:
        await summarise(tx, conversation_id)
    return Cut(cut_id, from_id, into_id)


async def _moved(tx: Tx, *, away_id: int, to_id: int) -> None:
    """After entries of the one have become the other's."""
    await tx.connection.execute(_COUNT, {"ids": [away_id, to_id]})
    for step in _FOLLOW:
        await tx.connection.execute(step, {"away_id": away_id, "to_id": to_id})
    for customer_id in (await tx.connection.execute(_TOUCH, {"id": to_id})).scalars():
        tx.emit(CustomerChanged(customer_id))
    for agent_id in (await tx.connection.execute(_LOOKED, {"to_id": to_id})).scalars():
        tx.emit(SeenChanged(agent_id, to_id))
    for agent_id in (await tx.connection.execute(_NAMED, {"to_id": to_id})).scalars():
        tx.emit(MentionChanged(agent_id))


async def _standing(tx: Tx, conversation_id: int) -> int:
    """Where the conversation's entries are by now: it may itself have been cut off, and mended."""
    found: int = (await tx.connection.execute(_STANDING, {"id": conversation_id})).scalar_one()
    return found


async def _entry(tx: Tx, entry_id: int) -> Row[Any]:
    row = (await tx.connection.execute(_ENTRY, {"id": entry_id})).one_or_none()
    if row is None:
        raise UnknownConversation(f"Entry {entry_id} does not exist. Reload the page.")
    return row
