"""Running parts of the hub as processes of their own, as oneself or as a normal user."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
USERS = ["ourselves", "a normal user"] if os.geteuid() == 0 else ["ourselves"]


@contextmanager
def folder_of(user: str) -> Iterator[Path]:
    """A folder that `user` may write to and reach."""
    folder = Path(tempfile.mkdtemp(prefix="hub-"))
    if user != "ourselves":
        entry = pwd.getpwnam("nobody")
        os.chown(folder, entry.pw_uid, entry.pw_gid)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def as_user(user: str) -> dict[str, Any]:
    """The arguments of `subprocess` and `asyncio.create_subprocess_exec` that make a process `user`'s."""
    if user == "ourselves":
        return {}
    entry = pwd.getpwnam("nobody")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def python_for(user: str) -> tuple[str, dict[str, str]]:
    """A Python of our version that `user` can run, and the environment in which it finds what we have installed."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
    packages = sysconfig.get_paths()["purelib"]
    environment |= {
        "PYTHONPATH": os.pathsep.join([str(ROOT), packages]),
        "PYTHONUNBUFFERED": "1",
        "HOME": "/nonexistent",
    }
    system = shutil.which("python3", path="/usr/bin:/usr/local/bin") or sys.executable
    question = "import sys, sqlalchemy, hub; print(sys.version_info[:2])"
    for python in (sys.executable, system):
        with suppress(PermissionError):
            asked = subprocess.run(
                [python, "-c", question],
                capture_output=True,
                text=True,
                env=environment,
                cwd="/",
                timeout=60,
                check=False,
                **as_user(user),
            )
            if asked.stdout.strip() == str(tuple(sys.version_info[:2])):
                return python, environment
    pytest.skip(f"no Python {sys.version_info[0]}.{sys.version_info[1]} that {user} can run")
