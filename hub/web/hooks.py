"""Providers' webhooks: the channel's own session verifies, what it received is committed, and only then answered."""

from __future__ import annotations

import asyncio
from typing import Final

import structlog
from aiohttp import web

from hub.sdk import ConnectionTrouble, Hook, HookRequest, Sink
from hub.web.errors import Problem, busy, not_found
from hub.web.openapi import LARGEST_ID
from hub.web.security import client_address
from hub.web.services import SERVICES, Services

PATH: Final = "/hooks/{channel_id:[0-9]{1,19}}/{name:[a-z0-9_.-]{1,60}}{rest:(?:/[^?]{0,500})?}"
SMALL_BYTES: Final = 1024 * 1024
BODY_SECONDS: Final = 10.0
LARGE_BODY_SECONDS: Final = 120.0
LARGE_AT_ONCE: Final = 6
HANDLE_SECONDS: Final = 5.0
_LARGE: Final = asyncio.Semaphore(LARGE_AT_ONCE)
"""What is read into memory at once stays bounded, whoever sends it."""
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


async def receive(request: web.Request) -> web.StreamResponse:
    """One call of a provider. Forged: 403 and nothing is written. Not stored: 503, so that the provider repeats it."""
    services = request.app[SERVICES]
    channel_id = int(request.match_info["channel_id"])
    hook, sink = _hook(services, channel_id, request)
    body = await _body(request, hook.max_bytes)
    asked = HookRequest(
        method=request.method,
        target=request.raw_path,
        headers=request.headers,
        body=body,
        public_base=services.settings.public_url,
        rest=request.match_info["rest"].lstrip("/"),
        query=dict(request.query),
        origin=request.headers.get("Origin", ""),
        address=client_address(request, services.settings.trusted_proxies),
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
    charset = "utf-8" if reply.content_type.startswith(("text/", "application/j")) else None
    response = web.Response(
        status=reply.status, body=reply.body, content_type=reply.content_type, charset=charset, headers=reply.headers
    )
    if charset and "public" in reply.headers.get("Cache-Control", ""):
        # the same for everybody, so that its length tells nothing
        response.headers["Vary"] = "Accept-Encoding"
        response.enable_compression()
    return response


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


async def _body(request: web.Request, max_bytes: int) -> bytes:
    if (request.content_length or 0) > max_bytes:
        raise _too_large(max_bytes)
    large = max_bytes > SMALL_BYTES and (request.content_length or max_bytes) > SMALL_BYTES
    if not large:
        return await _read(request, max_bytes, BODY_SECONDS)
    if _LARGE.locked():
        raise busy("Too many large files at once. Try again in a moment.")
    async with _LARGE:
        return await _read(request, max_bytes, LARGE_BODY_SECONDS)


async def _read(request: web.Request, max_bytes: int, seconds: float) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for chunk in request.content.iter_chunked(64 * 1024):
                body += chunk
                if len(body) > max_bytes:
                    raise _too_large(max_bytes)
    except TimeoutError:
        raise Problem(408, "too_slow", "The request did not arrive in time.", "Try again.") from None
    return bytes(body)


def _too_large(max_bytes: int) -> Problem:
    return Problem(413, "too_large", "This is too large.", f"At most {max_bytes} bytes at once.")
