"""What Twilio says about messages, understood. Pure.

A raw is a webhook's form as it came ("incoming", "status") or a message of Twilio's listing as JSON with its media
("list"); its hint says which. One message has one key, whichever way it came.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final, Literal
from urllib.parse import parse_qsl

from connectors.twilio import consent, people
from connectors.twilio.client import API
from connectors.twilio.errors import fault
from hub.sdk import (
    Body,
    DeliveryState,
    Ignored,
    Inbound,
    Parsed,
    Raw,
    Recipient,
    RemoteFile,
    StatusUpdate,
    Thread,
)

Channel = Literal["sms", "whatsapp"]
MAX_MEDIA: Final = 20
SKEW: Final = timedelta(minutes=5)
STATES: Final[Mapping[str, DeliveryState]] = {
    "scheduled": "sent",
    "accepted": "sent",
    "queued": "sent",
    "sending": "sent",
    "sent": "sent",
    "partially_delivered": "sent",
    "delivered": "delivered",
    "read": "read",
    "undelivered": "failed",
    "failed": "failed",
    "canceled": "failed",
}
"""Whatever Twilio has accepted counts as sent: from there on it is Twilio's."""
_EXTENSIONS: Final = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/heic": "heic",
    "video/mp4": "mp4",
    "video/3gpp": "3gp",
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/amr": "amr",
    "audio/aac": "aac",
    "application/pdf": "pdf",
    "text/vcard": "vcf",
    "text/x-vcard": "vcf",
    "text/calendar": "ics",
    "text/plain": "txt",
}


@dataclass(frozen=True, slots=True)
class Message:
    """An incoming message, from a webhook or from a listing."""

    sid: str
    sender: str
    recipient: str
    body: str
    occurred_at: datetime
    media: tuple[tuple[str, str], ...]
    form: Mapping[str, str]


def parse(raw: Raw, channel: Channel) -> Sequence[Parsed]:
    """Raises ValueError and KeyError for what Twilio never sends."""
    hook = raw.hint.get("hook", "")
    if hook == "list":
        return [_listed(raw, channel)]
    form = dict(parse_qsl(raw.content.decode("utf-8"), keep_blank_values=True, max_num_fields=300))
    if hook == "status":
        return [_status(raw, form)]
    return [_inbound(_from_form(form, raw.received_at), channel)]


def status_key(sid: str, status: str, code: str) -> str:
    return f"{sid};{status};{code}"


def _from_form(form: Mapping[str, str], received_at: datetime) -> Message:
    count = min(int(form.get("NumMedia") or 0), MAX_MEDIA)
    return Message(
        sid=form["MessageSid"],
        sender=form["From"],
        recipient=form["To"],
        body=form.get("Body", ""),
        occurred_at=received_at,
        media=tuple((form[f"MediaUrl{one}"], form.get(f"MediaContentType{one}", "")) for one in range(count)),
        form=form,
    )


def _listed(raw: Raw, channel: Channel) -> Parsed:
    found = json.loads(raw.content)
    message = found["message"]
    if message["direction"] != "inbound":
        return _listed_status(message)
    media = tuple((_media_url(one["uri"]), one["content_type"]) for one in found.get("media", ())[:MAX_MEDIA])
    return _inbound(
        Message(
            sid=message["sid"],
            sender=message["from"],
            recipient=message["to"],
            body=message.get("body") or "",
            occurred_at=_when(message.get("date_sent") or message["date_created"]),
            media=media,
            form={},
        ),
        channel,
    )


def _listed_status(message: Mapping[str, Any]) -> StatusUpdate | Ignored:
    state = STATES.get(message["status"])
    if state is None:
        return Ignored(f"The status “{message['status']}” says nothing about a message of ours.")
    code = str(message.get("error_code") or "")
    occurred_at = _when(message.get("date_updated") or message["date_created"])
    return _update(state, message["status"], code, occurred_at, message["sid"], "")


def _status(raw: Raw, form: Mapping[str, str]) -> StatusUpdate | Ignored:
    status = form.get("MessageStatus") or form["SmsStatus"]
    state = STATES.get(status)
    if state is None:
        return Ignored(f"The status “{status}” says nothing about a message of ours.")
    code = form.get("ErrorCode", "")
    return _update(state, status, code, raw.received_at, form["MessageSid"], raw.hint.get("attempt", ""))


def _update(
    state: DeliveryState, status: str, code: str, occurred_at: datetime, sid: str, attempt: str
) -> StatusUpdate:
    reason, kind = "", ""
    if state == "failed":
        number = int(code) if code.isascii() and code.isdigit() else 0
        found = fault(number)
        kind, reason = found.kind, found.reason
        if status == "canceled":
            reason = "It was canceled at Twilio before it went out."
        elif not number:
            reason = "It could not be delivered, and Twilio does not say why."
    return StatusUpdate(
        state=state,
        occurred_at=occurred_at,
        attempt=attempt,
        provider_id=sid,
        code="needs_template" if kind == "template" else code if state == "failed" else "",
        reason=reason,
        suppress=kind == "suppress",
    )


def _inbound(message: Message, channel: Channel) -> Inbound:
    form = message.form
    sender, claims = people.sender(message.sender, form, channel)
    own = people.own(message.recipient, channel)
    data: dict[str, object] = {"sid": message.sid}
    pressed = form.get("ButtonText", "")
    if pressed:
        data["button"] = {"text": pressed, "payload": form.get("ButtonPayload", "")}
    return Inbound(
        sender=sender,
        occurred_at=message.occurred_at,
        body=Body(_text(message.body or pressed, form)),
        recipients=(Recipient(own),),
        thread=Thread(reference=message.sid),
        data=data,
        claims=claims,
        remote=tuple(_file(number, *one) for number, one in enumerate(message.media, 1)),
        consent=consent.word(message.body, form, channel),
    )


def _text(body: str, form: Mapping[str, str]) -> str:
    """The text, and a place that was sent in words: it has no text of its own."""
    if "Latitude" not in form or "Longitude" not in form:
        return body
    place = ", ".join(one for one in (form.get("Label", ""), form.get("Address", "")) if one)
    where = f"{form['Latitude']}, {form['Longitude']}"
    said = f"Location: {place} ({where})" if place else f"Location: {where}"
    return f"{body}\n{said}" if body and body not in (place, form.get("Address")) else said


def _file(number: int, url: str, content_type: str) -> RemoteFile:
    kind = content_type.partition(";")[0].strip().lower() or "application/octet-stream"
    extension = _EXTENSIONS.get(kind, "bin")
    family = kind.partition("/")[0]
    name = f"{family if family in ('image', 'video', 'audio') else 'file'}-{number}.{extension}"
    return RemoteFile(key=url.rstrip("/").rpartition("/")[2], url=url, content_type=kind, filename=name)


def _media_url(uri: str) -> str:
    return API + uri.removesuffix(".json")


def _when(text: str) -> datetime:
    """An RFC 2822 date, as Twilio writes them."""
    found = parsedate_to_datetime(text)
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
