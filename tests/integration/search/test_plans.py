"""Every class of word is searched in bounded steps: no plan reads a table or an index from end to end.

The hub's own statements are caught on their way to the server and explained there with the same parameters.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from hub.db.engine import Database, connect
from hub.search import store
from hub.search.model import LAST, Place
from hub.search.query import parse
from hub.search.steps import SETTINGS, Steps
from hub.search.understand import understand
from tests.database import TestServer
from tests.integration.search_scale import WORDS, load

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
ENTRIES = 300_000
BIG = {"entry", "conversation", "customer", "identity", "identity_link", "search_document", "search_customer"}
PAGES = 30_000
"""Of 8 kB, that one search may touch, cached or not; table and index have some 45,000."""
DEEP = Place(datetime(2025, 3, 1, tzinfo=UTC), 1 << 62, 0)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def database(database_server: TestServer) -> AsyncIterator[Database]:
    url = await database_server.create()
    database = await connect(url)
    async with database.pool.acquire() as connection:
        await load(connection, ENTRIES)
    yield database
    await database.close()
    await database_server.drop(url)


@dataclass
class Explaining:
    """Explains what it is asked to fetch, and fetches it."""

    connection: asyncpg.Connection
    plans: list[dict[str, Any]] = field(default_factory=list)

    async def fetch(self, statement: str, *parameters: object) -> list[Any]:
        answer = await self.connection.fetchval("explain (analyze, buffers, format json) " + statement, *parameters)
        self.plans.append(answer[0]["Plan"])
        rows: list[Any] = await self.connection.fetch(statement, *parameters)
        return rows

    async def fetchrow(self, statement: str, *parameters: object) -> Any:
        return (await self.fetch(statement, *parameters) or [None])[0]


def nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [plan, *(node for child in plan.get("Plans", ()) for node in nodes(child))]


async def explained(database: Database, query: str, before: Place = LAST, limit: int = 30) -> list[dict[str, Any]]:
    async with database.pool.acquire() as connection, connection.transaction():
        await connection.execute(SETTINGS)
        conditions, _ = await understand(connection, parse(query), 7, UTC, datetime.now(UTC))
        explaining = Explaining(connection)
        await Steps(explaining, conditions).newest(before, limit)
        return explaining.plans


def check(plans: list[dict[str, Any]]) -> None:
    everything = json.dumps(plans, indent=1)
    for node in (node for plan in plans for node in nodes(plan)):
        whole = node["Node Type"] in ("Seq Scan", "Parallel Seq Scan") and node["Relation Name"] in BIG
        assert not whole, everything
    touched = sum(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] for plan in plans)
    assert touched <= PAGES, f"{touched} pages\n{everything}"


@pytest.mark.parametrize("before", [LAST, DEEP], ids=["first", "deep"])
@pytest.mark.parametrize("word", WORDS.values(), ids=WORDS)
async def test_a_word(database: Database, word: str, before: Place) -> None:
    check(await explained(database, f"{word} ", before))


@pytest.mark.parametrize(
    "query",
    [
        "uncom",
        "byg",
        '"everywhere common"',
        '"common everywhere"',
        "common usual ",
        "bygone uncommon ",
        "-everywhere",
        "common -everywhere ",
        "from:@customers.test usual ",
        "from:person77",
        "customer:family77",
        "customer:maria usual ",
        "subject:order common ",
        "has:attachment",
        "kind:note usual ",
        "channel:email bygone ",
        "is:open",
        "is:open usual ",
        "is:resolved common ",
        "label:vip everywhere ",
        "label:vip common ",
        "label:frequent rare ",
        "-label:frequent bygone ",
        "assigned:me everywhere ",
        "assigned:nobody unique ",
        "before:2025-02-01 bygone ",
        "after:2025-02-01 before:2025-02-03",
    ],
)
async def test_a_query(database: Database, query: str) -> None:
    check(await explained(database, query))


@pytest.mark.parametrize("query", ["common ", "uncommon ", "bygone "])
async def test_the_best_of_many(database: Database, query: str) -> None:
    check(await explained(database, query, limit=500))


async def test_names(database: Database) -> None:
    async with database.pool.acquire() as connection, connection.transaction():
        await connection.execute(SETTINGS)
        explaining = Explaining(connection)
        await store.customers_with(explaining, ["maria"])
        await store.customers_with(explaining, ["family7"])
        await store.alike(explaining, "mraia")
        await store.identities_of(explaining, [1, 2, 3])
        await store.conversations(explaining, 7, range(50))
        await store.entries(explaining, range(50))
        await store.files(explaining, list(range(50)))
    check(explaining.plans)
