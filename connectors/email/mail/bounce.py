"""Delivery reports: by RFC 3464 where a server follows it, then by the detectors of flufl.bounce, then by what
servers write in their own words."""

from __future__ import annotations

import email
import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from flufl.bounce import all_failures

from . import headers
from .bounce_words import (
    CODE_REASONS,
    DAEMON,
    DAEMON_NAME,
    FAILURE,
    ORIGINAL,
    REASONS,
    SUBJECT,
    TEMPORARY,
)
from .charset import clean
from .model import Address, Bounce
from .tree import Node

MAX_TEXT = 128 * 1024  # characters of a mail in which a report is looked for
MAX_REPORT = 16 * 1024  # characters of the report itself; what is longer is the original mail
MAX_CANDIDATES = 50  # lines that may announce the original mail
MAX_FLUFL = 32 * 1024  # bytes given to flufl.bounce
MAX_FLUFL_LINES = 600
# What the standard library's parser and the detectors raise when they meet nonsense.
_FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)

_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&*+/=?^_{|}~.'-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_QUOTED_ADDRESS = re.compile(r'"[^"\s]{1,64}"@[A-Za-z0-9.-]{1,253}')
_LINE_ADDRESS = re.compile(
    r"^[ \t*>•-]{0,12}<?([^\s<>@,;:()\"]{1,64}@[^\s<>@,;:()\"\[\]]{1,253}?)>?(?=[\s:,;(]|$|\.{3})", re.MULTILINE
)
_RCPT = re.compile(r"rcpt to:\s*<([^<>\s]{1,320})>", re.IGNORECASE)
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,2})\.(\d{1,3})(?![\d.]\d|\d)")
_REPLY = re.compile(r"(?<![\d.\w-])([45])\d\d(?=[ \-:;)\]]|$)", re.MULTILINE)
_FIELD = re.compile(r"^([A-Za-z][A-Za-z-]{1,60})[ \t]*:[ \t]*(.*(?:\n[ \t]+.*){0,40})", re.MULTILINE)
_FINAL_RECIPIENT = re.compile(r"^final-recipient[ \t]*:", re.IGNORECASE | re.MULTILINE)
_REMOTE_CODE = re.compile(r"(?<![\d.])([45])\d\d[ -](\1\.\d{1,2}\.\d{1,3})(?![\d.]\d|\d)")
_MESSAGE_ID = re.compile(r"^[ \t>]{0,8}message-id[ \t]*:\s{0,8}<([^<>\s]{1,500})>", re.IGNORECASE | re.MULTILINE)
_HEADER_LINE = re.compile(
    r"[ \t]{0,8}(?:return-path|received|from|to|subject|date|message-id|mime-version|content-type|dkim-signature|"
    r"x-[\w-]+):",
    re.IGNORECASE,
)
_TO_LINE = re.compile(r"^[ \t]{0,8}(?:x-)?(?:original-|envelope-)?to[ \t]*:(.{1,2000})", re.IGNORECASE | re.MULTILINE)
_SPACE = re.compile(r"\s+")
_ORIGINAL_TYPES = frozenset(("message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global",
                             "message/global-headers"))  # fmt: skip
_REPORT_TYPES = frozenset(("message/delivery-status", "message/global-delivery-status"))


_ASCII = bytes(code if code < 128 else ord("?") for code in range(256))  # the detectors trip over anything else
# They log what they raise with its traceback, once for every broken mail.
logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class _Recipient:
    addresses: tuple[str, ...]
    action: str
    status: str
    diagnostic: str


@dataclass(frozen=True, slots=True)
class _Report:
    """A mail that may be a report: the server's words, and the original mail that follows them as text."""

    root: Node
    leaves: tuple[Node, ...]
    subject: str
    words: str
    original: str


def find_bounce(
    root: Node,
    leaves: Iterable[Node],
    *,
    text: str,
    subject: str,
    from_: tuple[Address, ...],
    to: tuple[Address, ...],
) -> Bounce | None:
    """What the mail reports about another mail; None when it is no report."""
    leaves = tuple(leaves)
    declared = root.parameters.get("report-type", "").lower() == "delivery-status"
    suspicious = declared or _from_daemon(root, from_) or "x-failed-recipients" in root.fields
    statuses = [leaf for leaf in leaves if leaf.content_type in _REPORT_TYPES]
    if not (suspicious or statuses or SUBJECT.search(subject.casefold())):
        return None
    text = text[:MAX_TEXT]
    words, original = _split_report(text)
    envelope = ""
    recipients: list[_Recipient] = []
    if statuses:
        envelope, recipients = _read_fields("\n\n".join(clean(one.text()[0])[:MAX_TEXT] for one in statuses))
    elif suspicious and (shown := _FINAL_RECIPIENT.search(text)):  # a broken mail shows the fields as text
        envelope, recipients = _read_fields(text)
        original = text[shown.end() :]
    report = _Report(root, leaves, subject, words[:MAX_REPORT], original)
    if recipients:
        return _from_fields(envelope, recipients, report)
    return _from_words(report, to, suspicious=suspicious)


