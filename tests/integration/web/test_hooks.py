"""Providers' webhooks: verified, stored, and only then acknowledged."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import text

from hub.channels.actions import create_channel, patch_channel
from hub.channels.model import ChannelPatch, NewChannel
from tests.connectors.scripted import Scripted
from tests.integration.web.hub import Answer, Hub, running_hub


@pytest_asyncio.fixture(scope="module")
async def hub(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Hub]:
    async with running_hub(database_url, tmp_path_factory.mktemp("hub"), Scripted()) as running:
        yield running


@pytest_asyncio.fixture
async def channel_id(hub: Hub, tmp_path: Path) -> int:
    services = hub.services
    new = NewChannel("scripted", "Hooked", {"address": "in@company.example"}, {"password": "secret"})
    async with services.write() as tx:
        channel = await create_channel(tx, services.registry, services.vault, new, agent_id=None)
    services.supervisor.wake()
    async with asyncio.timeout(20):
        while services.supervisor.session(channel.id) is None:
            await asyncio.sleep(0.02)
    return channel.id


async def deliver(hub: Hub, channel_id: int, key: str, signature: str = "good", name: str = "in") -> Answer:
    headers = {"X-Signature": signature, "X-Id": key, "Origin": "https://provider.example"}
    return await hub.nobody().send("POST", f"/hooks/{channel_id}/{name}", data=b"not understood", headers=headers)


async def stored(hub: Hub, channel_id: int) -> int:
    async with hub.services.read() as connection:
        count = text("select count(*) from raw where channel_id = :id")
        return int((await connection.execute(count, {"id": channel_id})).scalar_one())


async def test_a_signed_call_is_stored_once_however_often_it_comes(hub: Hub, channel_id: int) -> None:
    answers = await asyncio.gather(*(deliver(hub, channel_id, "SM1") for _ in range(20)))
    assert {(one.status, one.content) for one in answers} == {(200, b"stored")}
    assert await stored(hub, channel_id) == 1


async def test_a_forged_call_is_refused_and_nothing_is_written(hub: Hub, channel_id: int) -> None:
    answer = await deliver(hub, channel_id, "SM2", signature="forged")
    assert (answer.status, answer.json["code"]) == (403, "not_verified")
    assert await stored(hub, channel_id) == 0


async def test_an_unknown_hook_or_method_is_told_so(hub: Hub, channel_id: int) -> None:
    assert (await deliver(hub, channel_id, "SM3", name="other")).status == 404
    answer = await hub.nobody().get(f"/hooks/{channel_id}/in")
    assert (answer.status, answer.headers["Allow"]) == (405, "POST")
    assert (await hub.nobody().get("/hooks/x/in")).status == 404


async def test_while_the_channel_does_not_run_the_provider_is_asked_to_come_again(hub: Hub, channel_id: int) -> None:
    services = hub.services
    async with services.write() as tx:
        patch = ChannelPatch(state="paused")
        await patch_channel(tx, services.registry, services.vault, channel_id, patch, agent_id=None)
    services.supervisor.wake()
    async with asyncio.timeout(20):
        while services.supervisor.session(channel_id) is not None:
            await asyncio.sleep(0.02)
    answer = await deliver(hub, channel_id, "SM4")
    assert answer.status == 503
    assert answer.headers["Retry-After"]
    assert await stored(hub, channel_id) == 0
