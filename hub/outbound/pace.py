"""How much may be sent on each channel right now: its rate, its bursts, and what it has in hand."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Final, Protocol

from hub.sdk import Connector, Health, Limits, Session

IN_HAND: Final = 4
"""Messages of one channel under way at once. Each is mostly a wait for the provider."""


class Sessions(Protocol):
    """The channels that run in this process."""

    def lend(self, channel_id: int) -> AbstractContextManager[tuple[Session, Connector] | None]:
        """The session, which stays open for the block; None when the channel does not run here."""
        ...

    def limits(self) -> Mapping[int, Limits]:
        """By the ids of the channels that have a session here."""
        ...

    def note_sending(self, channel_id: int, health: Health) -> None:
        """Says how sending does, beside what the session says of receiving."""
        ...


@dataclass(slots=True)
class _Bucket:
    at: float
    tokens: float = math.inf  # cut to the burst when it is first looked at
    in_hand: int = 0
    paused_until: float = 0.0


class Pace:
    """A token bucket for each channel."""

    def __init__(self, sessions: Sessions, now: Callable[[], float] = time.monotonic) -> None:
        self._sessions = sessions
        self._now = now
        self._buckets: dict[int, _Bucket] = {}

    def free(self) -> dict[int, int]:
        """How many more messages each running channel may take on now; those that may take none are left out."""
        found = {}
        for channel_id, limits in self._sessions.limits().items():
            bucket = self._filled(channel_id, limits)
            room = min(IN_HAND - bucket.in_hand, int(bucket.tokens))
            if room > 0 and bucket.paused_until <= self._now():
                found[channel_id] = room
        return found

    @contextmanager
    def in_hand(self, channel_id: int) -> Iterator[None]:
        """While a message of the channel is under way."""
        bucket = self._buckets.setdefault(channel_id, _Bucket(self._now()))
        bucket.in_hand += 1
        try:
            yield
        finally:
            bucket.in_hand -= 1

    @contextmanager
    def lend(self, channel_id: int) -> Iterator[tuple[Session, Connector] | None]:
        """The channel's session, to call the provider with: what is done in the block is in hand. None when the channel
        does not run here."""
        with self._sessions.lend(channel_id) as lent, self.in_hand(channel_id):
            yield lent

    def spend(self, channel_id: int, messages: int = 1) -> None:
        """The provider is about to be called, and counts this as so many messages."""
        bucket = self._buckets.get(channel_id)
        if bucket is not None:
            bucket.tokens -= messages

    def pause(self, channel_id: int, seconds: float) -> None:
        """The provider asked to be left alone for so long."""
        bucket = self._buckets.setdefault(channel_id, _Bucket(self._now()))
        bucket.paused_until = max(bucket.paused_until, self._now() + seconds)

    def _filled(self, channel_id: int, limits: Limits) -> _Bucket:
        now = self._now()
        bucket = self._buckets.setdefault(channel_id, _Bucket(now))
        bucket.tokens = min(float(limits.burst), bucket.tokens + (now - bucket.at) * limits.rate)
        bucket.at = now
        return bucket
