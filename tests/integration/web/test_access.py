"""Who gets in, asked of every route that there is."""

from __future__ import annotations

import asyncio
import io
import re
from typing import Any

import pytest

from hub.desk.agents import change_agent
from hub.desk.policy import Action, allowed
from hub.web.routes import Public, Route
from hub.web.server import all_routes
from tests.integration.web.hub import Answer, Browser, Hub

ROUTES = all_routes()
GUARDED = [route for route in ROUTES if not isinstance(route.policy, Public)]
UNSAFE = [route for route in ROUTES if route.unsafe]
REFUSED = (401, 403)
NOT_FOUND_OR_WRONG = (200, 201, 204, 302, 400, 404, 409, 410, 413, 415, 422, 426)


def named(route: Route) -> str:
    return route.name


def address(route: Route) -> str:
    """The route's address with ids that do not exist."""
    return re.sub(r"{(\w+)}", lambda found: "987654321" if found[1].endswith("id") else "no-such-token", route.path)


async def call(browser: Browser, route: Route, **more: Any) -> Answer:
    headers = {"Idempotency-Key": "0123456789abcdef", "Origin": browser.base}
    return await browser.send(route.method, address(route), {} if route.unsafe else None, headers=headers, **more)


@pytest.mark.parametrize("route", GUARDED, ids=named)
async def test_nobody_signed_in_gets_nothing(nobody: Browser, route: Route) -> None:
    answer = await call(nobody, route)
    assert answer.status == 401
    assert answer.json["code"] == "signed_out"


@pytest.mark.parametrize("route", GUARDED, ids=named)
async def test_an_agent_gets_what_the_policy_allows(agent: Browser, route: Route) -> None:
    assert isinstance(route.policy, Action)
    assert agent.agent is not None
    answer = await call(agent, route)
    if allowed(agent.agent, route.policy):
        assert answer.status in NOT_FOUND_OR_WRONG, answer.content
    else:
        assert answer.status == 403
        assert answer.json["code"] == "forbidden"


@pytest.mark.parametrize("route", [one for one in GUARDED if one.path != "/api/demo"], ids=named)
async def test_an_administrator_is_never_refused_and_nothing_breaks(administrator: Browser, route: Route) -> None:
    answer = await call(administrator, route)
    assert answer.status in NOT_FOUND_OR_WRONG, answer.content


@pytest.mark.parametrize("route", GUARDED, ids=named)
async def test_a_disabled_agent_gets_nothing_from_that_moment(hub: Hub, route: Route) -> None:
    somebody, boss = await hub.agent("administrator"), await hub.agent("administrator")
    browser = await hub.browser(somebody)
    async with hub.services.write() as tx:
        await change_agent(tx, somebody.id, disabled=True, by=boss.id)
    assert (await call(browser, route)).status == 401


@pytest.mark.parametrize("route", [one for one in UNSAFE if one.csrf], ids=named)
async def test_without_the_csrf_token_nothing_is_changed(administrator: Browser, route: Route) -> None:
    for wrong in ("", "x" * 43):
        administrator.csrf = wrong
        answer = await call(administrator, route)
        assert answer.status == 403


@pytest.mark.parametrize("route", UNSAFE, ids=named)
async def test_another_site_cannot_send_anything(administrator: Browser, route: Route) -> None:
    for foreign in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = await administrator.send(route.method, address(route), {}, headers=foreign)
        assert answer.status == 403


@pytest.mark.parametrize("route", [one for one in UNSAFE if one.body is not None], ids=named)
async def test_nothing_but_the_declared_fields_is_read(administrator: Browser, route: Route) -> None:
    """A role, an author or an id that a client adds is refused, not stored."""
    columns = ("id", "author_agent_id", "author_identity_id", "agent_id", "role", "disabled_at", "password_hash", "seq")
    assert route.body is not None
    for column in columns:
        if column in route.body.model_fields:
            continue
        answer = await administrator.send(
            route.method,
            address(route),
            {column: 1},
            headers={"Idempotency-Key": "0123456789abcdef", "X-CSRF": administrator.csrf},
        )
        assert answer.status == 422
        assert column in {one["field"] for one in answer.json["errors"]}


