"""A hub in a process of its own, to be killed: `python -m tests.faults.outbox_hub <database url> <folder>`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from hub.log import configure_logging
from hub.settings import Settings
from tests.outbound_world import world

SECONDS = 120.0


async def main(url: str, folder: str) -> None:
    configure_logging(Settings(log_level="debug"))
    async with world(url, Path(folder)) as hub, hub.running():
        print("running", flush=True)
        await asyncio.sleep(SECONDS)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:3]))
