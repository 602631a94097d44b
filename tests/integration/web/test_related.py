"""What belongs together, over HTTP: joined and split conversations, links, tasks, companies, side conversations."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from hub.desk.tasks.reminding import remind_due
from hub.timeline.model import Entry
from tests.integration.web.hub import Browser, Hub
from tests.integration.web.test_documents import PNG, upload
from tests.integration.web.test_live import next_of


async def pair(hub: Hub) -> tuple[Entry, Entry]:
    """The first messages of two conversations with one customer."""
    channel, address = await hub.channel(), f"{uuid.uuid4().hex[:8]}@nordlicht.example"
    return await hub.written(channel, address), await hub.written(channel, address, "And the invoice?")


async def customer_of(agent: Browser, entry: Entry) -> dict[str, Any]:
    found: dict[str, Any] = (await agent.get(f"/api/conversations/{entry.conversation_id}")).json["customer"]
    return found


# Joining and splitting


async def test_a_joined_conversation_leaves_the_list_and_comes_back(hub: Hub, agent: Browser) -> None:
    one, other = await pair(hub)
    merged = await agent.post(f"/api/conversations/{one.conversation_id}/merge", {"other_id": other.conversation_id})
    assert merged.status == 200
    (join,) = merged.json["joined"]
    assert (join["from_id"], join["into_id"]) == (other.conversation_id, one.conversation_id)
    listed = [each["id"] for each in (await agent.get("/api/conversations?view=open&limit=200")).json["items"]]
    assert one.conversation_id in listed
    assert other.conversation_id not in listed
    assert (await agent.post(f"/api/conversation-merges/{join['id']}/undo")).json["joined"] == []
    listed = [each["id"] for each in (await agent.get("/api/conversations?view=open&limit=200")).json["items"]]
    assert other.conversation_id in listed


async def test_conversations_of_two_customers_are_refused_with_what_to_do(hub: Hub, agent: Browser) -> None:
    channel = await hub.channel()
    one, stranger = await hub.written(channel), await hub.written(channel)
    refused = await agent.post(
        f"/api/conversations/{one.conversation_id}/merge", {"other_id": stranger.conversation_id}
    )
    assert refused.status == 409
    assert "Merge the customers first" in refused.json["detail"]


async def test_an_answer_in_the_leader_is_asked_about_a_newer_message_in_what_is_joined(
    hub: Hub, agent: Browser
) -> None:
    one, other = await pair(hub)
    await agent.post(f"/api/conversations/{one.conversation_id}/merge", {"other_id": other.conversation_id})
    newer = await hub.writes(other.conversation_id, "Hurry", author_identity_id=other.identity_id)
    refused = await agent.post(
        f"/api/conversations/{one.conversation_id}/messages",
        {
            "text": "Soon.",
            "to_identity_id": one.identity_id,
            "channel_id": one.channel.id if one.channel else 0,
            "last_seen_entry_id": other.id,
        },
    )
    assert refused.json["code"] == "newer_entry"
    assert [each["id"] for each in refused.json["newer"]] == [newer.id]


async def test_a_split_is_shown_on_both_sides_and_undone(hub: Hub, agent: Browser) -> None:
    one, _ = await pair(hub)
    second = await hub.writes(one.conversation_id, "Something else", author_identity_id=one.identity_id)
    made = await agent.post(f"/api/entries/{second.id}/split", {"subject": "Something else"})
    assert made.status == 200
    (cut,) = made.json["splits"]
    assert cut["from_id"] == one.conversation_id
    assert made.json["id"] == cut["into_id"]
    found = next(each for each in made.json["conversations"] if each["id"] == cut["into_id"])
    assert (found["subject"], found["preview"]) == ("Something else", "Something else")
    undone = await agent.post(f"/api/splits/{cut['id']}/undo")
    assert (undone.json["id"], undone.json["splits"]) == (one.conversation_id, [])
    assert (await agent.post(f"/api/splits/{cut['id']}/undo")).status == 409


# Links


async def test_two_conversations_are_linked_once_and_the_link_is_taken_out(hub: Hub, agent: Browser) -> None:
    channel = await hub.channel()
    one, other = await hub.written(channel), await hub.written(channel)
    path = f"/api/conversations/{one.conversation_id}/links"
    body = {"other_id": other.conversation_id, "kind": "causes"}
    made = await agent.post(path, body)
    assert made.status == 201
    (link,) = made.json["links"]
    assert (link["from_id"], link["to_id"], link["kind"]) == (one.conversation_id, other.conversation_id, "causes")
    assert (await agent.post(path, body)).status == 409
    assert (await agent.get(f"/api/conversations/{other.conversation_id}/related")).json["links"] == [link]
    assert (await agent.delete(f"/api/links/{link['id']}")).status == 204
    assert (await agent.delete(f"/api/links/{link['id']}")).status == 404


# Tasks


async def test_a_task_is_written_down_changed_and_done_and_the_timeline_says_so(hub: Hub, agent: Browser) -> None:
    one, _ = await pair(hub)
    assert agent.agent is not None
    made = await agent.post(
        "/api/tasks",
        {"text": "Send the certificate", "entry_id": one.id, "due_at": "2026-12-24T09:00:00+01:00"},
    )
    assert made.status == 201
    task = made.json
    assert (task["conversation_id"], task["entry_id"]) == (one.conversation_id, one.id)
    assert task["due_at"] == "2026-12-24T08:00:00Z"
    path = f"/api/tasks/{task['id']}"
    taken = await agent.patch(path, {"assignee_id": agent.agent.id, "due_at": None})
    assert (taken.json["assignee_id"], taken.json["due_at"]) == (agent.agent.id, None)
    done = await agent.patch(path, {"done": True})
    assert (done.json["done_by"], done.json["text"]) == (agent.agent.id, "Send the certificate")
    customer = await customer_of(agent, one)
    assert (await agent.get(f"/api/tasks?customer={customer['id']}")).json["items"] == []
    timeline = (await agent.get(f"/api/customers/{customer['id']}/timeline")).json["items"]
    said = [(each["data"]["type"], each["text"]) for each in timeline if each["kind"] == "task"]
    assert said == [("done", "Send the certificate"), ("added", "Send the certificate")]


async def test_a_task_changes_neither_the_preview_nor_the_waiting(hub: Hub, agent: Browser) -> None:
    one, _ = await pair(hub)
    before = (await agent.get(f"/api/conversations/{one.conversation_id}")).json
    await agent.post("/api/tasks", {"text": "Look into it", "conversation_id": one.conversation_id})
    after = (await agent.get(f"/api/conversations/{one.conversation_id}")).json
    for key in ("preview", "waiting_since", "last_entry_at", "unread"):
        assert after[key] == before[key]


async def test_my_tasks_are_a_list_page_by_page(hub: Hub, agent: Browser) -> None:
    one, _ = await pair(hub)
    assert agent.agent is not None
    customer = await customer_of(agent, one)
    for number in range(3):
        await agent.post(
            "/api/tasks", {"text": f"t{number}", "customer_id": customer["id"], "assignee_id": agent.agent.id}
        )
    first = (await agent.get("/api/tasks?assignee=me&limit=2")).json
    rest = (await agent.get(f"/api/tasks?assignee=me&limit=2&after={first['next']}")).json
    assert [each["text"] for each in (*first["items"], *rest["items"])] == ["t2", "t1", "t0"]
    assert rest["next"] is None


async def test_my_tasks_come_due_first_and_those_without_a_time_last(hub: Hub, agent: Browser) -> None:
    one, _ = await pair(hub)
    assert agent.agent is not None
    times = {"later": "2099-02-01T00:00:00Z", "never": None, "sooner": "2099-01-01T00:00:00Z", "nor ever": None}
    for text, due_at in times.items():
        body = {"text": text, "conversation_id": one.conversation_id, "due_at": due_at}
        await agent.post("/api/tasks", {**body, "assignee_id": agent.agent.id})
    found, after = [], ""
    for _ in times:
        page = (await agent.get(f"/api/tasks?assignee=me&sort=due&limit=1{after}")).json
        found += [each["text"] for each in page["items"]]
        after = f"&after={page['next']}"
    assert found == ["sooner", "later", "never", "nor ever"]
    assert page["next"] is None
    assert (await agent.get("/api/tasks?sort=due&after=12.x")).status == 422


async def test_a_task_that_falls_due_is_told_of_once_and_again_at_another_time(hub: Hub, agent: Browser) -> None:
    one, _ = await pair(hub)
    assert agent.agent is not None
    body = {"text": "Call back", "conversation_id": one.conversation_id, "assignee_id": agent.agent.id}
    due = (await agent.post("/api/tasks", {**body, "due_at": "2020-01-01T09:00:00Z"})).json
    done = (await agent.post("/api/tasks", {**body, "due_at": "2020-01-01T09:00:00Z"})).json
    later = (await agent.post("/api/tasks", {**body, "due_at": "2099-01-01T09:00:00Z"})).json
    await agent.patch(f"/api/tasks/{done['id']}", {"done": True})
    async with agent.live() as socket:
        await next_of(socket, "welcome")
        await remind_due(hub.services.outbox)
        told: list[Any] = []
        while not told:
            items = (await next_of(socket, "events"))["items"]
            told = [each["task"] for each in items if each["type"] == "task" and each["task"]["reminded_at"]]
        assert [each["id"] for each in told] == [due["id"]]

    async def reminded() -> dict[int, Any]:
        items = (await agent.get("/api/tasks?assignee=me&state=all")).json["items"]
        return {each["id"]: each["reminded_at"] for each in items}

    first = await reminded()
    assert (first[done["id"]], first[later["id"]]) == (None, None)
    await remind_due(hub.services.outbox)
    assert await reminded() == first, "once"
    await agent.patch(f"/api/tasks/{due['id']}", {"text": "Call them back"})
    assert await reminded() == first
    moved = await agent.patch(f"/api/tasks/{due['id']}", {"due_at": "2020-01-02T09:00:00Z"})
    assert moved.json["reminded_at"] is None
    await remind_due(hub.services.outbox)
    assert (await reminded())[due["id"]] is not None


async def test_a_task_follows_when_customers_are_merged_and_parted(hub: Hub, agent: Browser) -> None:
    channel = await hub.channel()
    one, other = await hub.written(channel), await hub.written(channel)
    mine, theirs = await customer_of(agent, one), await customer_of(agent, other)
    await agent.post("/api/tasks", {"text": "Theirs", "conversation_id": other.conversation_id})
    merged = await agent.post(f"/api/customers/{mine['id']}/merge", {"other_id": theirs["id"]})
    assert [each["text"] for each in (await agent.get(f"/api/tasks?customer={mine['id']}")).json["items"]] == ["Theirs"]
    await agent.post(f"/api/merges/{merged.json['merges'][0]['id']}/undo")
    assert (await agent.get(f"/api/tasks?customer={mine['id']}")).json["items"] == []


async def test_a_deleted_task_is_told_of_and_gone(hub: Hub, agent: Browser) -> None:
    one, _ = await pair(hub)
    task = (await agent.post("/api/tasks", {"text": "Oops", "conversation_id": one.conversation_id})).json
    async with agent.live() as socket:
        await next_of(socket, "welcome")
        assert (await agent.delete(f"/api/tasks/{task['id']}")).status == 204
        while True:
            changes = (await next_of(socket, "events"))["items"]
            told = [each["task"] for each in changes if each["type"] == "task"]
            if told and told[-1]["deleted"]:
                break
    assert (await agent.patch(f"/api/tasks/{task['id']}", {"done": True})).status == 404


@pytest.mark.parametrize(
    "body",
    [
        {"text": "for nobody"},
        {"text": "for two", "customer_id": 1, "conversation_id": 1},
        {"text": " ", "customer_id": 1},
        {"text": "never", "customer_id": 1, "due_at": "2026-02-30T00:00:00Z"},
    ],
)
async def test_a_task_that_makes_no_sense_is_refused(agent: Browser, body: dict[str, Any]) -> None:
    assert (await agent.post("/api/tasks", body)).status == 422


# Companies


async def test_a_mail_domain_suggests_a_company_and_colleagues_are_found(hub: Hub, agent: Browser) -> None:
    channel, domain = await hub.channel(), f"nord-{uuid.uuid4().hex[:6]}.example"
    one = await customer_of(agent, await hub.written(channel, f"ole@{domain}"))
    other = await customer_of(agent, await hub.written(channel, f"ida@{domain}"))
    suggested = (await agent.get(f"/api/customers/{one['id']}/related")).json["suggested"]
    assert (suggested["domain"], suggested["company"]) == (domain, None)
    company = (await agent.post("/api/companies", {"name": "Nord GmbH", "domains": [f"@{domain.upper()}"]})).json
    assert company["domains"] == [domain]
    again = (await agent.get(f"/api/customers/{one['id']}/related")).json["suggested"]
    assert again["company"]["id"] == company["id"]
    for customer in (one, other):
        put = await agent.send("PUT", f"/api/customers/{customer['id']}/company", {"company_id": company["id"]})
        assert put.json["company"]["name"] == "Nord GmbH"
    found = (await agent.get(f"/api/customers/{one['id']}/related")).json
    assert [(each["customer"]["id"], each["why"]) for each in found["people"]] == [(other["id"], "company")]
    gone = await agent.send("PUT", f"/api/customers/{one['id']}/company", {"company_id": None})
    assert gone.json["company"] is None


async def test_an_address_with_a_provider_for_everybody_suggests_no_company(hub: Hub, agent: Browser) -> None:
    entry = await hub.written(await hub.channel(), f"{uuid.uuid4().hex[:8]}@gmail.com")
    customer = await customer_of(agent, entry)
    assert (await agent.get(f"/api/customers/{customer['id']}/related")).json["suggested"] is None


# Side conversations


async def test_what_is_asked_of_a_third_party_stands_on_the_customers_timeline_with_the_answer(
    hub: Hub, agent: Browser
) -> None:
    entry = await hub.written(await hub.channel())
    assert entry.channel is not None
    path = f"/api/conversations/{entry.conversation_id}/side-conversations"
    supplier = f"{uuid.uuid4().hex[:8]}@supplier.example"
    body = {
        "identity": {"kind": "email", "address": supplier, "name": "Sam Supplier"},
        "channel_id": entry.channel.id,
        "subject": "Part 7",
        "text": "When does it come?",
    }
    key = uuid.uuid4().hex
    made = await agent.post(path, body, key=key)
    assert made.status == 201
    assert (await agent.post(path, body, key=key)).json["entry"]["id"] == made.json["entry"]["id"]
    side = made.json["conversation"]
    async with agent.live() as socket:
        await next_of(socket, "welcome")
        answer = await hub.writes(side["id"], "Tomorrow", author_identity_id=side["identity"]["id"])
        customer = await customer_of(agent, entry)
        while True:
            changes = (await next_of(socket, "events"))["items"]
            found = [each for each in changes if each["type"] == "entry" and each["entry"]["id"] == answer.id]
            if found:
                assert found[0]["also_customer_ids"] == [customer["id"]]
                break
    told, *said = (await agent.get(f"/api/customers/{customer['id']}/timeline")).json["items"]
    assert [each["text"] for each in said[:2]] == ["Tomorrow", "When does it come?"]
    assert [each["data"]["side_of"] for each in said[:2]] == [entry.conversation_id] * 2
    assert (told["kind"], told["author"]["name"]) == ("event", "Sam Supplier")
    assert told["data"] == {"type": "side_answered", "side_id": side["id"], "entry_id": answer.id}
    related = (await agent.get(f"/api/conversations/{entry.conversation_id}/related")).json
    assert related["side"] == [side["id"]]
    assert (await agent.get(f"/api/conversations/{side['id']}/related")).json["side_of"] == entry.conversation_id


async def test_a_conversation_is_unread_and_open_again_when_the_third_party_answers(hub: Hub, agent: Browser) -> None:
    entry = await hub.written(await hub.channel())
    assert entry.channel is not None
    path = f"/api/conversations/{entry.conversation_id}"
    uploaded = await upload(agent, PNG)
    side = await agent.post(
        f"{path}/side-conversations",
        {
            "identity": {"kind": "email", "address": f"{uuid.uuid4().hex[:8]}@supplier.example"},
            "channel_id": entry.channel.id,
            "text": "When does it come?",
            "attachment_ids": [uploaded.json["id"]],
        },
    )
    assert [each["filename"] for each in side.json["entry"]["attachments"]] == [uploaded.json["filename"]]
    await agent.patch(path, {"state": "resolved"})
    await agent.post(f"{path}/seen", {"entry_id": (await agent.get(path)).json["last_entry_id"]})
    assert (await agent.get(path)).json["unread"] is False
    before = (await agent.get(f"{path}/destinations")).json["items"]
    conversation = side.json["conversation"]
    await hub.writes(conversation["id"], "Tomorrow", author_identity_id=conversation["identity"]["id"])
    back = (await agent.get(path)).json
    assert (back["state"], back["unread"], back["side_answer_id"]) == ("open", True, back["last_entry_id"])
    assert (await agent.get(f"{path}/destinations")).json["items"] == before, "an answer still goes to the customer"
    unread = {"all": [{"field": "unread", "op": "is", "value": True}]}
    found = await agent.post("/api/conversations/find", {"filter": unread, "limit": 200})
    assert back["id"] in [each["id"] for each in found.json["items"]]
    await agent.post(f"{path}/seen", {"entry_id": back["side_answer_id"]})
    assert (await agent.get(path)).json["unread"] is False


async def test_the_customer_is_no_third_party(hub: Hub, agent: Browser) -> None:
    address = f"{uuid.uuid4().hex[:8]}@customer.example"
    entry = await hub.written(await hub.channel(), address)
    assert entry.channel is not None
    refused = await agent.post(
        f"/api/conversations/{entry.conversation_id}/side-conversations",
        {"identity": {"kind": "email", "address": address}, "channel_id": entry.channel.id, "text": "Hello"},
    )
    assert refused.status == 422
    listed = (await agent.get("/api/conversations?view=open&limit=200")).json["items"]
    assert [each["preview"] for each in listed].count("Hello") == 0, "nothing of it was kept"


# Details


async def test_a_customers_detail_fits_its_field_and_others_stay_free(
    hub: Hub, agent: Browser, administrator: Browser
) -> None:
    customer = await customer_of(agent, await hub.written(await hub.channel()))
    key = f"size{uuid.uuid4().hex[:6]}"
    field = {"noun": "customer", "key": key, "label": "Size", "type": "number", "choices": []}
    made = await administrator.post("/api/fields", field)
    assert made.status == 201
    path = f"/api/customers/{customer['id']}"
    refused = await agent.patch(path, {"attributes": {key: "large"}})
    assert refused.status == 422
    assert refused.json["errors"][0]["field"] == f"attributes.{key}"
    taken = await agent.patch(path, {"attributes": {key: 2.5, "note": "likes blue"}})
    assert taken.json["attributes"] == {key: 2.5, "note": "likes blue"}
    assert (await administrator.patch(f"/api/fields/{made.json['id']}", {"archived": True})).status == 200
    kept = await agent.patch(path, {"attributes": {key: 2.5, "note": "likes green"}})
    assert kept.json["attributes"] == {key: 2.5, "note": "likes green"}


async def test_who_looks_at_the_customer_they_were_folded_into_is_told_of_the_company(hub: Hub, agent: Browser) -> None:
    channel = await hub.channel()
    one, other = [await customer_of(agent, await hub.written(channel)) for _ in range(2)]
    assert (await agent.post(f"/api/customers/{one['id']}/merge", {"other_id": other["id"]})).status == 200
    company = (await agent.post("/api/companies", {"name": "Süd GmbH"})).json
    async with agent.live() as socket:
        await next_of(socket, "welcome")
        await agent.send("PUT", f"/api/customers/{other['id']}/company", {"company_id": company["id"]})
        told = [it["customer"]["id"] for it in (await next_of(socket, "events"))["items"] if it["type"] == "customer"]
    assert {one["id"], other["id"]} <= set(told)
    assert (await agent.get(f"/api/customers/{one['id']}/related")).json["company"]["id"] == company["id"]


async def test_entries_that_are_numbered_anew_are_another_version(hub: Hub, agent: Browser) -> None:
    channel, address = await hub.channel(), f"{uuid.uuid4().hex[:8]}@nordlicht.example"
    first = await hub.written(channel, address)
    path = f"/api/conversations/{first.conversation_id}"
    cut_off = (await agent.post(f"{path}/notes", {"text": "The invoice is another matter."})).json
    split = (await agent.post(f"/api/entries/{cut_off['id']}/split", {})).json["splits"][-1]
    later = (await agent.post(f"{path}/notes", {"text": "The parcel is found."})).json
    before = (await agent.get(f"/api/entries/{later['id']}")).json
    assert (await agent.post(f"/api/splits/{split['id']}/undo")).status == 200
    after = (await agent.get(f"/api/entries/{later['id']}")).json
    assert after["seq"] != before["seq"]
    assert after["version"] > before["version"]
