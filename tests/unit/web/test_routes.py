"""A route that is not declared completely does not start."""

from __future__ import annotations

import pytest
from aiohttp import web

from hub.desk.policy import Action
from hub.web.answers.shapes import Agent
from hub.web.routes import Call, Public, RouteError, Routes
from hub.web.server import all_routes, check_guarded


async def nothing(call: Call[None, None]) -> None:
    """A handler."""


def test_a_route_without_a_policy_does_not_start() -> None:
    routes = Routes()
    with pytest.raises(RouteError, match="has no policy"):
        routes.get("/api/secrets", summary="All of them")(nothing)
    with pytest.raises(RouteError, match="has no policy"):
        routes.get("/api/secrets", policy=None, summary="All of them")(nothing)
    assert routes.all == []


def test_a_route_without_a_contract_does_not_start() -> None:
    async def untyped(call):  # type: ignore[no-untyped-def]
        return None

    with pytest.raises((RouteError, KeyError)):
        Routes().get("/api/x", policy=Action.READ_SELF, summary="X")(untyped)


def test_a_route_outside_the_table_does_not_start() -> None:
    app = web.Application()

    async def smuggled(request: web.Request) -> web.Response:
        return web.Response()

    app.router.add_get("/api/smuggled", smuggled)
    with pytest.raises(RouteError, match="/api/smuggled has no policy"):
        check_guarded(app, [], [])
    check_guarded(app, [], ["/api/smuggled"])


def test_a_route_declared_twice_does_not_start() -> None:
    routes = Routes()
    for _ in range(2):
        routes.get("/api/x", policy=Action.READ_SELF, summary="X")(nothing)
    with pytest.raises(RouteError, match="Declared twice: GET /api/x"):
        check_guarded(web.Application(), routes.all, [])


def test_the_annotations_are_the_contract() -> None:
    routes = Routes()

    @routes.post("/api/x", policy=Public("For the test."), summary="X", status=201)
    async def answer(call: Call[None, None]) -> Agent:
        raise NotImplementedError

    (route,) = routes.all
    assert (route.answer, route.status, route.body, route.unsafe) == (Agent, 201, None, True)


def test_only_these_routes_are_open_to_everybody() -> None:
    public = {route.name for route in all_routes() if isinstance(route.policy, Public)}
    assert public == {
        "POST /api/session",
        "GET /api/invites/{token}",
        "POST /api/invites/{token}",
        "GET /api/openapi.json",
        "GET /api/reference",
        "GET /api/reference/{file}",
        *(
            f"{method} /callback/{page}"
            for method in ("GET", "POST")
            for page in ("{queue_id}", "{queue_id}/code/{token}", "{queue_id}/time/{token}", "manage/{token}")
        ),
    }
