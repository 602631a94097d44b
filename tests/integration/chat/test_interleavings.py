"""Whatever is lost, cut or restarted: the visitor's copy, the agents' pages and the database agree in the end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from hypothesis import given, settings
from hypothesis import strategies as some
from yarl import URL

from connectors.webchat import connector
from connectors.webchat.limits import Buckets, ChatLimits
from hub.app import serve_pages
from hub.desk import sessions
from hub.web.auth import COOKIE
from tests.integration.chat.visitor import Visitor
from tests.integration.chat.world import Chat, chat_hub, until

_HOUR = timedelta(hours=1)
STEPS = some.lists(
    some.one_of(
        some.tuples(some.just("write"), some.integers(0, 1)),
        some.tuples(some.just("answer"), some.integers(0, 1)),
        some.tuples(some.just("lose"), some.integers(1, 4)),
        some.tuples(some.sampled_from(["cut", "connect", "again", "reload", "restart", "pause"]), some.just(0)),
    ),
    min_size=3,
    max_size=14,
)


class Generous(ChatLimits):
    """A page that connects again and again says all of its outbox each time, faster than any page of ours."""

    def __init__(self) -> None:
        super().__init__()
        self.messages = Buckets(10_000, 1_000.0)


class Screen:
    """An agent's page as it stands after the events: entries by id."""

    def __init__(self) -> None:
        self.entries: dict[int, dict[str, Any]] = {}

    async def follow(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for message in socket:
            for item in message.json().get("items", ()):
                if item["type"] == "entry":
                    self.entries[item["entry"]["id"]] = item["entry"]

    def said(self, conversation_id: int) -> list[tuple[str, str]]:
        return sorted(
            (one["direction"], one["text"])
            for one in self.entries.values()
            if one["conversation_id"] == conversation_id and one["kind"] == "message"
        )


@pytest.fixture(scope="module", autouse=True)
def _generous() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connector, "ChatLimits", Generous)
        yield


@pytest_asyncio.fixture(scope="module")
async def stage(database_url: str, tmp_path_factory: Any) -> AsyncIterator[tuple[Chat, Screen]]:
    folder: Path = tmp_path_factory.mktemp("hub")
    async with chat_hub(database_url, folder) as chat, serve_pages(chat.hub) as address:
        async with chat.hub.services.write() as tx:
            session = await sessions.begin(tx, chat.agent, idle=_HOUR)
        jar = aiohttp.CookieJar(unsafe=True)
        jar.update_cookies({COOKIE: session.token or ""}, URL(address))
        screen = Screen()
        async with (
            aiohttp.ClientSession(cookie_jar=jar) as http,
            http.ws_connect(f"{address}/api/live", headers={"Origin": address}) as socket,
        ):
            await socket.send_json({"type": "hello", "position": None, "csrf": session.csrf})
            follower = asyncio.create_task(screen.follow(socket))
            yield chat, screen
            follower.cancel()


@settings(max_examples=40)
@given(steps=STEPS)
async def test_any_interleaving_leaves_all_three_equal(
    stage: tuple[Chat, Screen], steps: list[tuple[str, int]]
) -> None:
    chat, screen = stage
    visitor = await chat.visitor()
    written = ["first"]
    visitor.write("first")
    await until(lambda: not visitor.outbox)
    conversation, identity = await chat.conversation(visitor)
    answered: list[str] = []
    for number, (step, amount) in enumerate(steps):
        await _do(chat, visitor, step, amount)
        if step == "write":
            written.append(f"w{number}")
            visitor.write(written[-1])
        elif step == "answer":
            answered.append(f"a{number}")
            await chat.answer(conversation, identity, answered[-1])
        if amount == 0:
            await asyncio.sleep(0)
    visitor.lose = 0
    wanted = sorted([*(("in", one) for one in written), *(("out", one) for one in answered)])
    await visitor.connect(chat.socket())
    await until(lambda: not visitor.outbox and sorted(visitor.said) == wanted)
    assert not visitor.refused
    assert [said for direction, said in visitor.said if direction == "in"] == written, "in the order they were written"
    assert list(visitor.items) == sorted(visitor.items) == list(range(1, len(wanted) + 1))
    in_database = await chat.rows(
        "select direction, text from entry where conversation_id = :id and kind = 'message'", id=conversation
    )
    assert sorted(tuple(row) for row in in_database) == wanted
    await until(lambda: screen.said(conversation) == wanted)
    fresh = Visitor(token=visitor.token)
    await fresh.connect(chat.socket())
    await until(lambda: len(fresh.items) == len(wanted))
    assert fresh.said == visitor.said, "who loads anew sees what the one who stayed sees, in the same order"
    await fresh.cut()
    await visitor.cut()


async def _do(chat: Chat, visitor: Visitor, step: str, amount: int) -> None:
    match step:
        case "lose":
            visitor.lose = amount
        case "cut":
            await visitor.cut()
        case "connect" if visitor.wire is None or visitor.wire.gone:
            await visitor.connect(chat.socket())
        case "again":
            await visitor.connect(chat.socket())
        case "reload":  # the page kept the token and the outbox, and not the copy
            visitor.items, visitor.cursor, visitor.epoch = {}, 0, None
            await visitor.connect(chat.socket())
        case "restart":
            await chat.restart()
        case "pause":
            await asyncio.sleep(0.05)
