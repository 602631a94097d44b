"""Lets the mail parser be scored by a program that calls `parse(raw) -> dict`. No part of the product."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from connectors.email.mail import Part, parse_mail
from hub.inbound.sanitise import sanitise_html


def parse(raw: bytes) -> dict[str, Any]:
    mail = parse_mail(raw)
    sender = mail.from_[0] if mail.from_ else None
    bounce = mail.bounce if mail.bounce and mail.bounce.action in {"failed", "delayed"} else None
    return {
        "from_addr": sender.address if sender else "",
        "from_name": sender.name if sender else "",
        "to": [one.address for one in mail.to],
        "cc": [one.address for one in mail.cc],
        "subject": mail.subject,
        "message_id": mail.message_id,
        "in_reply_to": list(mail.in_reply_to),
        "references": list(mail.references),
        "date": mail.date,
        "text": mail.text,
        "reply_text": mail.reply_text,
        "html": sanitise_html(mail.html).html,
        "attachments": [_attachment(part) for part in mail.parts],
        "auto_submitted": mail.auto_submitted,
        "is_list": mail.is_list,
        "is_bounce": bounce is not None,
        "bounce_recipient": list(bounce.recipients) if bounce else [],
        "bounce_code": bounce.code if bounce else "",
        "bounce_reason": bounce.reason if bounce else "",
        "bounce_message_id": bounce.message_id if bounce else "",
        "reply_token": mail.reply_token,
        "charset_problems": list(mail.charset_problems),
    }


def _attachment(part: Part) -> dict[str, Any]:
    textual = part.content_type.startswith(("text/", "message/"))
    return {
        "filename": part.filename,
        "content_type": part.content_type,
        "size": part.size,
        "inline": part.inline,
        "cid": part.cid,
        "text": part.content.decode("utf-8", "replace") if textual else "",
    }
