"""Bringing the schema up to date, once, however many hubs start together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import structlog
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from sqlalchemy.engine import Connection

LOCK: Final = 0x616C6C77_61797301  # "allways", 1: held for the session while migrating
OLDEST_POSTGRESQL: Final = 15
_WAIT_SECONDS: Final = 300
_LOCK_NOT_AVAILABLE: Final = "55P03"
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class MigrationError(Exception):
    """The database cannot be used by this version of the hub; the message says why and what to do."""


async def migrate(engine: AsyncEngine) -> str:
    """Apply every step that is missing and return the revision reached.

    Hubs that start together wait for the first (at most five minutes). Raises `MigrationError` when the
    server is too old, when the database was written by a newer hub, or when the wait is over.
    """
    config = _config()
    async with engine.connect() as connection:
        _check_server(connection.dialect.server_version_info)
        await connection.execute(text(f"set lock_timeout = '{_WAIT_SECONDS}s'"))
        await connection.execute(text("set statement_timeout = 0"))
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
        try:
            return await connection.run_sync(_upgrade, config)
        finally:
            await connection.invalidate()  # ends the session, and the lock with it, even after a failure


async def revision(engine: AsyncEngine) -> str | None:
    """The revision a database stands at; `None` when it has no schema yet."""
    async with engine.connect() as connection:
        return await connection.run_sync(_current)


def newest() -> str:
    """The revision that this version of the hub works with."""
    head = _scripts(_config()).get_current_head()
    if head is None:
        raise MigrationError("This installation has no migrations: it is incomplete. Install it again.")
    return head


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _scripts(config: Config) -> ScriptDirectory:
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(config)


def _current(connection: Connection) -> str | None:
    from alembic.runtime.migration import MigrationContext

    return MigrationContext.configure(connection, opts={"version_table": "schema_version"}).get_current_revision()


def _upgrade(connection: Connection, config: Config) -> str:
    from alembic import command

    scripts = _scripts(config)
    before, head = _current(connection), scripts.get_current_head()
    connection.commit()
    known = {script.revision for script in scripts.walk_revisions()}
    if head is None:
        raise MigrationError("This installation has no migrations: it is incomplete. Install it again.")
    if before is not None and before not in known:
        raise MigrationError(
            f"The database is at revision {before}, which this version of the hub does not know: a newer version has "
            "written it. Start that version, or restore a backup made before the upgrade."
        )
    if before != head:
        _log.info("migrating", before=before, after=head)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    for function in sorted((Path(__file__).parent / "functions").glob("*.sql")):
        connection.exec_driver_sql(function.read_text(encoding="utf-8"))
    connection.commit()
    return head


def _check_server(version: tuple[int | str, ...] | None) -> None:
    major = int(version[0]) if version else OLDEST_POSTGRESQL
    if major < OLDEST_POSTGRESQL:
        raise MigrationError(
            f"The database server is PostgreSQL {major}; the hub needs {OLDEST_POSTGRESQL} or newer. "
            "Set HUB_DATABASE_URL to a newer one."
        )
