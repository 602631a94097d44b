"""What all of the customers' callback pages have: limits by address, forms, the language, and refusals as pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from math import ceil
from typing import Any, Final

from aiohttp import web

from hub.callbacks.model import Queue
from hub.web.callback_pages import html, words
from hub.web.callback_pages.words import Language, say
from hub.web.errors import Problem
from hub.web.ratelimit import RateLimit
from hub.web.routes import Call
from hub.web.security import client_address

PageCall = Call[None, None]
Handler = Callable[[PageCall], Awaitable[web.StreamResponse]]
_QUARTER: Final = 900.0


class Gate:
    """Limits in this process, by the address of who asks: codes sent, and everything else."""

    def __init__(self) -> None:
        self._codes = RateLimit(10, _QUARTER)
        self._requests = RateLimit(120, _QUARTER)

    def enter(self, address: str, *, code: bool = False) -> None:
        """Raises a 429 Problem."""
        limit = self._codes if code else self._requests
        seconds = ceil(limit.wait(address))
        if seconds > 0:
            raise Problem(429, "too_many_attempts", "", headers={"Retry-After": str(seconds)})
        limit.record(address)


GATE: Final = web.AppKey("callback_gate", Gate)


class NoPage(Exception):
    """There is no such page, or it is not valid any more."""


def page(handler: Handler) -> Handler:
    """What goes wrong is told as a page, not as a problem in JSON."""

    @wraps(handler)
    async def told(call: PageCall) -> web.StreamResponse:
        language = language_of(call)
        again = html.link(f"/callback/{call.path['queue_id']}", say(language, "start_again")) if _own(call) else ""
        try:
            enter(call)
            return await handler(call)
        except NoPage:
            body = html.paragraph(say(language, "gone")) + again
            return html.answer(language, say(language, "gone_title"), body, status=404, headers={})
        except Problem as failure:
            kind = "often" if failure.status == 429 else "busy"
            body = html.paragraph(say(language, kind)) + again
            title = say(language, f"{kind}_title")
            return html.answer(language, title, body, status=failure.status, headers=dict(failure.headers))

    return told


async def form(call: PageCall, **lengths: int) -> dict[str, str]:
    """The fields of the form, cut to their lengths and without characters that nobody types."""
    try:
        sent: Any = await call.request.post()
    except (ValueError, LookupError):
        sent = {}
    found = {}
    for name, length in lengths.items():
        written = sent.get(name, "")
        text = written if isinstance(written, str) else ""
        found[name] = "".join(one for one in text[:length] if one.isprintable() or one == "\n")
    return found


def enter(call: PageCall, *, code: bool = False) -> None:
    address = client_address(call.request, call.services.settings.trusted_proxies)
    call.request.app[GATE].enter(address, code=code)


def language_of(call: PageCall, queue: Queue | None = None) -> Language:
    return words.accepted(call.request.headers.get("Accept-Language", ""), queue.language if queue else "en")


def _own(call: PageCall) -> bool:
    return "queue_id" in call.path


def see(path: str) -> web.Response:
    return web.Response(status=303, headers={"Location": path})
