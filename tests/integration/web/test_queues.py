"""Queues over HTTP: labels, teams, fields, what they do to a conversation, views, and changes of many at once."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hub.bulk.job import BulkWorker
from hub.bulk.model import BULK
from hub.desk.snooze import wake_due
from hub.outbound.job import Done, Job, Lease
from tests.integration.web.hub import Answer, Browser, Hub


def unique(word: str) -> str:
    return f"{word} {uuid.uuid4().hex[:8]}"


async def label(administrator: Browser, word: str = "Refund") -> int:
    added = await administrator.post("/api/labels", {"name": unique(word), "tint": 3})
    assert added.status == 201
    return int(added.json["id"])


async def team(administrator: Browser, *members: Browser) -> int:
    ids = [one.agent.id for one in members if one.agent]
    added = await administrator.post("/api/teams", {"name": unique("Team"), "member_ids": ids})
    assert added.status == 201
    return int(added.json["id"])


async def field(administrator: Browser, type_: str, **more: Any) -> str:
    key = f"f{uuid.uuid4().hex[:8]}"
    given = {"noun": "conversation", "key": key, "label": "Field", "type": type_, **more}
    assert (await administrator.post("/api/fields", given)).status == 201
    return key


async def conversation(hub: Hub) -> str:
    return f"/api/conversations/{(await hub.written(await hub.channel())).conversation_id}"


async def happened(browser: Browser, path: str) -> list[dict[str, Any]]:
    customer_id = (await browser.get(path)).json["customer"]["id"]
    timeline = await browser.get(f"/api/customers/{customer_id}/timeline")
    return [one["data"] for one in reversed(timeline.json["items"]) if one["kind"] == "event"]


async def carried_out(hub: Hub, begun: Answer, browser: Browser) -> dict[str, Any]:
    """The job of a change of many done, as the worker does it."""
    assert begun.status == 202, begun.content
    bulk_id = begun.json["id"]
    job = Job(1, BULK, f"bulk:{bulk_id}", None, {"bulk_id": bulk_id}, 1, 20, 1)
    result = await BulkWorker(hub.services.outbox).handle(job, Lease(float("inf")))
    assert isinstance(result, Done)
    return dict((await browser.get(f"/api/bulk/{bulk_id}")).json)


async def ids_in(browser: Browser, view: str) -> list[int]:
    ids: list[int] = []
    after = ""
    while True:
        page = await browser.get(f"/api/conversations?view={view}&limit=20{after}")
        assert page.status == 200, page.content
        ids += [one["id"] for one in page.json["items"]]
        if page.json["next"] is None:
            return ids
        after = f"&after={page.json['next']}"


async def test_a_label_is_set_up_put_on_and_archived(hub: Hub, agent: Browser, administrator: Browser) -> None:
    label_id = await label(administrator)
    path = await conversation(hub)
    labelled = await agent.patch(path, {"label_ids_add": [label_id]})
    assert labelled.json["label_ids"] == [label_id]
    assert (await administrator.delete(f"/api/labels/{label_id}")).status == 204
    listed = (await agent.get("/api/labels")).json["items"]
    assert next(one for one in listed if one["id"] == label_id)["archived"] is True
    refused = await agent.patch(await conversation(hub), {"label_ids_add": [label_id]})
    assert (refused.status, refused.json["errors"][0]["field"]) == (422, "label_ids_add")
    taken = await agent.patch(path, {"label_ids_remove": [label_id]})
    assert taken.json["label_ids"] == []
    assert [(one["added"], one["removed"]) for one in await happened(agent, path)] == [
        ([label_id], []),
        ([], [label_id]),
    ]


async def test_only_administrators_set_up_the_desk(agent: Browser) -> None:
    for path, body in (
        ("/api/labels", {"name": "L", "tint": 1}),
        ("/api/teams", {"name": "T"}),
        ("/api/fields", {"noun": "customer", "key": "k", "label": "K", "type": "text"}),
    ):
        assert (await agent.get(path)).status == 200
        assert (await agent.post(path, body)).status == 403


async def test_two_labels_of_one_name_are_refused_until_one_is_archived(administrator: Browser) -> None:
    name = unique("Twice")
    first = await administrator.post("/api/labels", {"name": name, "tint": 1})
    again = await administrator.post("/api/labels", {"name": name.upper(), "tint": 1})
    assert (again.status, again.json["code"]) == (409, "name_taken")
    await administrator.patch(f"/api/labels/{first.json['id']}", {"archived": True})
    assert (await administrator.post("/api/labels", {"name": name, "tint": 1})).status == 201
    back = await administrator.patch(f"/api/labels/{first.json['id']}", {"archived": False})
    assert back.status == 409


async def test_a_conversation_goes_to_a_team_and_its_members_have_a_view_of_it(
    hub: Hub, agent: Browser, administrator: Browser
) -> None:
    team_id = await team(administrator, agent)
    path = await conversation(hub)
    given = await agent.patch(path, {"team_id": team_id})
    assert given.json["team_id"] == team_id
    views = {one["id"]: one for one in (await agent.get("/api/views")).json["items"]}
    assert views[f"team:{team_id}"]["count"] == 1
    assert await ids_in(agent, f"team:{team_id}") == [given.json["id"]]
    assert f"team:{team_id}" not in {one["id"] for one in (await administrator.get("/api/views")).json["items"]}
    unknown = await agent.patch(path, {"team_id": 999_999})
    assert (unknown.status, unknown.json["errors"][0]["field"]) == (422, "team_id")
    assert (await agent.patch(path, {"team_id": None})).json["team_id"] is None
    assert [one["team_id"] for one in await happened(agent, path)] == [team_id, None]


async def test_priority_fields_and_following(hub: Hub, agent: Browser, administrator: Browser) -> None:
    key = await field(administrator, "choice", choices=["Damage", "Delay"])
    path = await conversation(hub)
    changed = await agent.patch(path, {"priority": "urgent", "fields": {key: "Damage"}, "follow": True})
    assert agent.agent is not None
    assert changed.json["priority"] == "urgent"
    assert changed.json["fields"] == {key: "Damage"}
    assert changed.json["follower_ids"] == [agent.agent.id]
    assert changed.json["id"] in await ids_in(agent, "following")
    refused = await agent.patch(path, {"fields": {key: "Price"}})
    assert (refused.status, refused.json["errors"][0]["field"]) == (422, f"fields.{key}")
    emptied = await agent.patch(path, {"fields": {key: None}, "follow": False})
    assert (emptied.json["fields"], emptied.json["follower_ids"]) == ({}, [])
    assert [one["type"] for one in await happened(agent, path)] == ["priority_set", "field_set", "field_set"]


@pytest.mark.parametrize(
    ("type_", "good", "bad"),
    [
        ("text", "A-17", 17),
        ("number", 12.5, "12.5"),
        ("number", 0, True),
        ("boolean", False, "no"),
        ("date", "2026-02-28", "2026-02-30"),
        ("url", "https://orders.example/17", "javascript:alert(1)"),
    ],
)
async def test_a_value_is_of_its_fields_type(
    hub: Hub, agent: Browser, administrator: Browser, type_: str, good: object, bad: object
) -> None:
    key = await field(administrator, type_)
    path = await conversation(hub)
    assert (await agent.patch(path, {"fields": {key: good}})).json["fields"] == {key: good}
    assert (await agent.patch(path, {"fields": {key: bad}})).status == 422
    assert (await agent.get(path)).json["fields"] == {key: good}


async def test_a_snoozed_conversation_is_out_of_the_way_until_its_time(hub: Hub, agent: Browser) -> None:
    path = await conversation(hub)
    until = datetime.now(UTC) + timedelta(hours=1)
    snoozed = await agent.patch(path, {"snooze": {"until": until.isoformat()}})
    assert datetime.fromisoformat(snoozed.json["snoozed"]["until"]) == until
    assert snoozed.json["id"] in await ids_in(agent, "snoozed")
    assert snoozed.json["id"] not in await ids_in(agent, "open")
    await wake_due(hub.services.outbox)
    assert (await agent.get(path)).json["snoozed"] is not None
    await hub.services.database.pool.execute(
        "update conversation set snoozed_until = now() - interval '1 second' where id = $1", snoozed.json["id"]
    )
    await agent.post(f"{path}/seen", {"entry_id": snoozed.json["last_entry_id"]})
    await conversation(hub)
    await wake_due(hub.services.outbox)
    woken = (await agent.get(path)).json
    assert (woken["snoozed"], woken["unread"]) == (None, True)
    assert (await ids_in(agent, "open"))[0] == woken["id"]
    assert [one["type"] for one in await happened(agent, path)] == ["snoozed", "woke"]


@pytest.mark.parametrize(("automatic", "wakes"), [("no", True), ("reply", False)])
async def test_a_customers_message_wakes_it_and_a_machines_does_not(
    hub: Hub, agent: Browser, automatic: str, wakes: bool
) -> None:
    entry = await hub.written(await hub.channel())
    path = f"/api/conversations/{entry.conversation_id}"
    assert (await agent.patch(path, {"snooze": {"until": None}})).json["snoozed"] == {"until": None}
    await hub.writes(
        entry.conversation_id,
        "Any news?",
        channel_id=entry.channel.id if entry.channel else None,
        author_identity_id=entry.identity_id,
        automatic=automatic,
    )
    assert ((await agent.get(path)).json["snoozed"] is None) == wakes


async def test_a_snooze_ends_by_hand_or_with_the_conversation(hub: Hub, agent: Browser) -> None:
    path = await conversation(hub)
    await agent.patch(path, {"snooze": {"until": None}})
    assert (await agent.patch(path, {"snooze": None})).json["snoozed"] is None
    await agent.patch(path, {"snooze": {"until": None}})
    resolved = await agent.patch(path, {"state": "resolved"})
    assert (resolved.json["state"], resolved.json["snoozed"]) == ("resolved", None)
    asleep = await agent.patch(path, {"snooze": {"until": None}})
    assert (asleep.json["state"], asleep.json["snoozed"]) == ("open", {"until": None})
    for until in ("2020-01-01T00:00:00Z", "2030-02-31T00:00:00Z"):
        assert (await agent.patch(path, {"snooze": {"until": until}})).status == 422
    both = await agent.patch(path, {"state": "resolved", "snooze": {"until": None}})
    assert both.json["errors"][0]["field"] == "snooze"


async def test_a_view_is_saved_shared_changed_and_removed(hub: Hub, agent: Browser, administrator: Browser) -> None:
    label_id = await label(administrator)
    path = await conversation(hub)
    await agent.patch(path, {"label_ids_add": [label_id]})
    filter_ = {
        "all": [{"field": "label", "op": "is", "value": label_id}, {"field": "state", "op": "is", "value": "open"}]
    }
    saved = await agent.post("/api/views", {"name": "Refunds", "icon": "tag", "filter": filter_, "sort": "waiting"})
    assert (saved.status, saved.json["count"], saved.json["filter"]) == (201, 1, filter_)
    view = saved.json["id"]
    assert [f"/api/conversations/{one}" for one in await ids_in(agent, view)] == [path]
    assert (await administrator.get(f"/api/conversations?view={view}")).status == 422, "it is somebody else's own"
    assert (await administrator.patch(f"/api/views/{view}", {"name": "Mine now"})).status == 404
    await agent.patch(f"/api/views/{view}", {"shared": True})
    assert view in {one["id"] for one in (await administrator.get("/api/views")).json["items"]}
    renamed = await administrator.patch(f"/api/views/{view}", {"name": "All refunds", "position": 7})
    assert (renamed.json["name"], renamed.json["position"]) == ("All refunds", 7)
    assert (await agent.delete(f"/api/views/{view}")).status == 204
    assert (await agent.delete(f"/api/views/{view}")).status == 404
    assert (await agent.patch("/api/views/open", {"name": "Closed"})).status == 422


async def test_a_filter_that_is_not_saved_finds_the_same(hub: Hub, agent: Browser, administrator: Browser) -> None:
    label_id = await label(administrator)
    paths = [await conversation(hub) for _ in range(3)]
    for path in paths:
        await agent.patch(path, {"label_ids_add": [label_id]})
    asked = {"filter": {"all": [{"field": "label", "op": "is", "value": label_id}]}, "sort": "priority", "limit": 2}
    first = await agent.post("/api/conversations/find", asked)
    second = await agent.post("/api/conversations/find", {**asked, "after": first.json["next"]})
    found = [one["id"] for one in [*first.json["items"], *second.json["items"]]]
    assert [f"/api/conversations/{one}" for one in found] == paths, "of the same priority, the longest waiting first"
    assert second.json["next"] is None


@pytest.mark.parametrize(
    ("condition", "where"),
    [
        ({"field": "colour", "op": "is", "value": "red"}, "filter.all.0.field"),
        ({"field": "conversation.nothing", "op": "is", "value": "red"}, "filter.all.0.field"),
        ({"field": "state", "op": "over", "value": "open"}, "filter.all.0.op"),
        ({"field": "state", "op": "is", "value": "closed"}, "filter.all.0.value"),
        ({"field": "assignee", "op": "is", "value": True}, "filter.all.0.value"),
        ({"field": "created_at", "op": "over", "value": "yesterday"}, "filter.all.0.value"),
        ({"field": "created_at", "op": "over", "value": ["-1d", "-2d"]}, "filter.all.0.value"),
        ({"field": "label", "op": "is", "value": []}, "filter.all.0.value"),
    ],
)
async def test_what_is_no_filter_is_refused_where_it_is_wrong(agent: Browser, condition: Any, where: str) -> None:
    refused = await agent.post("/api/conversations/find", {"filter": {"all": [condition]}})
    assert (refused.status, refused.json["errors"][0]["field"]) == (422, where)


async def test_a_change_of_many_is_done_and_taken_back_where_nobody_has_changed_it_since(
    hub: Hub, agent: Browser, administrator: Browser
) -> None:
    label_id = await label(administrator)
    paths = [await conversation(hub) for _ in range(3)]
    ids = [int(path.rsplit("/", 1)[1]) for path in paths]
    before = [(await agent.get(path)).json for path in paths]
    change = {"state": "resolved", "priority": "high", "label_ids_add": [label_id], "follow": True}
    done = await carried_out(hub, begun := await agent.post("/api/bulk", {"ids": ids, "change": change}), agent)
    assert (done["state"], done["total"], done["done"], done["failed"]) == ("done", 3, 3, 0)
    for path in paths:
        now = (await agent.get(path)).json
        assert (now["state"], now["priority"], now["label_ids"]) == ("resolved", "high", [label_id])
    await administrator.patch(paths[2], {"priority": "low"})
    assert (await administrator.post(f"/api/bulk/{begun.json['id']}/undo")).status == 404, "it is somebody else's"
    undone = await carried_out(hub, await agent.post(f"/api/bulk/{begun.json['id']}/undo"), agent)
    assert (undone["state"], undone["done"]) == ("undone", 3)
    kept = ("state", "priority", "label_ids", "follower_ids", "waiting_since", "assignee_id", "snoozed")
    for path, was in zip(paths, before, strict=True):
        now = (await agent.get(path)).json
        expected = {name: was[name] for name in kept}
        if path == paths[2]:
            expected["priority"] = "low"
        assert {name: now[name] for name in kept} == expected
    again = await agent.post(f"/api/bulk/{begun.json['id']}/undo")
    assert (again.status, again.json["code"]) == (409, "not_undoable")


async def test_a_change_of_everything_that_a_filter_finds(hub: Hub, agent: Browser, administrator: Browser) -> None:
    label_id = await label(administrator)
    paths = [await conversation(hub) for _ in range(3)]
    for path in paths[:2]:
        await agent.patch(path, {"label_ids_add": [label_id]})
    filter_ = {"all": [{"field": "label", "op": "is", "value": label_id}]}
    change = {"snooze": {"until": None}}
    done = await carried_out(hub, await agent.post("/api/bulk", {"filter": filter_, "change": change}), agent)
    assert done["total"] == 2
    assert [(await agent.get(path)).json["snoozed"] for path in paths] == [{"until": None}, {"until": None}, None]


async def test_what_cannot_be_changed_is_counted_and_said(hub: Hub, agent: Browser) -> None:
    ids = [int((await conversation(hub)).rsplit("/", 1)[1])]
    done = await carried_out(
        hub, await agent.post("/api/bulk", {"ids": ids, "change": {"team_id": 999_999, "priority": "low"}}), agent
    )
    assert (done["done"], done["failed"]) == (0, 1)
    assert "999999" in done["reason"]
    assert (await agent.get(f"/api/conversations/{ids[0]}")).json["priority"] == "normal", "all of it or nothing"


async def test_a_change_of_many_needs_something_to_change(hub: Hub, agent: Browser) -> None:
    path = await conversation(hub)
    ids = [int(path.rsplit("/", 1)[1])]
    for body in (
        {"ids": ids, "change": {}},
        {"change": {"priority": "low"}},
        {"ids": [999_999_999], "change": {"priority": "low"}},
        {"ids": ids, "filter": {"all": []}, "change": {"priority": "low"}},
    ):
        assert (await agent.post("/api/bulk", body)).status == 422


async def test_only_its_owner_sees_a_change_of_many_go_on(hub: Hub, agent: Browser, administrator: Browser) -> None:
    ids = [int((await conversation(hub)).rsplit("/", 1)[1])]
    async with agent.live() as own, administrator.live() as other:
        for socket in (own, other):
            assert (await socket.receive_json(timeout=20))["type"] == "welcome"
        begun = await agent.post("/api/bulk", {"ids": ids, "change": {"priority": "low"}})
        await carried_out(hub, begun, agent)
        assert (await administrator.get(f"/api/bulk/{begun.json['id']}")).status == 404
        await administrator.post("/api/labels", {"name": unique("End"), "tint": 1})
        seen = {name: await _until_desk(socket) for name, socket in (("own", own), ("other", other))}
    states = [one["bulk"]["state"] for one in seen["own"] if one["type"] == "bulk"]
    assert states[-1] == "done"
    assert not [one for one in seen["other"] if one["type"] == "bulk"]


async def _until_desk(socket: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    while not any(one["type"] == "desk" for one in items):
        message = await socket.receive_json(timeout=20)
        items += message.get("items", [])
    return items
