"""An answer over another channel carries what was said, so that it makes sense there."""

from __future__ import annotations

from hub.outbound.draft import load_draft
from hub.timeline.actions import append_entry
from hub.timeline.model import NewEntry
from tests.outbound_world import World


async def drafted(world: World, entry_id: int) -> str:
    async with world.database.engine.connect() as connection:
        message, _ = await load_draft(connection, entry_id, world.connector)
    return message.text


async def test_an_answer_on_another_channel_quotes_what_was_said_and_the_next_one_does_not(world: World) -> None:
    one, other = await world.channel(), await world.channel()
    where = await world.conversation(one)
    async with world.outbox.transaction() as tx:
        said = "Is it blue?\nReally?"
        await append_entry(
            tx, NewEntry(where[0], "message", "in", text=said, channel_id=one.id, author_identity_id=where[1])
        )
    same = await world.queue_text(one, where, "Yes")
    assert await drafted(world, same.id) == "Yes"
    moved = await world.queue_text(other, where, "As I said")
    text = await drafted(world, moved.id)
    assert text.startswith("As I said\n\n> You, ")
    assert "> Is it blue?\n> Really?" in text
    assert text.endswith("> Yes")
    again = await world.queue_text(other, where, "And more")
    assert await drafted(world, again.id) == "And more"
