"""Texts through the API: templates, the window, files on their way, and addresses that want nothing more."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import text

from hub.channels.actions import create_channel
from hub.channels.model import Channel, NewChannel
from tests.connectors.texting import GREETING, Texting
from tests.integration.texts.incoming import said
from tests.integration.web.hub import Answer, Browser, Hub, running_hub

_numbers = itertools.count(1)
CHOICE = {"id": GREETING.id, "variables": {"1": "Maria", "order": "4711"}}


@pytest_asyncio.fixture(scope="module")
async def hub(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Hub]:
    folder: Path = tmp_path_factory.mktemp("hub")
    async with running_hub(database_url, folder, Texting()) as running:
        yield running


async def texting(hub: Hub) -> Channel:
    """A channel of texts, running."""
    settings = {"address": f"texts{next(_numbers)}@acme.test"}
    new = NewChannel("scripted", "Texts", settings, {"password": "right"})
    async with hub.services.write() as tx:
        channel = await create_channel(tx, hub.services.registry, hub.services.vault, new, agent_id=None)
    hub.services.supervisor.wake()
    async with asyncio.timeout(20):
        while hub.services.supervisor.session(channel.id) is None:
            await asyncio.sleep(0.02)
    return channel


async def receive(hub: Hub, channel: Channel, sender: str = "", **fields: Any) -> int:
    """A message from a customer; its entry."""
    sender = sender or f"customer{next(_numbers)}@customers.test"
    (one,) = await hub.services.intake.sink(channel.id).receive([said("Hello?", sender, **fields)])
    assert one.entry_id is not None
    return one.entry_id


async def run(hub: Hub, statement: str, **values: Any) -> list[Any]:
    async with hub.services.database.engine.begin() as connection:
        result = await connection.execute(text(statement), values)
        return list(result.all()) if result.returns_rows else []


async def answer_to(browser: Browser, entry: dict[str, Any], channel: Channel, **body: Any) -> Answer:
    return await browser.post(
        f"/api/conversations/{entry['conversation_id']}/messages",
        {"to_identity_id": entry["identity_id"], "channel_id": channel.id, "last_seen_entry_id": entry["id"], **body},
    )


async def test_a_closed_window_asks_for_a_template_and_one_can_be_sent(hub: Hub, agent: Browser) -> None:
    channel = await texting(hub)
    entry = (await agent.get(f"/api/entries/{await receive(hub, channel)}")).json
    (place,) = (await agent.get(f"/api/conversations/{entry['conversation_id']}/destinations")).json["items"]
    assert place["text"] == {"segments": True, "max_text": 1600, "templates": True}
    assert place["window"]["open"] is True
    assert place["window"]["closes_at"] is not None
    await run(hub, "update entry set occurred_at = now() - interval '25 hours' where id = :id", id=entry["id"])
    (place,) = (await agent.get(f"/api/conversations/{entry['conversation_id']}/destinations")).json["items"]
    assert place["window"]["open"] is False

    refused = await answer_to(agent, entry, channel, text="Hello")
    assert (refused.status, refused.json["code"]) == (409, "needs_template")
    offered = (await agent.get(f"/api/channels/{channel.id}/templates")).json["items"]
    assert [one["id"] for one in offered] == ["HX1", "HX2"]
    assert offered[0]["variables"] == {"1": "Maria", "order": "4711"}
    sent = await answer_to(agent, entry, channel, template=CHOICE)
    assert sent.status == 201
    assert sent.json["text"] == "Hello Maria, your order 4711 is here."
    assert sent.json["data"]["template"] == {**CHOICE, "name": "greeting", "language": "en"}


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"text": "Hello", "template": CHOICE}, 422, "invalid"),
        ({"template": {"id": "HX99"}}, 422, "bad_template"),
        ({"template": {"id": "HX1", "variables": {"1": "Maria"}}}, 422, "bad_template"),
        ({"template": {"id": "HX1", "variables": {"1": "Maria\n", "order": "1"}}}, 422, "invalid"),
        ({}, 422, "too_large"),
    ],
)
async def test_a_template_has_to_be_whole_and_alone(
    hub: Hub, agent: Browser, body: dict[str, Any], status: int, code: str
) -> None:
    channel = await texting(hub)
    entry = (await agent.get(f"/api/entries/{await receive(hub, channel)}")).json
    refused = await answer_to(agent, entry, channel, **body)
    assert (refused.status, refused.json["code"]) == (status, code)


async def test_writing_first_takes_a_template(hub: Hub, agent: Browser) -> None:
    channel = await texting(hub)
    address = f"customer{next(_numbers)}@customers.test"
    body = {"identity": {"kind": "email", "address": address}, "channel_id": channel.id}
    refused = await agent.post("/api/conversations", {**body, "text": "Hello"})
    assert (refused.status, refused.json["code"]) == (409, "needs_template")
    opened = await agent.post("/api/conversations", {**body, "template": CHOICE})
    assert opened.status == 201
    assert opened.json["entry"]["text"] == "Hello Maria, your order 4711 is here."


async def test_a_channel_without_templates_has_none_and_one_that_is_away_says_so(hub: Hub, agent: Browser) -> None:
    plain = await hub.channel()
    assert (await agent.get(f"/api/channels/{plain.id}/templates")).json == {"items": []}
    channel = await texting(hub)
    await run(hub, "update channel set state = 'paused', version = version + 1 where id = :id", id=channel.id)
    hub.services.supervisor.wake()
    async with asyncio.timeout(20):
        while hub.services.supervisor.session(channel.id) is not None:
            await asyncio.sleep(0.02)
    away = await agent.get(f"/api/channels/{channel.id}/templates")
    assert (away.status, away.json["code"]) == (409, "templates_away")


async def test_a_file_on_its_way_is_shown_and_one_that_is_gone_can_be_asked_for_again(
    hub: Hub, agent: Browser, nobody: Browser
) -> None:
    channel = await texting(hub)
    entry_id = await receive(hub, channel, files=[{"key": "ME1", "type": "image/png", "name": "a.png", "size": 9}])
    (file,) = (await agent.get(f"/api/entries/{entry_id}")).json["pending_files"]
    assert {**file, "id": 0} == {
        "id": 0,
        "filename": "a.png",
        "content_type": "image/png",
        "size": 9,
        "state": "waiting",
        "reason": None,
    }
    retry = f"/api/remote-files/{file['id']}/retry"
    assert (await agent.post(retry)).status == 409
    await run(hub, "update remote_file set state = 'gone', reason = 'It was deleted.' where id = :id", id=file["id"])
    await run(hub, "delete from job")
    (file,) = (await agent.get(f"/api/entries/{entry_id}")).json["pending_files"]
    assert (file["state"], file["reason"]) == ("gone", "It was deleted.")
    assert (await nobody.post(retry)).status in (401, 403)
    asked = await agent.post(retry)
    assert asked.status == 200
    assert [one["state"] for one in asked.json["pending_files"]] == ["waiting"]
    (job,) = await run(hub, "select kind, channel_id, payload from job")
    assert (job.kind, job.channel_id, job.payload) == ("fetch", channel.id, {"file_id": file["id"]})
    assert (await agent.post(f"/api/remote-files/{file['id'] + 1000}/retry")).status == 404


async def test_an_administrator_enters_and_lifts_an_opt_out(hub: Hub, administrator: Browser, agent: Browser) -> None:
    channel = await texting(hub)
    entry = (await agent.get(f"/api/entries/{await receive(hub, channel, 'quiet@customers.test')}")).json
    body = {"kind": "email", "address": "Quiet@customers.test", "channel_id": channel.id, "reason": "By letter."}
    assert (await agent.post("/api/suppressions", body)).status == 403
    added = await administrator.post("/api/suppressions", body)
    assert added.status == 201
    assert administrator.agent is not None
    assert (added.json["channel"]["name"], added.json["reason"]) == ("Texts", "By letter.")
    assert added.json["by"] == {"id": administrator.agent.id, "name": administrator.agent.name}
    assert added.json["identity"]["id"] == entry["identity_id"]
    refused = await answer_to(agent, entry, channel, text="Hello")
    assert (refused.status, refused.json["code"]) == (422, "suppressed")
    assert added.json in (await administrator.get("/api/suppressions")).json["items"]
    assert (await administrator.delete(f"/api/suppressions/{added.json['id']}")).status == 204
    assert (await answer_to(agent, entry, channel, text="Hello")).status == 201
    audited = await run(hub, "select action from audit where agent_id = :id order by id", id=administrator.agent.id)
    assert [one.action for one in audited] == ["suppression.add", "suppression.lift"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"address": "no address"}, "bad_address"),
        ({"kind": "pigeon"}, "bad_address"),
        ({"channel_id": 999_999}, "channel_unusable"),
    ],
)
async def test_an_opt_out_of_nobody_is_refused(administrator: Browser, change: dict[str, object], code: str) -> None:
    body = {"kind": "email", "address": "quiet@customers.test", "channel_id": None, "reason": "By letter.", **change}
    refused = await administrator.post("/api/suppressions", body)
    assert (refused.status, refused.json["code"]) == (422, code)


async def test_an_opt_out_by_text_is_listed_with_its_channel(hub: Hub, administrator: Browser) -> None:
    channel = await texting(hub)
    await receive(hub, channel, "stop@customers.test", consent="stop")
    found = [
        one
        for one in (await administrator.get("/api/suppressions")).json["items"]
        if one["identity"]["address"] == "stop@customers.test"
    ]
    assert [(one["channel"]["id"], one["by"]) for one in found] == [(channel.id, None)]
    assert "STOP" in found[0]["reason"]
