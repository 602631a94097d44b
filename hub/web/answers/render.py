"""Models to the shapes of shapes.py, for the API and the live socket alike."""

from __future__ import annotations

from typing import Any, NamedTuple

from hub.desk import model as desk
from hub.people import model as people
from hub.timeline import model as timeline
from hub.web import addresses
from hub.web.answers import shapes


def agent(one: desk.Agent) -> shapes.Agent:
    return {
        "id": one.id,
        "name": one.name,
        "email": one.email,
        "role": one.role,
        "initials": one.initials,
        "disabled": one.disabled,
    }


def me(one: desk.Agent) -> shapes.Me:
    return {
        **agent(one),
        "signature": one.signature,
        "locale": one.locale,
        "theme": one.theme,
        "undo_seconds": one.undo_seconds,
    }


def channel(one: timeline.ChannelRef) -> shapes.ChannelName:
    return {"id": one.id, "kind": one.kind, "name": one.name}


def identity_name(one: timeline.IdentityRef | people.Identity) -> shapes.IdentityName:
    seen = addresses.shown(one.kind, one.address, one.shown)
    return {"id": one.id, "kind": one.kind, "address": one.address, "shown": seen, "name": one.name}


def live_conversation(one: timeline.Conversation) -> shapes.LiveConversation:
    identity = one.identity
    return {
        "id": one.id,
        "version": one.version,
        "subject": one.subject or None,
        "state": one.state,
        "assignee_id": one.assignee_id,
        "customer": {"id": one.customer.id, "name": one.customer.name},
        "identity": identity_name(identity),
        "channel": channel(one.channel),
        "preview": one.preview,
        "preview_of": _fields(one.preview_of),
        "preview_files": list(one.preview_files),
        "opening": _fields(one.opening),
        "last_entry_id": one.last_entry_id,
        "last_in_id": one.last_in_id,
        "last_entry_at": one.last_entry_at,
        "last_direction": one.last_direction,
        "waiting_since": one.waiting_since,
        "entry_count": one.entry_count,
        "possibly_related_id": one.possibly_related_id,
        "delivery_problem": one.delivery_problem,
        "automatic": one.automatic,
        "created_at": one.created_at,
        "snoozed": None if one.snoozed is None else {"until": one.snoozed.until},
        "priority": one.priority,
        "team_id": one.team_id,
        "label_ids": list(one.label_ids),
        "follower_ids": list(one.follower_ids),
        "fields": dict(one.fields),
        "merged_into_id": one.merged_into_id,
        "side_of_id": one.side_of_id,
        "side_answer_id": one.side_answer_id,
    }


def _fields(one: NamedTuple | None) -> Any:
    """Of a model that has the fields of its shape."""
    return None if one is None else one._asdict()


def conversation(one: timeline.Conversation) -> shapes.Conversation:
    return {**live_conversation(one), "unread": bool(one.unread), "seen_entry_id": one.seen_entry_id or 0}
