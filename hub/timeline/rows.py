"""Rows of the two select lists below -> Conversation and Entry. One list each, so that every reader sees the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import orjson

from hub.timeline.model import (
    PRIORITIES,
    Attachment,
    Author,
    ChannelRef,
    Conversation,
    CustomerRef,
    Delivery,
    DeliveryRecipient,
    Entry,
    IdentityRef,
    Opening,
    PendingFile,
    PreviewOf,
    Snooze,
)

# Attachments and recipients come as arrays with the row: one round trip, and no second look where there are none. A
# message to one recipient has no results but its own.
ENTRY: Final = """
    e.id, e.version, e.seq, e.conversation_id, e.identity_id, e.kind, e.direction, e.occurred_at, e.created_at,
    e.channel_id, channel.kind as channel_kind, channel.name as channel_name,
    e.author_agent_id, agent.name as agent_name,
    e.author_identity_id, author.name as author_name, author.shown as author_shown, author.address as author_address,
    e.subject, e.text, e.automatic, e.has_more_text, e.has_html, e.remote_images,
    nullif(e.recipients, '[]') as recipients, nullif(e.data, '{}') as data, e.raw_id,
    case when e.attachment_count > 0 then (
        select json_agg(json_build_array(a.id, a.filename, a.content_type, a.size, a.inline, a.cid, a.note,
                                           encode(a.blob_hash, 'hex')) order by a.position, a.id)
        from attachment a where a.entry_id = e.id
    ) end as attachments,
    case when e.attachment_count > 0 then (
        select json_agg(json_build_array(f.id, f.filename, f.content_type, f.size, f.state, f.reason) order by f.id)
        from remote_file f where f.entry_id = e.id and f.state <> 'stored'
    ) end as pending,
    d.state as delivery_state, d.since as delivery_since, d.address as delivery_address,
    d.channel_id as delivery_channel_id, d.identity_id as delivery_identity_id, d.attempts as delivery_attempts,
    d.code as delivery_code, d.reason as delivery_reason, d.deadline as delivery_deadline,
    case when d.entry_id is not null and jsonb_array_length(e.recipients) > 1 then (
        select json_agg(json_build_array(r.address, r.state, r.code, r.reason) order by r.address)
        from delivery_recipient r where r.entry_id = e.id
    ) end as delivery_recipients
"""

ENTRY_JOINS: Final = """
    left join channel on channel.id = e.channel_id
    left join agent on agent.id = e.author_agent_id
    left join identity author on author.id = e.author_identity_id
    left join delivery d on d.entry_id = case when e.direction = 'out' then e.id end
"""

CONVERSATION: Final = """
    c.id, c.version, c.subject, c.state, c.assignee_id,
    customer.id as customer_id, customer.name as customer_name,
    i.id as identity_id, i.kind as identity_kind, i.address, i.shown, i.name as identity_name,
    channel.id as channel_id, channel.kind as channel_kind, channel.name as channel_name,
    c.preview, case when c.preview = c.preview_data ->> 'text' then c.preview_data::text end as preview_data,
    case when c.preview = '' then (
        select json_agg(named.filename)::text
        from (select id, text, attachment_count from entry
              where conversation_id = c.id and kind not in ('event', 'task') order by seq desc limit 1) e
        cross join lateral (
            select f.filename from (
                select a.inline, a.position, a.id, a.filename from attachment a where a.entry_id = e.id
                union all
                select false, 1000, r.id, r.filename from remote_file r where r.entry_id = e.id and r.state <> 'stored'
            ) f where f.filename <> '' order by f.inline, f.position, f.id limit 5
        ) named
        where e.attachment_count > 0 and e.text = ''
    ) end as preview_files,
    case when coalesce(c.subject, '') = '' then (
        select json_build_array(e.kind, e.data ->> 'direction', e.data ->> 'state',
                                (e.data ->> 'talk_seconds')::numeric::int,
                                left(btrim(regexp_replace(left(e.text, 400), '[[:space:]]+', ' ', 'g')), 120))::text
        from (select seq, kind, data, text from entry where conversation_id = c.id order by seq limit 5) e
        where e.kind not in ('event', 'note', 'task') order by e.seq limit 1
    ) end as opening,
    c.last_entry_id, c.last_entry_at, c.last_in_id, c.last_direction, c.waiting_since,
    c.seq, c.related_id, c.delivery_problem, c.automatic, c.created_at,
    c.snoozed, c.snoozed_until, c.priority, c.team_id, c.label_ids, c.follower_ids, c.fields, c.merged_into_id,
    c.side_of_id, c.side_answer_id,
    case when cast(:agent_id as bigint) is not null then coalesce(seen.entry_id, 0) end as seen_entry_id
