"""A hub in a process of its own, to be killed: `python -m tests.integration.calls.calls_hub <database> <folder>`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from hub.log import configure_logging
from hub.settings import Settings
from tests.integration.calls.world import telephones

SECONDS = 120.0


async def main(url: str, folder: str) -> None:
    configure_logging(Settings(log_level="debug"))
    async with telephones(url, Path(folder)) as world, world.running():
        print("running", flush=True)
        await asyncio.sleep(SECONDS)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:3]))
