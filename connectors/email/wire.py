"""A raw mail as the hub's own terms. Pure: the same bytes and settings always give the same result."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from connectors.email import address
from connectors.email.authentication import verdict
from connectors.email.mail import ParsedMail, parse_mail
from connectors.email.mail import model as mail_model
from connectors.email.model import EmailSettings
from hub.sdk import (
    Address,
    Attachment,
    Automatic,
    Body,
    DeliveryState,
    Ignored,
    Inbound,
    InvalidAddress,
    Parsed,
    Raw,
    Recipient,
    StatusUpdate,
    Thread,
)

NOWHERE = "unknown.invalid"  # the domain of senders who gave none: never deliverable (RFC 2606)
MAX_HEAD = 256 * 1024
OLDEST_DATE = timedelta(days=7)  # how long a mail may have been under way before its Date is not believed

_XTEXT = re.compile(r"\+([0-9A-F]{2})")
_BOUNCE_STATE: dict[str, DeliveryState] = {
    "delivered": "delivered",
    "delayed": "sent",
    "relayed": "sent",
    "expanded": "sent",
}


def parse(raw: Raw, settings: EmailSettings) -> tuple[Parsed, ...]:
    """Raises ValueError for a mail that the server would not hand over."""
    if "problem" in raw.hint:
        raise ValueError(raw.hint["problem"])
    mail = parse_mail(raw.content)
    own = address.normalise(settings.address)
    sent = raw.hint.get("sent") == "yes"
    if mail.bounce is None and _from_us(mail, own) and _marked_by_us(raw.content, own):
        return (Ignored("This hub sent it itself."),)
    message = _inbound(mail, raw, own, settings, sent=sent)
    if mail.bounce is None or sent:
        return (message,)
    return (_status(mail.bounce, message),)


def _inbound(mail: ParsedMail, raw: Raw, own: str, settings: EmailSettings, *, sent: bool) -> Inbound:
    sender, note = _sender(mail, raw, own, sent=sent)
    envelope = raw.hint.get("envelope_to", "").split()
    to_us = (*mail.delivered_to, *envelope, *(one.address for one in (*mail.to, *mail.cc)))
    token = next(filter(None, (address.token_of(one, own) for one in to_us)), "")
    return Inbound(
        sender=sender,
        occurred_at=_occurred(mail.date, raw.received_at),
        body=Body(mail.reply_text, mail.text if mail.text != mail.reply_text else "", mail.html),
        subject=mail.subject,
        recipients=(*_recipients(mail.to, "to"), *_recipients(mail.cc, "cc")),
        attachments=tuple(
            Attachment(part.filename, part.content_type, part.content, part.inline, part.cid, part.note)
            for part in mail.parts
        ),
        thread=Thread(mail.message_id, _replies_to(mail), token),
        automatic=_automatic(mail, own_sender=sender.value == own and not sent),
        direction="out" if sent else "in",
        data=_data(mail, raw, settings, note),
    )


def _sender(mail: ParsedMail, raw: Raw, own: str, *, sent: bool) -> tuple[Address, str]:
    """Who wrote it, and a note where that is not simply the From address."""
    senders = [_address(one.address, one.name) for one in mail.from_]
    known = [one for one in senders if one is not None]
    if known and known[0].value == own and not sent:
        # A form on a web site writes in our name, and names its visitor in Reply-To.
        for one in mail.reply_to:
            visitor = _address(one.address, one.name)
            if visitor is not None and visitor.value != own and not address.token_of(visitor.value, own):
                return visitor, "Sent in our own name; the writer is taken from Reply-To."
    if known:
        return known[0], ""
    others = [mail.sender.address if mail.sender else "", *(one.address for one in mail.reply_to)]
    for other in (*others, raw.hint.get("envelope_from", "")):
        found = _address(other)
        if found is not None:
            return found, "The mail has no usable From address."
    local = re.sub(r"[^a-z0-9._-]", "", mail.from_[0].address.partition("@")[0].lower())[:64] if mail.from_ else ""
    value = f"{local or ('mailer-daemon' if mail.bounce else 'unknown')}@{NOWHERE}"
    return Address("email", value, value, mail.from_[0].name if mail.from_ else ""), "The mail names no sender."


def _address(shown: str, name: str = "") -> Address | None:
    try:
        return Address("email", address.normalise(shown), shown, name)
    except InvalidAddress:
        return None


def _recipients(addresses: Iterable[mail_model.Address], role: str) -> tuple[Recipient, ...]:
    found = (_address(one.address, one.name) for one in addresses)
    return tuple(Recipient(one, "cc" if role == "cc" else "to") for one in found if one is not None)


def _occurred(date: datetime | None, received: datetime) -> datetime:
    """The Date a sender claims, as long as it is plausible beside the time of arrival."""
    return date if date is not None and received - OLDEST_DATE <= date <= received else received


def _replies_to(mail: ParsedMail) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in (*mail.in_reply_to, *reversed(mail.references)) if one))


def _automatic(mail: ParsedMail, *, own_sender: bool) -> Automatic:
    if mail.bounce is not None:
        return "bounce"
    if mail.auto_submitted or own_sender:
        return "auto"
    return "list" if mail.is_list else "no"


def _data(mail: ParsedMail, raw: Raw, settings: EmailSettings, note: str) -> dict[str, object]:
    authenticated, results = verdict(mail, settings.authserv_id)
    everything: dict[str, object] = {
        "authenticated": authenticated,
        "authentication": results,
        "note": note,
        "folder": raw.hint.get("folder", ""),
        "delivered_to": list(mail.delivered_to),
        "reply_to": [one.address for one in mail.reply_to],
        "date": mail.date.isoformat() if mail.date else "",
        "truncated": raw.hint.get("truncated", ""),
        "charset_problems": list(mail.charset_problems),
        "defects": list(mail.defects),
    }
    if mail.bounce is not None:
        everything["bounce"] = {
            "recipients": list(mail.bounce.recipients),
            "code": mail.bounce.code,
            "action": mail.bounce.action,
            "diagnostic": mail.bounce.diagnostic,
        }
    return {name: value for name, value in everything.items() if value}


def _status(bounce: mail_model.Bounce, otherwise: Inbound) -> StatusUpdate:
    state: DeliveryState = _BOUNCE_STATE.get(bounce.action, "failed")
    recipients = []
    for one in bounce.recipients:
        found = _address(one)
        recipients.append(found.value if found else one)
    return StatusUpdate(
        state=state,
        occurred_at=otherwise.occurred_at,
        attempt=_XTEXT.sub(lambda found: chr(int(found[1], 16)), bounce.envelope_id),
        reference=bounce.message_id,
        recipients=tuple(recipients),
        code=bounce.code,
        reason=_reason(bounce),
        suppress=state == "failed" and bounce.reason == "recipient" and bounce.code.startswith("5"),
        otherwise=otherwise,
    )


_REASONS = {
    "recipient": "The recipient's mail server does not know this address",
    "host": "The recipient's mail server was not found",
    "full": "The recipient's mailbox is full",
    "size": "The mail is too large for the recipient's mail server",
    "policy": "The recipient's mail server refused the mail",
    "system": "The recipient's mail server could not take the mail",
}


def _reason(bounce: mail_model.Bounce) -> str:
    said = f": {bounce.diagnostic}" if bounce.diagnostic else "."
    if bounce.action == "delivered":
        return ""
    if bounce.action == "delayed":
        return f"Not delivered yet, still being tried{said}"
    if bounce.action in ("relayed", "expanded"):
        return "Passed on to a server that does not report further."
    return f"{_REASONS.get(bounce.reason, 'The mail could not be delivered')}{said}"


def _from_us(mail: ParsedMail, own: str) -> bool:
    return any((found := _address(one.address)) is not None and found.value == own for one in mail.from_)


def _marked_by_us(content: bytes, own: str) -> bool:
    """Whether the header says that this channel sent it (see `compose`)."""
    end = re.search(rb"\r?\n\r?\n", content[:MAX_HEAD])
    head = content[: end.start() if end else MAX_HEAD]
    return any(
        found.strip().lower() == own.encode() for found in re.findall(rb"(?im)^X-Loop:[ \t]*([^\r\n]{1,320})", head)
    )
