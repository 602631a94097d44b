"""An HTTP JSON route of the hub beside bare aiohttp with the same answer, in the same run, from the same client.

    python -m tests.bench.bench_http [--requests 200] [--rounds 25]

Aim: at least 0.7 of bare aiohttp that asks the database as often. A signed-in request is one query to know who asks
and those of the route. The two sides take turns, so that a busy machine slows both; the processor's time of a request
(its client's included, PostgreSQL's not) is least disturbed of all.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import aiohttp
import asyncpg
import orjson
import structlog
from aiohttp import web

from hub.db.embedded import embedded_postgres
from hub.timeline.pages import OLDER, timeline_sql
from tests.database import TestServer
from tests.integration.web.hub import Browser, Hub, running_hub

CLIENTS = 16
PAGE = 50


async def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--requests", type=int, default=200, help="of each side in each round")
    options.add_argument("--rounds", type=int, default=25)
    given = options.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with tempfile.TemporaryDirectory() as folder:
        async with embedded_postgres(Path(folder) / "database", durable=False) as running:
            server = TestServer(running.url)
            await server.prepare()
            url = await server.create()
            async with running_hub(url, Path(folder) / "hub") as hub:
                await compare(hub, hub.services.database.pool, given.requests, given.rounds)


async def compare(hub: Hub, pool: asyncpg.Pool, requests: int, rounds: int) -> None:
    browser = await hub.browser(await hub.agent("administrator"))
    first = await hub.written(await hub.channel())
    for number in range(PAGE):
        await hub.writes(first.conversation_id, f"Message {number}.", author_identity_id=first.identity_id)
    customer_id = await pool.fetchval("select customer_id from identity_link where until is null")
    timeline = f"/api/customers/{customer_id}/timeline?limit={PAGE}"
    entries = (await browser.get(timeline)).content
    channels = (await browser.get("/api/agents")).content
    conversations = (await browser.get("/api/conversations/counts")).content
    description = (await browser.get("/api/openapi.json")).content
    bare = web.Application()

    async def session_of(_request: web.Request) -> None:
        await pool.fetchrow(SESSION)

    async def agents(request: web.Request) -> web.Response:
        await session_of(request)
        rows = await pool.fetch(AGENTS)
        items = [dict(row) for row in rows]
        assert items
        return web.Response(body=orjson.dumps(orjson.loads(channels)), content_type="application/json")

    async def counts(request: web.Request) -> web.Response:
        await session_of(request)
        await pool.fetchrow(COUNTS)
        return web.Response(body=orjson.dumps(orjson.loads(conversations)), content_type="application/json")

    async def page(request: web.Request) -> web.Response:
        await session_of(request)
        rows = await pool.fetch(timeline_sql(OLDER), customer_id, datetime(9999, 12, 31, tzinfo=UTC), 1 << 60, PAGE + 1)
        items = [dict(row) for row in rows]
        assert items
        return web.Response(body=orjson.dumps(orjson.loads(entries)), content_type="application/json")

    async def document(_request: web.Request) -> web.Response:
        return web.Response(body=description, content_type="application/json")

    bare.router.add_get("/api/agents", agents)
    bare.router.add_get("/api/conversations/counts", counts)
    bare.router.add_get("/api/customers/{customer_id}/timeline", page)
    bare.router.add_get("/api/openapi.json", document)
    runner = web.AppRunner(bare, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    print(f"{'GET':34} {'bare/s':>8} {'hub/s':>8} {'of bare':>8} {'bare µs':>8} {'hub µs':>8} {'of bare':>8}")
    for path in ("/api/openapi.json", "/api/agents", "/api/conversations/counts", timeline):
        ones, others = [], []
        for number in range(rounds + 1):
            one = await cost(browser, base + path, requests)
            other = await cost(browser, browser.base + path, requests)
            if number:  # the first is warm-up
                ones.append(one)
                others.append(other)
        line = f"{path:34}"
        for clock in ("seconds", "processor"):
            bare_side, hub_side = ([getattr(cost, clock) for cost in side] for side in (ones, others))
            ratio = statistics.median(b / h for b, h in zip(bare_side, hub_side, strict=True))
            shown = [1 / statistics.median(side) for side in (bare_side, hub_side)]
            if clock == "processor":
                shown = [1e6 / one for one in shown]
            line += f" {shown[0]:8.0f} {shown[1]:8.0f} {ratio:8.2f}"
        print(f"{line}  (aim ≥ 0.7)", flush=True)
    await runner.cleanup()


class Cost(NamedTuple):
    """Of one request, in seconds."""

    seconds: float
    processor: float


async def cost(browser: Browser, url: str, requests: int) -> Cost:
    """Of CLIENTS at once, who send the same cookie."""
    left = requests
    cookies = {cookie.key: cookie.value for cookie in browser.http.cookie_jar}
    plain = {"Accept-Encoding": "identity"}  # bare aiohttp does not compress
    async with aiohttp.ClientSession(cookies=cookies, headers=plain, cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:

        async def client() -> None:
            nonlocal left
            while left > 0:
                left -= 1
                async with http.get(url) as answer:
                    await answer.read()
                    assert answer.status == 200

        began, used = time.perf_counter(), time.process_time()
        await asyncio.gather(*(client() for _ in range(CLIENTS)))
        return Cost((time.perf_counter() - began) / requests, (time.process_time() - used) / requests)


SESSION = """
    select agent.id, agent.name, s.csrf from agent_session s join agent on agent.id = s.agent_id
    where s.expires_at > now() limit 1
"""
AGENTS = "select id, email, name, role from agent where not service order by lower(name), id"
COUNTS = "select count(*) filter (where state = 'open') from conversation"


if __name__ == "__main__":
    asyncio.run(main())
