"""An agent's work with conversations, over HTTP."""

from __future__ import annotations

import asyncio
import uuid

from tests.integration.web.hub import Browser, Hub


async def test_the_list_shows_a_customers_message_and_its_conversation_can_be_read(hub: Hub, agent: Browser) -> None:
    entry = await hub.written(await hub.channel(), text="Where is parcel 7?")
    listed = await agent.get("/api/conversations?view=open")
    assert listed.status == 200
    assert listed.headers["X-Feed-Position"]
    found = next(one for one in listed.json["items"] if one["id"] == entry.conversation_id)
    assert found["preview"] == "Where is parcel 7?"
    assert found["unread"] is True
    read = await agent.get(f"/api/conversations/{entry.conversation_id}")
    assert read.json == found


async def test_seen_is_kept_per_agent_and_never_goes_back(hub: Hub, agent: Browser, administrator: Browser) -> None:
    entry = await hub.written(await hub.channel())
    path = f"/api/conversations/{entry.conversation_id}"
    assert (await agent.post(f"{path}/seen", {"entry_id": entry.id})).status == 204
    assert (await agent.post(f"{path}/seen", {"entry_id": 1})).status == 204
    assert (await agent.get(path)).json["unread"] is False
    assert (await administrator.get(path)).json["unread"] is True


async def test_assigning_resolving_and_reopening_each_write_an_event(hub: Hub, agent: Browser) -> None:
    entry = await hub.written(await hub.channel())
    path = f"/api/conversations/{entry.conversation_id}"
    assert agent.agent is not None
    assigned = await agent.patch(path, {"assignee_id": agent.agent.id})
    assert assigned.json["assignee_id"] == agent.agent.id
    assert (await agent.patch(path, {"state": "resolved"})).json["state"] == "resolved"
    assert (await agent.patch(path, {"state": "open", "assignee_id": None})).json["assignee_id"] is None
    customer = (await agent.get(path)).json["customer"]["id"]
    timeline = (await agent.get(f"/api/customers/{customer}/timeline")).json
    happened = [one["data"]["type"] for one in timeline["items"] if one["kind"] == "event"]
    assert sorted(happened) == ["assigned", "assigned", "reopened", "resolved"]
    assert timeline["head"]


async def test_an_assignee_who_does_not_exist_is_a_field_error(hub: Hub, agent: Browser) -> None:
    entry = await hub.written(await hub.channel())
    answer = await agent.patch(f"/api/conversations/{entry.conversation_id}", {"assignee_id": 999_999})
    assert answer.status == 422
    assert answer.json["errors"][0]["field"] == "assignee_id"


async def test_a_message_is_queued_once_however_often_it_is_sent(hub: Hub, agent: Browser) -> None:
    channel = await hub.channel()
    entry = await hub.written(channel)
    path = f"/api/conversations/{entry.conversation_id}/messages"
    body = {
        "text": "It is on its way.",
        "to_identity_id": entry.identity_id,
        "channel_id": channel.id,
        "attachment_ids": [],
        "last_seen_entry_id": entry.id,
    }
    key = uuid.uuid4().hex
    answers = await asyncio.gather(*(agent.post(path, body, key=key) for _ in range(5)))
    assert {one.status for one in answers} == {201}
    assert len({one.json["id"] for one in answers}) == 1
    assert answers[0].json["delivery"]["state"] == "queued"
    assert answers[0].json["delivery"]["next_steps"] == ["cancel"]


async def test_a_newer_message_of_the_customer_is_shown_before_anything_is_sent(hub: Hub, agent: Browser) -> None:
    channel = await hub.channel()
    entry = await hub.written(channel)
    newer = await hub.writes(
        entry.conversation_id, "Never mind, it is here.", channel_id=channel.id, author_identity_id=entry.identity_id
    )
    path = f"/api/conversations/{entry.conversation_id}/messages"
    body = {
        "text": "We are looking for it.",
        "to_identity_id": entry.identity_id,
        "channel_id": channel.id,
        "last_seen_entry_id": entry.id,
    }
    refused = await agent.post(path, body)
    assert refused.status == 409
    assert refused.json["code"] == "newer_entry"
    assert [one["id"] for one in refused.json["newer"]] == [newer.id]
    assert (await agent.post(path, {**body, "confirm_newer": True})).status == 201


