"""Callbacks and queues through the API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import text

from hub.channels.actions import create_channel
from hub.channels.model import NewChannel
from tests.integration.calls.exchange import NUMBER, Exchange
from tests.integration.web.hub import Answer, Browser, Hub, running_hub
from tests.integration.web.test_webhooks import Receiver, receiver, subscribed, telling, until

__all__ = ["receiver"]  # fixture

ANY_TIME = {"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "opens": "00:00", "closes": "24:00"}


@dataclass
class Desk:
    hub: Hub
    administrator: Browser
    agent: Browser
    channel_id: int
    queue: dict[str, Any]

    async def ask(self, number: str, **more: Any) -> Answer:
        return await self.agent.post("/api/callbacks", {"queue_id": self.queue["id"], "number": number, **more})


@pytest_asyncio.fixture
async def desk(fresh_database_url: str, tmp_path: Path) -> AsyncIterator[Desk]:
    exchange: Any = Exchange()
    async with running_hub(fresh_database_url, tmp_path, exchange, webhook_private_networks="127.0.0.0/8") as hub:
        async with hub.services.write() as tx:
            new = NewChannel("exchange", "Hotline", {"address": NUMBER, "folder": str(tmp_path)})
            channel = await create_channel(tx, hub.services.registry, hub.services.vault, new, None)
        administrator = await hub.browser(await hub.agent("administrator"))
        body = {
            "name": "Support",
            "time_zone": "Europe/Berlin",
            "legal_hours": ANY_TIME,
            "phone_channel_id": channel.id,
            "scripts": {"de": {"offer": "Drücken Sie 1."}},
        }
        made = await administrator.post("/api/callback-queues", body)
        assert made.status == 201, made.content
        yield Desk(hub, administrator, await hub.browser(await hub.agent()), channel.id, made.json)


async def test_an_agent_adds_moves_reorders_and_cancels(desk: Desk) -> None:
    made = await desk.ask("+49 170 1234567", name="Maria", reason="Order 4711")
    assert made.status == 201, made.content
    told = (await desk.agent.get(f"/api/conversations/{made.json['conversation_id']}")).json["preview_of"]
    assert (told["kind"], told["state"], told["words"]) == ("callback", "due", "Order 4711")
    assert (made.json["state"], made.json["number"], made.json["place"]) == ("due", "+491701234567", 1)
    assert made.json["changes"] == ["move", "priority", "cancel"]
    where = f"/api/callbacks/{made.json['id']}"
    window = {"from": "2100-01-01T10:00:00+01:00", "until": "2100-01-01T12:00:00+01:00"}
    assert (await desk.agent.patch(where, {"window": window})).status == 422
    assert (
        await desk.agent.patch(where, {"window": {"from": "2027-02-30T10:00Z", "until": "2027-03-01T10:00Z"}})
    ).status == 422
    first = (await desk.ask("+491701234568")).json
    assert first["place"] == 2
    assert (await desk.agent.patch(f"/api/callbacks/{first['id']}", {"priority": 5})).json["place"] == 1
    gone = await desk.agent.patch(where, {"state": "canceled"})
    assert (gone.json["state"], gone.json["changes"]) == ("canceled", [])
    assert (gone.json["outcome"], gone.json["canceled_by"]["name"]) == ("by_agent", "Ada Agent")
    entry = (await desk.agent.get(f"/api/entries/{gone.json['entry_id']}")).json
    assert entry["data"]["canceled_by"] == gone.json["canceled_by"]["id"]
    refused = await desk.agent.patch(where, {"state": "canceled"})
    assert (refused.status, refused.json["code"]) == (409, "not_now")


async def test_a_callback_is_told_to_other_programs_neither_as_a_message_nor_as_a_note(
    desk: Desk, receiver: Receiver
) -> None:
    await subscribed(desk.hub, receiver, "message.received", "note.added")
    async with telling(desk.hub):
        await desk.ask("+491701234567", reason="Order 4711")
        await desk.hub.written(await desk.hub.channel())
        await until(desk.hub, lambda: bool(receiver.got))
    assert {(one["type"], one["data"]["entry"]["kind"]) for one in receiver.got} == {("message.received", "message")}


async def test_a_number_that_waits_already_says_where(desk: Desk) -> None:
    made = await desk.ask("+491701234567")
    again = await desk.ask("0170 1234567".replace("0170", "+49170"))
    assert (again.status, again.json["code"], again.json["callback_id"]) == (409, "already_waiting", made.json["id"])


async def test_a_customers_own_number_is_called(desk: Desk) -> None:
    made = await desk.ask("+491701234567", name="Maria")
    await desk.agent.patch(f"/api/callbacks/{made.json['id']}", {"state": "canceled"})
    body = {"queue_id": desk.queue["id"], "identity_id": made.json["identity_id"]}
    again = await desk.agent.post("/api/callbacks", body)
    assert (again.status, again.json["number"], again.json["name"]) == (201, "+491701234567", "Maria")
    assert again.json["conversation_id"] == made.json["conversation_id"]
    both = await desk.agent.post("/api/callbacks", {**body, "number": "+491701234567"})
    assert both.status == 422


async def test_the_lists_page_in_the_order_of_calling(desk: Desk) -> None:
    made = [(await desk.ask(f"+4917012345{number:02}", priority=number % 2)).json["id"] for number in range(5)]
    expected = [made[1], made[3], made[0], made[2], made[4]]
    found: list[int] = []
    after = ""
    while True:
        page = (await desk.agent.get(f"/api/callbacks?limit=2{after}")).json
        found += [one["id"] for one in page["items"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert found == expected
    for one in made[:3]:
        await desk.agent.patch(f"/api/callbacks/{one}", {"state": "canceled"})
    ended = (await desk.agent.get("/api/callbacks?view=ended&limit=2")).json
    rest = (await desk.agent.get(f"/api/callbacks?view=ended&limit=2&after={ended['next']}")).json
    assert [one["id"] for one in ended["items"] + rest["items"]] == [made[2], made[1], made[0]]
    customer = ended["items"][0]["customer"]["id"]
    assert [
        one["id"] for one in (await desk.agent.get(f"/api/callbacks?view=ended&customer_id={customer}")).json["items"]
    ]
    assert (await desk.agent.get("/api/callbacks?customer_id=987654")).json["items"] == []
    for wrong in ("x", "1.2", "99999.1.1", "0.1.-4"):
        assert (await desk.agent.get(f"/api/callbacks?after={wrong}")).status == 422


async def test_a_queue_is_changed_by_administrators_alone(desk: Desk) -> None:
    where = f"/api/callback-queues/{desk.queue['id']}"
    assert (await desk.agent.patch(where, {"name": "Mine"})).status == 403
    changed = await desk.administrator.patch(where, {"capacity": 2, "dispositions": ["Solved", "Solved", "Open"]})
    assert (changed.json["capacity"], changed.json["dispositions"], changed.json["name"]) == (
        2,
        ["Solved", "Open"],
        "Support",
    )
    assert changed.json["scripts"]["de"]["offer"] == "Drücken Sie 1."
    listed = (await desk.agent.get("/api/callback-queues")).json["items"]
    assert [one["id"] for one in listed] == [desk.queue["id"]]
    assert listed[0]["form_url"].endswith(f"/callback/{desk.queue['id']}")
    assert listed[0]["now"]["open"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"scripts": {"en": {"offer": "{nothing}"}}}, "scripts.en.offer"),
        ({"scripts": {"en": {"sms_code": "no code"}}}, "scripts.en.sms_code"),
        ({"language": "fr"}, "language"),
        ({"legal_hours": {"days": ["mon"], "opens": "09:00", "closes": "09:00"}}, "legal_hours.opens"),
        ({"phone_channel_id": 987654}, "phone_channel_id"),
        ({"agent_ids": [987654]}, "agent_ids"),
        ({"hours_id": 987654}, "hours_id"),
        ({"name": None}, "name"),
    ],
)
async def test_what_cannot_be_is_refused_by_its_field(desk: Desk, wrong: dict[str, Any], field: str) -> None:
    answer = await desk.administrator.patch(f"/api/callback-queues/{desk.queue['id']}", wrong)
    assert answer.status == 422, answer.content
    assert field in [one["field"] for one in answer.json["errors"]]


async def test_hours_of_a_queue_are_not_removed(desk: Desk) -> None:
    hours = await desk.administrator.post("/api/hours", {"name": "Never", "time_zone": "UTC"})
    where = f"/api/callback-queues/{desk.queue['id']}"
    closed = await desk.administrator.patch(where, {"hours_id": hours.json["id"]})
    assert not closed.json["now"]["open"]
    assert (await desk.administrator.delete(f"/api/hours/{hours.json['id']}")).json["code"] == "hours_in_use"
    await desk.administrator.patch(where, {"hours_id": None})
    assert (await desk.administrator.delete(f"/api/hours/{hours.json['id']}")).status == 204


async def test_the_preview_says_what_the_queue_would_say(desk: Desk) -> None:
    body = {"name": "Sales", "speak": "de", "scripts": {"de": {"offer": "Drücken Sie 1, {wait}."}}}
    shown = await desk.administrator.post("/api/callback-queues/preview", body)
    steps = {one["id"]: one for one in shown.json["steps"]}
    assert steps["offer"]["says"][-1] == {"text": "Drücken Sie 1, 20 Minuten.", "language": "de"}
    assert "Sales" in steps["whisper"]["says"][0]["text"]
    assert steps["sms_code"]["who"] == "text"
    defaults = (await desk.agent.get("/api/callback-queues/scripts")).json["defaults"]
    assert set(defaults) == {"en", "de"}


async def test_the_preview_says_what_the_telephone_channel_says_too(desk: Desk) -> None:
    async with desk.hub.services.write() as tx:
        given = {"id": desk.channel_id, "more": '{"greeting": "Sales, good morning.", "voicemail": false}'}
        await tx.connection.execute(
            text("update channel set settings = settings || cast(:more as jsonb) where id = :id"), given
        )
    body = {"name": "Sales", "phone_channel_id": desk.channel_id}
    shown = await desk.administrator.post("/api/callback-queues/preview", body)
    steps = {one["id"]: one for one in shown.json["steps"]}
    assert steps["offer"]["says"][0]["text"] == "Sales, good morning."
    assert "voicemail" not in steps


async def test_a_paused_queue_calls_nobody_and_takes_nobody(desk: Desk) -> None:
    paused = await desk.administrator.patch(f"/api/callback-queues/{desk.queue['id']}", {"state": "paused"})
    assert paused.json["state"] == "paused"
    assert (await desk.ask("+491701234567")).status == 201, "agents may prepare"