@pytest.mark.parametrize("route", [one for one in UNSAFE if one.body is not None], ids=named)
@pytest.mark.parametrize(
    ("content", "status"),
    [(b"{", 400), (b"\xff\xfe{}", 400), (b'"text"', 422), (b"[]", 422), (b"", 400), (b'{"a":"\\u0000"}', 422)],
)
async def test_what_is_not_json_is_told_so(administrator: Browser, route: Route, content: bytes, status: int) -> None:
    headers = {"Idempotency-Key": "0123456789abcdef", "Content-Type": "application/json"}
    answer = await administrator.send(route.method, address(route), headers=headers, data=content)
    assert answer.status == status
    assert answer.headers["Content-Type"] == "application/problem+json"


async def test_an_administrator_who_is_demoted_may_no_longer_administrate(hub: Hub) -> None:
    somebody, boss = await hub.agent("administrator"), await hub.agent("administrator")
    browser = await hub.browser(somebody)
    assert (await browser.get("/api/connectors")).status == 200
    async with hub.services.write() as tx:
        await change_agent(tx, somebody.id, role="agent", by=boss.id)
    assert (await browser.get("/api/connectors")).status == 403


async def test_a_large_body_is_refused_before_it_is_read(administrator: Browser) -> None:
    content, headers = io.BytesIO(b" " * 2_000_000), {"Content-Type": "application/json"}
    answer = await administrator.send("PATCH", "/api/me", data=content, headers=headers)
    assert answer.status == 413


async def raw_answer(hub: Hub, request: bytes) -> bytes:
    """The first line that the hub answers to these very bytes."""
    host, port = hub.base.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(request)
    await writer.drain()
    async with asyncio.timeout(20):
        line = await reader.readline()
    writer.close()
    await writer.wait_closed()
    return line


BYTES = b"\xff\xfe\x80"


@pytest.mark.parametrize(
    ("target", "headers", "status"),
    [
        (b"DELETE /api/session", b"X-CSRF: " + BYTES, 403),
        (b"GET /api/session", b"User-Agent: " + BYTES, 200),
        (b"GET /api/session", b"Accept-Encoding: " + BYTES, 200),
        (b"GET /api/session", b"Origin: " + BYTES, 200),
        (b"POST /api/conversations/1/notes", b"Idempotency-Key: " + BYTES, 403),
        (b"GET /api/invites/%ff%fe", b"X-Forwarded-For: " + BYTES, 404),
        (b"GET /api/invites/%00", b"Accept: */*", 404),
        (b"GET /api/customers?query=%ff", b"Accept: */*", 200),
        (b"GET /api/customers?query=%00", b"Accept: */*", 422),
        (b"GET /api/conversations/99999999999999999999", b"Accept: */*", 404),
        (b"GET /api/conversations/9223372036854775808", b"Accept: */*", 404),
        (b"GET /api/conversations/0", b"Accept: */*", 404),
    ],
)
async def test_odd_bytes_break_nothing(hub: Hub, agent: Browser, target: bytes, headers: bytes, status: int) -> None:
    (cookie,) = agent.http.cookie_jar
    request = target + b" HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nCookie: hub_session=" + cookie.value.encode()
    line = await raw_answer(hub, request + b"\r\n" + headers + b"\r\n\r\n")
    assert int(line.split()[1]) == status


async def test_a_sign_in_with_odd_bytes_in_the_browsers_name_works(hub: Hub) -> None:
    content = b'{"email":"who@hub.test","password":"x"}'
    head = b"POST /api/session HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"
    line = await raw_answer(hub, head % len(content) + b"User-Agent: " + BYTES + b"\r\n\r\n" + content)
    assert int(line.split()[1]) == 401