def _from_daemon(root: Node, from_: tuple[Address, ...]) -> bool:
    if from_:
        return any(DAEMON.match(one.address.lower()) for one in from_)
    return DAEMON_NAME.search(headers.text(root.first("from")).lower()) is not None  # "Mail Delivery System <>"


# ---------------------------------------------------------------- RFC 3464
def _blocks(content: str) -> Iterator[dict[str, str]]:
    for block in re.split(r"\n[ \t]*\n", content.strip()):
        fields: dict[str, str] = {}
        for name, value in _FIELD.findall(block):
            fields.setdefault(name.lower(), _SPACE.sub(" ", value).strip())
        if fields:
            yield fields


def _read_fields(content: str) -> tuple[str, list[_Recipient]]:
    envelope = ""
    found: list[_Recipient] = []
    for fields in _blocks(content):
        envelope = envelope or fields.get("original-envelope-id", "")
        addresses = [
            address
            for name in ("original-recipient", "final-recipient", "x-actual-recipient")
            if (address := _typed_address(fields.get(name, "")))
        ]
        if not addresses:
            continue
        status = _STATUS.search(fields.get("status", ""))
        found.append(
            _Recipient(
                tuple(dict.fromkeys(addresses)),
                fields.get("action", "").split(" ")[0].lower().strip(";,.()"),
                status[0] if status else "",
                fields.get("diagnostic-code", "")[:MAX_REPORT],
            )
        )
    return envelope, found


def _typed_address(value: str) -> str:
    """The address of `rfc822; ann@example.org`."""
    _, semicolon, address = value.rpartition(";")
    found = _QUOTED_ADDRESS.search(address) or _ADDRESS.search(address)
    if found:
        return found[0]
    address = address.strip(" <>")
    return address if semicolon and "@" in address else ""


def _from_fields(envelope: str, recipients: list[_Recipient], report: _Report) -> Bounce:
    order = ("failed", "delayed", "delivered", "relayed", "expanded")
    worst = min(recipients, key=lambda one: order.index(one.action) if one.action in order else 0)
    action = worst.action if worst.action in order else "delayed" if worst.status.startswith("4") else "failed"
    same = [one for one in recipients if one.action == worst.action]
    diagnostic = " ".join(one.diagnostic for one in same if one.diagnostic)
    code = _best_code(worst.status, worst.diagnostic or report.words, action)
    return Bounce(
        recipients=tuple(dict.fromkeys(address for one in same for address in one.addresses)),
        code=code,
        reason=_reason(code, worst.diagnostic, report.words),
        action=action,
        envelope_id=envelope,
        message_id=_original_id(report),
        diagnostic=diagnostic[:2_000],
    )


# ---------------------------------------------------------------- servers' own words
def _from_words(report: _Report, to: tuple[Address, ...], *, suspicious: bool) -> Bounce | None:
    if not _sounds_like_a_report(report, suspicious=suspicious):
        return None
    recipients = (
        _addresses(headers.text(report.root.first("x-failed-recipients")))
        or _flufl(report.root)
        or _named_in(report.words, {one.address.lower() for one in to})
        or _recipients_of(report)
    )
    if not recipients:
        return None
    action = "delayed" if TEMPORARY.search(_flat(report.words)) else "failed"
    code = _best_code("", report.words, action)
    return Bounce(
        recipients=recipients,
        code=code,
        reason=_reason(code, report.words, report.subject),
        action=action,
        envelope_id="",
        message_id=_original_id(report),
        diagnostic=report.words.strip()[:2_000],
    )


def _sounds_like_a_report(report: _Report, *, suspicious: bool) -> bool:
    coded = _STATUS.search(report.words) is not None or _REPLY.search(report.words) is not None
    if suspicious:
        said = FAILURE.search(_flat(report.words)) or SUBJECT.search(report.subject.casefold())
        return coded or said is not None
    # People, too, write that a mail was not delivered, and companies are called Mail Delivery.
    named = DAEMON_NAME.search(headers.text(report.root.first("from")).lower()) is not None
    return (coded and bool(report.original)) or (named and (coded or bool(report.original)))


