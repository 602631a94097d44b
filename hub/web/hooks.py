"""Providers' webhooks: the channel's own session verifies, what it received is committed, and only then answered."""

from __future__ import annotations

import asyncio
from typing import Final

import structlog
from aiohttp import web

from hub.sdk import ConnectionTrouble, Hook, HookRequest, Sink
from hub.web.errors import Problem, busy, not_found
from hub.web.openapi import LARGEST_ID
from hub.web.services import SERVICES, Services

PATH: Final = "/hooks/{channel_id:[0-9]{1,19}}/{name:[a-z0-9_-]{1,60}}"
MAX_BYTES: Final = 10 * 1024 * 1024
BODY_SECONDS: Final = 10.0
HANDLE_SECONDS: Final = 5.0
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


async def receive(request: web.Request) -> web.StreamResponse:
    """One call of a provider. Forged: 403 and nothing is written. Not stored: 503, so that the provider repeats it."""
    services = request.app[SERVICES]
    channel_id = int(request.match_info["channel_id"])
    hook, sink = _hook(services, channel_id, request)
    body = await _body(request)
    asked = HookRequest(
        method=request.method,
        target=request.raw_path,
        headers=request.headers,
        body=body,
        public_base=services.settings.public_url,
    )
    try:
        async with asyncio.timeout(HANDLE_SECONDS):
            reply = await hook.handle(asked)
    except PermissionError:
        _log.warning("webhook refused", channel_id=channel_id, hook=hook.name)
        raise Problem(403, "not_verified", "The call is not signed as it must be.") from None
    except TimeoutError:
        raise busy() from None
    if reply.raws:
        try:
            await sink.receive(reply.raws)
        except ConnectionTrouble as failure:
            raise busy(str(failure)) from failure
    return web.Response(status=reply.status, body=reply.body, content_type=reply.content_type)


def _hook(services: Services, channel_id: int, request: web.Request) -> tuple[Hook, Sink]:
    """The channel's hook of this name, and the door behind it. 404 for all else; 503 while it does not run here."""
    if not 1 <= channel_id <= LARGEST_ID:
        raise not_found("webhook")
    found = services.supervisor.hook(channel_id, request.match_info["name"])
    if found is None:
        if services.supervisor.session(channel_id) is None:
            raise busy("The channel is not running on this node. Try again in a moment.")
        raise not_found("webhook")
    if request.method not in found[0].methods:
        raise web.HTTPMethodNotAllowed(request.method, found[0].methods)
    return found


async def _body(request: web.Request) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.content.iter_chunked(64 * 1024):
                body += chunk
                if len(body) > MAX_BYTES:
                    raise Problem(413, "too_large", "This is too large.", f"At most {MAX_BYTES} bytes at once.")
    except TimeoutError:
        raise Problem(408, "too_slow", "The request did not arrive in time.", "Try again.") from None
    return bytes(body)
