"""Answers of the API, compressed for whoever accepts it.

The length of a compressed answer tells how much of it repeats itself. Where it holds a secret beside something that was
asked for, a page that can make a browser ask, and see the lengths, guesses the secret letter by letter (BREACH). So:

- what another site makes a browser ask for is sent as it is; nobody else can choose what is asked for (over plain HTTP
  browsers do not say who asks, but there everybody on the way reads along anyhow);
- only what is read is compressed: the secrets that are shown once answer a POST;
- a route whose answer holds a secret says so (`secret=True`), and is left alone altogether.

Files, streams and what is partial or empty stay as they are: a file is compressed in itself or not worth it.
"""

from __future__ import annotations

import asyncio
import zlib
from typing import Final

from aiohttp import web

from hub.web.routes import Route

LEAST_BYTES: Final = 1024
"""Below this the headers and one packet cost more than what is saved."""
_INLINE_BYTES: Final = 128 * 1024
"""What takes longer than a millisecond is done beside the event loop."""
_LEVEL: Final = 3  # a fifth of a millisecond for a page of a list, and a tenth larger than at the best level
_GZIP: Final = 31
_TYPES: Final = frozenset({"application/json", "text/html", "text/plain", "text/css", "text/javascript"})


def accepts_gzip(request: web.Request) -> bool:
    """`gzip;q=0` refuses it."""
    for one in request.headers.get("Accept-Encoding", "").lower().split(","):
        name, _, weight = one.partition(";")
        if name.strip() in {"gzip", "*"}:
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


async def compress(route: Route, request: web.Request, response: web.StreamResponse) -> None:
    """Compresses the answer where it may and is worth it."""
    if route.method != "GET" or route.secret or not isinstance(response, web.Response) or response.prepared:
        return
    body = response.body
    if (
        response.status != 200
        or not isinstance(body, bytes)
        or len(body) < LEAST_BYTES
        or response.content_type not in _TYPES
        or {"Content-Encoding", "Content-Disposition"} & response.headers.keys()
    ):
        return
    response.headers.add("Vary", "Accept-Encoding")
    if accepts_gzip(request) and request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none"):
        large = len(body) > _INLINE_BYTES
        response.body = await asyncio.to_thread(_gzip, body) if large else _gzip(body)
        response.headers["Content-Encoding"] = "gzip"


def _gzip(body: bytes) -> bytes:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    return packer.compress(body) + packer.flush()
