"""The hub is killed between any two steps of sending: never two sends, never silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.outbound_world import World, world

HUB = "tests.faults.outbox_hub"
POINTS = ["outbox.claimed", "outbox.attempt_committed", "outbox.provider_accepted"]


async def recover(hub: World, entry_ids: list[int], *ends: str) -> list[str]:
    entries = [await hub.entry(one) for one in entry_ids]
    async with hub.running():
        return await hub.settled(*entries, states=ends, seconds=40)


@pytest.mark.parametrize("lookup", ["no", "yes"])
@pytest.mark.parametrize("point", POINTS)
async def test_killed_at_a_step_of_sending(fresh_database_url: str, tmp_path: Path, point: str, lookup: str) -> None:
    async with world(fresh_database_url, tmp_path) as hub:
        channel = await hub.channel(lookup=lookup)
        where = await hub.conversation(channel)
        first = await hub.queue_text(channel, where, "first")
        second = await hub.queue_text(channel, where, "second")

        await hub.dies_at(point, HUB, fresh_database_url)
        expected = "uncertain" if point != "outbox.claimed" and lookup == "no" else "sent"
        states = await recover(hub, [first.id, second.id], expected, "sent")

        assert states == [expected, "sent"]
        taken = hub.provider.texts()
        assert taken.count("first") <= 1
        assert taken.count("first") == 1 or expected == "uncertain"
        assert taken.count("second") == 1
        problem = await hub.value("select delivery_problem from conversation where id = :id", id=where[0])
        assert problem == (expected == "uncertain")
        assert await hub.value("select count(*) from job where kind = 'send'") == 0


async def test_killed_again_and_again(fresh_database_url: str, tmp_path: Path) -> None:
    async with world(fresh_database_url, tmp_path) as hub:
        channel = await hub.channel(lookup="yes")
        entries = [
            await hub.queue_text(channel, await hub.conversation(channel), f"message {number}") for number in range(6)
        ]
        for point in POINTS:
            await hub.dies_at(point, HUB, fresh_database_url)
        await recover(hub, [one.id for one in entries], "sent")
        assert sorted(hub.provider.texts()) == [f"message {number}" for number in range(6)]
