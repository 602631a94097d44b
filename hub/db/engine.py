"""Connections: SQLAlchemy for most of the hub, bare asyncpg for the hot path, both from one address."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, Final, Protocol
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import asyncpg
import orjson
import structlog
from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

CONNECT_SECONDS: Final = 10.0
STATEMENT_SECONDS: Final = 60.0
CLOSE_SECONDS: Final = 10.0
_LIBPQ_ONLY: Final = frozenset(
    {"connect_timeout", "application_name", "gssencmode", "channel_binding", "keepalives", "client_encoding"}
)

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def asyncpg_url(url: str) -> str:
    """The address as asyncpg reads it: its own scheme, without the parameters that only libpq knows."""
    parts = urlsplit(url)
    query = urlencode([(name, value) for name, value in parse_qsl(parts.query) if name not in _LIBPQ_ONLY])
    return urlunsplit(("postgresql", parts.netloc, parts.path, query, ""))


def _encode(value: object) -> str:
    return orjson.dumps(value).decode()


async def _prepare(connection: Any) -> None:
    for name in ("jsonb", "json"):
        await connection.set_type_codec(name, schema="pg_catalog", encoder=_encode, decoder=orjson.loads)


_SERVER_SETTINGS: Final = {
    "application_name": "allways",
    "timezone": "UTC",
    "statement_timeout": str(int(STATEMENT_SECONDS * 1000)),
    "idle_in_transaction_session_timeout": str(int(STATEMENT_SECONDS * 1000)),
}


def create_engine(url: str, *, size: int = 10) -> AsyncEngine:
    """SQLAlchemy's engine for a `postgresql://` address; `size` is the most connections it opens.

    A connection that was lost is replaced before it is handed out, a statement ends after `STATEMENT_SECONDS`.
    """
    address = asyncpg_url(url)

    async def connect(*_arguments: object, **_options: object) -> Any:
        # The driver reads the address: SQLAlchemy does not know all that may stand in one, such as sslmode.
        return await asyncpg.connect(address, timeout=CONNECT_SECONDS, server_settings=dict(_SERVER_SETTINGS))

    engine = create_async_engine(
        make_url(address).set(drivername="postgresql+asyncpg"),
        async_creator=connect,
        pool_size=size,
        max_overflow=0,  # a connection beyond the pool would be opened, at 5 ms, for one use
        pool_timeout=5,  # then the request is refused, to be tried again
        json_serializer=_encode,
        json_deserializer=orjson.loads,
        hide_parameters=True,  # they are people's data, and errors are logged
    )
    event.listen(engine.sync_engine, "checkout", _replace_lost)
    return engine


def _replace_lost(connection: Any, *_: object) -> None:
    """The driver hears of a lost connection at once; asking the server each time would cost a request more than most
    of what it does."""
    if connection.driver_connection.is_closed():
        raise DisconnectionError


class PooledConnection(asyncpg.Connection):  # type: ignore[misc]  # asyncpg is untyped
    """Given back as it is: nobody here changes a session's settings, or keeps a lock or a listener beyond its use.
    (An open transaction is still rolled back.)"""

    def get_reset_query(self) -> str:
        return ""


async def create_pool(url: str, *, size: int = 10) -> asyncpg.Pool:
    """asyncpg's pool for the hot path: json and jsonb are Python values, `size` is the most connections.

    Raises `OSError` or `asyncpg.PostgresError` when the server is out of reach.
    """
    return await asyncpg.create_pool(
        asyncpg_url(url),
        min_size=1,
        max_size=size,
        init=_prepare,
        connection_class=PooledConnection,
        timeout=CONNECT_SECONDS,
        command_timeout=STATEMENT_SECONDS,
        server_settings=dict(_SERVER_SETTINGS),
    )


class Reader(Protocol):
    """The driver's pool or a connection of it, which the most frequent reads go through: a third of what a statement of
    SQLAlchemy costs."""

    async def fetch(self, query: str, *parameters: object) -> list[Any]: ...
    async def fetchrow(self, query: str, *parameters: object) -> Any: ...


@dataclass(frozen=True, slots=True)
class Database:
    """Both ways to one database. `reading` is the engine, on the same connections, with each statement by itself:
    beginning and ending a transaction would cost two more round trips."""

    engine: AsyncEngine
    reading: AsyncEngine
    pool: asyncpg.Pool

    async def close(self) -> None:
        """Waits for statements in hand, ten seconds at most, then ends every connection."""
        await self.engine.dispose()
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await self.pool.close()
        except TimeoutError:  # the pool has ended what was left
            _log.warning("database connections still in use were cut", after_seconds=CLOSE_SECONDS)


async def connect(url: str, *, pool_size: int = 10) -> Database:
    """Both ways to the database, each with at most `pool_size` connections. Raises as `create_pool` does."""
    engine = create_engine(url, size=pool_size)
    reading = engine.execution_options(isolation_level="AUTOCOMMIT")
    return Database(engine, reading, await create_pool(url, size=pool_size))
