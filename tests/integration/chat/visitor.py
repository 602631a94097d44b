"""A visitor's browser in a few lines: the protocol's other end, with a copy, a cursor and an outbox that outlive a
connection, over a network that the test can break at any moment."""

from __future__ import annotations

import asyncio
import itertools
import json
import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from hub.sdk import Socket

_addresses = itertools.count(1)


class Wire:
    """hub.sdk.SocketPeer with a network in the middle. Cut, it loses what is under way in both directions."""

    headers: Mapping[str, str] = {"Host": "hub.test"}
    origin = "https://hub.test"
    public_base = "https://hub.test"
    language = "en"

    def __init__(self) -> None:
        self.address = f"192.0.2.{next(_addresses) % 250}"
        self.to_hub: asyncio.Queue[str | None] = asyncio.Queue()
        self.to_page: asyncio.Queue[str | None] = asyncio.Queue()
        self.gone = False

    async def receive(self) -> str | None:
        return None if self.gone else await self.to_hub.get()

    async def send(self, text: str) -> None:
        if self.gone:
            raise ConnectionResetError
        self.to_page.put_nowait(text)
        await asyncio.sleep(0)

    async def close(self, code: int = 1000, reason: str = "") -> None:
        self.cut()

    def cut(self) -> None:
        self.gone = True
        self.to_hub.put_nowait(None)
        self.to_page.put_nowait(None)


@dataclass
class Visitor:
    """What the host page remembers, and the connection of the moment."""

    token: str | None = None
    epoch: str | None = None
    jwt: str | None = None
    language: str = ""
    items: dict[int, dict[str, Any]] = field(default_factory=dict)
    outbox: dict[str, dict[str, Any]] = field(default_factory=dict)
    refused: list[dict[str, Any]] = field(default_factory=list)
    frames: list[dict[str, Any]] = field(default_factory=list)
    welcome: dict[str, Any] = field(default_factory=dict)
    cursor: int = 0
    wire: Wire | None = None
    tasks: list[asyncio.Task[None]] = field(default_factory=list)
    lose: int = 0
    """So many of the next frames to the page are lost, and the connection with them."""

    async def connect(self, socket: Socket) -> None:
        await self.cut()
        self.wire = Wire()
        hello = {
            "type": "hello",
            "token": self.token,
            "jwt": self.jwt,
            "since": self.cursor,
            "epoch": self.epoch,
            "lang": self.language,
            "page": {"url": "https://shop.test/", "title": "Shop"},
        }
        self.wire.to_hub.put_nowait(json.dumps(hello))
        self.tasks = [
            asyncio.create_task(socket.serve(self.wire)),  # type: ignore[arg-type]
            asyncio.create_task(self._receive(self.wire)),
        ]

    async def cut(self) -> None:
        """The connection is gone, at both ends."""
        if self.wire is not None:
            self.wire.cut()
            await asyncio.gather(*self.tasks, return_exceptions=True)
            for task in self.tasks:
                if (failure := task.exception()) is not None and not isinstance(failure, ConnectionError):
                    raise failure
        self.wire, self.welcome = None, {}

    def say(self, **frame: Any) -> None:
        if self.wire is not None and not self.wire.gone:
            self.wire.to_hub.put_nowait(json.dumps(frame))

    def write(self, text: str, **more: Any) -> str:
        """Into the outbox, from which it goes out now and after every welcome until it is confirmed."""
        cid = uuid.uuid4().hex
        self.outbox[cid] = {"type": "msg", "cid": cid, "text": text, **more}
        if self.welcome:
            self.say(**self.outbox[cid])
        return cid

    async def _receive(self, wire: Wire) -> None:
        while (text := await wire.to_page.get()) is not None:
            if self.lose:
                self.lose -= 1
                if not self.lose:
                    wire.cut()
                continue
            frame = json.loads(text)
            self.frames.append(frame)
            with suppress(AttributeError):
                getattr(self, f"_on_{frame['type']}")(frame)

    def _on_welcome(self, frame: dict[str, Any]) -> None:
        self.token = frame["token"] or self.token
        if not frame["resumed"]:
            self.items.clear()
            self.cursor = 0
        self.epoch, self.welcome = frame["epoch"], frame
        for message in self.outbox.values():
            self.say(**message)

    def _on_log(self, frame: dict[str, Any]) -> None:
        for item in frame["items"]:
            assert item["seq"] == self.cursor + 1, "a gap or a duplicate"
            self.items[item["seq"]] = item
            self.cursor = item["seq"]
            self.outbox.pop(item.get("cid", ""), None)

    def _on_ack(self, frame: dict[str, Any]) -> None:
        assert frame["seq"] > 0
        self.outbox.pop(frame["cid"], None)

    def _on_refused(self, frame: dict[str, Any]) -> None:
        self.refused.append(frame)
        if frame["code"] != "slow_down":
            self.outbox.pop(frame["cid"], None)

    def _on_token(self, frame: dict[str, Any]) -> None:
        self.token = frame["token"]

    def _on_bye(self, frame: dict[str, Any]) -> None:
        if frame["code"] == "token":
            self.token = None

    def _on_ping(self, _frame: dict[str, Any]) -> None:
        self.say(type="pong")

    @property
    def said(self) -> list[tuple[str, str]]:
        """(direction, text) of the copy, in order."""
        return [(item["direction"], item["text"]) for _, item in sorted(self.items.items())]

    def seen(self, kind: str) -> list[dict[str, Any]]:
        return [frame for frame in self.frames if frame["type"] == kind]
