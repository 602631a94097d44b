"""The composer's parts over HTTP: rich text, canned replies, macros, drafts, messages that go out later, mentions."""

from __future__ import annotations

import asyncio
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp

from hub.channels.model import Channel
from hub.timeline.model import Entry
from tests.integration.web.hub import Browser, Hub
from tests.integration.web.test_live import next_of


async def live_change(socket: aiohttp.ClientWebSocketResponse, kind: str) -> dict[str, Any]:
    while True:
        for item in (await next_of(socket, "events"))["items"]:
            if item["type"] == kind:
                return dict(item)


def message(entry: Entry, channel: Channel, **more: Any) -> dict[str, Any]:
    return {
        "text": "It is on its way.",
        "to_identity_id": entry.identity_id,
        "channel_id": channel.id,
        "last_seen_entry_id": entry.id,
        **more,
    }


async def test_rich_text_is_cleaned_and_goes_out_beside_its_words(hub: Hub, agent: Browser) -> None:
    channel = await hub.channel()
    entry = await hub.written(channel)
    html = '<div onclick="x()">Dear <b>Carla</b>,</div><ul><li>one</li></ul><script>x()</script><img src="https://t.example">'
    sent = await agent.post(
        f"/api/conversations/{entry.conversation_id}/messages", message(entry, channel, text="", html=html)
    )
    assert sent.status == 201
    assert sent.json["text"] == "Dear Carla,\n- one"
    shown = (await agent.get(f"/api/entries/{sent.json['id']}/html")).content.decode()
    assert "<b>Carla</b>" in shown
    assert "x()" not in shown
    assert "t.example" not in shown


async def test_a_canned_reply_is_filled_in_in_the_customers_language(hub: Hub, agent: Browser) -> None:
    entry = await hub.written(await hub.channel())
    texts = {"en": "Hello {{ customer.first_name }}", "de": "Hallo {{ customer.first_name }}, {{ customer.tier }}"}
    made = await agent.post("/api/replies", {"name": "Greeting", "shortcut": "hi", "texts": texts})
    assert made.status == 201
    path = f"/api/replies/{made.json['id']}/render"
    filled = await agent.post(path, {"conversation_id": entry.conversation_id})
    assert (filled.json["lang"], filled.json["text"]) == ("en", "Hello Carla")
    async with hub.services.write() as tx:
        await tx.connection.exec_driver_sql(
            f"""update customer set attributes = '{{"language": "de-AT"}}' where id = (
                select customer_id from identity_link where identity_id = {entry.identity_id} and until is null)"""
        )
    filled = await agent.post(path, {"conversation_id": entry.conversation_id})
    assert (filled.json["lang"], filled.json["text"]) == ("de", "Hallo Carla, {{ customer.tier }}")
    assert filled.json["html"] == "<div>Hallo Carla, {{ customer.tier }}</div>"


async def test_words_that_cannot_be_filled_in_are_refused_where_they_stand(hub: Hub, agent: Browser) -> None:
    refused = await agent.post("/api/replies", {"name": "Broken", "texts": {"en": "{% for %}"}})
    assert refused.status == 422
    assert refused.json["errors"][0]["field"] == "texts.en"


async def test_ones_own_replies_are_nobody_elses_and_shared_ones_are_kept_by_administrators(
    hub: Hub, agent: Browser, administrator: Browser
) -> None:
    own = await agent.post("/api/replies", {"name": "Mine", "texts": {"en": "x"}})
    shared = {"name": "Ours", "scope": "shared", "texts": {"en": "y"}}
    assert (await agent.post("/api/replies", shared)).status == 403
    ours = await administrator.post("/api/replies", shared)
    assert ours.status == 201
    assert own.json["id"] not in [one["id"] for one in (await administrator.get("/api/replies")).json["items"]]
    assert (await administrator.post(f"/api/replies/{own.json['id']}/render", {"conversation_id": 1})).status == 404
    assert ours.json["id"] in [one["id"] for one in (await agent.get("/api/replies")).json["items"]]
    assert (await agent.patch(f"/api/replies/{ours.json['id']}", {"name": "Theirs"})).status == 403
    assert (await agent.patch(f"/api/replies/{own.json['id']}", {"scope": "shared"})).status == 403
    assert (await agent.delete(f"/api/replies/{own.json['id']}")).status == 204


