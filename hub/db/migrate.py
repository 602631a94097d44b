"""Bringing the schema up to date, once, however many hubs start together.

A step is a file `migrations/versions/NNNN_*.py` of revision NNNN. Functions (`functions/*.sql`) are not history: each
start puts the ones of this version in place.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import Final

import structlog
from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from hub.db.script import run_script

LOCK: Final = 0x616C6C77_61797301  # "allways", 1: held for the session while migrating
OLDEST_POSTGRESQL: Final = 15
VERSION_TABLE: Final = "schema_version"
_FOLDER: Final = Path(__file__).parent
_WAIT_SECONDS: Final = 300
_UPGRADE_SECONDS: Final = 3600  # a step on a large table takes its time
_LOCK_NOT_AVAILABLE: Final = "55P03"
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class MigrationError(Exception):
    """The database cannot be used by this version of the hub; the message says why and what to do."""


async def migrate(engine: AsyncEngine) -> str:
    """Apply every step that is missing and return the revision reached.

    Hubs that start together wait for the first (at most five minutes). Raises `MigrationError` when the
    server is too old, when the database was written by a newer hub, when a step fails, or when the wait is over.
    """
    target = newest()
    async with engine.connect() as connection:
        _check_server(connection.dialect.server_version_info)
        await _lock(connection)
        try:
            before = await connection.run_sync(_current)
            await connection.commit()
            if before is not None and before not in revisions():
                raise MigrationError(
                    f"The database is at revision {before}, which this version of the hub does not know: a newer "
                    "version has written it. Start that version, or restore a backup made before the upgrade."
                )
            if before != target:
                _log.info("migrating", before=before, after=target)
                await _upgrade(engine.url.render_as_string(hide_password=False))
            await connection.run_sync(_place_functions)
            await connection.commit()
        finally:
            await connection.invalidate()  # ends the session, and the lock with it, even after a failure
    return target


async def revision(engine: AsyncEngine) -> str | None:
    """The revision a database stands at; `None` when it has no schema yet."""
    async with engine.connect() as connection:
        return await connection.run_sync(_current)


def revisions() -> list[str]:
    """Every revision this version of the hub knows, oldest first."""
    return sorted(file.name.split("_")[0] for file in (_FOLDER / "migrations" / "versions").glob("[0-9]*_*.py"))


def newest() -> str:
    """The revision that this version of the hub works with."""
    known = revisions()
    if not known:
        raise MigrationError("This installation has no migrations: it is incomplete. Install it again.")
    return known[-1]


async def _lock(connection: AsyncConnection) -> None:
    await connection.execute(text(f"set lock_timeout = '{_WAIT_SECONDS}s'"))
    await connection.execute(text("set statement_timeout = 0"))
    await connection.execute(text("set idle_in_transaction_session_timeout = 0"))
    try:
        await connection.execute(text("select pg_advisory_lock(:key)"), {"key": LOCK})
    except DBAPIError as failure:
        if getattr(failure.orig, "sqlstate", "") != _LOCK_NOT_AVAILABLE:
            raise
        raise MigrationError(
            f"Another hub has been migrating this database for {_WAIT_SECONDS} s. "
            "Wait until it is done, then start again."
        ) from failure
    await connection.commit()


async def _upgrade(url: str) -> None:
    """Run alembic in a process of its own: its 9 MB are needed once, the hub runs for months."""
    packages = os.pathsep.join([str(_FOLDER.parent.parent), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "hub.db.upgrade"),  # -P: never the `hub` of the folder we are in
        env={**os.environ, "PYTHONPATH": packages},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        _, said = await asyncio.wait_for(process.communicate(url.encode()), _UPGRADE_SECONDS)
    except TimeoutError:
        process.kill()
        raise MigrationError(f"A migration took over {_UPGRADE_SECONDS} s and was stopped; it left no trace.") from None
    if process.returncode != 0:
        raise MigrationError(f"A migration failed; it left no trace. {said.decode(errors='replace')[-2000:].strip()}")


def _current(connection: Connection) -> str | None:
    exists = connection.scalar(text("select to_regclass(:name) is not null"), {"name": VERSION_TABLE})
    found: str | None = connection.scalar(text(f"select version_num from {VERSION_TABLE}")) if exists else None
    return found


def _place_functions(connection: Connection) -> None:
    for function in sorted((_FOLDER / "functions").glob("*.sql")):
        run_script(connection, function.read_text(encoding="utf-8"))


def _check_server(version: tuple[int | str, ...] | None) -> None:
    major = int(version[0]) if version else OLDEST_POSTGRESQL
    if major < OLDEST_POSTGRESQL:
        raise MigrationError(
            f"The database server is PostgreSQL {major}; the hub needs {OLDEST_POSTGRESQL} or newer. "
            "Set HUB_DATABASE_URL to a newer one."
        )
