"""One timeline: gapless in a conversation, in order over all channels, page by page."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from hub.db.engine import Database
from hub.desk.views.filter import stored
from hub.desk.views.model import COUNT_LIMIT, Place
from hub.desk.views.pages import conversations_page, counts
from hub.desk.views.store import built_in
from hub.events.feed import Feed
from hub.events.model import ConversationChanged, EntryChanged
from hub.events.outbox import Outbox
from hub.events.position import head
from hub.people.actions import resolve_identity
from hub.people.merging import merge
from hub.timeline import actions, pages, store
from hub.timeline.model import Conversation, Cursor, Entry, NewEntry
from hub.timeline.pages import EVERYTHING, Only
from tests.integration.timeline_data import Talk, address, agent, minute, say, talk


async def everything(database: Database, customer_id: int, limit: int, only: Only = EVERYTHING) -> list[Entry]:
    """The whole timeline, read page by page."""
    items: list[Entry] = []
    after = None
    while True:
        page = await pages.timeline_page(database.pool, customer_id, after, limit, only)
        assert len(page.items) <= limit
        items += page.items
        if page.next is None:
            return items
        after = Cursor.parse(str(page.next))


async def present(database: Database, where: Talk, agent_id: int = 0) -> Conversation:
    found = await store.conversation_for(database.pool, agent_id, where.conversation.id)
    assert found is not None
    return found


async def listed(database: Database, view: str, agent_id: int, limit: int = 2) -> list[int]:
    ids: list[int] = []
    after = None
    while True:
        filter_ = stored(built_in(view).filter)
        page = await conversations_page(database.pool, agent_id, filter_, "activity", after, limit)
        ids += [conversation.id for conversation in page.items]
        if page.next is None:
            return ids
        after = Place.parse(str(page.next), "activity")


async def counted(database: Database, agent_id: int, *views: str) -> list[int | None]:
    return await counts(database.pool, agent_id, [stored(built_in(view).filter) for view in views])


async def upload(database: Database, agent_id: int | None, name: str = "offer.pdf") -> int:
    content_hash = name.encode().ljust(32, b"\0")
    await database.pool.execute("insert into blob (hash, size) values ($1, 9) on conflict do nothing", content_hash)
    made = await database.pool.fetchval(
        """insert into attachment (blob_hash, filename, content_type, size, uploaded_by)
           values ($1, $2, 'application/pdf', 9, $3) returning id""",
        content_hash,
        name,
        agent_id,
    )
    return int(made)


# Reading


async def test_entries_of_all_channels_and_kinds_stand_in_order_of_occurrence(
    database: Database, outbox: Outbox
) -> None:
    mail, call, visit = await talk(outbox), await talk(outbox, kind="voice"), await talk(outbox, kind="desk_visit")
    async with outbox.transaction() as tx:
        await merge(tx, mail.identity.customer_id, call.identity.customer_id, None)
        await merge(tx, mail.identity.customer_id, visit.identity.customer_id, None)
    await say(outbox, visit, "came by", at=3, kind="visit")
    await say(outbox, mail, "a letter", at=1)
    await say(outbox, call, "rang twice", at=2, kind="call")
    await say(outbox, mail, "to ourselves", at=4, kind="note", direction="internal")
    await say(outbox, call, "in the same minute", at=2, kind="voicemail")
    shown = [
        (entry.kind, entry.channel and entry.channel.kind)
        for entry in await everything(database, mail.identity.customer_id, 2)
    ]
    assert shown == [
        ("note", "email"),
        ("visit", "desk_visit"),
        ("voicemail", "voice"),
        ("call", "voice"),
        ("message", "email"),
    ]


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    words=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 4), st.booleans()), min_size=1, max_size=25),
    limit=st.integers(1, 6),
)
async def test_pages_give_every_entry_once_in_order(
    database: Database, outbox: Outbox, words: list[tuple[int, int, bool]], limit: int
) -> None:
    """Also with many entries in one instant, and entries that stand on two identities of one customer."""
    talks = [await talk(outbox) for _ in range(3)]
    for other in talks[1:]:
        async with outbox.transaction() as tx:
            await merge(tx, talks[0].identity.customer_id, other.identity.customer_id, None)
    stranger = await talk(outbox)
    expected: list[tuple[object, int]] = []
    for which, at, also in words:
        async with outbox.transaction() as tx:
            entry = await actions.append_entry(
                tx,
                NewEntry(
                    talks[which].conversation.id,
                    "message",
                    "in",
                    occurred_at=minute(at),
                    also=[talks[0].identity.id, stranger.identity.id] if also else [],
                ),
            )
        expected.append((entry.occurred_at, entry.id))
    customer_id = talks[0].identity.customer_id
    got = [(entry.occurred_at, entry.id) for entry in await everything(database, customer_id, limit)]
    assert got == sorted(expected, reverse=True)
    theirs = await everything(database, stranger.identity.customer_id, limit)
    assert len(theirs) == sum(also for _, _, also in words)


async def test_the_timeline_is_filtered_by_conversation_channel_and_kind(database: Database, outbox: Outbox) -> None:
    first = await talk(outbox)
    second = await talk(outbox, who=address(value=first.identity.address))
    async with outbox.transaction() as tx:
        colleague = await resolve_identity(tx, address())
        await merge(tx, first.identity.customer_id, colleague.customer_id, None)
        entry = await actions.append_entry(
            tx, NewEntry(first.conversation.id, "call", "in", occurred_at=minute(9), also=[colleague.id])
        )
    message = await say(outbox, first, "one")
    other = await say(outbox, second, "two", at=1)
    customer_id = first.identity.customer_id

    async def ids(only: Only = EVERYTHING) -> list[int]:
        return [one.id for one in await everything(database, customer_id, 1, only)]

    assert await ids() == [entry.id, other.id, message.id]
    assert await ids(Only(conversation_id=first.conversation.id)) == [entry.id, message.id]
    assert await ids(Only(channel_id=second.channel_id)) == [other.id]
    assert await ids(Only(kinds=("call",))) == [entry.id]
    assert await ids(Only(kinds=("call", "message"), identity_id=first.identity.id)) == [other.id, message.id]
    narrow = Only(kinds=("message",), conversation_id=first.conversation.id, channel_id=first.channel_id)
    assert await ids(narrow) == [message.id]
    assert await ids(Only(kinds=("survey",))) == []
    assert await ids(Only(files=True)) == []


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    words=st.lists(st.tuples(st.integers(0, 1), st.integers(0, 4), st.sampled_from(["message", "note"])), max_size=20),
    limit=st.integers(2, 5),
    middle=st.integers(-1, 5),
    narrow=st.booleans(),
)
async def test_from_any_moment_both_directions_give_all_entries_once(
    database: Database,
    outbox: Outbox,
    monkeypatch: pytest.MonkeyPatch,
    words: list[tuple[int, int, str]],
    limit: int,
    middle: int,
    narrow: bool,
) -> None:
    """Also where a page may look at three entries only."""
    monkeypatch.setattr(pages, "LOOKED_THROUGH", 3)
    pages._bound_sql.cache_clear()
    talks = [await talk(outbox) for _ in range(2)]
    customer_id = talks[0].identity.customer_id
    async with outbox.transaction() as tx:
        await merge(tx, customer_id, talks[1].identity.customer_id, None)
    said = [await say(outbox, talks[which], "word", at=at, kind=kind) for which, at, kind in words]
    only = Only(kinds=("note",)) if narrow else EVERYTHING
    expected = sorted((one.occurred_at, one.id) for one in said if not narrow or one.kind == "note")

    pool = database.pool
    page = await pages.page_around(pool, customer_id, Cursor(minute(middle), 1), limit, only)
    items = list(page.items)
    older, newer = page.next, page.previous
    while older is not None:
        page = await pages.timeline_page(pool, customer_id, Cursor.parse(str(older)), limit, only)
        items, older = [*items, *page.items], page.next
    while newer is not None:
        page = await pages.newer_page(pool, customer_id, Cursor.parse(str(newer)), limit, only)
        items, newer = [*page.items, *items], page.previous
    pages._bound_sql.cache_clear()
    assert [(one.occurred_at, one.id) for one in reversed(items)] == expected


async def test_an_agent_last_looked_where_they_saw_the_newest_entry(database: Database, outbox: Outbox) -> None:
    first = await talk(outbox)
    second = await talk(outbox)
    customer_id = first.identity.customer_id
    async with outbox.transaction() as tx:
        await merge(tx, customer_id, second.identity.customer_id, None)
        ada, ben = await agent(tx), await agent(tx)
    early = await say(outbox, first, "one", at=1)
    late = await say(outbox, second, "two", at=2)
    await say(outbox, first, "three", at=3)
    for where, entry in ((second, late), (first, early)):
        async with outbox.transaction() as tx:
            await actions.mark_seen(tx, where.conversation.id, ada, entry.id)
    look = await pages.last_look(database.pool, customer_id, ada)
    assert look is not None
    assert (look.entry_id, look.occurred_at) == (late.id, minute(2))
    assert await pages.last_look(database.pool, customer_id, ben) is None


async def test_an_entry_is_the_same_by_the_page_and_by_its_id(database: Database, outbox: Outbox) -> None:
    where = await talk(outbox, who=address(name="Maria"))
    async with outbox.transaction() as tx:
        agent_id = await agent(tx)
    files = [await upload(database, agent_id, name) for name in ("a.pdf", "b.pdf")]
    async with outbox.transaction() as tx:
        sent = await actions.append_entry(
            tx,
            NewEntry(
                where.conversation.id,
                "message",
                "out",
                channel_id=where.channel_id,
                author_agent_id=agent_id,
                subject="Offer",
                text="Here it is",
                full_text="Here it is\n> please",
                html="<p>Here it is",
                recipients=[
                    {"address": where.identity.address, "name": "Maria", "role": "to"},
                    {"address": "b@x.test", "name": "", "role": "cc"},
                ],
                data={"nested": {"list": [1, None, "ä"]}},
                attachment_ids=[files[1], files[0]],
            ),
        )
        await tx.connection.execute(
            text(
                """insert into delivery (entry_id, channel_id, identity_id, address, reference, token)
                   values (:id, :channel_id, :identity_id, 'maria@x.test', 'r', 't')"""
            ),
            {"id": sent.id, "channel_id": where.channel_id, "identity_id": where.identity.id},
        )
        await tx.connection.execute(
            text(
                """insert into delivery_recipient (entry_id, address, state, code)
                   values (:id, 'b@x.test', 'failed', '550')"""
            ),
            {"id": sent.id},
        )
        await actions.touch_entry(tx, sent.id)
    assert [one.filename for one in sent.attachments] == ["b.pdf", "a.pdf"]
    assert sent.attachments[0].blob_hash == b"b.pdf".ljust(32, b"\0")
    assert (sent.author.type, sent.author.name, sent.has_more_text, sent.has_html) == ("agent", "Ada Agent", True, True)
    async with database.engine.connect() as connection:
        stored = await store.get_entry(connection, sent.id)
        body = await store.entry_body(connection, sent.id)
        attachment = await store.get_attachment(connection, files[0])
    [shown] = (await pages.timeline_page(database.pool, where.identity.customer_id, None, 5)).items
    assert shown == stored
    assert shown.delivery is not None
    assert (shown.delivery.state, shown.delivery.recipients[0].code) == ("queued", "550")
    assert shown._replace(delivery=None, version=1) == sent
    assert (body.full_text, body.html) == ("Here it is\n> please", "<p>Here it is")
    assert attachment == (sent.attachments[1], sent.id, agent_id)


async def test_authors_are_the_customer_an_agent_or_the_system(database: Database, outbox: Outbox) -> None:
    where = await talk(outbox, who=address(value="who@wrote.test", name="Maria"))
    await say(outbox, where, "hello")
    await say(outbox, where, "", kind="event", direction="internal", at=1)
    event, message = await everything(database, where.identity.customer_id, 5)
    assert (message.author.type, message.author.name, message.author.address) == ("customer", "Maria", "who@wrote.test")
    assert (event.author.type, event.author.id) == ("system", None)


@pytest.mark.parametrize("junk", ["", "1", "x.1", "1.x", "1.2.3", "9" * 30 + ".1"])
def test_junk_is_not_a_cursor(junk: str) -> None:
    with pytest.raises(ValueError):
        Cursor.parse(junk)


def test_a_cursor_survives_being_text_to_the_microsecond() -> None:
    at = Cursor(minute(3).replace(microsecond=123457), 1 << 50)
    assert Cursor.parse(str(at)) == at


# Writing


async def test_numbers_are_gapless_while_many_write_and_some_fail(database: Database, outbox: Outbox) -> None:
    where = await talk(outbox)

    async def fail() -> None:
        async with outbox.transaction() as tx:
            await actions.append_entry(tx, NewEntry(where.conversation.id, "message", "in"))
            raise ZeroDivisionError

    results = await asyncio.gather(
        *(fail() if number % 3 == 0 else say(outbox, where, "x", at=number) for number in range(30)),
        return_exceptions=True,
    )
    written = [result for result in results if isinstance(result, Entry)]
    assert len(written) == 20
    assert sorted(entry.seq for entry in written) == list(range(1, 21))
    assert [entry.seq for entry in sorted(written, key=lambda entry: entry.id)] == list(range(1, 21))
    conversation = await present(database, where)
    assert conversation.entry_count == 20
    assert conversation.last_entry_id == max(entry.id for entry in written)


async def test_the_same_idempotency_key_at_once_writes_one_entry(database: Database, outbox: Outbox) -> None:
    where = await talk(outbox)

    async def write(key: str) -> Entry:
        async with outbox.transaction() as tx:
            return await actions.append_entry(
                tx, NewEntry(where.conversation.id, "note", "internal", text=key, idempotency_key=key)
            )

    entries = await asyncio.gather(*(write("once") for _ in range(8)))
    assert len({entry.id for entry in entries}) == 1
    assert (await write("twice")).id != entries[0].id
    assert (await present(database, where)).entry_count == 2


async def test_an_entry_tells_itself_and_its_conversation(database: Database, outbox: Outbox) -> None:
    where = await talk(outbox)
    async with database.engine.connect() as connection:
        position = await head(connection)
    entry = await say(outbox, where, "hello")
    told = [item.event for item in await Feed(database).read(position)]
    assert told == [EntryChanged(entry.id, where.conversation.id), ConversationChanged(where.conversation.id)]


async def test_waiting_begins_with_the_oldest_unanswered_message_and_ends_with_an_answer(
    database: Database, outbox: Outbox
) -> None:
    where = await talk(outbox)
    await say(outbox, where, "out of office", at=1, automatic="auto")
    assert (await present(database, where)).waiting_since is None
    await say(outbox, where, "first", at=2)
    await say(outbox, where, "second", at=3)
    await say(outbox, where, "between us", at=4, kind="note", direction="internal")
    assert (await present(database, where)).waiting_since == minute(2)
    await say(outbox, where, "answer", at=5, direction="out")
    conversation = await present(database, where)
    assert (conversation.waiting_since, conversation.last_direction, conversation.preview) == (None, "out", "answer")


async def test_only_a_persons_message_reopens_a_resolved_conversation(database: Database, outbox: Outbox) -> None:
    where = await talk(outbox)
    await database.pool.execute("update conversation set state = 'resolved' where id = $1", where.conversation.id)
    await say(outbox, where, "I am away", automatic="auto")
    assert (await present(database, where)).state == "resolved"
    await say(outbox, where, "not solved", at=1)
    assert (await present(database, where)).state == "open"


async def test_an_event_changes_neither_preview_nor_place(database: Database, outbox: Outbox) -> None:
    where = await talk(outbox)
    await say(outbox, where, "  hello \n\n there ", at=1)
    before = await present(database, where)
    assert before.preview == "hello there"
    await say(outbox, where, "", at=9, kind="event", direction="internal")
    after = await present(database, where)
    assert (after.preview, after.last_entry_at, after.last_direction) == (before.preview, before.last_entry_at, "in")
    assert (after.entry_count, after.version) == (2, before.version + 1)


async def test_unread_is_what_came_after_the_agent_looked(database: Database, outbox: Outbox) -> None:
    where = await talk(outbox)
    async with outbox.transaction() as tx:
        me, colleague = await agent(tx), await agent(tx)
    first, second = await say(outbox, where, "one"), await say(outbox, where, "two", at=1)

    async def see(entry_id: int) -> None:
        async with outbox.transaction() as tx:
            await actions.mark_seen(tx, where.conversation.id, me, entry_id)

    async def unread(agent_id: int) -> bool | None:
        return (await present(database, where, agent_id)).unread

    await see(first.id)
    assert await unread(me)
    await see(second.id)
    await see(first.id)
    assert not await unread(me), "looking back does not make it new"
    assert await unread(colleague)
    async with database.engine.connect() as connection:
        nobody_asks = await store.get_conversation(connection, where.conversation.id)
    assert nobody_asks is not None
    assert nobody_asks.unread is None
    await see(1 << 60)
    await say(outbox, where, "three", at=2)
    assert await unread(me), "what was not there cannot have been seen"


async def test_a_file_goes_onto_one_message_of_who_uploaded_it(database: Database, outbox: Outbox) -> None:
    where = await talk(outbox)
    async with outbox.transaction() as tx:
        me, colleague = await agent(tx), await agent(tx)
    mine, theirs = await upload(database, me), await upload(database, colleague)

    async def attach(*files: int) -> Entry:
        async with outbox.transaction() as tx:
            return await actions.append_entry(
                tx,
                NewEntry(where.conversation.id, "note", "internal", author_agent_id=me, attachment_ids=files),
            )

    for files in ((theirs,), (mine, theirs), (1 << 50,)):
        with pytest.raises(actions.UnknownAttachment):
            await attach(*files)
    assert len((await attach(mine)).attachments) == 1
    assert (await present(database, where)).preview_files == ("offer.pdf",), "there are no words to tell of"
    with pytest.raises(actions.UnknownAttachment):
        await attach(mine)
    assert (await present(database, where)).entry_count == 1, "what was refused left nothing"


async def test_an_unknown_conversation_is_refused(outbox: Outbox) -> None:
    async with outbox.transaction() as tx:
        with pytest.raises(actions.UnknownConversation):
            await actions.append_entry(tx, NewEntry(1 << 50, "note", "internal"))
        with pytest.raises(actions.UnknownConversation):
            await actions.mark_seen(tx, 1 << 50, 1, 1)


async def test_a_delivery_problem_opens_the_conversation_until_it_is_settled(
    database: Database, outbox: Outbox
) -> None:
    where = await talk(outbox)
    await database.pool.execute("update conversation set state = 'resolved' where id = $1", where.conversation.id)
    for problem, state in ((True, "open"), (False, "open")):
        async with outbox.transaction() as tx:
            await actions.set_delivery_problem(tx, where.conversation.id, problem)
        conversation = await present(database, where)
        assert (conversation.delivery_problem, conversation.state) == (problem, state)


# Lists


async def test_views_page_newest_activity_first_and_counts_agree(database: Database, outbox: Outbox) -> None:
    async with outbox.transaction() as tx:
        me, colleague = await agent(tx), await agent(tx)
    await database.pool.execute("update conversation set state = 'resolved'")
    mine, other, free, done, early = [await talk(outbox) for _ in range(5)]
    base = minute(1_000_000).replace(year=2030)
    for number, (where, assignee) in enumerate(((mine, me), (other, colleague), (free, None), (done, me), (early, me))):
        await database.pool.execute(
            "update conversation set last_entry_at = $2, assignee_id = $3, state = $4, seq = 1 where id = $1",
            where.conversation.id,
            base.replace(minute=number % 4),
            assignee,
            "resolved" if where is done else "open",
        )
    ids = [where.conversation.id for where in (free, other, early, mine)]
    assert await listed(database, "open", me) == ids, "in one instant the newer conversation first"
    assert await listed(database, "mine", me) == [early.conversation.id, mine.conversation.id]
    assert await listed(database, "unassigned", me) == [free.conversation.id]
    assert (await listed(database, "resolved", me))[0] == done.conversation.id
    assert await counted(database, me, "open", "mine", "unassigned") == [4, 2, 1]


async def test_counts_stop_at_their_limit(database: Database, outbox: Outbox, monkeypatch: pytest.MonkeyPatch) -> None:
    where = await talk(outbox)
    await database.pool.execute(
        """insert into conversation (channel_id, identity_id)
           select $1, $2 from generate_series(1, $3)""",
        where.channel_id,
        where.identity.id,
        COUNT_LIMIT + 5,
    )
    assert await counted(database, 0, "open", "mine") == [COUNT_LIMIT, 0]


async def test_a_conversation_names_the_present_customer(database: Database, outbox: Outbox) -> None:
    where, other = await talk(outbox), await talk(outbox, who=address(name="Whole"))
    async with outbox.transaction() as tx:
        await merge(tx, other.identity.customer_id, where.identity.customer_id, None)
    conversation = await present(database, where)
    assert (conversation.customer.id, conversation.customer.name) == (other.identity.customer_id, "Whole")
    assert conversation.identity.address == where.identity.address
