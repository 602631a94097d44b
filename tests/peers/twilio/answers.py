"""How Twilio writes things: ids, dates, errors, pages."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any, TypeVar
from urllib.parse import urlencode

from aiohttp import web

VERSION = "2010-04-01"
T = TypeVar("T")


def new_sid(prefix: str) -> str:
    return prefix + secrets.token_hex(16)


def rfc2822(moment: datetime | None) -> str | None:
    return None if moment is None else format_datetime(moment)


def iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def problem(status: int, code: int, message: str, headers: Mapping[str, str] | None = None) -> web.Response:
    """A refusal, as Twilio words it."""
    body = {
        "code": code,
        "message": message,
        "more_info": f"https://www.twilio.com/docs/errors/{code}",
        "status": status,
    }
    return web.json_response(body, status=status, headers=headers)


class Refused(Exception):
    """A request that Twilio refuses, with the code of its documents."""

    def __init__(self, code: int, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status


def not_found(what: str) -> Refused:
    return Refused(20404, f"The requested resource {what} was not found", 404)


def found(things: Mapping[str, T], sid: str) -> T:
    """Raises Refused when there is none of that sid."""
    if sid not in things:
        raise not_found(sid)
    return things[sid]


def boolean(value: str) -> bool:
    return value.lower() == "true"


async def form(request: web.Request) -> dict[str, str]:
    """The single values that were posted."""
    return {key: str(value) for key, value in (await request.post()).items()}


async def many(request: web.Request, key: str) -> list[str]:
    """All values that were posted under this name."""
    return [str(value) for value in (await request.post()).getall(key, [])]


def by_date(request: web.Request, name: str) -> Callable[[datetime | None], bool]:
    """The filter of a list: `DateSent` is a day, `DateSent>` and `DateSent<` are bounds and count themselves."""
    query = request.query
    bounds: list[tuple[datetime, datetime]] = []
    first, last = datetime.min, datetime.max - timedelta(days=1)
    for key in (name, f"{name}>", f"{name}<"):
        if key not in query:
            continue
        value = query[key]
        try:
            start = datetime.fromisoformat(value.replace("Z", "+00:00")).replace(tzinfo=None)
        except ValueError as bad:
            raise Refused(20001, f"Invalid date: {value}") from bad
        end = start + (timedelta(days=1) if len(value) == 10 else timedelta(seconds=1))
        bounds.append((start if not key.endswith("<") else first, end if not key.endswith(">") else last))

    def fits(moment: datetime | None) -> bool:
        if moment is None:
            return not bounds
        plain = moment.replace(tzinfo=None, microsecond=0)
        return all(start <= plain < end for start, end in bounds)

    return fits


def page(
    request: web.Request,
    key: str,
    things: Iterable[T],
    shown: Callable[[T], dict[str, Any]],
    sid_of: Callable[[T], str],
) -> web.Response:
    """One page of a list, newest first. The token names the last one shown, so that nothing is skipped or shown
    twice when more arrive between two pages."""
    ordered: Sequence[T] = list(things)
    try:
        size = min(max(int(request.query.get("PageSize", "50")), 1), 1000)
        number = int(request.query.get("Page", "0"))
    except ValueError as bad:
        raise Refused(20001, "PageSize and Page are whole numbers") from bad
    start = 0
    if token := request.query.get("PageToken", ""):
        sids = [sid_of(thing) for thing in ordered]
        start = sids.index(token.removeprefix("PA")) + 1 if token.removeprefix("PA") in sids else len(sids)
    here = ordered[start : start + size]

    def address(index: int, token: str = "") -> str:
        kept = [(k, v) for k, v in request.query.items() if k not in ("Page", "PageToken", "PageSize")]
        kept += [("PageSize", str(size)), ("Page", str(index))] + ([("PageToken", token)] if token else [])
        return f"{request.path}?{urlencode(kept)}"

    following = address(number + 1, "PA" + sid_of(here[-1])) if start + size < len(ordered) else None
    return web.json_response(
        {
            key: [shown(thing) for thing in here],
            "page": number,
            "page_size": size,
            "start": number * size,
            "end": number * size + max(len(here) - 1, 0),
            "uri": address(number, request.query.get("PageToken", "")),
            "first_page_uri": address(0),
            "next_page_uri": following,
            "previous_page_uri": address(number - 1) if number else None,
        }
    )
