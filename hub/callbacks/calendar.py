"""When a callback may be called: business hours, legal hours and the customer's window at once. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hub.callbacks.model import Queue, Window
from hub.service.hours import closing, next_opening
from hub.service.model import Schedule

MARGIN: Final = timedelta(minutes=5)
"""A call must be allowed for so long when it begins: first the agent's telephone rings, then the customer's."""
DIALING: Final = timedelta(minutes=2)
"""So long it takes at most until the customer's telephone rings, once it is told to."""
_STEPS: Final = 500


@dataclass(frozen=True, slots=True)
class Calendar:
    """All of `schedules` must be open, inside the `window`."""

    schedules: tuple[Schedule, ...]
    window: Window | None = None

    def allows(self, at: datetime, margin: timedelta = MARGIN) -> bool:
        """Whether a call may begin at this instant, and is allowed for so long still."""
        return self.next(at, at + margin, margin) == at

    def next(self, at: datetime, until: datetime, margin: timedelta = MARGIN) -> datetime | None:
        """The first instant from `at` on at which a call may begin and is allowed for `margin`, by `until`; None for
        none."""
        if self.window is not None:
            at, until = max(at, self.window.start), min(until, self.window.end)
        for _ in range(_STEPS):
            if at + margin > until:
                return None
            opens = self._opens(at)
            if opens is None:
                return None
            if opens > at:
                at = opens
                continue
            closes = min((_closes(one, at) for one in self.schedules), default=until)
            if closes - at >= margin:
                return at
            at = closes
        return None

    def _opens(self, at: datetime) -> datetime | None:
        """The latest of the schedules' next openings; None when one never opens."""
        latest = at
        for schedule in self.schedules:
            opening = next_opening(schedule, latest)
            if opening is None:
                return None
            latest = max(latest, opening)
        return latest


def calendar_of(queue: Queue, time_zone: str, window: Window | None) -> Calendar:
    """For a customer who lives in this time zone."""
    legal = queue.legal.schedule(time_zone)
    return Calendar((legal,) if queue.hours is None else (queue.hours.schedule, legal), window)


def _closes(schedule: Schedule, at: datetime) -> datetime:
    return closing(schedule, at) or at + timedelta(microseconds=1)
