"""The database the settings ask for: a server of the operator's, or our own."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final

import asyncpg
import structlog

from hub.db.binaries import EmbeddedPostgresError
from hub.db.embedded import embedded_postgres, running_url
from hub.db.engine import CONNECT_SECONDS, asyncpg_url
from hub.settings import Settings

_PATIENCE_SECONDS: Final = 30.0  # machines start everything at once, the database often last
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class DatabaseUnreachableError(Exception):
    """The operator's database does not answer, or refuses us; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class DatabaseServer:
    """A server that answers at `url`. `lost` ends, with the reason, when the hub cannot go on with it."""

    url: str
    lost: asyncio.Future[EmbeddedPostgresError]


@contextlib.asynccontextmanager
async def database_server(settings: Settings, *, join: bool = False) -> AsyncIterator[DatabaseServer]:
    """The operator's server if `database_url` is set, else our own for as long as the block runs.

    `join`: use the server of the hub that is running on the data folder, should there be one, for commands
    beside it. Raises `DatabaseUnreachableError`, `FolderInUseError` and `EmbeddedPostgresError`.
    """
    never: asyncio.Future[EmbeddedPostgresError] = asyncio.get_running_loop().create_future()
    if settings.database_url is not None:
        url = settings.database_url.get_secret_value()
        await _reached(url)
        yield DatabaseServer(url, never)
        return
    beside = running_url(settings.data_dir) if join else None
    if beside is not None:
        yield DatabaseServer(beside, never)
        return
    async with embedded_postgres(settings.data_dir) as server:
        lost = asyncio.create_task(server.lost(), name="loss of the database")
        try:
            yield DatabaseServer(server.url, lost)
        finally:
            lost.cancel()
            await asyncio.wait([lost])


async def _reached(url: str) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            connection = await asyncpg.connect(asyncpg_url(url), timeout=CONNECT_SECONDS)
        except (OSError, TimeoutError, asyncpg.CannotConnectNowError, asyncpg.TooManyConnectionsError) as failure:
            if time.monotonic() > deadline:
                raise DatabaseUnreachableError(
                    f"The database of HUB_DATABASE_URL does not answer ({failure or type(failure).__name__}). "
                    "Start it, or correct the address, or unset HUB_DATABASE_URL to let the hub run its own."
                ) from None
            _log.warning("waiting for the database", reason=type(failure).__name__)
            await asyncio.sleep(1)
        except (asyncpg.PostgresError, asyncpg.InterfaceError, ValueError) as refusal:
            raise DatabaseUnreachableError(
                f"The database of HUB_DATABASE_URL refuses the hub ({refusal}). Correct user, password or name in it."
            ) from None
        else:
            await connection.close(timeout=CONNECT_SECONDS)
            return
