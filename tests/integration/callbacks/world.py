"""A hub with a telephone exchange and a callback queue, whose clock is the test's own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hub.callbacks import queue_store, store
from hub.callbacks.actions import Callbacks
from hub.callbacks.dispatcher import Dispatcher
from hub.callbacks.model import Callback, LegalHours, NewCallback, Queue
from hub.callbacks.observer import Observer
from hub.service.model import WEEKDAYS
from hub.timeline.model import Entry
from tests.integration.calls.world import CUSTOMER, Telephones, telephones

ANY_TIME = LegalHours(WEEKDAYS, "00:00", "24:00")


@dataclass
class TestClock:
    """Shows what it is told."""

    __test__ = False
    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def now(self) -> datetime:
        return self.at


@dataclass
class CallbackWorld:
    phones: Telephones
    callbacks: Callbacks
    dispatcher: Dispatcher
    clock: TestClock
    queue_id: int

    async def ask(self, number: str = CUSTOMER, **more: Any) -> Callback:
        """Somebody asks for a call."""
        given = {"queue_id": self.queue_id, "source": "agent", "name": "Maria", "reason": "order 4711", **more}
        async with self.phones.hub.outbox.transaction() as tx:
            made, _ = await self.callbacks.request(tx, NewCallback(number=number, **given))
        return made

    async def look(self, one: Callback) -> Callback:
        async with self.phones.hub.database.engine.connect() as connection:
            found = await store.get_callback(connection, one.id)
        assert found is not None
        return found

    async def state(self, one: Callback) -> str:
        return (await self.look(one)).progress.state

    async def entry(self, one: Callback) -> Entry:
        return await self.phones.hub.entry(one.entry_id)

    async def results(self, one: Callback) -> list[tuple[int | None, str | None]]:
        """(agent, result) of each attempt, in order."""
        async with self.phones.hub.database.engine.connect() as connection:
            found = await store.attempts_of(connection, one.id)
        return [(each.agent_id, each.result) for each in reversed(found)]

    async def later(self, **by: float) -> None:
        """Time goes by, and the dispatcher has its turn."""
        self.clock.at += timedelta(**by)
        await self.dispatcher.turn()

    async def change_queue(self, **more: Any) -> None:
        async with self.phones.hub.outbox.transaction() as tx:
            queue = await queue_store.lock_queue(tx.connection, self.queue_id)
            assert queue is not None
            values = {name: getattr(queue, name) for name in Queue.__dataclass_fields__}
            await queue_store.replace_queue(tx.connection, Queue(**{**values, **more}))


@asynccontextmanager
async def callback_world(url: str, folder: Path, **options: Any) -> AsyncIterator[CallbackWorld]:
    """The queue is open at any time."""
    async with telephones(url, folder, **options) as phones:
        clock = TestClock()
        hub = phones.hub
        callbacks = Callbacks(hub.queue, hub.calls, "https://hub.test", clock)
        hub.calls.observe(Observer(callbacks, hub.calls))
        dispatcher = Dispatcher(hub.outbox, callbacks, hub.calls)
        async with hub.outbox.transaction() as tx:
            found = await queue_store.queue_of_channel(tx.connection, phones.channel.id)
            queue_id = found.id if found else None
            if queue_id is None:
                made = Queue(
                    0,
                    1,
                    "Support",
                    phone_channel_id=phones.channel.id,
                    time_zone="Europe/Berlin",
                    legal=ANY_TIME,
                    calls_per_second=100.0,
                )
                queue_id = await queue_store.insert_queue(tx.connection, made)
        yield CallbackWorld(phones, callbacks, dispatcher, clock, queue_id)
