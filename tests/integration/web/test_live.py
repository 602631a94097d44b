"""The live socket: nothing missed, nothing of what one may not see, nobody held up by somebody else."""

from __future__ import annotations

import asyncio
import random
import uuid
from contextlib import suppress
from typing import Any

import aiohttp
import pytest

from hub.desk.agents import change_agent
from hub.timeline.model import Entry
from hub.web import live, live_client
from tests.integration.web.hub import Browser, Hub


async def next_of(socket: aiohttp.ClientWebSocketResponse, kind: str) -> dict[str, Any]:
    """The next message of this kind; others are passed over."""
    async with asyncio.timeout(20):
        while True:
            message: dict[str, Any] = await socket.receive_json()
            if message["type"] == kind:
                return message


class Screen:
    """What a page holds: snapshots, and upserts by version on top of them."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, int], dict[str, Any]] = {}
        self.position: str | None = None

    def put(self, kind: str, shape: dict[str, Any]) -> None:
        key = (kind, shape["id"])
        held = self.held.get(key)
        if held is None or shape.get("version", 0) >= held.get("version", 0):
            self.held[key] = shape

    def apply(self, message: dict[str, Any]) -> None:
        self.position = message["position"]
        for change in message["items"]:
            if change["type"] in ("conversation", "entry", "agent"):
                self.put(change["type"], change[change["type"]])
            elif change["type"] == "customer":
                self.rename(change["customer"])

    def rename(self, customer: dict[str, Any]) -> None:
        for held in self.held.values():
            if held.get("customer", {}).get("id") == customer["id"]:
                held["customer"] = {"id": customer["id"], "name": customer["name"]}

    async def load(self, browser: Browser) -> None:
        position = None
        for view in ("open", "resolved"):
            answer = await browser.get(f"/api/conversations?view={view}&limit=200")
            position = position or answer.headers["X-Feed-Position"]
            for conversation in answer.json["items"]:
                conversation.pop("unread")
                conversation.pop("seen_entry_id")
                self.put("conversation", conversation)
                timeline = await browser.get(f"/api/customers/{conversation['customer']['id']}/timeline?limit=200")
                for entry in timeline.json["items"]:
                    self.put("entry", entry)
        for agent in (await browser.get("/api/agents")).json["items"]:
            self.put("agent", agent)
        self.position = position


async def follow(
    screen: Screen, socket: aiohttp.ClientWebSocketResponse, browser: Browser, actions: asyncio.Task[None]
) -> None:
    """Applies events until, after the last of the actions, the screen shows what a fresh page would."""

    async def listen() -> None:
        while True:
            screen.apply(await next_of(socket, "events"))

    listening = asyncio.create_task(listen())
    try:
        await actions
        fresh = Screen()
        await fresh.load(browser)
        with suppress(TimeoutError):
            async with asyncio.timeout(20):
                while screen.held != fresh.held and not listening.done():
                    await asyncio.sleep(0.02)
        assert screen.held == fresh.held
    finally:
        listening.cancel()
        await asyncio.wait({listening})


async def act_at_random(hub: Hub, browser: Browser, rounds: int) -> None:
    channel = await hub.channel()
    entries = [await hub.written(channel) for _ in range(3)]
    assert browser.agent is not None
    for _ in range(rounds):
        entry = random.choice(entries)
        path = f"/api/conversations/{entry.conversation_id}"
        match random.randrange(8):
            case 0:
                entries.append(await hub.written(channel))
            case 1:
                await hub.writes(
                    entry.conversation_id, "More", channel_id=channel.id, author_identity_id=entry.identity_id
                )
            case 2:
                await browser.post(f"{path}/notes", {"text": "A note"})
            case 3:
                await browser.patch(path, {"assignee_id": random.choice([None, browser.agent.id])})
            case 4:
                await browser.patch(path, {"state": random.choice(["open", "resolved"])})
            case 5:
                one, other = [await customer_of(browser, each) for each in random.sample(entries, 2)]
                merged = await browser.post(f"/api/customers/{one}/merge", {"other_id": other})
                if merged.status == 200 and random.random() < 0.5:
                    await browser.post(f"/api/merges/{merged.json['merges'][0]['id']}/undo")
            case 6:
                customer_id = await customer_of(browser, entry)
                await browser.patch(f"/api/customers/{customer_id}", {"name": f"Carla {random.random()}"})
            case 7:
                message = {
                    "text": "An answer",
                    "to_identity_id": entry.identity_id,
                    "channel_id": channel.id,
                    "last_seen_entry_id": entry.id,
                    "confirm_newer": True,
                }
                sent = await browser.post(f"{path}/messages", message)
                assert sent.status == 201
                if random.random() < 0.5:
                    await browser.post(f"/api/entries/{sent.json['id']}/delivery", {"action": "cancel"})


async def customer_of(browser: Browser, entry: Entry) -> int:
    conversation = await browser.get(f"/api/conversations/{entry.conversation_id}")
    return int(conversation.json["customer"]["id"])


async def test_snapshot_and_events_together_are_what_a_fresh_page_would_show(hub: Hub, agent: Browser) -> None:
    await act_at_random(hub, agent, 5)
    screen = Screen()
    await screen.load(agent)
    async with agent.live(screen.position) as socket:
        assert (await next_of(socket, "welcome"))["resumed"] is True
        await follow(screen, socket, agent, asyncio.create_task(act_at_random(hub, agent, 40)))


async def test_after_a_cut_nothing_is_missing(hub: Hub, agent: Browser) -> None:
    screen = Screen()
    await screen.load(agent)
    actions = asyncio.create_task(act_at_random(hub, agent, 40))
    while not actions.done():
        async with agent.live(screen.position) as socket:
            assert (await next_of(socket, "welcome"))["resumed"] is True
            for _ in range(random.randrange(4)):
                try:
                    async with asyncio.timeout(0.5):
                        message = await socket.receive_json()
                except TimeoutError:
                    break
                if message["type"] == "events":
                    screen.apply(message)
    async with agent.live(screen.position) as socket:
        await follow(screen, socket, agent, actions)


@pytest.mark.parametrize("position", [None, "nonsense", "00000000.1.1", "1.2.3.4"])
async def test_a_position_that_cannot_be_resumed_asks_for_a_reload(agent: Browser, position: str | None) -> None:
    async with agent.live(position) as socket:
        welcome = await next_of(socket, "welcome")
        assert welcome["resumed"] is False
        assert welcome["position"]


async def test_a_wrong_csrf_token_or_another_site_gets_no_socket(agent: Browser) -> None:
    agent.csrf = "wrong"
    async with agent.live() as socket:
        message = await socket.receive(timeout=20)
        assert message.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)
        assert socket.close_code == 4400
    for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}):
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await agent.http.ws_connect(agent.base + "/api/live", headers=headers)
        assert refused.value.status == 403


async def closed_with(socket: aiohttp.ClientWebSocketResponse) -> int | None:
    async with asyncio.timeout(20):
        while not socket.closed:
            await socket.receive()
    return socket.close_code


async def test_a_disabled_agent_is_cut_off(hub: Hub) -> None:
    somebody, boss = await hub.agent(), await hub.agent("administrator")
    browser = await hub.browser(somebody)
    async with browser.live() as socket:
        await next_of(socket, "welcome")
        async with hub.services.write() as tx:
            await change_agent(tx, somebody.id, disabled=True, by=boss.id)
        assert await closed_with(socket) == 4401


async def test_signing_out_closes_the_sockets_of_that_browser_only(hub: Hub) -> None:
    somebody = await hub.agent()
    here, there = await hub.browser(somebody), await hub.browser(somebody)
    async with here.live() as socket, there.live() as other:
        await next_of(socket, "welcome")
        await here.delete("/api/session")
        assert await closed_with(socket) == 4401
        await next_of(other, "welcome")
        await hub.written(await hub.channel())
        assert (await next_of(other, "events"))["items"]


async def test_one_who_does_not_read_is_closed_and_others_are_not_held_up(
    hub: Hub, agent: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_client, "SEND_SECONDS", 3.0)
    slow = await hub.browser(await hub.agent())
    channel = await hub.channel()
    entry = await hub.written(channel)
    async with agent.live() as quick, slow.live(max_msg_size=0) as stalled:
        await next_of(quick, "welcome")
        await next_of(stalled, "welcome")
        transport = stalled.get_extra_info("socket")
        assert transport is not None
        connection = stalled._conn  # the client library reads by itself: only here can it be told not to
        assert connection is not None
        assert connection.transport is not None
        connection.transport.pause_reading()
        position = None
        for _ in range(60):
            written = await hub.writes(
                entry.conversation_id, "x" * 100_000, channel_id=channel.id, author_identity_id=entry.identity_id
            )
            told: set[int] = set()
            while written.id not in told:
                message = await next_of(quick, "events")
                position = message["position"]
                told |= {one["entry"]["id"] for one in message["items"] if one["type"] == "entry"}
        async with asyncio.timeout(20):
            while any(client.agent == slow.agent for client in hub.app[live.LIVE]._clients):
                await asyncio.sleep(0.1)
        assert position
    async with slow.live(position) as again:
        assert (await next_of(again, "welcome"))["resumed"] is True


async def test_a_batch_that_could_not_be_loaded_is_not_skipped(
    hub: Hub, agent: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = await hub.channel()
    position = None
    async with agent.live() as socket:
        position = (await next_of(socket, "welcome"))["position"]
        failed = asyncio.Event()

        async def fails(*_: object) -> None:
            failed.set()
            raise ConnectionResetError

        with monkeypatch.context() as broken:
            broken.setattr(live, "load", fails)
            lost = await hub.written(channel)
            async with asyncio.timeout(20):
                await failed.wait()
        assert await closed_with(socket) == 4008
    async with agent.live(position) as again:
        assert (await next_of(again, "welcome"))["resumed"] is True
        seen = (await next_of(again, "events"))["items"]
        assert lost.id in {change["entry"]["id"] for change in seen if change["type"] == "entry"}


async def test_who_views_and_writes_is_told_to_those_who_view(hub: Hub, agent: Browser, administrator: Browser) -> None:
    entry = await hub.written(await hub.channel())
    looking = {"type": "viewing", "conversation_id": entry.conversation_id, "writing": False}
    async with agent.live() as mine:
        await mine.send_json(looking)
        alone = await next_of(mine, "presence")
        assert [one["id"] for one in alone["agents"]] == [agent.agent.id]  # type: ignore[union-attr]
        async with administrator.live() as theirs:
            await theirs.send_json({**looking, "writing": True})
            both = await next_of(mine, "presence")
            writing = {one["id"]: one["writing"] for one in both["agents"]}
            assert writing == {agent.agent.id: False, administrator.agent.id: True}  # type: ignore[union-attr]
        gone = await next_of(mine, "presence")
        assert [one["id"] for one in gone["agents"]] == [agent.agent.id]  # type: ignore[union-attr]


@pytest.mark.parametrize("said", ["", "{", "[]", '{"type":"viewing","conversation_id":true}', '{"type":"x"}', "null"])
async def test_nonsense_from_a_client_changes_nothing(hub: Hub, agent: Browser, said: str) -> None:
    async with agent.live() as socket:
        await next_of(socket, "welcome")
        await socket.send_str(said)
        await socket.send_bytes(uuid.uuid4().bytes)
        await hub.written(await hub.channel())
        assert (await next_of(socket, "events"))["items"]


async def test_a_client_that_floods_is_closed_and_its_colleagues_are_not(hub: Hub, agent: Browser) -> None:
    channel = await hub.channel()
    entry = await hub.written(channel)
    flooder = await hub.browser(await hub.agent())
    looking = {"type": "viewing", "conversation_id": entry.conversation_id, "writing": False}
    async with agent.live() as quiet, flooder.live() as loud:
        await quiet.send_json(looking)
        await next_of(quiet, "presence")
        for number in range(200):
            await loud.send_json({**looking, "writing": number % 2 == 0})
        assert await closed_with(loud) == 4008
        await hub.writes(entry.conversation_id, "Hello?", channel_id=channel.id, author_identity_id=entry.identity_id)
        assert (await next_of(quiet, "events"))["items"]


async def test_what_one_has_seen_is_told_on_ones_other_devices_alone(
    hub: Hub, agent: Browser, administrator: Browser
) -> None:
    entry = await hub.written(await hub.channel())
    path = f"/api/conversations/{entry.conversation_id}"
    async with agent.live() as mine, administrator.live() as others:
        for socket in (mine, others):
            await next_of(socket, "welcome")
        assert (await agent.post(f"{path}/seen", {"entry_id": entry.id})).status == 204
        assert (await agent.post(f"{path}/notes", {"text": "Seen."})).status == 201
        told = [one for one in await until_said(mine, "Seen.") if one["type"] == "seen"]
        assert told == [{"type": "seen", "conversation_id": entry.conversation_id, "entry_id": entry.id}]
        assert [one for one in await until_said(others, "Seen.") if one["type"] == "seen"] == []


async def until_said(socket: aiohttp.ClientWebSocketResponse, words: str) -> list[dict[str, Any]]:
    """All that is told up to the entry with these words, and with it."""
    told: list[dict[str, Any]] = []
    while not any(one["type"] == "entry" and one["entry"]["text"] == words for one in told):
        told += (await next_of(socket, "events"))["items"]
    return told
