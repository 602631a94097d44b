"""WebSockets of channels (hub.sdk.Socket): the channel's own session talks to whoever connects."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from ipaddress import ip_address
from typing import Final

import structlog
from aiohttp import WSCloseCode, WSMsgType, web

from hub.sdk import Socket
from hub.web.errors import busy, not_found
from hub.web.openapi import LARGEST_ID
from hub.web.security import client_address
from hub.web.services import SERVICES

PATH: Final = "/sockets/{channel_id:[0-9]{1,19}}/{name:[a-z0-9]{1,60}}"
MAX_BYTES: Final = 64 * 1024
HEARTBEAT_SECONDS: Final = 30.0
SEND_SECONDS: Final = 10.0
CLOSE_SECONDS: Final = 2.0
PER_ADDRESS: Final = 500
AT_ONCE: Final = 20_000
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Peer:
    """hub.sdk.SocketPeer over one WebSocket."""

    def __init__(self, request: web.Request, address: str, public_base: str) -> None:
        self._request = request
        self.socket = web.WebSocketResponse(compress=False, max_msg_size=MAX_BYTES, heartbeat=HEARTBEAT_SECONDS)
        self.address = address
        self.public_base = public_base

    @property
    def origin(self) -> str:
        return self._request.headers.get("Origin", "")

    @property
    def headers(self) -> Mapping[str, str]:
        return self._request.headers

    @property
    def language(self) -> str:
        return self.headers.get("Accept-Language", "").split(",")[0].split(";")[0].strip()[:35]

    async def receive(self) -> str | None:
        message = await self.socket.receive()
        return message.data if message.type is WSMsgType.TEXT else None

    async def send(self, text: str) -> None:
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self.socket.send_str(text)
        except (TimeoutError, RuntimeError) as failure:
            raise ConnectionResetError("The other side does not read.") from failure

    async def close(self, code: int = WSCloseCode.OK, reason: str = "") -> None:
        with suppress(TimeoutError, ConnectionError, RuntimeError):
            async with asyncio.timeout(CLOSE_SECONDS):
                await self.socket.close(code=code, message=reason.encode()[:120])


class Sockets:
    """All of this process, counted."""

    def __init__(self) -> None:
        self._peers: set[Peer] = set()
        self._by_address: Counter[str] = Counter()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One connection until it ends. 503 while the channel does not run here, or when there are too many."""
        services = request.app[SERVICES]
        socket = _socket(request)
        address = client_address(request, services.settings.trusted_proxies)
        if len(self._peers) >= AT_ONCE or (self._by_address[address] >= PER_ADDRESS and not _is_ours(address)):
            raise busy("Too many connections. Try again in a moment.")
        peer = Peer(request, address, services.settings.public_url)
        await peer.socket.prepare(request)
        self._peers.add(peer)
        self._by_address[address] += 1
        code = WSCloseCode.OK
        try:
            await socket.serve(peer)
        except ConnectionError:
            _log.debug("socket lost", socket=socket.name)
        except Exception:  # noqa: BLE001  # a connector's fault costs this connection only
            code = WSCloseCode.INTERNAL_ERROR
            _log.exception("socket failed", socket=socket.name)
        finally:
            self._peers.discard(peer)
            self._by_address[address] -= 1
            if not self._by_address[address]:
                del self._by_address[address]
        await peer.close(code)
        return peer.socket

    async def close(self) -> None:
        """Sends everybody away because the hub goes down; they come back by themselves."""
        await asyncio.gather(*(peer.close(WSCloseCode.GOING_AWAY) for peer in self._peers))


def _is_ours(address: str) -> bool:
    """A proxy on this machine that does not say for whom: it stands for everybody."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _socket(request: web.Request) -> Socket:
    supervisor = request.app[SERVICES].supervisor
    channel_id = int(request.match_info["channel_id"])
    if not 1 <= channel_id <= LARGEST_ID:
        raise not_found("socket")
    found = supervisor.socket(channel_id, request.match_info["name"])
    if found is None:
        if supervisor.session(channel_id) is None:
            raise busy("The channel is not running on this node. Try again in a moment.")
        raise not_found("socket")
    return found


SOCKETS: Final = web.AppKey("sockets", Sockets)
