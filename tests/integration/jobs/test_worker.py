"""Jobs run at least once, in order of their key; none runs for ever, none vanishes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import pytest
import pytest_asyncio

from hub.db.engine import Database, connect
from hub.jobs import queue
from hub.jobs.queue import Again, Done, Handler, Job, Lease, Result
from hub.jobs.worker import Worker
from tests.outbound_world import eventually


@pytest_asyncio.fixture
async def database(fresh_database_url: str) -> AsyncIterator[Database]:
    database = await connect(fresh_database_url)
    yield database
    await database.close()


async def add(database: Database, kind: str = "note", key: str = "", **more: Any) -> int | None:
    async with database.engine.begin() as connection:
        return await queue.enqueue(connection, kind, more.pop("payload", {}), key, **more)


async def left(database: Database, state: str = "ready") -> int:
    return int(await database.pool.fetchval("select count(*) from job where state = $1", state))


async def nothing_left(database: Database) -> bool:
    return bool(await database.pool.fetchval("select not exists (select from job)"))


@asynccontextmanager
async def working(database: Database, handlers: Mapping[str, Handler], **options: Any) -> AsyncIterator[Worker]:
    worker = Worker(database, handlers, **options)
    task = asyncio.create_task(worker.run())
    try:
        yield worker
    finally:
        await worker.close(20)
        task.cancel()
        await asyncio.wait([task])


async def test_two_workers_run_each_job_once_and_each_key_in_order(database: Database) -> None:
    ran: list[tuple[str, int]] = []
    at_once: dict[str, int] = {}

    async def note(job: Job, _lease: Lease) -> Result:
        at_once[job.key] = at_once.get(job.key, 0) + 1
        assert at_once[job.key] == 1
        await asyncio.sleep(0.002)
        at_once[job.key] -= 1
        ran.append((job.key, job.payload["number"]))
        return Done()

    expected = [(f"key {number % 7}", number) for number in range(140)]
    for key, number in expected:
        await add(database, key=key, payload={"number": number})
    async with working(database, {"note": note}), working(database, {"note": note}):
        await eventually(lambda: nothing_left(database))
    assert sorted(ran, key=lambda one: one[1]) == expected
    for key in {key for key, _ in expected}:
        assert [number for one, number in ran if one == key] == [number for one, number in expected if one == key]


async def test_a_poison_job_dies_visibly_and_frees_its_key(database: Database) -> None:
    ran: list[str] = []

    async def note(job: Job, _lease: Lease) -> Result:
        if job.payload.get("poison"):
            raise ZeroDivisionError("a secret word: canary-9")
        ran.append(job.key)
        return Done()

    await add(database, key="k", payload={"poison": True}, max_attempts=1)
    await add(database, key="k")
    async with working(database, {"note": note}):
        await eventually(lambda: left(database, "dead"))
        await eventually(lambda: _is(ran, ["k"]))
    async with database.engine.begin() as connection:
        (dead,) = await queue.dead_jobs(connection)
        assert (dead.kind, dead.key, dead.attempts, dead.last_error) == ("note", "k", 1, "ZeroDivisionError")
        assert await queue.revive(connection, dead.id)
        assert not await queue.revive(connection, dead.id)
    assert await left(database) == 1


async def test_a_failing_job_waits_before_it_is_tried_again(database: Database) -> None:
    failed: list[datetime] = []

    async def note(job: Job, _lease: Lease) -> Result:
        failed.append(await database.pool.fetchval("select clock_timestamp()"))
        raise RuntimeError

    await add(database)
    async with working(database, {"note": note}):
        await eventually(lambda: database.pool.fetchval("select last_error <> '' from job"))
    run_at, attempts = await database.pool.fetchrow("select run_at, attempts from job")
    assert run_at > failed[-1]
    assert attempts == len(failed)


async def test_an_expired_lease_returns_the_job_and_fences_its_old_owner(database: Database) -> None:
    await add(database)
    async with database.engine.begin() as connection:
        (lost,) = await queue.claim(connection, "a worker that stops", ["note"], 1, 0.0)
    async with database.engine.begin() as connection:
        assert [state for *_, state in await queue.return_expired(connection)] == ["ready"]
        (taken,) = await queue.claim(connection, "another", ["note"], 1, 60.0)
    assert taken.id == lost.id
    assert taken.lease_token > lost.lease_token
    async with database.engine.begin() as connection:
        assert not await queue.finish(connection, lost)
        assert not await queue.release(connection, lost, 0.0)
        assert not await queue.bury(connection, lost, "")
        assert await queue.renew(connection, [lost], 60.0) == set()
        assert await queue.finish(connection, taken)


async def test_a_job_whose_workers_keep_dying_dies_too(database: Database) -> None:
    await add(database, max_attempts=2)
    states = []
    for _ in range(2):
        async with database.engine.begin() as connection:
            await queue.claim(connection, "a worker that stops", ["note"], 1, 0.0)
        async with database.engine.begin() as connection:
            states += [state for *_, state in await queue.return_expired(connection)]
    assert states == ["ready", "dead"]


async def test_a_long_job_keeps_its_lease(database: Database) -> None:
    ran = 0

    async def note(_job: Job, lease: Lease) -> Result:
        nonlocal ran
        ran += 1
        began = lease.until
        await asyncio.sleep(6.5)
        assert lease.until > began
        return Done()

    await add(database)
    async with (
        working(database, {"note": note}, lease_seconds=6),
        working(database, {"note": note}, lease_seconds=6),
    ):
        await eventually(lambda: nothing_left(database))
    assert ran == 1


async def test_a_dedupe_key_holds_while_the_job_is_open(database: Database) -> None:
    assert await add(database, dedupe_key="d") is not None
    assert await add(database, dedupe_key="d") is None

    async def note(_job: Job, _lease: Lease) -> Result:
        return Done()

    async with working(database, {"note": note}):
        await eventually(lambda: nothing_left(database))
    assert await add(database, dedupe_key="d") is not None


async def test_a_job_that_rolls_back_never_ran(database: Database) -> None:
    class Stop(Exception):
        pass

    try:
        async with database.engine.begin() as connection:
            await queue.enqueue(connection, "note", {})
            raise Stop
    except Stop:
        pass
    assert await nothing_left(database)


async def test_a_job_of_a_channel_runs_only_where_the_channel_runs(database: Database) -> None:
    channel = await database.pool.fetchval("insert into channel (kind, name) values ('test', 'A') returning id")
    ran: list[str] = []
    open_channels: dict[int, int] = {}

    async def note(job: Job, _lease: Lease) -> Result:
        ran.append("bound" if job.channel_id else "free")
        return Done()

    await add(database, channel_id=channel)
    await add(database)
    async with working(database, {"note": note}, channels=lambda: open_channels):
        await eventually(lambda: _is(ran, ["free"]))
        assert await left(database) == 1
        open_channels[channel] = 1
        await eventually(lambda: _is(ran, ["free", "bound"]))


async def test_progress_does_not_use_up_attempts(database: Database) -> None:
    ran = 0

    async def note(_job: Job, _lease: Lease) -> Result:
        nonlocal ran
        ran += 1
        return Again(0.0, "not yet", progress=True) if ran < 10 else Done()

    await add(database, max_attempts=2)
    async with working(database, {"note": note}):
        await eventually(lambda: nothing_left(database))
    assert ran == 10


async def test_closing_gives_a_job_in_hand_its_time_and_no_more(database: Database) -> None:
    began = asyncio.Event()
    ended: list[str] = []

    async def note(job: Job, _lease: Lease) -> Result:
        began.set()
        try:
            await asyncio.sleep(job.payload["seconds"])
            ended.append("done")
        except asyncio.CancelledError:
            ended.append("cancelled")
            raise
        return Done()

    for seconds, grace, how in ((0.3, 20.0, "done"), (60, 0.3, "cancelled")):
        began.clear()
        await add(database, payload={"seconds": seconds})
        worker = Worker(database, {"note": note})
        task = asyncio.create_task(worker.run())
        await began.wait()
        await worker.close(grace)
        await task
        assert ended.pop() == how


async def test_a_job_that_is_claimed_while_the_worker_closes_is_in_hand_too(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim, claimed, go_on = queue.claim, asyncio.Event(), asyncio.Event()
    ended: list[str] = []

    async def slow(*given: Any) -> list[Job]:
        found = await claim(*given)
        claimed.set()
        await go_on.wait()
        return found

    async def note(_job: Job, _lease: Lease) -> Result:
        ended.append("done")
        return Done()

    monkeypatch.setattr(queue, "claim", slow)
    await add(database)
    worker = Worker(database, {"note": note})
    task = asyncio.create_task(worker.run())
    await claimed.wait()
    closing = asyncio.create_task(worker.close(20.0))
    await asyncio.sleep(0)  # it has begun
    go_on.set()
    await closing
    assert ended == ["done"]
    await task


async def _is(found: list[str], expected: list[str]) -> bool:
    return found == expected
