"""A reference hub for the chat widget: the visitor's protocol in memory, with faults on demand, and a host page of
another site under a strict policy. The widget is tested against it where no real hub could be made to misbehave."""

from __future__ import annotations

import asyncio
import json
import secrets
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from aiohttp import WSMsgType, web

from tests.hub_process import until

WIDGET = Path(__file__).resolve().parents[2] / "connectors/webchat/widget"
CHANNEL = "/hooks/shop"
Frame = dict[str, Any]

HOST_PAGE = """<!doctype html><html {root}><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>A shop</title><link rel="stylesheet" href="/shop.css">
<main><h1>Oak &amp; Iron</h1><p>Furniture made to order in Leipzig. Delivery in four weeks.</p>
<p><a href="/terms">Terms</a></p></main>
<script async src="{widget}/widget.js"{data}></script></html>"""
HOST_STYLE = """html { color-scheme: light dark }
body { font: 17px/1.6 Georgia, serif; max-inline-size: 40rem; margin: 4rem auto; padding: 0 1rem }"""
FRAME_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' {socket}; img-src 'self' blob:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors {host}"
)


@dataclass
class Visitor:
    token: str
    items: list[Frame] = field(default_factory=list)
    seqs: dict[str, int] = field(default_factory=dict)
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    read: int = 0


@dataclass
class Faults:
    """What goes wrong; a count is used up, one at a time."""

    drop_acks: int = 0
    close_before_ack: int = 0
    drop_messages: int = 0
    refuse: list[str] = field(default_factory=list)
    refuse_sockets: bool = False
    silent: bool = False
    without_cid: bool = False


