"""Errors on demand: what goes wrong with the next request of a kind."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from aiohttp import web

from tests.peers.twilio.answers import problem

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
LONGEST_HANG = 60.0


@dataclass(frozen=True, slots=True)
class Fault:
    """`after`: the request is carried out first, and its answer lost."""

    does: Literal["answers", "closes", "hangs"]
    status: int = 500
    code: int = 20500
    message: str = "Internal server error"
    retry_after: int | None = None
    seconds: float = LONGEST_HANG
    after: bool = False


def refuses(code: int, status: int = 400, message: str = "") -> Fault:
    """Answers with this error code, as Twilio refuses a request."""
    return Fault("answers", status, code, message or f"Error {code}")


def too_many(retry_after: int | None = 1) -> Fault:
    """429 with code 20429; the request was not processed."""
    return Fault("answers", 429, 20429, "Too Many Requests", retry_after)


def broken(status: int = 503, *, after: bool = False) -> Fault:
    """A server error, whose page is no JSON; with `after` the request was processed all the same."""
    return Fault("answers", status, 0, "<html>upstream error</html>", after=after)


def closes(*, after: bool = False) -> Fault:
    """The connection breaks: before anything was read, or after the request was carried out."""
    return Fault("closes", after=after)


def hangs(seconds: float = LONGEST_HANG, *, after: bool = False) -> Fault:
    """No answer for so many real seconds; then the connection closes."""
    return Fault("hangs", seconds=min(seconds, LONGEST_HANG), after=after)


class Faults:
    """Planned per route name ("messages.create", "calls.create", …; "*" is any)."""

    def __init__(self) -> None:
        self._planned: dict[str, deque[Fault]] = defaultdict(deque)
        self._standing: dict[str, Fault] = {}

    def next(self, route: str, *faults: Fault) -> None:
        """The next requests to this route meet these faults, one each."""
        self._planned[route].extend(faults)

    def always(self, route: str, fault: Fault) -> None:
        """Every request to this route, until `clear`."""
        self._standing[route] = fault

    def clear(self) -> None:
        self._planned.clear()
        self._standing.clear()

    def take(self, route: str) -> Fault | None:
        for name in (route, "*"):
            if self._planned[name]:
                return self._planned[name].popleft()
        return self._standing.get(route) or self._standing.get("*")

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        fault = self.take(request.match_info.route.name or "")
        if fault is None:
            return await handler(request)
        if fault.after:
            await handler(request)
        if fault.does == "answers":
            if not fault.code:
                return web.Response(status=fault.status, text=fault.message, content_type="text/html")
            headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
            return problem(fault.status, fault.code, fault.message, headers)
        if fault.does == "hangs":
            await asyncio.sleep(fault.seconds)
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)
