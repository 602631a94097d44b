from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

import hub.db.migrate as migrations
from hub.db.engine import create_engine, create_pool
from hub.db.migrate import MigrationError, migrate, newest, revision, revisions
from hub.db.upgrade import configuration
from tests.processes import ROOT

BROKEN_STEP = """
from alembic import op
revision, down_revision = "9998", {before!r}
def upgrade() -> None:
    op.execute("create table half_made (id bigint)")
    op.execute("select no_such_column")
"""


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


async def test_a_step_that_fails_leaves_no_trace_and_says_why(
    fresh_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "hub"
    await asyncio.to_thread(shutil.copytree, ROOT / "hub", copy)
    (copy / "db" / "migrations" / "versions" / "9998_broken.py").write_text(BROKEN_STEP.format(before=newest()))
    monkeypatch.setattr(migrations, "_FOLDER", copy / "db")
    engine = create_engine(fresh_database_url)
    with pytest.raises(MigrationError, match="no_such_column"):
        await migrate(engine)
    monkeypatch.undo()
    assert await revision(engine) == newest()
    async with engine.connect() as connection:
        assert await connection.scalar(text("select to_regclass('half_made')")) is None
    await engine.dispose()


def test_alembic_sees_one_line_of_steps_named_as_their_files() -> None:
    steps = ScriptDirectory.from_config(configuration())
    assert steps.get_heads() == [newest()]
    assert sorted(step.revision for step in steps.walk_revisions()) == revisions()


def test_the_hub_itself_never_loads_alembic() -> None:
    program = "import hub.db.migrate, hub.db.server, sys; assert 'alembic' not in sys.modules"
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, timeout=60)


async def test_the_pool_reads_jsonb_as_values(pool: asyncpg.Pool) -> None:
    assert await pool.fetchval("select $1::jsonb", {"a": ["é", 1]}) == {"a": ["é", 1]}


@pytest.mark.parametrize("options", ["sslmode=prefer", "sslmode=disable&connect_timeout=5&application_name=desk"])
async def test_what_addresses_of_hosted_databases_carry_is_understood(database_url: str, options: str) -> None:
    url = f"{database_url}&{options}"
    engine = create_engine(url)
    async with engine.connect() as connection:
        assert await connection.scalar(text("show application_name")) == "allways"
    await engine.dispose()
    pool = await create_pool(url)
    assert await pool.fetchval("select 1") == 1
    await pool.close()
