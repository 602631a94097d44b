"""The database cuts its connections again and again while messages go out: each goes out once, and all end."""

from __future__ import annotations

import asyncio
from pathlib import Path

import asyncpg
import pytest

from hub.db.engine import asyncpg_url
from tests.outbound_world import world

MESSAGES = 40
CUTS = 8
LEASE = 1.5  # what is lost with a connection comes back soon
# Not those that are only being opened: asyncpg then waits for its connect timeout, which is all that would be tested.
_CUT = """
select pg_terminate_backend(pid) from pg_stat_activity
where datname = current_database() and pid <> $1 and state in ('idle', 'active', 'idle in transaction')
"""


async def cut_connections(url: str) -> None:
    connection = await asyncpg.connect(asyncpg_url(url))
    try:
        for _ in range(CUTS):
            await asyncio.sleep(0.15)
            await connection.execute(_CUT, connection.get_server_pid())
    finally:
        await connection.close()


@pytest.mark.parametrize("lookup", ["no", "yes"])
async def test_connections_are_cut_while_sending(fresh_database_url: str, tmp_path: Path, lookup: str) -> None:
    async with world(fresh_database_url, tmp_path, lease_seconds=LEASE) as hub:
        channel = await hub.channel(lookup=lookup)
        entries = [
            await hub.queue_text(channel, await hub.conversation(channel), f"message {number}")
            for number in range(MESSAGES)
        ]
        async with hub.running(lease_seconds=LEASE):
            await cut_connections(fresh_database_url)
            ends = ("sent",) if lookup == "yes" else ("sent", "uncertain")
            states = await hub.settled(*entries, states=ends, seconds=60)
        texts = hub.provider.texts()
        assert len(texts) == len(set(texts))
        for number, state in enumerate(states):
            assert state == "uncertain" or f"message {number}" in texts
