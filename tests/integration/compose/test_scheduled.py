"""Messages that go out later: at their time, once, or held back visibly; and taken back as long as they are there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from hub.compose.model import Scheduled
from hub.compose.store import get_scheduled, open_of
from hub.desk import assignment
from hub.desk.agents import create_agent
from hub.desk.views.filter import stored
from hub.desk.views.pages import conversations_page
from hub.desk.views.store import built_in
from hub.jobs.schedule import drop_leftovers
from hub.outbound.errors import NewerEntry, NotPossible, TooLarge
from hub.outbound.model import QueueMessage
from hub.timeline.actions import append_entry
from hub.timeline.model import NewEntry
from hub.timeline.of_customer import conversations_of
from hub.timeline.uploads import add_upload
from tests.outbound_world import World, eventually, world


@pytest_asyncio.fixture
async def hub(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with world(database_url, tmp_path) as running:
        yield running


class Desk:
    """One agent and one conversation with a customer, on a channel of its own."""

    def __init__(self, hub: World, agent_id: int, channel_id: int, where: tuple[int, int]) -> None:
        self.hub, self.agent_id, self.channel_id, self.where = hub, agent_id, channel_id, where

    @classmethod
    async def open(cls, hub: World, **settings: Any) -> Desk:
        channel = await hub.channel(**settings)
        number = await hub.value("select count(*) from agent")
        async with hub.outbox.transaction() as tx:
            agent = await create_agent(tx, email=f"a{number}@acme.test", name="Ada", role="agent", by=None)
        return cls(hub, agent.id, channel.id, await hub.conversation(channel))

    def message(self, words: str = "Later.", key: str = "key-00000001", **more: Any) -> QueueMessage:
        return QueueMessage(
            self.where[0],
            self.agent_id,
            self.where[1],
            self.channel_id,
            words,
            more.pop("last_seen_entry_id", 0),
            key,
            **more,
        )

    async def put_off(self, message: QueueMessage, **when: Any) -> Scheduled:
        async with self.hub.outbox.transaction() as tx:
            return await self.hub.scheduled.put_off(tx, message, **(when or {"hold_seconds": 0.3}))

    async def look(self, one: Scheduled) -> Scheduled:
        async with self.hub.database.engine.connect() as connection:
            return (await get_scheduled(connection, [one.id]))[0]

    async def becomes(self, one: Scheduled, state: str) -> Scheduled:
        async def found() -> bool:
            return (await self.look(one)).state == state

        await eventually(found)
        return await self.look(one)

    async def customer_writes(self) -> int:
        async with self.hub.outbox.transaction() as tx:
            entry = await append_entry(
                tx,
                NewEntry(self.where[0], "message", "in", channel_id=self.channel_id, author_identity_id=self.where[1]),
            )
        return entry.id


def tomorrow() -> datetime:
    return datetime.now(UTC) + timedelta(days=1)


async def test_a_held_message_goes_out_once_its_moment_is_over(hub: World) -> None:
    desk = await Desk.open(hub)
    one = await desk.put_off(desk.message("After a moment."))
    assert (one.state, one.hold) == ("waiting", True)
    assert await hub.value("select count(*) from entry where conversation_id = :id", id=desk.where[0]) == 0
    async with hub.running():
        sent = await desk.becomes(one, "sent")
        assert sent.entry_id is not None
        await hub.settled(await hub.entry(sent.entry_id))
    assert hub.provider.texts().count("After a moment.") == 1


async def test_what_comes_while_it_is_held_does_not_keep_it_back(hub: World) -> None:
    desk = await Desk.open(hub)
    one = await desk.put_off(desk.message("Said before."))
    await desk.customer_writes()
    async with hub.running():
        await desk.becomes(one, "sent")


async def test_the_same_key_is_put_off_once(hub: World) -> None:
    desk = await Desk.open(hub)
    first, again = await desk.put_off(desk.message()), await desk.put_off(desk.message())
    assert first.id == again.id


async def test_what_is_taken_back_never_goes_out(hub: World) -> None:
    desk = await Desk.open(hub)
    one = await desk.put_off(desk.message("Never."))
    async with hub.outbox.transaction() as tx:
        assert (await hub.scheduled.take_back(tx, one.id, desk.agent_id)).state == "canceled"
    assert await hub.value("select state from conversation where id = :id", id=desk.where[0]) == "resolved"
    listed: list[int] = []
    for view in ("open", "resolved"):
        filter_ = stored(built_in(view).filter)
        found = await conversations_page(hub.database.pool, desk.agent_id, filter_, "activity", None, 99)
        listed += [conversation.id for conversation in found.items]
    customer = "select customer_id from identity_link where identity_id = :id"
    customer_id = await hub.value(customer, id=desk.where[1])
    theirs = await conversations_of(hub.database.pool, customer_id, desk.agent_id, None, 99)
    assert desk.where[0] not in [*listed, *(conversation.id for conversation in theirs.items)], "nothing was said in it"
    other = await desk.put_off(desk.message("Instead.", key="key-00000002"))
    async with hub.running():
        await desk.becomes(other, "sent")
    assert (await desk.look(one)).state == "canceled"
    assert await hub.rows("select text from entry where conversation_id = :id", id=desk.where[0]) == [("Instead.",)]


async def test_what_went_out_cannot_be_taken_back(hub: World) -> None:
    desk = await Desk.open(hub)
    one = await desk.put_off(desk.message())
    async with hub.running():
        await desk.becomes(one, "sent")
    async with hub.outbox.transaction() as tx:
        with pytest.raises(NotPossible):
            await hub.scheduled.take_back(tx, one.id, desk.agent_id)


async def test_a_customer_who_writes_meanwhile_holds_it_back_and_the_conversation_is_open(hub: World) -> None:
    desk = await Desk.open(hub)
    one = await desk.put_off(desk.message(), at=tomorrow())
    async with hub.outbox.transaction() as tx:
        await assignment.resolve(tx, desk.where[0], desk.agent_id)
    await desk.customer_writes()
    async with hub.outbox.transaction() as tx:
        await hub.scheduled.send_now(tx, one.id, confirm_newer=False)
    async with hub.running():
        held = await desk.becomes(one, "held_back")
        assert held.code == "newer_entry"
        assert await hub.value("select state from conversation where id = :id", id=desk.where[0]) == "open"
        async with hub.outbox.transaction() as tx:
            await hub.scheduled.send_now(tx, one.id, confirm_newer=True)
        await desk.becomes(one, "sent")


async def test_a_message_that_would_be_refused_is_refused_at_once(hub: World) -> None:
    desk = await Desk.open(hub)
    with pytest.raises(TooLarge):
        await desk.put_off(desk.message("  "))
    await desk.customer_writes()
    with pytest.raises(NewerEntry):
        await desk.put_off(desk.message())
    assert await hub.value("select count(*) from scheduled_message where conversation_id = :id", id=desk.where[0]) == 0


async def test_a_refusal_at_its_time_is_kept_with_the_reason(hub: World) -> None:
    desk = await Desk.open(hub)
    one = await desk.put_off(desk.message(), at=tomorrow())
    await hub.rows("insert into suppression (identity_id, reason) values (:id, 'They asked for it.')", id=desk.where[1])
    async with hub.outbox.transaction() as tx:
        await assignment.resolve(tx, desk.where[0], desk.agent_id)
        await hub.scheduled.send_now(tx, one.id, confirm_newer=False)
    async with hub.running():
        failed = await desk.becomes(one, "failed")
    assert failed.code == "suppressed"
    assert "They asked for it." in failed.reason
    assert await hub.value("select state from conversation where id = :id", id=desk.where[0]) == "open"
    async with hub.database.engine.connect() as connection:
        assert [it.id for it in await open_of(connection, desk.where[0])] == [one.id]


async def test_a_time_can_be_put_off_and_brought_forward(hub: World) -> None:
    desk = await Desk.open(hub)
    one = await desk.put_off(desk.message(), hold_seconds=0.2)
    async with hub.outbox.transaction() as tx:
        await hub.scheduled.change_time(tx, one.id, tomorrow())
    other = await desk.put_off(desk.message("Meanwhile.", key="key-00000002"), hold_seconds=0.6)
    async with hub.running():
        await desk.becomes(other, "sent")
        assert (await desk.look(one)).state == "waiting"
        async with hub.outbox.transaction() as tx:
            await hub.scheduled.change_time(tx, one.id, datetime.now(UTC))
        await desk.becomes(one, "sent")


async def test_files_go_with_it_and_are_not_taken_for_leftovers(hub: World) -> None:
    desk = await Desk.open(hub)
    blob = await hub.blobs.put(b"terms")
    async with hub.outbox.transaction() as tx:
        file = await add_upload(
            tx, blob_hash=blob, size=5, filename="terms.txt", content_type="text/plain", agent_id=desk.agent_id
        )
    one = await desk.put_off(desk.message(attachment_ids=(file.id,)), at=tomorrow())
    await hub.rows("update attachment set created_at = now() - interval '3 days'")
    await drop_leftovers(hub.database)
    assert [it.filename for it in (await desk.look(one)).attachments] == ["terms.txt"]
    async with hub.outbox.transaction() as tx:
        await hub.scheduled.send_now(tx, one.id, confirm_newer=False)
    async with hub.running():
        sent = await desk.becomes(one, "sent")
    assert sent.entry_id is not None
    assert [it.filename for it in (await hub.entry(sent.entry_id)).attachments] == ["terms.txt"]


async def test_a_message_whose_job_died_is_shown_as_failed(hub: World) -> None:
    desk = await Desk.open(hub)
    one = await desk.put_off(desk.message(), at=tomorrow())
    await hub.rows("update scheduled_message set send_at = now() - interval '1 hour' where id = :id", id=one.id)
    await hub.scheduled.sweep()
    assert (await desk.look(one)).state == "waiting"  # its job is still there
    await hub.rows("update job set state = 'dead' where kind = 'send_scheduled' and dedupe_key = :id", id=str(one.id))
    await hub.scheduled.sweep()
    assert (await desk.look(one)).state == "failed"
