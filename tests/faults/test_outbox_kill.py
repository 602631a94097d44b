"""The hub is killed between any two steps of sending: never two sends, never silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.outbox_hub import LEASE
from tests.outbound_world import World, world
from tests.processes import die_at

HUB = "tests.faults.outbox_hub"
POINTS = ["outbox.claimed", "outbox.attempt_committed", "outbox.provider_accepted"]


async def recover(hub: World, entry_ids: list[int]) -> list[str]:
    entries = [await hub.entry(one) for one in entry_ids]
    async with hub.running(lease_seconds=LEASE):
        return await hub.settled(*entries, seconds=40)


@pytest.mark.parametrize("lookup", ["no", "yes"])
@pytest.mark.parametrize("point", POINTS)
async def test_killed_at_a_step_of_sending(fresh_database_url: str, tmp_path: Path, point: str, lookup: str) -> None:
    async with world(fresh_database_url, tmp_path, lease_seconds=LEASE) as hub:
        channel = await hub.channel(lookup=lookup)
        where = await hub.conversation(channel)
        first = await hub.queue_text(channel, where, "first")
        second = await hub.queue_text(channel, where, "second")

        await die_at(point, HUB, fresh_database_url, tmp_path)
        states = await recover(hub, [first.id, second.id])

        expected = "uncertain" if point != "outbox.claimed" and lookup == "no" else "sent"
        assert states == [expected, "sent"]
        taken = hub.provider.texts()
        assert taken.count("first") <= 1
        assert taken.count("first") == 1 or expected == "uncertain"
        assert taken.count("second") == 1
        problem = await hub.value("select delivery_problem from conversation where id = :id", id=where[0])
        assert problem == (expected == "uncertain")
        assert await hub.value("select count(*) from job where kind = 'send'") == 0


async def test_killed_again_and_again(fresh_database_url: str, tmp_path: Path) -> None:
    async with world(fresh_database_url, tmp_path, lease_seconds=LEASE) as hub:
        channel = await hub.channel(lookup="yes")
        entries = [
            await hub.queue_text(channel, await hub.conversation(channel), f"message {number}") for number in range(6)
        ]
        for point in POINTS:
            await die_at(point, HUB, fresh_database_url, tmp_path)
        assert set(await recover(hub, [one.id for one in entries])) == {"sent"}
        assert sorted(hub.provider.texts()) == [f"message {number}" for number in range(6)]
