"""The API's description of itself."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from functools import cached_property
from typing import Final

import orjson
from aiohttp import web

from hub import __version__
from hub.web.compression import accepts_gzip
from hub.web.openapi import document
from hub.web.routes import Call, Public, Route, Routes

routes: Final = Routes()


class Description:
    """The OpenAPI document, made when somebody first asks for it: it takes time that most starts never need."""

    def __init__(self, described: Sequence[Route]) -> None:
        self._described = described

    @cached_property
    def json(self) -> bytes:
        return orjson.dumps(document(self._described, __version__))

    @cached_property
    def compressed(self) -> bytes:
        """Once for all: anybody may ask for it, and it is large."""
        return gzip.compress(self.json)


DESCRIPTION: Final = web.AppKey("description", Description)


@routes.get(
    "/api/openapi.json",
    policy=Public("It describes what the source says, and nothing of this hub."),
    summary="This description (OpenAPI 3.1)",
)
async def openapi(call: Call[None, None]) -> web.StreamResponse:
    description = call.request.app[DESCRIPTION]
    if not accepts_gzip(call.request):
        return web.Response(body=description.json, content_type="application/json")
    headers = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return web.Response(body=description.compressed, content_type="application/json", headers=headers)
