"""A route says everything about itself: method, path, who may use it, what goes in and what comes out.

    @routes.patch("/api/conversations/{conversation_id}", policy=Action.…, summary="Assign, resolve or reopen")
    async def change(call: Call[ConversationPatch, None]) -> shapes.Conversation: ...

The handler's annotations are the contract: `Call[Body, Query]` are pydantic models (None for nothing), the return type
is what is answered (a TypedDict as JSON, None for 204, a response of aiohttp for anything else). hub/web/serve.py
serves them, hub/web/openapi.py describes them.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar, get_args, get_type_hints

from aiohttp import web
from pydantic import BaseModel

from hub.desk.model import Agent, Session
from hub.desk.policy import Action, permits
from hub.web.errors import busy, forbidden, signed_out
from hub.web.services import Services

BodyT = TypeVar("BodyT")
QueryT = TypeVar("QueryT")
HandlerT = TypeVar("HandlerT", bound=Callable[..., Awaitable[object]])

JSON_BYTES: Final = 1024 * 1024
SECONDS: Final = 30.0


class RouteError(Exception):
    """A route is not declared completely; the hub does not start."""


@dataclass(frozen=True, slots=True)
class Public:
    """The policy of a route that anybody may call, with the reason why that is right."""

    reason: str


@dataclass(slots=True)
class Call(Generic[BodyT, QueryT]):
    """One request, checked: whoever calls may use this route, `body` and `query` are valid."""

    request: web.Request
    services: Services
    body: BodyT
    query: QueryT
    path: Mapping[str, Any]
    """The variable parts of the path: ids are integers, everything else text."""
    session_or_none: Session | None
    headers: dict[str, str] = field(default_factory=dict)
    """Sent with the answer."""
    cookie: str | None = None
    """The session cookie to set with the answer; "" drops it."""

    @property
    def session(self) -> Session:
        """Raises a 401 Problem on a public route that nobody signed in to."""
        if self.session_or_none is None:
            raise signed_out()
        return self.session_or_none

    @property
    def agent(self) -> Agent:
        return self.session.agent

    @property
    def idempotency_key(self) -> str:
        """Checked where the route is declared `idempotent`."""
        return self.request.headers["Idempotency-Key"]

    def snapshot(self) -> str:
        """Call it before reading what the page shows: the answer says from where on events bring it up to date."""
        position = self.services.feed.position
        if position is None:
            raise busy("The hub is still starting.")
        self.headers["X-Feed-Position"] = str(position)
        return str(position)

    def allowed(self, action: Action, subject: object = None) -> bool:
        """What the policy says to this agent, or to the token that they use."""
        return permits(self.session_or_none, action, subject)

    def check(self, action: Action, subject: object = None) -> None:
        """Asks the policy about one object. Raises a 403 Problem."""
        if not self.allowed(action, subject):
            raise forbidden()


@dataclass(frozen=True, slots=True)
class Route:
    method: str
    path: str
    policy: Action | Public
    summary: str
    handler: Callable[[Call[Any, Any]], Awaitable[object]]
    body: type[BaseModel] | None
    query: type[BaseModel] | None
    answer: Any
    """Type of what is answered: a TypedDict, NoneType, or a StreamResponse of aiohttp."""
    status: int
    produces: str
    consumes: str
    max_bytes: int
    seconds: float
    idempotent: bool
    """Needs an Idempotency-Key header, so that a repeated request does the thing once."""
    csrf: bool
    secret: bool
    """The answer holds a secret, and is not compressed: hub/web/compression.py says why."""
    socket: bool
    """Stays open for as long as the client likes."""

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def unsafe(self) -> bool:
        return self.method not in ("GET", "HEAD", "OPTIONS")


class Routes:
    """The routes of one noun, in the order of their declaration."""

    def __init__(self) -> None:
        self.all: list[Route] = []

    def get(self, path: str, **declared: Any) -> Callable[[HandlerT], HandlerT]:
        return self._declare("GET", path, **declared)

    def post(self, path: str, **declared: Any) -> Callable[[HandlerT], HandlerT]:
        return self._declare("POST", path, **declared)

    def put(self, path: str, **declared: Any) -> Callable[[HandlerT], HandlerT]:
        return self._declare("PUT", path, **declared)

    def patch(self, path: str, **declared: Any) -> Callable[[HandlerT], HandlerT]:
        return self._declare("PATCH", path, **declared)

    def delete(self, path: str, **declared: Any) -> Callable[[HandlerT], HandlerT]:
        return self._declare("DELETE", path, **declared)

    def _declare(
        self,
        method: str,
        path: str,
        *,
        policy: Action | Public | None = None,
        summary: str = "",
        status: int = 0,
        produces: str = "application/json",
        consumes: str = "application/json",
        max_bytes: int = JSON_BYTES,
        seconds: float = SECONDS,
        idempotent: bool = False,
        csrf: bool = True,
        secret: bool = False,
        socket: bool = False,
    ) -> Callable[[HandlerT], HandlerT]:
        if not isinstance(policy, Action | Public):
            raise RouteError(f"{method} {path} has no policy. Name the Action that it is, or Public with the reason.")
        if not summary:
            raise RouteError(f"{method} {path} has no summary. Say in a few words what it does.")

        def declare(handler: HandlerT) -> HandlerT:
            body, query, answer = _contract(handler)
            self.all.append(
                Route(
                    method=method,
                    path=path,
                    policy=policy,
                    summary=summary,
                    handler=handler,
                    body=body,
                    query=query,
                    answer=answer,
                    status=status or (204 if answer is type(None) else 200),
                    produces=produces,
                    consumes=consumes,
                    max_bytes=max_bytes,
                    seconds=seconds,
                    idempotent=idempotent,
                    csrf=csrf,
                    secret=secret,
                    socket=socket,
                )
            )
            return handler

        return declare


def _contract(handler: Callable[..., Any]) -> tuple[type[BaseModel] | None, type[BaseModel] | None, Any]:
    """Body, query and answer, from the annotations of the handler."""
    hints = get_type_hints(handler)
    (parameter,) = inspect.signature(handler).parameters
    models = get_args(hints[parameter])
    if len(models) != 2 or "return" not in hints:
        raise RouteError(f"{handler.__qualname__} must be annotated as (call: Call[Body, Query]) -> Answer.")
    body, query = (None if one is type(None) else one for one in models)
    return body, query, hints["return"]
