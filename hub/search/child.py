"""Files are read in a process of their own, which can be killed: a hostile one costs nobody else.

Run as `python -m hub.search.child` it reads one file after the other from its standard input, as JSON on a line and
so many bytes after it, and answers a line of JSON for each. Memory is limited there, time here; when a file takes
too long, the process and all that it started end.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
from typing import BinaryIO, Final

import structlog

from hub.search.extract.kinds import MAX_TEXT, Extracted, clipped, kind_of

SECONDS: Final = 60.0
IDLE_SECONDS: Final = 60.0
MEMORY_BYTES: Final = 1024**3
_LINE: Final = 8 * MAX_TEXT
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Died(Exception):
    """The file ended the process that read it, or took longer than it may; the message says which."""


class Child:
    """The process, one file at a time. It starts with the first, and ends after a minute without one."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()
        self._idle: asyncio.TimerHandle | None = None

    async def extract(self, filename: str, content_type: str, content: bytes) -> Extracted:
        """Raises Died."""
        async with self._turn:
            if self._idle is not None:
                self._idle.cancel()
            done = False
            try:
                async with asyncio.timeout(self._seconds):
                    answer = await self._ask(filename, content_type, content)
                done = True
                return answer
            except TimeoutError:
                raise Died(f"It took longer than {self._seconds:.0f} s to read.") from None
            except (EOFError, OSError, ValueError, asyncio.IncompleteReadError) as failure:
                raise Died("It ended the process that read it (too much memory?).") from failure
            finally:
                if not done:
                    self._stop()
                self._idle = asyncio.get_running_loop().call_later(IDLE_SECONDS, self._stop)

    async def _ask(self, filename: str, content_type: str, content: bytes) -> Extracted:
        process = self._process
        if process is None or process.returncode is not None:
            process = self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "hub.search.child",
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                limit=_LINE,
                start_new_session=True,
            )
        if process.stdin is None or process.stdout is None:
            raise EOFError
        question = json.dumps({"filename": filename, "type": content_type, "size": len(content)})
        process.stdin.write(question.encode() + b"\n" + content)
        await process.stdin.drain()
        line = await process.stdout.readuntil(b"\n")
        answer = json.loads(line)
        return Extracted(str(answer["text"]), str(answer["reason"]))

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)

    async def close(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
        process = self._process
        self._stop()
        if process is not None:
            await process.wait()


def extract(filename: str, content_type: str, content: bytes) -> Extracted:
    """The text of one file, whatever it is."""
    from hub.search.extract.office import read_office
    from hub.search.extract.pdf import read_pdf
    from hub.search.extract.picture import read_picture
    from hub.search.extract.plain import read_html, read_plain

    readers = {
        "pdf": read_pdf,
        "zip": read_office,
        "picture": read_picture,
        "html": read_html,
        "plain": read_plain,
    }
    reader = readers.get(kind_of(filename, content_type, content[:2048]))
    if reader is None:
        return Extracted(reason="unsupported")
    try:
        found = reader(content)
    except subprocess.TimeoutExpired:
        return Extracted(reason="too_slow")
    except MemoryError:
        return Extracted(reason="too_large")
    return Extracted(clipped(found.text), found.reason)


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    """The other end: answers until its input ends."""
    while line := questions.readline():
        asked = json.loads(line)
        found = extract(asked["filename"], asked["type"], questions.read(asked["size"]))
        answers.write(json.dumps({"text": found.text, "reason": found.reason}).encode() + b"\n")
        answers.flush()


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; the time limit still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _limit_memory()
    serve(sys.stdin.buffer, sys.stdout.buffer)
