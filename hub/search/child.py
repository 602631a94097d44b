"""Files are read in a process of their own, which can be killed: a hostile one costs nobody else.

Run as `python -m hub.search.child` it reads one file after the other from its standard input, as JSON on a line and
so many bytes after it, and answers a line of JSON for each. Memory is limited there, time here; when a file takes
too long, the process and all that it started end.
"""

from __future__ import annotations

import json
import subprocess
import sys
from asyncio import StreamReader, StreamWriter
from typing import BinaryIO, Final

from hub import child
from hub.child import Died
from hub.search.extract.kinds import MAX_TEXT, Extracted, clipped, kind_of

__all__ = ["Child", "Died"]

SECONDS: Final = 60.0
MEMORY_BYTES: Final = 1024**3
_LINE: Final = 8 * MAX_TEXT


class Child:
    """The process, one file at a time."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._child = child.Child("hub.search.child", seconds, limit=_LINE)

    async def extract(self, filename: str, content_type: str, content: bytes) -> Extracted:
        """Raises Died."""
        question = json.dumps({"filename": filename, "type": content_type, "size": len(content)})

        async def exchange(questions: StreamWriter, answers: StreamReader) -> Extracted:
            questions.write(question.encode() + b"\n" + content)
            await questions.drain()
            answer = json.loads(await answers.readuntil(b"\n"))
            return Extracted(str(answer["text"]), str(answer["reason"]))

        return await self._child.ask(exchange)

    async def close(self) -> None:
        await self._child.close()


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


if __name__ == "__main__":
    child.limit_memory(MEMORY_BYTES)
    serve(sys.stdin.buffer, sys.stdout.buffer)
