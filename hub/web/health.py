"""For process managers and load balancers: is the process alive, and can it work?"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final

from aiohttp import web
from sqlalchemy import text

from hub.db.trouble import is_passing
from hub.web.services import SERVICES

READY_SECONDS: Final = 2.0
_TRY: Final = text("select 1")


@dataclass(slots=True)
class Drain:
    """Whether this hub is going down: it still answers, and wants nobody new."""

    on: bool = False


DRAIN: Final = web.AppKey("drain", Drain)


async def alive(request: web.Request) -> web.StreamResponse:
    """200 as long as the process answers."""
    del request
    return web.Response(text="ok\n")


async def ready(request: web.Request) -> web.StreamResponse:
    """200 when this hub takes work and its database answers within READY_SECONDS, else 503."""
    if request.app[DRAIN].on:
        return web.Response(status=503, text="The hub is going down.\n")
    services = request.app[SERVICES]
    try:
        async with asyncio.timeout(READY_SECONDS), services.read() as connection:
            await connection.execute(_TRY)
    except Exception as failure:
        if not is_passing(failure):
            raise
        return web.Response(status=503, text="The database is out of reach.\n")
    if services.feed.position is None:
        return web.Response(status=503, text="The hub is starting.\n")
    return web.Response(text="ok\n")
