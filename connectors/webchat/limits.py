"""How much one visitor, and one network address, may do: buckets in bounded memory."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import ip_address


class Buckets:
    """`burst` at once per key, refilled by `per_second`. Remembers the `keys` most recent."""

    def __init__(
        self, burst: float, per_second: float, *, keys: int = 20_000, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._burst = burst
        self._per_second = per_second
        self._keys = keys
        self._now = now
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str, amount: float = 1.0) -> bool:
        """Whether so much was still allowed; only then is it taken."""
        now = self._now()
        left, since = self._left.pop(key, (self._burst, now))
        left = min(self._burst, left + (now - since) * self._per_second)
        allowed = left >= amount
        self._left[key] = (left - amount if allowed else left, now)
        while len(self._left) > self._keys:
            self._left.popitem(last=False)
        return allowed


def source(address: str, visitor: str) -> str:
    """Whom to count: the network address, but the visitor behind a proxy on this machine that names nobody, where one
    bucket would be everybody's."""
    try:
        return visitor if ip_address(address).is_loopback else address
    except ValueError:
        return visitor


class ChatLimits:
    """Those of one chat."""

    def __init__(self) -> None:
        self.hellos = Buckets(120, 2.0)
        self.messages = Buckets(20, 0.5)
        self.messages_by_address = Buckets(120, 3.0)
        self.uploaded_bytes = Buckets(100 * 2**20, 2**15)
        self.uploaded_by_address = Buckets(400 * 2**20, 2**16)
        self.transcripts = Buckets(3, 1 / 3600)
