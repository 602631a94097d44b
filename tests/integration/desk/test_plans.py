"""A million conversations: a page of any filter in any order, and any count, reads a bounded part of them by an index.

The hub's own statements are caught on their way to the server and explained there with the same parameters.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest
import pytest_asyncio

from hub.db.engine import Database, connect
from hub.desk.views.filter import stored
from hub.desk.views.model import Place, Sort
from hub.desk.views.pages import BUDGET, conversations_page, counts, ids_of
from hub.desk.views.store import BUILT_IN, built_in
from tests.database import TestServer
from tests.integration.desk.conftest import NOW
from tests.integration.test_timeline_plans import Explained, ExplainingPool, nodes

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
CONVERSATIONS = 1_000_000
ME = 7
BIG = {"conversation", "customer", "identity", "identity_link", "conversation_seen"}
SORTS: tuple[Sort, ...] = ("activity", "waiting", "priority")
_LOAD = """
set local session_replication_role = replica;  -- foreign keys are right by construction
insert into agent (email, name, role)
select 'agent' || n || '@desk.test', 'Agent ' || n, 'agent' from generate_series(1, 20) n;
insert into team (name) select 'Team ' || n from generate_series(1, 10) n;
insert into team_member (team_id, agent_id) select n, 7 from generate_series(1, 3) n;
insert into channel (kind, name)
select (array['email', 'chat', 'sms'])[1 + n % 3], 'Channel ' || n from generate_series(1, 5) n;
insert into customer (name, attributes)
select 'Customer ' || n, jsonb_build_object('plan', (array['Free', 'Gold'])[1 + n % 2])
from generate_series(1, 50000) n;
insert into identity (kind, address) select 'email', 'p' || n || '@customers.test' from generate_series(1, 50000) n;
insert into identity_link (identity_id, customer_id) select n, n from generate_series(1, 50000) n;
-- A third is open: more than anybody looks through. One in ten thousand has the label 2, and nobody the label 9.
insert into conversation (channel_id, identity_id, state, snoozed, assignee_id, team_id, priority, label_ids,
                          follower_ids, fields, waiting_since, last_entry_at, last_in_id, last_entry_id, seq)
select 1 + n % 5, 1 + n % 50000, case when n % 3 = 0 then 'open' else 'resolved' end, n % 300 = 0,
       case when n % 5 <> 0 then 1 + n % 20 end, case when n % 4 <> 0 then 1 + n % 10 end,
       1 + (n * 7) % 4,
       case when n % 10000 = 0 then '{1,2}' when n % 5 < 2 then '{1}' else '{}' end::bigint[],
       case when n % 1000 = 0 then '{7}' else '{}' end::bigint[],
       case when n % 10 = 0 then jsonb_build_object('order', 'A-' || n) else '{}' end,
       case when n % 6 = 0 then timestamptz '2026-11-20' - n * interval '1 minute' end,
       timestamptz '2026-11-20' - n * interval '1 minute', 5, 5, 5
