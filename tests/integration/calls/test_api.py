"""Calls, telephones and availability through the API, and live on the agents' pages."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import text

from hub.channels.actions import create_channel
from hub.channels.model import Channel, NewChannel
from hub.desk import assignment
from hub.sdk import Connector, Raw
from tests.integration.calls.exchange import NUMBER, Exchange
from tests.integration.web.hub import Browser, Hub, running_hub

CALLER = "+491701234567"


@pytest_asyncio.fixture
async def hub(fresh_database_url: str, tmp_path: Path) -> AsyncIterator[Hub]:
    exchange: Connector = Exchange()
    async with running_hub(fresh_database_url, tmp_path, exchange) as made:
        yield made


@pytest_asyncio.fixture
async def channel(hub: Hub, tmp_path: Path) -> Channel:
    return await channel_of(hub, tmp_path)


async def channel_of(hub: Hub, tmp_path: Path) -> Channel:
    given = {"address": NUMBER, "folder": str(tmp_path), "record": "announce"}
    async with hub.services.write() as tx:
        return await create_channel(
            tx, hub.services.registry, hub.services.vault, NewChannel("exchange", "Hotline", given, {}), None
        )


@pytest_asyncio.fixture
async def ada(hub: Hub) -> Browser:
    return await hub.browser(await hub.agent())


async def tell(hub: Hub, channel: Channel, **news: Any) -> None:
    news = {"occurred_at": datetime.now(UTC).isoformat(), **news}
    source = await hub.services.intake.source(channel.id)
    await hub.services.intake.receive(source, [Raw(json.dumps(news), json.dumps(news).encode(), datetime.now(UTC))])


async def takes_calls(browser: Browser) -> None:
    assert (await browser.send("PUT", "/api/me/device", {"kind": "phone", "address": "+49 30 123456"})).status == 200
    changed = await browser.send("PUT", "/api/me/availability", {"availability": "available"})
    assert changed.json["free"] is True


async def talking(hub: Hub, channel: Channel) -> int:
    """A call that the only agent has taken; its id."""
    await tell(hub, channel, event="incoming", provider_id="IN1", caller=CALLER, called=NUMBER)
    async with hub.services.read() as connection:
        row = (await connection.execute(text("select id, call_id, token from call_leg where role = 'agent'"))).one()
    await tell(hub, channel, event="answered", provider_id="CA1", leg=row.token)
    await tell(hub, channel, event="digits", provider_id="CA1", leg=row.token, digits="1", step="accept")
    return int(row.call_id)


async def test_an_agents_telephone_and_availability(hub: Hub, ada: Browser) -> None:
    first = (await ada.get("/api/me/availability")).json
    assert (first["availability"], first["device"], first["free"]) == ("away", None, False)
    device = (await ada.send("PUT", "/api/me/device", {"kind": "phone", "address": "+49 (30) 123456"})).json["device"]
    assert device == {"kind": "phone", "address": "+4930123456"}
    changed = (await ada.send("PUT", "/api/me/availability", {"availability": "available"})).json
    assert (changed["availability"], changed["free"]) == ("available", True)
    everybody = (await ada.get("/api/agents/availability")).json["items"]
    assert [one["free"] for one in everybody] == [True]
    sip = (await ada.send("PUT", "/api/me/device", {"kind": "sip", "address": "ada@phones.example.com"})).json
    assert sip["device"] == {"kind": "sip", "address": "sip:ada@phones.example.com"}
    assert (await ada.delete("/api/me/device")).status == 204
    assert (await ada.get("/api/me/availability")).json["free"] is False


@pytest.mark.parametrize(
    "device",
    [
        {"kind": "phone", "address": "030 123456"},
        {"kind": "phone", "address": "not a number"},
        {"kind": "sip", "address": "sip:somewhere"},
    ],
)
async def test_what_cannot_be_called_is_no_telephone(ada: Browser, device: dict[str, str]) -> None:
    answer = await ada.send("PUT", "/api/me/device", device)
    assert (answer.status, answer.json["errors"][0]["field"]) == (422, "address")


async def test_only_administrators_set_how_many_calls_an_agent_gets(hub: Hub, ada: Browser) -> None:
    assert ada.agent is not None
    administrator = await hub.browser(await hub.agent("administrator"))
    where = f"/api/agents/{ada.agent.id}/capacity"
    assert (await ada.send("PUT", where, {"capacity": 3})).status == 403
    assert (await administrator.send("PUT", where, {"capacity": 3})).json["capacity"] == 3
    assert (await administrator.send("PUT", "/api/agents/987654/capacity", {"capacity": 3})).status == 404


async def test_a_call_is_read_held_paused_noted_and_ended(hub: Hub, channel: Channel, ada: Browser) -> None:
    await takes_calls(ada)
    call_id = await talking(hub, channel)
    where = f"/api/calls/{call_id}"
    listed = (await ada.get("/api/calls")).json["items"]
    assert [one["id"] for one in listed] == [call_id]
    one = (await ada.get(where)).json
    assert (one["state"], one["recording"], one["consent"]) == ("talking", True, "announced")
    assert one["identity"]["address"] == CALLER
    assert set(one["next_steps"]) == {"hang_up", "hold", "transfer", "pause_recording"}
    held = (await ada.post(f"{where}/hold")).json
    assert held["held_since"] is not None
    assert (await ada.post(f"{where}/resume")).json["held_since"] is None
    assert (await ada.post(f"{where}/pause-recording")).json["recording"] is False
    assert (await ada.post(f"{where}/resume-recording")).json["recording"] is True
    noted = await ada.patch(where, {"disposition": "Order changed", "notes": "Two instead of one."})
    assert (noted.json["disposition"], noted.json["notes"]) == ("Order changed", "Two instead of one.")
    assert (await ada.post(f"{where}/hang-up")).status == 200
    await tell(hub, channel, event="state", provider_id="IN1", state="completed")
    over = (await ada.get(where)).json
    assert (over["state"], over["stage"], over["next_steps"]) == ("ended", "over", [])
    assert (await ada.post(f"{where}/hold")).json["code"] == "not_now"
    entry = (await ada.get(f"/api/entries/{one['entry_id']}")).json
    assert (entry["kind"], entry["data"]["disposition"]) == ("call", "Order changed")
    assert (await ada.get("/api/calls")).json["items"] == []


async def test_an_agent_declines_what_rings_at_their_own_telephone_only(
    hub: Hub, channel: Channel, ada: Browser
) -> None:
    await takes_calls(ada)
    await tell(hub, channel, event="incoming", provider_id="IN1", caller=CALLER, called=NUMBER)
    (one,) = (await ada.get("/api/calls")).json["items"]
    where = f"/api/calls/{one['id']}/decline"
    assert "decline" in one["next_steps"]
    assert (await (await hub.browser(await hub.agent())).post(where)).json["code"] == "not_now"
    declined = (await ada.post(where)).json
    assert [leg["declined"] for leg in declined["legs"] if leg["role"] == "agent"] == [True]
    assert (declined["stage"], "decline" in declined["next_steps"]) == ("queue", False)


async def test_after_a_talk_the_agent_wraps_up_until_they_say_how_it_ended(
    hub: Hub, channel: Channel, ada: Browser
) -> None:
    await takes_calls(ada)
    call_id = await talking(hub, channel)
    await tell(hub, channel, event="state", provider_id="IN1", state="completed")
    await tell(hub, channel, event="state", provider_id="CA1", state="completed")
    busy = (await ada.get("/api/me/availability")).json
    assert busy["wrap_up_until"] is not None
    assert busy["free"] is False
    await ada.patch(f"/api/calls/{call_id}", {"disposition": "Solved"})
    assert (await ada.get("/api/me/availability")).json["free"] is True


async def test_the_calls_of_mine_that_are_to_be_wrapped_up_are_listed_until_i_did(
    hub: Hub, channel: Channel, ada: Browser
) -> None:
    await takes_calls(ada)
    call_id = await talking(hub, channel)
    await tell(hub, channel, event="state", provider_id="IN1", state="completed")
    other = await hub.browser(await hub.agent())
    where = f"/api/calls/{call_id}"

    async def listed(browser: Browser) -> list[int]:
        return [one["id"] for one in (await browser.get("/api/calls")).json["items"]]

    assert await listed(ada) == [call_id]
    assert await listed(other) == []
    assert ada.agent is not None
    assert (await other.patch(where, {"wrapped_up": True})).json["wrap_up_agent_id"] == ada.agent.id, "it is not theirs"
    assert (await ada.patch(where, {"wrapped_up": True})).json["wrap_up_agent_id"] is None
    assert await listed(ada) == []


async def test_an_agent_calls_a_customer(hub: Hub, channel: Channel, ada: Browser) -> None:
    await tell(hub, channel, event="incoming", provider_id="IN1", caller=CALLER, called=NUMBER)
    await tell(hub, channel, event="state", provider_id="IN1", state="completed")
    async with hub.services.read() as connection:
        identity_id = (await connection.execute(text("select identity_id from call"))).scalar_one()
    wanted = {"channel_id": channel.id, "identity_id": identity_id}
    assert (await ada.post("/api/calls", wanted)).json["code"] == "no_device"
    await takes_calls(ada)
    placed = await ada.post("/api/calls", wanted)
    assert (placed.status, placed.json["direction"], placed.json["stage"]) == (201, "out", "agent")
    assert (await ada.post("/api/calls", wanted)).json["code"] == "not_now"
    demo = await hub.channel()
    assert (await ada.post("/api/calls", {**wanted, "channel_id": demo.id})).status == 422
    assert (await ada.post("/api/calls", {**wanted, "identity_id": 987654})).status == 404


async def test_the_lists_tell_of_a_call_by_its_kind_as_long_as_nothing_is_written_after_it(
    hub: Hub, channel: Channel, ada: Browser
) -> None:
    async def listed() -> dict[str, Any]:
        found: dict[str, Any] = (await ada.get("/api/conversations")).json["items"][0]
        return found

    await tell(hub, channel, event="incoming", provider_id="IN1", caller=CALLER, called=NUMBER)
    assert (await listed())["preview_of"]["state"] == "waiting"
    conversation_id = (await listed())["id"]
    assert ada.agent is not None
    async with hub.services.write() as tx:
        await assignment.assign(tx, conversation_id, ada.agent.id, ada.agent.id)
    await tell(hub, channel, event="state", provider_id="IN1", state="completed")
    one = await listed()
    about = {"kind": "call", "direction": "in", "state": "missed", "words": "", "text": "Missed call"}
    assert (one["preview"], one["preview_of"]) == ("Missed call", about)
    await hub.writes(conversation_id, "It is me again", channel_id=channel.id)
    one = await listed()
    assert (one["preview"], one["preview_of"]) == ("It is me again", None)
    opening = one["opening"]
    assert (opening["kind"], opening["direction"], opening["state"]) == ("call", "in", "missed")


async def test_nobody_reads_calls_without_signing_in(hub: Hub) -> None:
    for path in ("/api/calls", "/api/calls/1", "/api/me/availability", "/api/agents/availability"):
        assert (await hub.nobody().get(path)).status == 401


async def test_a_call_is_live_on_the_agents_pages(hub: Hub, channel: Channel, ada: Browser) -> None:
    async with ada.live() as socket:
        welcome = await socket.receive_json()
        assert welcome["type"] == "welcome"
        await takes_calls(ada)
        call_id = await talking(hub, channel)
        seen: dict[str, list[Any]] = {"call": [], "agent_calls": [], "entry": []}
        async with asyncio.timeout(20):
            while not any(one["state"] == "talking" for one in seen["call"]) or not seen["agent_calls"]:
                message = await socket.receive_json()
                for item in message.get("items", ()):
                    if item["type"] in seen:
                        seen[item["type"]].append(item["agent" if item["type"] == "agent_calls" else item["type"]])
    assert {one["id"] for one in seen["call"]} == {call_id}
    assert seen["call"][-1]["legs"][0]["address"] == CALLER
    assert seen["call"][-1]["customer"]["id"]
    assert seen["entry"][-1]["kind"] == "call"
