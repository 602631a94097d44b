"""Who is called when: by priority and place, in the hours, as many at once and as fast as the queue allows, by agents
who are free; however many dispatchers there are."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hub.backup.aftermath import begin_new_life
from hub.callbacks.dispatcher import Dispatcher
from hub.callbacks.model import BadCallback, Callback, LegalHours, QueueFull, Window
from hub.calls import agents
from hub.service.actions import create
from hub.service.model import WEEKDAYS, Hours, Schedule
from tests.connectors.telephone_texts import TelephoneTexts
from tests.integration.callbacks.world import CallbackWorld, callback_world

WEDNESDAY = datetime(2027, 3, 24, 9, 0, tzinfo=UTC)
OFFICE = Schedule("Europe/Berlin", dict.fromkeys(WEEKDAYS, (("09:00", "17:00"),)))


def number(index: int) -> str:
    return f"+4917012345{index:02}"


async def called(world: CallbackWorld, ones: list[Callback]) -> list[int]:
    """Which of them are being called, by their place in the list."""
    states = [await world.state(one) for one in ones]
    return [index for index, state in enumerate(states) if state != "due"]


async def test_priority_first_then_who_has_waited_longest(world: CallbackWorld) -> None:
    now = world.clock.at
    ones = [
        await world.ask(number(0)),
        await world.ask(number(1), place=now - timedelta(hours=1)),
        await world.ask(number(2), priority=1),
    ]
    order: list[int] = []
    for name in ("Anna", "Ben", "Cleo"):
        await world.phones.agent(name)
        await world.later(seconds=1)
        order.append(next(iter(set(await called(world, ones)) - set(order))))
    assert order == [2, 1, 0]


async def test_many_dispatchers_never_take_the_same_callback_or_agent(world: CallbackWorld) -> None:
    hub = world.phones.hub
    people = [await world.phones.agent(name) for name in ("Anna", "Ben", "Cleo")]
    await world.change_queue(capacity=50)
    ones = [await world.ask(number(index)) for index in range(8)]
    dispatchers = [Dispatcher(hub.outbox, world.callbacks, hub.calls) for _ in range(6)]
    for _ in range(4):
        world.clock.at += timedelta(seconds=1)
        await asyncio.gather(*(one.turn() for one in dispatchers))
    assert len(await called(world, ones)) == 3
    taken = await hub.rows("select agent_id from call_leg where role = 'agent'")
    assert sorted(row.agent_id for row in taken) == sorted(people)
    assert await hub.value("select count(*) from call") == 3


async def test_a_queue_calls_no_more_at_once_than_its_capacity(world: CallbackWorld) -> None:
    hub = world.phones.hub
    for name in ("Anna", "Ben", "Cleo"):
        await world.phones.agent(name)
    await world.change_queue(capacity=2)
    ones = [await world.ask(number(index)) for index in range(3)]
    dispatchers = [Dispatcher(hub.outbox, world.callbacks, hub.calls) for _ in range(4)]
    for _ in range(3):
        world.clock.at += timedelta(seconds=1)
        await asyncio.gather(*(one.turn() for one in dispatchers))
    assert len(await called(world, ones)) == 2


async def test_a_channel_begins_no_more_calls_a_second_than_it_may(world: CallbackWorld) -> None:
    for name in ("Anna", "Ben", "Cleo"):
        await world.phones.agent(name)
    await world.change_queue(calls_per_second=0.5)
    ones = [await world.ask(number(index)) for index in range(3)]
    await world.dispatcher.turn()
    await world.later(seconds=1)
    assert await called(world, ones) == [0]
    await world.later(seconds=1)
    assert await called(world, ones) == [0, 1]


async def test_only_agents_of_the_queue_who_are_free_are_called(world: CallbackWorld) -> None:
    anna, ben = await world.phones.agent("Anna"), await world.phones.agent("Ben")
    await world.change_queue(agent_ids=(ben,))
    async with world.phones.hub.outbox.transaction() as tx:
        await agents.set_availability(tx, ben, "away")
    one = await world.ask()
    await world.later()
    assert await world.state(one) == "due"
    async with world.phones.hub.outbox.transaction() as tx:
        await agents.set_availability(tx, ben, "available")
    await world.later(seconds=1)
    found = await world.look(one)
    assert (found.progress.state, found.progress.agent_id) == ("dialing_agent", ben)
    assert anna != ben


async def test_the_agent_whom_they_know_is_asked_first(world: CallbackWorld) -> None:
    await world.phones.agent("Anna")
    ben = await world.phones.agent("Ben")
    one = await world.ask(preferred_agent_id=ben)
    await world.later()
    assert (await world.look(one)).progress.agent_id == ben


async def test_nobody_is_called_while_it_is_closed_or_too_early_for_them(world: CallbackWorld) -> None:
    hub = world.phones.hub
    await world.phones.agent("Anna")
    async with hub.outbox.transaction() as tx:
        made = await create(tx, name="Office", schedule=OFFICE, closed_text="", by=None)  # type: ignore[arg-type]
    await world.change_queue(hours=made, legal=LegalHours(WEEKDAYS, "08:00", "20:00"))
    world.clock.at = WEDNESDAY
    berlin, new_york = await world.ask("+4917012345678"), await world.ask("+12125550123")
    assert (await world.look(berlin)).progress.state == "due"
    found = await world.look(new_york)
    assert found.time_zone == "America/New_York"
    assert (found.progress.state, found.progress.due_at) == ("scheduled", WEDNESDAY.replace(hour=12))
    await world.later()
    assert await world.state(berlin) == "dialing_agent"
    assert isinstance(made, Hours)


async def test_what_is_due_when_it_closes_waits_for_the_morning(world: CallbackWorld) -> None:
    hub = world.phones.hub
    async with hub.outbox.transaction() as tx:
        made = await create(tx, name="Office", schedule=OFFICE, closed_text="", by=None)  # type: ignore[arg-type]
    await world.change_queue(hours=made)
    world.clock.at = WEDNESDAY.replace(hour=15)
    one = await world.ask()
    await world.phones.agent("Anna")
    world.clock.at = WEDNESDAY.replace(hour=15, minute=58)
    await world.dispatcher.turn()
    found = await world.look(one)
    assert (found.progress.state, found.progress.due_at) == ("scheduled", WEDNESDAY.replace(day=25, hour=8))
    assert await hub.value("select count(*) from call") == 0


async def test_the_customers_window_is_kept_and_can_be_moved(world: CallbackWorld) -> None:
    await world.phones.agent("Anna")
    now = world.clock.at
    window = Window(now + timedelta(hours=2), now + timedelta(hours=4))
    one = await world.ask(window=window)
    await world.later(hours=1)
    assert await world.state(one) == "scheduled"
    async with world.phones.hub.outbox.transaction() as tx:
        await world.callbacks.change(tx, await world.callbacks.lock(tx, one.id), window=None)
    await world.later()
    assert await world.state(one) == "dialing_agent"


async def test_a_window_in_which_nobody_calls_is_refused(world: CallbackWorld) -> None:
    await world.change_queue(legal=LegalHours(("mon",), "08:00", "20:00"))
    world.clock.at = WEDNESDAY
    with pytest.raises(BadCallback):
        await world.ask(window=Window(WEDNESDAY, WEDNESDAY + timedelta(hours=4)))


async def test_a_callback_that_nobody_can_make_expires(world: CallbackWorld) -> None:
    one = await world.ask()
    await world.later(days=7)
    assert await world.state(one) == "expired"
    assert (await world.entry(one)).data["state"] == "expired"
    again = await world.ask()
    assert again.id != one.id


async def test_a_full_queue_turns_customers_away_but_no_agent(world: CallbackWorld) -> None:
    await world.change_queue(most_waiting=1)
    await world.ask(number(1))
    with pytest.raises(QueueFull):
        await world.ask(number(2), source="web")
    assert (await world.ask(number(2), source="agent")).progress.state == "due"


async def test_two_who_ask_for_one_number_at_once_wait_once(world: CallbackWorld) -> None:
    asked = await asyncio.gather(*(world.ask() for _ in range(10)), return_exceptions=True)
    assert sum(isinstance(one, Callback) for one in asked) == 1
    assert await world.phones.hub.value("select count(*) from entry where kind = 'callback'") == 1


async def test_texts_say_that_it_was_taken_and_that_nobody_was_reached(fresh_database_url: str, tmp_path: Path) -> None:
    async with callback_world(fresh_database_url, tmp_path, also=[TelephoneTexts()]) as world:
        hub = world.phones.hub
        texts = await hub.value(
            """
            insert into channel (kind, name, own_address, settings)
            values ('telephone_texts', 'Texts', 'texts@acme.test', '{"address": "texts@acme.test"}') returning id
            """
        )
        await world.change_queue(sms_channel_id=texts)
        one = await world.ask(source="web")
        await hub.rows("update callback set calls = 1 where id = :id", id=one.id)
        await world.later(days=7)
        rows = await hub.rows("select text from entry where kind = 'message' order by id")
        taken, unreached = [row.text for row in rows]
        assert "/callback/manage/" in taken
        assert f"https://hub.test/callback/{world.queue_id}" in unreached
        assert await world.state(one) == "expired"


async def test_a_restored_backup_calls_nobody_until_somebody_has_looked(world: CallbackWorld) -> None:
    await world.phones.agent("Anna")
    one = await world.ask()
    async with world.phones.hub.database.engine.begin() as connection:
        await begin_new_life(connection, "yesterday")
    await world.later(seconds=1)
    assert await world.state(one) == "due"
    await world.change_queue(state="active")
    await world.later(seconds=1)
    assert await world.state(one) == "dialing_agent"