from generate_series(1, {conversations}) n;
insert into conversation_seen (conversation_id, agent_id, entry_id)
select n, 7, 5 from generate_series(1, {conversations}, 2) n;
"""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def million(database_server: TestServer) -> AsyncIterator[Database]:
    url = await database_server.create()
    database = await connect(url)
    async with database.pool.acquire() as connection:
        await connection.execute("set statement_timeout = 0")
        indexes = await connection.fetch(
            "select indexname as name, indexdef as made from pg_indexes "
            "where tablename = 'conversation' and indexname <> 'conversation_pkey'"
        )
        async with connection.transaction():
            await connection.execute("drop index " + ", ".join(one["name"] for one in indexes))
            await connection.execute(_LOAD.replace("{conversations}", str(CONVERSATIONS)), timeout=600)
            for one in indexes:
                await connection.execute(one["made"], timeout=600)
        await connection.execute("vacuum analyze", timeout=600)
        await connection.execute("reset statement_timeout")
    yield database
    await database.close()
    await database_server.drop(url)


class ExplainingPages(ExplainingPool):
    """Explains the page, and answers what is asked before it."""

    async def fetchrow(self, statement: str, *parameters: object) -> Any:
        return await self._connection.fetchrow(statement, *parameters)


async def explained(million: Database, read: Any, pool: type[ExplainingPool] = ExplainingPages) -> dict[str, Any]:
    async with million.pool.acquire() as connection:
        try:
            await read(pool(connection))
        except Explained as found:
            return found.plan
        finally:
            await connection.execute("reset plan_cache_mode")
    raise AssertionError("it asked the database nothing")


def check(plan: dict[str, Any], *, rows: int, pages: int) -> None:
    """No big table is read whole, no more than `rows` are read from one, and few pages of 8 kB are touched."""
    for node in nodes(plan):
        if node.get("Relation Name") in BIG:
            assert node["Node Type"] not in ("Seq Scan", "Parallel Seq Scan"), json.dumps(plan, indent=1)
            read = (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
            assert read <= rows, f"{read} rows of {node['Relation Name']}\n{json.dumps(plan, indent=1)}"
    touched = plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
    assert touched <= pages, f"{touched} pages\n{json.dumps(plan, indent=1)}"


def one(field: str, op: str, value: object) -> dict[str, object]:
    return {"field": field, "op": op, "value": value}


CONDITIONS = {
    "assignee": one("assignee", "is", "me"),
    "nobody": one("assignee", "is", None),
    "team": one("team", "is", "mine"),
    "one team": one("team", "is", 3),
    "frequent label": one("label", "is", 1),
    "rare label": one("label", "is", 2),
    "no such label": one("label", "has", [1, 9]),
    "channel": one("channel", "is", [1, 2]),
    "kind": one("channel_kind", "is", "chat"),
    "priority": one("priority", "is", ["urgent", "high"]),
    "unread": one("unread", "is", True),
    "waiting": one("waiting_minutes", "over", 60),
    "following": one("following", "is", True),
    "problem": one("delivery_problem", "is", True),
    "created": one("created_at", "over", "-1d"),
    "last": one("last_entry_at", "under", "2026-01-01T00:00:00Z"),
    "field": one("conversation.order", "is", "A-70"),
    "part of a field": one("conversation.order", "has", "999999"),
    "customer": one("customer.plan", "is", "Gold"),
    "nobody's plan": one("customer.plan", "is", "Platinum"),
}
STATES = {
    "all": [],
    "open": [one("state", "is", "open")],
    "awake": [one("state", "is", ["open", "snoozed"])],
    "resolved": [one("state", "is", "resolved")],
}
DEEP = Place(2, NOW - timedelta(days=200), 500_000)


@pytest.mark.parametrize("after", [None, DEEP], ids=["first", "deep"])
@pytest.mark.parametrize("view", BUILT_IN)
async def test_a_page_of_a_built_in_view_is_short_work(million: Database, view: str, after: Place | None) -> None:
    filter_ = stored(built_in(view).filter)
    plan = await explained(million, lambda pool: conversations_page(pool, ME, filter_, "activity", after, 50))
    check(plan, rows=2000, pages=5000)


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("state", STATES)
async def test_a_page_of_any_filter_in_any_order_is_bounded(million: Database, state: str, sort: Sort) -> None:
    several = [list(pair) for pair in combinations(CONDITIONS, 2)][:: 7 if sort == "activity" else 19]
    for names in [[], *([name] for name in CONDITIONS), *several]:
        filter_ = stored({"all": [*STATES[state], *(CONDITIONS[name] for name in names)]})
        for after in (None, DEEP):
            plan = await explained(
                million, lambda pool, f=filter_, a=after: conversations_page(pool, ME, f, sort, a, 50)
            )
            check(plan, rows=BUDGET + 50, pages=20 * BUDGET)


@pytest.mark.parametrize("sort", SORTS)
async def test_what_is_frequent_is_found_at_once(million: Database, sort: Sort) -> None:
    for state in STATES.values():
        for name in ("frequent label", "kind", "unread", "customer"):
            filter_ = stored({"all": [*state, CONDITIONS[name]]})
            plan = await explained(million, lambda pool, f=filter_: conversations_page(pool, ME, f, sort, None, 50))
            check(plan, rows=2000, pages=6000)


async def test_a_rare_label_is_looked_up(million: Database) -> None:
    for sort in SORTS:
        for state in STATES.values():
            filter_ = stored({"all": [*state, CONDITIONS["rare label"], CONDITIONS["kind"]]})
            plan = await explained(
                million, lambda pool, f=filter_, s=sort: conversations_page(pool, ME, f, s, None, 50)
            )
            looked_up = "resolved" in str(state) or not state
            check(plan, rows=500 if looked_up else BUDGET + 50, pages=6000 if looked_up else 20 * BUDGET)


@pytest.mark.parametrize("label", ["rare label", "frequent label"])
async def test_whether_a_label_is_rare_is_known_by_its_index(million: Database, label: str) -> None:
    filter_ = stored({"all": [CONDITIONS[label]]})
    plan = await explained(
        million, lambda pool: conversations_page(pool, ME, filter_, "activity", None, 50), ExplainingPool
    )
    check(plan, rows=BUDGET + 50, pages=3 * BUDGET)


async def test_the_counts_of_all_views_are_bounded(million: Database) -> None:
    for condition in CONDITIONS.values():
        filter_ = stored({"all": [*STATES["awake"], condition]})
        plan = await explained(million, lambda pool, f=filter_: counts(pool, ME, [f]), ExplainingPool)
        check(plan, rows=2 * BUDGET + 50, pages=30 * BUDGET)


async def test_a_count_that_would_take_too_long_is_not_given(million: Database) -> None:
    rare = stored({"all": [*STATES["open"], CONDITIONS["field"]]})
    frequent = stored({"all": STATES["open"]})
    assert await counts(million.pool, ME, [rare, frequent]) == [None, 1000]


async def test_a_rare_thing_is_found_however_far_away_it_is(million: Database) -> None:
    """Short pages, each gone on with, until the last conversation was looked at."""
    filter_ = stored({"all": [CONDITIONS["rare label"], one("priority", "is", "urgent")]})
    found: list[int] = []
    after: Place | None = None
    while True:
        page = await conversations_page(million.pool, ME, filter_, "activity", after, 50)
        found += [one.id for one in page.items]
        if page.next is None:
            break
        after = page.next
    everything = await ids_of(million.pool, ME, filter_, 1000)
    assert len(found) > 10
    assert sorted(found) == sorted(everything)
