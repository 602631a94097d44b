"""Serves the routes: sign-in, origin, policy, then the request's form, then the handler; every failure a problem."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any, Final

import orjson
import structlog
from aiohttp import web
from pydantic import BaseModel, ValidationError

from hub.db.trouble import is_passing
from hub.desk.policy import permits
from hub.web import auth, errors, repeat
from hub.web.compression import compress
from hub.web.domain import problem_of
from hub.web.errors import Problem
from hub.web.openapi import LARGEST_ID, is_id
from hub.web.routes import Call, Public, Route
from hub.web.security import Origin
from hub.web.services import SERVICES, Services

BODY_SECONDS: Final = 20.0
HUNG_UP: Final = 499
"""What a request counts as whose client did not wait for the answer; nginx's number for it."""
_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_IDEMPOTENCY_KEY: Final = re.compile(r"[A-Za-z0-9_-]{8,100}")
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The outermost shell: whatever goes wrong inside becomes one answer."""
    try:
        return await handler(request)
    except Problem as problem:
        return problem.response()
    except web.HTTPException as failure:
        if failure.status < 400:
            raise
        return errors.from_http(failure).response()
    except asyncio.CancelledError:
        raise
    except Exception as failure:  # noqa: BLE001  # the shell: logged with a reference, answered as a problem
        if isinstance(failure, ConnectionError) and request.transport is None:
            return web.Response(status=HUNG_UP)  # not the database: whoever asked is gone, and nobody reads this
        refusal = problem_of(failure)
        if refusal is not None:
            return refusal.response()
        if is_passing(failure):
            _log.warning("request refused: database out of reach", error=type(failure).__name__)
            return errors.busy().response()
        return errors.unexpected(request, failure).response()


class Admission:
    """Turns requests away at once when too many are in hand: a fast 503 is worth more than a late answer."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._in_hand = 0

    def enter(self) -> None:
        if self._in_hand >= self._most:
            raise errors.busy()
        self._in_hand += 1

    def leave(self) -> None:
        self._in_hand -= 1


def handler_for(route: Route, origin: Origin, admission: Admission) -> Handler:
    """The aiohttp handler of a route."""

    async def handle(request: web.Request) -> web.StreamResponse:
        services = request.app[SERVICES]
        if route.socket:
            return await _handle(route, origin, services, request)
        admission.enter()
        try:
            async with asyncio.timeout(route.seconds):
                return await _handle(route, origin, services, request)
        finally:
            admission.leave()

    return handle


async def _handle(route: Route, origin: Origin, services: Services, request: web.Request) -> web.StreamResponse:
    path = {name: _path_value(name, value) for name, value in request.match_info.items()}
    if route.unsafe and not origin.allows(request):
        raise errors.forbidden("The request came from another site. Open the hub itself and try again.")
    session = None
    if not isinstance(route.policy, Public):
        session = await auth.require(services, request, csrf=route.unsafe and route.csrf)
        if not permits(session, route.policy):
            raise errors.forbidden() if session.scopes is None else errors.out_of_scope()
    if route.idempotent and not _IDEMPOTENCY_KEY.fullmatch(request.headers.get("Idempotency-Key", "")):
        raise Problem(
            400,
            "idempotency_key_needed",
            "The request has no good Idempotency-Key.",
            "Send a fresh random key (8 to 100 letters and digits) with it, and the same one when repeating it.",
        )
    call: Call[Any, Any] = Call(
        request=request,
        services=services,
        body=await _body(route, request),
        query=_query(route, request),
        path=path,
        session_or_none=session,
    )

    async def answer() -> web.StreamResponse:
        return _response(route, call, await route.handler(call))

    response = await (repeat.once(call, answer) if route.idempotent else answer())
    if call.cookie:
        auth.set_cookie(response, call.cookie, secure=origin.secure)
    elif call.cookie == "":
        auth.drop_cookie(response, secure=origin.secure)
    await compress(route, request, response)
    return response


def _response(route: Route, call: Call[Any, Any], answer: object) -> web.StreamResponse:
    if isinstance(answer, web.StreamResponse):
        if not answer.prepared:
            answer.headers.update(call.headers)
        return answer
    if answer is None:
        return web.Response(status=route.status, headers=call.headers)
    return json_response(answer, status=route.status, headers=call.headers)


def json_response(answer: object, *, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    body = orjson.dumps(answer, option=orjson.OPT_UTC_Z)
    return web.Response(status=status, body=body, content_type="application/json", headers=headers)


def _path_value(name: str, value: str) -> int | str:
    if not is_id(name):
        if "\x00" in value:
            raise errors.not_found()
        return value
    if not (value.isascii() and value.isdigit() and len(value) <= 19 and 1 <= int(value) <= LARGEST_ID):
        raise errors.not_found()
    return int(value)


def _query(route: Route, request: web.Request) -> BaseModel | None:
    given: dict[str, str] = {}
    for name, value in request.query.items():
        if name in given:
            raise errors.invalid(name, "Give this once.")
        if "\x00" in value or _LONE_SURROGATE.search(value):
            raise errors.invalid(name, "This holds characters that cannot be stored.")
        given[name] = value
    if route.query is None:
        if given:
            raise errors.invalid(next(iter(given)), "This parameter does not exist here.")
        return None
    try:
        return route.query.model_validate(given)
    except ValidationError as failure:
        raise errors.from_validation(failure) from None


async def _body(route: Route, request: web.Request) -> BaseModel | None:
    if route.consumes != "application/json":
        return None
    if (request.content_length or 0) > route.max_bytes:
        raise errors.Problem(413, "too_large", "This is too large.", f"At most {route.max_bytes} bytes at once.")
    content = await _content(route, request)
    if route.body is None:
        if content.strip() not in (b"", b"{}", b"null"):
            raise errors.invalid("body", "This takes no content.")
        return None
    if request.content_type != "application/json":
        raise Problem(415, "not_json", "The content must be JSON.", "Send it with Content-Type: application/json.")
    try:
        parsed = orjson.loads(content)
    except orjson.JSONDecodeError as failure:
        raise Problem(400, "bad_json", "The content is not valid JSON.", str(failure)) from None
    if b"\\u0000" in content and _holds_nul(parsed):
        raise errors.invalid("body", "A text holds the character NUL, which cannot be stored.")
    try:
        return route.body.model_validate(parsed)
    except ValidationError as failure:
        raise errors.from_validation(failure) from None


def _holds_nul(value: object) -> bool:
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, dict):
        return any(_holds_nul(one) for pair in value.items() for one in pair)
    return isinstance(value, list) and any(map(_holds_nul, value))


async def _content(route: Route, request: web.Request) -> bytes:
    """The whole body, at most `max_bytes` of it, within BODY_SECONDS."""
    if not request.body_exists:
        return b""
    content = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.content.iter_chunked(64 * 1024):
                content += chunk
                if len(content) > route.max_bytes:
                    raise Problem(413, "too_large", "This is too large.", f"At most {route.max_bytes} bytes at once.")
    except TimeoutError:
        raise Problem(408, "too_slow", "The request did not arrive in time.", "Try again.") from None
    return bytes(content)
