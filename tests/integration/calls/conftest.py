"""A hub with a telephone exchange, on a database of the test's own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.integration.calls.world import Telephones, telephones


@pytest_asyncio.fixture
async def world(fresh_database_url: str, tmp_path: Path) -> AsyncIterator[Telephones]:
    async with telephones(fresh_database_url, tmp_path) as made:
        yield made
