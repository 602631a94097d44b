"""What a database raises that is away, restarting or overloaded, through either driver. Worth another try later."""

from __future__ import annotations

import asyncio
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

_PASSING: Final = ("08", "53", "57", "40", "25006")
"""SQLSTATEs, or classes of them: connection, resources, intervention (a shutdown, a statement that took too long),
transactions to be repeated, and a server that is read only because another one takes over."""


def is_passing(failure: BaseException) -> bool:
    """Whether the failure says something of the database's state, and nothing of what it was asked to do."""
    if isinstance(failure, DBAPIError) and failure.connection_invalidated:
        return True
    cause = origin(failure)
    if isinstance(cause, ValueError):  # asyncpg's refusal to encode a value is an InterfaceError too
        return False
    if isinstance(cause, asyncpg.PostgresError):
        return str(cause.sqlstate or "").startswith(_PASSING)
    return isinstance(cause, DATABASE_TROUBLE)


def unless_ending() -> None:
    """For loops that go on after trouble: raises `CancelledError` where the task was cancelled meanwhile. A connection
    that cannot be given back on the way out raises an error of its own in its place, and the loop would never end."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


def origin(failure: BaseException) -> BaseException:
    """The driver's own error inside SQLAlchemy's; any other failure itself."""
    if not isinstance(failure, DBAPIError) or failure.orig is None:
        return failure
    driver = failure.orig.__cause__  # `orig` is SQLAlchemy's name for it, its cause what asyncpg raised
    if isinstance(driver, (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)):
        return driver
    return failure.orig if isinstance(failure.orig, DATABASE_TROUBLE) else failure
