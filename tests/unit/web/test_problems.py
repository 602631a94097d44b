"""Every failure is one problem; what nobody foresaw can be found in the log by its reference."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from structlog.testing import capture_logs

from hub.outbound.errors import Suppressed
from hub.web.errors import Problem
from hub.web.serve import HUNG_UP, Handler, problems

Answers = Callable[[Exception], Awaitable[web.Response]]


@pytest_asyncio.fixture
async def client() -> AsyncIterator[TestClient[web.Request, web.Application]]:
    app = web.Application(middlewares=[problems])

    async def handler(request: web.Request) -> web.Response:
        raise FAILURES[request.match_info["what"]]

    app.router.add_get("/{what}", handler)
    async with TestClient(TestServer(app)) as client:
        yield client


FAILURES: dict[str, Exception] = {
    "bug": ValueError("secret-canary"),
    "problem": Problem(418, "teapot", "A teapot.", "Find a pot.", size=3),
    "refusal": Suppressed("eve@x.example", "They opted out."),
    "gone": ConnectionRefusedError(),
    "http": web.HTTPMethodNotAllowed("GET", ["POST"]),
}


async def test_what_nobody_foresaw_has_a_reference_that_leads_to_the_log(
    client: TestClient[web.Request, web.Application],
) -> None:
    with capture_logs() as logs:
        answer = await client.get("/bug")
    problem = await answer.json()
    assert (answer.status, problem["code"]) == (500, "unexpected")
    assert "secret-canary" not in await answer.text()
    assert problem["reference"] in problem["detail"]
    (line,) = [one for one in logs if one["event"] == "request failed"]
    assert line["reference"] == problem["reference"]
    assert line["exc_info"] is FAILURES["bug"]


async def test_every_failure_is_the_same_shape(client: TestClient[web.Request, web.Application]) -> None:
    expected = {"problem": 418, "refusal": 422, "gone": 503, "http": 405}
    for what, status in expected.items():
        answer = await client.get(f"/{what}")
        assert answer.status == status
        assert answer.content_type == "application/problem+json"
        problem = await answer.json()
        assert problem["type"] == f"about:blank#{problem['code']}"
        assert problem["status"] == status
        assert {"title", "detail"} <= problem.keys()
    assert (await (await client.get("/problem")).json())["size"] == 3
    assert (await client.get("/http")).headers["Allow"] == "POST"
    assert (await client.get("/gone")).headers["Retry-After"]


async def test_who_hangs_up_in_the_middle_of_a_request_is_no_trouble_of_the_database() -> None:
    begun = asyncio.Event()
    answered: asyncio.Future[web.StreamResponse] = asyncio.get_running_loop().create_future()

    @web.middleware
    async def outside(request: web.Request, handler: Handler) -> web.StreamResponse:
        answered.set_result(await handler(request))
        return await answered

    async def upload(request: web.Request) -> web.Response:
        begun.set()
        return web.Response(body=await request.read())

    app = web.Application(middlewares=[outside, problems])
    app.router.add_post("/", upload)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    with capture_logs() as logs:
        _, writer = await asyncio.open_connection(*runner.addresses[0])
        writer.write(b"POST / HTTP/1.1\r\nHost: hub\r\nContent-Length: 100\r\n\r\nhalf of it")
        async with asyncio.timeout(20):
            await begun.wait()
            writer.transport.abort()
            assert (await answered).status == HUNG_UP
    assert logs == []
    await runner.cleanup()
