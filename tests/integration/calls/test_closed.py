"""Who calls while we are closed: told so, in their language, and offered what there is."""

from __future__ import annotations

from pathlib import Path

from hub.sdk import Gather, Record
from hub.service import actions
from hub.service.model import Schedule
from tests.integration.calls.world import Telephones, said, steps, telephones


async def close(world: Telephones, text: str = "") -> None:
    async with world.hub.outbox.transaction() as tx:
        hours = await actions.create(
            tx, name="Never", schedule=Schedule("Europe/Berlin", {}), closed_text=text, by=await by(world)
        )
        await actions.assign(tx, hours.id, {world.channel.id}, by=await by(world))


async def by(world: Telephones) -> int:
    rows = await world.hub.rows("select id from agent limit 1")
    return int(rows[0][0]) if rows else await world.agent("Admin", "away")


async def test_a_message_can_be_left(world: Telephones) -> None:
    await close(world)
    script = await world.calls_in(caller="+33123456789")
    assert isinstance(script[-1], Record)
    assert "We are closed" in said(script)
    german = await world.calls_in("IN2", caller="+4366412345678")
    assert "haben wir geschlossen" in said(german)


async def test_the_hours_own_words_are_said(world: Telephones) -> None:
    await close(world, "We are back on Monday.")
    assert "back on Monday" in said(await world.calls_in())


async def test_a_callback_is_offered_and_taken(world: Telephones) -> None:
    await close(world)
    world.watcher.offer = "Press 1 and we call you."
    (menu,) = await world.calls_in()
    assert isinstance(menu, Gather)
    assert (menu.step, "Press 1" in said((menu,))) == ("menu", True)
    await world.tell("digits", "IN1", digits="1", step="menu")
    assert said(await world.ask("IN1")) == "We call you back."
    await world.ends("IN1")
    assert world.told() == ["wanted", "ended"]


async def test_who_presses_nothing_leaves_a_message(world: Telephones) -> None:
    await close(world)
    world.watcher.offer = "Press 1 and we call you."
    await world.calls_in()
    await world.tell("digits", "IN1", digits="", step="menu")
    assert steps(await world.ask("IN1")) == ["Record"]


async def test_without_a_voicemail_they_are_let_go(fresh_database_url: str, tmp_path: Path) -> None:
    async with telephones(fresh_database_url, tmp_path, {"voicemail": False}) as world:
        await close(world)
        script = await world.calls_in()
        assert steps(script) == ["HangUp"]
        assert "geschlossen" in said(script)
        await world.ends("IN1")
        assert (await world.call()).state == "missed"


async def test_a_customers_own_language_goes_before_their_numbers(world: Telephones) -> None:
    await world.calls_in("IN1")
    await world.ends("IN1")
    await world.hub.rows("""update customer set attributes = '{"language": "en-GB"}'""")
    assert "thank you for calling" in said(await world.calls_in("IN2"))
