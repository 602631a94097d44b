"""Conversations joined and cut: nothing is lost or doubled, and undoing gives what there would be without it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from hub.db.engine import Database
from hub.desk.assignment import resolve
from hub.events.outbox import Outbox
from hub.people import merging
from hub.timeline import cutting, grouping
from hub.timeline.actions import append_entry
from hub.timeline.grouping import GroupingRefused
from hub.timeline.model import Conversation, NewEntry
from hub.timeline.store import get_conversation
from tests.integration.timeline_data import Talk, address, minute, say, talk


async def several(outbox: Outbox, number: int = 3) -> list[Talk]:
    """Conversations of one person on one channel."""
    first = await talk(outbox, who=address(), subject="Talk 0")
    who = address(value=first.identity.address)
    more = [await talk(outbox, who=who, channel_id=first.channel_id, subject=f"Talk {n}") for n in range(1, number)]
    return [first, *more]


async def now(outbox: Outbox, conversation_id: int) -> Conversation:
    async with outbox.transaction() as tx:
        found = await get_conversation(tx.connection, conversation_id)
    assert found is not None
    return found


async def join(outbox: Outbox, into: Talk, other: Talk) -> int:
    async with outbox.transaction() as tx:
        return await grouping.merge(tx, into.conversation.id, other.conversation.id, None)


async def part(outbox: Outbox, merge_id: int) -> None:
    async with outbox.transaction() as tx:
        await grouping.undo_merge(tx, merge_id, None)


async def cut(outbox: Outbox, entry_id: int) -> cutting.Cut:
    async with outbox.transaction() as tx:
        return await cutting.cut(tx, entry_id, None)


async def mend(outbox: Outbox, cut_id: int) -> None:
    async with outbox.transaction() as tx:
        await cutting.mend(tx, cut_id, None)


async def words_of(database: Database, conversation_id: int) -> list[str]:
    """What was said in the conversation, in its order."""
    rows = await database.pool.fetch(
        "select text from entry where conversation_id = $1 and kind = 'message' order by seq", conversation_id
    )
    return [row["text"] for row in rows]


def summary(of: Conversation) -> tuple[Any, ...]:
    """What a list shows of it, but the ids."""
    return of.state, of.preview, of.last_direction, of.waiting_since, of.last_entry_at, of.delivery_problem


# Joining


async def test_a_joined_conversation_stands_in_no_list_and_its_leader_shows_its_news(outbox: Outbox) -> None:
    one, other, _ = await several(outbox)
    await say(outbox, one, "first", at=1)
    await say(outbox, one, "answered", at=2, direction="out")
    await join(outbox, one, other)
    came = await say(outbox, other, "news", at=3)
    leader, joined = await now(outbox, one.conversation.id), await now(outbox, other.conversation.id)
    assert (leader.merged_into_id, joined.merged_into_id) == (None, leader.id)
    assert came.conversation_id == joined.id, "nothing is moved"
    assert (leader.preview, leader.last_in_id, leader.waiting_since) == ("news", came.id, came.occurred_at)


async def test_a_message_to_a_joined_conversation_reopens_its_leader(outbox: Outbox) -> None:
    one, other, _ = await several(outbox)
    await join(outbox, one, other)
    async with outbox.transaction() as tx:
        await resolve(tx, one.conversation.id, None)
    await say(outbox, other, "still broken", at=1)
    assert (await now(outbox, one.conversation.id)).state == "open"


async def test_the_leader_of_a_chain_is_its_end_and_undoing_the_middle_parts_it(outbox: Outbox) -> None:
    one, two, three = await several(outbox)
    await join(outbox, two, one)
    await join(outbox, three, two)
    assert (await now(outbox, one.conversation.id)).merged_into_id == three.conversation.id
    async with outbox.transaction() as tx:
        edges = list(
            (await tx.connection.execute(text("select id from conversation_merge order by id desc"))).scalars()
        )
    await part(outbox, edges[0])
    assert (await now(outbox, one.conversation.id)).merged_into_id == two.conversation.id
    assert (await now(outbox, two.conversation.id)).merged_into_id is None


async def test_conversations_of_two_customers_are_not_joined(outbox: Outbox) -> None:
    one, stranger = await talk(outbox), await talk(outbox)
    with pytest.raises(GroupingRefused, match="Merge the customers first"):
        await join(outbox, one, stranger)


async def test_a_conversation_is_joined_once_and_undone_once(outbox: Outbox) -> None:
    one, other, _ = await several(outbox)
    merge_id = await join(outbox, one, other)
    with pytest.raises(GroupingRefused, match="one already"):
        await join(outbox, other, one)
    await part(outbox, merge_id)
    with pytest.raises(GroupingRefused, match="undone already"):
        await part(outbox, merge_id)


async def test_an_open_conversation_opens_the_resolved_one_that_it_is_joined_to_until_that_is_undone(
    outbox: Outbox,
) -> None:
    one, other, _ = await several(outbox)
    async with outbox.transaction() as tx:
        await resolve(tx, one.conversation.id, None)
    merge_id = await join(outbox, one, other)
    assert (await now(outbox, one.conversation.id)).state == "open"
    await part(outbox, merge_id)
    assert (await now(outbox, one.conversation.id)).state == "resolved"


async def test_customers_who_are_parted_again_take_their_conversations_apart(outbox: Outbox) -> None:
    one, other = await talk(outbox), await talk(outbox)
    async with outbox.transaction() as tx:
        customers = await merging.merge(tx, one.identity.customer_id, other.identity.customer_id, None)
    await join(outbox, one, other)
    async with outbox.transaction() as tx:
        await merging.undo_merge(tx, customers, None)
    assert (await now(outbox, other.conversation.id)).merged_into_id is None


# Cutting


async def test_everything_from_an_entry_on_becomes_a_conversation_of_its_own(
    database: Database, outbox: Outbox
) -> None:
    one, *_ = await several(outbox)
    await say(outbox, one, "a", at=1)
    second = await say(outbox, one, "b", at=2)
    await say(outbox, one, "c", at=3)
    made = await cut(outbox, second.id)
    assert await words_of(database, made.from_id) == ["a"]
    assert await words_of(database, made.into_id) == ["b", "c"]
    assert ((await now(outbox, made.from_id)).preview, (await now(outbox, made.into_id)).preview) == ("a", "c")


async def test_mending_a_cut_puts_everything_in_the_place_that_it_would_have(
    database: Database, outbox: Outbox
) -> None:
    one, *_ = await several(outbox)
    await say(outbox, one, "a", at=1)
    second = await say(outbox, one, "b", at=2)
    made = await cut(outbox, second.id)
    await say(outbox, one, "c", at=3)
    async with outbox.transaction() as tx:
        apart = await get_conversation(tx.connection, made.into_id)
    assert apart is not None
    await say(outbox, Talk(one.channel_id, one.identity, apart), "d", at=4)
    await mend(outbox, made.id)
    assert await words_of(database, made.from_id) == ["a", "b", "c", "d"]
    assert (await now(outbox, made.into_id)).merged_into_id == made.from_id


async def test_a_message_that_is_sent_again_after_a_cut_is_the_one_of_then(outbox: Outbox) -> None:
    one, *_ = await several(outbox)
    await say(outbox, one, "a", at=1)
    note = NewEntry(one.conversation.id, "note", "internal", text="b", idempotency_key="once")
    async with outbox.transaction() as tx:
        first = await append_entry(tx, note)
    made = await cut(outbox, first.id)
    async with outbox.transaction() as tx:
        assert (await append_entry(tx, note)).id == first.id
    await mend(outbox, made.id)
    async with outbox.transaction() as tx:
        assert (await append_entry(tx, note)).id == first.id


async def test_a_conversation_is_not_cut_at_its_beginning(outbox: Outbox) -> None:
    one, *_ = await several(outbox)
    first = await say(outbox, one, "a", at=1)
    with pytest.raises(GroupingRefused, match="begins with this entry"):
        await cut(outbox, first.id)


async def test_what_was_joined_since_is_parted_before_its_cut_is_mended(outbox: Outbox) -> None:
    one, other, _ = await several(outbox)
    await say(outbox, one, "a", at=1)
    second = await say(outbox, one, "b", at=2)
    made = await cut(outbox, second.id)
    async with outbox.transaction() as tx:
        merge_id = await grouping.merge(tx, other.conversation.id, made.into_id, None)
    with pytest.raises(GroupingRefused, match="Undo that first"):
        await mend(outbox, made.id)
    await part(outbox, merge_id)
    await mend(outbox, made.id)
    assert (await now(outbox, made.into_id)).merged_into_id == made.from_id


# Any sequence

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("say"), st.integers(0, 9), st.sampled_from(["in", "in", "out"])),
        st.tuples(st.just("join"), st.integers(0, 9), st.integers(0, 9)),
        st.tuples(st.just("part"), st.integers(0, 9), st.none()),
        st.tuples(st.just("cut"), st.integers(0, 99), st.none()),
        st.tuples(st.just("mend"), st.integers(0, 9), st.none()),
        st.tuples(st.just("settle"), st.integers(0, 9), st.none()),
    ),
    max_size=18,
)


@dataclass
class World:
    """Conversations to which things happen, and beside each one to which the same is said and nothing else happens."""

    database: Database
    outbox: Outbox
    talks: list[Talk]
    shadows: list[Talk]
    said: int = 0
    of_entry: dict[int, int] = field(default_factory=dict)
    edges: list[int] = field(default_factory=list)
    cuts: list[cutting.Cut] = field(default_factory=list)
    origin: dict[int, int] = field(default_factory=dict)
    """Of a conversation that was cut off: the number of the one that it came from in the beginning."""

    def number(self, conversation_id: int | None) -> int | None:
        """Which of the conversations it is."""
        return next((n for n, one in enumerate(self.talks) if one.conversation.id == conversation_id), None)

    async def say(self, which: int, direction: str) -> None:
        which %= len(self.talks)
        self.said += 1
        for target in (self.talks[which], self.shadows[self.origin.get(which, which)]):
            entry = await say(self.outbox, target, f"m{self.said}", at=self.said, direction=direction)
            if target is self.talks[which]:
                self.of_entry[self.said] = entry.id

    async def join(self, one: int, other: int) -> None:
        self.edges.append(
            await join(self.outbox, self.talks[one % len(self.talks)], self.talks[other % len(self.talks)])
        )

    async def part(self, which: int) -> None:
        if self.edges:
            await part(self.outbox, self.edges[which % len(self.edges)])

    async def cut(self, which: int) -> None:
        if not self.said:
            return
        entry_id = self.of_entry[1 + which % self.said]
        made = await cut(self.outbox, entry_id)
        self.cuts.append(made)
        source = next(number for number, one in enumerate(self.talks) if one.conversation.id == made.from_id)
        self.origin[len(self.talks)] = self.origin.get(source, source)
        base = self.talks[source]
        self.talks.append(Talk(base.channel_id, base.identity, await now(self.outbox, made.into_id)))

    async def mend(self, which: int) -> None:
        if self.cuts:
            await mend(self.outbox, self.cuts[which % len(self.cuts)].id)

    async def settle(self, which: int) -> None:
        which %= len(self.talks)
        if which in self.origin or (await now(self.outbox, self.talks[which].conversation.id)).merged_into_id:
            return  # nobody can: it stands in no list
        for target in (self.talks[which], self.shadows[which]):
            async with self.outbox.transaction() as tx:
                await resolve(tx, target.conversation.id, None)

    async def do(self, step: tuple[str, int, Any]) -> None:
        name, one, other = step
        try:
            await getattr(self, name)(one, *([] if other is None else [other]))
        except GroupingRefused:
            pass  # what is refused changes nothing, as the checks after it see

    async def check(self) -> None:
        """Every message once; numbers without a gap in the order of the ids; one leader for what hangs together."""
        ids = [one.conversation.id for one in self.talks]
        rows = await self.database.pool.fetch(
            "select id, conversation_id, seq, text, kind from entry where conversation_id = any ($1) order by id", ids
        )
        assert sorted(row["text"] for row in rows if row["kind"] == "message") == sorted(
            f"m{number}" for number in range(1, self.said + 1)
        )
        for conversation_id in ids:
            held = [row["seq"] for row in rows if row["conversation_id"] == conversation_id]
            assert held == list(range(1, len(held) + 1))
            assert (await now(self.outbox, conversation_id)).entry_count == len(held)
        edges: dict[int, int] = {
            row["from_id"]: row["into_id"]
            for row in await self.database.pool.fetch("select * from conversation_edge where from_id = any ($1)", ids)
        }
        for conversation_id in ids:
            end = conversation_id
            while end in edges:
                end = edges[end]
            found = (await now(self.outbox, conversation_id)).merged_into_id
            assert (found or conversation_id) == end


async def world(database: Database, outbox: Outbox) -> World:
    talks, shadows = await several(outbox), await several(outbox)
    await database.pool.execute(
        "update conversation set created_at = $2, last_entry_at = $2 where id = any ($1)",
        [one.conversation.id for one in (*talks, *shadows)],
        minute(0),
    )
    return World(database, outbox, talks, shadows)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS, order=st.randoms(use_true_random=False))
@example(
    steps=[("settle", 1, None), ("join", 1, 0), ("say", 1, "in"), ("cut", 0, None)], order=random.Random(0)
)  # what was cut off comes back after the join that had opened it was undone
@example(
    steps=[("say", 0, "in"), ("say", 0, "in"), ("cut", 1, None), ("settle", 0, None), ("say", 3, "in")],
    order=random.Random(0),
)
async def test_after_any_sequence_everything_undone_is_as_if_nothing_had_happened(
    database: Database, outbox: Outbox, steps: Sequence[tuple[str, int, Any]], order: Any
) -> None:
    it = await world(database, outbox)
    for step in steps:
        await it.do(step)
    await it.check()
    while True:
        left = [("part", n) for n, one in enumerate(it.edges) if await stands(database, "merge", one)]
        left += [("mend", n) for n, one in enumerate(it.cuts) if await stands(database, "cut", one.id)]
        if not left:
            break
        order.shuffle(left)
        for name, one in left:
            await it.do((name, one, None))
    await it.check()
    for talk_, shadow in zip(it.talks, it.shadows, strict=False):
        members = [
            number for number, one in enumerate(it.talks) if it.origin.get(number, number) == it.talks.index(talk_)
        ]
        held = [word for number in members for word in await words_of(database, it.talks[number].conversation.id)]
        assert sorted(held) == sorted(await words_of(database, shadow.conversation.id))
        found = await now(outbox, talk_.conversation.id)
        assert summary(found) == summary(await now(outbox, shadow.conversation.id))


async def stands(database: Database, what: str, id_: int) -> bool:
    return bool(await database.pool.fetchval(f"select undone_at is null from conversation_{what} where id = $1", id_))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS, last=st.sampled_from(["join", "cut"]), one=st.integers(0, 99), other=st.integers(0, 9), after=STEPS)
async def test_undoing_one_step_gives_what_there_would_be_without_it(
    database: Database,
    outbox: Outbox,
    steps: Sequence[tuple[str, int, Any]],
    last: str,
    one: int,
    other: int,
    after: Sequence[tuple[str, int, Any]],
) -> None:
    """Two worlds go the same way, but for one join or cut in the midst of it that is undone at the end."""
    said_after = [step for step in after if step[0] == "say"]
    worlds = [await world(database, outbox) for _ in range(2)]
    for it in worlds:
        for step in steps:
            await it.do(step)
    changed, control = worlds
    known = len(control.talks)
    before = len(changed.edges), len(changed.cuts)
    await changed.do((last, one, other if last == "join" else None))
    for name, which, direction in said_after:
        for it in worlds:
            await it.do((name, which % known, direction))
    if len(changed.edges) > before[0]:
        await changed.part(len(changed.edges) - 1)
    if len(changed.cuts) > before[1]:
        await changed.mend(len(changed.cuts) - 1)
    await changed.check()
    for left, right in zip(changed.talks, control.talks, strict=False):
        found, expected = await now(outbox, left.conversation.id), await now(outbox, right.conversation.id)
        assert changed.number(found.merged_into_id) == control.number(expected.merged_into_id)
        if expected.merged_into_id is None:  # else it stands in no list: what it says is made anew when it is parted
            assert summary(found) == summary(expected)
        assert await words_of(database, found.id) == await words_of(database, expected.id)
