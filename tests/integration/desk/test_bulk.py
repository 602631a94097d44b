"""A change of many conversations: once each, whatever happens to the worker; taken back one by one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import text

from hub.bulk import actions, job
from hub.bulk.job import BulkWorker
from hub.bulk.model import BULK, Bulk
from hub.bulk.store import get_bulk
from hub.db.engine import Database
from hub.desk import triage
from hub.desk.change import Change
from hub.events.outbox import Outbox
from hub.jobs.worker import Worker
from tests.integration.timeline_data import agent, say, talk


async def conversations(outbox: Outbox, number: int) -> list[int]:
    made = [await talk(outbox) for _ in range(number)]
    for where in made:
        await say(outbox, where, "Where is it?")
    return [where.conversation.id for where in made]


async def begun(outbox: Outbox, ids: list[int], change: Change) -> Bulk:
    async with outbox.transaction() as tx:
        return await actions.start(tx, await agent(tx), ids, change)


@asynccontextmanager
async def working(database: Database, outbox: Outbox, number: int = 1) -> AsyncIterator[None]:
    workers = [Worker(database, {BULK: BulkWorker(outbox).handle}, lease_seconds=30) for _ in range(number)]
    tasks = [asyncio.create_task(one.run()) for one in workers]
    try:
        yield
    finally:
        for one in workers:
            await one.close(10)
        await asyncio.gather(*tasks)


async def reached(database: Database, bulk: Bulk, state: str) -> Bulk:
    async with asyncio.timeout(60):
        while True:
            async with database.engine.connect() as connection:
                now = await get_bulk(connection, bulk.id)
            assert now is not None
            if now.state == state:
                return now
            await asyncio.sleep(0.05)


async def events(database: Database, ids: list[int], type_: str) -> list[int]:
    """How many of these events each conversation has."""
    async with database.engine.connect() as connection:
        rows = await connection.execute(
            text(
                "select count(e.id) from unnest(cast(:ids as bigint[])) c (id) left join entry e "
                "on e.conversation_id = c.id and e.kind = 'event' and e.data ->> 'type' = :type group by c.id"
            ),
            {"ids": ids, "type": type_},
        )
        return list(rows.scalars())


async def test_each_conversation_is_changed_once_however_many_workers_there_are(
    database: Database, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job, "PORTION", 4)
    ids = await conversations(outbox, 18)
    bulk = await begun(outbox, ids, {"priority": "high"})
    async with working(database, outbox, 3):
        done = await reached(database, bulk, "done")
    assert (done.total, done.done, done.failed) == (18, 18, 0)
    assert await events(database, ids, "priority_set") == [1] * 18


async def test_a_portion_that_broke_off_is_done_again_and_leaves_no_trace(
    database: Database, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job, "PORTION", 5)
    ids = await conversations(outbox, 12)
    bulk = await begun(outbox, ids, {"priority": "low", "follow": True})
    whole, broken = triage.follow, [ids[7], ids[7], ids[11]]

    async def breaks(tx: Any, conversation_id: int, *rest: Any) -> None:
        if conversation_id in broken:
            broken.remove(conversation_id)
            raise ConnectionResetError("the machine is gone")
        await whole(tx, conversation_id, *rest)

    monkeypatch.setattr(triage, "follow", breaks)
    async with working(database, outbox):
        done = await reached(database, bulk, "done")
    assert (done.done, done.failed, broken) == (12, 0, [])
    assert await events(database, ids, "priority_set") == [1] * 12


async def test_one_that_still_runs_stops_and_is_taken_back(database: Database, outbox: Outbox) -> None:
    ids = await conversations(outbox, 3)
    bulk = await begun(outbox, ids, {"state": "resolved"})
    async with outbox.transaction() as tx:
        await actions.undo(tx, bulk.id, bulk.agent_id)
    async with working(database, outbox):
        await reached(database, bulk, "undone")
    assert await events(database, ids, "resolved") == [0, 0, 0]


async def test_what_is_taken_back_goes_on_waiting_since_then(database: Database, outbox: Outbox) -> None:
    ids = await conversations(outbox, 2)
    bulk = await begun(outbox, ids, {"state": "resolved"})
    waiting = "select array_agg(waiting_since order by id) from conversation where id = any ($1)"
    before = await database.pool.fetchval(waiting, ids)
    async with working(database, outbox):
        await reached(database, bulk, "done")
        assert await database.pool.fetchval(waiting, ids) == [None, None]
        async with outbox.transaction() as tx:
            await actions.undo(tx, bulk.id, bulk.agent_id)
        await reached(database, bulk, "undone")
    assert await database.pool.fetchval(waiting, ids) == before


async def test_old_ones_are_forgotten(database: Database, outbox: Outbox) -> None:
    bulk = await begun(outbox, await conversations(outbox, 1), {"priority": "low"})
    await database.pool.execute("update bulk_change set created_at = now() - interval '31 days' where id = $1", bulk.id)
    await actions.forget_old(database)
    async with database.engine.connect() as connection:
        assert await get_bulk(connection, bulk.id) is None
