"""What the hub answers when it cannot do what was asked: always a problem (RFC 9457), never a bare page.

`status` and `code` are for programs, `title` and `detail` for people: what is wrong, and what to do.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson
import structlog
from aiohttp import web
from pydantic import ValidationError

CONTENT_TYPE: Final = "application/problem+json"
BUSY_SECONDS: Final = 2
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Problem(Exception):
    """An answer other than success. `extra` members join the problem's JSON; `errors` say which fields are wrong."""

    def __init__(
        self,
        status: int,
        code: str,
        title: str,
        detail: str = "",
        *,
        errors: Sequence[tuple[str, str]] = (),
        headers: Mapping[str, str] | None = None,
        **extra: object,
    ) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.title = title
        self.detail = detail
        self.errors = errors
        self.headers = headers or {}
        self.extra = extra

    def shape(self) -> dict[str, Any]:
        """The problem as JSON."""
        shape = {
            "type": f"about:blank#{self.code}",
            "title": self.title,
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
            **self.extra,
        }
        if self.errors:
            shape["errors"] = [{"field": field, "message": message} for field, message in self.errors]
        return shape

    def response(self) -> web.Response:
        body = orjson.dumps(self.shape(), option=orjson.OPT_UTC_Z)
        return web.Response(status=self.status, body=body, content_type=CONTENT_TYPE, headers=self.headers)


def not_found(what: str = "page") -> Problem:
    return Problem(404, "not_found", f"There is no such {what}.", "It may have been removed. Go back and try again.")


def forbidden(detail: str = "Ask an administrator of your hub for it.") -> Problem:
    return Problem(403, "forbidden", "You may not do this.", detail)


def out_of_scope() -> Problem:
    return Problem(403, "out_of_scope", "This token was not made for that.", "Make one with the scope that it needs.")


def signed_out() -> Problem:
    return Problem(401, "signed_out", "You are not signed in.", "Sign in and try again.")


def invalid(field: str, message: str) -> Problem:
    """422 about a single field."""
    return Problem(422, "invalid", "Something in the request is wrong.", message, errors=[(field, message)])


def busy(detail: str = "The hub has too much to do right now. It tries again by itself in a moment.") -> Problem:
    """503: the request was not carried out, and may be repeated after `BUSY_SECONDS`."""
    return Problem(503, "busy", "The hub is busy.", detail, headers={"Retry-After": str(BUSY_SECONDS)})


def from_validation(failure: ValidationError, where: str = "") -> Problem:
    """422 with every field that is wrong. Their values are never repeated: they may be secrets."""
    errors = [
        (".".join(map(str, (*([where] if where else []), *one["loc"]))) or "body", one["msg"])
        for one in failure.errors(include_input=False, include_url=False, include_context=False)
    ]
    return Problem(
        422, "invalid", "Something in the request is wrong.", "See the fields named in errors.", errors=errors
    )


_PLAIN: Final = {
    404: ("not_found", "There is no such page.", "Check the address."),
    405: ("method_not_allowed", "This cannot be done here.", "Use one of the methods in the Allow header."),
    413: ("too_large", "This is too large.", "Send less at once."),
}


def from_http(failure: web.HTTPException) -> Problem:
    """aiohttp's own refusals in our one shape."""
    code, title, detail = _PLAIN.get(
        failure.status, ("bad_request", "The request cannot be understood.", failure.reason)
    )
    kept = {name: failure.headers[name] for name in ("Allow", "Retry-After") if name in failure.headers}
    return Problem(failure.status, code, title, detail, headers=kept)


def unexpected(request: web.Request, failure: BaseException) -> Problem:
    """500 for what nobody foresaw: logged in full under a reference that the person can quote."""
    reference = secrets.token_hex(4)
    route = request.match_info.route.resource
    _log.error(
        "request failed",
        reference=reference,
        method=request.method,
        route=route.canonical if route is not None else "",
        exc_info=failure,
    )
    return Problem(
        500,
        "unexpected",
        "Something went wrong in the hub.",
        f"Try again. If it stays, give your administrator the reference {reference}.",
        reference=reference,
    )
