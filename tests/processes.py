"""Running parts of the hub as processes of their own, as oneself or as a normal user."""

from __future__ import annotations

import asyncio
import atexit
import os
import pwd
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

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
    """A Python of our version that `user` can run, and the environment in which it finds what we have installed.

    Where our own cannot be reached by that user (a checkout in root's home), it is a copy of all of it.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("HUB_", "PYTHON"))}
    environment |= {"PYTHONUNBUFFERED": "1", "HOME": "/nonexistent"}
    places: list[Callable[[], Place]] = [_our_own, _copied]
    for place in places:
        python, code, packages = place()
        found = environment | {"PYTHONPATH": os.pathsep.join(map(str, (code, packages, code / "tests" / "loopback")))}
        if place is _copied:
            found["LD_LIBRARY_PATH"] = str(python.parent.parent / "lib")  # a Python built apart from its library
        with suppress(PermissionError):
            asked = subprocess.run(
                [python, "-c", "import hub.db.server"],
                capture_output=True,
                env=found,
                cwd="/",
                timeout=60,
                check=False,
                **as_user(user),
            )
            if asked.returncode == 0:
                return str(python), found
    raise AssertionError(f"{user} can run no Python with the hub")


async def die_at(point: str, module: str, url: str, folder: Path) -> None:
    """Runs a hub on a database and a folder until the failpoint kills it, which it has to do within a minute."""
    command = [sys.executable, "-m", module, url, str(folder)]
    environment = {**os.environ, "HUB_FAILPOINT": f"{point}:kill"}
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment)
    try:
        async with asyncio.timeout(60):
            assert await process.wait() == -signal.SIGKILL
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


Place = tuple[Path, Path, Path]


def _our_own() -> Place:
    return Path(sys.executable), ROOT, Path(sysconfig.get_paths()["purelib"])


@cache
def _copied() -> Place:
    """Python, code and packages where everybody may read them, until the session ends."""
    folder = Path(tempfile.mkdtemp(prefix="hub-copy-"))
    folder.chmod(0o755)
    atexit.register(shutil.rmtree, folder)
    _, code, packages = _our_own()
    for name in ("hub", "connectors", "tests"):
        _link(code / name, folder / "code" / name)
    _link(packages, folder / "packages")
    prefix = Path(sys.base_prefix)
    python = Path(os.path.realpath(sys.executable))
    if prefix not in (Path("/usr"), Path("/usr/local")):
        _link(prefix, folder / "python")
        python = folder / "python" / python.relative_to(prefix)
    return python, folder / "code", folder / "packages"


def _link(source: Path, target: Path) -> None:
    """A copy that costs no space where the file system allows that."""
    target.parent.mkdir(exist_ok=True)
    for command in (["cp", "-al"], ["cp", "-a"]):
        if subprocess.run([*command, source, target], capture_output=True, timeout=120, check=False).returncode == 0:
            return
        shutil.rmtree(target, ignore_errors=True)
    raise OSError(f"cannot copy {source} to {target}")