def _flufl(root: Node) -> tuple[str, ...]:
    source = b"\n".join(root.raw[:MAX_FLUFL].translate(_ASCII).split(b"\n", MAX_FLUFL_LINES)[:MAX_FLUFL_LINES])
    # Third-party detectors over hostile text: what they raise says only that they found nothing.
    with suppress(*_FAULTS):
        temporary, permanent = all_failures(email.message_from_bytes(source))
        found = sorted(one.decode("ascii", "ignore") for one in (permanent or temporary))
        return tuple(address for one in found if (address := _typed_address(one)))
    return ()


def _named_in(report: str, own: set[str]) -> tuple[str, ...]:
    """The addresses that a report is about: those at the start of a line, else after RCPT TO, else any."""
    for found in (_LINE_ADDRESS.findall(report), _RCPT.findall(report), _ADDRESS.findall(report)):
        named = [address.strip(".<>'\"") for address in found]
        others = [one for one in named if one.lower() not in own and not DAEMON.match(one.lower())]
        if others:
            return tuple(dict.fromkeys(others))
    return ()


def _recipients_of(report: _Report) -> tuple[str, ...]:
    for content in (*_originals(report), report.original):
        match = _TO_LINE.search(content)
        if match and (found := _addresses(match[1])):
            return found
    return ()


def _addresses(value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_ADDRESS.findall(value)))


# ---------------------------------------------------------------- both
def _flat(report: str) -> str:
    return _SPACE.sub(" ", report[:MAX_REPORT]).casefold()


def _split_report(text: str) -> tuple[str, str]:
    """The server's words, and the original mail behind them."""
    candidates = islice(ORIGINAL.finditer(text), MAX_CANDIDATES)
    marked = next((match for match in candidates if _headers_follow(text, match.end())), None)
    if marked:
        return text[: marked.start()], text[marked.end() :]
    position = 0
    run = 0
    start = 0
    for line in text.splitlines(keepends=True):
        if _HEADER_LINE.match(line):
            start = position if run == 0 else start
            run += 1
            if run == 3:
                return text[:start], text[start:]
        elif not (run and line[:1] in " \t" and line.strip()):
            run = 0
        position += len(line)
    return text, ""


def _headers_follow(text: str, position: int) -> bool:
    following = [line for line in text[position : position + 2_000].splitlines() if line.strip(" -*=_.:")][:4]
    return any(_HEADER_LINE.match(line) for line in following)


def _originals(report: _Report) -> Iterator[str]:
    for leaf in report.leaves:
        if leaf.content_type in _ORIGINAL_TYPES:
            yield clean(leaf.text()[0][:MAX_TEXT])


def _original_id(report: _Report) -> str:
    """The Message-ID of the mail that is reported on."""
    parts = report.leaves[1:]
    texts = (clean(leaf.text()[0][:MAX_TEXT]) for leaf in parts if leaf.content_type.startswith("text/"))
    for content in (*_originals(report), report.original or report.words, *texts):
        found = _MESSAGE_ID.search(content)
        if found:
            return found[1]
    for leaf in parts:  # the header of the original became that of a part
        if leaf.first("message-id"):
            return headers.message_id(leaf.first("message-id"))
    for name in ("x-original-message-id", "in-reply-to", "references"):
        ids = headers.ids(report.root.first(name))
        if ids:
            return ids[-1]
    return ""


def _best_code(status: str, said: str, action: str) -> str:
    """The most telling enhanced status: what the remote server said, then the report's own; a generic one (x.0.0)
    yields to one of its class in the words."""
    remote = _REMOTE_CODE.search(said)
    if remote and not remote[2].endswith(".0.0"):
        return remote[2]
    if status and not status.endswith(".0"):
        return status
    found = [match[0] for match in _STATUS.finditer(said)]
    telling = (code for code in found if not code.endswith(".0.0") and (not status or code[0] == status[0]))
    if code := next(telling, status or (found[0] if found else "")):
        return code
    reply = _REPLY.search(said)
    if reply and action != "delayed":
        return f"{reply[1]}.0.0"
    return {"failed": "5.0.0", "delayed": "4.0.0"}.get(action, "2.0.0")


def _reason(code: str, *said: str) -> str:
    """Why, by the words that are closest to the cause, then by the code."""
    known = CODE_REASONS.get(code.partition(".")[2], "")
    vague = code.endswith(".0") or ".5." in code
    for nearest, words in enumerate(said):
        if nearest and known and not vague:
            return known
        flat = _flat(words)
        for reason, pattern in REASONS:
            if flat and pattern.search(flat):
                return reason
    return known or "system"
