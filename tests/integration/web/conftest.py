"""A running hub for the module, and browsers in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.integration.web.hub import Browser, Hub, running_hub


@pytest_asyncio.fixture(scope="module")
async def hub(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Hub]:
    folder: Path = tmp_path_factory.mktemp("hub")
    async with running_hub(database_url, folder) as running:
        yield running


@pytest_asyncio.fixture
async def agent(hub: Hub) -> Browser:
    return await hub.browser(await hub.agent())


@pytest_asyncio.fixture
async def administrator(hub: Hub) -> Browser:
    return await hub.browser(await hub.agent("administrator", "Adam Administrator"))


@pytest_asyncio.fixture
async def nobody(hub: Hub) -> Browser:
    return hub.nobody()
