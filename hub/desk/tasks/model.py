"""A task as the desk sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_NEVER: Final = "-"


@dataclass(frozen=True, slots=True)
class Task:
    """`customer` is (id, name) of whoever its identity belongs to now; `entry_id` what it came from. `done_at` is None
    while it is open. `reminded_at`: when it was told that it is due. A deleted one is told of once more, so that
    screens take it out."""

    id: int
    version: int
    customer: tuple[int, str]
    identity_id: int
    conversation_id: int | None
    entry_id: int | None
    text: str
    due_at: datetime | None
    assignee_id: int | None
    agent_id: int | None
    created_at: datetime
    done_at: datetime | None
    done_by: int | None
    reminded_at: datetime | None
    deleted: bool


class DuePlace(NamedTuple):
    """Where a page ended of those that are due first. As text it is opaque to clients."""

    due_at: datetime | None
    id: int

    def __str__(self) -> str:
        at = _NEVER if self.due_at is None else (self.due_at - _EPOCH) // timedelta(microseconds=1)
        return f"{at}.{self.id}"

    @classmethod
    def parse(cls, value: str) -> DuePlace:
        """Raises ValueError for anything that is no place."""
        at, _, number = value.partition(".")
        try:
            place = cls(None if at == _NEVER else _EPOCH + timedelta(microseconds=int(at)), int(number))
        except OverflowError:
            raise ValueError("not a place") from None
        if not 0 < place.id < 1 << 63:
            raise ValueError("not a place")
        return place
