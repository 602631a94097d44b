"""Somebody calls: on the timeline at once, led to an agent, and whatever happens has its end there."""

from __future__ import annotations

import pytest

from hub.calls import agents
from hub.calls.model import NotNow
from hub.sdk import Gather, HangUp, Join, Record, Wait
from tests.integration.calls.world import CUSTOMER, Telephones, said, steps


async def test_a_caller_waits_an_agent_takes_the_call_and_both_talk(world: Telephones) -> None:
    anna = await world.agent("Anna")
    script = await world.calls_in()
    assert steps(script) == ["Wait"]
    assert "wir verbinden Sie" in said(script)  # a German number
    entry = await world.entry()
    assert (entry.kind, entry.direction, entry.data["state"]) == ("call", "in", "waiting")

    assert "Leitung" not in said(script)
    await world.tell("waiting", "IN1", after=1)
    assert "bleiben Sie in der Leitung" in said(await world.ask("IN1"))

    async with world.running():
        rung = await world.rings(await world.number_of(anna))
        await world.tell("answered", rung["id"], rung["dial"])
        asked = await world.ask(leg=rung["dial"])
        assert isinstance(asked[0], Gather)
        assert CUSTOMER in said(asked)
        await world.tell("digits", rung["id"], rung["dial"], digits="1", step="accept")
        room = (await world.call()).room
        assert await world.ask(leg=rung["dial"]) == (Join(room),)
        await world.asked(ask_again="IN1")
        assert await world.ask("IN1") == (Join(room, ends=True),)
        assert (await world.entry()).data["state"] == "talking"

        await world.tell("joined", "IN1", after=8)
        await world.tell("joined", rung["id"], rung["dial"], after=8)
        await world.ends("IN1", after=68, seconds=68)
        assert await world.ask(leg=rung["dial"]) == (HangUp(),)
        await world.ends(rung["id"], leg=rung["dial"], after=69)

    data = (await world.entry()).data
    assert (data["state"], data["talk_seconds"], data["waited_seconds"]) == ("ended", 60, 8)
    assert data["agent_ids"] == [anna]
    assert world.told() == ["accepted", "ended"]
    assert world.provider.dialled() == [await world.number_of(anna)]


async def test_an_agent_who_does_not_take_it_is_followed_by_the_next_one(world: Telephones) -> None:
    anna, ben, cleo = [await world.agent(name) for name in ("Anna", "Ben", "Cleo")]
    await world.calls_in()
    async with world.running():
        first = await world.rings(await world.number_of(anna))
        await world.ends(first["id"], "no_answer", first["dial"])
        second = await world.rings(await world.number_of(ben))
        await world.tell("answered", second["id"], second["dial"])
        await world.tell("digits", second["id"], second["dial"], digits="", step="accept")
        assert await world.ask(leg=second["dial"]) == (HangUp(),)
        third = await world.rings(await world.number_of(cleo))
        await world.accepts(third)
    assert world.told() == ["gone", "gone", "accepted"]
    assert (await world.call()).stage == "room"


async def test_a_call_that_an_agent_declines_rings_at_the_next_one_and_they_stay_available(world: Telephones) -> None:
    anna, ben = await world.agent("Anna"), await world.agent("Ben")
    await world.calls_in()
    async with world.running():
        first = await world.rings(await world.number_of(anna))
        call = await world.call()
        async with world.hub.outbox.transaction() as tx:
            await world.hub.calls.decline(tx, call.id, anna)
        await world.asked(hang_up=first["id"])
        second = await world.rings(await world.number_of(ben))
        await world.ends(first["id"], "no_answer", first["dial"])
        with pytest.raises(NotNow):
            async with world.hub.outbox.transaction() as tx:
                await world.hub.calls.decline(tx, call.id, anna)
        await world.accepts(second)
    assert world.told() == ["gone", "accepted"], "the caller was never cut off"
    assert await availability(world, anna) == ("available", "")


async def availability(world: Telephones, agent_id: int) -> tuple[str, str]:
    async with world.hub.database.engine.connect() as connection:
        found = await agents.state_of(connection, agent_id)
    assert found is not None
    return found.availability, found.away_reason


