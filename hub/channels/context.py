"""What a session is given: its settings, its cursor, a way to say how it does, and access tokens."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from hub.sdk import (
    Accepted,
    Calls,
    ChannelSettings,
    Connector,
    CredentialsRefused,
    HangUp,
    Health,
    Log,
    Raw,
    Script,
    Sink,
)


class SinkFactory(Protocol):
    """The hub's intake, as the channels' tier knows it."""

    def sink(self, channel_id: int, lease_token: int | None = None) -> Sink: ...


class LogFactory(Protocol):
    """The hub's transcripts, as the channels' tier knows them."""

    def log(self, channel_id: int, connector: Connector) -> Log: ...


class CallsFactory(Protocol):
    """The hub's telephone calls, as the channels' tier knows them."""

    def calls(self, channel_id: int) -> Calls: ...


class NoCalls:
    """hub.sdk.Calls for settings that belong to no channel yet: whoever rings is not there."""

    async def script(self, provider_id: str, leg: str = "") -> Script:
        return (HangUp(),)


class TokenSource(Protocol):
    async def access_token(self, channel_id: int, *, renew: bool = False) -> str: ...


@dataclass(slots=True)
class ChannelContext:
    """hub.sdk.Context of a running channel. It never shows its settings: secrets are among them."""

    channel_id: int
    settings: ChannelSettings = field(repr=False)
    cursor: Mapping[str, object]
    tell: Callable[[Health], None] = field(repr=False)
    token: Callable[[bool], Awaitable[str]] = field(repr=False)
    log: Log = field(repr=False)
    calls: Calls = field(repr=False)
    mac: Callable[[str, bytes], bytes] = field(repr=False)
    public_url: str = ""

    def report(self, health: Health) -> None:
        self.tell(health)

    async def access_token(self, *, renew: bool = False) -> str:
        return await self.token(renew)

    def sign(self, purpose: str, content: bytes) -> bytes:
        return self.mac(f"channel {self.channel_id} {purpose}", content)

    def verify(self, purpose: str, content: bytes, mac: bytes) -> bool:
        return hmac.compare_digest(self.sign(purpose, content), mac)


async def no_token(_renew: bool) -> str:
    """For settings that belong to no channel yet."""
    raise CredentialsRefused("Nobody has given the hub access yet. Save the channel, then connect it.")


class CursorSink:
    """Passes everything on, and remembers the cursor for the session once it is stored."""

    def __init__(self, sink: Sink, context: ChannelContext) -> None:
        self._sink = sink
        self._context = context

    async def receive(self, raws: Sequence[Raw], cursor: Mapping[str, object] | None = None) -> Sequence[Accepted]:
        accepted = await self._sink.receive(raws, cursor)
        if cursor is not None:
            self._context.cursor = dict(cursor)
        return accepted
