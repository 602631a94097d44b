"""Durable ingest beside its limit, measured in the same run on the same tables: `python -m tests.bench.bench_ingest`.

The limit is pgbench calling the same database function with the same kind of rows that it makes up itself: one at a
time, and in sets of fifty. What the hub adds is Python: encoding, waiting, group commit. Read the ratios.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import itertools
import logging
import random
import re
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import structlog

from hub.db.embedded import embedded_postgres
from hub.db.engine import create_engine, create_pool
from hub.db.migrate import migrate
from hub.inbound.batch import BatchWriter
from hub.inbound.ingest import ingest
from hub.inbound.model import Message, Person, Received, Understood
from tests.bench.programs import pgbench

CUSTOMERS = 100_000
MESSAGES = 300_000
RAW = b"x" * 1500
TEXT = "Where is my parcel? It was to come on Monday. " * 5
SECONDS = 6

LOAD = (
    "set session_replication_role = replica",  # no foreign key checks while loading
    "insert into channel (kind, name) values ('test', 'bench')",
    "insert into customer (name) select 'Customer ' || n from generate_series(1, {customers}) n",
    """insert into identity (kind, address, shown, name)
       select 'email', 'c' || n || '@example.org', 'c' || n || '@example.org', 'Customer ' || n
       from generate_series(1, {customers}) n""",
    "insert into identity_link (identity_id, customer_id) select n, n from generate_series(1, {customers}) n",
    """insert into conversation (channel_id, identity_id, subject, seq, last_entry_at)
       select 1, n, 'Parcel', {messages} / {customers}, now() - n * interval '1 minute'
       from generate_series(1, {customers}) n""",
    "insert into participant (conversation_id, identity_id) select n, n from generate_series(1, {customers}) n",
    """insert into raw (channel_id, source_key, content_hash, content, size, received_at, state)
       select 1, 'load ' || n, sha256(('load ' || n)::bytea), convert_to(repeat('x', 1500), 'UTF8'), 1500, now(),
              'stored'
       from generate_series(1, {messages}) n""",
    """insert into entry (conversation_id, identity_id, seq, kind, direction, occurred_at, channel_id, raw_id,
                          author_identity_id, text)
       select c, c, (n - 1) / {customers} + 1, 'message', 'in', now() - n * interval '1 second', 1, n, c,
              repeat('Where is my parcel? It was to come on Monday. ', 5)
       from (select n, (n - 1) % {customers} + 1 as c from generate_series(1, {messages}) n) m""",
    """insert into message_reference (hash, conversation_id, entry_id, own)
       select sha256(('<load' || n || '@example.org>')::bytea), (n - 1) % {customers} + 1, n, true
       from generate_series(1, {messages}) n""",
    "set session_replication_role = origin",
    "vacuum analyze",
    "checkpoint",
)

# The same rows, made up by the server: a customer who exists answers a message that exists.
PGBENCH = """
\\set size {size}
select count(*) from (
    select hub_ingest(
        array_agg(null::bigint), array_agg(1::bigint), array_agg(key), array_agg(sha256(key::bytea)),
        array_agg(convert_to(repeat('x', 1500), 'UTF8')), array_agg(1500::bigint), array_agg('{{}}'::text),
        array_agg(now()), array_agg('stored'::text), array_agg(''::text),
        array_agg('message'::text), array_agg('in'::text), array_agg('email'::text),
        array_agg('c' || customer || '@example.org'), array_agg('c' || customer || '@example.org'),
        array_agg('Customer'::text), array_agg(now()), array_agg('Re: Parcel'::text),
        array_agg(repeat('Where is my parcel? It was to come on Monday. ', 5)), array_agg('no'::text),
        array_agg(false), array_agg(''::text), array_agg(''::text), array_agg(0), array_agg(0),
        array_agg('[]'::text), array_agg('{{}}'::text), array_agg(true), array_agg(null::bigint),
        array_agg(sha256(('<' || key || '>')::bytea)), array_agg(false),
        array_cat(array_agg(n::integer), array_agg(n::integer)),
        array_cat(array_agg(sha256(('<load' || customer || '@example.org>')::bytea)),
                  array_agg(sha256(('<' || key || '>')::bytea))),
        array_cat(array_agg(1), array_agg(2)),
        '{{}}', '{{}}', '{{}}', '{{}}', '{{}}', '{{}}', '{{}}', '{{}}', '{{}}', '{{}}', '{{}}', '{{}}', '{{}}', '{{}}')
    from (
        select n, gen_random_uuid()::text as key, 1 + floor(random() * {customers})::integer as customer
        from generate_series(1, :size) n
    ) made
) done;
"""

_numbers = itertools.count()


def reply(*, customer: int | None = None, threads: bool = True) -> Received:
    """A customer who exists answers a message that exists."""
    customer = customer or random.randint(1, CUSTOMERS)
    key = f"bench {next(_numbers)}"
    content = key.encode() + RAW
    now = datetime.now(UTC)
    address = f"c{customer}@example.org"
    message = Message(
        person=Person("email", address, address, "Customer"),
        occurred_at=now,
        kind="message",
        direction="in",
        subject="Re: Parcel",
        text=TEXT,
        automatic="no",
        reference=hashlib.sha256(f"<{key}>".encode()).digest(),
        replies_to=(hashlib.sha256(f"<load{customer}@example.org>".encode()).digest(),),
    )
    digest = hashlib.sha256(content).digest()
    return Received(1, key, content, digest, now, {}, Understood(message=message), threads=threads)


@dataclass
class Bench:
    url: str
    pool: asyncpg.Pool
    seconds: float

    async def limit(self, size: int, clients: int) -> float:
        """Messages a second by pgbench, in sets of `size`."""
        script = PGBENCH.format(size=size, customers=CUSTOMERS)
        output = await asyncio.to_thread(pgbench, self.url, script, clients, self.seconds)
        found = re.search(r"tps = ([\d.]+)", output)
        if found is None:
            raise RuntimeError(output)
        return float(found[1]) * size

    async def one_by_one(self, writers: int) -> tuple[float, float]:
        async def store(item: Received) -> None:
            async with self.pool.acquire() as connection:
                await ingest(connection, [(item, None)])

        return await self._rate(writers, store, reply)

    async def grouped(self, waiting: int, make: Callable[[], Received] = reply) -> tuple[float, float]:
        writer = BatchWriter(self.pool, lambda: None)

        async def store(item: Received) -> None:
            await writer.store(item, None)

        return await self._rate(waiting, store, make)

    async def sets(self, size: int) -> tuple[float, float]:
        async def store(_: Received) -> None:
            batch: dict[str, Received] = {}
            while len(batch) < size:
                one = reply()
                batch[one.key] = one
            async with self.pool.acquire() as connection:
                await ingest(connection, [(one, None) for one in batch.values()])

        rate, cpu = await self._rate(2, store, reply)
        return rate * size, cpu / size

    async def _rate(
        self, workers: int, store: Callable[[Received], Awaitable[None]], make: Callable[[], Received]
    ) -> tuple[float, float]:
        """(messages a second, microseconds of this process's CPU a message)"""
        done = 0
        begin, cpu = time.perf_counter(), time.process_time()

        async def work() -> None:
            nonlocal done
            while time.perf_counter() - begin < self.seconds:
                await store(make())
                done += 1

        await asyncio.gather(*(work() for _ in range(workers)))
        return done / (time.perf_counter() - begin), (time.process_time() - cpu) / done * 1e6


def line(name: str, measured: tuple[float, float], limit: float, what: str) -> None:
    rate, cpu = measured
    print(f"{name:<44} {rate:>8.0f}/s {cpu:>6.0f} µs CPU   {rate / limit:>5.2f} of {what} ({limit:.0f}/s)", flush=True)


async def run(seconds: float) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        async with embedded_postgres(Path(folder)) as server:
            engine = create_engine(server.url)
            await migrate(engine)
            await engine.dispose()
            pool = await create_pool(server.url, size=34)
            async with pool.acquire() as connection:
                for statement in LOAD:
                    await connection.execute(statement.format(customers=CUSTOMERS, messages=MESSAGES), timeout=600)
            print(f"{CUSTOMERS} customers, {MESSAGES} messages; fsync on; {seconds:.0f} s each", flush=True)
            bench = Bench(server.url, pool, seconds)
            await bench.one_by_one(8)  # warm
            for writers in (1, 8, 32):
                limit = await bench.limit(1, writers)
                name = f"one by one, {writers} writer{'s' * (writers > 1)}"
                line(name, await bench.one_by_one(writers), limit, f"pgbench's function call, {writers} clients")
            limit = max(await bench.limit(50, 2), await bench.limit(50, 4))
            what = "pgbench's sets of 50"
            line("sets of 50, 2 writers", await bench.sets(50), limit, what)
            line("128 concurrent deliveries, group commit", await bench.grouped(128), limit, what)
            hot = await bench.grouped(32, lambda: reply(customer=7))
            line("one hot conversation, 32 writers", hot, limit, what)
            await pool.close()


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=SECONDS)
    asyncio.run(run(options.parse_args().seconds))