@pytest.mark.parametrize(
    ("happens", "state"),
    [
        ("no_answer", ("away", "missed_call")),
        ("busy", ("away", "missed_call")),
        ("failed", ("away", "missed_call")),
        ("a machine picks up", ("away", "missed_call")),
        ("declined by a key", ("available", "")),
        ("the caller hangs up", ("available", "")),
    ],
)
async def test_an_agent_whose_telephone_rang_in_vain_is_away(
    world: Telephones, happens: str, state: tuple[str, str]
) -> None:
    anna = await world.agent("Anna")
    await world.calls_in()
    async with world.running():
        rung = await world.rings(await world.number_of(anna))
        if happens == "the caller hangs up":
            await world.ends("IN1")
            await world.asked(hang_up=rung["id"])
            await world.ends(rung["id"], "no_answer", rung["dial"])
        elif happens in ("a machine picks up", "declined by a key"):
            await world.tell("answered", rung["id"], rung["dial"])
            key = "2" if happens == "declined by a key" else ""
            await world.tell("digits", rung["id"], rung["dial"], digits=key, step="accept")
        else:
            await world.ends(rung["id"], happens, rung["dial"])
    assert await availability(world, anna) == state


async def test_an_agent_who_missed_a_call_is_not_rung_again_until_they_are_back(world: Telephones) -> None:
    anna = await world.agent("Anna")
    await world.calls_in("IN1")
    async with world.running():
        rung = await world.rings(await world.number_of(anna))
        await world.ends(rung["id"], "no_answer", rung["dial"])
        await world.calls_in("IN2", caller="+491701234568")
        await world.tell("waiting", "IN2", after=60)
        assert len(world.provider.dialled()) == 1
        async with world.hub.outbox.transaction() as tx:
            back = await agents.set_availability(tx, anna, "available")
        assert (back.availability, back.away_reason) == ("available", "")
        await world.rings(await world.number_of(anna), times=2)


async def test_a_caller_who_hangs_up_is_a_missed_call_and_nobody_is_called_any_more(world: Telephones) -> None:
    anna = await world.agent("Anna")
    await world.calls_in()
    async with world.running():
        rung = await world.rings(await world.number_of(anna))
        await world.ends("IN1")
        await world.asked(hang_up=rung["id"])
        await world.ends(rung["id"], "canceled", rung["dial"])
    entry = await world.entry()
    assert (entry.data["state"], entry.text) == ("missed", "Missed call")
    waiting = await world.hub.value("select waiting_since is not null from conversation")
    assert waiting
    assert world.told() == ["ended"]


async def test_without_a_free_agent_the_caller_waits_until_one_is(world: Telephones) -> None:
    anna = await world.agent("Anna", "away")
    await world.calls_in()
    async with world.running():
        async with world.hub.outbox.transaction() as tx:
            await agents.set_availability(tx, anna, "available")
        await world.rings(await world.number_of(anna))


async def test_who_has_waited_too_long_leaves_a_message(world: Telephones) -> None:
    await world.calls_in(after=-700)
    await world.tell("waiting", "IN1", after=-90)
    script = await world.ask("IN1")
    assert isinstance(script[-1], Record)
    async with world.running():
        await world.tell("recorded", "IN1", recording="RE1", step="voicemail")
        assert steps(await world.ask("IN1")) == ["HangUp"]
        await world.ends("IN1")
        await world.tell("transcribed", "IN1", text="Please call me.", step="voicemail")
        await world.asked(forget="RE1")
    entry = await world.entry()
    assert (entry.data["state"], entry.data["transcript"]) == ("voicemail", "Please call me.")
    assert entry.text == "Voicemail: Please call me."
    assert [one.content_type for one in entry.attachments] == ["audio/mpeg"]
    assert world.told() == ["voicemail", "ended"]


async def test_a_waiting_caller_presses_1_for_a_callback(world: Telephones) -> None:
    world.watcher.offer = "Press 1 and we call you back."
    script = await world.calls_in()
    (wait,) = [one for one in script if isinstance(one, Wait)]
    assert wait.keys
    assert "Press 1" in said(script)
    await world.tell("digits", "IN1", digits="1", step="queue")
    assert said(await world.ask("IN1")) == "We call you back."
    await world.ends("IN1")
    assert world.told() == ["wanted", "ended"]
    assert (await world.entry()).data["state"] == "ended"


async def test_a_key_that_is_offered_for_nothing_does_nothing(world: Telephones) -> None:
    await world.calls_in()
    await world.tell("digits", "IN1", digits="1", step="queue")
    assert steps(await world.ask("IN1")) == ["Wait"]
    assert world.told() == []


async def test_a_withheld_number_is_somebody_of_their_own(world: Telephones) -> None:
    await world.calls_in("IN1", caller="")
    await world.calls_in("IN2", caller="")
    customers = await world.hub.rows("select distinct customer_id from identity_link")
    assert len(customers) == 2
