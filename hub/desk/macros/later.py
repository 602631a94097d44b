"""Times as macros name them: as seen from the moment when they are carried out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

Unit = Literal["hours", "days", "weekday"]


@dataclass(frozen=True, slots=True)
class Later:
    """In `number` hours; in so many days, or on the next day of the week of this number (1: Monday; never today), at
    the clock `at`."""

    unit: Unit
    number: int
    at: time


def moment(later: Later, now: datetime, zone: ZoneInfo) -> datetime:
    """The moment that is meant, in UTC. By the clock on the wall in `zone`: three days on it is as late as now, though
    the clocks be changed. Where they are put back the earlier moment counts; one that they leap over comes after."""
    if later.unit == "hours":
        return (now + timedelta(hours=later.number)).astimezone(UTC)
    today = now.astimezone(zone).date()
    days = later.number if later.unit == "days" else (later.number - today.isoweekday()) % 7 or 7
    return datetime.combine(today + timedelta(days=days), later.at, zone).astimezone(UTC)
