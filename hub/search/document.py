"""What is put into the index for an entry, a file or a customer: a text search vector, made here and not by the
database, so that a word is the same thing everywhere.

Words have a weight: A of a subject or a name, B of a text, C of a file's name, D of who took part. What a message
*is* stands beside them as marks, which are no words for they have a colon: `c:5` came by channel 5,
`f:@example.org` is from there.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, Literal, NamedTuple

from hub.search.words import words

Weight = Literal["A", "B", "C", "D"]
MAX_BYTES: Final = 900_000
"""Of a vector; PostgreSQL refuses one of a megabyte."""
MAX_TEXT: Final = 1_000_000
"""Letters of one text that are looked at."""
_MAX_POSITION: Final = 16_000
_MAX_PLACES: Final = 250
_GAP: Final = 10
_PIECE: Final = 20_000
_PICTURE: Final = "image/"
_DIGITS: Final = re.compile(r"\D+")


@dataclass(slots=True)
class Vector:
    """Collects words and marks; `text` is the literal of a tsvector."""

    _places: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _position: int = 0
    _bytes: int = 0

    def add(self, text: str, weight: Weight) -> None:
        """Words after those that are there; no phrase reaches from one call to the next."""
        self._position += _GAP
        letter = "" if weight == "D" else weight
        for word in (word for piece in _pieces(text[:MAX_TEXT]) for word in words(piece)):
            self._position += 1
            held = self._places.get(word)
            if held is None:
                cost = len(word.encode()) + 12
                if self._bytes + cost > MAX_BYTES:
                    continue
                held = self._places[word]
                self._bytes += cost
            if len(held) < _MAX_PLACES and self._bytes < MAX_BYTES:
                held.append(f"{min(self._position, _MAX_POSITION)}{letter}")
                self._bytes += 2

    def mark(self, mark: str) -> None:
        self._places.setdefault(mark[:200], [])

    @property
    def empty(self) -> bool:
        return not self._places

    @property
    def text(self) -> str:
        return " ".join(
            f"{quoted(lexeme)}:{','.join(places)}" if places else quoted(lexeme)
            for lexeme, places in self._places.items()
        )


def _pieces(text: str) -> Iterator[str]:
    """Cut at spaces: what cuts words holds up everybody else until it is done."""
    start = 0
    while start < len(text):
        end = start + _PIECE
        if end < len(text):
            space = text.find(" ", end, end + _PIECE)
            end = space if space > 0 else end
        yield text[start:end]
        start = end


def quoted(lexeme: str) -> str:
    """As it stands in the text of a tsvector or a tsquery."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def digest(text: str) -> int:
    """What changes when the vector does."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


class Span(NamedTuple):
    """A year, month or day in UTC, by which the index can be read in pieces."""

    mark: str
    begins: datetime


def spans(at: datetime) -> tuple[Span, Span, Span]:
    """Those that a moment is in, the longest first."""
    day = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return (
        Span(f"y:{day:%Y}", day.replace(month=1, day=1)),
        Span(f"m:{day:%Y%m}", day.replace(day=1)),
        Span(f"d:{day:%Y%m%d}", day),
    )


def address_marks(sign: str, address: str, name: str) -> Iterable[str]:
    """What `from:` (sign f) and `to:` (sign t) look for: the whole address, its domain, its number, each word."""
    address = address.lower().strip()
    if address:
        yield f"{sign}:{address}"
    _, at, domain = address.rpartition("@")
    if at and domain:
        yield f"{sign}:@{domain}"
    if address.startswith("+"):
        yield f"{sign}:{_DIGITS.sub('', address)}"
    for word in {*words(address), *words(name)}:
        yield f"{sign}:{word}"


@dataclass(frozen=True, slots=True)
class Person:
    address: str
    name: str


@dataclass(frozen=True, slots=True)
class File:
    """`text` is what was read out of it, "" when nothing could be or was yet."""

    id: int
    filename: str
    content_type: str
    inline: bool
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """An entry with everything of it that is searched."""

    entry_id: int
    conversation_id: int
    occurred_at: datetime
    kind: str
    direction: str
    channel_id: int | None
    identity_ids: Sequence[int]
    author_identity_id: int | None
    author_agent_id: int | None
    subject: str
    texts: Sequence[str]
    more_text: str
    """All of it with what was quoted; "" where that is the text."""
    senders: Sequence[Person]
    recipients: Sequence[Person]
    files: Sequence[File]


@dataclass(frozen=True, slots=True)
class Document:
    """A row of the index; `attachment_id` 0 is the entry itself."""

    entry_id: int
    attachment_id: int
    conversation_id: int
    occurred_at: datetime
    words: str

    @property
    def digest(self) -> int:
        return digest(self.words)


def documents(source: Source) -> list[Document]:
    """One for the entry and one for each of its files; none for an entry without words."""
    if source.kind == "event":
        return []
    own = Vector()
    own.add(source.subject, "A")
    for text in source.texts:
        own.add(text, "B")
    own.add(source.more_text, "D")
    if own.empty and not source.files:
        return []
    found = [_document(source, 0, own, source.files)]
    for file in source.files:
        if not file.inline or file.text:
            vector = Vector()
            vector.add(file.filename, "C")
            vector.add(file.text, "B")
            found.append(_document(source, file.id, vector, [file]))
    return found


def _document(source: Source, attachment_id: int, vector: Vector, files: Sequence[File]) -> Document:
    for person in (*source.senders, *source.recipients):
        vector.add(f"{person.name}\n{person.address}", "D")
    for mark in _marks(source):
        vector.mark(mark)
    for file in files:
        for mark in file_marks(file.filename, file.content_type, inline=file.inline):
            vector.mark(mark)
    return Document(source.entry_id, attachment_id, source.conversation_id, source.occurred_at, vector.text)


def _marks(source: Source) -> Iterable[str]:
    for span in spans(source.occurred_at):
        yield span.mark
    yield f"k:{source.kind}"
    if source.channel_id is not None:
        yield f"c:{source.channel_id}"
    if source.author_identity_id is not None:
        yield f"a:{source.author_identity_id}"
    if source.author_agent_id is not None:
        yield f"g:{source.author_agent_id}"
    for identity_id in source.identity_ids:
        yield f"i:{identity_id}"
    for person in source.senders:
        yield from address_marks("f", person.address, person.name)
    for person in source.recipients:
        yield from address_marks("t", person.address, person.name)


def file_marks(filename: str, content_type: str, *, inline: bool) -> Iterable[str]:
    """What `has:` looks for. A picture that stands within a mail's text is no attachment."""
    if inline:
        return
    yield "h:attachment"
    if content_type.startswith(_PICTURE):
        yield "h:image"
    ending = filename.lower().rpartition(".")[2]
    if content_type == "application/pdf" or ending == "pdf":
        yield "h:pdf"
    if ending in ("docx", "doc", "odt", "rtf", "xlsx", "xls", "ods", "csv", "pptx", "ppt", "odp"):
        yield "h:document"


@dataclass(frozen=True, slots=True)
class CustomerSource:
    id: int
    name: str
    attributes: Mapping[str, Any]
    people: Sequence[Person]


def customer_vector(source: CustomerSource) -> str:
    """A names, B addresses, C what is known of them."""
    vector = Vector()
    vector.add(source.name, "A")
    for person in source.people:
        vector.add(person.name, "A")
        vector.add(person.address, "B")
        number = _DIGITS.sub("", person.address) if person.address.startswith("+") else ""
        if number:
            vector.add(number, "B")
    for value in source.attributes.values():
        vector.add(str(value), "C")
    return vector.text