async def test_nobody_is_offered_two_canned_replies_of_one_shortcut(
    hub: Hub, agent: Browser, administrator: Browser
) -> None:
    def reply(name: str, shortcut: str = "Ty", **more: Any) -> dict[str, Any]:
        return {"name": name, "shortcut": shortcut, "texts": {"en": name}, **more}

    async def refusal(browser: Browser, body: dict[str, Any]) -> str:
        refused = await browser.post("/api/replies", body)
        assert refused.status == 422, refused.json
        assert refused.json["errors"][0]["field"] == "shortcut"
        return str(refused.json["errors"][0]["message"])

    team = (await administrator.post("/api/teams", {"name": f"Returns {uuid.uuid4()}"})).json["id"]
    assert (await agent.post("/api/replies", reply("Thanks", "ty"))).status == 201
    assert "“Thanks” has the shortcut /Ty already" in await refusal(agent, reply("Thank you"))
    # an agent's own keep the word neither from others nor from everybody
    assert (await administrator.post("/api/replies", reply("Gracias"))).status == 201
    assert "Gracias" in await refusal(administrator, reply("Danke", scope="shared"))
    of_team = (await administrator.post("/api/replies", reply("Merci", "mc", scope="team", team_id=team))).json
    assert "Merci" in await refusal(administrator, reply("Mercy", "mc", scope="shared"))
    own = (await agent.post("/api/replies", reply("Not of the team", "mc"))).json
    assert (await agent.patch(f"/api/replies/{own['id']}", {"shortcut": "TY"})).status == 422
    assert (await administrator.delete(f"/api/replies/{of_team['id']}")).status == 204
    assert (await administrator.post("/api/replies", reply("Mercy", "mc", scope="shared"))).status == 201
    assert (await agent.patch(f"/api/replies/{own['id']}", reply("Its words", "mc"))).status == 200


async def test_the_files_of_a_canned_reply_go_with_every_use_of_it(hub: Hub, agent: Browser) -> None:
    channel = await hub.channel()
    entry = await hub.written(channel)
    form = aiohttp.FormData()
    form.add_field("file", b"terms", filename="terms.txt", content_type="text/plain")
    upload = await agent.send("POST", "/api/attachments", data=form)
    body = {"name": "Terms", "texts": {"en": "See the file."}, "attachment_ids": [upload.json["id"]]}
    made = await agent.post("/api/replies", body)
    for _ in range(2):
        path = f"/api/replies/{made.json['id']}/render"
        files = (await agent.post(path, {"conversation_id": entry.conversation_id})).json["attachments"]
        sent = await agent.post(
            f"/api/conversations/{entry.conversation_id}/messages",
            message(entry, channel, attachment_ids=[one["id"] for one in files]),
        )
        assert [one["filename"] for one in sent.json["attachments"]] == ["terms.txt"]
    assert (await agent.get("/api/replies")).json["items"][-1]["attachments"] == made.json["attachments"]


async def test_a_macro_changes_the_conversation_and_gives_the_words(hub: Hub, agent: Browser) -> None:
    entry = await hub.written(await hub.channel())
    reply = await agent.post("/api/replies", {"name": "Refund", "texts": {"en": "Refunded, {{ customer.name }}."}})
    change = {"state": "resolved", "priority": "low", "assignee_id": agent.agent and agent.agent.id}
    made = await agent.post("/api/macros", {"name": "Refund it", "reply_id": reply.json["id"], "change": change})
    assert made.json["change"] == change
    done = await agent.post(f"/api/conversations/{entry.conversation_id}/macros/{made.json['id']}")
    assert done.status == 200
    assert {name: done.json["conversation"][name] for name in change} == change
    assert done.json["reply"]["text"] == "Refunded, Carla Customer."
    patched = await agent.patch(f"/api/macros/{made.json['id']}", {"reply_id": None})
    assert patched.json["reply_id"] is None
    assert (await agent.patch(f"/api/macros/{made.json['id']}", {"change": {}})).status == 422


async def test_a_macro_snoozes_from_when_it_is_carried_out_and_writes_a_task_down(hub: Hub, agent: Browser) -> None:
    entry = await hub.written(await hub.channel())
    change = {
        "snooze": {"later": {"unit": "weekday", "number": 1, "at": "09:00"}},
        "task": {"text": "Ask the carrier", "due": {"unit": "days", "number": 3, "at": "09:30"}},
    }
    made = await agent.post("/api/macros", {"name": "Wait for the carrier", "change": change})
    assert made.json["change"] == change
    path = f"/api/conversations/{entry.conversation_id}/macros/{made.json['id']}"
    assert (await agent.post(f"{path}?time_zone=Europe/Nowhere")).status == 422
    done = await agent.post(f"{path}?time_zone=Asia/Kathmandu")
    assert done.status == 200
    until = datetime.fromisoformat(done.json["conversation"]["snoozed"]["until"]).astimezone(ZoneInfo("Asia/Kathmandu"))
    assert (until.isoweekday(), until.hour, until.minute) == (1, 9, 0)
    (task,) = (await agent.get(f"/api/tasks?conversation={entry.conversation_id}")).json["items"]
    assert task == done.json["task"]
    assert (task["text"], task["assignee_id"]) == ("Ask the carrier", agent.agent and agent.agent.id)
    assert datetime.fromisoformat(task["due_at"]).astimezone(ZoneInfo("Asia/Kathmandu")).strftime("%H:%M") == "09:30"
    never = {"snooze": {"later": {"unit": "weekday", "number": 8}}}
    assert (await agent.post("/api/macros", {"name": "Never", "change": never})).status == 422


