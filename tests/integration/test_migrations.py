from __future__ import annotations

import asyncio

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from hub.db.engine import create_engine
from hub.db.migrate import MigrationError, migrate, newest, revision


async def test_a_migrated_database_is_at_the_newest_revision(engine: AsyncEngine) -> None:
    assert await revision(engine) == newest()


async def test_migrating_again_changes_nothing(engine: AsyncEngine) -> None:
    assert await migrate(engine) == newest()


async def test_hubs_that_start_together_migrate_once(empty_database_url: str) -> None:
    engines = [create_engine(empty_database_url) for _ in range(4)]
    try:
        assert set(await asyncio.gather(*(migrate(one) for one in engines))) == {newest()}
    finally:
        for one in engines:
            await one.dispose()


async def test_a_database_of_a_newer_hub_is_refused(fresh_database_url: str) -> None:
    engine = create_engine(fresh_database_url)
    async with engine.begin() as connection:
        await connection.execute(text("update schema_version set version_num = '9999'"))
    with pytest.raises(MigrationError, match="newer version"):
        await migrate(engine)
    await engine.dispose()


async def test_the_pool_reads_jsonb_as_values(pool: asyncpg.Pool) -> None:
    assert await pool.fetchval("select $1::jsonb", {"a": ["é", 1]}) == {"a": ["é", 1]}
