"""The door for connectors: the cursor moves with what is stored, nothing is lost, nobody else suffers."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from hub.inbound.child import Child
from hub.inbound.quarantine import NotQuarantined, quarantine_page
from hub.sdk import ChannelSettings, ConnectionTrouble, Inbound, OwnershipLost, Parsed, Raw
from tests.connectors.scripted import Scripted
from tests.outbound_world import World
from tests.outbound_world import world as open_world

_numbers = itertools.count(1)
OWNER = "update channel set lease_token = 7 where id = :id"


class Picky(Scripted):
    """Fails on what says "broken", until it is mended; lets NUL bytes and a lying date through."""

    mended = False

    def parse(self, raw: Raw, settings: ChannelSettings) -> list[Parsed]:
        if b"broken" in raw.content and not self.mended:
            raise ValueError("unexpected end of message")
        return list(super().parse(raw, settings))


@pytest_asyncio.fixture
async def world(fresh_database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(fresh_database_url, tmp_path, Picky()) as world:
        yield world


def raw(text: str = "Hello", *, key: str | None = None, **fields: Any) -> Raw:
    number = next(_numbers)
    content = json.dumps({"from": f"customer{number}@customers.test", "text": text, "n": number, **fields})
    return Raw(key or f"key-{number}", content.encode(), datetime.now(UTC), {"folder": "INBOX"})


async def ledger(world: World) -> Mapping[str, int]:
    rows = await world.rows("select state, count(*) as number from raw group by state")
    return {one.state: one.number for one in rows}


async def test_the_cursor_moves_with_what_is_stored_and_for_the_owner_only(world: World) -> None:
    channel = await world.channel()
    await world.rows(OWNER, id=channel.id)
    await world.intake.sink(channel.id, 7).receive([raw(), raw()], {"uid": 2})
    with pytest.raises(OwnershipLost):
        await world.intake.sink(channel.id, 6).receive([raw()], {"uid": 3})
    with pytest.raises(OwnershipLost):
        await world.intake.sink(channel.id).receive([raw()], {"uid": 3})
    assert await world.value("select cursor from channel where id = :id", id=channel.id) == {"uid": 2}
    assert await world.value("select count(*) from entry") == 2


async def test_one_bad_message_among_five_hundred_is_quarantined_and_the_others_are_stored(world: World) -> None:
    channel = await world.channel()
    await world.rows(OWNER, id=channel.id)
    raws = [raw("broken" if number == 250 else "fine") for number in range(500)]
    await world.intake.sink(channel.id, 7).receive(raws, {"uid": 500})
    assert await ledger(world) == {"stored": 499, "quarantined": 1}
    async with world.database.engine.connect() as connection:
        (one,) = await quarantine_page(connection)
    assert "unexpected end of message" in one.reason


async def test_a_message_the_database_refuses_does_not_hold_up_the_cursor(world: World) -> None:
    channel = await world.channel()
    await world.rows(OWNER, id=channel.id)
    await world.rows("alter table entry add constraint no_poison check (text <> 'poison')")
    await world.intake.sink(channel.id, 7).receive([raw("one"), raw("poison"), raw("two")], {"uid": 3})
    assert await ledger(world) == {"stored": 2, "quarantined": 1}
    assert await world.value("select cursor from channel where id = :id", id=channel.id) == {"uid": 3}


async def test_a_quarantined_message_is_stored_by_a_retry_with_mended_code_and_only_once(world: World) -> None:
    channel = await world.channel()
    await world.intake.sink(channel.id).receive([raw("broken and important")])
    raw_id = await world.value("select id from raw")
    assert (await world.intake.retry(raw_id)).outcome == "quarantined"
    assert await world.value("select attempts from raw") == 2
    assert isinstance(world.connector, Picky)
    world.connector.mended = True
    results = await asyncio.gather(*(world.intake.retry(raw_id) for _ in range(5)), return_exceptions=True)
    assert [type(one) for one in results].count(NotQuarantined) == 4
    assert await world.value("select text from entry") == "broken and important"
    assert await ledger(world) == {"stored": 1}
    with pytest.raises(NotQuarantined):
        await world.intake.retry(raw_id)


async def test_a_redelivery_of_a_batch_stores_nothing_new(world: World) -> None:
    channel = await world.channel()
    batch = [raw(), raw(reference="a@x"), raw(replies_to=["a@x"])]
    for _ in range(3):
        await world.intake.sink(channel.id).receive(batch)
    assert await ledger(world) == {"stored": 3}
    assert await world.value("select count(*) from entry") == 3


async def test_a_whole_thread_in_one_batch_becomes_one_conversation(world: World) -> None:
    channel = await world.channel()
    await world.rows(OWNER, id=channel.id)
    sender = "maria@customers.test"
    batch = [raw(**{"from": sender}, reference=f"{n}@x", replies_to=[f"{n - 1}@x"] if n else []) for n in range(10)]
    await world.intake.sink(channel.id, 7).receive(batch, {"uid": 10})
    assert await world.value("select count(*) from conversation") == 1
    assert await world.value("select array_agg(seq order by id) from entry") == list(range(1, 11))


async def test_an_unknown_status_changes_nothing_and_is_in_the_ledger(world: World) -> None:
    channel = await world.channel()
    status = Raw("s1", json.dumps({"status": "delivered", "provider_id": "P99"}).encode(), datetime.now(UTC))
    await world.intake.sink(channel.id).receive([status])
    assert await ledger(world) == {"stored": 1}
    assert await world.value("select count(*) from delivery_status") == 0


async def test_text_that_a_database_cannot_hold_is_cleaned_and_kept(world: World) -> None:
    channel = await world.channel()
    await world.intake.sink(channel.id).receive([raw("before \x00 after \ud800", subject="a\x00b")])
    row = (await world.rows("select text, subject from entry"))[0]
    assert row.text.startswith("before  after")
    assert row.subject == "ab"


async def test_a_date_that_lies_is_replaced_by_the_time_of_arrival(world: World) -> None:
    channel = await world.channel()

    class Liar(Scripted):
        def parse(self, raw: Raw, settings: ChannelSettings) -> list[Parsed]:
            (found,) = super().parse(raw, settings)
            assert isinstance(found, Inbound)
            return [Inbound(found.sender, datetime(2037, 1, 1, tzinfo=UTC), found.body)]

    source = await world.intake.source(channel.id)
    object.__setattr__(source, "connector", Liar())
    await world.intake.receive(source, [raw()])
    assert await world.value("select occurred_at < now() + interval '1 minute' from entry")


async def test_nothing_is_acknowledged_while_the_database_disk_is_full(world: World) -> None:
    channel = await world.channel()
    await world.rows(OWNER, id=channel.id)
    await world.rows(
        """create function full_disk() returns trigger language plpgsql as $$
           begin raise exception 'could not extend file' using errcode = '53100'; end $$"""
    )
    await world.rows("create trigger full_disk before insert on raw execute function full_disk()")
    for cursor in (None, {"uid": 1}):
        with pytest.raises(ConnectionTrouble):
            await world.intake.sink(channel.id, 7).receive([raw()], cursor)
    await world.rows("drop trigger full_disk on raw")
    assert await world.value("select cursor from channel where id = :id", id=channel.id) == {}
    await world.intake.sink(channel.id, 7).receive([raw()], {"uid": 1})
    assert await ledger(world) == {"stored": 1}


async def test_nothing_is_acknowledged_while_every_connection_is_taken(world: World) -> None:
    channel = await world.channel()
    await world.rows(OWNER, id=channel.id)
    sink = world.intake.sink(channel.id, 7)
    await sink.receive([raw()])
    async with AsyncExitStack() as taken:
        for _ in range(10):
            await taken.enter_async_context(world.database.engine.connect())
        with pytest.raises(ConnectionTrouble):
            await sink.receive([raw()], {"uid": 1})
    await sink.receive([raw()], {"uid": 1})
    assert await ledger(world) == {"stored": 2}


async def test_a_full_attachment_store_stops_the_acknowledgement(world: World, tmp_path: Path) -> None:
    channel = await world.channel()
    blobs = tmp_path / "blobs"
    large = Raw("large", json.dumps({"from": "a@customers.test", "text": "x" * 300_000}).encode(), datetime.now(UTC))
    blobs.rename(tmp_path / "elsewhere")
    blobs.write_text("a file where the folder should be")
    with pytest.raises(ConnectionTrouble):
        await world.intake.sink(channel.id).receive([large])
    assert await ledger(world) == {}


async def test_a_message_that_takes_too_long_is_quarantined_and_the_next_gets_a_fresh_process() -> None:
    from connectors.demo import CONNECTOR, wire

    child = Child(seconds=0.0)
    message = wire.to_raw({"id": "1", "address": "a@b.example", "text": "Hello"}, datetime.now(UTC))
    try:
        found = await child.understand(CONNECTOR.kind, message, {})
        assert found.state == "quarantined"
        assert "longer than" in found.reason
        child._child.seconds = 60.0
        found = await child.understand(CONNECTOR.kind, message, {})
        assert found.message is not None
        assert found.message.text == "Hello"
    finally:
        await child.close()
