"""The server that a killed hub left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path


def end_orphan(folder: Path) -> None:
    """Stop the server of a hub that was killed, or clear away the note of one that is long gone.

    Only for the holder of the folder's lock: whatever server runs here has lost its hub. A note can outlive a
    machine or container, and its number belong to another program by now, which PostgreSQL itself cannot tell.
    """
    note = folder / "postmaster.pid"
    try:
        process = int(note.read_text(encoding="utf-8").split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return
    program = _program(process)
    if not program:
        return  # gone: PostgreSQL clears the note itself
    if program in ("postgres", "postmaster") and _works_in(process, folder):
        os.kill(process, signal.SIGINT)
    else:
        note.unlink(missing_ok=True)


def _program(process: int) -> str:
    """The name of the running program with this number, empty if there is none."""
    if sys.platform == "linux":
        try:
            return Path(f"/proc/{process}/comm").read_text(encoding="utf-8").strip()
        except (FileNotFoundError, ProcessLookupError):
            return ""
    asked = subprocess.run(  # noqa: S603
        ["/bin/ps", "-o", "comm=", "-p", str(process)], capture_output=True, text=True, timeout=10, check=False
    )
    return Path(asked.stdout.strip()).name


def _works_in(process: int, folder: Path) -> bool:
    if sys.platform != "linux":
        return True
    try:
        return Path(f"/proc/{process}/cwd").samefile(folder)
    except OSError:
        return False
