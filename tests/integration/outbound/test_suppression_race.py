"""STOP, raced with a send: once it was stored, nothing more begins to go out."""

from __future__ import annotations

import asyncio
import random

from hub.people.actions import suppress
from tests.database import AT_ONCE
from tests.outbound_world import World

RACES = 60


async def test_stop_raced_with_send(world: World) -> None:
    channel = await world.channel()
    where = [await world.conversation(channel) for _ in range(RACES)]
    entries = [await world.queue_text(channel, one) for one in where]
    began: dict[int, bool] = {}
    few = asyncio.Semaphore(AT_ONCE)

    async def stop(entry_id: int, identity_id: int) -> None:
        await asyncio.sleep(random.uniform(0, 1.0))
        async with few:
            async with world.outbox.transaction() as tx:
                await suppress(tx, identity_id, reason="They wrote STOP.")
            attempts = await world.value("select count(*) from delivery_attempt where entry_id = :id", id=entry_id)
        began[entry_id] = attempts > 0

    async with world.running():
        pairs = zip(entries, where, strict=True)
        await asyncio.gather(*(stop(entry.id, identity) for entry, (_, identity) in pairs))
        states = await world.settled(*entries, states=("sent", "failed"))

    for entry, state in zip(entries, states, strict=True):
        assert (state == "sent") == began[entry.id]
    assert len(world.provider.accepted()) == states.count("sent")


async def test_a_stop_before_the_claim_is_always_obeyed(world: World) -> None:
    channel = await world.channel()
    where = [await world.conversation(channel) for _ in range(RACES)]
    entries = [await world.queue_text(channel, one) for one in where]
    for _, identity in where:
        async with world.outbox.transaction() as tx:
            await suppress(tx, identity, reason="They wrote STOP.")
    async with world.running():
        assert set(await world.settled(*entries)) == {"failed"}
    assert world.provider.accepted() == []
    assert await world.value("select count(*) from delivery_attempt") == 0
