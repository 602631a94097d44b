"""A process with a hub's PostgreSQL that says each row it has committed; the tests kill it."""

import asyncio
import sys
from pathlib import Path

import asyncpg

from hub.db.embedded import embedded_postgres

LOST = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)


async def main(folder: Path) -> None:
    async with embedded_postgres(folder) as server:
        print("url", server.url, flush=True)
        connection = await asyncpg.connect(server.url)
        await connection.execute("create table if not exists written (number bigint generated always as identity)")
        print("rows", await connection.fetchval("select count(*) from written"), flush=True)
        while True:
            try:
                number = await connection.fetchval("insert into written default values returning number")
            except LOST:
                await asyncio.sleep(0.05)
                connection = await reconnected(server.url)
                continue
            print("committed", number, flush=True)
            await asyncio.sleep(0.002)


async def reconnected(url: str) -> asyncpg.Connection:
    while True:
        try:
            return await asyncpg.connect(url)
        except LOST:
            await asyncio.sleep(0.05)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
