"""What events mean for a screen: the present state of what they name, loaded once for all sockets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.bulk import store as bulk
from hub.calls import agents as agents_at_calls
from hub.calls import store as calls
from hub.channels import store as channels
from hub.compose import store as compose
from hub.desk import store as desk
from hub.desk.drafts.store import get_draft
from hub.desk.mentions.store import unread_mentions
from hub.desk.model import Agent
from hub.desk.policy import Action
from hub.desk.tasks.store import get_tasks
from hub.events.model import (
    AgentChanged,
    BulkChanged,
    CallChanged,
    ChannelChanged,
    ConversationChanged,
    CustomerChanged,
    DeskChanged,
    DraftChanged,
    EntryChanged,
    Event,
    MentionChanged,
    RelatedChanged,
    ScheduledChanged,
    SeenChanged,
    TaskChanged,
)
from hub.people import store as people
from hub.timeline import store as timeline
from hub.web.answers import (
    call_render,
    channel_render,
    compose_render,
    customer_render,
    entry_render,
    queue_render,
    related_render,
    render,
)


@dataclass(frozen=True, slots=True)
class Change:
    """One upsert as JSON, and what the policy is asked before somebody sees it."""

    content: bytes
    action: Action
    subject: object
    agent: Agent | None = None


async def load(connection: AsyncConnection, events: Iterable[Event]) -> list[Change]:
    """The changes of these events, one for each thing that changed; what is gone since is left out."""
    events = list(events)
    entry_ids, conversation_ids, customer_ids, channel_ids, agent_ids = _ids(events)
    changes: list[Change] = []
    if agent_ids:
        for agent in await desk.get_agents(connection, agent_ids):
            content: dict[str, Any] = {"type": "agent", "agent": render.agent(agent)}
            changes.append(Change(_dumps(content), Action.READ_AGENTS, agent, agent))
            changes.append(Change(_dumps({"type": "me", "agent": render.me(agent)}), Action.READ_SELF, agent))
        for state in await agents_at_calls.states_of(connection, agent_ids):
            content = {"type": "agent_calls", "agent": call_render.agent_calls(state)}
            changes.append(Change(_dumps(content), Action.READ_AGENTS, state))
    if channel_ids:
        for channel in await channels.list_channels(connection, channel_ids):
            content = {"type": "channel", "channel": channel_render.live_channel(channel)}
            changes.append(Change(_dumps(content), Action.READ_CHANNELS, channel))
    if customer_ids:
        for customer in await people.get_heads(connection, customer_ids):
            content = {"type": "customer", "customer": customer_render.live_customer(customer)}
            changes.append(Change(_dumps(content), Action.READ_CUSTOMERS, customer))
    if conversation_ids or entry_ids:
        changes += await _conversations_and_entries(connection, conversation_ids, entry_ids)
    call_ids = {event.call_id for event in events if isinstance(event, CallChanged)}
    if call_ids:
        for view in await calls.views_of(connection, await calls.get_calls(connection, sorted(call_ids))):
            content = {"type": "call", "call": call_render.call(view)}
            changes.append(Change(_dumps(content), Action.READ_CONVERSATIONS, view.call))
    changes += await _of_composers(connection, events)
    if any(isinstance(event, DeskChanged) for event in events):
        changes.append(Change(_dumps({"type": "desk"}), Action.READ_CONVERSATIONS, None))
    changes += await _of_bulks(connection, {one.bulk_id for one in events if isinstance(one, BulkChanged)})
    changes += await _of_related(connection, events)
    return changes


async def _of_related(connection: AsyncConnection, events: Iterable[Event]) -> list[Change]:
    """Tasks, and the conversations of which something else is related now: that is read again."""
    ids = {one.conversation_id for one in events if isinstance(one, RelatedChanged)}
    changes = [
        Change(_dumps({"type": "related", "conversation_id": one.id}), Action.READ_CONVERSATIONS, one)
        for one in (await timeline.get_conversations(connection, sorted(ids)) if ids else [])
    ]
    tasks = {one.task_id for one in events if isinstance(one, TaskChanged)}
    for task in await get_tasks(connection, sorted(tasks)) if tasks else []:
        content = {"type": "task", "task": related_render.task(task)}
        changes.append(Change(_dumps(content), Action.READ_CONVERSATIONS, task))
    return changes


async def _of_bulks(connection: AsyncConnection, ids: set[int]) -> list[Change]:
    """Changes of many conversations, for the agent whose they are."""
    found = await bulk.get_bulks(connection, sorted(ids)) if ids else []
    owners = {one.id: one for one in await desk.get_agents(connection, {one.agent_id for one in found})}
    return [
        Change(_dumps({"type": "bulk", "bulk": queue_render.bulk(one)}), Action.READ_SELF, owners[one.agent_id])
        for one in found
    ]


async def _of_composers(connection: AsyncConnection, events: Iterable[Event]) -> list[Change]:
    """Messages that are to go out later, for all; drafts, mentions and what was seen, for the agent whose they are."""
    changes: list[Change] = []
    scheduled = {one.scheduled_id: one for one in events if isinstance(one, ScheduledChanged)}
    if scheduled:
        found = await compose.get_scheduled(connection, scheduled)
        where = await timeline.get_conversations(connection, {one.message.conversation_id for one in found})
        conversations = {one.id: one for one in where}
        for message in found:
            conversation = conversations.get(message.message.conversation_id)
            content: dict[str, Any] = {"type": "scheduled", "scheduled": compose_render.scheduled(message)}
            changes.append(Change(_dumps(content), Action.READ_CONVERSATIONS, conversation))
    drafts = dict.fromkeys(one for one in events if isinstance(one, DraftChanged))
    mentions = dict.fromkeys(one.agent_id for one in events if isinstance(one, MentionChanged))
    looks = dict.fromkeys(one for one in events if isinstance(one, SeenChanged))
    own = {*mentions, *(one.agent_id for one in drafts), *(one.agent_id for one in looks)}
    owners = {one.id: one for one in await desk.get_agents(connection, own)}
    for event in drafts:
        held = await get_draft(connection, event.agent_id, event.conversation_id)
        draft = None if held is None else compose_render.draft(held)
        content = {"type": "draft", "conversation_id": event.conversation_id, "draft": draft}
        changes.append(Change(_dumps(content), Action.READ_SELF, owners[event.agent_id]))
    for look in looks:
        seen = await timeline.seen_entry(connection, look.agent_id, look.conversation_id)
        content = {"type": "seen", "conversation_id": look.conversation_id, "entry_id": seen}
        changes.append(Change(_dumps(content), Action.READ_SELF, owners[look.agent_id]))
    for agent_id in mentions:
        unread = [compose_render.mention(one) for one in await unread_mentions(connection, agent_id)]
        changes.append(Change(_dumps({"type": "mention", "mentions": unread}), Action.READ_SELF, owners[agent_id]))
    return changes


def _ids(events: Iterable[Event]) -> tuple[list[int], list[int], list[int], list[int], list[int]]:
    entries: dict[int, None] = {}
    conversations: dict[int, None] = {}
    customers: dict[int, None] = {}
    channels_: dict[int, None] = {}
    agents: dict[int, None] = {}
    for event in events:
        match event:
            case EntryChanged():
                entries[event.entry_id] = None
            case ConversationChanged():
                conversations[event.conversation_id] = None
            case CustomerChanged():
                customers[event.customer_id] = None
            case ChannelChanged():
                channels_[event.channel_id] = None
            case AgentChanged():
                agents[event.agent_id] = None
    return list(entries), list(conversations), list(customers), list(channels_), list(agents)


async def _conversations_and_entries(
    connection: AsyncConnection, conversation_ids: list[int], entry_ids: list[int]
) -> list[Change]:
    entries = await timeline.get_entries(connection, entry_ids) if entry_ids else []
    also = await timeline.also_of(connection, entry_ids) if entry_ids else {}
    wanted = {*conversation_ids, *(entry.conversation_id for entry in entries)}
    found = {one.id: one for one in await timeline.get_conversations(connection, sorted(wanted))}
    changes = [
        Change(
            _dumps({"type": "conversation", "conversation": render.live_conversation(found[one])}),
            Action.READ_CONVERSATIONS,
            found[one],
        )
        for one in conversation_ids
        if one in found
    ]
    for entry in entries:
        conversation = found.get(entry.conversation_id)
        if conversation is not None:
            content = {
                "type": "entry",
                "entry": entry_render.entry(entry),
                "customer_id": conversation.customer.id,
                "also_customer_ids": [one for one in also.get(entry.id, ()) if one != conversation.customer.id],
            }
            changes.append(Change(_dumps(content), Action.READ_CONVERSATIONS, conversation))
    return changes


def _dumps(content: object) -> bytes:
    return orjson.dumps(content, option=orjson.OPT_UTC_Z)
