"""The chat over real HTTP: the widget's files and their headers, uploads, files, origins, and the socket itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from hub.app import serve_pages
from tests.integration.chat.world import Chat, chat_hub, until


@dataclass
class Site:
    chat: Chat
    http: aiohttp.ClientSession
    base: str

    def hook(self, rest: str) -> str:
        return f"{self.base}/hooks/{self.chat.channel.id}/{rest}"

    @property
    def socket(self) -> str:
        return f"{self.base}/sockets/{self.chat.channel.id}/visitor"

    async def token(self) -> str:
        async with self.http.ws_connect(self.socket, origin=self.base) as socket:
            await socket.send_json({"type": "hello", "token": None, "since": 0, "epoch": None})
            return str((await socket.receive_json(timeout=20))["token"])


@pytest_asyncio.fixture(scope="module")
async def site(database_url: str, tmp_path_factory: Any) -> AsyncIterator[Site]:
    settings = {"ask_email": "required", "title": "Ask us"}
    async with (
        chat_hub(database_url, tmp_path_factory.mktemp("hub"), **settings) as chat,
        serve_pages(chat.hub) as base,
        aiohttp.ClientSession() as http,
    ):
        yield Site(chat, http, base)


async def test_the_frame_can_be_shown_by_the_allowed_sites_alone_and_runs_only_its_own_scripts(site: Site) -> None:
    async with site.http.get(site.hook("frame")) as answer:
        assert answer.status == 200
        assert answer.content_type == "text/html"
        policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
        assert policy["frame-ancestors"] == "'self' https://shop.test"
        assert policy["script-src"] == "'self'"
        assert policy["default-src"] == "'none'"
        assert "X-Frame-Options" not in answer.headers
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_the_loader_can_be_used_by_any_page_and_is_not_sent_twice(site: Site) -> None:
    async with site.http.get(site.hook("widget.js")) as answer:
        assert answer.content_type == "text/javascript"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        etag = answer.headers["ETag"]
    async with site.http.get(site.hook("widget.js"), headers={"If-None-Match": etag}) as answer:
        assert answer.status == 304


@pytest.mark.parametrize("name", ["../connector.py", "..%2fconnector.py", "nothing.js", "", "locales/"])
async def test_nothing_but_the_widgets_own_files_is_served(site: Site, name: str) -> None:
    async with site.http.get(site.hook(f"assets/{name}")) as answer:
        assert answer.status == 404


async def test_the_look_is_told_in_the_visitors_language_and_without_secrets(site: Site) -> None:
    async with site.http.get(site.hook("config?lang=de")) as answer:
        config = await answer.json()
    assert config["title"] == "Ask us"
    assert config["form"] == [{"name": "email", "label": "E-Mail", "type": "email", "required": True}]
    assert "secret" not in str(config)


async def test_a_file_goes_up_with_a_message_and_only_its_own_visitor_can_fetch_it(site: Site) -> None:
    token = await site.token()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "image/png"}
    async with site.http.post(site.hook("uploads?name=../../shoe.png"), data=b"a picture", headers=headers) as answer:
        assert answer.status == 201
        upload = (await answer.json())["id"]
    async with site.http.ws_connect(site.socket, origin=site.base) as socket:
        await socket.send_json({"type": "hello", "token": token, "since": 0, "epoch": None})
        await socket.send_json({"type": "msg", "cid": "c1", "text": "", "uploads": [upload]})
        await socket.send_json({"type": "msg", "cid": "c2", "text": "Hm", "uploads": ["somebody-elses"]})
        frames: list[dict[str, Any]] = []
        async with asyncio.timeout(20):
            while not {"log", "ack", "refused"} <= {one["type"] for one in frames}:
                frames.append(await socket.receive_json())
    assert next(one["cid"] for one in frames if one["type"] == "refused") == "c2"
    (file,) = next(one for one in frames if one["type"] == "log")["items"][0]["attachments"]
    assert (file["filename"], file["content_type"], file["size"]) == ("shoe.png", "image/png", 9)
    async with site.http.get(site.hook(f"files/{file['id']}"), headers=headers) as answer:
        assert await answer.read() == b"a picture"
        assert answer.headers["Content-Disposition"].startswith("attachment")
    other = {"Authorization": f"Bearer {await site.token()}"}
    async with site.http.get(site.hook(f"files/{file['id']}"), headers=other) as answer:
        assert answer.status == 404
    async with site.http.get(site.hook(f"files/{file['id']}")) as answer:
        assert answer.status == 401
    async with site.http.post(site.hook("uploads?name=x"), data=b"x") as answer:
        assert (answer.status, answer.content_type) == (401, "application/problem+json")
        assert {"type", "title", "status", "code", "detail"} == set(await answer.json())


@pytest.mark.parametrize("origin", ["https://evil.test", "null", "https://shop.test.evil.test", None])
async def test_a_page_of_another_site_gets_no_conversation(site: Site, origin: str | None) -> None:
    async with site.http.ws_connect(site.socket, origin=origin) as socket:
        await socket.send_json({"type": "hello", "token": None, "since": 0, "epoch": None})
        assert await socket.receive_json(timeout=20) == {"type": "bye", "code": "refused"}


async def test_junk_is_ignored_and_a_flood_is_sent_away(site: Site) -> None:
    async with site.http.ws_connect(site.socket, origin="https://shop.test") as socket:
        await socket.send_json(
            {"type": "hello", "token": 5, "since": -1, "epoch": {}, "page": [], "lang": 7, "jwt": []}
        )
        assert (await socket.receive_json(timeout=20))["type"] == "welcome"
        for junk in ("", "[", "[]", "[" * 5000, '{"type":5}', '{"type":"msg"}', '{"type":"read","seq":"x"}', "\u0000"):
            await socket.send_str(junk)
        await socket.send_json({"type": "msg", "cid": "c9", "text": "Still here \ud83d\u0000"})
        assert (await _next(socket, "ack"))["cid"] == "c9"
        for number in range(200):
            await socket.send_json({"type": "typing", "on": bool(number % 2)})
        assert (await _next(socket, "bye"))["code"] == "slow"


async def test_who_writes_too_much_is_told_to_slow_down_and_nothing_is_lost(site: Site) -> None:
    async with site.http.ws_connect(site.socket, origin="https://shop.test") as socket:
        await socket.send_json({"type": "hello", "token": None, "since": 0, "epoch": None})
        for number in range(30):
            await socket.send_json({"type": "msg", "cid": f"m{number}", "text": f"Message {number}"})
        answers: dict[str, str] = {}
        async with asyncio.timeout(20):
            while len(answers) < 30:
                frame = await socket.receive_json()
                if frame["type"] in ("ack", "refused"):
                    answers[frame["cid"]] = frame.get("code", "ack")
        assert answers["m0"] == "ack"
        assert answers["m29"] == "slow_down"
        stored = await site.chat.rows("select text from entry where text like 'Message %'")
        assert len(stored) == sum(one == "ack" for one in answers.values())
    await until(lambda: not site.chat.session()._visits)


async def _next(socket: aiohttp.ClientWebSocketResponse, kind: str) -> dict[str, Any]:
    async with asyncio.timeout(20):
        while True:
            frame: dict[str, Any] = await socket.receive_json()
            if frame["type"] == kind:
                return frame
