"""Bytes to MIME leaves: the standard library's parser, kept from descending, growing or raising without limit."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email._policybase import Compat32
from email.feedparser import BytesFeedParser
from email.message import Message
from functools import cached_property
from typing import TYPE_CHECKING

from . import headers
from .charset import decode

MAX_MESSAGE = 64 * 1024 * 1024  # bytes; what is longer is cut
MAX_HEADER = 256 * 1024  # bytes of the mail's own header; real ones stay under 64 KiB
MAX_PARTS = 1_000
MAX_DEPTH = 40  # of multiparts in multiparts; each costs the parser one check a line
CHUNK = 64 * 1024

_HEADER_END = re.compile(rb"\r?\n\r?\n")
_FIRST_BOUNDARY = re.compile(r"^--([^\r\n]{1,200}?)[ \t]*\r?\nContent-", re.MULTILINE | re.IGNORECASE)
_TRANSPORT_LINE = re.compile(rb"\s*(?:>?From [^\r\n]*\r?\n)?")
# What a parser meeting nonsense raises; everything else is a bug that shall be seen.
PARSER_FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class TooLarge(ValueError):
    """The mail has more parts, or deeper ones, than anybody writes."""


class RawHeaders(Compat32):
    """compat32, handing out header values as they were sent (its own would wrap some in `Header` objects)."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return value


POLICY = RawHeaders()

if TYPE_CHECKING:
    RawMessage = Message[str, str]  # generic in the type stubs only
else:
    RawMessage = Message


@dataclass(slots=True)
class Growth:
    """How many parts a mail has so far."""

    parts: int = 0


class Node(RawMessage):
    """A part that reads its own content type, and shows embedded messages to the parser as leaves."""

    def __init__(self, growth: Growth) -> None:
        super().__init__(POLICY)
        self.growth = growth
        self.depth = 0

    def attach(self, payload: Node) -> None:  # type: ignore[override]
        self.growth.parts += 1
        payload.depth = self.depth + 1
        super().attach(payload)  # type: ignore[arg-type]
        if self.growth.parts > MAX_PARTS:
            raise TooLarge(f"more than {MAX_PARTS} parts")
        if payload.depth > MAX_DEPTH:
            raise TooLarge(f"parts nested more than {MAX_DEPTH} deep")

    @cached_property
    def fields(self) -> dict[str, list[str]]:
        """Raw header values by lower-case name, in order."""
        found: dict[str, list[str]] = {}
        for name, value in self.raw_items():
            found.setdefault(name.lower(), []).append(value)
        return found

    def first(self, name: str) -> str:
        """The first raw value of a header, '' when it is missing."""
        return self.fields.get(name, [""])[0]

    @cached_property
    def _content_type(self) -> tuple[str, dict[str, str]]:
        # Not from `fields`: the parser asks before the header is complete for its subclass.
        raw = next((value for name, value in self.raw_items() if name.lower() == "content-type"), "")
        return headers.parameters(raw)

    @property
    def content_type(self) -> str:
        """The declared type; text/plain where it is missing or not a type at all."""
        kind = self._content_type[0].partition(" ")[0]
        return kind if kind.count("/") == 1 and not kind.startswith("/") and not kind.endswith("/") else "text/plain"

    @property
    def parameters(self) -> dict[str, str]:
        return self._content_type[1]

    @cached_property
    def disposition(self) -> tuple[str, dict[str, str]]:
        return headers.parameters(self.first("content-disposition"))

    def get_content_type(self) -> str:
        """What the parser may see of the type."""
        kind = self.content_type
        return "application/octet-stream" if kind.startswith("message/") else kind

    def get_content_maintype(self) -> str:
        return self.get_content_type().partition("/")[0]

    def get_boundary(self, failobj: object = None) -> object:  # type: ignore[override]
        return self.parameters.get("boundary") or failobj

    @property
    def children(self) -> list[Node]:
        payload: object = self._payload  # type: ignore[attr-defined]
        return payload if isinstance(payload, list) else []

    @cached_property
    def content(self) -> bytes:
        """The decoded bytes of a leaf; what does not decode stays as it was sent."""
        payload: object = self._payload  # type: ignore[attr-defined]
        if not isinstance(payload, str):
            return b""
        raw = headers.as_bytes(payload)
        encoding = self.first("content-transfer-encoding").strip().lower()
        if encoding.startswith("base64") and not _looks_plain(raw):
            return headers.base64_bytes(raw)
        if encoding.startswith(("base64", "7bit", "8bit", "binary")) or not encoding:
            return raw
        if encoding.startswith("quoted-printable"):
            return binascii.a2b_qp(raw)
        try:
            decoded = self.get_payload(decode=True)
        except PARSER_FAULTS:
            return raw
        return decoded if isinstance(decoded, bytes) else raw

    def text(self) -> tuple[str, str]:
        """The decoded text of a leaf, and what was wrong with its charset."""
        return decode(self.content, self.parameters.get("charset", ""))


