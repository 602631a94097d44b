"""A message of the hub as Twilio takes it, and found again in what Twilio lists. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

from connectors.twilio.errors import fault
from connectors.twilio.line import Line
from connectors.twilio.wire import STATES
from hub.sdk import Outgoing, PermanentSend, Receipt, RecipientResult, SuppressSend

MAX_TEXT: Final = 1600
MAX_FILES: Final = {"sms": 10, "whatsapp": 1}
MAX_BYTES: Final = {"sms": 5 * 1024 * 1024, "whatsapp": 16 * 1024 * 1024}
MAX_PICTURE: Final = 5 * 1024 * 1024
"""Bytes of a picture on WhatsApp."""
CAPTIONED: Final = frozenset(("image/jpeg", "image/jpg", "image/png", "video/mp4"))
"""On WhatsApp text beside any other file gets lost (Twilio's “Accepted content types for media”)."""
_SOONEST: Final = timedelta(seconds=2)
"""Twilio's times have no fractions, and its clock is not quite ours."""
_LATEST: Final = timedelta(minutes=3)


def check(message: Outgoing, line: Line) -> None:
    """Raises PermanentSend for what this kind of channel can never carry."""
    said = (message.subject, message.sender_name, message.reference, *(one.filename for one in message.attachments))
    if any(ord(letter) < 32 or ord(letter) == 127 for text in said for letter in text):
        raise PermanentSend("A name or an id has line breaks or control characters in it.")
    if message.subject:
        raise PermanentSend("A text message has no subject. Put it into the text.")
    if len(message.to) != 1 or message.cc:
        raise PermanentSend("A text message goes to one person.")
    if len(message.text) > MAX_TEXT:
        raise PermanentSend(f"The text is longer than {MAX_TEXT} characters. Shorten it, or send it in two messages.")
    files, most = message.attachments, MAX_FILES[line.channel]
    if files and not line.files:
        raise PermanentSend("This number cannot send files.")
    if len(files) > most:
        one = "WhatsApp takes one file in a message. Send each by itself."
        raise PermanentSend(one if most == 1 else f"At most {most} files fit into one message.")
    if line.channel == "whatsapp":
        _check_file(message)
    size = sum(len(one.content) for one in files)
    if size > MAX_BYTES[line.channel]:
        raise PermanentSend(f"The files are larger than {MAX_BYTES[line.channel] // 1024**2} MB together.")
    if files and message.template is not None:
        raise PermanentSend("A template goes without files.")
    if not message.text.strip() and not files and message.template is None:
        raise PermanentSend("The message is empty.")


def _check_file(message: Outgoing) -> None:
    """Whether WhatsApp takes the file, and the text with it."""
    for file in message.attachments:
        kind = media_type(file.content_type)
        if message.text.strip() and kind not in CAPTIONED:
            raise PermanentSend("On WhatsApp text beside a file of this type gets lost. Send them one after the other.")
        if kind.startswith("image/") and len(file.content) > MAX_PICTURE:
            raise PermanentSend(f"WhatsApp takes pictures of at most {MAX_PICTURE // 1024**2} MB. Make it smaller.")


def media_type(content_type: str) -> str:
    """Without parameters, in small letters."""
    return content_type.partition(";")[0].strip().lower()


def form(message: Outgoing, line: Line, media: Sequence[str], callback: str) -> dict[str, str | Sequence[str]]:
    """The form for Messages.json. `callback` is where Twilio tells what becomes of it, "" for nowhere."""
    fields: dict[str, str | Sequence[str]] = {"To": line.target(message.to[0].value)}
    if line.service:
        fields["MessagingServiceSid"] = line.service
    else:
        fields["From"] = line.target(line.number)
    if message.template is not None:
        fields["ContentSid"] = message.template.id
        fields["ContentVariables"] = json.dumps(dict(message.template.variables), ensure_ascii=False)
    elif message.text.strip():
        fields["Body"] = message.text
    if media:
        fields["MediaUrl"] = list(media)
    if callback:
        fields["StatusCallback"] = callback
    return fields


def find(
    listed: Sequence[Mapping[str, Any]], message: Outgoing, line: Line, started_at: datetime, known: Collection[str]
) -> Receipt | None:
    """The receipt of that message, when it is among those listed, newest first. `known` are ids of other messages."""
    to, matches, others = line.target(message.to[0].value), _same(message.text), {*known, *message.known_ids}
    near = [
        one
        for one in listed
        if one["direction"] != "inbound"
        and one["to"] == to
        and _is_from(one, line)
        and one["sid"] not in others
        and started_at - _SOONEST <= created(one) <= started_at + _LATEST
    ]
    exact = [one for one in near if matches(one.get("body") or "")]
    if exact:
        return receipt(exact[-1], message)
    # How Twilio fills in a template may differ from how the hub shows it by a space.
    return receipt(near[0], message) if message.template is not None and len(near) == 1 else None


def receipt(found: Mapping[str, Any], message: Outgoing) -> Receipt:
    """As it stands by now. Raises SuppressSend for an opt-out."""
    state = STATES.get(found["status"], "sent")
    if state != "failed":
        return Receipt(found["sid"], state)
    code = found.get("error_code") or 0
    known = fault(code)
    if known.kind == "suppress":
        raise SuppressSend(known.reason, code=str(code))
    shown = "needs_template" if known.kind == "template" else str(code)
    return Receipt(found["sid"], "failed", (RecipientResult(message.to[0].value, "failed", shown, known.reason),))


def created(found: Mapping[str, Any]) -> datetime:
    return parsedate_to_datetime(found["date_created"])


def _is_from(found: Mapping[str, Any], line: Line) -> bool:
    """Whether it went out on this channel; a service chooses the number only after it has accepted a message."""
    if line.service and found.get("messaging_service_sid") == line.service:
        return True
    return found.get("from") in line.own


def _same(text: str) -> Callable[[str], bool]:
    wanted = " ".join(text.split())
    return lambda body: " ".join(body.split()) == wanted
