"""What a search finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal, NamedTuple

from hub.people.model import CustomerSummary
from hub.search.conditions import Understood
from hub.timeline.model import Conversation

Sort = Literal["newest", "best"]
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Place(NamedTuple):
    """A document's place in the order of time; `attachment_id` 0 is the entry itself."""

    at: datetime
    entry_id: int
    attachment_id: int


LAST: Final = Place(datetime(9999, 12, 31, tzinfo=UTC), (1 << 63) - 1, (1 << 63) - 1)


@dataclass(frozen=True, slots=True)
class SearchCursor:
    """Where a page ended: opaque to clients. `after` is where it began to look, for the best; they end by rank."""

    place: Place
    skip: int = 0

    def __str__(self) -> str:
        micros = (self.place.at - _EPOCH) // timedelta(microseconds=1)
        return f"{micros}.{self.place.entry_id}.{self.place.attachment_id}.{self.skip}"

    @classmethod
    def parse(cls, value: str) -> SearchCursor:
        """Raises ValueError for anything that `str(cursor)` never gives."""
        pieces = value.split(".")
        if len(pieces) != 4 or not all(one.isascii() and one.removeprefix("-").isdigit() for one in pieces):
            raise ValueError("not a cursor")
        micros, entry_id, attachment_id, skip = map(int, pieces)
        if not (0 <= entry_id < 1 << 63 and 0 <= attachment_id < 1 << 63 and 0 <= skip <= 10_000):
            raise ValueError("not a cursor")
        try:
            return cls(Place(_EPOCH + timedelta(microseconds=micros), entry_id, attachment_id), skip)
        except OverflowError:
            raise ValueError("not a cursor") from None


class Hit(NamedTuple):
    place: Place
    conversation_id: int


class Piece(NamedTuple):
    """A stretch of a text; `hit`: it is what was asked for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class EntryFound:
    """`attachment`: (id, filename), where the words stand in a file."""

    conversation: Conversation
    entry_id: int
    at: datetime
    kind: str
    direction: str
    author: str
    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    attachment: tuple[int, str] | None


@dataclass(frozen=True, slots=True)
class CustomerFound:
    customer: CustomerSummary
    title: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ConversationFound:
    """Asked for by its number."""

    conversation: Conversation


Found = EntryFound | CustomerFound | ConversationFound


@dataclass(frozen=True, slots=True)
class Results:
    """`next` with fewer items than asked for: so far was looked in this time, there may be more before `reached`.
    `ranked`: the best were chosen among so many of the newest, and older ones were not looked at; None: among all."""

    items: tuple[Found, ...]
    next: SearchCursor | None
    understood: tuple[Understood, ...]
    reached: datetime | None
    did_you_mean: str | None
    ranked: int | None = None
