"""An HTTP JSON route of the hub beside bare aiohttp with the same answer, in the same run, from the same client.

    python -m tests.bench.bench_http [--requests 3000]

Aim: at least 0.7 of bare aiohttp that asks the database as often. A signed-in request is one query to know who asks
and those of the route; the lines say what each part costs.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import statistics
import tempfile
import time
from pathlib import Path

import aiohttp
import asyncpg
import orjson
import structlog
from aiohttp import web

from hub.db.embedded import embedded_postgres
from tests.database import TestServer
from tests.integration.web.hub import Browser, Hub, running_hub

CLIENTS = 16
ROUNDS = 5


async def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--requests", type=int, default=3000)
    given = options.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with tempfile.TemporaryDirectory() as folder:
        async with embedded_postgres(Path(folder) / "database", durable=False) as running:
            server = TestServer(running.url)
            await server.prepare()
            url = await server.create()
            async with running_hub(url, Path(folder) / "hub") as hub:
                await compare(hub, hub.services.database.pool, given.requests)


async def compare(hub: Hub, pool: asyncpg.Pool, requests: int) -> None:
    browser = await hub.browser(await hub.agent("administrator"))
    await hub.written(await hub.channel())
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

    async def document(_request: web.Request) -> web.Response:
        return web.Response(body=description, content_type="application/json")

    bare.router.add_get("/api/agents", agents)
    bare.router.add_get("/api/conversations/counts", counts)
    bare.router.add_get("/api/openapi.json", document)
    runner = web.AppRunner(bare, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    print(f"{'GET':30} {'bare/s':>8} {'hub/s':>8} {'of bare':>8}")
    for path in ("/api/openapi.json", "/api/agents", "/api/conversations/counts"):
        ratios, rates = [], []
        for _ in range(ROUNDS):
            one = await rate(browser, base + path, requests)
            other = await rate(browser, browser.base + path, requests)
            ratios.append(other / one)
            rates.append((one, other))
        one, other = (statistics.median(side) for side in zip(*rates, strict=True))
        print(f"{path:30} {one:8.0f} {other:8.0f} {statistics.median(ratios):8.2f}  (aim ≥ 0.7)")
    await runner.cleanup()


async def rate(browser: Browser, url: str, requests: int) -> float:
    """Requests a second, of CLIENTS at once, who send the same cookie."""
    left = requests
    cookies = {cookie.key: cookie.value for cookie in browser.http.cookie_jar}
    async with aiohttp.ClientSession(cookies=cookies, cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:

        async def client() -> None:
            nonlocal left
            while left > 0:
                left -= 1
                async with http.get(url) as answer:
                    await answer.read()
                    assert answer.status == 200

        started = time.perf_counter()
        await asyncio.gather(*(client() for _ in range(CLIENTS)))
        return requests / (time.perf_counter() - started)


SESSION = """
    select agent.id, agent.name, s.csrf from agent_session s join agent on agent.id = s.agent_id
    where s.expires_at > now() limit 1
"""
AGENTS = "select id, email, name, role from agent where not service order by lower(name), id"
COUNTS = "select count(*) filter (where state = 'open') from conversation"


if __name__ == "__main__":
    asyncio.run(main())
