"""News of a call in any order, twice, or fifty times at once ends the same."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from hub.sdk import Raw
from tests.database import all_at_once
from tests.integration.calls.exchange import NUMBER
from tests.integration.calls.world import CUSTOMER, Telephones

FACTS = """
    select c.stage, c.state, c.started_at, c.answered_at, c.ended_at, c.waited_seconds, c.talk_seconds, c.transcript,
           c.recorded, c.voicemail, g.state, g.answered_at, g.accepted_at, g.joined_at, g.left_at, g.ended_at, g.seconds
    from call c join call_leg g on g.call_id = c.id
    where c.id = :id order by g.role, g.number
"""


def customers_news(world: Telephones, provider_id: str) -> list[Raw]:
    """Of a caller who waits, leaves a message and hangs up; each says who they are."""
    who: dict[str, Any] = {"caller": CUSTOMER, "called": NUMBER}
    return [
        world.news("incoming", provider_id, **who),
        world.news("waiting", provider_id, after=20, **who),
        world.news("recorded", provider_id, after=45, step="voicemail", recording=f"RE{provider_id}", **who),
        world.news("transcribed", provider_id, after=70, step="voicemail", text="Please call me.", **who),
        world.news("state", provider_id, after=50, state="completed", seconds=50, **who),
    ]


async def facts_of(world: Telephones, provider_id: str) -> Sequence[Any]:
    call_id = await world.hub.value("select call_id from call_leg where provider_id = :id", id=provider_id)
    return [tuple(row) for row in await world.hub.rows(FACTS, id=call_id)]


async def test_every_order_of_a_callers_news_ends_the_same(world: Telephones) -> None:
    expected = None
    for number, order in enumerate(itertools.permutations(range(5))):
        news = customers_news(world, f"IN{number}")
        for one in order:
            assert await world.receive(news[one]) == ["stored"]
        found = await facts_of(world, f"IN{number}")
        expected = expected or found
        assert found == expected, order
        data = (await world.entry(await call_id_of(world, f"IN{number}"))).data
        assert (data["state"], data["transcript"]) == ("voicemail", "Please call me.")
    assert await world.hub.value("select count(*) from call") == 120


async def call_id_of(world: Telephones, provider_id: str) -> int:
    return int(await world.hub.value("select call_id from call_leg where provider_id = :id", id=provider_id))


async def test_orders_of_the_news_of_a_talk_end_the_same(world: Telephones) -> None:
    """The agent is called by the hub, so that news of that telephone comes only then; after that in any order."""
    anna = await world.agent("Anna")
    rng = random.Random(4711)
    found = []
    for number in range(25):
        caller = f"IN{number}"
        await world.tell("incoming", caller, caller=CUSTOMER, called=NUMBER)
        call_id = await call_id_of(world, caller)
        (agent,) = [leg for leg in await world.legs(call_id) if leg.agent_id == anna]
        await world.hub.rows("update call_leg set attempt = 'one' where id = :id", id=agent.id)
        provider_id = f"CA{number}"
        news = [
            world.news("state", provider_id, agent.token, state="ringing", after=1),
            world.news("answered", provider_id, agent.token, after=4),
            world.news("digits", provider_id, agent.token, digits="1", step="accept", after=6),
            world.news("joined", provider_id, agent.token, after=7),
            world.news("joined", caller, after=8),
            world.news("recorded", caller, step="room", recording=f"RE{number}", after=70),
            world.news("left", caller, after=68),
            world.news("state", caller, state="completed", seconds=68, after=68),
            world.news("left", provider_id, agent.token, after=68),
            world.news("state", provider_id, agent.token, state="completed", seconds=66, after=69),
        ]
        if number:
            rng.shuffle(news)
        for one in news:
            assert await world.receive(one) == ["stored"]
        found.append(await facts_of(world, caller))
    talked = found[0][0]
    assert (talked[1], talked[5], talked[6]) == ("ended", 8, 60)
    assert all(each == found[0] for each in found)
    assert world.told("ended") == ["ended"] * 25


async def test_what_was_said_is_in_order_whenever_it_was_told_and_shown_when_the_talk_is_over(
    world: Telephones,
) -> None:
    await world.agent("Anna")
    await world.calls_in()
    said = [("customer", "Hello?"), ("agent", "Hello."), ("customer", "Hello?"), ("agent", "Yes.")]
    before = (await world.call()).version
    for number in (2, 0, 3, 1):
        who, words = said[number]
        at = world.began + timedelta(seconds=5 + number)
        await world.tell("transcribed", "IN1", step="room", who=who, text=words, at=at)
    events = await world.hub.value("select count(*) from event where kind = 'call'")
    assert (await world.call()).version == before + 4
    assert (await world.entry()).data["transcript"] == "", "not while they talk"
    await world.ends("IN1", after=60)
    assert await world.hub.value("select count(*) from event where kind = 'call'") > events
    data: Any = (await world.entry()).data
    assert [(one["who"], one["text"]) for one in data["said"]] == said
    assert data["transcript"] == "Hello?\nHello.\nHello?\nYes."


async def test_fifty_redeliveries_at_once_are_one_call(world: Telephones) -> None:
    news = world.news("incoming", "IN1", caller=CUSTOMER, called=NUMBER)
    outcomes = [one for each in await all_at_once(world.receive(news) for _ in range(50)) for one in each]
    assert sorted(set(outcomes)) == ["duplicate", "stored"]
    assert outcomes.count("stored") == 1
    assert await world.hub.value("select count(*) from call") == 1
    assert await world.hub.value("select count(*) from entry") == 1


async def test_different_first_news_at_once_are_one_call(world: Telephones) -> None:
    news = customers_news(world, "IN1")
    await asyncio.gather(*(world.receive(one) for one in news))
    assert await world.hub.value("select count(*) from call") == 1
    assert (await world.entry()).data["state"] == "voicemail"


async def test_quarantined_news_is_applied_once_it_is_understood(world: Telephones, monkeypatch: Any) -> None:
    def confused(*_: object) -> Any:
        raise ValueError("not yet understood")

    with monkeypatch.context() as patch:
        patch.setattr(world.hub.connector.__class__, "parse", confused)
        news = world.news("incoming", "IN1", caller=CUSTOMER, called=NUMBER)
        assert await world.receive(news) == ["quarantined"]
    raw_id = await world.hub.value("select id from raw")
    assert (await world.hub.intake.retry(raw_id)).outcome == "stored"
    assert await world.hub.value("select count(*) from call") == 1
    assert await world.receive(news) == ["duplicate"]


async def test_news_of_a_telephone_that_is_not_ours_changes_nothing(world: Telephones) -> None:
    await world.tell("state", "CA9", "not-our-token", state="completed")
    assert await world.hub.value("select count(*) from call") == 0
