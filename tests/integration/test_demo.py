"""The demo: real pipeline, clearly marked, and gone by one action."""

from __future__ import annotations

import asyncpg
import pytest

from hub.db.embedded import running_url
from tests.hub_process import HubProcess, until

KEPT = frozenset(
    {"agent", "agent_session", "audit", "event", "idempotency", "installation", "invite", "schema_version"}
)
"""What the demo's removal leaves: the agents, and what they did; idempotency keys end after a day."""

pytestmark = pytest.mark.slow


async def test_the_demo_is_marked_lives_and_is_removed_whole_by_one_action(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with HubProcess(tmp_path_factory.mktemp("demo"), "demo") as hub:
        session = hub.become_administrator()
        assert session["hub"]["demo"]
        until(lambda: len(hub.conversations()) >= 12, "the history is there")
        (maria, cafe) = [
            next(one for one in hub.conversations() if one["subject"] == subject)
            for subject in ("Missing crate in delivery 88213", "Cups for Café Aurora")
        ]
        assert all(one["channel"]["name"] == "Demo mailbox" for one in hub.conversations())
        hub.reply(maria, "Two new cups are on their way.")
        until(lambda: hub.timeline(maria["customer"]["id"])[0]["direction"] == "in", "she answers")
        hub.call("POST", f"/api/customers/{maria['customer']['id']}/merge", {"other_id": cafe["customer"]["id"]})
        hub.call("POST", f"/api/conversations/{maria['id']}/seen", {"entry_id": 1})
        hub.call("DELETE", "/api/demo")
        assert hub.conversations() == []
        assert not hub.call("GET", "/api/session")["hub"]["demo"]
        url = running_url(hub.folder / "data")
        assert url is not None
        connection = await asyncpg.connect(url)
        tables = await connection.fetch("select tablename as name from pg_tables where schemaname = 'public'")
        left = {
            name: count
            for (name,) in tables
            if name not in KEPT and (count := await connection.fetchval(f'select count(*) from "{name}"'))
        }
        await connection.close()
    assert set(left) <= {"blob", "webhook_cursor"}
