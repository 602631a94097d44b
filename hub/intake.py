"""The one door for connectors: what a channel received comes in here, and is acknowledged only after the commit.

raw → understood (pure; large ones in another process) → files stored → one transaction with the ledger row, the
message, the statuses or the news of a call, and the channel's cursor → commit → the feed rings.
"""

from __future__ import annotations

import asyncio
import dataclasses
import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

import asyncpg
import orjson
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.calls.desk import CallDesk
from hub.channels.registry import Registry
from hub.channels.store import get_channel
from hub.db.blobs import BlobStore
from hub.db.engine import Database
from hub.db.trouble import DATABASE_TROUBLE, is_passing
from hub.events.outbox import Hint, Outbox, Tx
from hub.failpoints import failpoint
from hub.files.actions import add_remote_files
from hub.inbound.batch import REFUSED, BatchWriter, HubUnavailable, groups, retrying
from hub.inbound.child import Child
from hub.inbound.ingest import INLINE_BYTES, ingest
from hub.inbound.model import Message, Received, Stored, Understood
from hub.inbound.quarantine import load_raw, mark
from hub.inbound.understand import clean, clean_json, understand
from hub.inbound.uploads import UploadMissing, with_uploads
from hub.metrics import INGESTED
from hub.outbound.status import apply_statuses
from hub.people.claims import apply_claims
from hub.people.consent import apply_consent
from hub.sdk import (
    Accepted,
    ChannelSettings,
    Claim,
    ConnectionTrouble,
    Connector,
    InvalidAddress,
    OwnershipLost,
    Raw,
)
from hub.transcript.places import first_time, places

LAST_IN_SECONDS: Final = 10.0
_MOVE_CURSOR = text(
    "update channel set cursor = cast(:cursor as jsonb) where id = :id and lease_token = :lease_token returning id"
)
_LAST_IN: Final = "update channel set last_in_at = now() where id = $1"


@dataclass(frozen=True, slots=True)
class Source:
    """A channel as the intake has to know it; `settings` without secrets."""

    channel_id: int
    connector: Connector
    settings: ChannelSettings
    demo: bool = False


