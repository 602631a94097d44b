"""The timeline over HTTP: pages in both directions, around a moment or an entry, and of some entries only."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.web.hub import Browser, Hub


async def a_customer(hub: Hub, agent: Browser, count: int = 7) -> tuple[str, list[int]]:
    """A customer who wrote so often; the path of the timeline, and the ids, newest first."""
    channel = await hub.channel()
    first = await hub.written(channel, text="word 0")
    ids = [first.id]
    conversation = (await agent.get(f"/api/conversations/{first.conversation_id}")).json
    for number in range(1, count):
        noted = await agent.post(f"/api/conversations/{first.conversation_id}/notes", {"text": f"word {number}"})
        ids.append(noted.json["id"])
    return f"/api/customers/{conversation['customer']['id']}/timeline", ids[::-1]


def ids_of(page: dict[str, Any]) -> list[int]:
    return [one["id"] for one in page["items"]]


async def test_pages_go_both_ways_from_an_entry(hub: Hub, agent: Browser) -> None:
    path, ids = await a_customer(hub, agent)
    around = (await agent.get(f"{path}?entry={ids[3]}&limit=3")).json
    assert ids_of(around) == ids[2:5]
    newer = (await agent.get(f"{path}?before={around['previous']}&limit=5")).json
    assert (ids_of(newer), newer["previous"]) == (ids[:2], None)
    older = (await agent.get(f"{path}?after={around['next']}&limit=5")).json
    assert (ids_of(older), older["next"]) == (ids[5:], None)
    newest = (await agent.get(path)).json
    assert (ids_of(newest), newest["previous"], newest["next"]) == (ids, None, None)


async def test_a_moment_is_the_middle_of_its_page(hub: Hub, agent: Browser) -> None:
    path, ids = await a_customer(hub, agent)
    assert ids_of((await agent.get(f"{path}?at=2200-01-01T00:00:00Z")).json) == ids
    long_ago = (await agent.get(f"{path}?at=1999-01-01&limit=4")).json
    assert (ids_of(long_ago), long_ago["next"]) == (ids[-2:], None)
    assert long_ago["previous"] is not None


async def test_filters_are_combined(hub: Hub, agent: Browser) -> None:
    path, ids = await a_customer(hub, agent)
    assert agent.agent is not None
    mine = f"author=agent:{agent.agent.id}"
    assert ids_of((await agent.get(f"{path}?{mine}")).json) == ids[:-1]
    assert ids_of((await agent.get(f"{path}?{mine}&kind=message,call")).json) == []
    assert ids_of((await agent.get(f"{path}?kind=note,message")).json) == ids
    assert ids_of((await agent.get(f"{path}?kind=file")).json) == []


async def test_where_an_agent_last_looked_comes_with_the_page(hub: Hub, agent: Browser, administrator: Browser) -> None:
    path, ids = await a_customer(hub, agent)
    page = (await agent.get(path)).json
    conversation = page["items"][0]["conversation_id"]
    await administrator.post(f"/api/conversations/{conversation}/seen", {"entry_id": ids[2]})
    assert (await administrator.get(path)).json["seen"] == {"entry_id": ids[2], "at": page["items"][2]["occurred_at"]}


@pytest.mark.parametrize("query", ["at=yesterday", "author=3", "before=x", "at=2026-01-01&entry=1", "entry=0"])
async def test_a_question_that_makes_no_sense_is_refused(hub: Hub, agent: Browser, query: str) -> None:
    path, _ = await a_customer(hub, agent, 1)
    assert (await agent.get(f"{path}?{query}")).status == 422


async def test_an_unknown_entry_is_not_found(hub: Hub, agent: Browser) -> None:
    path, _ = await a_customer(hub, agent, 1)
    assert (await agent.get(f"{path}?entry=999999999")).status == 404
