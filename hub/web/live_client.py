"""One agent's socket: what waits to be sent, what was heard, and how it ends."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, field
from hmac import compare_digest
from typing import Any, Final

import orjson
from aiohttp import WSCloseCode, WSMsgType, web

from hub.desk.model import Agent, Session
from hub.events.position import Position

SESSION_ENDED: Final = 4401
TOO_SLOW: Final = 4008
BAD_HELLO: Final = 4400
HELLO_SECONDS: Final = 10.0
SEND_SECONDS: Final = 10.0
CLOSE_SECONDS: Final = 1.0
QUEUE_FRAMES: Final = 256
MESSAGE_BYTES: Final = 16 * 1024
MESSAGES_PER_SECOND: Final = 5.0
MESSAGES_AT_ONCE: Final = 50.0


class BadHello(Exception):
    """The first message was not a hello of our own page."""


@dataclass(slots=True, eq=False)
class Client:
    """`queue` holds the frames to be sent, each with the position that it brings the client to, if any."""

    socket: web.WebSocketResponse
    transport: asyncio.Transport | None
    session: Session
    token: str = field(repr=False)
    agent: Agent
    queue: asyncio.Queue[tuple[Position | None, str]] = field(default_factory=lambda: asyncio.Queue(QUEUE_FRAMES))
    heard: float = field(default_factory=time.monotonic)
    allowance: float = MESSAGES_AT_ONCE
    close_code: int | None = None
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    gone: asyncio.Event = field(default_factory=asyncio.Event)

    def offer(self, frame: str, position: Position | None = None) -> None:
        """Puts it into the queue; a full queue ends the socket. Once it is to end nothing is added: what came after
        something that was left out would hide the gap."""
        if self.close_code is not None:
            return
        try:
            self.queue.put_nowait((position, frame))
        except asyncio.QueueFull:
            self.end(TOO_SLOW)

    def hear(self) -> None:
        """Counts one message of the client; who says more than any page of ours does is closed."""
        now = time.monotonic()
        regained = self.allowance + (now - self.heard) * MESSAGES_PER_SECOND
        self.allowance = min(regained, MESSAGES_AT_ONCE) - 1
        self.heard = now
        if self.allowance < 0:
            self.end(TOO_SLOW)

    def end(self, code: int) -> None:
        """Asks for the end; the first reason given counts."""
        if self.close_code is None:
            self.close_code = code
            self.closing.set()

    async def hello(self) -> Position | None:
        """Waits for the client's hello; the position that it wants to go on from. Raises BadHello."""
        try:
            async with asyncio.timeout(HELLO_SECONDS):
                message = await self.socket.receive()
        except TimeoutError:
            raise BadHello from None
        said = parsed(message.data) if message.type is WSMsgType.TEXT else {}
        csrf = said.get("csrf")
        if said.get("type") != "hello" or not isinstance(csrf, str):
            raise BadHello
        if not compare_digest(csrf.encode("utf-8", "replace"), self.session.csrf.encode()):
            raise BadHello
        try:
            return Position.parse(str(said["position"])) if said.get("position") else None
        except ValueError:
            return None

    async def send(self, frame: str) -> None:
        """Raises TimeoutError when the client does not read."""
        async with asyncio.timeout(SEND_SECONDS):
            await self.socket.send_str(frame)

    async def send_all(self, after: Position | None) -> None:
        """Sends what comes into the queue, without what is no newer than `after`."""
        while True:
            position, frame = await self.queue.get()
            if position is not None and after is not None and position <= after:
                continue
            try:
                await self.send(frame)
            except TimeoutError:
                self.end(TOO_SLOW)
                return

    async def ended(self) -> None:
        await self.closing.wait()

    async def close(self) -> None:
        """Says good-bye, and does not wait for somebody who no longer listens."""
        with suppress(TimeoutError, ConnectionError):
            async with asyncio.timeout(CLOSE_SECONDS):
                await self.socket.close(code=self.close_code or WSCloseCode.OK, drain=False)
        if self.close_code == TOO_SLOW and self.transport is not None:
            self.transport.abort()


def parsed(text: str) -> dict[str, Any]:
    """A client's message; {} for anything that is not a JSON object."""
    try:
        said = orjson.loads(text)
    except orjson.JSONDecodeError:
        return {}
    return said if isinstance(said, dict) else {}
