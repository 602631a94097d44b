"""Models of entries to the shapes of entry_shapes.py."""

from __future__ import annotations

from hub.outbound.steps import next_steps
from hub.timeline import model as timeline
from hub.web.answers import entry_shapes, render


def attachment(one: timeline.Attachment) -> entry_shapes.Attachment:
    return {
        "id": one.id,
        "filename": one.filename,
        "content_type": one.content_type,
        "size": one.size,
        "inline": one.inline,
        "note": one.note,
        "url": f"/api/attachments/{one.id}/content",
    }


def _pending(one: timeline.PendingFile) -> entry_shapes.PendingFile:
    return {
        "id": one.id,
        "filename": one.filename,
        "content_type": one.content_type,
        "size": one.size,
        "state": one.state,
        "reason": one.reason or None,
    }


def _delivery(one: timeline.Delivery) -> entry_shapes.Delivery:
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


def entry(one: timeline.Entry) -> entry_shapes.Entry:
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
        "channel": None if one.channel is None else render.channel(one.channel),
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
