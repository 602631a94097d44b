"""The job that brings one event to one receiver: until it took it, for three days."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.db.engine import Database
from hub.events.outbox import Outbox
from hub.jobs import queue
from hub.jobs.queue import Again as Later
from hub.jobs.queue import Done, Job, Lease, Result, Settled
from hub.secrets import SecretsError, Vault
from hub.webhooks import store
from hub.webhooks.actions import open_secret, present
from hub.webhooks.call import Caller, Outcome
from hub.webhooks.model import TEST, Delivery, Webhook

TRY_FOR: Final = timedelta(days=3)
PATIENCE: Final = timedelta(days=3)
"""A receiver that took nothing for so long is paused."""
DELAYS: Final = (5.0, 15.0, 60.0, 300.0, 900.0, 1800.0, 3600.0, 7200.0, 14400.0)
_FAILURES_BEFORE_REST: Final = 3
"""After so many in a row the receiver is left alone: the other deliveries do not knock one after the other."""
_GONE: Final = 410
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Deliveries:
    """Calls receivers, for the worker and for the test button."""

    def __init__(self, database: Database, vault: Vault, caller: Caller) -> None:
        self._database = database
        self._vault = vault
        self.caller = caller

    async def handle(self, job: Job, lease: Lease) -> Result:
        """One attempt."""
        del lease  # telling it twice does no harm
        async with self._database.engine.begin() as connection:
            delivery = await store.get_delivery(connection, int(job.payload["delivery_id"]))
            if delivery is None or delivery.state != "pending":
                return Done()
            webhook = await store.get_webhook(connection, delivery.webhook_id)
            if webhook is None or webhook.state != "active":
                await store.give_up(connection, delivery.id, "The webhook was paused or removed.")
                return Done()
            if webhook.failures >= _FAILURES_BEFORE_REST and webhook.wait > 0:
                return Later(_scattered(webhook.wait), progress=True)
            body = await store.event_body(connection, delivery.event_id)
        outcome = await self._call(webhook, delivery.id, delivery.type, body)
        async with self._database.engine.begin() as connection:
            if outcome.ok:
                await _record(connection, delivery, "delivered", outcome)
                await store.mark_worked(connection, webhook.id)
                await queue.finish(connection, job)
            else:
                await self._failed(connection, job, webhook, delivery, outcome)
        return Settled()

    async def _failed(
        self, connection: AsyncConnection, job: Job, webhook: Webhook, delivery: Delivery, outcome: Outcome
    ) -> None:
        _log.info("webhook not delivered", webhook_id=webhook.id, delivery_id=delivery.id, status=outcome.status)
        delay = _delay(webhook.failures)
        patience = PATIENCE.total_seconds()
        _, enough = await store.mark_failed(connection, webhook.id, delay=delay, patience=patience)
        if outcome.status == _GONE:
            await store.pause(connection, webhook.id, "The receiver answered 410: it is gone for good.")
        elif enough:
            reason = f"It took nothing for {PATIENCE.days} days. {outcome.error}"
            await store.pause(connection, webhook.id, reason[:500])
            _log.warning("webhook paused", webhook_id=webhook.id)
        if datetime.now(UTC) - delivery.queued_at >= TRY_FOR or outcome.status == _GONE:
            await _record(connection, delivery, "failed", outcome)
            await queue.finish(connection, job)
        else:
            await _record(connection, delivery, "pending", outcome)
            await queue.release(connection, job, _scattered(_delay(delivery.attempts)), outcome.error)

    async def test(self, outbox: Outbox, webhook_id: int) -> Outcome:
        """Calls the receiver now, with an event of the type webhook.test. Raises UnknownWebhook."""
        async with outbox.transaction() as tx:
            webhook = await present(tx, webhook_id)
            delivery_id, event_id = await store.add_test(tx.connection, webhook_id, TEST)
            body = await store.event_body(tx.connection, event_id)
        outcome = await self._call(webhook, delivery_id, TEST, body)
        async with self._database.engine.begin() as connection:
            delivery = await store.get_delivery(connection, delivery_id)
            if delivery is not None:
                await _record(connection, delivery, "delivered" if outcome.ok else "failed", outcome)
        return outcome

    async def _call(self, webhook: Webhook, delivery_id: int, type_: str, body: bytes) -> Outcome:
        try:
            secret = open_secret(self._vault, webhook)
        except SecretsError as failure:
            return Outcome(None, str(failure), 0.0)
        headers = {"Allways-Event": type_, "Allways-Delivery": str(delivery_id)}
        return await self.caller.call(webhook.url, secret, body, headers)


async def _record(connection: AsyncConnection, delivery: Delivery, state: str, outcome: Outcome) -> None:
    await store.record_attempt(
        connection, delivery.id, state=state, status=outcome.status, error=outcome.error, seconds=outcome.seconds
    )


def _delay(failures: int) -> float:
    return DELAYS[min(failures, len(DELAYS) - 1)]


def _scattered(seconds: float) -> float:
    return seconds * random.uniform(1.0, 1.25)  # noqa: S311  # not all at the same moment
