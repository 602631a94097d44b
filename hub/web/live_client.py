"""One agent's socket: what waits to be sent, what was heard, and how it ends."""

from __future__ import annotations

import asyncio
import struct
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


class Frame:
    """A text frame for many sockets: what goes over the wire is made once for all of them."""

    __slots__ = ("_wire", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._wire: bytes | None = None

    @property
    def wire(self) -> bytes:
        """The whole frame (RFC 6455, 5.2): a server's are not masked, so they are the same bytes to everybody."""
        if self._wire is None:
            content = self.text.encode()
            size = len(content)
            if size < 126:
                head = struct.pack("!BB", 0x81, size)
            elif size < 1 << 16:
                head = struct.pack("!BBH", 0x81, 126, size)
            else:
                head = struct.pack("!BBQ", 0x81, 127, size)
            self._wire = head + content
        return self._wire


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
    queue: asyncio.Queue[tuple[Position | None, Frame]] = field(default_factory=lambda: asyncio.Queue(QUEUE_FRAMES))
    idle: bool = False
    """Everything offered was sent, and the sender waits for more."""
    reached: Position | None = None
    """Up to here it was brought by what it missed: nothing older is sent."""
    heard: float = field(default_factory=time.monotonic)
    allowance: float = MESSAGES_AT_ONCE
    close_code: int | None = None
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    gone: asyncio.Event = field(default_factory=asyncio.Event)

    def offer(self, frame: Frame, position: Position | None = None) -> None:
        """Sends it at once where nothing waits, else puts it into the queue; a full queue ends the socket. Once it is
        to end nothing is added: what came after something that was left out would hide the gap."""
        if self.close_code is not None:
            return
        transport = self.transport
        if self.idle and transport is not None and self.queue.empty():
            # Waking the sender costs more than the sending; a socket that is slow has something in its buffer.
            if position is not None and self.reached is not None and position <= self.reached:
                return
            if not transport.is_closing() and transport.get_write_buffer_size() == 0 and not self.socket.closed:
                transport.write(frame.wire)
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
        self.reached = after
        while True:
            self.idle = True
            position, frame = await self.queue.get()
            self.idle = False
            if position is not None and after is not None and position <= after:
                continue
            try:
                await self.send(frame.text)
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
