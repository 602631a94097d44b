"""Named points where a test makes the process die, wait or fail, as `HUB_FAILPOINT=name:kill|sleep|raise`.

Several are separated by commas. Without the variable a point costs one look into an empty dictionary.
"""

from __future__ import annotations

import asyncio
import os
import signal
from typing import Final, Literal, cast, get_args

Action = Literal["kill", "sleep", "raise"]
SLEEP_SECONDS: Final = 3600.0


class FailpointError(RuntimeError):
    """Raised by a point told to `raise`: stands for any failure nobody foresaw."""


def parse(text: str) -> dict[str, Action]:
    """The actions by point. Raises `ValueError` on anything but `name:kill|sleep|raise`."""
    found: dict[str, Action] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        name, _, action = part.partition(":")
        if not name or action not in get_args(Action):
            raise ValueError(f"HUB_FAILPOINT: {part!r} is not name:kill, name:sleep or name:raise")
        found[name] = cast(Action, action)
    return found


_active: dict[str, Action] = parse(os.environ.get("HUB_FAILPOINT", ""))


async def failpoint(name: str) -> None:
    """Do here what the test asked for: die as by `kill -9`, wait an hour, or raise `FailpointError`."""
    match _active.get(name):
        case None:
            return
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "sleep":
            await asyncio.sleep(SLEEP_SECONDS)
        case "raise":
            raise FailpointError(name)


def activate(text: str) -> None:
    """Replace what is active in this process; for tests that share it with the code under test."""
    _active.clear()
    _active.update(parse(text))
