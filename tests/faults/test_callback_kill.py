"""The hub is killed between any two steps of a callback: it is neither lost nor called twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hub.callbacks.model import Callback
from tests.integration.callbacks.world import CallbackWorld, callback_world
from tests.integration.calls.world import CUSTOMER
from tests.outbound_world import eventually

HUB = "tests.faults.callback_hub"
POINTS = [
    "callbacks.reserved",
    "callbacks.placing",
    "callbacks.placed",
    "dial.attempt_committed",
    "dial.provider_accepted",
]


async def go_on(world: CallbackWorld, one: Callback, number: str) -> None:
    """The hub is there again, and this telephone rings: of what was only reserved once that has ended."""
    progress = (await world.look(one)).progress
    world.clock.at = datetime.now(UTC)
    if progress.state == "reserved" and progress.deadline is not None:
        world.clock.at = progress.deadline + timedelta(seconds=1)

    async def look() -> bool:
        await world.dispatcher.turn()
        return number in world.phones.provider.dialled()

    await eventually(look, 40)


@pytest.mark.parametrize("point", POINTS)
async def test_killed_at_a_step_of_calling(fresh_database_url: str, tmp_path: Path, point: str) -> None:
    async with callback_world(fresh_database_url, tmp_path) as world:
        phones = world.phones
        anna = await phones.agent("Anna")
        one = await world.ask()
        await phones.hub.dies_at(point, HUB, fresh_database_url)
        async with phones.running():
            await go_on(world, one, await phones.number_of(anna))
            rung = await phones.rings(await phones.number_of(anna))
            await phones.accepts(rung)
            customer = await phones.rings(CUSTOMER)
            await phones.tell("answered", customer["id"], customer["dial"], machine=False)
            assert await world.state(one) == "connected"
            await phones.ends(customer["id"], leg=customer["dial"], after=60)
            await world.later(minutes=3)
        assert await world.state(one) == "done"
        assert phones.provider.dialled().count(CUSTOMER) == 1
        assert phones.provider.dialled().count(await phones.number_of(anna)) == 1
        assert await phones.hub.value("select count(*) from entry where kind = 'call'") == 1


@pytest.mark.parametrize("point", POINTS)
async def test_killed_at_a_step_of_calling_the_customer_first(
    fresh_database_url: str, tmp_path: Path, point: str
) -> None:
    async with callback_world(fresh_database_url, tmp_path) as world:
        phones = world.phones
        anna = await phones.agent("Anna")
        await world.change_queue(mode="customer_first")
        one = await world.ask()
        await phones.hub.dies_at(point, HUB, fresh_database_url)
        async with phones.running():
            await go_on(world, one, CUSTOMER)
            customer = await phones.rings(CUSTOMER)
            assert await phones.number_of(anna) not in phones.provider.dialled(), "not before somebody is there"
            await phones.tell("answered", customer["id"], customer["dial"], machine=False)
            await phones.accepts(await phones.rings(await phones.number_of(anna)))
            assert await world.state(one) == "connected"
            await phones.ends(customer["id"], leg=customer["dial"], after=60)
            await world.later(minutes=3)
        assert await world.state(one) == "done"
        assert sorted(phones.provider.dialled()) == sorted([CUSTOMER, await phones.number_of(anna)]), "each once"
        assert await phones.hub.value("select count(*) from entry where kind = 'call'") == 1


async def test_killed_while_it_ends_a_silent_call(fresh_database_url: str, tmp_path: Path) -> None:
    async with callback_world(fresh_database_url, tmp_path) as world:
        phones = world.phones
        anna = await phones.agent("Anna")
        one = await world.ask()
        async with phones.running():
            await world.later()
            await phones.accepts(await phones.rings(await phones.number_of(anna)))
            customer = await phones.rings(CUSTOMER)
        await phones.hub.rows("update callback set deadline = now() - interval '1 second' where id = :id", id=one.id)
    async with callback_world(fresh_database_url, tmp_path) as world:
        await world.phones.hub.dies_at("callbacks.overdue", HUB, fresh_database_url)
        found = await world.look(one)
        assert (found.progress.state, found.progress.ending) == ("dialing_customer", False)
        async with world.phones.running():
            await world.later(seconds=1)
            await world.phones.asked(hang_up=customer["id"])
            await world.later(minutes=1)
        assert await world.state(one) == "retry_wait"
        assert world.phones.provider.dialled().count(CUSTOMER) == 1
