"""What the web tier works with: wired once by hub/app.py, found in the application under `SERVICES`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncConnection

if TYPE_CHECKING:
    from hub.callbacks.actions import Callbacks
    from hub.callbacks.verify import Verifications
    from hub.calls.desk import CallDesk
    from hub.channels.oauth import OAuth
    from hub.channels.registry import Registry
    from hub.channels.supervisor import Supervisor
    from hub.compose.actions import ScheduledMessages
    from hub.db.blobs import BlobStore
    from hub.db.engine import Database
    from hub.events.feed import Feed
    from hub.events.outbox import Outbox, Tx
    from hub.events.whisper import Whispers
    from hub.intake import Intake
    from hub.outbound.queue import MessageQueue
    from hub.outbound.templates import Templates
    from hub.secrets import Vault
    from hub.settings import Settings
    from hub.transcript.service import Transcripts
    from hub.webhooks.service import Webhooks


@dataclass(frozen=True, slots=True)
class Services:
    settings: Settings
    database: Database
    outbox: Outbox
    feed: Feed
    whispers: Whispers
    transcripts: Transcripts
    blobs: BlobStore
    vault: Vault
    registry: Registry
    supervisor: Supervisor
    intake: Intake
    outbound: MessageQueue
    scheduled: ScheduledMessages
    calls: CallDesk
    callbacks: Callbacks
    verifications: Verifications
    templates: Templates
    oauth: OAuth
    webhooks: Webhooks
    demo_page: str = ""
    """Where the customers of the demo's stage are played."""

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection for reading, each statement by itself."""
        async with self.database.reading.connect() as connection:
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Tx]:
        """A transaction whose events are told after its commit."""
        async with self.outbox.transaction() as tx:
            yield tx


SERVICES: Final = web.AppKey("services", Services)
