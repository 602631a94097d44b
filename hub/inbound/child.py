"""Large messages are understood in a process of their own, which can be killed: a hostile one costs nobody else.

Run as `python -m hub.inbound.child` it answers pickled (kind, raw, settings) on its standard input with pickled
Understood on its standard output, each with its length in front. It starts at the first large message and ends
after a minute without one.
"""

from __future__ import annotations

import pickle
import struct
import sys
from asyncio import StreamReader, StreamWriter
from importlib.metadata import entry_points
from typing import BinaryIO, Final

import structlog

from hub import child
from hub.inbound.model import Understood
from hub.sdk import ChannelSettings, Raw

SECONDS: Final = 60.0
MEMORY_BYTES: Final = 2 * 1024**3
_LENGTH: Final = struct.Struct(">Q")
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Child:
    """The process, one message at a time."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._child = child.Child("hub.inbound.child", seconds)

    async def understand(self, kind: str, raw: Raw, settings: ChannelSettings) -> Understood:
        """As understand.understand; a message that takes too long or ends the process is quarantined."""
        question = pickle.dumps((kind, raw.key, raw.content, raw.received_at, dict(raw.hint), dict(settings)))

        async def exchange(questions: StreamWriter, answers: StreamReader) -> Understood:
            questions.write(_LENGTH.pack(len(question)) + question)
            await questions.drain()
            (length,) = _LENGTH.unpack(await answers.readexactly(_LENGTH.size))
            answer = pickle.loads(await answers.readexactly(length))  # noqa: S301 - our own process wrote it
            if not isinstance(answer, Understood):
                raise EOFError
            return answer

        try:
            return await self._child.ask(exchange)
        except child.Died as failure:
            reason = str(failure)
        _log.error("message quarantined", kind=kind, size=len(raw.content), reason=reason)
        return Understood("quarantined", reason)

    async def close(self) -> None:
        await self._child.close()


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


if __name__ == "__main__":
    child.limit_memory(MEMORY_BYTES)
    serve(sys.stdin.buffer, sys.stdout.buffer)