"""

CONVERSATION_JOINS: Final = """
    join identity i on i.id = c.identity_id
    join identity_link l on l.identity_id = c.identity_id and l.until is null
    join customer on customer.id = l.customer_id
    join channel on channel.id = c.channel_id
    left join conversation_seen seen on seen.conversation_id = c.id and seen.agent_id = cast(:agent_id as bigint)
"""


def to_entries(rows: Iterable[Sequence[Any]]) -> list[Entry]:
    """Rows of ENTRY, with their json columns decoded. A page has few channels and authors: each is made once."""
    channels: dict[int | None, ChannelRef | None] = {None: None}
    authors: dict[tuple[int | None, int | None], Author] = {(None, None): _SYSTEM}
    entries = []
    for (
        id_, version, seq, conversation_id, identity_id, kind, direction, occurred_at, created_at,
        channel_id, channel_kind, channel_name,
        agent_id, agent_name, author_id, author_name, author_shown, author_address,
        subject, text, automatic, has_more_text, has_html, remote_images, recipients, data, raw_id,
        attachments, pending, *delivery,
    ) in rows:  # fmt: skip
        if channel_id not in channels:
            channels[channel_id] = ChannelRef(channel_id, channel_kind, channel_name)
        who = (agent_id, author_id)
        if who not in authors:
            authors[who] = (
                Author("agent", agent_id, agent_name, None)
                if agent_id is not None
                else Author("customer", author_id, author_name, author_shown or author_address)
            )
        entry = Entry(
            id_, version, seq, conversation_id, identity_id, kind, direction, occurred_at, created_at,
            channels[channel_id], _elsewhere(direction, who, data) or authors[who],
            subject, text, automatic, has_more_text, has_html, remote_images,
            recipients or (), data or {}, raw_id,
            tuple(map(_attachment, attachments)) if attachments else (),
            tuple(PendingFile(*one) for one in pending) if pending else (),
            _delivery(delivery) if delivery[0] is not None else None,
        )  # fmt: skip
        entries.append(entry)
    return entries


_SYSTEM: Final = Author("system", None, "", None)


def _elsewhere(direction: str, who: tuple[int | None, int | None], data: Mapping[str, Any] | None) -> Author | None:
    """Who of the staff wrote it in another program of theirs: not one of our agents, but not the hub either."""
    if direction != "out" or who != (None, None) or not data or "sender" not in data:
        return None
    return Author("agent", None, data["sender"]["name"], data["sender"]["address"])


def _attachment(values: Sequence[Any]) -> Attachment:
    return Attachment(*(*values[:-1], bytes.fromhex(values[-1])))


def _delivery(values: Sequence[Any]) -> Delivery:
    *own, recipients = values
    return Delivery._make((*own, tuple(DeliveryRecipient(*one) for one in recipients) if recipients else ()))


def to_conversation(row: Sequence[Any]) -> Conversation:
    """A row of CONVERSATION."""
    (
        id_, version, subject, state, assignee_id, customer_id, customer_name,
        identity_id, identity_kind, address, shown, identity_name, channel_id, channel_kind, channel_name,
        preview, preview_data, preview_files, opening, last_entry_id, last_entry_at, last_in_id, last_direction,
        waiting_since, entry_count, related_id, delivery_problem, automatic, created_at,
        snoozed, snoozed_until, priority, team_id, label_ids, follower_ids, fields, merged_into_id, side_of_id,
        side_answer_id, seen_entry_id,
    ) = row  # fmt: skip
    about = orjson.loads(preview_data) if preview_data else None
    preview_of = PreviewOf(*(about[one] for one in PreviewOf._fields)) if about else None
    return Conversation(
        id_, version, subject, state, assignee_id,
        CustomerRef(customer_id, customer_name),
        IdentityRef(identity_id, identity_kind, address, shown or address, identity_name),
        ChannelRef(channel_id, channel_kind, channel_name),
        preview, preview_of, tuple(orjson.loads(preview_files)) if preview_files else (),
        Opening(*orjson.loads(opening)) if opening else None,
        last_entry_id, last_entry_at, last_in_id, last_direction, waiting_since,
        entry_count, related_id, delivery_problem, automatic, created_at,
        Snooze(snoozed_until) if snoozed else None, PRIORITIES[priority - 1], team_id,
        tuple(label_ids), tuple(follower_ids), fields, merged_into_id, side_of_id, side_answer_id, seen_entry_id,
    )  # fmt: skip
