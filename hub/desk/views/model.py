"""Views and what they are made of: filters and orders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

from hub.timeline.model import PRIORITIES, Conversation

Op = Literal["is", "not", "over", "under", "has"]
Sort = Literal["activity", "waiting", "priority"]
"""Newest activity first; longest waiting first; most urgent first, and among those longest waiting."""
Status = Literal["open", "snoozed", "resolved"]
Scalar = str | int | float | bool | None
STATUSES: Final[tuple[Status, ...]] = ("open", "snoozed", "resolved")
COUNT_LIMIT: Final = 1000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_NEVER: Final = "never"


@dataclass(frozen=True, slots=True)
class Condition:
    """`values`: any of these. They were checked by `parse`."""

    field: str
    op: Op
    values: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """All of the conditions."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class View:
    """`id` of a built-in one is a word, of a saved one "v" and its number. `filter` is JSON as it was written."""

    id: str
    name: str
    icon: str
    shared: bool
    owner_id: int | None
    position: int
    filter: Mapping[str, Any]
    sort: Sort


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended, in any of the orders. `at` is its last activity, or since when it waits (None: nobody does).
    As text it is opaque to clients."""

    priority: int
    at: datetime | None
    id: int

    @classmethod
    def of(cls, conversation: Conversation, sort: Sort) -> Place:
        at = conversation.last_entry_at if sort == "activity" else conversation.waiting_since
        return cls(PRIORITIES.index(conversation.priority) + 1, at, conversation.id)

    def __str__(self) -> str:
        at = _NEVER if self.at is None else (self.at - _EPOCH) // timedelta(microseconds=1)
        return f"{self.priority}.{at}.{self.id}"

    @classmethod
    def parse(cls, value: str, sort: Sort) -> Place:
        """Raises ValueError for anything that is no place in this order."""
        if not value.isascii():
            raise ValueError("not a place")
        priority, at, number = value.split(".")
        try:
            when = None if at == _NEVER else _EPOCH + timedelta(microseconds=int(at))
        except OverflowError:
            raise ValueError("not a place") from None
        place = cls(int(priority), when, int(number))
        if not (1 <= place.priority <= len(PRIORITIES) and 0 < place.id < 1 << 63) or (
            when is None and sort == "activity"
        ):
            raise ValueError("not a place")
        return place


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page that had to be looked for among very many may be short, or empty, and still have a `next`."""

    items: tuple[Conversation, ...]
    next: Place | None