async def test_an_address_of_somebody_else_is_refused(hub: Hub, agent: Browser) -> None:
    channel = await hub.channel()
    entry, stranger = await hub.written(channel), await hub.written(channel)
    answer = await agent.post(
        f"/api/conversations/{entry.conversation_id}/messages",
        {
            "text": "Hi",
            "to_identity_id": stranger.identity_id,
            "channel_id": channel.id,
            "last_seen_entry_id": entry.id,
        },
    )
    assert answer.status == 422
    assert answer.json["code"] == "bad_address"


async def test_a_note_is_internal_and_written_once(hub: Hub, agent: Browser) -> None:
    entry = await hub.written(await hub.channel())
    path = f"/api/conversations/{entry.conversation_id}/notes"
    key = uuid.uuid4().hex
    one, again = (
        await agent.post(path, {"text": "Call her"}, key=key),
        await agent.post(path, {"text": "Call her"}, key=key),
    )
    assert one.status == again.status == 201
    assert one.json["id"] == again.json["id"]
    assert one.json["direction"] == "internal"
    assert one.json["delivery"] is None


async def test_the_destinations_name_the_exact_address(hub: Hub, agent: Browser) -> None:
    channel = await hub.channel("Orders")
    entry = await hub.written(channel, "carla@customer.example")
    answer = await agent.get(f"/api/conversations/{entry.conversation_id}/destinations")
    default = [one for one in answer.json["items"] if one["default"]]
    assert [(one["address"], one["channel_id"], one["usable"]) for one in default] == [
        ("carla@customer.example", channel.id, True)
    ]
    assert default[0]["from"].startswith("Orders <")


async def test_writing_first_opens_one_conversation(hub: Hub, agent: Browser) -> None:
    channel = await hub.channel()
    address = f"{uuid.uuid4().hex[:8]}@customer.example"
    body = {
        "identity": {"kind": "email", "address": address, "name": "Nina New"},
        "channel_id": channel.id,
        "subject": "Your order",
        "text": "It is ready.",
        "attachment_ids": [],
    }
    key = uuid.uuid4().hex
    answers = await asyncio.gather(*(agent.post("/api/conversations", body, key=key) for _ in range(4)))
    assert {one.status for one in answers} == {201}
    assert len({one.json["conversation"]["id"] for one in answers}) == 1
    assert len({one.json["entry"]["id"] for one in answers}) == 1
    assert answers[0].json["conversation"]["customer"]["name"] == "Nina New"


async def test_a_first_message_is_held_once_and_taken_back_to_its_conversation(hub: Hub, agent: Browser) -> None:
    channel = await hub.channel()
    address = f"{uuid.uuid4().hex[:8]}@customer.example"
    body = {
        "identity": {"kind": "email", "address": address},
        "channel_id": channel.id,
        "subject": "Your order",
        "text": "It is ready.",
        "hold_seconds": 60,
    }
    key = uuid.uuid4().hex
    answers = await asyncio.gather(*(agent.post("/api/conversations", body, key=key) for _ in range(4)))
    assert {one.status for one in answers} == {201}
    (conversation_id,) = {one.json["conversation"]["id"] for one in answers}
    (scheduled_id,) = {one.json["scheduled"]["id"] for one in answers}
    held = answers[0].json
    assert (held["entry"], held["scheduled"]["hold"], held["scheduled"]["state"]) == (None, True, "waiting")
    assert (held["scheduled"]["conversation_id"], held["conversation"]["entry_count"]) == (conversation_id, 0)
    taken = await agent.delete(f"/api/scheduled/{scheduled_id}")
    assert (taken.json["state"], taken.json["text"]) == ("canceled", "It is ready.")
    assert (await agent.get(f"/api/conversations/{conversation_id}")).json["entry_count"] == 0
    refused = await agent.post(
        "/api/conversations", {**body, "identity": {"kind": "email", "address": "nobody"}}, key=uuid.uuid4().hex
    )
    assert refused.status == 422


async def test_a_page_ends_where_the_next_begins(hub: Hub, agent: Browser) -> None:
    channel = await hub.channel()
    written = {(await hub.written(channel)).conversation_id for _ in range(5)}
    seen: list[int] = []
    after = ""
    while True:
        page = (await agent.get(f"/api/conversations?limit=2{after}")).json
        seen += [one["id"] for one in page["items"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert len(seen) == len(set(seen))
    assert written <= set(seen)


async def test_counts_are_of_the_agents_own_view(hub: Hub, agent: Browser) -> None:
    entry = await hub.written(await hub.channel())
    assert agent.agent is not None
    await agent.patch(f"/api/conversations/{entry.conversation_id}", {"assignee_id": agent.agent.id})
    assert (await agent.get("/api/conversations/counts")).json["mine"] == 1
