"""A callback is called as its queue says, by an agent who takes it, until somebody has talked or it is over."""

from __future__ import annotations

from typing import Any

import pytest

from hub.callbacks.model import AlreadyWaiting, Callback, NotNow
from hub.calls import agents
from tests.integration.callbacks.world import CallbackWorld
from tests.integration.calls.world import CUSTOMER, said
from tests.outbound_world import eventually


async def reached(world: CallbackWorld, one: Callback, *states: str) -> str:
    async def look() -> str:
        state = await world.state(one)
        return state if state in states else ""

    found: str = await eventually(look)
    return found


async def taken(world: CallbackWorld, agent_id: int) -> dict[str, Any]:
    """The agent takes the call; the customer's telephone as it is rung."""
    phones = world.phones
    before = phones.provider.dialled().count(CUSTOMER)
    await phones.accepts(await phones.rings(await phones.number_of(agent_id)))
    return await phones.rings(CUSTOMER, times=before + 1)


async def test_an_agent_takes_it_and_talks_with_the_customer(world: CallbackWorld) -> None:
    phones = world.phones
    anna = await phones.agent("Anna")
    one = await world.ask()
    assert one.progress.state == "due"
    async with phones.running():
        await world.later()
        assert await world.state(one) == "dialing_agent"
        rung = await phones.rings(await phones.number_of(anna))
        assert "Maria" in said(await phones.ask(leg=rung["dial"]))
        customer = await taken(world, anna)
        assert await world.state(one) == "dialing_customer"
        await phones.tell("answered", customer["id"], customer["dial"], machine=False)
        assert await world.state(one) == "connected"
        await phones.ends(customer["id"], leg=customer["dial"], after=60)
        assert await world.state(one) == "wrap_up"
    async with phones.hub.outbox.transaction() as tx:
        locked = await world.callbacks.lock(tx, one.id)
        await world.callbacks.wrap_up(tx, locked, disposition="Solved", notes="Parcel found.", finished=True)
    data = (await world.entry(one)).data
    assert (data["state"], data["disposition"], data["notes"]) == ("done", "Solved", "Parcel found.")
    assert data["agent_ids"] == [anna]
    assert await world.results(one) == [(anna, "talked")]
    kinds = [row.kind for row in await phones.hub.rows("select kind from entry order by seq")]
    assert kinds == ["callback", "call"]


async def test_the_next_agent_is_asked_when_the_first_does_not_pick_up(world: CallbackWorld) -> None:
    phones = world.phones
    anna = await phones.agent("Anna")
    one = await world.ask()
    async with phones.running():
        await world.later()
        ben = await phones.agent("Ben")
        rung = await phones.rings(await phones.number_of(anna))
        await phones.ends(rung["id"], "no_answer", rung["dial"])
        await taken(world, ben)
        assert await world.state(one) == "dialing_customer"
    assert await world.results(one) == [(anna, "agent_missed"), (ben, None)]
    assert phones.provider.dialled().count(CUSTOMER) == 1


async def test_nobody_else_free_it_is_due_again_and_nobody_is_rung_twice_in_a_round(world: CallbackWorld) -> None:
    phones = world.phones
    anna = await phones.agent("Anna")
    one = await world.ask()
    async with phones.running():
        await world.later()
        rung = await phones.rings(await phones.number_of(anna))
        await phones.ends(rung["id"], "no_answer", rung["dial"])
        await reached(world, one, "due")
        await world.later(seconds=1)
        assert await world.state(one) == "due"
        await world.later(minutes=5)
        assert await world.state(one) == "due", "Anna is away since she missed it"
        async with phones.hub.outbox.transaction() as tx:
            await agents.set_availability(tx, anna, "available")
        await world.later(seconds=1)
        await phones.rings(await phones.number_of(anna), times=2)
    assert CUSTOMER not in phones.provider.dialled()


@pytest.mark.parametrize(("state", "minutes"), [("busy", 5), ("no_answer", 15)])
async def test_a_customer_who_was_not_reached_is_called_again_later(
    world: CallbackWorld, state: str, minutes: int
) -> None:
    phones = world.phones
    anna = await phones.agent("Anna")
    one = await world.ask()
    async with phones.running():
        await world.later()
        customer = await taken(world, anna)
        await phones.ends(customer["id"], state, customer["dial"])
        await reached(world, one, "retry_wait")
        rung = phones.provider.asked("dial")[0]
        await phones.ends(rung["id"], leg=rung["dial"], after=5)
        await world.later(minutes=minutes - 1)
        assert await world.state(one) == "retry_wait"
        await world.later(minutes=1)
        assert await world.state(one) == "dialing_agent"


async def test_after_three_retries_it_is_over(world: CallbackWorld) -> None:
    phones = world.phones
    anna = await phones.agent("Anna")
    one = await world.ask()
    async with phones.running():
        await world.later()
        for number in range(4):
            rung = await phones.rings(await phones.number_of(anna), times=number + 1)
            await phones.accepts(rung)
            customer = await phones.rings(CUSTOMER, times=number + 1)
            await phones.ends(customer["id"], "no_answer", customer["dial"])
            await phones.ends(rung["id"], leg=rung["dial"])
            await world.later(days=1)
    found = await world.look(one)
    assert (found.progress.state, found.progress.calls) == ("expired", 4)
    assert phones.provider.dialled().count(CUSTOMER) == 4


