"""A program of ours in a process of its own, which can be killed: a hostile input costs nobody else."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from asyncio import StreamReader, StreamWriter
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

IDLE_SECONDS: Final = 60.0
_STREAM_BYTES: Final = 64 * 1024
T = TypeVar("T")


class Died(Exception):
    """The question ended the process, or took longer than it may; the message says which."""


class Child:
    """`python -m module`, asked one thing at a time. It starts with the first question and ends after a minute without
    one; it and all that it started end when a question takes longer than `seconds`. `limit`: bytes of a line of its
    answers."""

    def __init__(self, module: str, seconds: float, *, limit: int = _STREAM_BYTES) -> None:
        self._module = module
        self.seconds = seconds
        self._limit = limit
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()
        self._idle: asyncio.TimerHandle | None = None

    async def ask(self, exchange: Callable[[StreamWriter, StreamReader], Awaitable[T]]) -> T:
        """What `exchange` makes of its streams. Raises Died."""
        async with self._turn:
            if self._idle is not None:
                self._idle.cancel()
            done = False
            try:
                async with asyncio.timeout(self.seconds):
                    answer = await exchange(*await self._streams())
                done = True
                return answer
            except TimeoutError:
                raise Died(f"It took longer than {self.seconds:.0f} s.") from None
            except (EOFError, OSError, ValueError, asyncio.IncompleteReadError) as failure:
                raise Died("It ended the process that read it (too much memory?).") from failure
            finally:
                if not done:
                    self._stop()
                self._idle = asyncio.get_running_loop().call_later(IDLE_SECONDS, self._stop)

    async def close(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
        process = self._process
        self._stop()
        if process is not None:
            await process.wait()

    async def _streams(self) -> tuple[StreamWriter, StreamReader]:
        process = self._process
        if process is None or process.returncode is not None:
            process = self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                self._module,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                limit=self._limit,
                start_new_session=True,
            )
        if process.stdin is None or process.stdout is None:
            raise EOFError
        return process.stdin, process.stdout

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def limit_memory(size: int) -> None:
    """In the process itself: no more than `size` bytes, and no core file."""
    try:
        import resource
    except ImportError:  # Windows has no such limit; the time limit still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