class Intake:
    """Receives for every channel of this process."""

    def __init__(
        self,
        database: Database,
        outbox: Outbox,
        hint: Hint,
        blobs: BlobStore,
        registry: Registry,
        read_token: Callable[[str], int | None],
        calls: CallDesk,
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._hint = hint
        self._blobs = blobs
        self._registry = registry
        self._read_token = read_token
        self._calls = calls
        self._child = Child()
        self._writer = BatchWriter(database.pool, hint.ring)
        self._told: dict[int, float] = {}

    def sink(self, channel_id: int, lease_token: int | None = None) -> ChannelSink:
        """The door of one channel. With a lease token it may move the cursor, for as long as the lease is its own."""
        return ChannelSink(self, channel_id, lease_token)

    async def source(self, channel_id: int) -> Source:
        """Raises LookupError when the channel or its connector is gone."""
        async with self._database.engine.connect() as connection:
            channel = await get_channel(connection, channel_id)
        if channel is None:
            raise LookupError(f"Channel {channel_id} does not exist.")
        connector = self._registry.get(channel.kind)
        return Source(channel_id, connector, connector.schema.with_defaults(channel.settings), channel.demo)

    async def receive(
        self,
        source: Source,
        raws: Sequence[Raw],
        cursor: Mapping[str, object] | None = None,
        lease_token: int | None = None,
    ) -> list[Stored]:
        """Stores them, in order, and moves the cursor with them. Returns after the commit.

        Raises ConnectionTrouble when nothing can be stored now, and OwnershipLost.
        """
        return await self._receive(source, await self._prepare(source, raws), cursor, lease_token)

    async def _prepare(self, source: Source, raws: Sequence[Raw]) -> list[Received]:
        try:
            return [await self.prepare(source, raw) for raw in raws]
        except DATABASE_TROUBLE as failure:
            raise ConnectionTrouble("The attachment store is full or out of reach; deliver again.") from failure

    async def _receive(
        self,
        source: Source,
        items: Sequence[Received],
        cursor: Mapping[str, object] | None,
        lease_token: int | None,
    ) -> list[Stored]:
        try:
            await failpoint("intake.before_commit")
            if cursor is None and not any(_has_consequences(one.understood) for one in items):
                stored = list(await asyncio.gather(*(self._writer.store(one, self._named(one)) for one in items)))
            else:
                stored = await self._store_in_order(source, items, cursor, lease_token)
        except HubUnavailable as failure:
            raise ConnectionTrouble(str(failure)) from failure
        except OSError as failure:
            raise ConnectionTrouble("The attachment store is full or out of reach; deliver again.") from failure
        for one in stored:
            INGESTED.labels(source.connector.kind, one.outcome).inc()
        await failpoint("intake.after_commit")
        if items:
            self._hint.ring()
            await self._tell_last_in(source.channel_id)
        return stored

    async def prepare(self, source: Source, raw: Raw, raw_id: int | None = None) -> Received:
        """Understands a raw, and stores its files and itself, when it is large, in the attachment store."""
        raw = dataclasses.replace(raw, key=clean(raw.key, 500), hint=clean_json(raw.hint))
        if len(raw.content) <= INLINE_BYTES:
            understood = understand(source.connector, raw, source.settings)
            await asyncio.sleep(0)  # a large batch leaves the loop to others between two messages
        else:
            understood = await self._child.understand(source.connector.kind, raw, source.settings)
            await self._blobs.put(raw.content)
        if understood.message is not None:
            try:
                message = await with_uploads(self._database.pool, source.channel_id, understood.message)
                understood = dataclasses.replace(understood, message=message)
            except UploadMissing:
                understood = Understood("quarantined", "A file that was uploaded for it is not there.")
        for found in (understood.message, understood.otherwise):
            for file in found.files if found else ():
                if not file.upload:
                    await self._blobs.put(file.content)
        return Received(
            channel_id=source.channel_id,
            key=raw.key,
            content=raw.content,
            content_hash=hashlib.sha256(raw.content).digest(),
            received_at=raw.received_at,
            hint=raw.hint,
            understood=understood,
            threads=source.connector.capabilities.threads,
            demo=source.demo,
            raw_id=raw_id,
        )

    async def store(self, tx: Tx, received: Received) -> Stored:
        """One item in the caller's transaction: its ledger row, and its message or its statuses."""
        (stored,) = await self._ingest(tx.connection, [received])
        await self._follow_up(tx, received, stored)
        return stored

    async def retry(self, raw_id: int) -> Stored:
        """Tries a quarantined raw once more, with the code and the settings of today.

        Raises LookupError (NotQuarantined when somebody was faster) and BlobMissing.
        """
        async with self._database.engine.connect() as connection:
            found = await load_raw(connection, raw_id)
        content = found.content if found.content is not None else await self._blobs.get(found.content_hash)
        source = await self.source(found.channel_id)
        received = await self.prepare(source, found.with_content(content), raw_id)
        try:
            return await self._store_again(received)
        except (*REFUSED, DBAPIError) as failure:
            if is_passing(failure):
                raise
            refused = Understood("quarantined", clean(f"The database refused it: {failure}", 500))
            return await self._store_again(dataclasses.replace(received, understood=refused))

    async def _store_again(self, received: Received) -> Stored:
        if received.raw_id is None:
            raise ValueError("Only what is in the ledger can be stored again.")
        async with self._outbox.transaction() as tx:
            await mark(tx.connection, received.raw_id, received.understood.state, received.understood.reason)
            stored = await self.store(tx, received)
        self._hint.ring()
        return stored

    async def accept(
        self,
        source: Source,
        raws: Sequence[Raw],
        cursor: Mapping[str, object] | None = None,
        lease_token: int | None = None,
    ) -> list[Accepted]:
        """As `receive`, and as the connector is told it: with the place in the writer's log, where a channel keeps one;
        for a duplicate as it was the first time."""
        items = await self._prepare(source, raws)
        stored = await self._receive(source, items, cursor, lease_token)
        accepted = [Accepted(one.outcome, one.entry_id, one.conversation_id) for one in stored]
        if not source.connector.capabilities.local_addresses:
            return accepted
        pool = self._database.pool
        try:
            for number, item in enumerate(items):
                message = item.understood.message
                if accepted[number].entry_id is None and message is not None and message.reference is not None:
                    before = await first_time(pool, source.channel_id, message.reference)
                    if before is not None:
                        accepted[number] = Accepted(accepted[number].outcome, *before)
            entries = [one.entry_id for one in accepted if one.entry_id is not None]
            seqs = await places(pool, source.channel_id, entries) if entries else {}
        except DATABASE_TROUBLE as failure:
            raise ConnectionTrouble("It is stored, but the hub cannot say where. Deliver again.") from failure
        return [dataclasses.replace(one, seq=seqs.get(one.entry_id or 0, 0)) for one in accepted]

    async def close(self) -> None:
        await self._writer.close()
        await self._child.close()

    def _named(self, received: Received) -> int | None:
        message = received.understood.message or received.understood.otherwise
        return self._read_token(message.token) if message is not None and message.token else None

    async def _store_in_order(
        self, source: Source, items: Sequence[Received], cursor: Mapping[str, object] | None, lease_token: int | None
    ) -> list[Stored]:
        async def attempt() -> list[Stored]:
            async with self._outbox.transaction() as tx:
                if cursor is not None:
                    await _move_cursor(tx.connection, source.channel_id, cursor, lease_token)
                stored = [one for group in groups(items) for one in await self._ingest(tx.connection, group)]
                for received, one in zip(items, stored, strict=True):
                    await self._follow_up(tx, received, one)
                await failpoint("intake.in_transaction")
                return stored

        try:
            return await retrying(attempt)
        except (*REFUSED, DBAPIError) as failure:
            if is_passing(failure):
                raise HubUnavailable("The database cannot be reached; deliver again.") from failure
            if len(items) > 1:
                # One of them is at fault: each alone, and the cursor last. What is stored already is seen before.
                stored = [(await self._store_in_order(source, [one], None, None))[0] for one in items]
                await self._store_in_order(source, [], cursor, lease_token)
                return stored
            if not items or items[0].understood.state == "quarantined":
                raise HubUnavailable("The hub cannot store anything now.") from failure
            reason = f"The database refused it: {type(failure).__name__}: {failure}"[:500]
            quarantined = dataclasses.replace(items[0], understood=Understood("quarantined", clean(reason, 500)))
            return await self._store_in_order(source, [quarantined], cursor, lease_token)

    async def _ingest(self, connection: AsyncConnection, items: Sequence[Received]) -> list[Stored]:
        driver = (await connection.get_raw_connection()).driver_connection
        if not isinstance(driver, asyncpg.Connection):
            raise TypeError("The hub works on asyncpg only.")
        # SQLAlchemy begins its transaction with its own first statement, which the driver's would otherwise precede.
        await connection.execute(text("select 1"))
        return await ingest(driver, [(one, self._named(one)) for one in items])

    async def _follow_up(self, tx: Tx, received: Received, stored: Stored) -> None:
        """What it says of who somebody is, and of messages of ours; once."""
        understood = received.understood
        if stored.outcome == "duplicate":
            return
        if understood.person is not None:
            who = understood.person
            await apply_claims(tx, who.kind, who.address, self._normal(understood.claims), stored.raw_id)
        if understood.message is not None:
            await self._add_to(tx, received.channel_id, understood.message, stored)
        if understood.statuses:
            await self._apply(tx, received, stored)
        if understood.calls:
            await self._calls.apply(tx, received.channel_id, understood.calls, stored.raw_id)

    async def _add_to(self, tx: Tx, channel_id: int, message: Message, stored: Stored) -> None:
        """What a message brings besides its entry."""
        if stored.outcome != "stored" or stored.entry_id is None:
            return
        if message.remote:
            await add_remote_files(tx, stored.entry_id, channel_id, message.remote)
        if message.consent:
            who = message.person
            await apply_consent(tx, who.kind, who.address, channel_id, message.consent, message.occurred_at)

    def _normal(self, claims: Sequence[Claim]) -> list[Claim]:
        """Those that some connector can make sense of, in its spelling."""
        found = []
        for claim in claims:
            for connector in self._registry:
                if connector.address_kind == claim.kind:
                    with suppress(InvalidAddress):
                        found.append(dataclasses.replace(claim, value=connector.normalise(claim.value)))
                        break
        return found

    async def _apply(self, tx: Tx, received: Received, stored: Stored) -> None:
        understood = received.understood
        matched = await apply_statuses(tx, received.channel_id, understood.statuses, stored.raw_id)
        if not any(matched) and understood.otherwise is not None:
            message = dataclasses.replace(
                received, understood=Understood(message=understood.otherwise), raw_id=stored.raw_id
            )
            (found,) = await self._ingest(tx.connection, [message])
            await self._add_to(tx, received.channel_id, understood.otherwise, found)

    async def _tell_last_in(self, channel_id: int) -> None:
        """Now and then only: the row is one for all who write to the channel."""
        now = time.monotonic()
        if now - self._told.get(channel_id, -LAST_IN_SECONDS) >= LAST_IN_SECONDS:
            self._told[channel_id] = now
            await self._database.pool.execute(_LAST_IN, channel_id)


class ChannelSink:
    """hub.sdk.Sink for one channel."""

    def __init__(self, intake: Intake, channel_id: int, lease_token: int | None) -> None:
        self._intake = intake
        self._channel_id = channel_id
        self._lease_token = lease_token
        self._source: Source | None = None

    async def receive(self, raws: Sequence[Raw], cursor: Mapping[str, object] | None = None) -> list[Accepted]:
        if self._source is None:
            try:
                self._source = await self._intake.source(self._channel_id)
            except (LookupError, OSError, DBAPIError) as failure:
                raise ConnectionTrouble(f"The hub cannot store now: {failure}") from failure
        return await self._intake.accept(self._source, raws, cursor, self._lease_token)


def _has_consequences(understood: Understood) -> bool:
    """Whether there is more to store than a message, in its transaction."""
    message = understood.message
    return bool(
        understood.statuses
        or understood.claims
        or understood.calls
        or (message is not None and (message.remote or message.consent))
    )


async def _move_cursor(
    connection: AsyncConnection, channel_id: int, cursor: Mapping[str, object], lease_token: int | None
) -> None:
    if lease_token is None:
        raise OwnershipLost("Only the owner of a channel moves its cursor.")
    values = {"id": channel_id, "cursor": orjson.dumps(cursor).decode(), "lease_token": lease_token}
    if (await connection.execute(_MOVE_CURSOR, values)).first() is None:
        raise OwnershipLost("Another node runs this channel now.")
