"""A program: applies the missing migrations to the database whose address it reads; run by `hub.db.migrate`.

The caller holds the lock. Each step is a transaction of its own; the first that fails ends it, with its reason on
standard error.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from hub.db.engine import create_engine

MIGRATIONS = Path(__file__).parent / "migrations"


def configuration() -> Config:
    """Alembic's, without a file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


async def upgrade(url: str) -> None:
    """Apply every step that is missing. Raises `DBAPIError` as the statement that fails does."""
    engine = create_engine(url)
    try:
        async with engine.connect() as connection:
            await connection.execute(text("set statement_timeout = 0"))
            await connection.execute(text("set idle_in_transaction_session_timeout = 0"))
            await connection.commit()
            await connection.run_sync(_run)
    finally:
        await engine.dispose()


def _run(connection: Connection) -> None:
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    connection.commit()


if __name__ == "__main__":
    try:
        asyncio.run(upgrade(sys.stdin.read()))
    except DBAPIError as failure:
        sys.exit(str(failure.orig))
