"""The hub is killed between any two steps of a message that goes out later: it goes out, and once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.compose.test_scheduled import Desk
from tests.outbound_world import World, eventually, world

HUB = "tests.faults.outbox_hub"
POINTS = [
    "scheduled.claimed",
    "scheduled.queued",
    "scheduled.committed",
    "outbox.claimed",
    "outbox.attempt_committed",
    "outbox.provider_accepted",
]


async def no_jobs(hub: World) -> bool:
    return bool(await hub.value("select count(*) = 0 from job where kind in ('send', 'send_scheduled')"))


@pytest.mark.parametrize("point", POINTS)
async def test_killed_at_a_step_of_a_held_message(fresh_database_url: str, tmp_path: Path, point: str) -> None:
    async with world(fresh_database_url, tmp_path) as hub:
        # a provider that can be asked, so that the one doubt which is left (was it taken?) can be settled
        desk = await Desk.open(hub, lookup="yes")
        held = await desk.put_off(desk.message("held"), hold_seconds=0.2)
        await hub.dies_at(point, HUB, fresh_database_url)
        async with hub.running():
            sent = await desk.becomes(held, "sent")
            assert sent.entry_id is not None
            entry = await hub.entry(sent.entry_id)
            assert await hub.settled(entry, states=("sent", "failed"), seconds=40) == ["sent"]
            await eventually(lambda: no_jobs(hub))
        assert hub.provider.texts() == ["held"]
        assert await hub.value("select count(*) from entry where kind = 'message'") == 1


async def test_killed_again_and_again_with_several_on_their_way(fresh_database_url: str, tmp_path: Path) -> None:
    async with world(fresh_database_url, tmp_path) as hub:
        desk = await Desk.open(hub, lookup="yes")
        messages = [desk.message(f"message {number}", key=f"key-0000000{number}") for number in range(4)]
        waiting = [await desk.put_off(one, hold_seconds=0.1) for one in messages]
        for point in POINTS[:3]:
            await hub.dies_at(point, HUB, fresh_database_url)
        async with hub.running():
            for one in waiting:
                sent = await desk.becomes(one, "sent")
                assert sent.entry_id is not None
                await hub.settled(await hub.entry(sent.entry_id), states=("sent",), seconds=40)
        assert sorted(hub.provider.texts()) == [f"message {number}" for number in range(4)]


async def test_taken_back_while_the_hub_was_down(fresh_database_url: str, tmp_path: Path) -> None:
    async with world(fresh_database_url, tmp_path) as hub:
        desk = await Desk.open(hub)
        held = await desk.put_off(desk.message("never"), hold_seconds=0.1)
        await hub.dies_at("scheduled.queued", HUB, fresh_database_url)
        async with hub.outbox.transaction() as tx:
            await hub.scheduled.take_back(tx, held.id, desk.agent_id)
        other = await desk.put_off(desk.message("instead", key="key-00000002"), hold_seconds=0.1)
        async with hub.running():
            sent = await desk.becomes(other, "sent")
            assert sent.entry_id is not None
            await hub.settled(await hub.entry(sent.entry_id))
        assert hub.provider.texts() == ["instead"]
