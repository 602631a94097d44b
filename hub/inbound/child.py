"""Large messages are understood in a process of their own, which can be killed: a hostile one costs nobody else.

Run as `python -m hub.inbound.child` it answers pickled (kind, raw, settings) on its standard input with pickled
Understood on its standard output, each with its length in front. It starts at the first large message and ends
after a minute without one.
"""

from __future__ import annotations

import asyncio
import pickle
import struct
import sys
from importlib.metadata import entry_points
from typing import BinaryIO, Final

import structlog

from hub.inbound.model import Understood
from hub.sdk import ChannelSettings, Raw

SECONDS: Final = 60.0
IDLE_SECONDS: Final = 60.0
MEMORY_BYTES: Final = 2 * 1024**3
_LENGTH: Final = struct.Struct(">Q")
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Child:
    """The process, one message at a time."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()
        self._idle: asyncio.TimerHandle | None = None

    async def understand(self, kind: str, raw: Raw, settings: ChannelSettings) -> Understood:
        """As understand.understand; a message that takes too long or ends the process is quarantined."""
        async with self._turn:
            if self._idle is not None:
                self._idle.cancel()
            try:
                async with asyncio.timeout(self._seconds):
                    return await self._ask(kind, raw, settings)
            except TimeoutError:
                reason = f"It took longer than {self._seconds:.0f} s to understand."
            except (EOFError, OSError, asyncio.IncompleteReadError):
                reason = "It ended the process that tried to understand it (too much memory?)."
            finally:
                self._idle = asyncio.get_running_loop().call_later(IDLE_SECONDS, self._stop)
            _log.error("message quarantined", kind=kind, size=len(raw.content), reason=reason)
            self._stop()
            return Understood("quarantined", reason)

    async def _ask(self, kind: str, raw: Raw, settings: ChannelSettings) -> Understood:
        process = self._process
        if process is None or process.returncode is not None:
            process = self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "hub.inbound.child", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
            )
        if process.stdin is None or process.stdout is None:
            raise EOFError
        question = pickle.dumps((kind, raw.key, raw.content, raw.received_at, dict(raw.hint), dict(settings)))
        process.stdin.write(_LENGTH.pack(len(question)) + question)
        await process.stdin.drain()
        (length,) = _LENGTH.unpack(await process.stdout.readexactly(_LENGTH.size))
        answer = pickle.loads(await process.stdout.readexactly(length))  # noqa: S301 - our own process wrote it
        if not isinstance(answer, Understood):
            raise EOFError
        return answer

    def _stop(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
        self._process = None

    async def close(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
        process = self._process
        self._stop()
        if process is not None:
            await process.wait()


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    """The other end: answers until its input ends."""
    from hub.inbound.understand import understand

    connectors = {one.name: one for one in entry_points(group="allways.connectors")}
    while header := questions.read(_LENGTH.size):
        (length,) = _LENGTH.unpack(header)
        kind, key, content, received_at, hint, settings = pickle.loads(questions.read(length))  # noqa: S301
        found = understand(connectors[kind].load(), Raw(key, content, received_at, hint), settings)
        answer = pickle.dumps(found)
        answers.write(_LENGTH.pack(len(answer)) + answer)
        answers.flush()


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; the time limit still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


if __name__ == "__main__":
    _limit_memory()
    serve(sys.stdin.buffer, sys.stdout.buffer)
