"""Models of destinations to the shapes of destination_shapes.py."""

from __future__ import annotations

from hub.outbound.destinations import Destination
from hub.sdk import TemplateInfo
from hub.web.answers import destination_shapes


def destination(one: Destination) -> destination_shapes.Destination:
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


def template(one: TemplateInfo) -> destination_shapes.Template:
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
