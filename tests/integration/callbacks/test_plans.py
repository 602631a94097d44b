"""Years of callbacks slow nobody down: whatever is asked every second, or to show a page, goes by an index."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import TextClause, text

from hub.callbacks import queue_store, store
from tests.integration.callbacks.world import CallbackWorld

NOW = datetime.now(UTC)
NONE = {"queue_id": None, "identities": None, "priority": None, "place": None, "id": None, "limit": 50}
OF_QUEUE = {**NONE, "queue_id": 1}
ASKED: dict[str, tuple[TextClause, dict[str, Any]]] = {
    "next": (store._NEXT, {"now": NOW, "passed": [], "queues": []}),
    "overdue": (store._OVERDUE, {"now": NOW, "limit": 50}),
    "open": (store._OPEN_PAGE, NONE),
    "open of a queue": (store._OPEN_PAGE, OF_QUEUE),
    "ended": (store._ENDED_PAGE, {**NONE, "place": NOW, "id": 7}),
    "ended of a queue": (store._ENDED_PAGE, OF_QUEUE),
    "ended of a customer": (store._ENDED_PAGE, {**NONE, "identities": [5, 6]}),
    "of a number": (store._OPEN_OF, {"queue_id": 1, "number": "+491"}),
    "ahead": (store._AHEAD, {"id": 7, "now": NOW}),
    "counts": (queue_store._COUNTS, {"id": 1}),
    "recent": (queue_store._RECENT, {"id": 1, "since": NOW - timedelta(days=14)}),
}
FILL = """
    insert into callback (queue_id, identity_id, number, language, source, requested_at, time_zone, place,
                          conversation_id, entry_id, manage_hash, state, since, deadline, expires_at, ended_at)
    select 1 + n % 3, n % 50000, '+49' || n, 'en', 'web', now(), 'UTC', now() - n * interval '1 minute', n, n,
           decode(md5(n::text), 'hex'), case when n % 1000 = 0 then 'due' else 'done' end, now(),
           case when n % 1000 = 0 then now() + interval '1 hour' end, now(),
           case when n % 1000 <> 0 then now() - n * interval '1 minute' end
    from generate_series(1, 100000) as n
"""


async def test_no_question_reads_all_callbacks(world: CallbackWorld, subtests: pytest.Subtests) -> None:
    engine = world.phones.hub.database.engine
    async with engine.begin() as connection:
        await connection.execute(text("set local session_replication_role = replica"))
        await connection.execute(text(FILL))
    async with engine.connect() as connection:
        plain = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await plain.execute(text("analyze callback"))
        for name, (statement, values) in ASKED.items():
            with subtests.test(name):
                rows = await plain.execute(text(f"explain {statement.text}"), values)
                plan = "\n".join(rows.scalars())
                assert "Seq Scan on callback " not in plan, plan
