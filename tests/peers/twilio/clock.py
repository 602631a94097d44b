"""The simulator's time: real, but its seconds are short, and a day can be skipped."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta


class Clock:
    """`second`: how long, in real seconds, one second of the telephone network lasts here."""

    def __init__(self, second: float = 0.02) -> None:
        self.second = second
        self._ahead = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def advance(self, time_passed: timedelta) -> None:
        """Lets this much time have passed, for windows and dates; nothing that waits is woken."""
        self._ahead += time_passed

    async def sleep(self, seconds: float) -> None:
        """Waits for so many of the network's seconds."""
        await asyncio.sleep(seconds * self.second)

    def mark(self) -> float:
        """A moment to measure from."""
        return time.monotonic()

    def since(self, mark: float) -> int:
        """The network's whole seconds since then, at least one: nothing is billed as nothing."""
        return max(1, round((time.monotonic() - mark) / self.second))
