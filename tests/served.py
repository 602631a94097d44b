"""A whole hub as a process: started by its command, read from its terminal, stopped by signals."""

from __future__ import annotations

import asyncio
import os
import re
import signal
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

from tests.processes import as_user

_ADDRESS = re.compile(r"http://[\w.:\[\]-]+")
_START_SECONDS = 90


@dataclass
class Served:
    """One running `hub`; `printed` and `logged` are what it has said so far on its two outputs."""

    process: asyncio.subprocess.Process
    printed: list[str] = field(default_factory=list)
    logged: list[str] = field(default_factory=list)
    _readers: list[asyncio.Task[None]] = field(default_factory=list)

    def listen(self) -> None:
        """Read both outputs as they come: a full pipe would hold the hub up."""
        for stream, lines in ((self.process.stdout, self.printed), (self.process.stderr, self.logged)):
            assert stream is not None
            self._readers.append(asyncio.create_task(_read(stream, lines)))

    @property
    def url(self) -> str:
        found = _ADDRESS.search("\n".join(self.printed))
        assert found, self.printed
        return found[0]

    @property
    def welcome(self) -> str | None:
        """The one-time link of a first start."""
        found = re.search(r"http://\S+/welcome#\S+", "\n".join(self.printed))
        return found[0] if found else None

    async def ready(self) -> None:
        """Wait until it has shown its address and answers there."""
        async with asyncio.timeout(_START_SECONDS):
            while not _ADDRESS.search("\n".join(self.printed)) or await self.page("/") is None:
                assert self.process.returncode is None, f"it ended: {self.printed} {await self.complaint()}"
                await asyncio.sleep(0.05)

    async def page(self, path: str) -> str | None:
        """The page, or `None` while nothing answers."""

        def get() -> str | None:
            try:
                with urlopen(self.url + path, timeout=60) as answer:
                    return str(answer.read().decode())
            except ConnectionError:
                return None
            except OSError as failure:
                if isinstance(getattr(failure, "reason", None), ConnectionError):
                    return None
                raise

        return await asyncio.to_thread(get)

    async def complaint(self) -> str:
        """What it has logged; all of it once it has ended."""
        if self.process.returncode is not None:
            await asyncio.wait(self._readers, timeout=10)
        return "\n".join(self.logged)

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send the signal and wait; the exit code."""
        os.kill(self.process.pid, number)
        async with asyncio.timeout(60):
            return await self.process.wait()


async def _read(stream: asyncio.StreamReader, lines: list[str]) -> None:
    while line := await stream.readline():
        lines.append(line.decode(errors="replace").rstrip())


@asynccontextmanager
async def hub(
    command: Sequence[str], data: Path, *, environment: Mapping[str, str], user: str = "ourselves", wait: bool = True
) -> AsyncIterator[Served]:
    """`hub serve` (or another command) on a free port; killed at the end if it still runs."""
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**environment, "HUB_DATA_DIR": str(data), "HUB_PORT": "0"},
        cwd="/",
        **as_user(user),
    )
    running = Served(process)
    running.listen()
    try:
        if wait:
            await running.ready()
        yield running
    finally:
        if process.returncode is None:
            os.kill(process.pid, signal.SIGKILL)
            await process.wait()
        await asyncio.wait(running._readers, timeout=10)
