"""The interactive reference: a page of our own, which reads the API's description and tries operations out."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from aiohttp import web

from hub.web.errors import not_found
from hub.web.routes import Call, Public, Routes

routes: Final = Routes()
FOLDER: Final = Path(__file__).parent.parent / "reference"
_TYPES: Final = {"index.html": "text/html", "reference.css": "text/css", "reference.js": "text/javascript"}
_OPEN: Final = Public("It is the same for everybody, and holds nothing of this hub.")
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@routes.get("/api/reference", policy=_OPEN, summary="This reference, as a page to try things out", produces="text/html")
async def page(call: Call[None, None]) -> web.StreamResponse:
    del call
    return _file("index.html")


@routes.get("/api/reference/{file}", policy=_OPEN, summary="A part of the reference page", produces="*/*")
async def part(call: Call[None, None]) -> web.StreamResponse:
    return _file(call.path["file"])


def _file(name: str) -> web.Response:
    if name not in _TYPES:
        raise not_found("file")
    headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-cache"}
    return web.Response(body=_content(name), content_type=_TYPES[name], charset="utf-8", headers=headers)


@cache
def _content(name: str) -> bytes:
    return (FOLDER / name).read_bytes()
