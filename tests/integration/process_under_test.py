"""A hub's process with a body of the test's choosing: `process_under_test.py BODY FOLDER`."""

import asyncio
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import asyncpg

from hub.db.engine import asyncpg_url
from hub.folder import claim
from hub.process import run_until_stopped
from hub.settings import Settings, load_settings


async def works(settings: Settings) -> int:
    assert settings.database_url is not None
    connection = await asyncpg.connect(asyncpg_url(settings.database_url.get_secret_value()))
    print("working", flush=True)
    try:
        await asyncio.Event().wait()
    finally:
        assert await connection.fetchval("select 42") == 42  # the database is there until the end
        await connection.close()
        print("finished", flush=True)
    return 0


async def clings(_settings: Settings) -> int:
    print("working", flush=True)
    while True:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            continue


async def blocks(_settings: Settings) -> int:
    threading.Timer(0.2, lambda: print("working", flush=True)).start()
    await asyncio.to_thread(time.sleep, 3600)
    return 0


async def ends(_settings: Settings) -> int:
    return 3


async def fails(_settings: Settings) -> int:
    raise RuntimeError("broken")


BODIES: dict[str, Callable[[Settings], Awaitable[int]]] = {
    body.__name__: body for body in (works, clings, blocks, ends, fails)
}

if __name__ == "__main__":
    settings = load_settings(data_dir=Path(sys.argv[2]), shutdown_seconds=1)
    with claim(settings.data_dir):
        sys.exit(run_until_stopped(settings, BODIES[sys.argv[1]]))  # type: ignore[arg-type]
