"""The life of the hub's process: database first, then the hub, ended by a signal within a bounded time."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import threading
from collections.abc import Callable, Coroutine
from typing import Any, Final

from pydantic import SecretStr

from hub.db.server import database_server
from hub.settings import Settings
from hub.terminal import complain, say

Run = Callable[[Settings], Coroutine[Any, Any, int]]
_DATABASE_SECONDS: Final = 35.0  # for our own server to stop
_THREADS_SECONDS: Final = 2.0  # for threads, which cannot be cancelled, once everything is closed


def run_until_stopped(settings: Settings, run: Run) -> int:
    """Run the hub until it ends by itself, or by Ctrl-C, SIGTERM or a closed terminal; the exit code.

    `run` is given settings that always have a `database_url`. It is cancelled to stop it and has
    `drain_seconds` and `shutdown_seconds` to finish. Raises what `database_server` raises.
    """
    try:
        return asyncio.run(_until_stopped(settings, run))
    except OSError as failure:
        if failure.errno not in (errno.EADDRINUSE, errno.EACCES, errno.EADDRNOTAVAIL):
            raise
        complain(f"hub: cannot listen on {settings.host} port {settings.port}: {failure.strerror}.")
        complain("Stop what uses it, or choose another: hub serve --port 8081 (or HUB_PORT, HUB_HOST).")
        return 1


async def _until_stopped(settings: Settings, run: Run) -> int:
    work = asyncio.create_task(_with_database(settings, run), name="hub and database")
    signals = 0

    def stop() -> None:
        nonlocal signals
        signals += 1
        if signals == 1:
            say("Stopping …")
            _end_late(settings.drain_seconds + settings.shutdown_seconds + _DATABASE_SECONDS)
        if signals <= 2:  # the second one: without waiting for the work in hand
            work.cancel()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # nohup
            loop.add_signal_handler(number, stop)
    try:
        return await work
    except asyncio.CancelledError:
        return 0
    finally:
        _end_late(_THREADS_SECONDS)


async def _with_database(settings: Settings, run: Run) -> int:
    unfinished: set[asyncio.Task[int]] = set()
    try:
        async with database_server(settings) as server:
            told = settings.model_copy(update={"database_url": SecretStr(server.url)})
            hub = asyncio.create_task(run(told), name="hub")
            try:
                ends: set[asyncio.Future[Any]] = {hub, server.lost}
                await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
                if server.lost.done() and not hub.done():
                    raise server.lost.result()
            finally:
                hub.cancel()
                _, unfinished = await asyncio.wait({hub}, timeout=settings.drain_seconds + settings.shutdown_seconds)
            return hub.result()
    finally:
        if unfinished:
            complain(f"hub: work in hand did not end within {settings.shutdown_seconds:g} s and was cut off.")
            os._exit(1)


def _end_late(seconds: float) -> None:
    """End the process for certain: a thread or a library may hold up an orderly end for ever."""

    def end() -> None:
        complain("hub: the orderly shutdown took too long and was cut off.")
        os._exit(1)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
