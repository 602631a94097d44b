"""The data folder: private, and in use by one hub at a time."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path


class FolderInUseError(Exception):
    """Another process works in this folder; the message names it and says what to do."""


def make_private(folder: Path) -> Path:
    """Create the folder, for its owner only, unless it is there; returns it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@contextlib.contextmanager
def claim(folder: Path, name: str = "hub.lock") -> Iterator[None]:
    """Hold the folder for this process. The kernel lets go when the process ends, however it ends.

    Raises `FolderInUseError` at once when another process holds it.
    """
    with (make_private(folder) / name).open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read(20).strip()
            raise FolderInUseError(
                f"Another hub{f' (process {holder})' if holder else ''} is running on the data folder {folder}. "
                "Stop it first, or give this one a folder of its own: hub serve --data FOLDER (or HUB_DATA_DIR)."
            ) from None
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


def is_claimed(folder: Path, name: str = "hub.lock") -> bool:
    """Whether a process holds the folder right now."""
    try:
        with (folder / name).open("a+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    return False