async def test_a_macro_that_cannot_be_carried_out_changes_nothing(hub: Hub, agent: Browser) -> None:
    entry = await hub.written(await hub.channel())
    change = {"priority": "urgent", "label_ids_add": [987654]}
    made = await agent.post("/api/macros", {"name": "Gone label", "change": change})
    done = await agent.post(f"/api/conversations/{entry.conversation_id}/macros/{made.json['id']}")
    assert done.status == 422
    assert (await agent.get(f"/api/conversations/{entry.conversation_id}")).json["priority"] == "normal"


async def test_a_draft_is_there_on_another_device_and_nobody_else_sees_it(
    hub: Hub, agent: Browser, administrator: Browser
) -> None:
    entry = await hub.written(await hub.channel())
    path = f"/api/conversations/{entry.conversation_id}/draft"
    assert (await agent.get(path)).json == {"draft": None}
    assert agent.agent is not None
    other = await hub.browser(agent.agent)
    async with other.live() as socket:
        await next_of(socket, "welcome")
        kept = await agent.send("PUT", path, {"content": {"text": "Dear"}, "version": 0})
        assert kept.json == {"version": 1}
        told = await live_change(socket, "draft")
        assert told["draft"]["content"]["text"] == "Dear"
    held = (await other.get(path)).json["draft"]
    assert (held["version"], held["content"]["text"], held["content"]["mode"]) == (1, "Dear", "reply")
    assert (await administrator.get(path)).json == {"draft": None}
    stale = await other.send("PUT", path, {"content": {"text": "Hello"}, "version": 0})
    assert (stale.status, stale.json["code"], stale.json["draft"]["content"]["text"]) == (409, "stale_draft", "Dear")
    assert (await other.send("PUT", path, {"content": {"text": "Hello"}, "version": 1})).json == {"version": 2}
    assert [one["version"] for one in (await agent.get("/api/drafts")).json["items"]] == [2]
    assert (await agent.delete(path)).status == 204
    assert (await other.get(path)).json == {"draft": None}


async def test_nobody_hears_of_anothers_draft(hub: Hub, agent: Browser, administrator: Browser) -> None:
    entry = await hub.written(await hub.channel())
    path = f"/api/conversations/{entry.conversation_id}/draft"
    async with administrator.live() as socket:
        await next_of(socket, "welcome")
        await agent.send("PUT", path, {"content": {"text": "secret"}, "version": 0})
        await hub.writes(entry.conversation_id, "Still there?", author_identity_id=entry.identity_id)
        heard = []
        while "entry" not in heard:
            heard += [item["type"] for item in (await next_of(socket, "events"))["items"]]
    assert "draft" not in heard


async def test_a_message_is_put_off_shown_to_all_and_taken_back(
    hub: Hub, agent: Browser, administrator: Browser
) -> None:
    channel = await hub.channel()
    entry = await hub.written(channel)
    path = f"/api/conversations/{entry.conversation_id}/scheduled"
    at = (datetime.now(UTC) + timedelta(hours=3)).isoformat()
    key = uuid.uuid4().hex
    async with administrator.live() as socket:
        await next_of(socket, "welcome")
        answers = await asyncio.gather(
            *(agent.post(path, message(entry, channel, html="<b>Soon</b>", send_at=at), key=key) for _ in range(4))
        )
        assert {one.status for one in answers} == {201}
        assert len({one.json["id"] for one in answers}) == 1
        assert (await live_change(socket, "scheduled"))["scheduled"] == answers[0].json
    one = answers[0].json
    assert (one["state"], one["hold"], one["html"]) == ("waiting", False, "<b>Soon</b>")
    assert (await administrator.get(path)).json["items"] == [one]
    later = (datetime.now(UTC) + timedelta(hours=5)).isoformat()
    moved = await agent.patch(f"/api/scheduled/{one['id']}", {"send_at": later})
    assert moved.json["version"] == one["version"] + 1
    taken = await administrator.delete(f"/api/scheduled/{one['id']}")
    assert (taken.status, taken.json["state"], taken.json["text"]) == (200, "canceled", "It is on its way.")
    assert (await agent.get(path)).json["items"] == []
    assert (await agent.post(f"/api/scheduled/{one['id']}/send-now")).status == 409


