"""A hub with the scripted connector, on a database of the module's own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.outbound_world import World
from tests.outbound_world import world as new_world


@pytest_asyncio.fixture
async def world(fresh_database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with new_world(fresh_database_url, tmp_path) as made:
        yield made
