"""Pictures: the writing on them, by the machine's own tesseract. Without it they have no text, and that is said."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from typing import Final

from hub.search.extract.kinds import Extracted

_SECONDS: Final = 25
_MOST_LANGUAGES: Final = 4
_WANTED: Final = ("eng", "deu", "fra", "spa", "ita", "por", "nld", "pol", "ara", "tur", "rus", "ukr", "jpn", "chi_sim")


def read_picture(content: bytes) -> Extracted:
    return recognise(content) if shutil.which("tesseract") else Extracted(reason="no_recognition")


def recognise(content: bytes) -> Extracted:
    command = ["tesseract", "stdin", "stdout", "-l", _languages(), "--psm", "3"]
    done = subprocess.run(  # noqa: S603
        command,
        input=content,
        capture_output=True,
        timeout=_SECONDS,
        check=False,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    if done.returncode:
        return Extracted(reason="broken: tesseract")
    return Extracted(done.stdout.decode("utf-8", "replace").strip())


@cache
def _languages() -> str:
    """Those of the usual ones that are installed, a few at once: each takes its time."""
    done = subprocess.run(["tesseract", "--list-langs"], capture_output=True, timeout=10, check=False)  # noqa: S607
    there = done.stdout.decode("utf-8", "replace").split()
    chosen = [one for one in _WANTED if one in there][:_MOST_LANGUAGES]
    return "+".join(chosen) or "eng"