class ChatServer:
    """The hub at 127.0.0.1, the host page at localhost: two sites to a browser. Runs in a thread of its own."""

    def __init__(self) -> None:
        self.config: Frame = {
            "title": "Oak & Iron",
            "form": [],
            "transcript": True,
            "team": [{"name": "Lena Hoffmann"}],
        }
        self.faults = Faults()
        self.open = True
        self.visitors: dict[str, Visitor] = {}
        self.files: dict[str, tuple[str, bytes]] = {}
        self.host_attributes = ""
        self.host_root = 'lang="en"'
        self.widget = ""
        """Where the host page takes the widget from: "" for this server, or a real hub's hooks."""
        self._epoch = secrets.token_hex(4)
        self._seq = 100
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._do(self._start)
        return self

    def __exit__(self, *_: object) -> None:
        self._do(self._stop)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def _do(self, work: Callable[[], Awaitable[None]]) -> None:
        async def bounded() -> None:
            await asyncio.wait_for(work(), 10)

        asyncio.run_coroutine_threadsafe(bounded(), self._loop).result(15)

    # -- what a test asks for

    @property
    def visitor(self) -> Visitor:
        (one,) = self.visitors.values()
        return one

    def texts(self) -> list[str]:
        return [item["text"] for item in self.visitor.items]

    def say(self, text: str, author: str = "Lena Hoffmann", **more: object) -> int:
        said: list[int] = []

        async def say() -> None:
            said.append(self._store(self.visitor, "out", text, author=author, **more))
            await self._push({"type": "log", "items": [self.visitor.items[-1]], "head": said[0]})

        self._do(say)
        return said[0]

    def push(self, frame: Frame) -> None:
        """To the page, which has to be connected: what is pushed is said once."""
        until(lambda: any(visitor.sockets for visitor in list(self.visitors.values())), "the page is connected")
        self._do(lambda: self._push(frame))

    async def _push(self, frame: Frame) -> None:
        for socket in list(self.visitor.sockets):
            # A line that breaks while it is spoken on is this server's daily bread: the log keeps the frame.
            with suppress(ConnectionResetError):
                await socket.send_str(json.dumps(frame))

    def disconnect(self) -> None:
        self._do(self._disconnect)

    async def _disconnect(self) -> None:
        for visitor in self.visitors.values():
            for socket in list(visitor.sockets):
                await socket.close()

    def restore_from_backup(self, lost: int | None = None) -> None:
        """The hub comes back with another history: no copy made before can be resumed. `lost`: which item is gone."""

        async def restore() -> None:
            if lost is not None:
                self.visitor.items.pop(lost)
            self._epoch = secrets.token_hex(4)
            self._seq += 1000
            for visitor in self.visitors.values():
                for item in visitor.items:
                    self._seq += 1
                    item["seq"] = self._seq
                visitor.seqs = {item["cid"]: item["seq"] for item in visitor.items if "cid" in item}
            await self._disconnect()

        self._do(restore)

    # -- the hub

    async def _start(self) -> None:
        hub = web.Application(client_max_size=2**25)
        hub.router.add_get(f"{CHANNEL}/widget.js", self._asset("widget.js"))
        hub.router.add_get(f"{CHANNEL}/frame", self._asset("frame.html"))
        hub.router.add_get(f"{CHANNEL}/assets/{{name:.+}}", self._asset(None))
        hub.router.add_get(f"{CHANNEL}/config", self._config)
        hub.router.add_post(f"{CHANNEL}/uploads", self._upload)
        hub.router.add_get(f"{CHANNEL}/files/{{id}}", self._file)
        hub.router.add_get("/sockets/shop/visitor", self._socket)
        host = web.Application()
        host.router.add_get("/shop.css", self._style)
        host.router.add_get("/{page:.*}", self._page)
        self._runners = []
        ports = []
        for app in (hub, host):
            runner = web.AppRunner(app, shutdown_timeout=0.1)
            await runner.setup()
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            self._runners.append(runner)
            ports.append(runner.addresses[0][1])
        self.hub, self.host = f"http://127.0.0.1:{ports[0]}", f"http://localhost:{ports[1]}"

    async def _stop(self) -> None:
        for visitor in self.visitors.values():
            for socket in list(visitor.sockets):
                await socket.close()
        for runner in self._runners:
            await runner.cleanup()

    async def _page(self, request: web.Request) -> web.Response:
        widget = self.widget or f"{self.hub}{CHANNEL}"
        hub = widget.partition("/hooks/")[0]
        page = HOST_PAGE.format(root=self.host_root, widget=widget, data=self.host_attributes)
        policy = f"default-src 'none'; style-src 'self'; script-src {hub}; frame-src {hub}"
        policy += "; require-trusted-types-for 'script'"
        return web.Response(text=page, content_type="text/html", headers={"Content-Security-Policy": policy})

    async def _style(self, request: web.Request) -> web.Response:
        return web.Response(text=HOST_STYLE, content_type="text/css")

    def _asset(self, fixed: str | None) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def asset(request: web.Request) -> web.StreamResponse:
            headers = {"Cache-Control": "no-cache"}
            if fixed == "frame.html":
                policy = FRAME_POLICY.format(socket=self.hub.replace("http", "ws"), host=self.host)
                headers["Content-Security-Policy"] = policy
            return web.FileResponse(WIDGET / (fixed or request.match_info["name"]), headers=headers)

        return asset

    async def _config(self, request: web.Request) -> web.Response:
        return web.json_response({**self.config, "open": self.open, "language": request.query["lang"]})

    def _bearer(self, request: web.Request) -> Visitor:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token not in self.visitors:
            raise web.HTTPUnauthorized
        return self.visitors[token]

    async def _upload(self, request: web.Request) -> web.Response:
        self._bearer(request)
        identifier = secrets.token_hex(8)
        content = await request.read()
        self.files[identifier] = (request.content_type, content)
        self._names = {**getattr(self, "_names", {}), identifier: request.query["name"]}
        return web.json_response({"id": identifier}, status=201)

    async def _file(self, request: web.Request) -> web.Response:
        self._bearer(request)
        kind, content = self.files[request.match_info["id"]]
        return web.Response(body=content, content_type=kind)

    def _store(self, visitor: Visitor, direction: str, text: str, **more: object) -> int:
        self._seq += 3
        item = {"seq": self._seq, "direction": direction, "text": text, "attachments": [], **more}
        visitor.items.append({"occurred_at": datetime.now(UTC).isoformat(), **item})
        return self._seq

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        if self.faults.refuse_sockets:
            raise web.HTTPServiceUnavailable
        assert request.headers["Origin"] == self.hub
        socket = web.WebSocketResponse(max_msg_size=2**16)
        await socket.prepare(request)
        visitor: Visitor | None = None
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            frame = json.loads(message.data)
            if frame["type"] == "hello":
                visitor = await self._welcome(socket, frame)
            elif visitor:
                visitor.frames.append(frame)
                if frame["type"] == "msg":
                    await self._message(socket, visitor, frame)
                elif frame["type"] == "transcript":
                    await socket.send_str(json.dumps({"type": "transcript", "ok": True}))
        if visitor and socket in visitor.sockets:
            visitor.sockets.remove(socket)
        return socket

    async def _welcome(self, socket: web.WebSocketResponse, hello: Frame) -> Visitor:
        token = hello["token"]
        if token not in self.visitors:
            token = secrets.token_hex(16)
            self.visitors[token] = Visitor(token)
        visitor = self.visitors[token]
        visitor.frames.append(hello)
        epoch = self._epoch
        resumed = hello["epoch"] == epoch
        since = hello["since"] if resumed else 0
        head = visitor.items[-1]["seq"] if visitor.items else 0
        welcome = {
            "type": "welcome",
            "token": token,
            "visitor": "v",
            "head": head,
            "epoch": self._epoch,
            "resumed": resumed,
        }
        status = {"open": self.open, "agents_online": 1, "config_version": 1, "read": visitor.read}
        await socket.send_str(json.dumps({**welcome, **status}))
        while epoch == self._epoch and (missing := [item for item in visitor.items if item["seq"] > since]):
            page = missing[:2]  # small pages, so that every replay has several
            since, head = page[-1]["seq"], missing[-1]["seq"]
            items = [self._seen_by_page(item) for item in page]
            await socket.send_str(json.dumps({"type": "log", "items": items, "head": head}))
        if epoch == self._epoch:
            visitor.sockets.append(socket)  # nothing came since the last look: from here on it is told at once
        else:  # it was restored meanwhile
            await socket.close()
        return visitor

    def _seen_by_page(self, item: Frame) -> Frame:
        return {key: value for key, value in item.items() if not (key == "cid" and self.faults.without_cid)}

    async def _message(self, socket: web.WebSocketResponse, visitor: Visitor, frame: Frame) -> None:
        faults, cid = self.faults, frame["cid"]
        if faults.silent:
            return
        if faults.drop_messages:
            faults.drop_messages -= 1
            await socket.close()
            return
        if faults.refuse:
            code = faults.refuse.pop(0)
            await socket.send_str(json.dumps({"type": "refused", "cid": cid, "code": code, "text": code}))
            return
        if cid not in visitor.seqs:
            names = getattr(self, "_names", {})
            attachments = [
                {"id": one, "filename": names[one], "content_type": self.files[one][0], "size": len(self.files[one][1])}
                for one in frame["uploads"]
            ]
            visitor.seqs[cid] = self._store(visitor, "in", frame["text"], cid=cid, attachments=attachments)
            item = self._seen_by_page(visitor.items[-1])
            for other in visitor.sockets:
                await other.send_str(json.dumps({"type": "log", "items": [item], "head": item["seq"]}))
        if faults.close_before_ack:
            faults.close_before_ack -= 1
            await socket.close()
        elif faults.drop_acks:
            faults.drop_acks -= 1
        else:
            await socket.send_str(json.dumps({"type": "ack", "cid": cid, "seq": visitor.seqs[cid]}))
