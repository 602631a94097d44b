"""The feed brings every committed event once, in an order that no late committer upsets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.db.engine import Database, connect
from hub.events import feed as feed_module
from hub.events.feed import Feed, FeedItem, Overtaken, Subscription
from hub.events.model import ConversationChanged, CustomerChanged, EntryChanged, Event
from hub.events.outbox import Hint, Outbox
from hub.events.position import Position, head

TERMINATE_OTHERS = """
select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()
"""


@pytest_asyncio.fixture
async def database(fresh_database_url: str) -> AsyncIterator[Database]:
    database = await connect(fresh_database_url)
    yield database
    await database.close()


@pytest_asyncio.fixture
async def outbox(database: Database) -> AsyncIterator[Outbox]:
    hint = Hint(database)
    yield Outbox(database, hint)
    await hint.close()


@asynccontextmanager
async def running(feed: Feed) -> AsyncIterator[None]:
    task = asyncio.create_task(feed.run())
    try:
        async with asyncio.timeout(20):
            await feed.ready()
            yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def taken(subscription: Subscription, number: int) -> list[FeedItem]:
    got: list[FeedItem] = []
    async for items in subscription:
        got += items
        if len(got) >= number:
            break
    return got


async def read_all(feed: Feed, after: Position, limit: int = 500) -> list[Event]:
    got: list[Event] = []
    while items := await feed.read(after, limit):
        got += [item.event for item in items]
        after = items[-1].position
    return got


async def at_head(database: Database) -> Position:
    async with database.engine.connect() as connection:
        return await head(connection)


async def test_events_commit_with_their_transaction_and_vanish_with_it(database: Database, outbox: Outbox) -> None:
    start, feed = await at_head(database), Feed(database)

    async def fail() -> None:
        async with outbox.transaction() as tx:
            tx.emit(CustomerChanged(1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with outbox.transaction() as tx:
        tx.emit(EntryChanged(7, 3))
        tx.emit(ConversationChanged(3))
        tx.emit(EntryChanged(7, 3))
    assert await read_all(feed, start) == [EntryChanged(7, 3), ConversationChanged(3)]


async def test_a_subscriber_hears_of_a_commit_by_the_hint(database: Database, outbox: Outbox) -> None:
    feed = Feed(database)
    async with running(feed):
        with feed.subscribe() as subscription:
            async with outbox.transaction() as tx:
                tx.emit(CustomerChanged(42))
            [item] = await taken(subscription, 1)
    assert item.event == CustomerChanged(42)
    assert feed.position == item.position


async def test_the_feed_finds_events_without_any_hint(database: Database) -> None:
    feed = Feed(database)
    async with running(feed):
        with feed.subscribe() as subscription:
            await database.pool.execute("insert into event (kind, subject_id) values ('customer', 5)")
            [item] = await taken(subscription, 1)
    assert item.event == CustomerChanged(5)


async def test_one_that_commits_late_is_neither_skipped_nor_overtaken(database: Database, outbox: Outbox) -> None:
    feed = Feed(database)
    async with running(feed):
        with feed.subscribe() as subscription:
            late = await database.pool.acquire()
            transaction = late.transaction()
            await transaction.start()
            await late.execute("insert into event (kind, subject_id) values ('customer', 1)")
            async with outbox.transaction() as tx:
                tx.emit(CustomerChanged(2))
            start = await at_head(database)
            assert await feed.read(start) == [], "the second waits for the first"
            await transaction.commit()
            await database.pool.release(late)
            got = await taken(subscription, 2)
    assert [item.event for item in got] == [CustomerChanged(1), CustomerChanged(2)]


async def test_a_head_taken_before_the_snapshot_misses_nothing(database: Database, outbox: Outbox) -> None:
    """What is in progress when the snapshot is read comes by the feed; what is committed may come again."""
    feed = Feed(database)
    late = await database.pool.acquire()
    transaction = late.transaction()
    await transaction.start()
    await late.execute("insert into customer (name) values ('Late')")
    await late.execute("insert into event (kind, subject_id) values ('customer', 1)")
    async with database.engine.connect() as connection:
        position = await head(connection)
        snapshot = await database.pool.fetchval("select count(*) from customer")
    await transaction.commit()
    await database.pool.release(late)
    assert snapshot == 0
    assert await read_all(feed, position) == [CustomerChanged(1)]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    steps=st.lists(
        st.one_of(
            st.tuples(st.just("write"), st.integers(0, 2)),
            st.tuples(st.just("end"), st.integers(0, 2)),
            st.tuples(st.sampled_from(["read", "read", "abort"]), st.integers(1, 2)),
        ),
        min_size=12,
        max_size=40,
    )
)
async def test_any_interleaving_of_writers_and_a_resuming_reader(
    database: Database, steps: list[tuple[str, int]]
) -> None:
    feed, position = Feed(database), await at_head(database)
    writers = [await database.pool.acquire() for _ in range(3)]
    open_: dict[int, tuple[asyncpg.transaction.Transaction, list[int]]] = {}
    committed: list[int] = []
    read: list[int] = []
    number = 0

    async def read_some(limit: int) -> bool:
        nonlocal position
        items = await Feed(database).read(position, limit)  # a new reader each time, as after a lost connection
        read.extend(item.event.customer_id for item in items if isinstance(item.event, CustomerChanged))
        position = items[-1].position if items else position
        return bool(items)

    try:
        for step, which in steps:
            if step == "read":
                await read_some(which)
            elif step == "write":
                if which not in open_:
                    transaction = writers[which].transaction()
                    await transaction.start()
                    open_[which] = (transaction, [])
                number += 1
                open_[which][1].append(number)
                await writers[which].execute("insert into event (kind, subject_id) values ('customer', $1)", number)
            elif which in open_:
                transaction, written = open_.pop(which)
                await (transaction.commit() if step == "end" else transaction.rollback())
                committed += written if step == "end" else []
        for transaction, written in open_.values():
            await transaction.commit()
            committed += written
        while await read_some(2):
            pass
    finally:
        for writer in writers:
            await database.pool.release(writer)
    assert sorted(read) == sorted(committed), "each committed event exactly once"
    assert await feed.read(position) == []


async def test_the_feed_goes_on_after_its_connection_was_lost(database: Database, outbox: Outbox) -> None:
    feed = Feed(database)
    async with running(feed):
        with feed.subscribe() as subscription:
            await database.pool.execute(TERMINATE_OTHERS)
            await database.pool.expire_connections()
            async with outbox.transaction() as tx:
                tx.emit(CustomerChanged(9))
            [item] = await taken(subscription, 1)
    assert item.event == CustomerChanged(9)


@pytest.mark.parametrize("failure", [asyncpg.InternalClientError, ConnectionResetError, asyncpg.AdminShutdownError])
async def test_the_feed_goes_on_whatever_the_driver_says_of_a_lost_connection(
    database: Database, outbox: Outbox, monkeypatch: pytest.MonkeyPatch, failure: type[Exception]
) -> None:
    feed = Feed(database)
    whole, failed = feed_module._read, asyncio.Event()

    async def fail_once(*given: Any) -> Any:
        if not failed.is_set():
            failed.set()
            raise failure("lost")
        return await whole(*given)

    async with running(feed):
        monkeypatch.setattr(feed_module, "_read", fail_once)
        with feed.subscribe() as subscription:
            await failed.wait()
            async with outbox.transaction() as tx:
                tx.emit(CustomerChanged(9))
            [item] = await taken(subscription, 1)
    assert item.event == CustomerChanged(9)


async def test_a_position_can_be_resumed_until_it_is_pruned(database: Database, outbox: Outbox) -> None:
    feed, before = Feed(database), await at_head(database)
    assert await feed.resumable(before), "nothing was ever pruned"
    for customer_id in (1, 2, 3):
        async with outbox.transaction() as tx:
            tx.emit(CustomerChanged(customer_id))
    first, second, _ = await feed.read(before)
    await database.pool.execute(
        "update event set at = now() - interval '2 days' where xid in ($1::text::xid8, $2::text::xid8)",
        str(first.position.xid),
        str(second.position.xid),
    )
    await feed.prune()
    await feed.prune()
    assert not await feed.resumable(before)
    assert not await feed.resumable(first.position)
    assert await feed.resumable(second.position)
    assert await read_all(feed, second.position) == [CustomerChanged(3)]
    assert await feed.resumable(await at_head(database))


async def test_a_restored_backup_voids_every_position_and_tells_subscribers(database: Database) -> None:
    feed, position = Feed(database), await at_head(database)
    async with running(feed):
        with feed.subscribe() as subscription:
            await database.pool.execute("update installation set epoch = gen_random_uuid()")
            await database.pool.execute(TERMINATE_OTHERS)
            with pytest.raises(Overtaken):
                await taken(subscription, 1)
    assert not await feed.resumable(position)


async def test_a_position_of_the_future_is_not_resumable(database: Database) -> None:
    now = await at_head(database)
    assert not await Feed(database).resumable(Position(now.epoch, now.xid + 10_000, 0))


async def test_a_subscriber_that_does_not_read_is_overtaken_and_holds_up_nobody(
    database: Database, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hub.events.feed._BATCH", 1)
    monkeypatch.setattr("hub.events.feed._WAITING_BATCHES", 3)
    feed = Feed(database)
    async with running(feed):
        with feed.subscribe() as stalled, feed.subscribe() as quick:
            reader = asyncio.create_task(taken(quick, 10))
            async with outbox.transaction() as tx:
                for customer_id in range(10):
                    tx.emit(CustomerChanged(customer_id))
            assert len(await reader) == 10
            with pytest.raises(Overtaken):
                await taken(stalled, 10)


@pytest.mark.parametrize("junk", ["", "1", "a.b", "a.1.2.3", "a.-1.0", "a.1.x", "a.99999999999999999999999.1", "a.1.²"])
def test_junk_is_not_a_position(junk: str) -> None:
    with pytest.raises(ValueError):
        Position.parse(junk)


def test_a_position_survives_being_text() -> None:
    assert Position.parse(str(Position("0badcafe", 1 << 40, 17))) == Position("0badcafe", 1 << 40, 17)
