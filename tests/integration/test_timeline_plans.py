"""Every list and look-up uses its index among a million entries: no plan reads a table from end to end.

The hub's own statements are caught on their way to the server and explained there with the same parameters.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.db.engine import Database, connect
from hub.people import matching
from hub.people import store as people
from hub.timeline import pages, store
from hub.timeline.model import Cursor
from hub.timeline.pages import Only
from tests.database import TestServer
from tests.integration.timeline_data import minute
from tests.integration.timeline_scale import Scale, load

pytestmark = pytest.mark.slow
ENTRIES = 1_000_000
BIG = {"entry", "conversation", "customer", "identity", "identity_link", "delivery", "attachment", "entry_also"}
DEEP = Cursor(minute(60 * 24 * 20), 1 << 62)


@dataclass
class World:
    database: Database
    scale: Scale


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def world(database_server: TestServer) -> AsyncIterator[World]:
    url = await database_server.create()
    database = await connect(url)
    async with database.pool.acquire() as connection:
        scale = await load(connection, ENTRIES)
    yield World(database, scale)
    await database.close()
    await database_server.drop(url)


def nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    found = [plan]
    for child in plan.get("Plans", ()):
        found += nodes(child)
    return found


class Explained(Exception):
    """Carries the plan out of the code under test."""

    def __init__(self, plan: dict[str, Any]) -> None:
        super().__init__("explained")
        self.plan = plan


class ExplainingPool:
    """Explains what it is asked to fetch, as a prepared statement that has gone generic."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def fetchrow(self, statement: str, *parameters: object) -> None:
        await self.fetch(statement, *parameters)

    async def fetch(self, statement: str, *parameters: object) -> None:
        await self._connection.execute("set plan_cache_mode = force_generic_plan")
        answer = await self._connection.fetchval("explain (analyze, buffers, format json) " + statement, *parameters)
        raise Explained(answer[0]["Plan"])


class ExplainingConnection:
    """Explains the first statement that it is asked to execute."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def execute(self, statement: Any, parameters: dict[str, object]) -> None:
        plain = getattr(statement, "element", statement)  # within .columns()
        explained = text("explain (analyze, buffers, format json) " + plain.text)
        answer = (await self._connection.execute(explained, parameters)).scalar_one()
        raise Explained((json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"])


async def plan_of(world: World, read: Callable[[Any], Awaitable[object]], *, pool: bool = False) -> dict[str, Any]:
    try:
        if pool:
            async with world.database.pool.acquire() as connection:
                await read(ExplainingPool(connection))
        else:
            async with world.database.engine.connect() as connection:
                await read(ExplainingConnection(connection))
    except Explained as explained:
        return explained.plan
    raise AssertionError("it asked the database nothing")


def check(plan: dict[str, Any], *, pages: int) -> None:
    """No big table is read whole, and few pages of 8 kB are touched."""
    whole = [node["Relation Name"] for node in nodes(plan) if node["Node Type"] in ("Seq Scan", "Parallel Seq Scan")]
    assert not BIG.intersection(whole), json.dumps(plan, indent=1)
    touched = plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
    assert touched <= pages, f"{touched} pages\n{json.dumps(plan, indent=1)}"


@pytest.mark.parametrize("after", [None, DEEP], ids=["first", "deep"])
@pytest.mark.parametrize("which", ["usual", "merged", "large"])
async def test_a_page_of_the_timeline(world: World, which: str, after: Cursor | None) -> None:
    customer_id = {"usual": 5005, "merged": 5010, "large": world.scale.large_id}[which]
    plan = await plan_of(world, lambda pool: pages.timeline_page(pool, customer_id, after, 50), pool=True)
    check(plan, pages=1500)
    assert "entry_timeline" in {node.get("Index Name") for node in nodes(plan)}


class BoundingPool:
    """Answers the short questions that come first, and explains the page itself."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._explaining = ExplainingPool(connection)

    async def fetchrow(self, query: str, *parameters: object) -> Any:
        return await self._connection.fetchrow(query, *parameters)

    async def fetch(self, query: str, *parameters: object) -> list[Any]:
        await self._explaining.fetch(query, *parameters)
        return []


