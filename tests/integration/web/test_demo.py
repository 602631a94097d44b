"""The demo is removed whole, whatever goes on in it at that moment."""

from __future__ import annotations

import asyncio

from sqlalchemy import text

from tests.integration.web.hub import Browser, Hub

ATTEMPT = text("insert into delivery_attempt (token, entry_id, number) values ('one', :id, 1)")
WAITS = text("select exists (select from pg_locks where not granted)")
LEFT = text("select count(*) from entry")


async def test_a_message_that_is_just_being_sent_is_removed_with_the_demo(hub: Hub, administrator: Browser) -> None:
    entry = await hub.written(await hub.channel())
    async with hub.services.write() as tx:
        await tx.connection.execute(text("update channel set demo = true"))
    async with hub.services.write() as sending:
        await sending.connection.execute(ATTEMPT, {"id": entry.id})
        removing = asyncio.create_task(administrator.delete("/api/demo"))
        async with asyncio.timeout(20):
            while not await sending.connection.scalar(WAITS):
                await asyncio.sleep(0.02)
    assert (await removing).status == 204
    async with hub.services.read() as connection:
        assert await connection.scalar(LEFT) == 0
