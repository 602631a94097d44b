"""Nothing waits without an end, and trouble on one channel is that channel's alone."""

from __future__ import annotations

import hashlib
from pathlib import Path

from hub.channels.actions import patch_channel
from hub.channels.model import Channel, ChannelPatch
from hub.outbound.settle import RECONCILE_SECONDS
from hub.sdk import Limits
from tests.connectors.scripted import Provider, Scripted
from tests.outbound_world import World, eventually
from tests.outbound_world import world as new_world


async def attached(world: World, content: bytes, *, stored: bool = True) -> int:
    digest = await world.blobs.put(content) if stored else hashlib.sha256(content).digest()
    await world.rows("insert into blob (hash, size) values (:hash, :size)", hash=digest, size=len(content))
    return int(
        await world.value(
            "insert into attachment (blob_hash, filename, content_type, size) "
            "values (:hash, 'invoice.pdf', 'application/pdf', :size) returning id",
            hash=digest,
            size=len(content),
        )
    )


async def look_up(world: World, channel: Channel) -> None:
    settings = {**channel.settings, "lookup": "yes"}
    async with world.outbox.transaction() as tx:
        await patch_channel(tx, world.registry, world.vault, channel.id, ChannelPatch(settings=settings), agent_id=None)


async def test_a_slow_provider_holds_up_nobody_elses_messages(fresh_database_url: str, tmp_path: Path) -> None:
    async with new_world(fresh_database_url, tmp_path, Scripted(Limits(send_timeout=3600.0))) as world:
        (tmp_path / "quick").mkdir()
        slow, quick = await world.channel(), await world.channel(folder=str(tmp_path / "quick"))
        world.provider.script(*["accept-hang"] * 10)
        for _ in range(10):
            await world.queue_text(slow, await world.conversation(slow))
        async with world.running(concurrency=2):
            await eventually(lambda: world.rows("select 1 from delivery where state = 'sending' offset 3"))
            entries = [await world.queue_text(quick, await world.conversation(quick)) for _ in range(10)]
            assert set(await world.settled(*entries)) == {"sent"}
        assert len(Provider(tmp_path / "quick").accepted()) == 10


async def test_attachments_go_with_the_message(world: World) -> None:
    channel = await world.channel()
    file = await attached(world, b"%PDF" * 1000)
    entry = await world.queue_text(channel, await world.conversation(channel), attachment_ids=[file])
    async with world.running():
        assert await world.settled(entry) == ["sent"]
    assert world.provider.accepted()[0]["attachments"] == [["invoice.pdf", 4000]]


async def test_a_message_whose_attachment_is_lost_fails_and_says_so(world: World) -> None:
    channel = await world.channel()
    file = await attached(world, b"lost", stored=False)
    entry = await world.queue_text(channel, await world.conversation(channel), attachment_ids=[file])
    async with world.running():
        assert await world.settled(entry) == ["failed"]
    delivery = (await world.entry(entry.id)).delivery
    assert delivery is not None
    assert delivery.code == "attachment"
    assert "backup" in delivery.reason
    assert world.provider.accepted() == []


async def test_a_provider_that_can_say_later_is_asked_again(world: World) -> None:
    channel = await world.channel(lookup="no")
    world.provider.script("accept-break")
    entry = await world.queue_text(channel, await world.conversation(channel))
    async with world.running():
        assert await world.settled(entry) == ["uncertain"]
        await eventually(lambda: world.rows("select 1 from job where kind = 'reconcile' and state = 'ready'"))
        await look_up(world, channel)
        world.supervisor.wake()
        await eventually(lambda: world.rows("select 1 from channel where version = 2 and health = 'ok'"))

        async def found() -> bool:
            await world.rows("update job set run_at = now() where state = 'ready'")
            return await world.state(entry.id) == "sent"

        await eventually(found)
    assert len(world.provider.accepted()) == 1
    assert await world.value("select count(*) from job") == 0


async def test_asking_ends_and_the_question_stays_visible(world: World) -> None:
    channel = await world.channel(lookup="no")
    world.provider.script("accept-break")
    where = await world.conversation(channel)
    entry = await world.queue_text(channel, where)

    async def asked_to_the_end() -> bool:
        await world.rows("update job set run_at = now() where kind = 'reconcile' and state = 'ready'")
        return not await world.rows("select 1 from job")

    async with world.running():
        assert await world.settled(entry) == ["uncertain"]
        await eventually(asked_to_the_end)
    delivery = (await world.entry(entry.id)).delivery
    assert delivery is not None
    assert (delivery.state, delivery.deadline) == ("uncertain", None)
    assert await world.value("select delivery_problem from conversation where id = :id", id=where[0])
    assert len(world.provider.accepted()) == 1
    assert len(RECONCILE_SECONDS) > 3


async def test_an_attempt_nobody_settles_becomes_uncertain_and_is_asked_about(world: World) -> None:
    channel = await world.channel(lookup="yes")
    entry = await world.queue_text(channel, await world.conversation(channel))
    await world.rows(
        "insert into delivery_attempt (token, entry_id, number) values ('lost', :id, 1)",
        id=entry.id,
    )
    await world.rows(
        "update delivery set state = 'sending', attempts = 1, deadline = now() - interval '1 s' where entry_id = :id",
        id=entry.id,
    )
    await world.rows("delete from job")
    await world.sweep()
    assert await world.state(entry.id) == "uncertain"
    await world.rows("update job set run_at = now()")
    async with world.running():  # the provider surely does not have it: it goes out
        assert await world.settled(entry, states=("sent",)) == ["sent"]
    assert len(world.provider.accepted()) == 1


async def test_an_answer_refers_to_what_it_answers(world: World) -> None:
    channel = await world.channel()
    where = await world.conversation(channel)
    first = await world.queue_text(channel, where, "one")
    second = await world.queue_text(channel, where, "two")
    async with world.running():
        await world.settled(first, second)
    one, two = world.provider.accepted()
    assert one["replies_to"] == []
    assert two["replies_to"] == [one["reference"]]
    assert one["reference"] != two["reference"]
