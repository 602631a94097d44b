"""Whatever is asked, search finds what a plain look at every document finds: no more, no less, newest first.

The steps' bounds are made so small that a corpus of a hundred reaches each of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC

import pytest
import pytest_asyncio
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.db.engine import Database, connect
from hub.events.feed import Feed
from hub.search import find, steps
from hub.search.find import search
from hub.search.follower import Follower
from hub.search.model import EntryFound, Sort
from hub.search.query import parse
from hub.search.words import words
from tests.database import TestServer
from tests.integration.search.corpus import WORDS, World, build, expected

pytestmark = pytest.mark.slow

VALUES = {
    "from": ["me", "maria", "silva", "person1@acme.test", "@shop.test", "ada", "nov", "李小龍"],
    "to": ["maria", "@acme.test", "team@desk.test", "anna"],
    "subject": ["invoice", "größe", '"parcel lost"', "ref"],
    "channel": ["email", "sms", "text", "support"],
    "customer": ["maria", "silva", '"anna schmidt"', "person2"],
    "has": ["attachment", "image", "pdf"],
    "kind": ["message", "note"],
    "before": ["2024-12-01", "2025-01-15"],
    "after": ["2024-12-24", "2025-02-01"],
    "assigned": ["me", "nobody", "bert", "ada"],
    "team": ["billing", "sec"],
    "label": ["vip", '"very late"', "ver"],
    "is": ["open", "snoozed", "resolved"],
}
MINUS = st.sampled_from(["", "", "", "-"])
WORD = st.sampled_from([*WORDS, "par", "ref", "京", "タワー", "GROSSE", "silva", "absent"])
OPERATOR = st.sampled_from(sorted(VALUES)).flatmap(
    lambda name: st.builds(lambda minus, value: f"{minus}{name}:{value}", MINUS, st.sampled_from(VALUES[name]))
)
PHRASE = st.builds(lambda one, other: f'"{one} {other}"', WORD, WORD)
PIECE = st.one_of(st.builds(lambda minus, word: minus + word, MINUS, WORD), PHRASE, OPERATOR)
QUERY = st.builds(
    lambda pieces, end: " ".join(pieces) + end, st.lists(PIECE, min_size=1, max_size=4), st.sampled_from(["", " "])
)


@pytest_asyncio.fixture(scope="module", loop_scope="session", params=[1, 2])
async def searched(
    request: pytest.FixtureRequest, database_server: TestServer
) -> AsyncIterator[tuple[Database, World]]:
    url = await database_server.create()
    database = await connect(url)
    world = await build(database, request.param)
    await Follower(database, Feed(database)).catch_up()
    yield database, world
    await database.close()
    await database_server.drop(url)


@pytest.fixture(params=["as it runs", "tiny steps"])
def _bounds(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "tiny steps":
        for name, value in {
            "FIRST_WALK": 4, "LONG_WALK": 9, "MOST_HITS": 6, "MOST_PROBES": 5, "MOST_PROBES_OF_BEGINNINGS": 3,
            "MOST_LOOKED_AT": 8, "MOST_CONVERSATIONS": 6, "MOST_OF_CONVERSATIONS": 30,
        }.items():  # fmt: skip
            monkeypatch.setattr(steps, name, value)


async def everything(database: Database, query: str, me: int, sort: Sort, limit: int) -> list[EntryFound]:
    """All pages, one after the other."""
    found: list[EntryFound] = []
    after = None
    for _ in range(400):
        page = await search(database.pool, query, me, sort=sort, after=after, limit=limit, zone=UTC)
        entries = [one for one in page.items if isinstance(one, EntryFound)]
        assert len(entries) <= limit
        found += entries
        if page.next is None:
            return found
        assert page.next != after, query
        after = page.next
    raise AssertionError(f"the pages of {query!r} do not end")


@pytest.mark.usefixtures("_bounds")
async def test_search_finds_what_a_plain_look_finds(searched: tuple[Database, World]) -> None:
    database, world = searched
    me = min(world.agents)

    with_hits = 0

    async def check(query: str, limit: int) -> None:
        nonlocal with_hits
        found = await everything(database, query, me, "newest", limit)
        keys = [(one.entry_id, one.attachment[0] if one.attachment else 0) for one in found]
        assert keys == expected(world, parse(query), me), query
        with_hits += bool(keys)

    await run(check)
    assert with_hits >= 10


async def test_the_best_are_the_same_in_another_order(searched: tuple[Database, World]) -> None:
    database, world = searched
    me = min(world.agents)

    async def check(query: str, limit: int) -> None:
        found = await everything(database, query, me, "best", limit)
        keys = [(one.entry_id, one.attachment[0] if one.attachment else 0) for one in found]
        assert sorted(keys) == sorted(expected(world, parse(query), me)), query
        assert len(keys) == len(set(keys))

    await run(check, examples=25)


async def test_the_best_say_among_how_many_they_were_chosen(
    searched: tuple[Database, World], monkeypatch: pytest.MonkeyPatch
) -> None:
    database, world = searched
    me = min(world.agents)
    assert (await search(database.pool, "parcel ", me, sort="best", limit=2)).ranked is None
    monkeypatch.setattr(find, "MOST_RANKED", 3)
    assert (await search(database.pool, "parcel ", me, sort="best", limit=2)).ranked == 3
    assert (await search(database.pool, "parcel ", me, limit=2)).ranked is None


async def test_what_is_marked_is_what_was_asked(searched: tuple[Database, World]) -> None:
    database, world = searched
    me = min(world.agents)

    async def check(query: str, limit: int) -> None:
        asked = parse(query)
        begun = tuple(word for term in asked.terms if not term.negated for word in term.words)
        begun += tuple(form for term in asked.terms for form in term.forms)
        begun += tuple(word for one in asked.operators if one.name == "subject" for word in words(one.value))
        for one in await everything(database, query, me, "newest", limit):
            for piece in (*one.title, *one.snippet):
                assert not piece.hit or all(word.startswith(begun) for word in words(piece.text)), (query, piece)

    await run(check, examples=25)


async def run(check: Callable[[str, int], Awaitable[None]], examples: int = 80) -> None:
    """Hypothesis chooses the queries; each is awaited on the loop of the test."""
    queries: list[tuple[str, int]] = []

    @settings(max_examples=examples, database=None)
    @given(QUERY, st.sampled_from([3, 10, 50]))
    def collect(query: str, limit: int) -> None:
        queries.append((query, limit))

    await asyncio.to_thread(collect)
    for query, limit in queries:
        await check(query, limit)
