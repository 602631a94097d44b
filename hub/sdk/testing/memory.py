"""A hub in memory: it keeps what a session hands over, and can be told to fail."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256

from hub.sdk.calls import HangUp, Script
from hub.sdk.contract import Accepted, ChannelSettings, Health
from hub.sdk.errors import ConnectionTrouble, CredentialsRefused
from hub.sdk.log import Desk, LogChange, LogItem, LogPage
from hub.sdk.messages import Attachment, Raw


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

    async def receive(self, raws: Sequence[Raw], cursor: Mapping[str, object] | None = None) -> list[Accepted]:
        if self.failing:
            raise ConnectionTrouble("The sink was told to fail.")
        self.calls.append(tuple(raws))
        accepted = []
        for raw in raws:
            digest = sha256(raw.content).digest()
            new = raw.key not in self.stored and digest not in self._hashes
            if new:
                self.stored[raw.key] = raw
                self._hashes.add(digest)
            accepted.append(Accepted("stored" if new else "duplicate"))
        if cursor is not None:
            self.cursor = dict(cursor)
        async with self._changed:
            self._changed.notify_all()
        return accepted

    async def wait_for(self, count: int, seconds: float = 20.0) -> list[Raw]:
        """The raws as soon as so many are stored. Raises TimeoutError."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(lambda: len(self.stored) >= count)
        return list(self.stored.values())


class MemoryLog:
    """A log per address. `add` puts an item into one and wakes whoever watches it."""

    def __init__(self) -> None:
        self.items: dict[str, list[LogItem]] = {}
        self.typed: list[tuple[str, bool]] = []
        self.uploads: dict[str, Attachment] = {}
        self._watches: dict[str, list[asyncio.Queue[LogChange]]] = {}

    def add(self, address: str, item: LogItem) -> LogItem:
        """The item with its seq."""
        items = self.items.setdefault(address, [])
        items.append(replace(item, seq=len(items) + 1))
        self.tell(address, LogChange("items"))
        return items[-1]

    def tell(self, address: str, change: LogChange) -> None:
        for queue in self._watches.get(address, ()):
            queue.put_nowait(change)

    async def read(self, address: str, after: int = 0, limit: int = 100) -> LogPage:
        items = self.items.get(address, [])
        return LogPage(tuple(items[after : after + limit]), len(items), "memory")

    @contextmanager
    def watch(self, address: str) -> Iterator[AsyncIterator[LogChange]]:
        queue: asyncio.Queue[LogChange] = asyncio.Queue()
        self._watches.setdefault(address, []).append(queue)

        async def changes() -> AsyncIterator[LogChange]:
            while True:
                yield await queue.get()

        try:
            yield changes()
        finally:
            self._watches[address].remove(queue)

    async def typing(self, address: str, on: bool) -> None:
        self.typed.append((address, on))

    async def upload(self, address: str, filename: str, content_type: str, content: bytes) -> str:
        upload_id = f"upload-{len(self.uploads) + 1}"
        self.uploads[upload_id] = Attachment(filename, content_type, content)
        return upload_id

    async def file(self, address: str, file_id: int) -> Attachment | None:
        return None

    async def transcript(self, address: str) -> bool:
        return False

    async def desk(self) -> Desk:
        return Desk(True, 1)


class MemoryCalls:
    """Answers every leg with `answer`, and keeps who asked: (provider id, leg)."""

    def __init__(self) -> None:
        self.answer: Script = (HangUp(),)
        self.asked: list[tuple[str, str]] = []

    async def script(self, provider_id: str, leg: str = "") -> Script:
        self.asked.append((provider_id, leg))
        return self.answer


class FakeContext:
    """What a session is given. `healths` holds every report, `renewals` how often a new access token was asked for."""

    def __init__(
        self,
        settings: ChannelSettings,
        cursor: Mapping[str, object] | None = None,
        tokens: Sequence[str] = (),
        channel_id: int = 1,
        public_url: str = "https://hub.example.org",
    ) -> None:
        self.channel_id = channel_id
        self.public_url = public_url
        self.settings = settings
        self.cursor: Mapping[str, object] = dict(cursor or {})
        self.healths: list[Health] = []
        self.renewals = 0
        self.log = MemoryLog()
        self.calls = MemoryCalls()
        self._tokens = list(tokens)

    def report(self, health: Health) -> None:
        self.healths.append(health)

    def sign(self, purpose: str, content: bytes) -> bytes:
        return hmac.digest(b"a key for tests", purpose.encode() + b"\0" + content, "sha256")

    def verify(self, purpose: str, content: bytes, mac: bytes) -> bool:
        return hmac.compare_digest(self.sign(purpose, content), mac)

    async def access_token(self, *, renew: bool = False) -> str:
        """The first of `tokens`; each renewal goes on to the next one."""
        if renew:
            self.renewals += 1
            self._tokens = self._tokens[1:]
        if not self._tokens:
            raise CredentialsRefused("Nobody has given consent. Connect the account in the channel's settings.")
        return self._tokens[0]
