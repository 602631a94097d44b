"""A hub with a callback queue, on a database of the test's own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.integration.callbacks.world import CallbackWorld, callback_world


@pytest_asyncio.fixture
async def world(fresh_database_url: str, tmp_path: Path) -> AsyncIterator[CallbackWorld]:
    async with callback_world(fresh_database_url, tmp_path) as made:
        yield made