def _looks_plain(raw: bytes) -> bool:
    """Some mailers declare base64 and then write plain text: words and no long line of digits."""
    head = raw[:400].strip()
    return head.count(b" ") > 3 + head.count(b"\n")


@dataclass(slots=True)
class Tree:
    """A mail's parts, and what had to be repaired or left out."""

    root: Node
    defects: list[str] = field(default_factory=list)

    def leaves(self) -> Iterator[tuple[Node, tuple[Node, ...]]]:
        """Every leaf in the order of the mail, with the multiparts around it, outermost first."""
        stack: list[tuple[Node, tuple[Node, ...]]] = [(self.root, ())]
        while stack:
            node, around = stack.pop()
            if node.children:
                stack += [(child, (*around, node)) for child in reversed(node.children)]
            else:
                yield node, around


def parse_tree(raw: bytes) -> Tree:
    """The parts of a mail. Never raises; within the bounds above."""
    defects: list[str] = []
    if len(raw) > MAX_MESSAGE:
        raw = raw[:MAX_MESSAGE]
        defects.append(f"cut after {MAX_MESSAGE} bytes")
    start = _TRANSPORT_LINE.match(raw)
    pieces = _pieces(raw, start.end() if start else 0, defects)
    root = _feed(pieces, defects)
    if root.get_content_maintype() == "multipart" and not root.children:
        root = _with_found_boundary(root, raw, defects)
    return Tree(root, defects)


def _pieces(raw: bytes, position: int, defects: list[str]) -> Iterator[bytes]:
    view = memoryview(raw)
    end = _HEADER_END.search(raw, position)
    header_end = end.start() if end else len(raw)
    if header_end - position > MAX_HEADER and not (end is None and b": " not in raw[position : position + 1000]):
        defects.append(f"header cut after {MAX_HEADER} bytes")
        cut = raw.rfind(b"\n", position, position + MAX_HEADER) + 1 or position + MAX_HEADER
        yield bytes(view[position:cut])
        position = header_end if end else cut
        yield b"\n"
    for offset in range(position, len(raw), CHUNK):
        yield bytes(view[offset : offset + CHUNK])


def _feed(pieces: Iterator[bytes], defects: list[str]) -> Node:
    growth = Growth()
    made: list[Node] = []

    def node(policy: object = None) -> Node:
        one = Node(growth)
        if len(made) < 2:  # the parser tries the factory once before it uses it
            made.append(one)
        return one

    parser = BytesFeedParser(node, policy=POLICY)  # type: ignore[arg-type,type-var]
    try:
        for piece in pieces:
            parser.feed(piece)
        root = parser.close()
    except PARSER_FAULTS as error:
        defects.append(str(error) if isinstance(error, TooLarge) else f"unparseable: {type(error).__name__}")
        return made[-1]
    defects += sorted({type(defect).__name__ for defect in root.defects})
    return root  # type: ignore[return-value]


def _with_found_boundary(root: Node, raw: bytes, defects: list[str]) -> Node:
    """The tree again, with the boundary that the body really uses, where the declared one never occurs."""
    body = root._payload if isinstance(root._payload, str) else ""  # type: ignore[attr-defined]
    found = _FIRST_BOUNDARY.search(body)
    if not found:
        return root
    boundary = found[1].encode("ascii", "replace").replace(b'"', b"")
    again: list[str] = []
    repaired = _feed(iter((b'Content-Type: multipart/mixed; boundary="' + boundary + b'"\n\n',
                           headers.as_bytes(body))), again)  # fmt: skip
    if not repaired.children:
        return root
    defects.append("boundary taken from the body")
    defects += again
    for name, value in root.raw_items():
        if name.lower() != "content-type":
            repaired.set_raw(name, value)
    return repaired
