"""What comes in finds its way among joined, cut and side conversations."""

from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import pytest_asyncio

from hub.db.engine import Database, connect
from hub.events.outbox import Hint, Outbox
from hub.inbound.ingest import ingest
from hub.inbound.model import Received, Stored
from hub.timeline import cutting, grouping
from tests.integration.inbound.build import make_channel, received


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


async def store(database: Database, item: Received, token: int | None = None) -> Stored:
    async with database.pool.acquire() as connection:
        (stored,) = await ingest(connection, [(item, token)])
    assert stored.conversation_id is not None
    return stored


async def row(database: Database, conversation_id: int | None) -> asyncpg.Record:
    found = await database.pool.fetchrow("select * from conversation where id = $1", conversation_id)
    assert found is not None
    return found


async def join(outbox: Outbox, into: Stored, other: Stored) -> int:
    assert into.conversation_id is not None
    assert other.conversation_id is not None
    async with outbox.transaction() as tx:
        return await grouping.merge(tx, into.conversation_id, other.conversation_id, None)


async def test_an_answer_to_a_joined_conversation_stays_in_it_and_shows_at_its_leader(
    database: Database, outbox: Outbox
) -> None:
    channel = await make_channel(database.pool)
    leader = await store(database, received(channel, reference="<a@x>"))
    joined = await store(database, received(channel, reference="<b@x>", minutes=1))
    await join(outbox, leader, joined)
    answer = await store(database, received(channel, text="And now?", replies_to=("<b@x>",), minutes=2))
    assert answer.conversation_id == joined.conversation_id
    for conversation_id, entries in ((leader.conversation_id, 2), (joined.conversation_id, 2)):
        found = await row(database, conversation_id)
        assert (found["preview"], found["last_in_id"], found["seq"]) == ("And now?", answer.entry_id, entries)
    events = await database.pool.fetch(
        "select subject_id from event where kind = 'conversation' order by id desc limit 2"
    )
    assert {one["subject_id"] for one in events} == {leader.conversation_id, joined.conversation_id}


async def test_a_resolved_leader_opens_when_a_message_comes_to_what_is_joined(
    database: Database, outbox: Outbox
) -> None:
    channel = await make_channel(database.pool)
    leader = await store(database, received(channel, reference="<a@x>"))
    joined = await store(database, received(channel, reference="<b@x>"))
    await join(outbox, leader, joined)
    await database.pool.execute("update conversation set state = 'resolved' where id = $1", leader.conversation_id)
    await store(database, received(channel, replies_to=("<b@x>",), minutes=1))
    assert (await row(database, leader.conversation_id))["state"] == "open"


async def test_a_chat_goes_on_in_what_is_joined_as_long_as_its_leader_is_open(
    database: Database, outbox: Outbox
) -> None:
    channel = await make_channel(database.pool)
    chat = await store(database, received(channel, threads=False))
    mail = await store(database, received(await make_channel(database.pool), reference="<b@x>"))
    await join(outbox, mail, chat)
    assert (await store(database, received(channel, threads=False, minutes=1))).conversation_id == chat.conversation_id
    await database.pool.execute("update conversation set state = 'resolved' where id = $1", mail.conversation_id)
    anew = await store(database, received(channel, threads=False, minutes=2))
    assert anew.conversation_id not in (chat.conversation_id, mail.conversation_id)


async def test_an_answer_goes_to_the_part_that_holds_its_message_though_its_token_is_older(
    database: Database, outbox: Outbox
) -> None:
    channel = await make_channel(database.pool)
    first = await store(database, received(channel, reference="<a@x>"))
    second = await store(database, received(channel, reference="<b@x>", replies_to=("<a@x>",), minutes=1))
    assert second.entry_id is not None
    async with outbox.transaction() as tx:
        made = await cutting.cut(tx, second.entry_id, None)
    later = received(channel, replies_to=("<b@x>", "<a@x>"), minutes=2)
    assert (await store(database, later, first.conversation_id)).conversation_id == made.into_id
    earlier = received(channel, replies_to=("<a@x>",), minutes=3)
    assert (await store(database, earlier, first.conversation_id)).conversation_id == made.from_id


async def test_an_answer_to_what_was_sent_from_a_mended_part_is_shown_with_the_whole(
    database: Database, outbox: Outbox
) -> None:
    channel = await make_channel(database.pool)
    first = await store(database, received(channel, reference="<a@x>"))
    second = await store(database, received(channel, reference="<b@x>", replies_to=("<a@x>",), minutes=1))
    assert second.entry_id is not None
    async with outbox.transaction() as tx:
        made = await cutting.cut(tx, second.entry_id, None)
    async with outbox.transaction() as tx:
        await cutting.mend(tx, made.id, None)
    late = await store(database, received(channel, text="late", minutes=2), made.into_id)
    assert (await row(database, late.conversation_id))["merged_into_id"] == first.conversation_id
    assert (await row(database, first.conversation_id))["preview"] == "late"


