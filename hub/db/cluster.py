"""The files of the hub's own PostgreSQL: where they are, how they are made, how the server is told about them."""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlencode

from hub.db.binaries import Binaries, EmbeddedPostgresError, Owner, find_binaries
from hub.folder import make_private

DATABASE: Final = "allways"
_INITDB_SECONDS: Final = 120
_SOCKET: Final = "/.s.PGSQL.5432"
_LONGEST_SOCKET: Final = 100  # bytes; the kernel takes 107, macOS 103
_BUILTIN_LOCALE: Final = 17  # the first version whose C.UTF-8 does not depend on the operating system

_COMMON: Final = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "80",
    "shared_buffers": "64MB",
    "allways.embedded": "on",  # one hub alone works on it: see hub/recover.py
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    "random_page_cost": "1.1",
    "max_wal_size": "1GB",
    "checkpoint_timeout": "15min",
    "log_checkpoints": "off",
    "log_error_verbosity": "terse",  # details and statements hold people's data
    "log_min_error_statement": "panic",
}
_DURABLE: Final = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
_FORGETFUL: Final = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_wal_size": "4GB"}


def pgdata(data_dir: Path) -> Path:
    """The folder PostgreSQL calls its data directory."""
    return data_dir / "postgres"


def create_cluster(data_dir: Path, owner: Owner | None) -> Binaries:
    """Make the cluster unless it exists; a half-made one is never seen. Returns the programs to run it with.

    Blocks for about a second. Raises `EmbeddedPostgresError` when `initdb` fails.
    """
    target = pgdata(data_dir)
    if target.exists():
        return find_binaries(owner, _made_by(target))
    binaries = find_binaries(owner)
    for left_over in data_dir.glob("postgres.new-*"):
        shutil.rmtree(left_over)
    folder = Path(tempfile.mkdtemp(prefix="postgres.new-", dir=make_private(data_dir)))
    if owner is not None:
        os.chown(folder, owner.uid, owner.gid)
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    arguments = [
        *(locale if binaries.version >= _BUILTIN_LOCALE else ["--locale=C.UTF-8"]),
        *("--encoding=UTF8", "--auth=peer", f"--username={_role()}", "-D", _seen_by(owner, folder)),
    ]
    command = binaries.command(owner, "initdb", *arguments)
    try:
        done = subprocess.run(  # noqa: S603
            command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=_INITDB_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise EmbeddedPostgresError(f"Making the database in {data_dir} took over {_INITDB_SECONDS} s.") from None
    if done.returncode != 0:
        said = (done.stdout + done.stderr).decode(errors="replace")[-800:]
        raise EmbeddedPostgresError(f"Making the database in {data_dir} failed: {said}")
    folder.rename(target)
    _sync_folder(data_dir)
    return binaries


def server_arguments(owner: Owner | None, folder: Path, socket: Path, *, durable: bool) -> list[str]:
    """The arguments of `postgres`, which is to be started in `folder`."""
    settings = _COMMON | (_DURABLE if durable else _FORGETFUL)
    settings["unix_socket_directories"] = "." if socket == folder else str(socket)
    return [
        "-D",
        _seen_by(owner, folder),
        *(part for name, value in settings.items() for part in ("-c", f"{name}={value}")),
    ]


def socket_url(data_dir: Path, owner: Owner | None, database: str = DATABASE) -> str:
    """The address of the server's socket, as this user."""
    query = urlencode({"host": str(socket_folder(data_dir, owner))})
    return f"postgresql://{quote(_role(), safe='')}@/{database}?{query}"


def socket_folder(data_dir: Path, owner: Owner | None) -> Path:
    """Where the socket is: beside the data, or in a short private folder when that path is too long for a socket."""
    folder = pgdata(data_dir)
    if len(os.fsencode(str(folder) + _SOCKET)) <= _LONGEST_SOCKET:
        return folder
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    place = (
        Path("/run" if owner and Path("/run").is_dir() else tempfile.gettempdir()) / f"allways-{os.geteuid()}-{digest}"
    )
    place.mkdir(mode=0o700, exist_ok=True)
    if owner is not None:
        os.chown(place, owner.uid, owner.gid, follow_symlinks=False)
    found = place.lstat()
    if place.is_symlink() or found.st_uid != (owner.uid if owner else os.geteuid()) or found.st_mode & 0o077:
        raise EmbeddedPostgresError(
            f"{place} belongs to somebody else. Remove it, or use a data folder with a shorter path."
        )
    return place


def _seen_by(owner: Owner | None, folder: Path) -> str:
    """The folder's name for a server started in it.

    A server that is not us may be unable to walk to it (root's home is closed to others, rightly); the kernel's
    name for its working folder needs no walk.
    """
    return "/proc/self/cwd" if owner is not None and sys.platform == "linux" else str(folder)


def _role() -> str:
    """The database role: named as the system user, which is what peer authentication compares."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        raise EmbeddedPostgresError(
            f"User number {os.geteuid()} has no name on this machine, and PostgreSQL needs one. "
            "Add it to /etc/passwd, or set HUB_DATABASE_URL."
        ) from None


def _made_by(folder: Path) -> int:
    try:
        return int((folder / "PG_VERSION").read_text(encoding="ascii").strip())
    except (OSError, ValueError) as unreadable:
        raise EmbeddedPostgresError(
            f"{folder} is not a PostgreSQL database ({unreadable}). Restore it from a backup."
        ) from None


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
