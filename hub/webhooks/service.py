"""All of webhooks in one place, as the composition root and the API see it."""

from __future__ import annotations

import asyncio
from typing import Final

from aiohttp.abc import AbstractResolver

from hub.db.engine import Database
from hub.events.feed import Feed
from hub.events.outbox import Outbox
from hub.jobs.worker import Worker
from hub.secrets import Vault
from hub.webhooks import store
from hub.webhooks.call import Caller, Outcome
from hub.webhooks.deliver import Deliveries
from hub.webhooks.guard import Network, networks
from hub.webhooks.happened import Rendering
from hub.webhooks.model import JOB
from hub.webhooks.publisher import Publisher

CONCURRENCY: Final = 4
"""Calls at once. They have a worker of their own: a slow receiver delays no message to a customer."""


class Webhooks:
    """`run` until cancelled, then `close`. `private`: as in the setting webhook_private_networks."""

    def __init__(
        self,
        database: Database,
        outbox: Outbox,
        feed: Feed,
        vault: Vault,
        rendering: Rendering,
        *,
        private: str = "",
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._deliveries = Deliveries(database, vault, Caller(networks(private), resolver))
        self._worker = Worker(database, {JOB: self._deliveries.handle}, concurrency=CONCURRENCY)
        self._publisher = Publisher(database, feed, self._worker, rendering)

    @property
    def private(self) -> tuple[Network, ...]:
        return self._deliveries.caller.private

    def wake(self) -> None:
        """The feed has something, or a delivery was queued."""
        self._publisher.wake()
        self._worker.wake()

    async def run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._publisher.run(), name="webhook events")
            tasks.create_task(self._worker.run(), name="webhook worker")

    async def test(self, webhook_id: int) -> Outcome:
        """Calls the receiver now. Raises UnknownWebhook."""
        return await self._deliveries.test(self._outbox, webhook_id)

    async def prune(self) -> None:
        """Drops what is older than 30 days."""
        async with self._database.engine.begin() as connection:
            await store.prune(connection)

    async def close(self, grace: float) -> None:
        """Gives the calls in hand `grace` seconds."""
        await self._worker.close(grace)