@pytest.mark.parametrize("newer", [False, True], ids=["older", "newer"])
@pytest.mark.parametrize(
    "only",
    [
        Only(channel_id=1, kinds=("note",)),
        Only(kinds=("survey", "call")),
        Only(files=True),
        Only(agent_id=3),
        Only(identity_id=9, kinds=("message",), files=True),
    ],
    ids=str,
)
@pytest.mark.parametrize("which", ["usual", "large"])
async def test_a_page_of_a_narrowed_timeline_is_bounded(world: World, which: str, only: Only, newer: bool) -> None:
    """Also where next to nothing of a hundred thousand entries is wanted."""
    customer_id = 5005 if which == "usual" else world.scale.large_id
    start = DEEP if which == "usual" else Cursor(DEEP.at.replace(year=2020, month=2), 1)
    read = pages.newer_page if newer else pages.timeline_page
    check(await plan_of(world, lambda pool: read(pool, customer_id, start, 50, only), pool=True), pages=1500)
    async with world.database.pool.acquire() as connection:
        with pytest.raises(Explained) as explained:
            await read(BoundingPool(connection), customer_id, start, 50, only)
    check(explained.value.plan, pages=pages.LOOKED_THROUGH + 1500)


async def test_a_conversation_alone_is_read_through_its_own_index(world: World) -> None:
    async with world.database.pool.acquire() as connection:
        identity_id = await connection.fetchval("select identity_id from conversation where id = 700")
        with pytest.raises(Explained) as explained:
            await pages.timeline_page(BoundingPool(connection), identity_id, None, 50, Only(conversation_id=700))
    check(explained.value.plan, pages=1500)


async def test_a_conversation_too_long_to_read_whole_is_bounded_too(world: World) -> None:
    async with world.database.pool.acquire() as connection:
        large = await connection.fetchval("select max(id) from conversation")
        await connection.execute("update conversation set seq = 100000 where id = $1", large)
        with pytest.raises(Explained) as explained:
            await pages.timeline_page(
                BoundingPool(connection), world.scale.large_id, None, 50, Only(conversation_id=large, channel_id=2)
            )
    check(explained.value.plan, pages=pages.LOOKED_THROUGH + 1500)


@pytest.mark.parametrize("which", ["usual", "large"])
async def test_the_last_look_and_a_moment(world: World, which: str) -> None:
    customer_id = 5005 if which == "usual" else world.scale.large_id
    check(await plan_of(world, lambda pool: pages.last_look(pool, customer_id, 7), pool=True), pages=1500)
    check(await plan_of(world, lambda pool: pages.moment_of(pool, 5000), pool=True), pages=100)


@pytest.mark.parametrize(
    "read",
    [
        pytest.param(lambda c: store.get_entries(c, range(5000, 5050)), id="entries by id"),
        pytest.param(lambda c: store.get_conversations(c, range(700, 750)), id="conversations by id"),
        pytest.param(lambda c: store.get_attachment(c, 99), id="an attachment"),
        pytest.param(lambda c: people.get_identities(c, range(100, 150)), id="identities by id"),
        pytest.param(lambda c: people.suppressions_page(c, None, 50), id="suppressions"),
    ],
)
async def test_a_look_up(world: World, read: Callable[[Any], Awaitable[object]]) -> None:
    check(await plan_of(world, read), pages=3000)


@pytest.mark.parametrize(
    "read",
    [
        pytest.param(lambda pool: people.identities_of(pool, range(100, 150)), id="identities of customers"),
        pytest.param(lambda pool: people.get_customer(pool, 100), id="a customer"),
        pytest.param(lambda pool: people.find_customers(pool, "", None, 50), id="newest customers"),
        pytest.param(lambda pool: people.find_customers(pool, "", 900, 50), id="older customers"),
        pytest.param(lambda pool: people.find_customers(pool, "family77", None, 50), id="customers by last name"),
        pytest.param(lambda pool: people.find_customers(pool, "person1999", None, 50), id="customers by address"),
        pytest.param(lambda pool: people.find_customers(pool, "nobodyatall", None, 50), id="no customer"),
        pytest.param(lambda pool: people.get_summaries(pool, range(100, 150)), id="summaries"),
        pytest.param(lambda pool: store.conversation_for(pool, 7, 700), id="a conversation"),
    ],
)
async def test_a_look_up_through_the_pool(world: World, read: Callable[[Any], Awaitable[object]]) -> None:
    check(await plan_of(world, read, pool=True), pages=3000)


@pytest.mark.parametrize("customer_id", [5005, 7 * 500], ids=["by mail", "by phone"])
async def test_suggestions(world: World, customer_id: int) -> None:
    check(await plan_of(world, lambda pool: matching.suggestions(pool, customer_id), pool=True), pages=3000)
