"""An administrator's work: channels, agents, quarantine, suppressions."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any

from sqlalchemy import text

from hub.people.actions import suppress
from tests.integration.web.hub import Browser, Hub


async def test_the_connectors_describe_their_settings(administrator: Browser) -> None:
    kinds = {one["kind"]: one for one in (await administrator.get("/api/connectors")).json["items"]}
    assert {"demo", "email"} <= set(kinds)
    assert {"secret"} <= {field["type"] for field in kinds["email"]["settings"]}


async def test_a_secret_goes_in_and_never_comes_out(hub: Hub, administrator: Browser) -> None:
    fields = {one["name"]: one for one in await email_fields(administrator)}
    secret = next(name for name, field in fields.items() if field["type"] == "secret")
    body = {"kind": "email", "name": "Mailbox", "settings": {}, "secrets": {secret: "canary-8d1f"}}
    refused = await administrator.post("/api/channels", body)
    assert refused.status == 422
    assert {one["field"].partition(".")[0] for one in refused.json["errors"]} == {"settings"}
    settings = {
        name: sample(field) for name, field in fields.items() if field["required"] and field["type"] != "secret"
    }
    created = await administrator.post("/api/channels", body | {"settings": settings})
    if created.status == 422:
        missing = {one["field"].removeprefix("settings."): one["message"] for one in created.json["errors"]}
        settings |= {name: sample(fields[name]) for name in missing if fields[name]["type"] != "secret"}
        secrets = {name: "canary-8d1f" for name in missing if fields[name]["type"] == "secret"}
        created = await administrator.post(
            "/api/channels", body | {"settings": settings, "secrets": {secret: "canary-8d1f", **secrets}}
        )
    assert created.status == 201, created.json
    assert secret in created.json["secrets_set"]
    channel_id = created.json["id"]
    for path in ("/api/channels", f"/api/channels/{channel_id}", "/api/connectors"):
        assert b"canary-8d1f" not in (await administrator.get(path)).content
    async with hub.services.read() as connection:
        stored = (await connection.execute(text("select channel::text from channel"))).scalars()
        audited = (await connection.execute(text("select audit::text from audit"))).scalars()
        assert not any("canary-8d1f" in row for row in [*stored, *audited])
    kept = await administrator.patch(f"/api/channels/{channel_id}", {"name": "Renamed"})
    assert (kept.json["name"], secret in kept.json["secrets_set"]) == ("Renamed", True)


async def email_fields(administrator: Browser) -> list[dict[str, object]]:
    kinds = (await administrator.get("/api/connectors")).json["items"]
    return next(one["settings"] for one in kinds if one["kind"] == "email")


def sample(field: dict[str, object]) -> object:
    values = {"number": 25, "port": 2525, "boolean": True, "email": "support@company.test", "host": "127.0.0.1"}
    if field["type"] == "select":
        return field["options"][0]["value"]  # type: ignore[index]
    return values.get(str(field["type"]), "support@company.test")


async def test_a_channel_says_what_it_offers_to_agents_and_where_its_webhooks_lie_to_administrators(
    hub: Hub, agent: Browser, administrator: Browser
) -> None:
    channel = await hub.channel("Offering")

    async def seen_by(browser: Browser) -> dict[str, Any]:
        items = (await browser.get("/api/channels")).json["items"]
        return next(one for one in items if one["id"] == channel.id)

    theirs, ours = await seen_by(agent), await seen_by(administrator)
    assert theirs["offers"] == ours["offers"]
    assert theirs["offers"]["send"] is True
    assert (theirs["hooks_url"], ours["hooks_url"]) == (None, f"{hub.services.settings.public_url}/hooks/{channel.id}")


async def test_an_agent_sees_how_channels_do_and_nothing_of_their_settings(hub: Hub, agent: Browser) -> None:
    channel = await hub.channel("Visible")
    listed = {one["id"]: one for one in (await agent.get("/api/channels")).json["items"]}
    assert listed[channel.id]["name"] == "Visible"
    assert listed[channel.id]["settings"] == {}
    assert (await agent.get(f"/api/channels/{channel.id}")).status == 403


async def test_pausing_and_archiving(hub: Hub, administrator: Browser) -> None:
    channel = await hub.channel()
    paused = await administrator.patch(f"/api/channels/{channel.id}", {"state": "paused"})
    assert (paused.json["state"], paused.json["health"]["state"]) == ("paused", "paused")
    assert (await administrator.patch(f"/api/channels/{channel.id}", {"state": "archived"})).status == 200
    assert channel.id not in {one["id"] for one in (await administrator.get("/api/channels")).json["items"]}


async def test_the_ledger_has_a_row_for_every_day(hub: Hub, administrator: Browser) -> None:
    channel = await hub.channel()
    answer = await administrator.get(f"/api/channels/{channel.id}/ledger?days=7")
    assert len(answer.json["items"]) == 7
    assert answer.json["items"][0]["received"] == 0


async def test_testing_settings_says_which_step_failed(hub: Hub, administrator: Browser) -> None:
    answer = await administrator.post("/api/channels/test", {"kind": "demo", "settings": {}, "secrets": {}})
    assert answer.status == 200
    assert answer.json["steps"]


async def test_what_is_quarantined_is_listed_downloaded_and_dismissed_with_a_reason(
    hub: Hub, administrator: Browser
) -> None:
    channel = await hub.channel()
    content = b"From: eve@customer.example\r\nSubject: Broken\r\n\r\n\xff"
    async with hub.services.write() as tx:
        raw_id = await tx.connection.scalar(
            text(
                """insert into raw (channel_id, source_key, content_hash, content, size, received_at, state, reason)
                values (:channel, :key, :hash, :content, :size, now(), 'quarantined', 'not understood') returning id"""
            ),
            {
                "channel": channel.id,
                "key": uuid.uuid4().hex,
                "hash": hashlib.sha256(content).digest(),
                "content": content,
                "size": len(content),
            },
        )
    listed = (await administrator.get(f"/api/quarantine?channel_id={channel.id}")).json["items"]
    assert [(one["id"], one["subject"]) for one in listed] == [(raw_id, "Broken")]
    original = await administrator.get(f"/api/quarantine/{raw_id}/raw")
    assert original.content == content
    assert original.headers["Content-Disposition"].startswith("attachment")
    retried = await administrator.post(f"/api/quarantine/{raw_id}/retry")
    assert (retried.status, retried.json["outcome"]) == (200, "quarantined")
    assert (await administrator.post(f"/api/quarantine/{raw_id}/dismiss", {"reason": "Spam"})).status == 204
    assert (await administrator.get(f"/api/quarantine?channel_id={channel.id}")).json["items"] == []
    assert (await administrator.post(f"/api/quarantine/{raw_id}/dismiss", {"reason": "Spam"})).status == 409


async def test_a_suppression_is_listed_refuses_a_message_and_can_be_lifted(hub: Hub, administrator: Browser) -> None:
    channel = await hub.channel()
    entry = await hub.written(channel)
    async with hub.services.write() as tx:
        await suppress(tx, entry.identity_id, reason="The address does not exist.")
    path = f"/api/conversations/{entry.conversation_id}/messages"
    body = {
        "text": "Hi",
        "to_identity_id": entry.identity_id,
        "channel_id": channel.id,
        "last_seen_entry_id": entry.id,
    }
    refused = await administrator.post(path, body)
    assert (refused.status, refused.json["code"]) == (422, "suppressed")
    listed = (await administrator.get("/api/suppressions")).json["items"]
    found = next(one for one in listed if one["identity"]["id"] == entry.identity_id)
    assert (await administrator.delete(f"/api/suppressions/{found['id']}")).status == 204
    assert (await administrator.post(path, body)).status == 201


async def test_merging_and_undoing_shows_one_timeline_and_two_again(hub: Hub, agent: Browser) -> None:
    channel = await hub.channel()
    one, other = await hub.written(channel), await hub.written(channel)
    customers = [
        (await agent.get(f"/api/conversations/{entry.conversation_id}")).json["customer"]["id"]
        for entry in (one, other)
    ]
    merged = await agent.post(f"/api/customers/{customers[0]}/merge", {"other_id": customers[1]})
    assert merged.status == 200
    assert len(merged.json["identities"]) == 2
    timeline = (await agent.get(f"/api/customers/{customers[0]}/timeline")).json["items"]
    assert {entry["id"] for entry in timeline} == {one.id, other.id}
    merge_id = merged.json["merges"][0]["id"]
    undone = await agent.post(f"/api/merges/{merge_id}/undo")
    assert {customer["id"] for customer in undone.json["customers"]} == set(customers)
    assert (await agent.post(f"/api/merges/{merge_id}/undo")).status == 409
    same = await agent.post(f"/api/customers/{customers[0]}/merge", {"other_id": customers[0]})
    assert same.status == 409


async def test_customers_are_found_by_the_beginning_of_an_address(hub: Hub, agent: Browser) -> None:
    mark = uuid.uuid4().hex[:10]
    await hub.written(await hub.channel(), f"{mark}@customer.example")
    found = (await agent.get(f"/api/customers?query={mark[:8]}")).json["items"]
    assert [one["identities"][0]["address"] for one in found] == [f"{mark}@customer.example"]


async def test_the_volume_of_all_channels_comes_in_one_answer(hub: Hub, administrator: Browser, agent: Browser) -> None:
    first, second = await hub.channel(), await hub.channel()
    found = await administrator.get("/api/channels/volume?days=3")
    days = {one["channel_id"]: one["days"] for one in found.json["items"]}
    assert {first.id, second.id} <= set(days)
    for channel_id in (first.id, second.id):
        ledger = await administrator.get(f"/api/channels/{channel_id}/ledger?days=3")
        told = [{name: day[name] for name in ("day", "received", "sent", "failed")} for day in ledger.json["items"]]
        assert days[channel_id] == told[::-1]
    assert (await agent.get("/api/channels/volume")).status == 403
