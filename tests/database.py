"""The tests' PostgreSQL: one server a session without fsync, one migrated template, one copy a module."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from hub.db.engine import create_engine
from hub.db.migrate import migrate

TEMPLATE = "migrated_template"
AT_ONCE = 8
"""So many may use one hub's database at once: with more, on a slow machine, the last would wait too long for a
connection, and be told to come again."""
T = TypeVar("T")


def with_database(url: str, name: str) -> str:
    """The same server, another database."""
    return urlunsplit(urlsplit(url)._replace(path="/" + name))


async def all_at_once(works: Iterable[Awaitable[T]]) -> list[T]:
    """What each gives, of so many as may be under way at once."""
    few = asyncio.Semaphore(AT_ONCE)

    async def one(work: Awaitable[T]) -> T:
        async with few:
            return await work

    return await asyncio.gather(*map(one, works))


@dataclass
class TestServer:
    """Makes and drops databases on one running server."""

    __test__ = False

    url: str
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

    async def prepare(self) -> None:
        """Make the template every other database is copied from."""
        await self.execute(f"create database {TEMPLATE}")
        engine = create_engine(with_database(self.url, TEMPLATE))
        await migrate(engine)
        await engine.dispose()

    async def create(self, *, migrated: bool = True) -> str:
        """A fresh database; its address."""
        name = f"test_{next(self._numbers)}"
        template = TEMPLATE if migrated else "template0"
        await self.execute(f"create database {name} template {template} strategy file_copy")
        return with_database(self.url, name)

    async def drop(self, url: str) -> None:
        await self.execute(f"drop database {urlsplit(url).path[1:]} with (force)")

    async def execute(self, statement: str) -> None:
        connection = await asyncpg.connect(self.url)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()
