"""Search over HTTP: what is found, in pages, and only what may be seen."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from hub.desk import policy
from hub.desk.model import Agent
from hub.desk.policy import Action
from hub.search.follower import Follower
from hub.timeline.model import Conversation
from tests.integration.web.hub import Browser, Hub


async def indexed(hub: Hub) -> None:
    await Follower(hub.services.database, hub.services.feed).catch_up()


async def found(browser: Browser, query: str, **more: Any) -> Any:
    parameters = "".join(f"&{name}={value}" for name, value in more.items())
    answer = await browser.get(f"/api/search?query={quote(query)}{parameters}")
    assert answer.status == 200, answer.json
    return answer.json


async def test_a_message_is_found_with_its_words_marked(hub: Hub, agent: Browser) -> None:
    entry = await hub.written(await hub.channel(), text="The Größe of the jacket is wrong.")
    await indexed(hub)
    page = await found(agent, "grosse jacket")
    (item,) = [one for one in page["items"] if one["kind"] == "entry"]
    assert item["entry_id"] == entry.id
    assert item["conversation"]["id"] == entry.conversation_id
    assert item["author"] == "Carla Customer"
    assert item["snippet"] == [
        {"text": "The ", "hit": False},
        {"text": "Größe", "hit": True},
        {"text": " of the ", "hit": False},
        {"text": "jacket", "hit": True},
        {"text": " is wrong.", "hit": False},
    ]
    assert (page["next"], page["understood"], page["did_you_mean"]) == (None, [], None)


async def test_pages_follow_each_other_without_a_gap(hub: Hub, agent: Browser) -> None:
    first = await hub.written(await hub.channel(), text="pagination one")
    said = [first] + [await hub.writes(first.conversation_id, f"pagination {n}") for n in range(6)]
    await indexed(hub)
    ids: list[int] = []
    after = ""
    for _ in range(10):
        page = await found(agent, "pagination kind:message", limit=3, **({"after": after} if after else {}))
        ids += [one["entry_id"] for one in page["items"]]
        after = page["next"] or ""
        if not after:
            break
    assert ids == [one.id for one in reversed(said)]


async def test_operators_are_said_as_they_were_understood(hub: Hub, agent: Browser) -> None:
    page = await found(agent, "-label:nosuch is:open before:someday")
    assert page["understood"] == [
        {"name": "label", "value": "nosuch", "text": "-label:nosuch", "negated": True, "problem": "unknown"},
        {"name": "is", "value": "open", "text": "is:open", "negated": False, "problem": None},
        {"name": "before", "value": "someday", "text": "before:someday", "negated": False, "problem": "not_a_date"},
    ]
    assert page["items"] == []


async def test_a_conversation_is_found_by_its_number(hub: Hub, agent: Browser) -> None:
    entry = await hub.written(await hub.channel())
    page = await found(agent, f"#{entry.conversation_id}")
    assert [one["conversation"]["id"] for one in page["items"] if one["kind"] == "conversation"] == [
        entry.conversation_id
    ]


async def test_a_customer_is_found_by_name_and_by_address(hub: Hub, agent: Browser) -> None:
    await hub.written(await hub.channel(), address="zoe.zander@customer.example")
    await indexed(hub)
    for query in ("zoe.zander@customer.example", "zander zoe", "zand"):
        page = await found(agent, query)
        people = [one["customer"]["identities"][0]["address"] for one in page["items"] if one["kind"] == "customer"]
        assert people == ["zoe.zander@customer.example"], query


async def test_assigned_and_state_are_those_of_now(hub: Hub, agent: Browser) -> None:
    entry = await hub.written(await hub.channel(), text="Nowadays everything changes")
    await indexed(hub)
    assert (await found(agent, "nowadays assigned:me"))["items"] == []
    assert agent.agent is not None
    path = f"/api/conversations/{entry.conversation_id}"
    assert (await agent.patch(path, {"assignee_id": agent.agent.id, "state": "resolved"})).status == 200
    page = await found(agent, "nowadays assigned:me is:resolved")
    assert [one["entry_id"] for one in page["items"]] == [entry.id]
    assert (await found(agent, "nowadays is:open"))["items"] == []


@pytest.mark.parametrize("path", ["after=nonsense", "after=1.2.3", "zone=Nowhere/Land", "sort=worst", "limit=0"])
async def test_what_makes_no_sense_is_refused(agent: Browser, path: str) -> None:
    assert (await agent.get(f"/api/search?query=x&{path}")).status == 422


async def test_nobody_searches_without_signing_in(nobody: Browser) -> None:
    assert (await nobody.get("/api/search?query=x")).status == 401


async def test_every_item_is_asked_of_the_policy(hub: Hub, agent: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    first = await hub.written(await hub.channel(), text="confidential matters")
    second = await hub.written(await hub.channel(), text="confidential matters")
    await indexed(hub)
    before = policy.allowed

    def allowed(who: Agent | None, action: Action, subject: object = None) -> bool:
        if isinstance(subject, Conversation) and subject.id == first.conversation_id:
            return False
        return before(who, action, subject)

    monkeypatch.setattr(policy, "allowed", allowed)
    page = await found(agent, '"confidential matters"')
    assert [one["entry_id"] for one in page["items"]] == [second.id]


async def test_the_lag_of_the_index_can_be_watched(hub: Hub, nobody: Browser) -> None:
    await indexed(hub)
    metrics = (await nobody.get("/metrics")).content.decode()
    assert "hub_search_lag_seconds 0.0" in metrics
    assert 'hub_search_waiting{what="entries"} 0.0' in metrics
    await hub.written(await hub.channel())
    lag = [one for one in (await nobody.get("/metrics")).content.decode().splitlines() if "search_lag_seconds " in one]
    assert float(lag[-1].split()[-1]) > 0
