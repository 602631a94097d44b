"""Header values as mailers really write them: encoded words, addresses, ids, parameters and dates, each linear in
the length of its header and none of them ever raising."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from .charset import clean, decode, guess
from .model import Address

MAX_VALUE = 65_536  # characters of one header that are looked at
MAX_ADDRESSES = 1_000  # of one header

_WORD = re.compile(r"=\?([^?*\s]{1,60})(?:\*[^?\s]{0,40})?\?([bq])\?", re.IGNORECASE)
_Q_ESCAPE = re.compile(rb"=([0-9A-Fa-f]{2})")
_SPACE = re.compile(r"\s+")
_ANGLED_ID = re.compile(r"<([^<>]{1,998})>")
_ADDRESS_TOKEN = re.compile(r'"(?:[^"\\]|\\.){0,1000}+"?|\([^()]{0,500}\)|<[^<>]{0,500}>|[,;:]|[^",;:(<]+|.', re.DOTALL)
_ANGLED_ADDRESS = re.compile(r"^(.*?)<\s*([^<>\s]+@[^<>\s]+)\s*>", re.DOTALL)
_QUOTED_LOCAL_PART = re.compile(r'"[^"]{1,64}"@[^\s"<>@]+')
_PARAMETER = re.compile(r';\s*([^\s=;"]{1,80})\s*=\s*("(?:[^"\\]|\\.){0,4000}"?|[^;]{0,4000})', re.DOTALL)
_SECTION = re.compile(r"([^*]+)\*(?:(\d{1,3})\*?)?")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_PERCENT = re.compile(rb"%([0-9A-Fa-f]{2})")


def as_bytes(value: str) -> bytes:
    """The bytes of a piece of mail that was read as ASCII with escaped surrogates."""
    return value.encode("utf-8", "surrogateescape")


def text(value: str) -> str:
    """A header value as people read it: unfolded, encoded words and raw 8-bit bytes decoded."""
    value = value[:MAX_VALUE]
    if not value.isascii():
        value = guess(as_bytes(value))[0]
    if "=?" in value:
        value = _decode_words(value)
    return _SPACE.sub(" ", clean(value)).strip()


def _decode_words(value: str) -> str:
    out: list[str] = []
    pending: list[bytes] = []  # neighbours of one charset: mailers split them inside a character
    pending_charset = ""
    position = 0

    def flush() -> None:
        if pending:
            out.append(decode(b"".join(pending), pending_charset)[0])
            pending.clear()

    while (match := _WORD.search(value, position)) is not None:
        between = value[position : match.start()]
        charset = match[1].lower()
        if between.strip() or not pending or charset != pending_charset:
            flush()
            if between.strip() or not out or position == 0:
                out.append(between)
        end = value.find("?=", match.end())
        if end < 0:  # cut off: the word goes to the end
            end = len(value)
        pending_charset = charset
        pending.append(_word_bytes(match[2].lower(), value[match.end() : end]))
        position = end + 2
    flush()
    out.append(value[position:])
    return "".join(out)


def _word_bytes(encoding: str, word: str) -> bytes:
    raw = word.encode("utf-8", "surrogateescape")
    if encoding == "b":
        return base64_bytes(raw)
    return _Q_ESCAPE.sub(lambda match: bytes((int(match[1], 16),)), raw.replace(b"_", b" "))


def base64_bytes(raw: bytes | memoryview) -> bytes:
    """Base64 with whatever is not of its alphabet left out, and its padding repaired."""
    try:
        return binascii.a2b_base64(raw)
    except binascii.Error:
        digits = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
        digits = digits[: len(digits) - 1] if len(digits) % 4 == 1 else digits
        return binascii.a2b_base64(digits + b"=" * (-len(digits) % 4))


def addresses(values: Iterable[str]) -> tuple[Address, ...]:
    """The mailboxes of address headers, group names left out; what holds no address at all is left out too."""
    found: list[Address] = []
    for value in values:
        pieces: list[str] = []
        for piece in _ADDRESS_TOKEN.findall(value[:MAX_VALUE]):
            if piece == ":" and not any("@" in before for before in pieces):
                pieces = []  # the name of a group
            elif piece in {",", ";"}:
                found += _mailbox(pieces)
                pieces = []
            else:
                pieces.append(piece)
            if len(found) >= MAX_ADDRESSES:
                return tuple(found)
        found += _mailbox(pieces)
    return tuple(found)


def _mailbox(pieces: list[str]) -> list[Address]:
    angled = [piece for piece in pieces if piece.startswith("<") and len(piece) > 1]
    comments = [piece[1:-1] for piece in pieces if piece.startswith("(") and len(piece) > 1]
    words = [piece for piece in pieces if not piece.startswith(("<", "("))]
    if angled:
        address = text(angled[-1][1:-1])
        name = text("".join(_unquoted(word) for word in words))
        if not address and "@" in name and " " not in name:
            address, name = name, ""
    else:
        joined = text("".join(words))
        inside = _ANGLED_ADDRESS.match(joined)  # the whole mailbox was one encoded word
        if _QUOTED_LOCAL_PART.fullmatch(joined):
            name, address = "", joined
        elif inside:
            name, address = inside[1].strip(' "'), inside[2]
        elif "@" in joined:
            *before, address = joined.split()
            if "@" not in address:
                address = next(word for word in joined.split() if "@" in word)
                before = []
            name = " ".join(before).strip(' "')
        else:
            return []
    if not address.startswith('"'):
        address = address.removeprefix("mailto:").strip(" '\"<>").replace(" ", "")
    if "@" not in address:
        return []
    if not name and comments:
        name = text(comments[-1])
    return [Address(name.strip(" '") if name.startswith("'") else name, address)]


def _unquoted(word: str) -> str:
    if word.startswith('"'):
        return _ESCAPED.sub(r"\1", word.strip('"') if len(word) > 1 else "")
    return word


def ids(value: str) -> tuple[str, ...]:
    """The message ids of a header, in order, without brackets; also those of mailers that leave the brackets out."""
    value = value[:MAX_VALUE]
    angled = [_SPACE.sub("", found) for found in _ANGLED_ID.findall(value)]
    found = angled or [word.strip("<>,;") for word in value.split() if "@" in word]
    return tuple(dict.fromkeys(clean(guess(as_bytes(one))[0]) for one in found if one))


def message_id(value: str) -> str:
    """The Message-ID, '' when missing. An id that is nothing but text is kept as it is."""
    return (ids(value) or (text(value).strip("<>"),))[0]


def date(value: str) -> datetime | None:
    """The date in UTC; None when it cannot be read. A date without a zone counts as UTC."""
    try:
        when = parsedate_to_datetime(text(value))
        return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def parameters(value: str) -> tuple[str, dict[str, str]]:
    """A structured header's main value (lower case) and its parameters: RFC 2231 continuations and charsets joined,
    encoded words in them decoded."""
    value = value[:MAX_VALUE]
    main, semicolon, rest = value.partition(";")
    plain: dict[str, str] = {}
    sections: dict[str, dict[int, tuple[bool, str]]] = {}
    for name, raw in _PARAMETER.findall(semicolon + rest) if semicolon else ():
        content = _ESCAPED.sub(r"\1", raw[1:].removesuffix('"')) if raw.startswith('"') else raw.strip()
        section = _SECTION.fullmatch(name)
        if section:
            extended = name.endswith("*")
            sections.setdefault(section[1].lower(), {})[int(section[2] or 0)] = (extended, content)
        else:
            plain.setdefault(name.lower(), text(content))
    for name, pieces in sections.items():
        plain[name] = _extended(pieces)
    return clean(main.strip().lower()), plain


def _extended(pieces: dict[int, tuple[bool, str]]) -> str:
    charset = ""
    joined = b""
    for number, (extended, content) in sorted(pieces.items()):
        encoded = content
        if number == min(pieces) and extended and content.count("'") >= 2:
            charset, _, encoded = content.split("'", 2)
        raw = as_bytes(encoded)
        joined += _PERCENT.sub(lambda match: bytes((int(match[1], 16),)), raw) if extended else raw
    return _SPACE.sub(" ", clean(decode(joined, charset)[0])).strip()
