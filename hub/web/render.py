"""Models to the shapes of shapes.py, for the API and the live socket alike."""

from __future__ import annotations

from hub.desk import model as desk
from hub.outbound.destinations import Destination
from hub.outbound.steps import next_steps
from hub.people import model as people
from hub.sdk import TemplateInfo
from hub.timeline import model as timeline
from hub.web import addresses, shapes


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


def _channel(one: timeline.ChannelRef) -> shapes.ChannelName:
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
        "channel": _channel(one.channel),
        "preview": one.preview,
        "preview_of": _preview_of(one.preview_of),
        "opening": _opening(one.opening),
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


def _preview_of(one: timeline.PreviewOf | None) -> shapes.PreviewOf | None:
    if one is None:
        return None
    return {
        "kind": one.kind,
        "direction": one.direction,
        "state": one.state,
        "words": one.words,
        "text": one.text,
    }


def _opening(one: timeline.Opening | None) -> shapes.Opening | None:
    if one is None:
        return None
    return {
        "kind": one.kind,
        "direction": one.direction,
        "state": one.state,
        "talk_seconds": one.talk_seconds,
        "words": one.words,
    }


def conversation(one: timeline.Conversation) -> shapes.Conversation:
    return {**live_conversation(one), "unread": bool(one.unread), "seen_entry_id": one.seen_entry_id or 0}


def attachment(one: timeline.Attachment) -> shapes.Attachment:
    return {
        "id": one.id,
        "filename": one.filename,
        "content_type": one.content_type,
        "size": one.size,
        "inline": one.inline,
        "note": one.note,
        "url": f"/api/attachments/{one.id}/content",
    }


def _pending(one: timeline.PendingFile) -> shapes.PendingFile:
    return {
        "id": one.id,
        "filename": one.filename,
        "content_type": one.content_type,
        "size": one.size,
        "state": one.state,
        "reason": one.reason or None,
    }


def _delivery(one: timeline.Delivery) -> shapes.Delivery:
    return {
        "state": one.state,
        "since": one.since,
        "address": one.address,
        "channel_id": one.channel_id,
        "code": one.code or None,
        "reason": one.reason or None,
        "next_steps": list(next_steps(one.state, one.code)),
        "recipients": [
            {"address": each.address, "state": each.state, "code": each.code or None, "reason": each.reason or None}
            for each in one.recipients
        ],
    }


def entry(one: timeline.Entry) -> shapes.Entry:
    author = one.author
    return {
        "id": one.id,
        "version": one.version,
        "seq": one.seq,
        "conversation_id": one.conversation_id,
        "identity_id": one.identity_id,
        "kind": one.kind,
        "direction": one.direction,
        "occurred_at": one.occurred_at,
        "created_at": one.created_at,
        "channel": None if one.channel is None else _channel(one.channel),
        "author": {"type": author.type, "id": author.id, "name": author.name, "address": author.address},
        "subject": one.subject or None,
        "text": one.text,
        "has_more_text": one.has_more_text,
        "has_html": one.has_html,
        "remote_images": one.remote_images,
        "to": [
            {"address": each.get("address", ""), "name": each.get("name", ""), "role": each.get("role", "to")}
            for each in one.recipients
        ],
        "attachments": [attachment(each) for each in one.attachments],
        "pending_files": [_pending(each) for each in one.pending],
        "automatic": one.automatic,
        "data": dict(one.data),
        "delivery": None if one.delivery is None else _delivery(one.delivery),
    }


def _identity(one: people.Identity) -> shapes.Identity:
    suppressed = one.suppressed
    return {
        "id": one.id,
        "kind": one.kind,
        "address": one.address,
        "shown": addresses.shown(one.kind, one.address, one.shown),
        "name": one.name,
        "verified": one.verified,
        "since": one.since,
        "suppressed": None
        if suppressed is None
        else {"channel_id": suppressed.channel_id, "reason": suppressed.reason, "since": suppressed.since},
    }


def customer_found(one: people.CustomerSummary) -> shapes.CustomerFound:
    return {"id": one.id, "name": one.name, "identities": [_identity(each) for each in one.identities]}


def _merge(one: people.Merge, customer_id: int) -> shapes.Merge:
    here_is_into = one.into_id == customer_id
    other: shapes.Named = {
        "id": one.from_id if here_is_into else one.into_id,
        "name": one.from_name if here_is_into else one.into_name,
    }
    by: shapes.Named | None = None if one.agent_id is None else {"id": one.agent_id, "name": one.agent_name or ""}
    return {"id": one.id, "other": other, "by": by, "at": one.at, "undoable": one.undoable}


def customer(one: people.Customer, suggestions: list[people.Suggestion]) -> shapes.Customer:
    return {
        "id": one.id,
        "version": one.version,
        "name": one.name,
        "attributes": dict(one.attributes),
        "identities": [_identity(each) for each in one.identities],
        "created_at": one.created_at,
        "conversations_open": one.conversations_open,
        "suggestions": [
            {"customer": customer_found(each.customer), "reason": each.reason, "detail": each.detail}
            for each in suggestions
        ],
        "merges": [_merge(each, one.id) for each in one.merges],
        "merged_into": one.merged_into,
    }


def live_customer(one: people.CustomerHead) -> shapes.LiveCustomer:
    return {"id": one.id, "version": one.version, "name": one.name, "merged_into": one.merged_into}


def destination(one: Destination) -> shapes.Destination:
    capabilities, limits, window = one.connector.capabilities, one.limits, one.window
    return {
        "identity_id": one.identity_id,
        "channel_id": one.channel.id,
        "channel_kind": one.channel.kind,
        "kind": one.kind,
        "address": one.address,
        "name": one.name,
        "from": one.sender,
        "usable": one.usable,
        "reason": one.reason,
        "verified": one.verified,
        "default": one.default,
        "limits": {
            "max_bytes": limits.max_bytes,
            "max_text": limits.max_text,
            "max_files": limits.max_files,
            "captioned": None if limits.captioned is None else sorted(limits.captioned),
            "attachments": capabilities.attachments and limits.max_files != 0,
            "subject": capabilities.subject,
            "cc": capabilities.cc,
            "html": capabilities.html,
        },
        "text": {
            "segments": capabilities.segments,
            "max_text": limits.max_text,
            "templates": capabilities.templates,
        },
        "window": None if window is None else {"open": window.open, "closes_at": window.closes_at},
    }


def template(one: TemplateInfo) -> shapes.Template:
    return {
        "id": one.id,
        "name": one.name,
        "language": one.language,
        "body": one.body,
        "variables": dict(one.variables),
        "quick_replies": list(one.quick_replies),
        "approved": one.approved,
        "category": one.category,
    }


def suppression(listed: people.ListedSuppression) -> shapes.Suppression:
    one, identity, by = listed.suppression, listed.identity, listed.by
    return {
        "id": one.id,
        "identity": identity_name(identity),
        "channel_id": one.channel_id,
        "channel": None if listed.channel is None else _channel(listed.channel),
        "reason": one.reason,
        "since": one.since,
        "by": None if by is None else {"id": by[0], "name": by[1]},
    }
