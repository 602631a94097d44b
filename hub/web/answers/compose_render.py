"""Models of the composer to the shapes of compose_shapes.py."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hub.compose import model as compose
from hub.desk.brands import model as brands
from hub.desk.drafts import model as drafts
from hub.desk.macros import model as macros
from hub.desk.mentions import model as mentions
from hub.desk.replies import model as replies
from hub.web.answers import compose_shapes as shapes
from hub.web.answers import destination_render, entry_render


def canned_reply(one: replies.CannedReply) -> shapes.CannedReply:
    return {
        "id": one.id,
        "name": one.name,
        "shortcut": one.shortcut,
        "scope": one.scope,
        "owner_id": one.owner_id,
        "team_id": one.team_id,
        "texts": dict(one.texts),
        "attachments": [entry_render.attachment(each) for each in one.attachments],
    }


def rendered(one: replies.Rendered) -> shapes.Rendered:
    files = [entry_render.attachment(each) for each in one.attachments]
    return {"text": one.text, "html": one.html, "lang": one.lang, "attachments": files}


def macro(one: macros.Macro) -> shapes.Macro:
    return {
        "id": one.id,
        "name": one.name,
        "scope": one.scope,
        "owner_id": one.owner_id,
        "team_id": one.team_id,
        "reply_id": one.reply_id,
        "change": dict(one.change),
    }


def brand(one: brands.Brand) -> shapes.Brand:
    return {
        "id": one.id,
        "name": one.name,
        "signature_html": one.signature_html,
        "channel_ids": list(one.channel_ids),
    }


def signature(one: brands.Signature) -> shapes.Signature:
    return {"brand": one.brand or None, "text": one.text, "html": one.html if one.brand else ""}


def draft(one: drafts.Draft) -> shapes.Draft:
    content: Mapping[str, Any] = one.content
    return {
        "conversation_id": one.conversation_id,
        "version": one.version,
        "content": {
            "mode": content["mode"],
            "text": content["text"],
            "note": content["note"],
            "html": content["html"],
            "subject": content["subject"],
            "cc": content["cc"],
            "to": content["to"],
            "template": content["template"],
            "mentions": content["mentions"],
        },
        "attachments": [entry_render.attachment(each) for each in one.attachments],
        "updated_at": one.updated_at,
    }


def scheduled(one: compose.Scheduled) -> shapes.Scheduled:
    message = one.message
    template = message.template
    return {
        "id": one.id,
        "version": one.version,
        "conversation_id": message.conversation_id,
        "agent": {"id": message.agent_id or 0, "name": one.agent_name},
        "to_identity_id": message.identity_id,
        "channel_id": message.channel_id,
        "address": one.address,
        "cc": list(message.cc),
        "subject": message.subject or None,
        "text": message.text,
        "html": message.html or None,
        "template": None if template is None else destination_render.template(template.info),
        "variables": {} if template is None else dict(template.variables),
        "attachments": [entry_render.attachment(each) for each in one.attachments],
        "hold": one.hold,
        "send_at": one.send_at,
        "state": one.state,
        "code": one.code or None,
        "reason": one.reason or None,
        "entry_id": one.entry_id,
        "created_at": one.created_at,
    }


def mention(one: mentions.Mention) -> shapes.Mention:
    return {
        "entry_id": one.entry_id,
        "conversation_id": one.conversation_id,
        "customer": one.customer_name,
        "by": None if one.author_id is None else {"id": one.author_id, "name": one.author_name},
        "text": one.text,
        "at": one.at,
    }
