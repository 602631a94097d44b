"""Transcripts as connectors are given them (hub.sdk.Log)."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from hub.db.blobs import BlobMissing, BlobStore
from hub.db.engine import Database
from hub.db.trouble import DATABASE_TROUBLE
from hub.events.feed import Feed
from hub.events.whisper import Whispers
from hub.outbound.token import ReplyTokens
from hub.sdk import Attachment, ConnectionTrouble, Connector, Desk, LogChange, LogPage
from hub.service.hours import state
from hub.service.model import OpenState
from hub.service.store import hours_of_channel
from hub.transcript import store
from hub.transcript.onward import Onward
from hub.transcript.watch import Watches

CUSTOMER_TYPING: Final = "customer_typing"
MAX_PAGE: Final = 200
_MAX_NAME: Final = 255


class Transcripts:
    """Those of every channel. `run` keeps whoever watches informed."""

    def __init__(
        self,
        database: Database,
        feed: Feed,
        whispers: Whispers,
        blobs: BlobStore,
        tokens: ReplyTokens,
        onward: Onward,
    ) -> None:
        self.database = database
        self.blobs = blobs
        self.tokens = tokens
        self.onward = onward
        self.whispers = whispers
        self.watches = Watches(database, feed, whispers)
        self.agents_online: Callable[[], int] = lambda: 0
        """Of this process; the live socket says it."""
        self._epoch = ""

    def log(self, channel_id: int, connector: Connector) -> ChannelLog:
        return ChannelLog(self, channel_id, connector.address_kind)

    async def epoch(self) -> str:
        if not self._epoch:
            self._epoch = await store.epoch(self.database.pool)
        return self._epoch

    async def run(self) -> None:
        await self.watches.run()


class ChannelLog:
    """hub.sdk.Log of one channel."""

    def __init__(self, transcripts: Transcripts, channel_id: int, address_kind: str) -> None:
        self._transcripts = transcripts
        self._pool = transcripts.database.pool
        self._channel_id = channel_id
        self._kind = address_kind
        self._opening: OpenState | None = None
        self._looked = 0.0

    async def read(self, address: str, after: int = 0, limit: int = 100) -> LogPage:
        with _told():
            epoch = await self._transcripts.epoch()
            identity_id = await store.find_identity(self._pool, self._kind, address)
            if identity_id is None:
                return LogPage((), 0, epoch)
            head = await store.bring_up_to_date(self._pool, self._channel_id, identity_id)
            found = await store.page(self._pool, self._channel_id, identity_id, after, min(limit, MAX_PAGE))
            read = await store.read_by_agents(self._pool, identity_id)
        tokens = self._transcripts.tokens
        items = tuple(
            item if elsewhere is None else replace(item, token=tokens.make(elsewhere)) for item, elsewhere in found
        )
        return LogPage(items, max(head, items[-1].seq if items else 0), epoch, read)

    def watch(self, address: str) -> AbstractContextManager[AsyncIterator[LogChange]]:
        return self._transcripts.watches.watch(self._kind, address)

    async def typing(self, address: str, on: bool) -> None:
        with _told():
            identity_id = await store.find_identity(self._pool, self._kind, address)
            conversation_id = None if identity_id is None else await store.newest_conversation(self._pool, identity_id)
        if conversation_id is not None:
            self._transcripts.whispers.say({"kind": CUSTOMER_TYPING, "conversation_id": conversation_id, "on": on})

    async def upload(self, address: str, filename: str, content_type: str, content: bytes) -> str:
        upload_id = secrets.token_urlsafe(16)
        with _told():
            await self._transcripts.blobs.put(content)
            await store.add_upload(
                self._pool,
                upload_id,
                self._channel_id,
                address,
                blob_hash=hashlib.sha256(content).digest(),
                filename=filename[:_MAX_NAME],
                content_type=content_type[:_MAX_NAME],
                size=len(content),
            )
        return upload_id

    async def file(self, address: str, file_id: int) -> Attachment | None:
        with _told():
            identity_id = await store.find_identity(self._pool, self._kind, address)
            found = None if identity_id is None else await store.find_file(self._pool, identity_id, file_id)
            if found is None:
                return None
            filename, content_type, blob_hash = found
            try:
                return Attachment(filename, content_type, await self._transcripts.blobs.get(blob_hash))
            except BlobMissing:
                return None

    async def transcript(self, address: str) -> bool:
        with _told():
            identity_id = await store.find_identity(self._pool, self._kind, address)
            if identity_id is None:
                return False
            await store.bring_up_to_date(self._pool, self._channel_id, identity_id)
            return await self._transcripts.onward.transcript(self._channel_id, identity_id)

    async def desk(self) -> Desk:
        with _told():
            async with self._transcripts.database.engine.connect() as connection:
                hours = await hours_of_channel(connection, self._channel_id)
        now = state(hours, datetime.now(UTC))
        return Desk(now.open, self._transcripts.agents_online(), now.text, now.next_opening)


@contextmanager
def _told() -> Iterator[None]:
    """A database or a store out of reach, as a connector understands it."""
    try:
        yield
    except DATABASE_TROUBLE as failure:
        raise ConnectionTrouble("The hub cannot be reached at the moment. Try again.") from failure
