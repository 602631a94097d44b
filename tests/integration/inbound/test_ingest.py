"""Stored once, on one timeline, in the right conversation: the promises that the ingest call keeps."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator

import asyncpg
import pytest_asyncio

from hub.db.engine import create_pool
from hub.inbound.batch import BatchWriter
from hub.inbound.ingest import ingest
from hub.inbound.model import File, Received, Stored, Understood
from tests.integration.inbound.build import make_channel, received


@pytest_asyncio.fixture
async def pool(fresh_database_url: str) -> AsyncIterator[asyncpg.Pool]:
    pool = await create_pool(fresh_database_url, size=8)
    yield pool
    await pool.close()


async def store(pool: asyncpg.Pool, *items: Received) -> list[Stored]:
    async with pool.acquire() as connection:
        return await ingest(connection, [(one, None) for one in items])


async def test_a_message_becomes_one_customer_one_conversation_and_one_entry(pool: asyncpg.Pool) -> None:
    channel = await make_channel(pool)
    (stored,) = await store(pool, received(channel, "maria@example.org", "Where is my parcel?", subject="Parcel"))
    row = await pool.fetchrow(
        """select e.seq, e.text, c.subject, c.preview, c.state, c.waiting_since, u.name, i.address
           from entry e join conversation c on c.id = e.conversation_id join identity i on i.id = e.identity_id
           join identity_link l on l.identity_id = i.id join customer u on u.id = l.customer_id where e.id = $1""",
        stored.entry_id,
    )
    assert stored.outcome == "stored"
    assert row is not None
    assert (row["seq"], row["text"], row["subject"], row["state"]) == (1, "Where is my parcel?", "Parcel", "open")
    assert (row["name"], row["address"]) == ("Maria", "maria@example.org")
    assert row["waiting_since"] is not None
    assert await pool.fetchval("select count(*) from event") == 2


async def test_the_same_key_or_the_same_content_is_stored_once(pool: asyncpg.Pool) -> None:
    channel = await make_channel(pool)
    first = received(channel, key="INBOX;1;1", content=b"one")
    assert [one.outcome for one in await store(pool, first)] == ["stored"]
    same_key = received(channel, key="INBOX;1;1", content=b"another")
    same_content = received(channel, key="INBOX;2;1", content=b"one")
    assert [one.outcome for one in await store(pool, same_key, same_content)] == ["duplicate", "duplicate"]
    assert await pool.fetchval("select count(*) from entry") == 1


async def test_fifty_concurrent_redeliveries_make_one_entry(pool: asyncpg.Pool) -> None:
    channel = await make_channel(pool)
    item = received(channel)
    outcomes = await asyncio.gather(*(store(pool, item) for _ in range(50)))
    assert sorted(one.outcome for (one,) in outcomes) == ["duplicate"] * 49 + ["stored"]
    assert await pool.fetchval("select count(*) from entry") == 1


async def test_a_reply_joins_by_any_of_its_references(pool: asyncpg.Pool) -> None:
    channel = await make_channel(pool)
    (first,) = await store(pool, received(channel, reference="<a@x>"))
    (second,) = await store(pool, received(channel, reference="<c@x>", replies_to=("<lost@x>", "<a@x>")))
    (late_parent,) = await store(pool, received(channel, reference="<lost@x>", text="arrived late"))
    assert first.conversation_id == second.conversation_id == late_parent.conversation_id
    assert await pool.fetch("select seq from entry order by id") == [(1,), (2,), (3,)]


async def test_a_stranger_who_quotes_a_reference_gets_a_conversation_of_their_own(pool: asyncpg.Pool) -> None:
    channel = await make_channel(pool)
    (first,) = await store(pool, received(channel, "maria@example.org", reference="<a@x>"))
    (second,) = await store(pool, received(channel, "mallory@example.org", replies_to=("<a@x>",)))
    assert second.conversation_id != first.conversation_id
    related = await pool.fetchval("select related_id from conversation where id = $1", second.conversation_id)
    assert related == first.conversation_id


async def test_a_stranger_with_a_valid_token_gets_a_conversation_of_their_own(pool: asyncpg.Pool) -> None:
    channel = await make_channel(pool)
    (first,) = await store(pool, received(channel, "maria@example.org"))
    async with pool.acquire() as connection:
        (second,) = await ingest(connection, [(received(channel, "mallory@example.org"), first.conversation_id)])
        (third,) = await ingest(connection, [(received(channel, "maria@example.org"), first.conversation_id)])
    assert second.conversation_id != first.conversation_id == third.conversation_id


async def test_somebody_in_copy_may_answer_and_sees_it_on_their_own_timeline(pool: asyncpg.Pool) -> None:
    channel = await make_channel(pool)
    await store(pool, received(channel, "maria@example.org", reference="<a@x>", participants=("joe@example.org",)))
    (answer,) = await store(pool, received(channel, "joe@example.org", replies_to=("<a@x>",)))
    owners = await pool.fetch(
        """select i.address from entry e join identity i on i.id = e.identity_id where e.id = $1 union all
           select i.address from entry_also a join identity i on i.id = a.identity_id where a.entry_id = $1""",
        answer.entry_id,
    )
    assert [row["address"] for row in owners] == ["maria@example.org", "joe@example.org"]


async def test_messages_without_any_id_are_never_joined(pool: asyncpg.Pool) -> None:
    channel = await make_channel(pool)
    stored = await store(pool, received(channel, "a@example.org"), received(channel, "b@example.org"))
    assert len({one.conversation_id for one in stored}) == 2
    assert await pool.fetchval("select count(*) from message_reference") == 0


async def test_the_same_id_with_another_text_is_kept_and_with_the_same_text_is_a_copy(pool: asyncpg.Pool) -> None:
    support, sales = await make_channel(pool, "Support"), await make_channel(pool, "Sales")
    (first,) = await store(pool, received(support, reference="<a@x>", text="one"))
    (other,) = await store(pool, received(support, reference="<a@x>", text="two"))
    (copy,) = await store(pool, received(sales, reference="<a@x>", text="one"))
    assert (other.outcome, copy.outcome, copy.entry_id) == ("stored", "copy", first.entry_id)
    assert await pool.fetchval("select count(*) from entry") == 2
    assert await pool.fetch("select state from raw order by id") == [("stored",), ("stored",), ("ignored",)]


async def test_a_channel_without_threads_keeps_one_open_conversation_for_each_address(pool: asyncpg.Pool) -> None:
    channel = await make_channel(pool)
    texts = [received(channel, "maria@example.org", threads=False) for _ in range(3)]
    stored = await store(pool, *texts, received(channel, "joe@example.org", threads=False))
    later = await store(pool, received(channel, "maria@example.org", threads=False))
    assert len({one.conversation_id for one in stored}) == 2
    assert later[0].conversation_id == stored[0].conversation_id
    await pool.execute("update conversation set state = 'resolved'")
    (again,) = await store(pool, received(channel, "maria@example.org", threads=False))
    assert again.conversation_id not in {one.conversation_id for one in stored}


async def test_an_answer_to_a_resolved_conversation_opens_it_and_an_automatic_one_does_not(pool: asyncpg.Pool) -> None:
    channel = await make_channel(pool)
    (first,) = await store(pool, received(channel, reference="<a@x>"))
    await pool.execute("update conversation set state = 'resolved', waiting_since = null, resolved_at = now()")
    await store(pool, received(channel, replies_to=("<a@x>",), automatic="auto"))
    query = "select state, waiting_since is null as calm from conversation where id = $1"
    assert await pool.fetchrow(query, first.conversation_id) == ("resolved", True)
    await store(pool, received(channel, replies_to=("<a@x>",)))
    assert await pool.fetchrow(query, first.conversation_id) == ("open", False)


async def test_quarantined_and_ignored_things_are_in_the_ledger_only(pool: asyncpg.Pool) -> None:
    channel = await make_channel(pool)
    bad = dataclasses.replace(received(channel), understood=Understood("quarantined", "broken"))
    skipped = dataclasses.replace(received(channel), understood=Understood("ignored", "our own"))
    assert [one.outcome for one in await store(pool, bad, skipped)] == ["quarantined", "ignored"]
    assert await pool.fetch("select state, reason from raw order by id") == [
        ("quarantined", "broken"),
        ("ignored", "our own"),
    ]
    assert await pool.fetchval("select count(*) from entry") == 0


async def test_attachments_are_rows_of_one_blob(pool: asyncpg.Pool) -> None:
    channel = await make_channel(pool)
    file = File("a.txt", "text/plain", b"text", b"\x01" * 32)
    (one,) = await store(pool, received(channel, files=(file, dataclasses.replace(file, filename="b.txt"))))
    rows = await pool.fetch("select position, filename from attachment where entry_id = $1 order by 1", one.entry_id)
    assert rows == [(0, "a.txt"), (1, "b.txt")]
    assert await pool.fetchval("select count(*) from blob") == 1


async def test_a_writer_stores_everything_once_in_gapless_order_however_much_arrives_at_once(
    pool: asyncpg.Pool,
) -> None:
    channel = await make_channel(pool)
    writer = BatchWriter(pool, lambda: None)
    chain = [
        received(channel, reference=f"<{number}@x>", replies_to=(f"<{number - 1}@x>",) if number else ())
        for number in range(40)
    ]
    others = [received(channel, f"customer{number}@example.org", threads=False) for number in range(60)] * 2
    await asyncio.gather(*(writer.store(one, None) for one in [*chain, *others]))
    await writer.close()
    rows = await pool.fetch("select conversation_id, array_agg(seq order by id) as seqs from entry group by 1")
    assert sorted(len(row["seqs"]) for row in rows) == [1] * 60 + [40]
    assert all(row["seqs"] == list(range(1, len(row["seqs"]) + 1)) for row in rows)


async def test_a_message_the_database_refuses_is_quarantined_and_its_neighbours_are_stored(pool: asyncpg.Pool) -> None:
    channel = await make_channel(pool)
    writer = BatchWriter(pool, lambda: None)
    poison = received(channel, text="NUL \x00 byte")
    surrogate = received(channel, text="\ud800")
    good = [received(channel, f"c{number}@example.org") for number in range(5)]
    results = await asyncio.gather(*(writer.store(one, None) for one in [*good[:2], poison, *good[2:], surrogate]))
    await writer.close()
    assert [one.outcome for one in results].count("stored") == 5
    assert (results[2].outcome, results[-1].outcome) == ("quarantined", "quarantined")


async def test_an_answer_within_the_same_whole_second_comes_after_what_it_answers(pool: asyncpg.Pool) -> None:
    channel = await make_channel(pool)
    (first,) = await store(pool, received(channel, reference="<a@x>"))
    await pool.execute("update entry set occurred_at = occurred_at + interval '0.9 s'")
    await pool.execute("update conversation set last_entry_at = last_entry_at + interval '0.9 s'")
    await store(pool, received(channel, replies_to=("<a@x>",)))
    order = await pool.fetch("select id from entry order by occurred_at")
    assert order[0]["id"] == first.entry_id
    earlier = received(channel, replies_to=("<a@x>",), minutes=-5)
    (late,) = await store(pool, earlier)
    order = await pool.fetch("select id from entry order by occurred_at")
    assert order[0]["id"] == late.entry_id  # what was truly earlier keeps its place
