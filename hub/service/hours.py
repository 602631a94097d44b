"""Whether it is open, and when it will be: pure, for any instant.

A span begins and ends at instants. Where the clocks go back, an hour that comes twice is open both times; where they go
forward, what lies in the hour that is left out is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from hub.service.holidays import holidays_of
from hub.service.model import WEEKDAYS, BadHours, Hours, OpenState, Schedule, Span

HORIZON_DAYS: Final = 400
"""So far ahead the next opening is looked for."""
_TIME: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|24:00")
_DAY: Final = timedelta(days=1)
_SPANS_AHEAD: Final = 8


def is_open(schedule: Schedule, at: datetime) -> bool:
    """Raises ValueError for an `at` without a time zone."""
    today = _local_day(schedule, at)
    return any(start <= at < end for day in (today - _DAY, today, today + _DAY) for start, end in _spans(schedule, day))


def next_opening(schedule: Schedule, at: datetime) -> datetime | None:
    """The first instant from `at` on at which it is open, in UTC: `at` itself when it is. None: not in the next 400
    days."""
    if is_open(schedule, at):
        return at.astimezone(UTC)
    today = _local_day(schedule, at)
    for number in range(-1, HORIZON_DAYS):
        coming = [start for start, _ in _spans(schedule, today + number * _DAY) if start >= at]
        if coming:
            return min(coming)
    return None


def closing(schedule: Schedule, at: datetime) -> datetime | None:
    """Until when it stays open from `at` on, in UTC: spans that follow each other without a gap are one, though only a
    few of them are looked at. None: it is closed."""
    end = at
    for _ in range(_SPANS_AHEAD):
        today = _local_day(schedule, end)
        ends = [
            stop
            for day in (today - _DAY, today, today + _DAY)
            for start, stop in _spans(schedule, day)
            if start <= end < stop
        ]
        if not ends:
            break
        end = max(ends)
    return end.astimezone(UTC) if end > at else None


def state(hours: Hours | None, at: datetime) -> OpenState:
    """What holds at this moment; without any hours it is always open."""
    if hours is None or is_open(hours.schedule, at):
        return OpenState(True)
    return OpenState(False, next_opening(hours.schedule, at), hours.closed_text)


def spans_of(schedule: Schedule, day: date) -> tuple[Span, ...]:
    """The spans that begin on this day of the calendar."""
    exceptional = schedule.exceptions.get(day)
    if exceptional is not None:
        return exceptional.open
    if schedule.country and day in holidays_of(schedule.country, schedule.subdivision, day.year):
        return ()
    return tuple(schedule.weekly.get(WEEKDAYS[day.weekday()], ()))


def check_span(span: Span, where: str) -> None:
    """Raises BadHours."""
    for one in span:
        if not _TIME.fullmatch(one):
            raise BadHours(where, f"{one[:10]!r} is no time. Write it as 09:00; midnight at the end is 24:00.")
    if span[0] == span[1] or span[0] == "24:00":
        raise BadHours(where, "A span must end after it begins. The whole day is 00:00 to 24:00.")


def _local_day(schedule: Schedule, at: datetime) -> date:
    if at.tzinfo is None:
        raise ValueError("An instant has a time zone.")
    return at.astimezone(ZoneInfo(schedule.time_zone)).date()


def _spans(schedule: Schedule, day: date) -> Iterator[tuple[datetime, datetime]]:
    for start, end in spans_of(schedule, day):
        begins = _instant(schedule.time_zone, day, start, last=False)
        ends = _instant(schedule.time_zone, day + _DAY if end < start else day, end, last=True)
        if begins < ends:
            yield begins, ends


@lru_cache(maxsize=4096)
def _instant(zone: str, day: date, clock: str, *, last: bool) -> datetime:
    """When the clock shows this, in UTC: of two such instants the last if asked; of none the moment of the change."""
    if clock == "24:00":
        day, clock = day + _DAY, "00:00"
    place = ZoneInfo(zone)
    local = datetime.combine(day, time.fromisoformat(clock), place).replace(fold=int(last))
    instant = local.astimezone(UTC)
    shown = instant.astimezone(place)
    if shown.replace(tzinfo=None) == local.replace(tzinfo=None):
        return instant
    return _change(place, instant - timedelta(hours=26), instant + timedelta(hours=26), local)


def _change(place: ZoneInfo, low: datetime, high: datetime, local: datetime) -> datetime:
    """The instant at which the clocks jump over `local`."""
    wanted = local.replace(tzinfo=None)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(place).replace(tzinfo=None) < wanted:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)
