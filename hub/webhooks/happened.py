"""What events of the feed mean for a receiver: the feed says that something changed, here is what.

Everything is found in what is stored for good, so that it does not matter how often, or how late, the feed is read:
each event has one `dedupe`, and of several changes in between the last one counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.events.model import ConversationChanged, CustomerChanged, EntryChanged, Event
from hub.people import store as people
from hub.people.model import CustomerHead
from hub.timeline import store as timeline
from hub.timeline.model import Conversation, Entry
from hub.webhooks.model import Happened

_EVENT_ENTRIES: Final = {
    "assigned": "conversation.assigned",
    "resolved": "conversation.resolved",
    "reopened": "conversation.reopened",
    **dict.fromkeys(
        ("team_assigned", "priority_set", "labelled", "field_set", "snoozed", "woke"), "conversation.changed"
    ),
}
# Messages that reopened their conversation: since it was last resolved nothing else did.
_REOPENING: Final = text(
    """
    select e.id from entry e
    where e.id = any (:ids) and e.direction = 'in' and e.automatic = 'no' and exists (
        select from entry r
        where r.conversation_id = e.conversation_id and r.seq < e.seq
          and r.kind = 'event' and r.data ->> 'type' = 'resolved'
          and not exists (
            select from entry m
            where m.conversation_id = e.conversation_id and m.seq > r.seq and m.seq < e.seq
              and ((m.direction = 'in' and m.automatic = 'no')
                   or (m.kind = 'event' and m.data ->> 'type' in ('reopened', 'resolved')))))
    """
)
_MERGES: Final = text(
    """
    select id, from_id, into_id, agent_id, at, undone_at, undone_by from merge
    where from_id = any (:ids) or into_id = any (:ids) order by id
    """
)


@dataclass(frozen=True, slots=True)
class Rendering:
    """The API's JSON of things, which a receiver gets too."""

    entry: Callable[[Entry], Mapping[str, Any]]
    conversation: Callable[[Conversation], Mapping[str, Any]]
    customer: Callable[[CustomerHead], Mapping[str, Any]]


async def load(connection: AsyncConnection, events: Iterable[Event], rendering: Rendering) -> list[Happened]:
    """In the order in which the feed told of them."""
    events = list(dict.fromkeys(events))
    entries = {
        one.id: one
        for one in await timeline.get_entries(
            connection, [event.entry_id for event in events if isinstance(event, EntryChanged)]
        )
    }
    wanted = {event.conversation_id for event in events if isinstance(event, EntryChanged | ConversationChanged)}
    conversations = {one.id: one for one in await timeline.get_conversations(connection, sorted(wanted))}
    reopening = set((await connection.execute(_REOPENING, {"ids": list(entries)})).scalars()) if entries else set()
    happened: list[Happened] = []
    for event in events:
        match event:
            case ConversationChanged() if event.conversation_id in conversations:
                happened.append(_created(conversations[event.conversation_id], rendering))
            case EntryChanged() if event.entry_id in entries and event.conversation_id in conversations:
                entry, conversation = entries[event.entry_id], conversations[event.conversation_id]
                happened.append(_created(conversation, rendering))
                happened += _of_entry(entry, conversation, rendering, reopened=entry.id in reopening)
            case _:
                pass
    customers = [event.customer_id for event in events if isinstance(event, CustomerChanged)]
    return happened + (await _merges(connection, customers, rendering) if customers else [])


def _created(conversation: Conversation, rendering: Rendering) -> Happened:
    return Happened(
        "conversation.created",
        f"conversation.created:{conversation.id}",
        conversation.id,
        conversation.created_at,
        {"conversation": rendering.conversation(conversation)},
    )


def _of_entry(entry: Entry, conversation: Conversation, rendering: Rendering, *, reopened: bool) -> list[Happened]:
    data = {"entry": rendering.entry(entry), "conversation": rendering.conversation(conversation)}

    def told(type_: str, since: datetime, detail: str = "") -> Happened:
        return Happened(type_, f"{type_}:{entry.id}{detail}", conversation.id, since, data)

    happened = []
    if reopened:
        happened.append(told("conversation.reopened", entry.created_at))
    if entry.kind == "event":
        named = _EVENT_ENTRIES.get(str(entry.data.get("type")))
        if named is not None:
            happened.append(told(named, entry.created_at))
    elif entry.kind == "call":
        if entry.data.get("ended_at"):
            happened.append(told("call.ended", entry.created_at))
    elif entry.kind in ("callback", "task"):
        pass  # neither a message nor a note
    elif entry.direction == "internal":
        happened.append(told("note.added", entry.created_at))
    else:
        happened.append(told("message.received" if entry.direction == "in" else "message.sent", entry.created_at))
    if entry.delivery is not None and entry.delivery.state != "queued":
        since = entry.delivery.since
        happened.append(told("delivery.changed", since, f":{entry.delivery.state}:{since.isoformat()}"))
    return happened


async def _merges(connection: AsyncConnection, customer_ids: list[int], rendering: Rendering) -> list[Happened]:
    rows = (await connection.execute(_MERGES, {"ids": customer_ids})).all()
    wanted = {row.from_id for row in rows} | {row.into_id for row in rows}
    heads = {one.id: rendering.customer(one) for one in await people.get_heads(connection, sorted(wanted))}
    happened = []
    for row in rows:
        data = {"merge_id": row.id, "customer": heads.get(row.into_id), "from": heads.get(row.from_id)}
        by = {"agent_id": row.agent_id}
        happened.append(Happened("customer.merged", f"customer.merged:{row.id}", None, row.at, {**data, **by}))
        if row.undone_at is not None:
            by = {"agent_id": row.undone_by}
            undone = Happened("customer.unmerged", f"customer.unmerged:{row.id}", None, row.undone_at, {**data, **by})
            happened.append(undone)
    return happened
