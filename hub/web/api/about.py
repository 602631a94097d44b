"""The API's description of itself."""

from __future__ import annotations

from typing import Final

from aiohttp import web

from hub.web.routes import Call, Public, Routes

routes: Final = Routes()
DOCUMENT: Final = web.AppKey("openapi", bytes)


@routes.get(
    "/api/openapi.json",
    policy=Public("It describes what the source says, and nothing of this hub."),
    summary="This description (OpenAPI 3.1)",
)
async def openapi(call: Call[None, None]) -> web.StreamResponse:
    return web.Response(body=call.request.app[DOCUMENT], content_type="application/json")
