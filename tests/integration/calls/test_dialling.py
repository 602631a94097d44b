"""A telephone is called once, whatever the provider answers, and wherever the hub dies."""

from __future__ import annotations

from pathlib import Path

import pytest

from hub.backup.aftermath import begin_new_life
from tests.integration.calls.world import CUSTOMER, Telephones, telephones
from tests.outbound_world import eventually

HUB = "tests.integration.calls.calls_hub"
POINTS = ["dial.claimed", "dial.attempt_committed", "dial.provider_accepted"]


async def leg_state(world: Telephones) -> tuple[str, str, str]:
    row = (await world.hub.rows("select state, provider_id, reason from call_leg order by id limit 1"))[0]
    return row.state, row.provider_id, row.reason


@pytest.mark.parametrize("word", ["accept", "accept-break", "break", "transient", "crash"])
async def test_one_call_whatever_the_provider_answers(world: Telephones, word: str) -> None:
    anna = await world.agent("Anna")
    world.provider.say(word)
    await world.call_back(anna)
    async with world.running():
        rung = await world.rings(await world.number_of(anna))

        async def known() -> bool:
            return (await leg_state(world))[:2] == ("dialing", rung["id"])

        await eventually(known)
    assert world.provider.dialled() == [await world.number_of(anna)]


async def test_a_refused_call_has_failed_with_the_reason(world: Telephones) -> None:
    anna = await world.agent("Anna")
    world.provider.say("permanent")
    await world.call_back(anna)
    async with world.running():

        async def failed() -> bool:
            return await leg_state(world) == ("failed", "", "There is no such number.")

        await eventually(failed)
    assert world.told() == ["gone", "ended"]
    assert world.provider.dialled() == []


@pytest.mark.parametrize("word", ["accept-break", "break"])
async def test_a_call_of_which_nobody_can_tell_is_never_repeated(
    fresh_database_url: str, tmp_path: Path, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hub.calls.dialing.ASK_SECONDS", (0.05, 0.05))
    async with telephones(fresh_database_url, tmp_path, {"lookup": "no"}) as world:
        anna = await world.agent("Anna")
        world.provider.say(word)
        await world.call_back(anna)
        async with world.running():

            async def failed() -> bool:
                return (await leg_state(world))[0] == "failed"

            await eventually(failed)
        assert "does not say" in (await leg_state(world))[2]
        assert len(world.provider.dialled()) == (1 if word == "accept-break" else 0)
        assert world.told() == ["gone", "ended"]


async def test_news_of_an_uncertain_call_makes_it_certain(fresh_database_url: str, tmp_path: Path) -> None:
    async with telephones(fresh_database_url, tmp_path, {"lookup": "no"}) as world:
        anna = await world.agent("Anna")
        world.provider.say("accept-break")
        await world.call_back(anna)
        async with world.running():
            rung = await world.rings(await world.number_of(anna))
            await world.tell("state", rung["id"], rung["dial"], state="ringing")
            await world.accepts(rung)
            await world.rings(CUSTOMER)
        assert world.provider.dialled() == [await world.number_of(anna), CUSTOMER]


async def test_what_could_not_be_called_in_time_is_not_called_any_more(world: Telephones) -> None:
    anna = await world.agent("Anna")
    await world.call_back(anna)
    await world.hub.rows("update call_leg set started_at = now() - interval '1 hour'")
    async with world.running():

        async def failed() -> bool:
            return (await leg_state(world))[0] == "failed"

        await eventually(failed)
    assert world.provider.dialled() == []


async def test_a_leg_that_nobody_wants_any_more_is_not_called(world: Telephones) -> None:
    anna = await world.agent("Anna")
    await world.calls_in()
    await world.ends("IN1")
    async with world.running():

        async def no_job() -> bool:
            return bool(await world.hub.value("select count(*) = 0 from job"))

        await eventually(no_job)
    assert world.provider.dialled() == []
    assert [leg.state for leg in await world.legs() if leg.agent_id == anna] == ["canceled"]


@pytest.mark.parametrize("lookup", ["no", "yes"])
@pytest.mark.parametrize("point", POINTS)
async def test_killed_at_a_step_of_dialling(fresh_database_url: str, tmp_path: Path, point: str, lookup: str) -> None:
    async with telephones(fresh_database_url, tmp_path, {"lookup": lookup}) as world:
        anna = await world.agent("Anna")
        await world.call_back(anna)
        await world.hub.dies_at(point, HUB, fresh_database_url)
        async with world.running():
            if point == "dial.claimed" or lookup == "yes":
                rung = await world.rings(await world.number_of(anna))
                await world.accepts(rung)
                await world.rings(CUSTOMER)
            elif point == "dial.provider_accepted":
                await world.rings(await world.number_of(anna))
        assert world.provider.dialled().count(await world.number_of(anna)) <= 1
        assert world.provider.dialled().count(CUSTOMER) <= 1


async def test_killed_in_the_middle_of_a_call(fresh_database_url: str, tmp_path: Path) -> None:
    """The call goes on where it was: neither lost nor made again."""
    async with telephones(fresh_database_url, tmp_path) as world:
        anna = await world.agent("Anna")
        await world.call_back(anna)
        async with world.running():
            rung = await world.rings(await world.number_of(anna))
            await world.accepts(rung)
            customer = await world.rings(CUSTOMER)
            await world.tell("answered", customer["id"], customer["dial"])
            await world.ask(leg=customer["dial"])
    # While the hub is down both hang up, and nobody tells it.
    async with telephones(fresh_database_url, tmp_path) as world:
        for one in (rung, customer):
            world.provider.set_state(one["id"], "completed")
        await world.hub.rows("update call_leg set heard_at = now() - interval '1 hour'")
        async with world.running():
            await world.telephone.sweep()

            async def over() -> bool:
                return (await world.call()).over

            await eventually(over)
        assert (await world.call()).state == "ended"
        assert world.provider.dialled() == [await world.number_of(anna), CUSTOMER]
        assert world.told().count("ended") == 1


async def test_a_restored_backup_calls_nobody(world: Telephones) -> None:
    anna = await world.agent("Anna")
    await world.call_back(anna)
    async with world.hub.database.engine.begin() as connection:
        await begin_new_life(connection, "yesterday")
    async with world.running():
        await world.telephone.sweep()

        async def over() -> bool:
            return (await world.call()).over

        await eventually(over)
    assert world.provider.dialled() == []
    assert world.told() == ["ended"]