async def test_an_answering_machine_is_told_once_and_the_customer_called_again(world: CallbackWorld) -> None:
    phones = world.phones
    anna = await phones.agent("Anna")
    one = await world.ask()
    async with phones.running():
        await world.later()
        customer = await taken(world, anna)
        await phones.tell("answered", customer["id"], customer["dial"], machine=True)
        assert "You asked us to call you back" in said(await phones.ask(leg=customer["dial"]))
        found = await world.look(one)
        assert (found.progress.state, found.progress.left_message) == ("retry_wait", True)
        await phones.ends(customer["id"], leg=customer["dial"])
        rung = phones.provider.asked("dial")[0]
        await phones.ends(rung["id"], leg=rung["dial"])
        await world.later(minutes=15)
        await phones.accepts(await phones.rings(await phones.number_of(anna), times=2))
        again = await phones.rings(CUSTOMER, times=2)
        await phones.tell("answered", again["id"], again["dial"])
        assert await world.state(one) == "connected"


async def test_the_customer_first(world: CallbackWorld) -> None:
    phones = world.phones
    anna = await phones.agent("Anna")
    await world.change_queue(mode="customer_first")
    one = await world.ask()
    async with phones.running():
        await world.later()
        customer = await phones.rings(CUSTOMER)
        assert await world.state(one) == "dialing_customer"
        await phones.tell("answered", customer["id"], customer["dial"], machine=False)
        assert "You asked us to call you back" in said(await phones.ask(leg=customer["dial"])), "who calls, and why"
        assert await world.state(one) == "dialing_agent"
        await phones.accepts(await phones.rings(await phones.number_of(anna)))
        assert await world.state(one) == "connected"
        await phones.ends(customer["id"], leg=customer["dial"], after=60)
    assert await world.state(one) == "wrap_up"
    await world.later(minutes=3)
    assert await world.state(one) == "done"


async def test_a_customer_called_first_is_told_when_nobody_takes_the_call(world: CallbackWorld) -> None:
    phones = world.phones
    anna = await phones.agent("Anna")
    await world.change_queue(mode="customer_first")
    one = await world.ask()
    async with phones.running():
        await world.later()
        customer = await phones.rings(CUSTOMER)
        await phones.tell("answered", customer["id"], customer["dial"], machine=False)
        rung = await phones.rings(await phones.number_of(anna))
        await phones.ends(rung["id"], "no_answer", rung["dial"])
        assert "We call you again" in said(await phones.ask(leg=customer["dial"]))
        found = await world.look(one)
        assert (found.progress.state, found.progress.outcome) == ("retry_wait", "agent_lost")


async def test_after_a_callback_its_agent_has_the_queues_time_to_wrap_up(world: CallbackWorld) -> None:
    phones = world.phones
    anna = await phones.agent("Anna")
    await world.change_queue(wrap_up_seconds=90)
    one = await world.ask()
    async with phones.running():
        await world.later()
        customer = await taken(world, anna)
        await phones.tell("answered", customer["id"], customer["dial"], machine=False)
        await phones.ends(customer["id"], leg=customer["dial"], after=60)
        rung = phones.provider.asked("dial")[0]
        await phones.ends(rung["id"], leg=rung["dial"], after=61)
    left = "select wrap_up_until - now() between interval '60 seconds' and interval '90 seconds' from agent_state"
    assert await phones.hub.value(left)
    async with phones.hub.outbox.transaction() as tx:
        locked = await world.callbacks.lock(tx, one.id)
        await world.callbacks.wrap_up(tx, locked, disposition="Solved", notes="", finished=True)
    assert await phones.hub.value("select wrap_up_until is null from agent_state")


async def test_a_number_waits_once_in_a_queue(world: CallbackWorld) -> None:
    one = await world.ask()
    with pytest.raises(AlreadyWaiting) as refused:
        await world.ask("0170 1234567".replace("0170", "+49170"))
    assert refused.value.callback_id == one.id


async def test_canceled_while_the_agents_telephone_rings_the_customer_is_never_called(world: CallbackWorld) -> None:
    phones = world.phones
    anna = await phones.agent("Anna")
    one = await world.ask()
    async with phones.running():
        await world.later()
        rung = await phones.rings(await phones.number_of(anna))
        async with phones.hub.outbox.transaction() as tx:
            await world.callbacks.cancel(tx, await world.callbacks.lock(tx, one.id), by=None)
        await phones.asked(hang_up=rung["id"])
        await phones.ends(rung["id"], "canceled", rung["dial"])
        await world.later(minutes=30)
    assert await world.state(one) == "canceled"
    assert phones.provider.dialled() == [await phones.number_of(anna)]


async def test_nothing_is_canceled_or_moved_once_the_customer_is_called(world: CallbackWorld) -> None:
    phones = world.phones
    anna = await phones.agent("Anna")
    one = await world.ask()
    async with phones.running():
        await world.later()
        await taken(world, anna)
        async with phones.hub.outbox.transaction() as tx:
            locked = await world.callbacks.lock(tx, one.id)
            with pytest.raises(NotNow):
                await world.callbacks.cancel(tx, locked, by=anna)
            with pytest.raises(NotNow):
                await world.callbacks.change(tx, locked, window=None)


async def test_a_call_of_which_nothing_is_heard_is_ended_before_it_is_made_again(world: CallbackWorld) -> None:
    phones = world.phones
    anna = await phones.agent("Anna")
    one = await world.ask()
    async with phones.running():
        await world.later()
        await taken(world, anna)
        await world.later(minutes=2)
        found = await world.look(one)
        assert (found.progress.state, found.progress.ending) == ("dialing_customer", True)
        await phones.asked(hang_up=phones.provider.asked("dial")[0]["id"])
        await world.later(minutes=1)
        assert await world.state(one) == "retry_wait"
    assert phones.provider.dialled().count(CUSTOMER) == 1
