"""Fixtures for every test: a real PostgreSQL, its databases and connections."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from sqlalchemy.ext.asyncio import AsyncEngine

from hub.db.embedded import embedded_postgres
from hub.db.engine import Database, connect, create_engine, create_pool
from hub.events.outbox import Hint, Outbox
from tests.database import TestServer
from tests.loopback import sitecustomize as loopback

# A loaded machine is no failure: no test asserts a time.
hypothesis_settings.register_profile("allways", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("allways")

# The programs that tests start are held to loopback as the tests themselves are.
if str(loopback.FOLDER) not in os.environ.get("PYTHONPATH", "").split(os.pathsep):
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(loopback.FOLDER), os.environ.get("PYTHONPATH"))))

IN_CI = os.environ.get("CI", "").lower() == "true"


@pytest.fixture(scope="session", autouse=True)
def _own_settings_only() -> Iterator[None]:
    """What the developer's shell sets for their own hub is not for the tests."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("HUB_")]:
            patch.delenv(name)
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: Playwright keeps a loop running on the main thread, and no test of asyncio can run then.

    Those that keep it for one module come before those that keep it to the end.
    """
    folder = Path(__file__).parent / "browser"
    items.sort(key=lambda item: (folder in item.path.parents, item.get_closest_marker("browser") is not None))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """In CI nothing may be missing: a test that would be skipped has failed."""
    report = yield
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):  # type: ignore[attr-defined]
        report.outcome = "failed"  # type: ignore[attr-defined]
        report.longrepr = f"{item.nodeid} was skipped, which CI does not allow: {call.excinfo and call.excinfo.value}"  # type: ignore[attr-defined]
    return report


@pytest_asyncio.fixture(scope="session")
async def database_server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[TestServer]:
    """One PostgreSQL for the whole session, without fsync, run by the hub's own supervisor."""
    folder: Path = tmp_path_factory.mktemp("pg")
    async with embedded_postgres(folder, durable=False) as running:
        server = TestServer(running.url)
        await server.prepare()
        yield server


@pytest_asyncio.fixture(scope="module")
async def database_url(database_server: TestServer) -> AsyncIterator[str]:
    """A migrated database of the module's own."""
    url = await database_server.create()
    yield url
    await database_server.drop(url)


@pytest_asyncio.fixture
async def fresh_database_url(database_server: TestServer) -> AsyncIterator[str]:
    """A migrated database of the test's own, for tests that count rows."""
    url = await database_server.create()
    yield url
    await database_server.drop(url)


@pytest_asyncio.fixture
async def empty_database_url(database_server: TestServer) -> AsyncIterator[str]:
    """A database without any schema."""
    url = await database_server.create(migrated=False)
    yield url
    await database_server.drop(url)


@pytest_asyncio.fixture(scope="module")
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    """SQLAlchemy on the module's database."""
    engine = create_engine(database_url)
    yield engine
    await engine.dispose()


@pytest_asyncio.fixture(scope="module")
async def pool(database_url: str) -> AsyncIterator[asyncpg.Pool]:
    """asyncpg on the module's database."""
    pool = await create_pool(database_url)
    yield pool
    await pool.close()


@pytest_asyncio.fixture(scope="module")
async def database(database_url: str) -> AsyncIterator[Database]:
    """Both ways to the module's database."""
    database = await connect(database_url)
    yield database
    await database.close()


@pytest_asyncio.fixture(scope="module")
async def outbox(database: Database) -> AsyncIterator[Outbox]:
    """Transactions on the module's database, whose events are told."""
    hint = Hint(database)
    yield Outbox(database, hint)
    await hint.close()
