"""What stands under a mail when it goes out: the signature of its channel's brand, else the agent's own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest_asyncio

from hub.desk.agents import change_self
from hub.desk.brands import actions as brands
from hub.outbound.draft import load_draft
from hub.sdk import Outgoing
from tests.integration.compose.test_scheduled import Desk
from tests.outbound_world import World, world


@pytest_asyncio.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[Desk]:
    async with world(database_url, tmp_path) as hub:
        yield await Desk.open(hub)


async def outgoing(desk: Desk, words: str, **more: Any) -> Outgoing:
    hub: World = desk.hub
    async with hub.outbox.transaction() as tx:
        entry = await hub.queue.queue_message(tx, desk.message(words, **more))
    async with hub.database.engine.connect() as connection:
        return (await load_draft(connection, entry.id, hub.connector))[0]


async def branded(desk: Desk, html: str) -> None:
    async with desk.hub.outbox.transaction() as tx:
        await brands.create(tx, name="Oak & Iron", signature_html=html, channel_ids={desk.channel_id}, by=desk.agent_id)


async def test_the_agents_own_signature_stands_below_where_there_is_no_brand(desk: Desk) -> None:
    async with desk.hub.outbox.transaction() as tx:
        await change_self(tx, desk.agent_id, signature="Ada <3\nSupport")
    plain = await outgoing(desk, "Hello")
    assert (plain.text, plain.html) == ("Hello\n\n-- \nAda <3\nSupport", "")
    rich = await outgoing(desk, "Hello", html="<b>Hello</b>", key="key-00000002")
    assert rich.html == '<b>Hello</b><div class="signature">-- <br>Ada &lt;3<br>Support</div>'


async def test_a_brands_signature_takes_its_place_with_its_looks(desk: Desk) -> None:
    await branded(desk, "<p>{{ agent.name }}<br><b>{{ brand.name }}</b></p>")
    message = await outgoing(desk, "Hello <you>\nBye")
    assert message.text == "Hello <you>\nBye\n\n-- \nAda\nOak & Iron"
    assert message.html == (
        "<div>Hello &lt;you&gt;</div><div>Bye</div>"
        '<div class="signature">-- <br><p>Ada<br><b>Oak &amp; Iron</b></p></div>'
    )


async def test_a_signature_that_cannot_be_filled_in_keeps_no_message_back(desk: Desk) -> None:
    await branded(desk, "Ada")
    await desk.hub.rows("update brand set signature_html = '{% for %}'")
    message = await outgoing(desk, "Hello")
    assert message.text == "Hello"