async def test_the_answer_of_a_third_party_stands_on_the_timeline_of_the_customer(
    database: Database, outbox: Outbox
) -> None:
    channel = await make_channel(database.pool)
    main = await store(database, received(channel, "maria@example.org"))
    side = await store(database, received(channel, "carrier@example.org", reference="<s@x>"))
    await database.pool.execute(
        "update conversation set side_of_id = $2 where id = $1", side.conversation_id, main.conversation_id
    )
    answer = await store(database, received(channel, "carrier@example.org", replies_to=("<s@x>",), minutes=1))
    also = await database.pool.fetchval(
        "select i.address from entry_also a join identity i on i.id = a.identity_id where a.entry_id = $1",
        answer.entry_id,
    )
    assert also == "maria@example.org"
    data = await database.pool.fetchval("select data ->> 'side_of' from entry where id = $1", answer.entry_id)
    assert int(data) == main.conversation_id


async def side_of(database: Database, main: Stored, channel: int) -> Stored:
    side = await store(database, received(channel, "carrier@example.org", reference="<s@x>"))
    await database.pool.execute(
        "update conversation set side_of_id = $2 where id = $1", side.conversation_id, main.conversation_id
    )
    return side


async def test_the_answer_of_a_third_party_brings_the_conversation_back(database: Database, outbox: Outbox) -> None:
    channel = await make_channel(database.pool)
    leader = await store(database, received(channel, "maria@example.org", reference="<a@x>"))
    main = await store(database, received(channel, "maria@example.org", reference="<b@x>"))
    await join(outbox, leader, main)
    await side_of(database, main, channel)
    both = [leader.conversation_id, main.conversation_id]
    await database.pool.execute("update conversation set waiting_since = null, snoozed = true where id = $1", both[0])
    await database.pool.execute(
        "update conversation set waiting_since = null, state = 'resolved', resolved_at = now() where id = $1", both[1]
    )
    before = await row(database, leader.conversation_id)
    answer = await store(database, received(channel, "carrier@example.org", replies_to=("<s@x>",), minutes=1))
    for conversation_id in both:
        found = await row(database, conversation_id)
        assert (found["state"], found["snoozed"], found["waiting_since"]) == ("open", False, None)
        assert found["side_answer_id"] == found["last_entry_id"] > (answer.entry_id or 0)
    after = await row(database, leader.conversation_id)
    assert after["last_entry_at"] > before["last_entry_at"]
    assert (after["last_in_id"], after["preview"]) == (before["last_in_id"], before["preview"])
    told = await database.pool.fetchrow("select * from entry where id = $1", after["side_answer_id"])
    assert told is not None
    assert (told["conversation_id"], told["kind"]) == (main.conversation_id, "event")
    assert told["seq"] == (await row(database, main.conversation_id))["seq"]
    events = await database.pool.fetch(
        "select kind, subject_id from event where id > (select max(id) - 5 from event) and conversation_id = any ($1)",
        both,
    )
    assert {(one["kind"], one["subject_id"]) for one in events} == {
        ("entry", told["id"]),
        ("conversation", leader.conversation_id),
        ("conversation", main.conversation_id),
    }


async def test_what_a_machine_of_the_third_party_answers_leaves_the_conversation_in_peace(database: Database) -> None:
    channel = await make_channel(database.pool)
    main = await store(database, received(channel, "maria@example.org"))
    await side_of(database, main, channel)
    before = await row(database, main.conversation_id)
    away = received(channel, "carrier@example.org", replies_to=("<s@x>",), automatic="reply", minutes=1)
    await store(database, away)
    assert dict(await row(database, main.conversation_id)) == dict(before)


async def test_a_part_keeps_the_answer_of_a_third_party_when_it_is_joined_and_parted(
    database: Database, outbox: Outbox
) -> None:
    channel = await make_channel(database.pool)
    leader = await store(database, received(channel, "maria@example.org", reference="<a@x>"))
    main = await store(database, received(channel, "maria@example.org", reference="<b@x>"))
    await side_of(database, main, channel)
    await store(database, received(channel, "carrier@example.org", replies_to=("<s@x>",), minutes=1))
    held = await row(database, main.conversation_id)
    merge_id = await join(outbox, leader, main)
    assert (await row(database, leader.conversation_id))["side_answer_id"] == held["side_answer_id"]
    async with outbox.transaction() as tx:
        await grouping.undo_merge(tx, merge_id, None)
    parted = await row(database, main.conversation_id)
    assert (parted["side_answer_id"], parted["last_entry_at"]) == (held["side_answer_id"], held["last_entry_at"])
    assert (await row(database, leader.conversation_id))["side_answer_id"] == 0
