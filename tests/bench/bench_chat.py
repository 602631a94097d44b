"""What an idle visitor costs a real hub, and how long a chat message takes to an agent's socket.

    python -m tests.bench.bench_chat [--visitors 10000] [--messages 500]

The hub is a process of its own with its database; the visitors are sockets of this one. "To the agent" ends with the
frame that holds the message: what the browser then takes to draw it is not in it. Beside it stands the time to the
visitor's own acknowledgement, which waits for the commit.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import aiohttp

from tests.hub_process import HubProcess

ORIGIN = "https://shop.example.test"
PACE_SECONDS = 0.05
ARRIVING_SECONDS = 2.0
"""What is written sooner after arriving is held up: only programs are so quick."""
TRIES = 5


async def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--visitors", type=int, default=10_000)
    options.add_argument("--messages", type=int, default=500)
    given = options.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 65_536), most))
    with tempfile.TemporaryDirectory() as folder, HubProcess(Path(folder) / "hub", HUB_TRUSTED_PROXIES="1") as hub:
        hub.become_administrator()
        settings = {"origins": ORIGIN, "continue_by_mail": False}
        channel = hub.call("POST", "/api/channels", {"kind": "webchat", "name": "Chat", "settings": settings})
        hub.wait_for_channel(channel["id"])
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as http:
            address = f"{hub.address}/sockets/{channel['id']}/visitor"
            await times(http, hub, address, given.messages)
            await memory(http, hub, address, given.visitors)


async def times(http: aiohttp.ClientSession, hub: HubProcess, address: str, messages: int) -> None:
    agent = await http.ws_connect(f"{hub.address}/api/live", headers=_agent(hub), compress=0)
    await agent.send_json({"type": "hello", "position": None, "csrf": hub.csrf})
    await agent.receive()
    acknowledged, shown = [], []
    visitor = None
    for number in range(messages):
        if number % 15 == 0:  # a visitor may not write without end
            visitor = await visit(http, address, number)
            await asyncio.sleep(ARRIVING_SECONDS)
        if visitor is None:
            raise AssertionError
        words = f"bench {number}."
        begin = time.perf_counter()
        await visitor.send_json({"type": "msg", "cid": f"c{number}", "text": words})
        ends = await asyncio.gather(_until(visitor, f'"c{number}"'), _until(agent, words))
        acknowledged.append((ends[0] - begin) * 1000)
        shown.append((ends[1] - begin) * 1000)
        await asyncio.sleep(PACE_SECONDS)
    for name, values in (("to its acknowledgement", acknowledged), ("to the agent's socket", shown)):
        parts = statistics.quantiles(values, n=100)
        print(f"chat message {name:<24} p50 {parts[49]:6.1f} ms   p99 {parts[98]:6.1f} ms", flush=True)


async def memory(http: aiohttp.ClientSession, hub: HubProcess, address: str, visitors: int) -> None:
    before, gate = hub.resident_kilobytes(), asyncio.Semaphore(50)

    async def one(number: int) -> asyncio.Task[None]:
        async with gate:
            return asyncio.create_task(_stay(await visit(http, address, 1000 + number)))

    staying = await asyncio.gather(*(one(number) for number in range(visitors)))
    await asyncio.sleep(5)
    after = hub.resident_kilobytes()
    if gone := sum(task.done() for task in staying):
        raise AssertionError(f"{gone} visitors did not stay")
    print(f"{visitors} idle visitors: {(after - before) / visitors:.1f} kB each; the hub {after / 1024:.0f} MB")
    for task in staying:
        task.cancel()


async def visit(http: aiohttp.ClientSession, address: str, number: int) -> aiohttp.ClientWebSocketResponse:
    """A new visitor, each from an address of its own, who comes again when the hub asks for it."""
    for _ in range(TRIES):
        socket = await _arrive(http, address, number)
        if socket is not None:
            return socket
        await asyncio.sleep(1)
    raise AssertionError(f"a visitor was sent away {TRIES} times")


async def _arrive(http: aiohttp.ClientSession, address: str, number: int) -> aiohttp.ClientWebSocketResponse | None:
    place = f"198.{18 + number // 65_536}.{number // 256 % 256}.{number % 256}"
    headers = {"Origin": ORIGIN, "X-Forwarded-For": place}
    socket = await http.ws_connect(address, headers=headers, compress=0)
    await socket.send_json({"type": "hello", "token": None, "jwt": None, "since": 0, "epoch": None, "lang": "en"})
    while (frame := await socket.receive_json(timeout=60))["type"] != "welcome":
        if frame == {"type": "bye", "code": "again"}:
            await socket.close()
            print("a visitor was asked to come again", flush=True)
            return None
        if frame["type"] != "ping":
            raise AssertionError(frame)
        await socket.send_json({"type": "pong"})
    return socket


async def _stay(socket: aiohttp.ClientWebSocketResponse) -> None:
    """Until the hub ends it: who does not answer its pings is not counted as a visitor for long."""
    async for message in socket:
        if json.loads(message.data)["type"] == "ping":
            await socket.send_json({"type": "pong"})


async def _until(socket: aiohttp.ClientWebSocketResponse, words: str) -> float:
    while True:
        message: Any = await socket.receive(timeout=30)
        if message.type is not aiohttp.WSMsgType.TEXT:
            raise AssertionError(f"the hub closed the socket: {message}")
        if words in message.data:
            return time.perf_counter()
        if json.loads(message.data)["type"] == "ping":
            await socket.send_json({"type": "pong"})


def _agent(hub: HubProcess) -> dict[str, str]:
    cookie = "; ".join(f"{one['name']}={one['value']}" for one in hub.cookies())
    return {"Cookie": cookie, "Origin": hub.address}


if __name__ == "__main__":
    asyncio.run(main())
