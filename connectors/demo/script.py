"""What the example customers wrote and write: script.toml, as the messages that wire.py turns into raws."""

from __future__ import annotations

import base64
import struct
import tomllib
import zlib
from collections import Counter
from importlib.resources import files
from typing import Any, Final

Message = dict[str, Any]
_PICTURE_SIZE: Final = (360, 240)
_PICTURE_COLOUR: Final = (122, 92, 68)
_FRAME: Final = 6


def _history(script: Message) -> list[tuple[int, Message]]:
    """(minutes ago, message), oldest first."""
    numbers: Counter[str] = Counter()
    found = []
    for one in sorted(script["history"], key=lambda one: -int(one["ago"])):
        person, who = script["people"][one["who"]], one["who"]
        before = numbers[who]
        numbers[who] += 1
        answers = one.get("answers", False)
        message = {key: one[key] for key in ("text", "full_text", "html", "direction", "automatic") if key in one}
        found.append(
            (
                one["ago"],
                {
                    **person,
                    **message,
                    "id": f"{who}-{before + 1}",
                    "subject": f"Re: {one['subject']}" if answers else one["subject"],
                    "replies_to": [f"<{who}-{before}@demo.example>"] if answers else [],
                    "attachments": _attachments(one),
                },
            )
        )
    return found


def _attachments(one: Message) -> list[Message]:
    files = [{**file, "content": _base64(file["content"].encode())} for file in one.get("files", ())]
    if "picture" in one:
        files.append({"filename": one["picture"], "content_type": "image/png", "content": _base64(_picture())})
    return files


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _picture() -> bytes:
    """A plain PNG with a lighter frame."""
    width, height = _PICTURE_SIZE
    dark, light = bytes(_PICTURE_COLOUR), bytes(part + 60 for part in _PICTURE_COLOUR)
    edge = light * width
    middle = light * _FRAME + dark * (width - 2 * _FRAME) + light * _FRAME
    rows = b"".join(b"\x00" + (edge if y < _FRAME or y >= height - _FRAME else middle) for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


_SCRIPT: Final = tomllib.loads((files("connectors.demo") / "script.toml").read_text(encoding="utf-8"))
HISTORY: Final = _history(_SCRIPT)
OPENERS: Final[list[Message]] = _SCRIPT["openers"]
ANSWERS: Final[list[str]] = _SCRIPT["script"]["answers"]
BOUNCING: Final = frozenset(_SCRIPT["people"][who]["address"] for who in _SCRIPT["script"]["bouncing"])
