"""What providers report: in whatever order, the same end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.channels.model import Channel
from hub.outbound.errors import Suppressed
from hub.outbound.status import apply_statuses
from hub.sdk import DeliveryState, StatusUpdate
from hub.timeline.model import Entry
from tests.outbound_world import World
from tests.outbound_world import world as new_world

STATES: tuple[DeliveryState, ...] = ("queued", "sending", "sent", "failed", "delivered", "read")


@pytest_asyncio.fixture(scope="module")
async def world(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    folder: Path = tmp_path_factory.mktemp("provider")
    async with new_world(database_url, folder) as made, made.running():
        yield made


async def sent(world: World, channel: Channel, words: str = "Hello", **more: object) -> tuple[Entry, tuple[int, int]]:
    """A message that the provider has accepted."""
    where = await world.conversation(channel)
    entry = await world.queue_text(channel, where, words, **more)
    await world.settled(entry)
    return entry, where


async def tell(world: World, channel: Channel, *updates: StatusUpdate) -> list[bool]:
    async with world.outbox.transaction() as tx:
        return await apply_statuses(tx, channel.id, updates, None)


async def accepted(world: World, entry: Entry) -> dict[str, str]:
    (row,) = await world.rows(
        "select d.provider_id, d.reference, d.address, a.token as attempt from delivery d "
        "join delivery_attempt a on a.entry_id = d.entry_id where d.entry_id = :id",
        id=entry.id,
    )
    return dict(row._mapping)


async def back_to_sent(world: World, entry_id: int) -> None:
    for table in ("delivery", "delivery_recipient"):
        await world.rows(f"update {table} set state = 'sent', code = '', reason = '' where entry_id = :id", id=entry_id)


@pytest_asyncio.fixture(scope="module")
async def message(world: World) -> tuple[Channel, Entry]:
    channel = await world.channel()
    return channel, (await sent(world, channel))[0]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
async def test_every_order_of_statuses_ends_in_the_same_state(
    data: st.DataObject, world: World, message: tuple[Channel, Entry]
) -> None:
    heard = data.draw(st.lists(st.sampled_from(STATES), min_size=1, max_size=6))
    shuffled = data.draw(st.permutations(heard))
    channel, entry = message

    async def end_of(order: list[DeliveryState]) -> str:
        await back_to_sent(world, entry.id)
        name = await accepted(world, entry)
        for state in order:
            update = StatusUpdate(state, datetime.now(UTC), attempt=name["attempt"])
            assert await tell(world, channel, update) == [True]
        return await world.state(entry.id)

    one, other = await end_of(heard), await end_of(list(shuffled))
    assert one == other
    if "read" in heard:
        assert one == "read"
    elif "delivered" in heard:
        assert one == "delivered"
    elif "failed" in heard:
        assert one == "failed"
    else:
        assert one == "sent"


@pytest.mark.parametrize("by", ["attempt", "provider_id", "reference"])
async def test_a_report_finds_its_message_by_each_of_its_names(world: World, by: str) -> None:
    channel = await world.channel()
    entry, _ = await sent(world, channel)
    name: Any = (await accepted(world, entry))[by]
    report = StatusUpdate("delivered", datetime.now(UTC), **{by: name})
    assert await tell(world, channel, report) == [True]
    assert await world.state(entry.id) == "delivered"
    kept = await world.rows("select state from delivery_status where entry_id = :id", id=entry.id)
    assert [one.state for one in kept] == ["delivered"]


async def test_a_report_about_nothing_of_ours_changes_nothing(world: World) -> None:
    channel, other = await world.channel(), await world.channel()
    entry, _ = await sent(world, channel)
    name = await accepted(world, entry)
    now = datetime.now(UTC)
    strange = (
        StatusUpdate("failed", now, attempt="unknown", provider_id="unknown", reference="unknown"),
        StatusUpdate("failed", now),
    )
    assert await tell(world, channel, *strange) == [False, False]
    # A provider's own ids mean something on its own channel only.
    assert await tell(world, other, StatusUpdate("failed", now, provider_id=name["provider_id"])) == [False]
    assert await world.state(entry.id) == "sent"


async def test_a_hard_bounce_is_seen_and_nothing_more_is_sent_there(world: World) -> None:
    channel = await world.channel()
    entry, where = await sent(world, channel)
    await world.rows("update conversation set state = 'resolved', resolved_at = now() where id = :id", id=where[0])
    name = await accepted(world, entry)
    bounce = StatusUpdate(
        "failed",
        datetime.now(UTC),
        reference=name["reference"],
        recipients=(name["address"].upper(),),
        code="5.1.1",
        reason="No such mailbox.",
        suppress=True,
    )
    assert await tell(world, channel, bounce) == [True]
    (row,) = await world.rows("select state, delivery_problem from conversation where id = :id", id=where[0])
    assert (row.state, row.delivery_problem) == ("open", True)
    delivery = (await world.entry(entry.id)).delivery
    assert delivery is not None
    assert (delivery.state, delivery.code, delivery.reason) == ("failed", "5.1.1", "No such mailbox.")
    with pytest.raises(Suppressed):
        await world.queue_text(channel, where, "again")


async def test_a_bounce_of_a_copy_leaves_the_message_sent_and_shows_a_problem(world: World) -> None:
    channel = await world.channel()
    entry, where = await sent(world, channel, cc=["copy@acme.test"])
    name = await accepted(world, entry)
    bounce = StatusUpdate("failed", datetime.now(UTC), attempt=name["attempt"], recipients=("copy@acme.test",))
    assert await tell(world, channel, bounce) == [True]
    assert await world.state(entry.id) == "sent"
    assert await world.value("select delivery_problem from conversation where id = :id", id=where[0])


async def test_old_news_of_an_earlier_attempt_does_not_touch_the_new_one(world: World) -> None:
    channel = await world.channel()
    world.provider.script("transient")
    entry, _ = await sent(world, channel)
    tokens = await world.rows("select token from delivery_attempt where entry_id = :id order by number", id=entry.id)
    old, new = (one.token for one in tokens)
    await tell(world, channel, StatusUpdate("failed", datetime.now(UTC), attempt=old))
    assert await world.state(entry.id) == "sent"
    await tell(world, channel, StatusUpdate("failed", datetime.now(UTC), attempt=new))
    assert await world.state(entry.id) == "failed"
