"""How long a customer will wait, as they are told it. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil
from typing import Final

from hub.callbacks.calendar import Calendar

USUAL_SECONDS: Final = 300.0
"""A call with all that belongs to it, where none was made lately."""
_ROUND: Final = 300


def expected_wait(before: int, call_seconds: float | None, agents: int) -> timedelta:
    """Until the turn of somebody with `before` others waiting or talking before them: `agents` at work at once, each
    call `call_seconds` long on average (None: unknown). Rounded up to five minutes; without any agent as if one."""
    seconds = before * (call_seconds or USUAL_SECONDS) / max(agents, 1)
    return timedelta(seconds=max(ceil(seconds / _ROUND), 1) * _ROUND)


def expected_at(now: datetime, wait: timedelta, calendar: Calendar, until: datetime) -> datetime | None:
    """When that will be, in the hours in which calls are made; None when it is not `until` then."""
    start = calendar.next(now, until)
    return None if start is None else calendar.next(start + wait, until)
