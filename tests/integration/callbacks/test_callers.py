"""Callers become callbacks: who presses 1, who hangs up, who leaves a message."""

from __future__ import annotations

from datetime import timedelta

from tests.integration.callbacks.world import CallbackWorld
from tests.integration.calls.world import CUSTOMER, said


async def test_who_presses_1_keeps_their_place(world: CallbackWorld) -> None:
    phones = world.phones
    heard = await phones.calls_in(after=-60)
    assert "Drücken Sie die 1" in said(heard)
    world.clock.at += timedelta(seconds=1)
    await phones.tell("digits", "IN1", digits="1", step="queue")
    assert "Ihr Platz bleibt Ihnen" in said(await phones.ask("IN1"))
    await phones.ends("IN1")
    (row,) = await phones.hub.rows("select * from callback")
    assert (row.source, row.number, row.state) == ("ivr", CUSTOMER, "due")
    assert row.place == phones.began - timedelta(seconds=60)


async def test_who_presses_another_key_keeps_waiting(world: CallbackWorld) -> None:
    phones = world.phones
    await phones.calls_in()
    await phones.tell("digits", "IN1", digits="2", step="queue")
    assert await phones.hub.value("select count(*) from callback") == 0


async def test_who_hangs_up_before_anybody_answers_is_called_back_once(world: CallbackWorld) -> None:
    phones = world.phones
    for provider_id in ("IN1", "IN2"):
        await phones.calls_in(provider_id)
        await phones.ends(provider_id)
    (row,) = await phones.hub.rows("select source, state from callback")
    assert (row.source, row.state) == ("missed_call", "due")


async def test_a_queue_can_leave_missed_calls_alone(world: CallbackWorld) -> None:
    await world.change_queue(missed_calls=False)
    await world.phones.calls_in()
    await world.phones.ends("IN1")
    assert await world.phones.hub.value("select count(*) from callback") == 0


async def test_a_withheld_number_is_offered_nothing(world: CallbackWorld) -> None:
    phones = world.phones
    heard = await phones.calls_in(caller="")
    assert "Drücken" not in said(heard)
    await phones.ends("IN1")
    assert await phones.hub.value("select count(*) from callback") == 0


async def test_a_full_queue_offers_nothing(world: CallbackWorld) -> None:
    await world.change_queue(most_waiting=1)
    await world.ask("+491701234599")
    assert "Drücken" not in said(await world.phones.calls_in())


async def test_a_message_left_to_us_asks_for_a_callback(world: CallbackWorld) -> None:
    phones = world.phones
    await phones.hub.rows("update channel set settings = settings || '{\"max_wait_seconds\": 1}'")
    await phones.calls_in()
    await phones.tell("waiting", "IN1", after=30)
    await phones.tell("recorded", "IN1", step="voicemail", recording="RE1", after=60)
    await phones.ends("IN1", after=61)
    (row,) = await phones.hub.rows("select source from callback")
    assert row.source == "voicemail"
