"""An outgoing message as MIME bytes: 7-bit safe, CRLF, and no header that a value could break out of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from connectors.email import address
from connectors.email.model import EmailSettings
from hub.sdk import Attachment, Outgoing, PermanentSend

MAX_BYTES = 25 * 1024 * 1024  # of text and attachments, before the third that encoding adds
MAX_REFERENCES = 40  # the first one and the latest are kept, as RFC 5537 advises

_BREAKS = re.compile(r"[\r\n\0]")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")
_ID = re.compile(r"[!-;=?-~]{1,900}")  # customers' programs make up worse ones: those are left out
_TYPE = re.compile(r"([a-z0-9!#$&^_.+-]{1,80})/([a-z0-9!#$&^_.+-]{1,80})")


def reference(settings: EmailSettings, token: str) -> str:
    """The Message-ID without its brackets."""
    return f"{token}@{address.normalise(settings.address).rpartition('@')[2]}"


def needs_utf8(message: Outgoing, settings: EmailSettings) -> bool:
    """Whether an address has letters that only a server with SMTPUTF8 can carry."""
    everyone = (settings.address.rpartition("@")[0], *(one.value for one in (*message.to, *message.cc)))
    return not all(one.isascii() for one in everyone)


def compose(message: Outgoing, settings: EmailSettings, now: datetime) -> bytes:
    """The whole mail, header and body, with CRLF. Raises PermanentSend for a value that no header may hold."""
    own = address.normalise(settings.address)
    utf8 = needs_utf8(message, settings)
    if not _ID.fullmatch(message.reference):
        raise PermanentSend("The Message-ID made for this message is malformed. Write it again.")
    if sum(map(len, (message.text, message.html, *(one.content for one in message.attachments)))) > MAX_BYTES:
        raise PermanentSend("The message is larger than 25 MB. Leave out an attachment, or send it another way.")
    if _BREAKS.search(message.sender_name):
        raise PermanentSend("The sender's name contains a line break. Correct it and send again.")
    name = settings.from_name or message.sender_name
    head = [
        _line("Date", format_datetime(now)),
        _line("Message-ID", _ids([message.reference])),
        _line("From", _mailboxes([(name, own)], utf8=utf8)),
        _line("To", _mailboxes(((one.name, one.value) for one in message.to), utf8=utf8)),
        _line("Cc", _mailboxes(((one.name, one.value) for one in message.cc), utf8=utf8)),
        _line("Subject", _words(message.subject, "Subject")),
        _line("In-Reply-To", _ids(one for one in message.replies_to[:1] if _ID.fullmatch(one))),
        _line("References", _ids(_references(message.replies_to))),
        _line("X-Loop", own),
    ]
    if settings.plus_addressing and message.token:
        reply_to = address.with_token(own, message.token)
        head.append(_line("Reply-To", _mailboxes([(name, reply_to)], utf8=utf8)))
    if message.automatic:
        head += [_line("Auto-Submitted", "auto-replied"), _line("X-Auto-Response-Suppress", "All")]
    return "".join(head).encode() + _body(message)


def _line(name: str, value: str) -> str:
    if _BREAKS.search(value.replace("\r\n ", "")):
        raise PermanentSend(f"The {name} of this message contains a line break. Take it out and send again.")
    return f"{name}: {value}\r\n" if value else ""


def _ids(ids: Iterable[str]) -> str:
    return "\r\n ".join(f"<{one}>" for one in ids)


def _references(replies_to: tuple[str, ...]) -> tuple[str, ...]:
    oldest_first = tuple(one for one in reversed(replies_to) if _ID.fullmatch(one))
    if len(oldest_first) <= MAX_REFERENCES:
        return oldest_first
    return (oldest_first[0], *oldest_first[1 - MAX_REFERENCES :])


def _words(text: str, header: str) -> str:
    """Unstructured text, folded; encoded words where it is not plain ASCII."""
    if _BREAKS.search(text):
        raise PermanentSend(f"The {header} of this message contains a line break. Take it out and send again.")
    text = text.strip()
    plain = text.isascii() and "=?" not in text and all(len(word) < 70 for word in text.split(" "))
    encoded = Header(text, "us-ascii" if plain else "utf-8", header_name=header, maxlinelen=76).encode()
    return encoded.replace("\r\n", "\n").replace("\n", "\r\n")


def _mailboxes(mailboxes: Iterable[tuple[str, str]], *, utf8: bool) -> str:
    shown = []
    for name, value in mailboxes:
        if _BREAKS.search(name + value) or re.search(r"[\s<>,]", value):
            raise PermanentSend("An address of this message is malformed. Check whom it goes to.")
        if not name.strip():
            shown.append(value if utf8 or value.isascii() else "")
        elif name.isascii():
            quoted = name if _PLAIN_NAME.fullmatch(name) else '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'
            shown.append(f"{quoted} <{value}>")
        else:
            shown.append(f"{_words(name, 'Name')} <{value}>")
    return ",\r\n ".join(shown)


def _body(message: Outgoing) -> bytes:
    mime = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    mime.set_content(message.text or "\n", cte="quoted-printable")
    attached = list(message.attachments)
    if message.html:
        mime.add_alternative(message.html, subtype="html", cte="quoted-printable")
        html = mime.get_payload()[1]  # type: ignore[index]
        for one in [one for one in attached if one.inline and one.cid]:
            attached.remove(one)
            maintype, subtype = _type(one)
            html.add_related(  # type: ignore[union-attr]
                one.content,
                maintype,
                subtype,
                cid=f"<{_checked(one.cid)}>",
                filename=_filename(one),
                disposition="inline",
            )
    for one in attached:
        maintype, subtype = _type(one)
        mime.add_attachment(one.content, maintype, subtype, filename=_filename(one))
    return mime.as_bytes()


def _type(attachment: Attachment) -> tuple[str, str]:
    """A mail inside a mail may not be base64, so whatever is not a plain leaf goes out as a plain file."""
    found = _TYPE.fullmatch(attachment.content_type.partition(";")[0].strip().lower())
    if found is None or found[1] in ("message", "multipart"):
        return "application", "octet-stream"
    return found[1], found[2]


def _checked(text: str) -> str:
    if _BREAKS.search(text) or re.search(r"[<>\s]", text):
        raise PermanentSend("The id of an inline image is malformed. Insert the image again.")
    return text


def _filename(attachment: Attachment) -> str:
    if _BREAKS.search(attachment.filename):
        raise PermanentSend("The name of an attachment contains a line break. Rename it and attach it again.")
    return attachment.filename or "attachment"
