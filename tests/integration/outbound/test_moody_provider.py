"""Whatever a provider does, in whatever order: each message once, each conversation in order, nothing left over."""

from __future__ import annotations

import random

import pytest

from tests.outbound_world import World

WORDS = ("accept", "accept", "transient", "rate", "auth", "break", "accept-break", "crash")
CONVERSATIONS, MESSAGES = 4, 5


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_a_moody_provider(world: World, seed: int) -> None:
    moods = random.Random(seed)
    channel = await world.channel(lookup="yes")
    where = [await world.conversation(channel) for _ in range(CONVERSATIONS)]
    world.provider.script(*(moods.choice(WORDS) for _ in range(30)))
    entries = [
        await world.queue_text(channel, one, f"{number}.{message}")
        for message in range(MESSAGES)
        for number, one in enumerate(where)
    ]
    async with world.running():
        assert set(await world.settled(*entries, states=("sent", "failed"), seconds=60)) == {"sent"}
    texts = world.provider.texts()
    for number in range(CONVERSATIONS):
        expected = [f"{number}.{message}" for message in range(MESSAGES)]
        assert [text for text in texts if text.startswith(f"{number}.")] == expected
    assert await world.value("select count(*) from job") == 0
    assert await world.value("select count(*) from delivery where deadline is not null") == 0
    assert not any(one.delivery_problem for one in await world.rows("select delivery_problem from conversation"))
    gaps = await world.rows(
        "select conversation_id from entry group by conversation_id having count(*) <> max(seq) or min(seq) <> 1"
    )
    assert gaps == []
