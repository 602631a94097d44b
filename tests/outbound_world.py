"""A hub's lower tiers on a real database with the scripted connector: what tests of sending and receiving stand on."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import text

from hub.calls.desk import CallDesk
from hub.calls.telling import CallScripts
from hub.channels.actions import create_channel
from hub.channels.model import Channel, NewChannel
from hub.channels.oauth import OAuth
from hub.channels.registry import Registry
from hub.channels.supervisor import Supervisor
from hub.compose.actions import ScheduledMessages
from hub.db.blobs import FolderBlobs
from hub.db.engine import Database, connect
from hub.db.trouble import DATABASE_TROUBLE, is_passing
from hub.events.feed import Feed
from hub.events.outbox import Hint, Outbox
from hub.events.whisper import Whispers
from hub.files.fetcher import Fetcher
from hub.intake import Intake
from hub.jobs.worker import Worker
from hub.outbound.pace import Pace
from hub.outbound.queue import MessageQueue, QueueMessage
from hub.outbound.sender import Sender
from hub.outbound.sweep import sweep
from hub.outbound.token import ReplyTokens
from hub.people.actions import resolve_identity
from hub.sdk import Address
from hub.secrets import Vault
from hub.timeline.actions import open_conversation
from hub.timeline.model import Entry
from hub.timeline.store import get_entry
from hub.transcript.onward import Onward
from hub.transcript.service import Transcripts
from tests.connectors.scripted import Provider, Scripted
from tests.processes import die_at

KEY = b"k" * 32
PASSWORD = "canary-password-7f3a"
_numbers = itertools.count(1)


@dataclass
class World:
    """One hub, wired as hub/app.py does it, without its web tier."""

    database: Database
    outbox: Outbox
    vault: Vault
    registry: Registry
    connector: Scripted
    tokens: ReplyTokens
    queue: MessageQueue
    intake: Intake
    oauth: OAuth
    supervisor: Supervisor
    pace: Pace
    sender: Sender
    fetcher: Fetcher
    folder: Path
    blobs: FolderBlobs
    feed: Feed
    transcripts: Transcripts
    calls: CallDesk
    scheduled: ScheduledMessages

    @property
    def provider(self) -> Provider:
        return Provider(self.folder)

    def worker(self, **options: Any) -> Worker:
        handlers = {"send": self.sender.handle, "reconcile": self.sender.handle}
        handlers |= {"fetch": self.fetcher.handle, "forget": self.fetcher.handle}
        handlers["send_scheduled"] = self.scheduled.handle
        return Worker(self.database, handlers, channels=self.pace.free, **options)

    async def channel(self, **settings: object) -> Channel:
        """A channel of its own address, active."""
        address = f"support{next(_numbers)}@acme.test"
        new = NewChannel(
            "scripted", "Support", {"address": address, "folder": str(self.folder), **settings}, {"password": PASSWORD}
        )
        async with self.outbox.transaction() as tx:
            return await create_channel(tx, self.registry, self.vault, new, None)

    async def conversation(self, channel: Channel, customer: str | None = None) -> tuple[int, int]:
        """(conversation, identity): a new one with a customer."""
        who = Address("email", customer or f"customer{next(_numbers)}@customers.test", name="Maria")
        async with self.outbox.transaction() as tx:
            identity = await resolve_identity(tx, who)
            opened = await open_conversation(tx, channel_id=channel.id, identity_id=identity.id, subject="Order 4711")
        return opened.id, identity.id

    async def queue_text(self, channel: Channel, where: tuple[int, int], words: str = "Hello", **more: Any) -> Entry:
        message = QueueMessage(
            conversation_id=where[0],
            agent_id=more.pop("agent_id", None),
            identity_id=where[1],
            channel_id=channel.id,
            text=words,
            last_seen_entry_id=more.pop("last_seen_entry_id", 1 << 60),
            **more,
        )
        async with self.outbox.transaction() as tx:
            return await self.queue.queue_message(tx, message)

    async def entry(self, entry_id: int) -> Entry:
        async with self.database.engine.connect() as connection:
            found = await get_entry(connection, entry_id)
        assert found is not None
        return found

    async def state(self, entry_id: int) -> str:
        delivery = (await self.entry(entry_id)).delivery
        assert delivery is not None
        return delivery.state

    async def rows(self, statement: str, **values: Any) -> list[Any]:
        async with self.database.engine.begin() as connection:
            result = await connection.execute(text(statement), values)
            return list(result.all()) if result.returns_rows else []

    async def value(self, statement: str, **values: Any) -> Any:
        (row,) = await self.rows(statement, **values)
        return row[0]

    async def settled(self, *entries: Entry, states: tuple[str, ...] = (), seconds: float = 20.0) -> list[str]:
        """The states of the entries, once each is in one of `states` (or, by default, is done with). A database whose
        connections are cut is asked again."""
        wanted = states or ("sent", "delivered", "read", "failed", "canceled", "uncertain")

        async def found() -> list[str] | None:
            try:
                now = [await self.state(one.id) for one in entries]
            except DATABASE_TROUBLE as failure:
                if is_passing(failure):
                    return None
                raise
            return now if all(one in wanted for one in now) else None

        result: list[str] = await eventually(found, seconds)
        return result

    async def sweep(self) -> None:
        await sweep(self.outbox)

    async def dies_at(self, point: str, module: str, url: str) -> None:
        """A hub in a process of its own works here until the failpoint kills it, and its leases end with it: nobody
        has to wait for that, and those that live may be as long as on a slow machine they have to be."""
        await die_at(point, module, url, self.folder)
        await self.rows("update job set lease_until = now() - interval '1 second' where state = 'running'")
        await self.rows("update channel set lease_until = now() - interval '1 second' where lease_until is not null")

    @asynccontextmanager
    async def running(self, **options: Any) -> AsyncIterator[Worker]:
        """Channels and worker run for the block."""
        worker = self.worker(**options)
        tasks = [asyncio.create_task(self.supervisor.run()), asyncio.create_task(worker.run())]
        try:
            yield worker
        finally:
            await worker.close(5)
            await self.supervisor.close()
            await asyncio.gather(*tasks)


async def eventually(look: Callable[[], Any], seconds: float = 20.0) -> Any:
    """What `look` (a coroutine function) gives, once that is true. Fails when it never is."""
    async with asyncio.timeout(seconds):
        while True:
            found = await look()
            if found:
                return found
            await asyncio.sleep(0.02)


@asynccontextmanager
async def world(
    url: str, folder: Path, connector: Scripted | None = None, *, also: Sequence[Any] = (), **options: Any
) -> AsyncIterator[World]:
    """`also` are more connectors, `options` the supervisor's."""
    database = await connect(url, pool_size=10)
    hint = Hint(database)
    outbox = Outbox(database, hint)
    vault = Vault([KEY])
    connector = connector or Scripted()
    registry = Registry([connector, *also])
    tokens = ReplyTokens(vault)
    blobs = FolderBlobs(folder / "blobs")
    calls = CallDesk()
    intake = Intake(database, outbox, hint, blobs, registry, tokens.read, calls)
    oauth = OAuth(database, outbox, registry, vault, "https://desk.test/api/oauth/callback")
    feed = Feed(database)
    onward = Onward(outbox, registry, MessageQueue(registry, tokens))
    transcripts = Transcripts(
        database,
        feed,
        Whispers(database, feed),
        blobs,
        tokens,
        onward,
    )
    supervisor = Supervisor(
        database,
        outbox,
        registry,
        vault,
        oauth,
        intake,
        transcripts,
        CallScripts(database, calls),
        **{"poll_seconds": 0.2, **options},
    )
    pace = Pace(supervisor)
    sender = Sender(database, outbox, blobs, supervisor, pace)
    fetcher = Fetcher(database, outbox, blobs, pace)
    queue = MessageQueue(registry, tokens)
    try:
        yield World(
            database,
            outbox,
            vault,
            registry,
            connector,
            tokens,
            queue,
            intake,
            oauth,
            supervisor,
            pace,
            sender,
            fetcher,
            folder,
            blobs,
            feed,
            transcripts,
            calls,
            ScheduledMessages(outbox, queue),
        )
    finally:
        await oauth.close()
        await intake.close()
        await hint.close()
        await database.close()
