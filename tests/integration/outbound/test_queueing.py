"""What may be queued, where it may go, and what an agent can do about it afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from sqlalchemy import text

from hub.channels.actions import patch_channel
from hub.channels.model import Channel, ChannelPatch
from hub.outbound import steps
from hub.outbound.destinations import destinations
from hub.outbound.errors import BadAddress, ChannelUnusable, NewerEntry, NotPossible, Suppressed, TooLarge
from hub.people.actions import resolve_identity, suppress
from hub.sdk import Address
from hub.timeline.actions import UnknownAttachment, append_entry
from hub.timeline.model import NewEntry
from tests.outbound_world import World
from tests.outbound_world import world as new_world


@pytest_asyncio.fixture(scope="module")
async def world(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    async with new_world(database_url, tmp_path_factory.mktemp("provider")) as made:
        yield made


@pytest_asyncio.fixture
async def channel(world: World) -> Channel:
    return await world.channel()


async def says(world: World, where: tuple[int, int], words: str, **more: object) -> int:
    async with world.outbox.transaction() as tx:
        new = NewEntry(where[0], "message", "in", author_identity_id=where[1], text=words, data=more)
        return (await append_entry(tx, new)).id


async def state_is(world: World, entry_id: int, state: str) -> None:
    """Puts a delivery into a state as if it had come there."""
    await world.rows(
        "update delivery set state = :state, deadline = null where entry_id = :id", state=state, id=entry_id
    )
    await world.rows("delete from job where dedupe_key = :id", id=str(entry_id))


async def take(world: World, entry_id: int, action: steps.Act) -> str:
    async with world.outbox.transaction() as tx:
        entry = await steps.take(tx, entry_id, action, None)
    assert entry.delivery is not None
    return entry.delivery.state


async def test_something_newer_is_shown_before_it_is_sent(world: World, channel: Channel) -> None:
    where = await world.conversation(channel)
    seen = await says(world, where, "First")
    newer = await says(world, where, "Second, which you have not seen")
    with pytest.raises(NewerEntry) as refused:
        await world.queue_text(channel, where, last_seen_entry_id=seen)
    assert [one.id for one in refused.value.entries] == [newer]
    sent = await world.queue_text(channel, where, last_seen_entry_id=seen, confirm_newer=True)
    assert sent.delivery is not None


async def test_one_key_is_one_message(world: World, channel: Channel) -> None:
    where = await world.conversation(channel)
    twice = await asyncio.gather(*(world.queue_text(channel, where, idempotency_key="k1") for _ in range(5)))
    assert len({one.id for one in twice}) == 1
    assert await world.value("select count(*) from delivery where entry_id = :id", id=twice[0].id) == 1


async def test_an_answer_goes_only_to_the_customers_own_addresses_or_participants(
    world: World, channel: Channel
) -> None:
    where = await world.conversation(channel)
    _, stranger = await world.conversation(channel)
    with pytest.raises(BadAddress):
        await world.queue_text(channel, (where[0], stranger))
    async with world.outbox.transaction() as tx:
        phone = await resolve_identity(tx, Address("phone", "+41441234567"))
        await tx.connection.execute(
            text("insert into participant (conversation_id, identity_id) values (:c, :i)"),
            {"c": where[0], "i": phone.id},
        )
    with pytest.raises(BadAddress):
        await world.queue_text(channel, (where[0], phone.id))


async def test_what_cannot_be_sent_is_refused_with_a_reason(world: World, channel: Channel) -> None:
    where = await world.conversation(channel)
    with pytest.raises(TooLarge):
        await world.queue_text(channel, where, "x" * 10_001)
    with pytest.raises(TooLarge):
        await world.queue_text(channel, where, "  ")
    with pytest.raises(BadAddress):
        await world.queue_text(channel, where, cc=["not an address"])
    with pytest.raises(UnknownAttachment):
        await world.queue_text(channel, where, attachment_ids=[1 << 40])
    archived = await world.channel()
    async with world.outbox.transaction() as tx:
        await patch_channel(tx, world.registry, world.vault, archived.id, ChannelPatch(state="archived"), agent_id=None)
    with pytest.raises(ChannelUnusable):
        await world.queue_text(archived, where)
    assert await world.value("select count(*) from entry where conversation_id = :id", id=where[0]) == 0


async def test_a_subject_cannot_smuggle_a_header(world: World, channel: Channel) -> None:
    where = await world.conversation(channel)
    entry = await world.queue_text(channel, where, subject="Hello\r\nBcc: everybody@acme.test")
    assert entry.subject == "Hello Bcc: everybody@acme.test"


async def test_destinations_are_the_customers_addresses_and_the_default_is_where_they_wrote_from(
    world: World, channel: Channel
) -> None:
    where = await world.conversation(channel)
    other = await world.channel()
    await world.rows("update channel set state = 'paused' where id = :id", id=other.id)
    async with world.database.engine.connect() as connection:
        found = [
            one
            for one in await destinations(connection, world.registry, where[0])
            if one.channel.id in (channel.id, other.id)
        ]
    assert [(one.channel.id, one.default, one.usable) for one in found] == [
        (channel.id, True, True),
        (other.id, False, False),
    ]
    assert channel.own_address in found[0].sender
    async with world.outbox.transaction() as tx:
        await suppress(tx, where[1], reason="They asked us to stop.")
    async with world.database.engine.connect() as connection:
        assert not any(one.usable for one in await destinations(connection, world.registry, where[0]))
    with pytest.raises(Suppressed):
        await world.queue_text(channel, where)


@pytest.mark.parametrize("state", ["queued", "sending", "held", "failed", "uncertain", "canceled", "sent", "read"])
async def test_only_the_steps_that_are_offered_can_be_taken(world: World, channel: Channel, state: str) -> None:
    offered = steps.next_steps(state)
    actions: tuple[steps.Act, ...] = ("retry", "mark_sent", "cancel")
    for action in actions:
        entry = await world.queue_text(channel, await world.conversation(channel))
        await state_is(world, entry.id, state)
        if action in offered:
            ends = {"retry": "queued", "mark_sent": "sent", "cancel": "canceled"}[action]
            assert await take(world, entry.id, action) == ends
            jobs = await world.value("select count(*) from job where dedupe_key = :id", id=str(entry.id))
            assert jobs == (1 if ends == "queued" else 0)
        else:
            with pytest.raises(NotPossible):
                await take(world, entry.id, action)


async def test_dealing_with_the_last_problem_clears_the_conversation(world: World, channel: Channel) -> None:
    where = await world.conversation(channel)
    entries = [await world.queue_text(channel, where) for _ in range(2)]
    for entry in entries:
        await state_is(world, entry.id, "failed")
    await world.rows("update conversation set delivery_problem = true where id = :id", id=where[0])
    problems = []
    for entry in entries:
        await take(world, entry.id, "cancel")
        problems.append(await world.value("select delivery_problem from conversation where id = :id", id=where[0]))
    assert problems == [True, False]


async def test_what_waits_too_long_has_failed_and_is_seen(world: World, channel: Channel) -> None:
    where = await world.conversation(channel)
    entry = await world.queue_text(channel, where)
    await world.rows("update delivery set deadline = now() - interval '1 s' where entry_id = :id", id=entry.id)
    await world.sweep()
    delivery = (await world.entry(entry.id)).delivery
    assert delivery is not None
    assert (delivery.state, delivery.code, delivery.deadline) == ("failed", "expired", None)
    assert await world.value("select delivery_problem from conversation where id = :id", id=where[0])
    assert await world.value("select count(*) from job where dedupe_key = :id", id=str(entry.id)) == 0


async def test_a_message_whose_job_died_has_failed_and_is_seen(world: World, channel: Channel) -> None:
    entry = await world.queue_text(channel, await world.conversation(channel))
    await world.rows("update job set state = 'dead' where dedupe_key = :id", id=str(entry.id))
    await world.sweep()
    delivery = (await world.entry(entry.id)).delivery
    assert delivery is not None
    assert (delivery.state, delivery.code) == ("failed", "internal")
    assert "retry" in steps.next_steps(delivery.state, delivery.code)


@pytest.mark.parametrize(("change", "word"), [("state = 'paused'", "paused"), ("health = 'down'", "down")])
async def test_a_channel_that_does_not_work_holds_and_says_so(
    world: World, channel: Channel, change: str, word: str
) -> None:
    entry = await world.queue_text(channel, await world.conversation(channel))
    await world.rows(f"update channel set {change} where id = :id", id=channel.id)
    await world.rows("update delivery set since = now() - interval '1 minute' where entry_id = :id", id=entry.id)
    await world.sweep()
    delivery = (await world.entry(entry.id)).delivery
    assert delivery is not None
    assert delivery.state == "held"
    assert word in delivery.reason
    assert delivery.deadline is not None
