"""A database with agents, teams, labels, channels and fields that conversations can have."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import orjson
import pytest_asyncio

from hub.db.engine import Database, connect
from hub.desk.fields.model import Field
from hub.desk.fields.store import list_fields
from tests.database import TestServer
from tests.filter_oracle import Asker, Facts

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FIELDS: tuple[tuple[str, str, str, list[str]], ...] = (
    ("conversation", "order", "text", []),
    ("conversation", "amount", "number", []),
    ("conversation", "refund", "boolean", []),
    ("conversation", "due", "date", []),
    ("conversation", "reason", "choice", ["Damage", "Delay", "Price"]),
    ("customer", "plan", "choice", ["Free", "Gold"]),
    ("customer", "since", "date", []),
    ("customer", "visits", "number", []),
)
_PRIORITIES = ("urgent", "high", "normal", "low")
_SETUP = """
    insert into agent (email, name, role)
    select 'a' || n || '@desk.test', 'Agent ' || n, 'agent' from generate_series(1, 3) n;
    insert into team (name, archived_at) values ('One', null), ('Two', null), ('Old', now());
    insert into team_member (team_id, agent_id) values (1, 1), (3, 1), (2, 2);
    insert into label (name, tint) select 'Label ' || n, n from generate_series(1, 4) n;
    insert into channel (kind, name) values ('email', 'Mail'), ('chat', 'Chat'), ('chat', 'Shop');
    insert into identity (kind, address) select 'email', 'p' || n || '@customers.test' from generate_series(1, 5) n;
    insert into customer (name) select 'Customer ' || n from generate_series(1, 5) n;
    insert into identity_link (identity_id, customer_id) select n, n from generate_series(1, 5) n;
"""
_INSERT = """
    insert into conversation (channel_id, identity_id, state, snoozed, snoozed_until, assignee_id, team_id, priority,
                              label_ids, follower_ids, fields, delivery_problem, automatic, waiting_since, created_at,
                              last_entry_at, last_in_id, last_entry_id, merged_into_id, seq)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 5, 5,
            case when $17 then (select min(id) from conversation) end, $18)
    returning id
"""


@dataclass
class Shelf:
    """Conversations, and what they are. Who asks is agent 1, in the teams 1 and, archived, 3."""

    database: Database
    fields: list[Field]
    asker: Asker

    async def clear(self) -> None:
        await self.database.pool.execute("delete from conversation_seen; delete from conversation")

    async def add(self, it: Facts, customer: int = 1) -> Facts:
        """Puts it there; what it is, with its id."""
        state = "resolved" if it.state == "resolved" else "open"
        number = await self.database.pool.fetchval(
            _INSERT,
            it.channel,
            customer,
            state,
            it.state == "snoozed",
            NOW + timedelta(hours=1) if it.state == "snoozed" and it.id % 2 else None,
            it.assignee,
            it.team,
            _PRIORITIES.index(it.priority) + 1,
            sorted(it.label),
            sorted(it.followers),
            dict(it.fields),
            it.delivery_problem,
            it.automatic,
            it.waiting_since,
            it.created_at,
            it.last_entry_at,
            it.merged,
            int(it.said),
        )
        if not it.unread:
            await self.database.pool.execute("insert into conversation_seen values ($1, 1, 5)", number)
        kind = {1: "email", 2: "chat", 3: "chat"}[it.channel]
        return replace(it, id=number, channel_kind=kind)

    async def describe(self, customer: int, attributes: object) -> None:
        await self.database.pool.execute("update customer set attributes = $2 where id = $1", customer, attributes)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def shelf(database_server: TestServer) -> AsyncIterator[Shelf]:
    url = await database_server.create()
    database = await connect(url)
    await database.pool.execute(_SETUP)
    for noun, key, type_, choices in FIELDS:
        await database.pool.execute(
            "insert into custom_field (noun, key, label, type, choices) values ($1, $2, $2, $3, $4::text::jsonb)",
            noun,
            key,
            type_,
            orjson.dumps(choices).decode(),
        )
    async with database.engine.connect() as connection:
        fields = await list_fields(connection)
    yield Shelf(database, fields, Asker(1, frozenset({1}), NOW))
    await database.close()
    await database_server.drop(url)
