"""Business hours, in the local time of a place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Span = tuple[str, str]
"""From and to, "HH:MM" by the clock on the wall; "24:00" is midnight, an end before its start is on the next day."""


class HoursError(Exception):
    """Base of what is refused; the message says what to do."""


class UnknownHours(HoursError):
    """There are no such business hours."""


class HoursInUse(HoursError):
    """A channel goes by these business hours."""


class BadHours(HoursError):
    """They cannot be; `where` names the field."""

    def __init__(self, where: str, message: str) -> None:
        super().__init__(message)
        self.where = where


@dataclass(frozen=True, slots=True)
class Exceptional:
    """A day that is not like its weekday: other spans, or () for closed. It wins over a public holiday."""

    name: str
    open: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Schedule:
    """`weekly` by the names in WEEKDAYS. `country`: whose public holidays are closed days (ISO 3166-1, "" for none)."""

    time_zone: str
    weekly: Mapping[str, tuple[Span, ...]]
    exceptions: Mapping[date, Exceptional] = field(default_factory=dict)
    country: str = ""
    subdivision: str = ""


@dataclass(frozen=True, slots=True)
class OpenState:
    """`next_opening` in UTC and `text`, what people are told, only while it is closed."""

    open: bool
    next_opening: datetime | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Hours:
    """A named schedule. `closed_text` is what people are told while it is closed."""

    id: int
    name: str
    schedule: Schedule
    closed_text: str
    channel_ids: tuple[int, ...] = ()
