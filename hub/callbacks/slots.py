"""The times that a customer can choose from. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from hub.callbacks.calendar import MARGIN, Calendar
from hub.callbacks.model import Window

HOURS: Final = 2
DAYS: Final = 14
OPEN_DAYS: Final = 5
_LEAST: Final = timedelta(minutes=30)


def slots(calendar: Calendar, zone: str, now: datetime) -> list[list[Window]]:
    """By day, spans of two hours by the customer's clock in which calls are made for half an hour at least: on the next
    five days that have any."""
    place = ZoneInfo(zone)
    today = now.astimezone(place).replace(hour=0, minute=0, second=0, microsecond=0)
    days: list[list[Window]] = []
    for number in range(DAYS):
        date = (today + timedelta(days=number)).date()
        found = []
        for hour in range(0, 24, HOURS):
            start = datetime(date.year, date.month, date.day, hour, tzinfo=place).astimezone(now.tzinfo)
            window = Window(start, start + timedelta(hours=HOURS))
            opens = calendar.next(max(now, start), window.end)
            last = None if opens is None else opens + _LEAST - MARGIN
            if last is not None and calendar.next(last, window.end) == last:
                found.append(window)
        if found:
            days.append(found)
        if len(days) == OPEN_DAYS:
            break
    return days
