"""`parse_mail`: bytes to a `ParsedMail`."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

from . import automatic, headers, reply
from .bounce import find_bounce
from .charset import clean, decode
from .html_text import QUOTE_MARKERS, Page
from .model import ParsedMail, Part
from .tree import Node, Tree, parse_tree

MAX_TEXT = 2 * 1024 * 1024  # characters of visible text, and of HTML, that are kept; the raw mail has the rest
MAX_FALLBACK = 256 * 1024  # bytes shown of a mail that has no readable part

_NOTES = {
    "application/pgp-signature": "signed (PGP)",
    "application/pgp-encrypted": "encrypted (PGP)",
    "application/pgp-keys": "PGP key",
    "application/pkcs7-signature": "signed (S/MIME)",
    "application/x-pkcs7-signature": "signed (S/MIME)",
    "application/pkcs7-mime": "encrypted (S/MIME)",
    "application/x-pkcs7-mime": "encrypted (S/MIME)",
    "application/ms-tnef": "Outlook data (winmail.dat)",
    "application/vnd.ms-tnef": "Outlook data (winmail.dat)",
    "text/calendar": "calendar",
    "application/ics": "calendar",
    "text/vcard": "contact",
    "text/x-vcard": "contact",
    "text/directory": "contact",
    "message/rfc822": "embedded message",
    "message/global": "embedded message",
    "message/delivery-status": "delivery report",
    "message/global-delivery-status": "delivery report",
    "message/disposition-notification": "read receipt",
    "message/feedback-report": "complaint report",
    "message/partial": "part of a message",
    "message/external-body": "content elsewhere",
    "text/rfc822-headers": "message headers",
    "message/rfc822-headers": "message headers",
}
_BODY_TYPES = frozenset(("text/plain", "text/html"))


@dataclass(slots=True)
class _Unit:
    """What is shown at one place of the mail: one text part, or the alternatives of one text."""

    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    page: Page | None = None

    def laid_out(self) -> Page:
        if self.page is None:
            self.page = Page("\n".join(self.html))
        return self.page

    def text(self) -> str:
        plain = "\n".join(self.plain)
        return plain if plain.strip() or not self.html else self.laid_out().text()

    def markup(self) -> str:
        return "\n".join(self.html) or f'<div style="white-space:pre-wrap">{escape(chr(10).join(self.plain))}</div>'


def parse_mail(raw: bytes) -> ParsedMail:
    """Reads a mail as it was received. Never raises; bounded time and memory; what was wrong is in `defects`."""
    tree = parse_tree(raw)
    root = tree.root
    leaves = [(leaf, around) for leaf, around in tree.leaves()]
    problems: list[str] = []
    units, others = _bodies(leaves, problems)
    markup = "\n".join(unit.markup() for unit in units) if any(unit.html for unit in units) else ""
    text = "\n\n".join(text for unit in units if (text := unit.text().strip("\n")))
    if not text.strip() and not others:
        text = _fallback_text(raw, tree)
    text, markup = _kept(text, "text", tree.defects), _kept(markup, "HTML", tree.defects)
    subject = headers.text(root.first("subject"))
    from_ = headers.addresses(root.fields.get("from", ()))
    to = headers.addresses(root.fields.get("to", ()))
    cc = headers.addresses(root.fields.get("cc", ()))
    delivered_to = automatic.delivered_to(root)
    in_reply_to = headers.ids(root.first("in-reply-to"))
    references = headers.ids(" ".join(root.fields.get("references", ())))
    senders = headers.addresses(root.fields.get("sender", ()))
    bounce = find_bounce(root, [leaf for leaf, _ in leaves], text=text, subject=subject, from_=from_, to=to)
    return ParsedMail(
        from_=from_,
        sender=senders[0] if senders else None,
        reply_to=headers.addresses(root.fields.get("reply-to", ())),
        to=to,
        cc=cc,
        delivered_to=delivered_to,
        subject=subject,
        message_id=headers.message_id(root.first("message-id")),
        in_reply_to=in_reply_to,
        references=references,
        date=headers.date(root.first("date")),
        text=text,
        reply_text=_reply_text(text, units),
        html=markup,
        parts=tuple(_part(leaf, around, markup) for leaf, around in others),
        auto_submitted=bounce is not None or automatic.is_auto_submitted(root, subject),
        is_list=automatic.is_list(root),
        bounce=bounce,
        reply_token=automatic.reply_token([*(one.address for one in (*to, *cc)), *delivered_to]),
        authentication_results=tuple(headers.text(one) for one in root.fields.get("authentication-results", ())),
        charset_problems=tuple(dict.fromkeys(problems)),
        defects=tuple(dict.fromkeys(tree.defects)),
    )


_Leaf = tuple[Node, tuple[Node, ...]]


def _bodies(leaves: list[_Leaf], problems: list[str]) -> tuple[list[_Unit], list[_Leaf]]:
    """What is shown as the text of the mail, in order, and the leaves that are not."""
    units: dict[int, _Unit] = {}
    others: list[_Leaf] = []
    for leaf, around in leaves:
        if not _is_body(leaf, has_body=bool(units)):
            others.append((leaf, around))
            continue
        decoded, problem = leaf.text()
        if problem:
            problems.append(problem)
        alternative = next((one for one in around if one.content_type == "multipart/alternative"), leaf)
        unit = units.setdefault(id(alternative), _Unit())
        (unit.html if leaf.content_type == "text/html" else unit.plain).append(clean(decoded))
    return list(units.values()), others


def _is_body(leaf: Node, *, has_body: bool) -> bool:
    disposition, parameters = leaf.disposition
    if leaf.content_type not in _BODY_TYPES:
        # A multipart that has no parts is the text that stands in its place; a first text of any other kind is one too.
        return leaf.is_multipart or (
            not has_body and leaf.content_type in {"text/enriched", "text/markdown", "text/x-markdown", "text/"}
        )
    if disposition == "attachment":
        return False
    named = bool(parameters.get("filename") or leaf.parameters.get("name"))
    return not (named and (has_body or disposition == "inline"))


def _fallback_text(raw: bytes, tree: Tree) -> str:
    """The mail's own bytes as its text, when no part of it can be read."""
    body = raw[:MAX_FALLBACK].replace(b"\r\n", b"\n").partition(b"\n\n")[2] if tree.root.fields else raw[:MAX_FALLBACK]
    text = clean(decode(body)[0])
    if text.strip():
        tree.defects.append("no readable part: raw text shown")
    return text


