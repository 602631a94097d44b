"""The door: the session cookie and its CSRF token, the token of a program, and how often somebody may knock."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from hmac import compare_digest
from math import ceil
from typing import Final

from aiohttp import web

from hub.desk import api_tokens, sessions
from hub.desk.model import Session
from hub.settings import Settings
from hub.web.errors import Problem, forbidden, signed_out
from hub.web.ratelimit import RateLimit
from hub.web.services import Services

COOKIE: Final = "hub_session"
FIND_SECONDS: Final = 3.0
_QUARTER: Final = 900.0
_LONGEST_TOKEN: Final = 200


class Door:
    """Limits on guessing, in this process: from one address, for one account from one address, and for one account
    from anywhere (so high that nobody is easily locked out by somebody else)."""

    def __init__(self) -> None:
        self._from_address = RateLimit(100, _QUARTER)
        self._for_account_from_address = RateLimit(10, _QUARTER)
        self._for_account = RateLimit(50, _QUARTER)

    def knock(self, address: str, account: str = "") -> None:
        """Counts a try before its outcome is known. Raises a 429 Problem."""
        account = account.strip().lower()
        keys = [(self._from_address, address)]
        if account:
            keys += [(self._for_account_from_address, f"{account}\n{address}"), (self._for_account, account)]
        wait = max(limit.wait(key) for limit, key in keys)
        if wait > 0:
            seconds = ceil(wait)
            raise Problem(
                429,
                "too_many_attempts",
                "Too many attempts.",
                f"Wait {ceil(seconds / 60)} min and try again.",
                headers={"Retry-After": str(seconds)},
                retry_after=seconds,
            )
        for limit, key in keys:
            limit.record(key)

    def welcome(self, address: str, account: str) -> None:
        """They knew the password: their earlier tries no longer count against them."""
        self._for_account_from_address.forget(f"{account.strip().lower()}\n{address}")


DOOR: Final = web.AppKey("door", Door)


def cookie_token(request: web.Request) -> str:
    """The session token of the request, "" for none."""
    token = request.cookies.get(COOKIE, "")
    return token if len(token) <= _LONGEST_TOKEN and token.isascii() else ""


def bearer_token(request: web.Request) -> str | None:
    """The token of a program, "" for one that cannot be any; None when the request says nothing of one."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return None
    token = token.strip()
    return token if token.startswith(api_tokens.PREFIX) and len(token) <= _LONGEST_TOKEN and token.isascii() else ""


async def require(services: Services, request: web.Request, *, csrf: bool) -> Session:
    """The session of the request, and where `csrf` is asked for, its token in X-CSRF. A program's token stands for
    itself: no browser sends it unasked. Raises 401 and 403 Problems."""
    bearer = bearer_token(request)
    if bearer is not None:
        return await _program(services, bearer)
    token = cookie_token(request)
    if not token:
        raise signed_out()
    async with asyncio.timeout(FIND_SECONDS):
        session = await sessions.find(services.database, token, idle=idle(services.settings))
    if session is None:
        raise signed_out()
    if csrf and not compare_digest(request.headers.get("X-CSRF", "").encode("utf-8", "replace"), session.csrf.encode()):
        raise forbidden("The page is out of date. Reload it and try again.")
    return session


async def _program(services: Services, token: str) -> Session:
    session = None
    if token:
        async with asyncio.timeout(FIND_SECONDS):
            session = await api_tokens.find(services.database, token)
    if session is None:
        raise Problem(
            401,
            "token_unknown",
            "This token does not work.",
            "It was revoked or has expired. Make a new one in the hub's settings.",
            headers={"WWW-Authenticate": "Bearer"},
        )
    return session


def user_agent(request: web.Request) -> str:
    """What the browser calls itself, as text that can be stored whatever bytes came."""
    return request.headers.get("User-Agent", "").encode("ascii", "replace").decode("ascii")[:400]


def idle(settings: Settings) -> timedelta:
    """How long a session lasts without a request."""
    return timedelta(hours=settings.session_hours)


def set_cookie(response: web.StreamResponse, token: str, *, secure: bool) -> None:
    response.set_cookie(COOKIE, token, path="/", httponly=True, secure=secure, samesite="Lax")


def drop_cookie(response: web.StreamResponse, *, secure: bool) -> None:
    response.del_cookie(COOKIE, path="/", httponly=True, secure=secure, samesite="Lax")


def welcome_link(settings: Settings, token: str) -> str:
    """The page that accepts an invite; the token stands behind the #, which browsers send to nobody."""
    return f"{settings.public_url}/welcome#{token}"
