"""Who is whom: exact addresses link by themselves, everything else is an agent's decision that can be taken back."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from random import Random

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.db.engine import Database
from hub.events.feed import Feed
from hub.events.model import ConversationChanged, CustomerChanged, Event
from hub.events.outbox import Outbox
from hub.events.position import Position, head
from hub.people import actions, matching, store
from hub.people.merging import MergeRefused, merge, undo_merge
from hub.people.model import CustomerSummary, Identity, Suppression
from hub.timeline.pages import timeline_page
from tests.database import all_at_once
from tests.integration.timeline_data import Talk, address, agent, channel, say, talk


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def agent_id(outbox: Outbox) -> int:
    async with outbox.transaction() as tx:
        return await agent(tx)


async def person(outbox: Outbox, kind: str = "email", value: str | None = None, name: str = "") -> Identity:
    async with outbox.transaction() as tx:
        return await actions.resolve_identity(tx, address(kind, value, name))


async def merged(outbox: Outbox, into_id: int, from_id: int, agent_id: int | None = None) -> int:
    async with outbox.transaction() as tx:
        return await merge(tx, into_id, from_id, agent_id)


async def unmerged(outbox: Outbox, merge_id: int, agent_id: int | None = None) -> tuple[int, int]:
    async with outbox.transaction() as tx:
        undone = await undo_merge(tx, merge_id, agent_id)
    return undone.into_id, undone.from_id


async def owner(database: Database, identity: Identity) -> int:
    async with database.engine.connect() as connection:
        now = await store.get_identity(connection, identity.id)
    assert now is not None
    return now.customer_id


async def suggested(database: Database, customer_id: int) -> list[tuple[int, str, str]]:
    found = await matching.suggestions(database.pool, customer_id)
    return [(one.customer.id, one.reason, one.detail) for one in found]


async def events_after(database: Database, position: Position) -> list[Event]:
    return [item.event for item in await Feed(database).read(position)]


async def at_head(database: Database) -> Position:
    async with database.engine.connect() as connection:
        return await head(connection)


# Identities


async def test_the_same_address_is_the_same_person_and_a_name_is_learnt_once(
    database: Database, outbox: Outbox
) -> None:
    first = await person(outbox, value="maria@one.test")
    second = await person(outbox, value="maria@one.test", name="Maria")
    third = await person(outbox, value="maria@one.test", name="Somebody Else")
    assert first.id == second.id == third.id
    assert first.customer_id == third.customer_id
    assert (first.name, second.name, third.name) == ("", "Maria", "Maria")


async def test_the_same_value_on_another_kind_of_channel_is_not_linked(outbox: Outbox) -> None:
    sms, chat = await person(outbox, "phone", "+4915112345"), await person(outbox, "whatsapp", "+4915112345")
    assert sms.customer_id != chat.customer_id


async def test_many_meeting_a_new_address_at_once_make_one_customer(database: Database, outbox: Outbox) -> None:
    everybody = await asyncio.gather(*(person(outbox, value="rush@one.test") for _ in range(8)))
    assert len({(one.id, one.customer_id) for one in everybody}) == 1
    links = await database.pool.fetchval("select count(*) from identity_link where identity_id = $1", everybody[0].id)
    assert links == 1


async def test_once_verified_an_address_stays_verified(outbox: Outbox) -> None:
    who = address()
    async with outbox.transaction() as tx:
        assert not (await actions.resolve_identity(tx, who)).verified
        assert (await actions.resolve_identity(tx, who, verified=True)).verified
        assert (await actions.resolve_identity(tx, who)).verified


# Merging


async def test_a_merge_shows_one_customer_and_its_undo_two_again(
    database: Database, outbox: Outbox, agent_id: int
) -> None:
    ours, theirs = await person(outbox), await person(outbox)
    merge_id = await merged(outbox, ours.customer_id, theirs.customer_id, agent_id)
    whole = await store.get_customer(database.pool, ours.customer_id)
    gone = await store.get_customer(database.pool, theirs.customer_id)
    assert whole is not None
    assert gone is not None
    assert {identity.id for identity in whole.identities} == {ours.id, theirs.id}
    assert (gone.identities, gone.merged_into) == ((), ours.customer_id)
    assert [(one.id, one.from_id, one.agent_id, one.undoable) for one in whole.merges] == [
        (merge_id, theirs.customer_id, agent_id, True)
    ]
    assert await unmerged(outbox, merge_id) == (ours.customer_id, theirs.customer_id)
    again = await store.get_customer(database.pool, theirs.customer_id)
    assert again is not None
    assert again.identities == (theirs,)
    assert again.merged_into is None
    assert [one.undoable for one in again.merges] == [False]
    assert again.version > gone.version


async def test_a_merge_tells_both_customers_and_their_conversations(database: Database, outbox: Outbox) -> None:
    ours, theirs = await talk(outbox), await talk(outbox)
    position = await at_head(database)
    await merged(outbox, ours.identity.customer_id, theirs.identity.customer_id)
    assert set(await events_after(database, position)) == {
        CustomerChanged(ours.identity.customer_id),
        CustomerChanged(theirs.identity.customer_id),
        ConversationChanged(theirs.conversation.id),
    }


async def test_nested_merges_come_apart_in_either_order(database: Database, outbox: Outbox) -> None:
    for first_undone in (0, 1):
        a, b, c = [await person(outbox) for _ in range(3)]
        merges = [
            await merged(outbox, a.customer_id, b.customer_id),
            await merged(outbox, c.customer_id, a.customer_id),
        ]
        assert {await owner(database, one) for one in (a, b, c)} == {c.customer_id}
        await unmerged(outbox, merges[first_undone])
        expected = [c.customer_id, b.customer_id] if first_undone == 0 else [a.customer_id, a.customer_id]
        assert [await owner(database, one) for one in (a, b)] == expected
        await unmerged(outbox, merges[1 - first_undone])
        assert [await owner(database, one) for one in (a, b, c)] == [one.customer_id for one in (a, b, c)]


async def test_an_undone_part_merged_anew_stays_when_the_older_merge_is_undone(
    database: Database, outbox: Outbox
) -> None:
    a, b, c = [await person(outbox) for _ in range(3)]
    b_into_a = await merged(outbox, a.customer_id, b.customer_id)
    a_into_c = await merged(outbox, c.customer_id, a.customer_id)
    await unmerged(outbox, b_into_a)
    await merged(outbox, c.customer_id, b.customer_id)
    await unmerged(outbox, a_into_c)
    assert [await owner(database, one) for one in (a, b, c)] == [a.customer_id, c.customer_id, c.customer_id]


async def test_what_cannot_be_merged_is_refused_with_a_next_step(outbox: Outbox) -> None:
    a, b, c = [await person(outbox) for _ in range(3)]
    merge_id = await merged(outbox, a.customer_id, b.customer_id)
    with pytest.raises(MergeRefused, match="itself"):
        await merged(outbox, a.customer_id, a.customer_id)
    with pytest.raises(MergeRefused, match=f"merged into {a.customer_id}"):
        await merged(outbox, c.customer_id, b.customer_id)
    with pytest.raises(MergeRefused, match=f"merged into {a.customer_id}"):
        await merged(outbox, b.customer_id, c.customer_id)
    with pytest.raises(actions.UnknownCustomer):
        await merged(outbox, a.customer_id, 1 << 40)
    await unmerged(outbox, merge_id)
    with pytest.raises(MergeRefused, match="already"):
        await unmerged(outbox, merge_id)


async def test_opposite_merges_at_once_leave_one_customer(database: Database, outbox: Outbox) -> None:
    a, b = await person(outbox), await person(outbox)
    results = await asyncio.gather(
        merged(outbox, a.customer_id, b.customer_id),
        merged(outbox, b.customer_id, a.customer_id),
        return_exceptions=True,
    )
    assert sorted(type(result).__name__ for result in results) == ["MergeRefused", "int"]
    assert await owner(database, a) == await owner(database, b)


async def test_merges_and_undos_at_once_leave_every_identity_with_one_customer(
    database: Database, outbox: Outbox
) -> None:
    """Whatever order they took effect in, links and the recorded merges say the same."""
    random = Random(7)
    people = [await person(outbox) for _ in range(8)]
    started: list[int] = []

    async def one() -> None:
        into, from_ = random.sample(people, 2)
        try:
            if started and random.random() < 0.4:
                await unmerged(outbox, random.choice(started))
            else:
                started.append(await merged(outbox, into.customer_id, from_.customer_id))
        except MergeRefused:
            pass

    await all_at_once(one() for _ in range(60))
    ids = [identity.customer_id for identity in people]
    edges = {
        row["from_id"]: row["into_id"]
        for row in await database.pool.fetch(
            "select from_id, into_id from merge where undone_at is null and from_id = any ($1)", ids
        )
    }
    folded = await database.pool.fetch(
        "select id, merged_into from customer where id = any ($1) and merged_into is not null", ids
    )
    assert {row["id"]: row["merged_into"] for row in folded} == edges
    assert edges, "some took effect"
    for identity in people:
        expected = identity.customer_id
        while expected in edges:
            expected = edges[expected]
        assert await owner(database, identity) == expected


@dataclass
class World:
    """What the tables must say: customers as a forest of merges."""

    talks: list[Talk] = field(default_factory=list)
    edges: dict[int, tuple[int, int]] = field(default_factory=dict)  # merge id: from, into
    entries: dict[int, list[int]] = field(default_factory=dict)  # identity id: entry ids

    def root(self, customer_id: int) -> int:
        along = dict(self.edges.values())
        while customer_id in along:
            customer_id = along[customer_id]
        return customer_id


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    steps=st.lists(
        st.one_of(
            st.tuples(st.just("merge"), st.integers(0, 5), st.integers(0, 5)),
            st.tuples(st.just("undo"), st.integers(0, 20), st.just(0)),
            st.tuples(st.just("say"), st.integers(0, 5), st.integers(0, 9)),
        ),
        max_size=25,
    )
)
async def test_any_sequence_of_merges_and_undos(
    database: Database, outbox: Outbox, steps: list[tuple[str, int, int]]
) -> None:
    """Entries never move, each identity has exactly one customer, the timeline is the union of its identities', and
    each undo restores what would be without the merge."""
    world = World()
    for _ in range(6):
        where = await talk(outbox)
        world.talks.append(where)
        world.entries[where.identity.id] = [(await say(outbox, where, "hello")).id]
    undone: list[int] = []
    for step, one, other in steps:
        if step == "say":
            where = world.talks[one]
            world.entries[where.identity.id].append((await say(outbox, where, "more", at=other)).id)
        elif step == "merge":
            into_id, from_id = (world.root(world.talks[which].identity.customer_id) for which in (one, other))
            if into_id == from_id:
                with pytest.raises(MergeRefused):
                    await merged(outbox, into_id, from_id)
            else:
                world.edges[await merged(outbox, into_id, from_id)] = (from_id, into_id)
        elif world.edges:
            merge_id = sorted(world.edges)[one % len(world.edges)]
            left, right = await unmerged(outbox, merge_id)
            del world.edges[merge_id]
            undone.append(merge_id)
            assert {left, right} == {world.root(left), world.root(right)}, "both stand by themselves"
    for merge_id in undone:
        with pytest.raises(MergeRefused):
            await unmerged(outbox, merge_id)
    identities = [where.identity.id for where in world.talks]
    current = await database.pool.fetch(
        "select identity_id, customer_id from identity_link where identity_id = any ($1) and until is null", identities
    )
    assert sorted(map(tuple, current)) == sorted(
        (where.identity.id, world.root(where.identity.customer_id)) for where in world.talks
    )
    overlaps = await database.pool.fetchval(
        """select count(*) from identity_link a join identity_link b using (identity_id)
           where identity_id = any ($1) and a.id < b.id and a.until is distinct from b.since
             and (a.until is null or a.until > b.since)""",
        identities,
    )
    assert overlaps == 0, "one customer at a time, in the past too"
    stored = await database.pool.fetch("select identity_id, id from entry where identity_id = any ($1)", identities)
    assert sorted(map(tuple, stored)) == sorted((i, e) for i, entries in world.entries.items() for e in entries)
    for where in world.talks:
        customer_id = where.identity.customer_id
        page = await timeline_page(database.pool, customer_id, None, 200)
        members = [t.identity.id for t in world.talks if world.root(t.identity.customer_id) == customer_id]
        assert sorted(entry.id for entry in page.items) == sorted(e for i in members for e in world.entries[i])
        keys = [(entry.occurred_at, entry.id) for entry in page.items]
        assert keys == sorted(keys, reverse=True)


# Suggestions


async def test_suggestions_say_why(database: Database, outbox: Outbox) -> None:
    me = await person(outbox, value="jane.roe@home.test", name="Jane Roe")
    number = await person(outbox, "phone", "+4930123456789")
    by_name = await person(outbox, value="other@x.test", name="jane ROE")
    by_local_part = await person(outbox, value="jane.roe@office.test")
    by_note = await person(outbox, value="jr@elsewhere.test")
    by_spelling = await person(outbox, "fax", "030123456789")
    by_address = await person(outbox, "whatsapp", "+4930123456789")
    await person(outbox, value="jane.roebuck@office.test", name="Jane")
    await merged(outbox, me.customer_id, number.customer_id)
    async with outbox.transaction() as tx:
        await actions.patch(tx, me.customer_id, attributes={"second": "JR@elsewhere.test", "since": 2019})
    assert await suggested(database, me.customer_id) == [
        (by_address.customer_id, "same_address", "+4930123456789"),
        (by_spelling.customer_id, "same_phone", "030123456789"),
        (by_note.customer_id, "address_noted", "jr@elsewhere.test"),
        (by_name.customer_id, "same_name", "jane ROE"),
        (by_local_part.customer_id, "same_local_part", "jane.roe"),
    ]
    assert me.customer_id in {other for other, _, _ in await suggested(database, by_name.customer_id)}


async def test_a_dismissed_or_merged_customer_is_not_suggested(
    database: Database, outbox: Outbox, agent_id: int
) -> None:
    me, other = await person(outbox, name="Sam Double"), await person(outbox, name="Sam Double")
    assert [one for one, _, _ in await suggested(database, me.customer_id)] == [other.customer_id]
    async with outbox.transaction() as tx:
        await actions.dismiss_suggestion(tx, me.customer_id, other.customer_id, agent_id)
        await actions.dismiss_suggestion(tx, other.customer_id, me.customer_id, agent_id)
    assert await suggested(database, me.customer_id) == []
    assert await suggested(database, other.customer_id) == []
    third = await person(outbox, name="Sam Double")
    await merged(outbox, me.customer_id, third.customer_id)
    assert await suggested(database, me.customer_id) == []


async def test_what_many_share_suggests_nobody(database: Database, outbox: Outbox) -> None:
    for company in ("one", "two"):
        await person(outbox, value=f"support@{company}-shared.test", name="Anna")
    me = await person(outbox, value="support@three-shared.test", name="Anna")
    assert await suggested(database, me.customer_id) == []


async def test_wildcards_in_an_address_match_only_themselves(database: Database, outbox: Outbox) -> None:
    await person(outbox, value="axbxcxd@wild.test")
    me = await person(outbox, value="a_b%c_d@wild.test")
    assert await suggested(database, me.customer_id) == []


# The rest


async def test_customers_are_found_by_the_beginning_of_a_word_or_an_address(database: Database, outbox: Outbox) -> None:
    found = await person(outbox, value="zoe_q@find.test", name="Zoë van Quux")
    decoy = await person(outbox, value="zoexq@find.test", name="Squuxer")

    async def ids(query: str) -> list[int]:
        return [customer.id for customer in (await store.find_customers(database.pool, query, None, 20)).items]

    for query in ("zoë", "ZOË VAN", "quux", "van  quux", "zoe_q@find.test", "zoe_"):
        assert await ids(query) == [found.customer_id], query
    assert await ids("zoex") == [decoy.customer_id]
    for query in ("%", "oe_q", "\\"):
        assert await ids(query) == [], query
    assert (await ids(" "))[:2] == [decoy.customer_id, found.customer_id], "all, newest first"


@pytest.mark.parametrize("query", ["", "paged"])
async def test_customers_are_found_page_by_page(database: Database, outbox: Outbox, query: str) -> None:
    for number in range(5):
        await person(outbox, value=f"paged{number}{query}@page.test", name="Paged Person")
    whole = await store.find_customers(database.pool, query, None, 10_000)
    items: list[CustomerSummary] = []
    before = None
    while True:
        page = await store.find_customers(database.pool, query, before, 2)
        items += page.items
        if page.next is None:
            break
        before = int(page.next)
    assert tuple(items) == whole.items
    assert len(items) >= 5


async def test_changing_a_customer_tells_it_and_an_unknown_one_is_refused(database: Database, outbox: Outbox) -> None:
    me = await person(outbox)
    position = await at_head(database)
    async with outbox.transaction() as tx:
        await actions.patch(tx, me.customer_id, name="New name")
        await actions.patch(tx, me.customer_id, attributes={"vip": True})
    assert await events_after(database, position) == [CustomerChanged(me.customer_id)]
    customer = await store.get_customer(database.pool, me.customer_id)
    assert customer is not None
    assert (customer.name, customer.attributes, customer.version) == ("New name", {"vip": True}, 3)
    async with outbox.transaction() as tx:
        with pytest.raises(actions.UnknownCustomer):
            await actions.patch(tx, 1 << 40, name="Nobody")


async def test_a_suppression_is_shown_until_it_is_lifted(database: Database, outbox: Outbox) -> None:
    me = await person(outbox)
    async with outbox.transaction() as tx:
        here = await channel(tx)
        for reason in ("hard bounce", "again"):
            await actions.suppress(tx, me.id, channel_id=here, reason=reason)

    async def shown() -> Suppression | None:
        async with database.engine.connect() as connection:
            found = await store.get_identity(connection, me.id)
        assert found is not None
        return found.suppressed

    bounced = await shown()
    assert bounced is not None
    assert (bounced.channel_id, bounced.reason) == (here, "hard bounce")
    async with database.engine.connect() as connection:
        [listed] = await store.suppressions_page(connection, None, 1)
    assert (listed.suppression, listed.identity.id, listed.by) == (bounced, me.id, None)
    assert listed.channel is not None
    assert listed.channel.id == here
    async with outbox.transaction() as tx:
        await actions.suppress(tx, me.id, reason="asked us to stop")
    everywhere = await shown()
    assert everywhere is not None
    assert everywhere.channel_id is None, "what holds everywhere is shown first"
    position = await at_head(database)
    for one in (bounced, everywhere):
        async with outbox.transaction() as tx:
            await actions.lift_suppression(tx, one.id)
    assert await shown() is None
    assert await events_after(database, position) == [CustomerChanged(me.customer_id)] * 2
    async with outbox.transaction() as tx:
        with pytest.raises(actions.UnknownSuppression):
            await actions.lift_suppression(tx, bounced.id)


async def test_a_customer_counts_its_open_conversations(database: Database, outbox: Outbox) -> None:
    where = await talk(outbox)
    await talk(outbox, who=address(value=where.identity.address))
    await database.pool.execute("update conversation set state = 'resolved' where id = $1", where.conversation.id)
    customer = await store.get_customer(database.pool, where.identity.customer_id)
    assert customer is not None
    assert customer.conversations_open == 1
