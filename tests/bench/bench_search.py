"""How long a search takes for each class of word, beside `SELECT 1` on the same connections in the same run.

    python -m tests.bench.bench_search [--entries 1000000] [--rounds 150]
    python -m tests.bench.bench_search --ingest    what the index costs those who store messages, and how far it lags

Aims: p50 at most 15 ms, p99 at most 50 ms for every class. Each search is the whole of it: the query understood, the
index asked, 30 conversations and entries loaded, their words marked.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import structlog

from hub.db.embedded import embedded_postgres
from hub.db.engine import Database, connect, create_engine
from hub.db.migrate import migrate
from hub.events.feed import Feed
from hub.search.find import search
from hub.search.follower import Follower
from hub.search.model import Sort
from tests.bench import bench_ingest
from tests.database import TestServer
from tests.integration.search_scale import WORDS, load

MORE = {
    "unfinished": "uncom",
    "two words": "common usual ",
    "phrase": '"everywhere common"',
    "excluded": "common -everywhere ",
    "a customer's": "customer:family77 ",
    "from a domain": "from:@customers.test uncommon ",
    "rare label": "label:vip everywhere ",
    "open ones": "is:open common ",
    "a past month": "before:2025-02-01 bygone ",
}


async def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--entries", type=int, default=1_000_000)
    # 200 are too many: after 50,000 statements the pool replaces the connection whose process is measured.
    options.add_argument("--rounds", type=int, default=150)
    options.add_argument("--ingest", action="store_true")
    given = options.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with tempfile.TemporaryDirectory() as folder:
        async with embedded_postgres(Path(folder)) as running:
            await (ingest(running.url) if given.ingest else searches(running.url, given.entries, given.rounds))


async def searches(url: str, entries: int, rounds: int) -> None:
    server = TestServer(url)
    await server.prepare()
    database = await connect(await server.create(), pool_size=1)  # one server process, whose time is measured
    async with database.pool.acquire() as connection:
        await load(connection, entries)
    print(
        f"30 of {entries:,} messages by {'class of word':18} {'p50 ms':>8} {'p99 ms':>8} {'× SELECT 1':>10}"
        f" {'CPU ms':>8}"
    )
    await report(database, "newest", {name: f"{word} " for name, word in WORDS.items()} | MORE, rounds)
    best = {name: f"{WORDS[name]} " for name in ("absent", "rare", "usual", "everywhere")}
    await report(database, "best", best, max(rounds // 4, 20))
    await database.close()


async def report(database: Database, sort: Sort, queries: dict[str, str], rounds: int) -> None:
    pool = database.pool

    async def nothing() -> object:
        return await pool.fetchval("select 1")

    def asking(query: str) -> Callable[[], Awaitable[object]]:
        return lambda: search(pool, query, 7, sort=sort)

    tasks = {"SELECT 1": nothing} | {name: asking(query) for name, query in queries.items()}
    times, cpu = await measured(tasks, rounds, await pool.fetchval("select pg_backend_pid()"))
    unit = statistics.median(times["SELECT 1"])
    for name, seconds in times.items():
        p50, p99 = statistics.median(seconds), statistics.quantiles(seconds, n=100)[98]
        print(
            f"{sort:>24} {name:18} {p50 * 1e3:8.2f} {p99 * 1e3:8.2f} {p50 / unit:10.1f} {cpu[name] * 1e3:8.2f}",
            flush=True,
        )


async def measured(
    tasks: dict[str, Callable[[], Awaitable[object]]], rounds: int, backend: int
) -> tuple[dict[str, list[float]], dict[str, float]]:
    """Seconds of each, one after the other in turn; and of processor time, the server's and ours, which a busy machine
    does not lengthen as much."""
    times: dict[str, list[float]] = {name: [] for name in tasks}
    cpu = dict.fromkeys(tasks, 0.0)
    served = Path(f"/proc/{backend}/schedstat")

    def used() -> float:
        return time.process_time() + int(served.read_text().split()[0]) / 1e9

    for number in range(rounds + rounds // 10):
        for name, task in tasks.items():
            began, before = time.perf_counter(), used()
            await task()
            if number >= rounds // 10:  # the first are warm-up
                times[name].append(time.perf_counter() - began)
                cpu[name] += (used() - before) / rounds
    return times, cpu


async def ingest(url: str) -> None:
    """Messages stored a second without and with a follower that indexes them, in turn; then how fast it catches up."""
    engine = create_engine(url)
    await migrate(engine)
    await engine.dispose()
    database = await connect(url, pool_size=34)
    async with database.pool.acquire() as connection:
        for statement in bench_ingest.LOAD:
            filled = statement.format(customers=bench_ingest.CUSTOMERS, messages=bench_ingest.MESSAGES)
            await connection.execute(filled, timeout=600)
    bench = bench_ingest.Bench(url, database.pool, bench_ingest.SECONDS)
    follower = Follower(database, Feed(database))
    async with database.pool.acquire() as connection:
        await follower.step(connection)  # it takes its place in the feed; what is there already is left out
        await connection.execute("update search_progress set entries_below = null, customers_below = null")
    await bench.grouped(128)  # warm
    for _ in range(3):
        without, _ = await bench.grouped(128)
        task = asyncio.create_task(follower.run())
        beside, _ = await bench.grouped(128)
        task.cancel()
        await asyncio.wait([task])
        print(f"128 deliveries at once: {without:,.0f}/s alone, {beside:,.0f}/s with the index: {beside / without:.2f}")
    waiting = await database.pool.fetchval(
        "select count(*) from entry e where e.id > $1"
        " and not exists (select from search_document d where d.entry_id = e.id)",
        bench_ingest.MESSAGES,
    )
    began = time.perf_counter()
    await follower.catch_up()
    seconds = time.perf_counter() - began
    print(f"left to index: {waiting:,}, done at {waiting / seconds:,.0f}/s")
    await database.close()


if __name__ == "__main__":
    asyncio.run(main())
