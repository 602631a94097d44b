"""A hub with a channel of texts, on a database of the test's own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest_asyncio

from tests.connectors.texting import Texting
from tests.outbound_world import World
from tests.outbound_world import world as new_world


@dataclass
class Texts:
    """The hub, and the connector's own side."""

    hub: World
    connector: Texting


@pytest_asyncio.fixture
async def texts(fresh_database_url: str, tmp_path: Path) -> AsyncIterator[Texts]:
    connector = Texting(window=0)
    async with new_world(fresh_database_url, tmp_path, connector) as made:
        yield Texts(made, connector)


@pytest_asyncio.fixture
async def windowed(fresh_database_url: str, tmp_path: Path) -> AsyncIterator[Texts]:
    connector = Texting()
    async with new_world(fresh_database_url, tmp_path, connector) as made:
        yield Texts(made, connector)
