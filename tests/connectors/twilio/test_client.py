"""Calls of Twilio's API, against servers on loopback that answer, redirect and break."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio
from aiohttp import web

from connectors.twilio.client import Api
from connectors.twilio.errors import ApiError, NoAnswer, NotReached
from connectors.twilio.settings import Account

ACCOUNT = Account("AC" + "0" * 32, "s3cret-token")
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Server:
    """Answers everything with `answer`, and keeps the requests."""

    def __init__(self) -> None:
        self.url = ""
        self.requests: list[web.BaseRequest] = []
        self.bodies: list[bytes] = []
        self.answer: Answer = self._well

    async def _well(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response({"sid": "SM1"})

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(request)
        self.bodies.append(await request.read())
        return await self.answer(request)


@pytest_asyncio.fixture
async def server() -> AsyncIterator[Server]:
    server = Server()
    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", server.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield server
    await runner.cleanup()


@pytest_asyncio.fixture
async def api(server: Server, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Api]:
    monkeypatch.setenv("ALLWAYS_TWILIO_URL", server.url)
    api = Api(ACCOUNT)
    yield api
    await api.close()


async def test_lists_are_repeated_fields_and_the_account_is_in_the_path(server: Server, api: Api) -> None:
    await api.post("Messages.json", {"To": "+49 1", "MediaUrl": ["https://a/1", "https://a/2"]})
    assert server.requests[0].path == f"/2010-04-01/Accounts/{ACCOUNT.sid}/Messages.json"
    assert server.bodies == [b"To=%2B49+1&MediaUrl=https%3A%2F%2Fa%2F1&MediaUrl=https%3A%2F%2Fa%2F2"]


async def test_a_refusal_has_code_message_and_the_wish_to_wait(server: Server, api: Api) -> None:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.json_response({"code": 20429, "message": "Too many"}, status=429, headers={"Retry-After": "3"})

    server.answer = answer
    with pytest.raises(ApiError) as refused:
        await api.post("Messages.json", {})
    assert (refused.value.status, refused.value.code, refused.value.retry_after) == (429, 20429, 3.0)


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"sid": '])
async def test_an_answer_that_is_no_answer_leaves_open_what_happened(server: Server, api: Api, body: bytes) -> None:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(body=body, status=201)

    server.answer = answer
    with pytest.raises(NoAnswer):
        await api.post("Messages.json", {})


async def test_a_connection_that_breaks_is_not_tried_again(server: Server, api: Api) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    server.answer = answer
    with pytest.raises(NoAnswer):
        await api.post("Messages.json", {"To": "+491"})
    await asyncio.sleep(0.05)
    assert len(server.requests) == 1


async def test_nobody_there_means_that_nothing_was_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLWAYS_TWILIO_URL", "http://127.0.0.1:1")
    api = Api(ACCOUNT)
    with pytest.raises(NotReached):
        await api.post("Messages.json", {})
    await api.close()


async def test_pages_are_followed_to_the_end_on_the_same_server(server: Server, api: Api) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        number = int(request.query.get("Page", "0"))
        next_uri = f"{request.path}?Page={number + 1}&To=%2B491" if number < 2 else None
        return web.json_response({"messages": [{"sid": number}], "next_page_uri": next_uri})

    server.answer = answer
    found = [one["sid"] async for page in api.pages("Messages.json", "messages", {"To": "+491"}) for one in page]
    assert found == [0, 1, 2]
    assert all(one.query["To"] == "+491" for one in server.requests)


async def test_credentials_do_not_follow_a_redirect(server: Server, api: Api) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        if request.path != "/kept":
            raise web.HTTPTemporaryRedirect(f"{server.url.replace('127.0.0.1', 'localhost')}/kept")
        return web.Response(body=b"content")

    server.answer = answer
    assert await api.download("https://api.twilio.com/2010-04-01/Accounts/AC/Messages/MM/Media/ME1", 100) == b"content"
    first, second = server.requests
    assert "Authorization" in first.headers
    assert "Authorization" not in second.headers


@pytest.mark.parametrize(
    "location",
    [
        "https://evil.example/x",
        "http://media.twiliocdn.com/x",
        "https://media.twiliocdn.com:8443/x",
        "https://twilio.com.evil.example/x",
        "https://169.254.169.254/latest",
        "file:///etc/passwd",
        "https://[",
        "",
    ],
)
async def test_a_file_is_not_fetched_from_anywhere_else(server: Server, api: Api, location: str) -> None:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": location})

    server.answer = answer
    with pytest.raises(LookupError):
        await api.download(f"{server.url}/media", 100)


@pytest.mark.parametrize(
    "url", ["https://evil.example/x", "http://127.0.0.1:9/x", "", "file:///x", "https://api.twilio.com.evil.example/"]
)
async def test_a_file_begins_at_twilio_or_is_not_fetched(server: Server, api: Api, url: str) -> None:
    with pytest.raises(LookupError):
        await api.download(url, 100)
    assert server.requests == []


async def test_a_file_that_is_too_large_or_gone_is_not_there(server: Server, api: Api) -> None:
    async def large(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(10):
            await response.write(bytes(50))
        return response

    async def gone(_: web.Request) -> web.StreamResponse:
        return web.Response(status=404)

    for answer in (large, gone):
        server.answer = answer
        with pytest.raises(LookupError):
            await api.download(f"{server.url}/media", 100)


async def test_deleting_what_is_gone_is_well(server: Server, api: Api) -> None:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.json_response({"code": 20404, "message": "gone"}, status=404)

    server.answer = answer
    await api.delete("Messages/SM1.json")
    assert [one.method for one in server.requests] == ["DELETE"]
