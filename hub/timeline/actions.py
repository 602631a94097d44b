"""Writing to a timeline. Each action takes an open transaction, locks its conversation, and tells what changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.events.model import ConversationChanged, EntryChanged, SeenChanged
from hub.events.outbox import Tx
from hub.timeline.model import Conversation, Entry, NewEntry
from hub.timeline.store import get_conversation, get_entry


class TimelineError(Exception):
    """Base of what these actions refuse; the message says what to do."""


class UnknownConversation(TimelineError):
    """There is no such conversation."""


class UnknownAttachment(TimelineError):
    """An attachment is not there any more, is on another message already, or was uploaded by somebody else."""


# With its leader, in the order of their ids.
_LOCK: Final = text(
    """
    select id, merged_into_id, side_of_id from conversation
    where id in (:id, (select merged_into_id from conversation where id = :id)) order by id for update
    """
)
# What comes in concerns the conversation from which a third party was asked, too.
_LOCK_FOR_ANSWER: Final = text(
    """
    select id, merged_into_id, side_of_id from conversation
    where id = any (array(
        select unnest(array[c.id, c.merged_into_id, main.id, main.merged_into_id])
        from conversation c left join conversation main on main.id = c.side_of_id where c.id = :id))
    order by id for update
    """
)
_SIDE_ANSWERED: Final = text("select hub_side_answered(array[cast(:entry_id as bigint)])")
# The entry of then may have been cut off since, or put back.
_BY_KEY: Final = text(
    """
    select id from entry where idempotency_key = :key and conversation_id = any (
        array(select into_id from conversation_cut where from_id = :id
              union all select from_id from conversation_cut where into_id = :id) || cast(:id as bigint))
    """
)

_APPEND: Final = text(
    """
    with moved as (
        update conversation set
            seq = seq + (id = :conversation_id)::integer,
            version = version + 1,
            last_in_id = case when :direction = 'in' then :entry_id else last_in_id end,
            last_entry_id = :entry_id,
            last_entry_at = case when :quiet then last_entry_at
                                 else greatest(last_entry_at, coalesce(cast(:occurred_at as timestamptz), now())) end,
            last_direction = case when :quiet then last_direction else :direction end,
            preview = case when :quiet then preview
                           else left(btrim(regexp_replace(cast(:text as text), '\\s+', ' ', 'g')), 200) end,
            waiting_since = case
                when :direction = 'out' then null
                when :direction = 'in' and :automatic = 'no'
                    then coalesce(waiting_since, cast(:occurred_at as timestamptz), now())
                else waiting_since end,
            state = case when :direction = 'in' and :automatic = 'no' then 'open' else state end,
            resolved_at = case when :direction = 'in' and :automatic = 'no' then null else resolved_at end,
            snoozed = snoozed and not (:direction = 'in' and :automatic = 'no'),
            snoozed_until = case when :direction = 'in' and :automatic = 'no' then null else snoozed_until end
        where id in (:conversation_id, :leader_id)
        returning id, identity_id, seq, side_of_id
    ), appended as (
        insert into entry (id, conversation_id, identity_id, seq, kind, direction, occurred_at, channel_id, raw_id,
                           author_agent_id, author_identity_id, subject, text, automatic, has_more_text, has_html,
                           remote_images, attachment_count, recipients, data, idempotency_key)
        select :entry_id, moved.id, moved.identity_id, moved.seq, :kind, :direction,
               coalesce(cast(:occurred_at as timestamptz), now()), :channel_id, :raw_id,
               :author_agent_id, :author_identity_id, :subject, :text, :automatic, :full_text <> '', :html <> '',
               :remote_images, cardinality(cast(:attachment_ids as bigint[])),
               cast(:recipients as jsonb), cast(:data as jsonb) || case when moved.side_of_id is null then '{}'
                   else jsonb_build_object('side_of', moved.side_of_id) end, :idempotency_key
        from moved where moved.id = :conversation_id
        returning id, identity_id, occurred_at
    ), bodied as (
        insert into entry_body (entry_id, full_text, html)
        select id, :full_text, :html from appended where :full_text <> '' or :html <> ''
    )
    insert into entry_also (identity_id, occurred_at, entry_id)
    select also.id, appended.occurred_at, appended.id
    from appended, lateral (
        select id from unnest(cast(:also as bigint[])) as named (id)
        union
        select main.identity_id from conversation side join conversation main on main.id = side.side_of_id
        where side.id = :conversation_id
    ) also
    where also.id <> appended.identity_id
    """
)
QUIET: Final = frozenset({"event", "task"})
_NEXT_ENTRY: Final = text("select nextval(pg_get_serial_sequence('entry', 'id'))")
_ATTACH: Final = text(
    """
    update attachment a set entry_id = :entry_id, position = wanted.position
    from unnest(cast(:ids as bigint[])) with ordinality as wanted (id, position)
    where a.id = wanted.id and a.entry_id is null and a.uploaded_by is not distinct from :agent_id
    """
)


async def append_entry(tx: Tx, new: NewEntry) -> Entry:
    """Adds an entry at the end of its conversation, with the next number; where the conversation was joined to
    another, that one shows it.

    A customer's message reopens a resolved conversation, wakes a snoozed one and starts the waiting; an answer ends
    it. One of a third party, in a side conversation, does the same to the conversation from which they were asked, but
    starts no waiting. An event or a task changes neither the preview nor the place in the lists. With an
    `idempotency_key` that the conversation has seen, returns the entry of then and changes nothing.

    Raises UnknownConversation and UnknownAttachment.
    """
    lock = _LOCK_FOR_ANSWER if new.direction == "in" else _LOCK
    locked = {row.id: row for row in await tx.connection.execute(lock, {"id": new.conversation_id})}
    if new.conversation_id not in locked:
        raise UnknownConversation(f"Conversation {new.conversation_id} does not exist. Reload the page.")
    if new.idempotency_key is not None:
        # After the lock, in a statement of its own: it must see what the one who held the lock has committed.
        earlier = await earlier_entry(tx.connection, new.conversation_id, new.idempotency_key)
        if earlier is not None:
            return await _entry(tx, earlier)
    leader_id = locked[new.conversation_id].merged_into_id
    entry_id: int = (await tx.connection.execute(_NEXT_ENTRY)).scalar_one()
    await tx.connection.execute(
        _APPEND,
        {
            "entry_id": entry_id,
            "conversation_id": new.conversation_id,
            "leader_id": leader_id,
            "kind": new.kind,
            "quiet": new.kind in QUIET,
            "direction": new.direction,
            "occurred_at": new.occurred_at,
            "channel_id": new.channel_id,
            "raw_id": new.raw_id,
            "author_agent_id": new.author_agent_id,
            "author_identity_id": new.author_identity_id,
            "subject": new.subject,
            "text": new.text,
            "full_text": new.full_text,
            "html": new.html,
            "remote_images": new.remote_images,
            "automatic": new.automatic,
            "recipients": orjson.dumps(list(new.recipients)).decode(),
            "data": orjson.dumps(dict(new.data)).decode(),
            "attachment_ids": list(new.attachment_ids),
            "also": list(new.also),
            "idempotency_key": new.idempotency_key,
        },
    )
    if new.attachment_ids:
        attached = await tx.connection.execute(
            _ATTACH, {"entry_id": entry_id, "ids": list(new.attachment_ids), "agent_id": new.author_agent_id}
        )
        if attached.rowcount != len(set(new.attachment_ids)):
            raise UnknownAttachment("A file is no longer there or is already on a message. Attach it again.")
    if new.direction == "in" and locked[new.conversation_id].side_of_id is not None:
        await tx.connection.execute(_SIDE_ANSWERED, {"entry_id": entry_id})
    tx.emit(EntryChanged(entry_id, new.conversation_id))
    tx.emit(ConversationChanged(new.conversation_id))
    if leader_id is not None:
        tx.emit(ConversationChanged(leader_id))
    return await _entry(tx, entry_id)


async def earlier_entry(connection: AsyncConnection, conversation_id: int, key: str) -> int | None:
    """The entry that was written into the conversation under this idempotency key. Ask it under the lock of the
    conversation."""
    found: int | None = await connection.scalar(_BY_KEY, {"id": conversation_id, "key": key})
    return found


async def _entry(tx: Tx, entry_id: int) -> Entry:
    entry = await get_entry(tx.connection, entry_id)
    assert entry is not None
    return entry


_OPEN: Final = text(
    """
    insert into conversation (channel_id, identity_id, subject, related_id, automatic)
    values (:channel_id, :identity_id, :subject, :related_id, :automatic) returning id
    """
)


async def open_conversation(
    tx: Tx,
    *,
    channel_id: int,
    identity_id: int,
    subject: str = "",
    related_id: int | None = None,
    automatic: bool = False,
) -> Conversation:
    """A new conversation without entries; its identity takes part in it."""
    conversation_id: int = (
        await tx.connection.execute(
            _OPEN,
            {
                "channel_id": channel_id,
                "identity_id": identity_id,
                "subject": subject,
                "related_id": related_id,
                "automatic": automatic,
            },
        )
    ).scalar_one()
    await add_participants(tx, conversation_id, [identity_id])
    tx.emit(ConversationChanged(conversation_id))
    conversation = await get_conversation(tx.connection, conversation_id)
    assert conversation is not None, "the identity has a customer"
    return conversation


_PARTICIPANTS: Final = text(
    """
    insert into participant (conversation_id, identity_id)
    select :conversation_id, id from unnest(cast(:identities as bigint[])) as who (id) order by id
    on conflict do nothing
    """
)


async def add_participants(tx: Tx, conversation_id: int, identities: Iterable[int]) -> None:
    """These may from now on join the conversation by quoting it: somebody of ours has written to them in it."""
    await tx.connection.execute(
        _PARTICIPANTS, {"conversation_id": conversation_id, "identities": sorted(set(identities))}
    )


_SEEN: Final = text(
    """
    with before as (
        select c.id, c.last_entry_id, coalesce(s.entry_id, 0) as entry_id
        from conversation c
        left join conversation_seen s on s.conversation_id = c.id and s.agent_id = :agent_id
        where c.id = :conversation_id
    ),
    after as (
        insert into conversation_seen as held (conversation_id, agent_id, entry_id)
        select id, :agent_id, least(:entry_id, last_entry_id) from before
        on conflict (conversation_id, agent_id) do update
        set entry_id = greatest(held.entry_id, excluded.entry_id), at = now()
        returning entry_id
    )
    select after.entry_id > before.entry_id from before, after
    """
)


async def mark_seen(tx: Tx, conversation_id: int, agent_id: int, entry_id: int) -> None:
    """The agent has seen everything up to this entry; never less than before. Raises UnknownConversation."""
    values = {"conversation_id": conversation_id, "agent_id": agent_id, "entry_id": entry_id}
    more: bool | None = await tx.connection.scalar(_SEEN, values)
    if more is None:
        raise UnknownConversation(f"Conversation {conversation_id} does not exist. Reload the page.")
    if more:
        tx.emit(SeenChanged(agent_id, conversation_id))


_TOUCH: Final = text("update entry set version = version + 1 where id = :id returning conversation_id")


async def touch_entry(tx: Tx, entry_id: int) -> None:
    """Call it when something shown with an entry has changed, such as its delivery."""
    conversation_id: int = (await tx.connection.execute(_TOUCH, {"id": entry_id})).scalar_one()
    tx.emit(EntryChanged(entry_id, conversation_id))


_PROBLEM: Final = text(
    """
    update conversation set delivery_problem = :problem, version = version + 1,
        state = case when :problem then 'open' else state end,
        resolved_at = case when :problem then null else resolved_at end,
        snoozed = snoozed and not :problem,
        snoozed_until = case when :problem then null else snoozed_until end
    where id in (:id, (select merged_into_id from conversation where id = :id and :problem))
      and (delivery_problem <> :problem or (:problem and (state <> 'open' or snoozed)))
    returning id
    """
)


async def set_delivery_problem(tx: Tx, conversation_id: int, problem: bool) -> None:
    """Something of ours was not delivered: the conversation says so, and the one that it was joined to, and is open and
    awake until somebody has dealt with it."""
    for changed in (await tx.connection.execute(_PROBLEM, {"id": conversation_id, "problem": problem})).scalars():
        tx.emit(ConversationChanged(changed))
