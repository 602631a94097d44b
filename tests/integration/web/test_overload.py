"""With the database out of reach or the house full, the answer is a quick and honest 503."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio

from hub.web import auth
from tests.integration.web.hub import Hub, running_hub


@pytest_asyncio.fixture
async def small_hub(fresh_database_url: str, tmp_path: Path) -> AsyncIterator[Hub]:
    async with running_hub(fresh_database_url, tmp_path, database_connections=3) as running:
        yield running


async def test_exhausted_connections_are_a_503_and_pass(small_hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = await small_hub.browser(await small_hub.agent())
    async with AsyncExitStack() as held:
        for _ in range(2):  # the third is the feed's
            await held.enter_async_context(small_hub.services.database.pool.acquire())
        held.enter_context(monkeypatch.context()).setattr(auth, "FIND_SECONDS", 0.3)
        answers = await asyncio.gather(*(browser.get("/api/session") for _ in range(60)))
        assert {one.status for one in answers} == {503}
        assert {one.json["code"] for one in answers} == {"busy"}
        assert all(int(one.headers["Retry-After"]) > 0 for one in answers)
        assert (await browser.get("/healthz")).status == 200
    assert (await browser.get("/api/session")).status == 200


async def test_a_lost_database_is_a_503_and_the_hub_goes_on_when_it_is_back(small_hub: Hub) -> None:
    browser = await small_hub.browser(await small_hub.agent())
    pool = small_hub.services.database.pool
    async with pool.acquire() as connection:
        ended = await connection.fetch(
            "select pid, pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() "
            "and pid <> pg_backend_pid()"
        )
        left = "select exists (select from pg_stat_activity where pid = any ($1))"
        async with asyncio.timeout(20):
            while await connection.fetchval(left, [row["pid"] for row in ended]):
                await asyncio.sleep(0.02)
    statuses = [(await browser.get("/api/session")).status for _ in range(6)]
    assert set(statuses) <= {200, 503}
    assert statuses[-1] == 200
    assert (await browser.get("/api/agents")).status == 200
