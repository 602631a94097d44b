"""A hub in memory: it keeps what a session hands over, and can be told to fail."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from hashlib import sha256

from hub.sdk.contract import ChannelSettings, Health
from hub.sdk.errors import ConnectionTrouble, CredentialsRefused
from hub.sdk.messages import Raw


class MemorySink:
    """Keeps each raw once, by key and by content, as the hub does. `calls` holds every batch as it came.

    While `failing` is set, nothing is stored and ConnectionTrouble is raised.
    """

    def __init__(self) -> None:
        self.calls: list[tuple[Raw, ...]] = []
        self.stored: dict[str, Raw] = {}
        self.cursor: dict[str, object] = {}
        self.failing = False
        self._hashes: set[bytes] = set()
        self._changed = asyncio.Condition()

    async def receive(self, raws: Sequence[Raw], cursor: Mapping[str, object] | None = None) -> None:
        if self.failing:
            raise ConnectionTrouble("The sink was told to fail.")
        self.calls.append(tuple(raws))
        for raw in raws:
            digest = sha256(raw.content).digest()
            if raw.key not in self.stored and digest not in self._hashes:
                self.stored[raw.key] = raw
                self._hashes.add(digest)
        if cursor is not None:
            self.cursor = dict(cursor)
        async with self._changed:
            self._changed.notify_all()

    async def wait_for(self, count: int, seconds: float = 20.0) -> list[Raw]:
        """The raws as soon as so many are stored. Raises TimeoutError."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(lambda: len(self.stored) >= count)
        return list(self.stored.values())


class FakeContext:
    """What a session is given. `healths` holds every report, `renewals` how often a new access token was asked for."""

    def __init__(
        self,
        settings: ChannelSettings,
        cursor: Mapping[str, object] | None = None,
        tokens: Sequence[str] = (),
        channel_id: int = 1,
    ) -> None:
        self.channel_id = channel_id
        self.settings = settings
        self.cursor: Mapping[str, object] = dict(cursor or {})
        self.healths: list[Health] = []
        self.renewals = 0
        self._tokens = list(tokens)

    def report(self, health: Health) -> None:
        self.healths.append(health)

    async def access_token(self, *, renew: bool = False) -> str:
        """The first of `tokens`; each renewal goes on to the next one."""
        if renew:
            self.renewals += 1
            self._tokens = self._tokens[1:]
        if not self._tokens:
            raise CredentialsRefused("Nobody has given consent. Connect the account in the channel's settings.")
        return self._tokens[0]
