"""A hub with a callback queue in a process of its own, to be killed:
`python -m tests.faults.callback_hub <database url> <folder>`."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from hub.log import configure_logging
from hub.settings import Settings
from tests.integration.callbacks.world import callback_world

SECONDS = 120.0


async def main(url: str, folder: str) -> None:
    configure_logging(Settings(log_level="debug"))
    async with (
        callback_world(url, Path(folder)) as world,
        world.phones.running(),
        asyncio.timeout(SECONDS),
    ):
        while True:
            world.clock.at = datetime.now(UTC)
            await world.dispatcher.turn()
            await asyncio.sleep(0.1)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:3]))
