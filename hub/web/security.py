"""Headers that every answer carries, and where a request may come from."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

API_POLICY: Final = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
_ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Content-Security-Policy": API_POLICY,
    "Cache-Control": "no-store",
}


class Origin:
    """The hub's own origin, as its public URL and as the browser addressed it."""

    def __init__(self, public_url: str) -> None:
        parts = urlsplit(public_url)
        self.secure = parts.scheme == "https"
        self._own = f"{parts.scheme}://{parts.netloc}".lower()

    def allows(self, request: web.Request) -> bool:
        """Whether this request comes from one of our own pages, or from a program that is not a browser."""
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            return False
        origin = request.headers.get("Origin")
        if origin is None:
            return True
        return origin.lower() in (self._own, f"{urlsplit(self._own).scheme}://{request.host}".lower())

    async def add_headers(self, request: web.Request, response: web.StreamResponse) -> None:
        """For aiohttp's `on_response_prepare`: streams and sockets carry them too."""
        del request
        for name, value in _ALWAYS.items():
            response.headers.setdefault(name, value)
        if "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]:
            response.headers.setdefault("X-Frame-Options", "DENY")
        if self.secure:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        response.headers["Server"] = "allways"


ORIGIN: Final = web.AppKey("origin", Origin)


def client_address(request: web.Request, trusted_proxies: int) -> str:
    """Who is calling: the peer, or what the outermost of our own `trusted_proxies` saw."""
    hops = [one.strip() for line in request.headers.getall("X-Forwarded-For", []) for one in line.split(",")]
    if trusted_proxies and hops:
        return hops[-min(trusted_proxies, len(hops))]
    return request.remote or ""
