"""How long the first page of a timeline takes, beside `SELECT 1` on the same connections in the same run.

    python -m tests.bench.bench_timeline [--entries 1000000] [--rounds 2000]

Aims: p50 at most 3 × SELECT 1, and at most 1.5 × from 10,000 to 1,000,000 entries. "50 rows of a table" is what it
takes to read as many ready-made rows with the columns of an entry alone: no names, deliveries, attachments or order.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import structlog

from hub.db.embedded import embedded_postgres
from hub.db.engine import Database, connect
from hub.timeline.model import Cursor
from hub.timeline.pages import timeline_page
from tests.database import TestServer
from tests.integration.timeline_scale import Scale, load

PAGE = 50
SMALL = 10_000


async def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--entries", type=int, default=1_000_000)
    options.add_argument("--rounds", type=int, default=2000)
    given = options.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with tempfile.TemporaryDirectory() as folder:
        async with embedded_postgres(Path(folder)) as running:
            server = TestServer(running.url)
            await server.prepare()
            print(f"{'newest 50 of a customer among':38} {'p50 ms':>8} {'p99 ms':>8} {'× SELECT 1':>10}")
            first = await measure(server, SMALL, given.rounds)
            second = await measure(server, given.entries, given.rounds)
            print(f"growth of p50 from {SMALL:,} to {given.entries:,} entries: {second / first:.2f} × (aim ≤ 1.5)")


async def measure(server: TestServer, entries: int, rounds: int) -> float:
    """Prints the lines of one size; the p50 of a usual customer, in units of SELECT 1."""
    url = await server.create()
    database = await connect(url)
    try:
        async with database.pool.acquire() as connection:
            scale = await load(connection, entries)
        return await report(database, scale, entries, rounds)
    finally:
        await database.close()


async def report(database: Database, scale: Scale, entries: int, rounds: int) -> float:
    pool = database.pool
    middle = (await timeline_page(pool, scale.large_id, None, 1)).items[0]
    deep = Cursor(middle.occurred_at.replace(year=2020, month=2), 1)

    async def usual() -> object:
        return await timeline_page(pool, random.randint(1, scale.customers), None, PAGE)

    async def large() -> object:
        return await timeline_page(pool, scale.large_id, None, PAGE)

    async def large_and_deep() -> object:
        return await timeline_page(pool, scale.large_id, deep, PAGE)

    async def nothing() -> object:
        return await pool.fetchval("select 1")

    await pool.execute(f"create table ready_made as select * from entry where identity_id = 1 limit {PAGE}")

    async def rows() -> object:
        return await pool.fetch("select * from ready_made")

    times = await interleaved(
        {"SELECT 1": nothing, "rows": rows, "usual": usual, "100k": large, "deep": large_and_deep}, rounds
    )
    unit = statistics.median(times["SELECT 1"])
    for name, label in (
        ("SELECT 1", "SELECT 1"),
        ("rows", f"{PAGE} rows of a table"),
        ("usual", f"{entries:,} entries"),
        ("100k", f"{entries:,}, with 100,000 of their own"),
        ("deep", f"{entries:,}, the same, deep keyset"),
    ):
        p50, p99 = statistics.median(times[name]), statistics.quantiles(times[name], n=100)[98]
        print(f"{label:38} {p50 * 1e3:8.3f} {p99 * 1e3:8.3f} {p50 / unit:10.2f}")
    return statistics.median(times["usual"]) / unit


async def interleaved(tasks: dict[str, Callable[[], Awaitable[object]]], rounds: int) -> dict[str, list[float]]:
    """Seconds of each, one after the other in turn, so that a busy machine slows all of them."""
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for number in range(rounds + rounds // 10):
        for name, task in tasks.items():
            began = time.perf_counter()
            await task()
            if number >= rounds // 10:  # the first are warm-up
                times[name].append(time.perf_counter() - began)
    return times


if __name__ == "__main__":
    asyncio.run(main())
