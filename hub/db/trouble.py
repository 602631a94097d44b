"""What a database raises that is away, restarting or overloaded, through either driver. Worth another try later."""

from __future__ import annotations

from typing import Final

import asyncpg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

DATABASE_TROUBLE: Final = (
    DBAPIError,
    PoolTimeout,
    OSError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)

_PASSING: Final = ("08", "53", "57", "40")
"""Classes of SQLSTATE: connection, resources, intervention (a shutdown), and transactions to be repeated."""


def is_passing(failure: BaseException) -> bool:
    """Whether the failure says something of the database's state, and nothing of what it was asked to do."""
    if isinstance(failure, DBAPIError):
        state = getattr(failure.orig, "sqlstate", None) or ""
        return failure.connection_invalidated or not state or state.startswith(_PASSING)
    if isinstance(failure, asyncpg.PostgresError):
        return str(failure.sqlstate or "").startswith(_PASSING)
    return isinstance(failure, DATABASE_TROUBLE)
