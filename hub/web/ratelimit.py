"""How often somebody may try: a sliding count in bounded memory."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable


class RateLimit:
    """At most `most` tries per key within `seconds`. Remembers the `keys` most recent keys, and forgets older ones."""

    def __init__(
        self, most: int, seconds: float, *, keys: int = 10_000, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = most
        self._seconds = seconds
        self._keys = keys
        self._now = now
        self._tries: OrderedDict[str, list[float]] = OrderedDict()

    def wait(self, key: str) -> float:
        """Seconds until the next try is allowed; 0 when it is allowed now."""
        tries = self._recent(key)
        return 0.0 if len(tries) < self._most else tries[0] + self._seconds - self._now()

    def record(self, key: str) -> None:
        """Count one try."""
        tries = self._recent(key)
        tries.append(self._now())
        self._tries[key] = tries[-self._most :]
        self._tries.move_to_end(key)
        while len(self._tries) > self._keys:
            self._tries.popitem(last=False)

    def forget(self, key: str) -> None:
        """Start again from nothing: the person has shown who they are."""
        self._tries.pop(key, None)

    def _recent(self, key: str) -> list[float]:
        since = self._now() - self._seconds
        return [at for at in self._tries.get(key, ()) if at > since]
