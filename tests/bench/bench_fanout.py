"""A change told to every agent's socket, beside a bare loop over the same sockets in the same process and run.

    python -m tests.bench.bench_fanout [--sockets 1000 5000] [--batches 30]

Both sides' sockets are held by clients of another process, which count what they get. The bare loop sends one string
that is already there by `send_str` to one socket after the other; the hub loads and renders the events of the batch,
asks the policy for every agent, and puts the frame into each socket's own bounded queue. Aim: at least 0.7.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import multiprocessing
import resource
import statistics
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import aiohttp
import structlog
from aiohttp import web

from hub.db.embedded import embedded_postgres
from hub.events.feed import FeedItem
from hub.events.model import EntryChanged
from hub.events.position import Position
from hub.web import live
from hub.web.live import LIVE
from tests.database import TestServer
from tests.integration.web.hub import Hub, running_hub

AGENTS = 50


def listen(base: str, path: str, accounts: list[tuple[str, str]], sockets: int, counted: Any, ready: Any) -> None:
    """The clients' process: opens the sockets and counts the frames that it gets, until it is ended."""
    _many_files()
    asyncio.run(_listen(base, path, accounts, sockets, counted, ready))


async def _listen(
    base: str, path: str, accounts: list[tuple[str, str]], sockets: int, counted: Any, ready: Any
) -> None:
    gate = asyncio.Semaphore(50)
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as http:

        async def one(number: int) -> None:
            cookie, csrf = accounts[number % len(accounts)]
            async with gate:
                headers = {"Cookie": f"hub_session={cookie}", "Origin": base}
                socket = await http.ws_connect(base + path, headers=headers, compress=0, autoping=True)
                await socket.send_json({"type": "hello", "position": None, "csrf": csrf})
                await socket.receive()
            with ready.get_lock():
                ready.value += 1
            while True:
                message = await socket.receive()
                if message.type is not aiohttp.WSMsgType.TEXT:
                    return
                if '"events"' in message.data[:20]:
                    with counted.get_lock():
                        counted.value += 1

        await asyncio.gather(*(one(number) for number in range(sockets)))


class Bare:
    """The bare loop: all sockets in a set, and the same frame to each."""

    def __init__(self) -> None:
        self.sockets: list[web.WebSocketResponse] = []

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(compress=False)
        await socket.prepare(request)
        await socket.receive()
        await socket.send_str('{"type":"welcome"}')
        self.sockets.append(socket)
        with suppress(ConnectionError):
            async for _ in socket:
                pass
        return socket

    async def tell(self, frame: str) -> None:
        for socket in self.sockets:
            await socket.send_str(frame)


async def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sockets", type=int, nargs="+", default=[1000, 5000])
    options.add_argument("--batches", type=int, default=30)
    given = options.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    _many_files()
    live.SOCKETS_PER_AGENT = max(given.sockets)  # type: ignore[misc]
    with tempfile.TemporaryDirectory() as folder:
        async with embedded_postgres(Path(folder) / "database", durable=False) as running:
            server = TestServer(running.url)
            await server.prepare()
            url = await server.create()
            async with running_hub(url, Path(folder) / "hub") as hub:
                accounts = [await account(hub) for _ in range(AGENTS)]
                print(f"{'sockets':>8} {'bare µs each':>13} {'hub µs each':>12} {'of bare':>8} {'last client ms':>15}")
                for sockets in given.sockets:
                    await measure(hub, accounts, sockets, given.batches)


async def account(hub: Hub) -> tuple[str, str]:
    browser = await hub.browser(await hub.agent())
    (cookie,) = browser.http.cookie_jar
    return cookie.value, browser.csrf


async def measure(hub: Hub, accounts: list[tuple[str, str]], sockets: int, batches: int) -> None:
    entry = await hub.written(await hub.channel())
    event = EntryChanged(entry.id, entry.conversation_id)
    bare, app = Bare(), web.Application()
    app.router.add_get("/bare", bare.serve)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    fan = hub.app[LIVE]
    changes = await fan._load([FeedItem(Position("0", 1, 1), event)])
    frame = live._frame(Position("00000000", 1, 1), changes, [True] * len(changes))

    async def told_bare() -> None:
        await bare.tell(frame)

    async def told_hub() -> None:
        await fan._deliver([FeedItem(Position("ffffffff", 1 << 60, 1), event)])

    loose = await clients(base, "/bare", accounts, sockets)
    own = await clients(hub.base, "/api/live", accounts, sockets)
    times: dict[str, list[float]] = {"bare": [], "hub": []}
    for number in range(batches):
        for name, tell, (_, counted) in (("bare", told_bare, loose), ("hub", told_hub, own)):
            taken = await timed(tell, counted, sockets)
            if number:
                times[name].append(taken)
    one, other = statistics.median(times["bare"]), statistics.median(times["hub"])
    print(
        f"{sockets:8} {one / sockets * 1e6:13.1f} {other / sockets * 1e6:12.1f} {one / other:8.2f} {other * 1e3:15.1f}"
        "  (aim ≥ 0.7)"
    )
    for process, _ in (loose, own):
        process.terminate()
        process.join()
    await runner.cleanup()


async def timed(tell: Any, counted: Any, sockets: int) -> float:
    """Seconds until the last client has it."""
    counted.value = 0
    started = time.perf_counter()
    await tell()
    async with asyncio.timeout(60):
        while counted.value < sockets:
            await asyncio.sleep(0.0005)
    return time.perf_counter() - started


async def clients(base: str, path: str, accounts: list[tuple[str, str]], sockets: int) -> tuple[Any, Any]:
    """A process with so many open sockets, and its count."""
    context = multiprocessing.get_context("spawn")
    counted, ready = context.Value("i", 0), context.Value("i", 0)
    process = context.Process(target=listen, args=(base, path, accounts, sockets, counted, ready), daemon=True)
    process.start()
    async with asyncio.timeout(120):
        while ready.value < sockets:
            await asyncio.sleep(0.05)
    await asyncio.sleep(0.5)
    return process, counted


def _many_files() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


if __name__ == "__main__":
    asyncio.run(main())
