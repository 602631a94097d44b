"""A follower of events ends when it is told to, whatever state its connection is in."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace, TracebackType
from typing import Any

import asyncpg

from hub.events.feed import Feed


class Connection:
    """It listens for as long as nobody ends it."""

    def __init__(self) -> None:
        self.listens = asyncio.Event()

    async def add_listener(self, *_: object) -> None:
        self.listens.set()
        await asyncio.Event().wait()

    def terminate(self) -> None:
        pass


class Lease:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def __aenter__(self) -> Connection:
        return self.connection

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        raise asyncpg.InterfaceError("cannot be given back: the connection was lost")


class Pool:
    def __init__(self) -> None:
        self.connection = Connection()

    def acquire(self) -> Lease:
        return Lease(self.connection)


async def test_a_feed_ends_though_its_connection_cannot_be_given_back() -> None:
    pool = Pool()
    database: Any = SimpleNamespace(pool=pool)
    following = asyncio.create_task(Feed(database).run())
    await pool.connection.listens.wait()
    following.cancel()
    ended, _ = await asyncio.wait([following], timeout=10)
    following.cancel()
    assert ended
    assert following.cancelled()