def _kept(text: str, name: str, defects: list[str]) -> str:
    if len(text) > MAX_TEXT:
        defects.append(f"{name} cut after {MAX_TEXT} characters")
    return text[:MAX_TEXT]


def _reply_text(text: str, units: list[_Unit]) -> str:
    """The new text: from the HTML where only that shows where the quote begins, else from the plain text."""
    plain = any(part.strip() for unit in units for part in unit.plain)
    trimmed = reply.trim(text)
    with_html = next((unit for unit in units if unit.html), None)
    if with_html is None or (plain and trimmed.quoted):
        return trimmed.text
    lowered = "".join(with_html.html).lower()
    if not any(marker in lowered for marker in QUOTE_MARKERS) or not with_html.laid_out().cut_quotes():
        return trimmed.text
    pieces = (unit.laid_out().text() if unit is with_html else unit.text() for unit in units)
    return reply.trim("\n\n".join(pieces)).text or trimmed.text


def _part(leaf: Node, around: tuple[Node, ...], markup: str) -> Part:
    content_type = leaf.content_type
    disposition, parameters = leaf.disposition
    cid = headers.text(leaf.first("content-id")).strip("<> ")
    content = leaf.content
    filename = parameters.get("filename") or leaf.parameters.get("name") or _name_of_embedded(content_type, content)
    return Part(
        filename=_basename(filename),
        content_type=content_type,
        size=len(content),
        inline=disposition == "inline" or bool(cid and f"cid:{cid}" in markup),
        cid=cid,
        content=content,
        note=_note(leaf, around, filename),
    )


def _basename(filename: str) -> str:
    return filename.replace("\\", "/").rpartition("/")[2].strip()[:255]


def _name_of_embedded(content_type: str, content: bytes) -> str:
    """An embedded message is named by its subject."""
    if content_type not in {"message/rfc822", "message/global"}:
        return ""
    subject = headers.text(parse_tree(content[:MAX_FALLBACK]).root.first("subject"))
    return f"{subject.replace('/', ' ').replace(chr(92), ' ')}.eml" if subject else "message.eml"


def _note(leaf: Node, around: tuple[Node, ...], filename: str) -> str:
    kind = leaf.parameters.get("smime-type", "").lower()
    if "pkcs7-mime" in leaf.content_type and kind.startswith("signed"):
        return "signed (S/MIME)"
    note = _NOTES.get(leaf.content_type, "")
    if not note and around and around[-1].content_type == "multipart/encrypted":
        return "encrypted (PGP)"
    if not note and filename.lower() == "winmail.dat":
        return _NOTES["application/ms-tnef"]
    return note
