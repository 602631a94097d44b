"""What the example customers wrote and write: script.toml, as the messages that wire.py turns into raws."""

from __future__ import annotations

import base64
import tomllib
from collections import Counter
from importlib.resources import files
from typing import Any, Final

Message = dict[str, Any]
_FOLDER: Final = files("connectors.demo")


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
        files.append(
            {
                "filename": one["picture"],
                "content_type": "image/png",
                "content": _base64((_FOLDER / one["picture"]).read_bytes()),
            }
        )
    return files


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


_SCRIPT: Final = tomllib.loads((_FOLDER / "script.toml").read_text(encoding="utf-8"))
HISTORY: Final = _history(_SCRIPT)
OPENERS: Final[list[Message]] = _SCRIPT["openers"]
ANSWERS: Final[list[str]] = _SCRIPT["script"]["answers"]
BOUNCING: Final = frozenset(_SCRIPT["people"][who]["address"] for who in _SCRIPT["script"]["bouncing"])