async def test_a_time_that_cannot_be_is_refused(hub: Hub, agent: Browser) -> None:
    channel = await hub.channel()
    entry = await hub.written(channel)
    path = f"/api/conversations/{entry.conversation_id}/scheduled"
    for wrong in ({}, {"send_at": "2020-01-01T00:00:00Z"}, {"send_at": "2026-02-31T00:00:00Z"}, {"hold_seconds": 61}):
        assert (await agent.post(path, message(entry, channel, **wrong))).status == 422


async def test_a_newer_message_is_shown_before_one_is_put_off(hub: Hub, agent: Browser) -> None:
    channel = await hub.channel()
    entry = await hub.written(channel)
    await hub.writes(entry.conversation_id, "Hello?", channel_id=channel.id, author_identity_id=entry.identity_id)
    path = f"/api/conversations/{entry.conversation_id}/scheduled"
    refused = await agent.post(path, message(entry, channel, hold_seconds=5))
    assert (refused.status, refused.json["code"]) == (409, "newer_entry")


async def test_whoever_is_named_in_a_note_is_told_follows_and_says_that_they_saw_it(hub: Hub, agent: Browser) -> None:
    entry = await hub.written(await hub.channel())
    tom = await hub.browser(await hub.agent(name="Tom Okafor"))
    assert tom.agent is not None
    assert agent.agent is not None
    async with tom.live() as socket:
        await next_of(socket, "welcome")
        path = f"/api/conversations/{entry.conversation_id}/notes"
        note = await agent.post(path, {"text": "@Tom Okafor please", "mentions": [tom.agent.id, agent.agent.id]})
        assert note.json["data"]["mentions"] == sorted([tom.agent.id, agent.agent.id])
        (told,) = (await live_change(socket, "mention"))["mentions"]
        assert (told["entry_id"], told["by"]["id"]) == (note.json["id"], agent.agent.id)
    assert (await tom.get("/api/me/mentions")).json["items"] == [told]
    assert (await agent.get("/api/me/mentions")).json["items"] == []
    read = await agent.get(f"/api/conversations/{entry.conversation_id}")
    assert read.json["follower_ids"] == [tom.agent.id]
    assert (await tom.post("/api/me/mentions/read", {"conversation_id": entry.conversation_id})).status == 204
    assert (await tom.get("/api/me/mentions")).json["items"] == []


async def test_a_brands_signature_stands_in_place_of_the_agents_own(
    hub: Hub, agent: Browser, administrator: Browser
) -> None:
    channel = await hub.channel()
    await agent.patch("/api/me", {"signature": "Ada\nSupport"})
    path = f"/api/channels/{channel.id}/signature"
    assert (await agent.get(path)).json == {"brand": None, "text": "Ada\nSupport", "html": ""}
    html = "<p>{{ agent.first_name }} of <b>{{ brand.name }}</b></p><script>x()</script>"
    body = {"name": "Oak & Iron", "signature_html": html, "channel_ids": [channel.id]}
    assert (await agent.post("/api/brands", body)).status == 403
    made = await administrator.post("/api/brands", body)
    assert made.status == 201
    assert "script" not in made.json["signature_html"]
    assert (await agent.get(path)).json == {
        "brand": "Oak & Iron",
        "text": "Ada of Oak & Iron",
        "html": "<p>Ada of <b>Oak &amp; Iron</b></p>",
    }
    assert (await administrator.patch(f"/api/brands/{made.json['id']}", {"channel_ids": []})).status == 200
    assert (await agent.get(path)).json["brand"] is None
    assert (await administrator.patch(f"/api/brands/{made.json['id']}", {"channel_ids": [99999]})).status == 422
    assert (await administrator.delete(f"/api/brands/{made.json['id']}")).status == 204


async def test_how_long_one_can_undo_is_ones_own_choice(hub: Hub, agent: Browser) -> None:
    assert (await agent.get("/api/session")).json["agent"]["undo_seconds"] == 5
    assert (await agent.patch("/api/me", {"undo_seconds": 30})).json["undo_seconds"] == 30
    assert (await agent.patch("/api/me", {"undo_seconds": 7})).status == 422
