"""The index follows what happens, catches up with what was there before, and loses nothing to a crash."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import text

from hub.db.blobs import FolderBlobs
from hub.db.engine import Database, connect
from hub.events.feed import Feed
from hub.events.outbox import Hint, Outbox
from hub.failpoints import FailpointError, activate
from hub.people import actions as people
from hub.people import merging
from hub.search.child import Child
from hub.search.files import FileReader
from hub.search.find import search
from hub.search.follower import Follower
from hub.search.model import CustomerFound, EntryFound
from tests.integration.search import specimens
from tests.integration.timeline_data import Talk, address, agent, say, talk

ME = 1


@pytest_asyncio.fixture(loop_scope="session")
async def database(fresh_database_url: str) -> AsyncIterator[Database]:
    database = await connect(fresh_database_url)
    yield database
    await database.close()


@pytest_asyncio.fixture(loop_scope="session")
async def outbox(database: Database) -> AsyncIterator[Outbox]:
    hint = Hint(database)
    yield Outbox(database, hint)
    await hint.close()


@pytest.fixture
def follower(database: Database) -> Follower:
    return Follower(database, Feed(database))


async def entries(database: Database, query: str) -> list[int]:
    page = await search(database.pool, query, ME)
    return [one.entry_id for one in page.items if isinstance(one, EntryFound)]


async def customers(database: Database, query: str) -> list[str]:
    page = await search(database.pool, query, ME)
    return [one.customer.name for one in page.items if isinstance(one, CustomerFound)]


async def attach(database: Database, blobs: FolderBlobs, entry_id: int, name: str, content: bytes) -> int:
    digest = await blobs.put(content)
    insert = "insert into blob (hash, size) values ($1, $2) on conflict do nothing"
    await database.pool.execute(insert, digest, len(content))
    await database.pool.execute("update entry set attachment_count = attachment_count + 1 where id = $1", entry_id)
    made: int = await database.pool.fetchval(
        """insert into attachment (entry_id, blob_hash, filename, content_type, size)
           values ($1, $2, $3, 'application/octet-stream', $4) returning id""",
        entry_id, digest, name, len(content),
    )  # fmt: skip
    return made


async def test_what_is_said_after_the_start_is_found(database: Database, outbox: Outbox, follower: Follower) -> None:
    await follower.catch_up()
    where = await talk(outbox, subject="About cups")
    entry = await say(outbox, where, "The cups are chipped.")
    assert await entries(database, "chipped") == []
    await follower.catch_up()
    assert await entries(database, "chipped") == [entry.id]


async def test_what_was_there_before_search_is_found(database: Database, outbox: Outbox, follower: Follower) -> None:
    where = await talk(outbox)
    said = [await say(outbox, where, f"cup number{n}", at=n) for n in range(5)]
    await database.pool.execute("delete from event")
    await follower.catch_up()
    assert await entries(database, "cup ") == [one.id for one in reversed(said)]
    assert await entries(database, "number3 ") == [said[3].id]


async def test_events_that_were_missed_are_made_up_for(database: Database, outbox: Outbox, follower: Follower) -> None:
    await follower.catch_up()
    where = await talk(outbox)
    entry = await say(outbox, where, "Said while no hub was there.")
    # a day later: pruned
    await database.pool.execute("update installation set event_horizon = pg_current_xact_id()")
    await database.pool.execute("delete from event")
    await follower.catch_up()
    assert await entries(database, '"no hub"') == [entry.id]


async def test_a_crash_between_index_and_progress_repeats_and_loses_nothing(
    database: Database, outbox: Outbox, follower: Follower
) -> None:
    await follower.catch_up()
    where = await talk(outbox)
    entry = await say(outbox, where, "Said before the crash.")
    activate("search.indexed:raise")
    try:
        with pytest.raises(FailpointError):
            await follower.catch_up()
    finally:
        activate("")
    another = await say(outbox, where, "Said after the crash.", at=1)
    await Follower(database, Feed(database)).catch_up()
    assert await entries(database, "crash") == [another.id, entry.id]
    assert await database.pool.fetchval("select count(*) from search_document") == 2


async def test_a_new_name_is_found_and_the_old_one_is_not(
    database: Database, outbox: Outbox, follower: Follower
) -> None:
    where = await talk(outbox, who=address(name="Maria Silva"))
    await say(outbox, where, "Hello")
    await follower.catch_up()
    assert await customers(database, "mari") == ["Maria Silva"]
    async with outbox.transaction() as tx:
        await people.patch(tx, where.identity.customer_id, name="Márta Kovács", attributes=None)
    await follower.catch_up()
    assert await customers(database, "kovacs ") == ["Márta Kovács"]


async def test_a_merged_customer_is_found_as_the_one_it_became(
    database: Database, outbox: Outbox, follower: Follower
) -> None:
    one, other = [await talk(outbox, who=address(name=name)) for name in ("Anna Eins", "Anna Zwei")]
    entry = await say(outbox, other, "Where is it?")
    async with outbox.transaction() as tx:
        by = await agent(tx)
        await merging.merge(tx, one.identity.customer_id, other.identity.customer_id, by)
    await follower.catch_up()
    assert await customers(database, "zwei ") == ["Anna Eins"]
    assert await entries(database, 'customer:"anna eins"') == [entry.id]


async def test_a_name_with_a_slip_is_found(database: Database, outbox: Outbox, follower: Follower) -> None:
    where = await talk(outbox, who=address(name="Oluwaseun Hoffmann"))
    await say(outbox, where, "Hello")
    await follower.catch_up()
    assert await customers(database, "Hofmann ") == ["Oluwaseun Hoffmann"]
    assert (await search(database.pool, "from:Hofmann is:open", ME)).did_you_mean == "from:hoffmann is:open"
    assert (await search(database.pool, "from:oluwaseun Hofman", ME)).did_you_mean == "from:oluwaseun hoffmann"


async def test_the_text_of_files_is_found_once_it_was_read(
    database: Database, outbox: Outbox, follower: Follower, tmp_path: Path
) -> None:
    blobs = FolderBlobs(tmp_path / "blobs")
    where = await talk(outbox)
    first, second = [await say(outbox, where, "See the file.", at=at) for at in (0, 1)]
    contract = specimens.docx("Clause seven applies")
    attached = [await attach(database, blobs, one.id, "contract.docx", contract) for one in (first, second)]
    broken = await attach(database, blobs, second.id, "torn.docx", contract[:100])
    await follower.catch_up()
    assert await entries(database, '"clause seven"') == []
    assert await entries(database, "contract.docx") == [second.id, first.id]
    reader = FileReader(database, blobs, lambda: None)
    while await reader.step():
        pass
    await reader.close()
    await follower.catch_up()
    page = await search(database.pool, '"clause seven" has:document', ME)
    assert [one.attachment for one in page.items if isinstance(one, EntryFound)] == [
        (attached[1], "contract.docx"),
        (attached[0], "contract.docx"),
    ]
    states = await database.pool.fetch("select filename, state from search_file order by 1")
    assert [tuple(one) for one in states] == [("contract.docx", "read"), ("torn.docx", "nothing")]
    assert broken not in attached


async def test_a_file_that_ends_its_reader_is_given_up_and_the_others_are_read(
    database: Database, outbox: Outbox, follower: Follower, tmp_path: Path
) -> None:
    blobs = FolderBlobs(tmp_path / "blobs")
    where = await talk(outbox)
    entry = await say(outbox, where, "See the file.")
    await attach(database, blobs, entry.id, "slow.pdf", specimens.pdf("Never read"))
    await follower.catch_up()
    hurried = FileReader(database, blobs, lambda: None, Child(seconds=0.001))
    assert await hurried.step()
    assert not await hurried.step()
    await hurried.close()
    state, reason = await database.pool.fetchrow("select state, reason from search_file")
    assert state == "failed"
    assert "longer" in reason


async def test_a_lost_file_is_said_and_not_asked_for_again(
    database: Database, outbox: Outbox, follower: Follower, tmp_path: Path
) -> None:
    blobs = FolderBlobs(tmp_path / "blobs")
    where = await talk(outbox)
    entry = await say(outbox, where, "See the file.")
    await attach(database, FolderBlobs(tmp_path / "elsewhere"), entry.id, "a.txt", b"words")
    await follower.catch_up()
    reader = FileReader(database, blobs, lambda: None)
    assert await reader.step()
    assert not await reader.step()
    await reader.close()
    assert await database.pool.fetchval("select reason from search_file") == "missing"


async def test_what_has_not_changed_is_not_written_again(
    database: Database, outbox: Outbox, follower: Follower
) -> None:
    where: Talk = await talk(outbox)
    entry = await say(outbox, where, "The cups are chipped.")
    await follower.catch_up()
    before = await database.pool.fetchval("select xmin::text from search_document")
    async with outbox.transaction() as tx:
        statement = text("insert into event (kind, subject_id, conversation_id) values ('entry', :id, :c)")
        await tx.connection.execute(statement, {"id": entry.id, "c": entry.conversation_id})
    await follower.catch_up()
    assert await database.pool.fetchval("select xmin::text from search_document") == before
