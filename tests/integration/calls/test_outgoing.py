"""The hub calls a customer: with an agent on the line first, or the customer first, and never both twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hub.calls import agents
from hub.calls.model import Call, NotNow
from hub.sdk import Gather, HangUp, Join
from tests.integration.calls.world import CUSTOMER, Telephones, said, steps, telephones
from tests.outbound_world import eventually


async def test_the_agent_is_told_why_takes_it_and_the_customer_is_called_into_the_room(world: Telephones) -> None:
    anna = await world.agent("Anna")
    placed = await world.call_back(anna)
    async with world.running():
        rung = await world.rings(await world.number_of(anna))
        await world.tell("answered", rung["id"], rung["dial"])
        asked = await world.ask(leg=rung["dial"])
        assert isinstance(asked[0], Gather)
        assert "Maria, order 4711" in said(asked)
        assert world.provider.dialled() == [await world.number_of(anna)]
        await world.tell("digits", rung["id"], rung["dial"], digits="1", step="accept")
        assert await world.ask(leg=rung["dial"]) == (Join(placed.room),)
        customer = await world.rings(CUSTOMER)
        assert customer["room"] == placed.room
        await world.tell("answered", customer["id"], customer["dial"])
        assert await world.ask(leg=customer["dial"]) == (Join(placed.room, ends=True),)
        assert (await world.entry()).data["state"] == "talking"
        await world.ends(rung["id"], leg=rung["dial"], after=60)
        await world.asked(hang_up=customer["id"])
        await world.ends(customer["id"], leg=customer["dial"], after=61)
    data = (await world.entry()).data
    assert (data["state"], data["callback_id"], data["direction"]) == ("ended", 7, "out")
    assert world.told() == ["accepted", "answered", "ended"]
    assert world.provider.dialled() == [await world.number_of(anna), CUSTOMER]


async def test_the_next_agent_is_asked_in_the_same_call(world: Telephones) -> None:
    anna, ben = await world.agent("Anna"), await world.agent("Ben")
    world.watcher.next_agents = [ben]
    await world.call_back(anna)
    async with world.running():
        first = await world.rings(await world.number_of(anna))
        await world.ends(first["id"], "no_answer", first["dial"])
        second = await world.rings(await world.number_of(ben))
        await world.accepts(second)
        await world.rings(CUSTOMER)
    assert world.told() == ["gone", "accepted"]


async def test_without_another_agent_the_call_is_over_and_the_customer_never_called(world: Telephones) -> None:
    anna = await world.agent("Anna")
    await world.call_back(anna)
    async with world.running():
        rung = await world.rings(await world.number_of(anna))
        await world.ends(rung["id"], "busy", rung["dial"])
    assert world.told() == ["gone", "ended"]
    assert (await world.call()).state == "missed"
    assert CUSTOMER not in world.provider.dialled()


@pytest.mark.parametrize("state", ["busy", "no_answer", "failed"])
async def test_a_customer_who_does_not_answer_is_told_to_the_agent(world: Telephones, state: str) -> None:
    anna = await world.agent("Anna")
    await world.call_back(anna)
    async with world.running():
        rung = await world.rings(await world.number_of(anna))
        await world.accepts(rung)
        customer = await world.rings(CUSTOMER)
        await world.ends(customer["id"], state, customer["dial"])
        await world.asked(ask_again=rung["id"])
        script = await world.ask(leg=rung["dial"])
        assert "could not be reached" in said(script)
        assert steps(script) == ["HangUp"]
    assert world.watcher.told[1:] == [
        ("unreached", (await world.call()).id, state),
        ("ended", (await world.call()).id, "missed"),
    ]
    assert (await world.entry()).text == "Called, not reached"


@pytest.mark.parametrize("machine_text", ["", "We called, and call again."])
async def test_an_answering_machine_hears_the_message_or_nothing(world: Telephones, machine_text: str) -> None:
    anna = await world.agent("Anna")
    await world.call_back(anna, first="customer", machine_text=machine_text)
    async with world.running():
        customer = await world.rings(CUSTOMER)
        await world.tell("state", customer["id"], customer["dial"], state="answered")
        await world.tell("answered", customer["id"], customer["dial"], machine=True)
        assert said(await world.ask(leg=customer["dial"])) == machine_text
        await world.ends(customer["id"], leg=customer["dial"])
    assert world.told() == ["left" if machine_text else "unreached", "ended"]
    assert (await world.call()).state == ("voicemail" if machine_text else "missed")
    assert world.provider.dialled() == [CUSTOMER]


async def test_customer_first_rings_the_agent_only_once_a_person_is_there(world: Telephones) -> None:
    anna = await world.agent("Anna")
    placed = await world.call_back(anna, first="customer")
    async with world.running():
        customer = await world.rings(CUSTOMER)
        world.provider.set_state(customer["id"], "ringing")
        await world.hub.rows("update call_leg set heard_at = now() - interval '1 hour'")
        await world.telephone.sweep()
        assert world.provider.dialled() == [CUSTOMER]
        await world.tell("answered", customer["id"], customer["dial"], machine=False)
        assert steps(await world.ask(leg=customer["dial"])) == ["Wait"]
        rung = await world.rings(await world.number_of(anna))
        await world.accepts(rung)
        await world.asked(ask_again=customer["id"])
        assert await world.ask(leg=customer["dial"]) == (Join(placed.room, ends=True),)
    assert world.told() == ["answered", "accepted"]


async def test_an_agent_who_leaves_before_the_customer_answers_ends_it(world: Telephones) -> None:
    anna = await world.agent("Anna")
    await world.call_back(anna)
    async with world.running():
        rung = await world.rings(await world.number_of(anna))
        await world.accepts(rung)
        customer = await world.rings(CUSTOMER)
        await world.ends(rung["id"], leg=rung["dial"], after=3)
        await world.asked(hang_up=customer["id"])
        await world.ends(customer["id"], "canceled", customer["dial"])
    assert world.told() == ["accepted", "unreached", "ended"]


async def test_recording_with_consent_is_asked_for_and_kept(fresh_database_url: str, tmp_path: Path) -> None:
    async with telephones(fresh_database_url, tmp_path, {"record": "ask"}) as world:
        anna = await world.agent("Anna")
        placed = await world.call_back(anna)
        async with world.running():
            rung = await world.rings(await world.number_of(anna))
            await world.accepts(rung)
            customer = await world.rings(CUSTOMER)
            await world.tell("answered", customer["id"], customer["dial"])
            (asked,) = await world.ask(leg=customer["dial"])
            assert isinstance(asked, Gather)
            await world.tell("digits", customer["id"], customer["dial"], digits="1", step="consent")
            assert await world.ask(leg=customer["dial"]) == (
                Join(placed.room, ends=True, record=True, transcribe="en"),
            )
            async with world.hub.outbox.transaction() as tx:
                await world.hub.calls.pause_recording(tx, placed.id, paused=True, by=anna)
            await world.asked(room=placed.room, record=False)
            async with world.hub.outbox.transaction() as tx:
                await world.hub.calls.hold(tx, placed.id, held=True)
            await world.asked(room=placed.room, hold=True)
            await world.tell("recorded", customer["id"], customer["dial"], recording="RE1", step="room")
            await world.asked(forget="RE1")
            await world.ends(customer["id"], leg=customer["dial"])
        data = (await world.entry()).data
        assert (data["recorded"], data["consent"]) == (True, "given")


async def handed_over(world: Telephones, anna: int, ben: int) -> tuple[Call, dict[str, Any], dict[str, Any]]:
    """Anna has taken the call and asks Ben, whose telephone rings: the call, her telephone and his."""
    first = await world.rings(await world.number_of(anna))
    await world.accepts(first)
    await world.ask("IN1")
    async with world.hub.outbox.transaction() as tx:
        await agents.set_availability(tx, ben, "available")
    call = await world.call()
    async with world.hub.outbox.transaction() as tx:
        await world.hub.calls.transfer(tx, call.id, ben)
    return call, first, await world.rings(await world.number_of(ben))


async def test_a_talk_is_handed_over_to_another_agent(world: Telephones) -> None:
    anna, ben = await world.agent("Anna"), await world.agent("Ben", "away")
    await world.calls_in()
    async with world.running():
        call, first, second = await handed_over(world, anna, ben)
        assert await world.accepts(second) == (Join(call.room),)
        await world.asked(hang_up=first["id"])
        await world.ends(first["id"], leg=first["dial"], after=30)
        assert (await world.call()).state == "talking"
        await world.ends("IN1", after=60)
    data = (await world.entry()).data
    assert (data["transferred"], data["agent_ids"]) == (True, [anna, ben])


async def test_a_talk_goes_on_where_nobody_takes_it_over(world: Telephones) -> None:
    anna, ben = await world.agent("Anna"), await world.agent("Ben", "away")
    await world.calls_in()
    async with world.running():
        call, _, second = await handed_over(world, anna, ben)
        async with world.hub.outbox.transaction() as tx:
            await world.hub.calls.decline(tx, call.id, ben)
        await world.asked(hang_up=second["id"])
        await world.ends(second["id"], "canceled", second["dial"])
        assert (await world.call()).state == "talking"
        assert (await world.call()).transferred is False
        assert [one["hang_up"] for one in world.provider.asked("hang_up")] == [second["id"]]


async def test_an_agent_who_was_given_a_call_meanwhile_gets_no_second_one(world: Telephones) -> None:
    anna = await world.agent("Anna")
    await world.calls_in()
    with pytest.raises(NotNow):
        await world.call_back(anna)
    assert await world.hub.value("select count(*) from call") == 1


@pytest.mark.parametrize("word", ["gone", "trouble"])
async def test_a_recording_that_could_not_be_paused_does_not_look_paused(
    fresh_database_url: str, tmp_path: Path, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hub.calls.control.TROUBLE_SECONDS", 0.01)
    async with telephones(fresh_database_url, tmp_path, {"record": "announce"}) as world:
        anna = await world.agent("Anna")
        await world.calls_in()
        async with world.running():
            await world.accepts(await world.rings(await world.number_of(anna)))
            await world.ask("IN1")
            world.provider.say(*[word] * 20)
            async with world.hub.outbox.transaction() as tx:
                call = await world.hub.calls.pause_recording(tx, (await world.call()).id, paused=True, by=anna)
            assert call.recording_paused

            async def undone() -> bool:
                return not (await world.call()).recording_paused

            await eventually(undone)


async def test_hanging_up_ends_it_for_everybody(world: Telephones) -> None:
    anna = await world.agent("Anna")
    await world.calls_in()
    async with world.running():
        rung = await world.rings(await world.number_of(anna))
        await world.accepts(rung)
        await world.ask("IN1")
        async with world.hub.outbox.transaction() as tx:
            await world.hub.calls.hang_up(tx, (await world.call()).id)
        await world.asked(hang_up="IN1")
        await world.asked(hang_up=rung["id"])
        assert await world.ask("IN1") == (HangUp(),)

        async def quiet() -> bool:
            return bool(await world.hub.value("select count(*) = 0 from job"))

        await eventually(quiet)
