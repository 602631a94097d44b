"""The supervisor: every active channel runs, on exactly one hub, and says how it does."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

import structlog

from hub.channels.context import CallsFactory, ChannelContext, CursorSink, LogFactory, SinkFactory, TokenSource
from hub.channels.leases import Owned, acquire, release, store_health
from hub.channels.registry import Registry, UnknownKind
from hub.channels.runner import Runner
from hub.channels.secrets import open_settings
from hub.channels.store import get_channel
from hub.db.engine import Database
from hub.db.trouble import DATABASE_TROUBLE, unless_ending
from hub.events.model import ChannelChanged
from hub.events.outbox import Outbox
from hub.sdk import Connector, Health, Hook, Limits, Session, Sink, Socket
from hub.secrets import SecretsError, Vault

LEASE_SECONDS: Final = 15.0
POLL_SECONDS: Final = 2.0
RELEASE_SECONDS: Final = 5.0
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Supervisor:
    """Runs the channels of this hub until it is closed."""

    def __init__(
        self,
        database: Database,
        outbox: Outbox,
        registry: Registry,
        vault: Vault,
        tokens: TokenSource,
        sinks: SinkFactory,
        logs: LogFactory,
        calls: CallsFactory,
        *,
        public_url: str = "",
        lease_seconds: float = LEASE_SECONDS,
        poll_seconds: float = POLL_SECONDS,
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._registry = registry
        self._vault = vault
        self._tokens = tokens
        self._sinks = sinks
        self._logs = logs
        self._calls = calls
        self._public_url = public_url
        self._lease_seconds = lease_seconds
        self._poll_seconds = poll_seconds
        self._owner = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._runners: dict[int, Runner] = {}
        self._ending: dict[int, asyncio.Task[None]] = {}
        self._stored: dict[int, Health] = {}
        self._ours_until = 0.0
        self._wake = asyncio.Event()
        self._closing = False

    def wake(self) -> None:
        """A channel may have changed: look now."""
        self._wake.set()

    def session(self, channel_id: int) -> Session | None:
        """The running session of a channel; None when it does not run here."""
        runner = self._runners.get(channel_id)
        return None if runner is None else runner.session

    @contextmanager
    def lend(self, channel_id: int) -> Iterator[tuple[Session, Connector] | None]:
        """The running session of a channel, which stays open for the block, and its connector."""
        runner = self._runners.get(channel_id)
        if runner is None:
            yield None
            return
        with runner.lend() as session:
            yield None if session is None else (session, runner.connector)

    def limits(self) -> Mapping[int, Limits]:
        """What the channels that run here may carry and how fast, by channel id."""
        return {key: one.limits for key, one in self._runners.items() if one.session is not None}

    def note_sending(self, channel_id: int, health: Health) -> None:
        """How sending does on a channel, beside what its session says of receiving."""
        runner = self._runners.get(channel_id)
        if runner is not None:
            runner.note_sending(health)

    def hook(self, channel_id: int, name: str) -> tuple[Hook, Sink] | None:
        """The webhook of that name and where its raws go; None when the channel has none or does not run here."""
        session = self.session(channel_id)
        found = next((one for one in session.hooks() if one.name == name), None) if session is not None else None
        return None if found is None else (found, self._sinks.sink(channel_id, self._runners[channel_id].lease_token))

    def socket(self, channel_id: int, name: str) -> Socket | None:
        """The WebSocket of that name; None when the channel has none or does not run here."""
        session = self.session(channel_id)
        return next((one for one in session.sockets() if one.name == name), None) if session is not None else None

    async def run(self) -> None:
        """Until closed or cancelled. Channels that were set up, changed, paused or left by another hub are noticed
        within `poll_seconds`, or at once when woken."""
        while not self._closing:
            self._wake.clear()
            try:
                await self._turn()
            except DATABASE_TROUBLE as failure:
                unless_ending()
                _log.warning("channels cannot be looked after", error=type(failure).__name__)
                if time.monotonic() > self._ours_until:
                    self._stop(list(self._runners), let_go=False)  # another hub may have them by now
            try:
                async with asyncio.timeout(self._poll_seconds):
                    await self._wake.wait()
            except TimeoutError:
                continue

    async def close(self) -> None:
        """Stops every channel and gives up the leases, so that another hub can go on at once. Bounded to 25 s."""
        self._closing = True
        self._wake.set()
        self._stop(list(self._runners), let_go=True)
        await asyncio.gather(*self._ending.values())

    async def _turn(self) -> None:
        asked = time.monotonic()
        async with self._database.engine.begin() as connection:
            owned = {one.id: one for one in await acquire(connection, self._owner, self._lease_seconds)}
        self._ours_until = asked + self._lease_seconds * 2 / 3
        gone = [key for key, runner in self._runners.items() if not _same(runner, owned.get(key))]
        self._stop([key for key in gone if key in owned], let_go=False)
        self._stop([key for key in gone if key not in owned], let_go=True)
        for one in owned.values():
            if one.id not in self._runners and one.id not in self._ending and not self._closing:
                await self._start(one)
        await self._store_health()

    async def _start(self, owned: Owned) -> None:
        async with self._database.engine.connect() as connection:
            channel = await get_channel(connection, owned.id)
        if channel is None:
            return
        try:
            connector = self._registry.get(channel.kind)
            settings = open_settings(self._registry, self._vault, channel)
        except (UnknownKind, SecretsError) as failure:
            await self._keep_health(owned.id, owned.lease_token, Health("down", str(failure), "See the reason."))
            return
        runner = Runner(owned.id, owned.version, owned.lease_token, connector, self._wake.set)

        async def token(renew: bool) -> str:
            return await self._tokens.access_token(owned.id, renew=renew)

        log = self._logs.log(owned.id, connector)
        context = ChannelContext(
            owned.id,
            settings,
            owned.cursor,
            runner.report,
            token,
            log,
            self._calls.calls(owned.id),
            self._vault.hmac,
            self._public_url,
        )
        self._runners[owned.id] = runner
        self._stored.pop(owned.id, None)
        runner.start(context, CursorSink(self._sinks.sink(owned.id, owned.lease_token), context))
        _log.info("channel started", channel_id=owned.id, kind=channel.kind, version=owned.version)

    def _stop(self, ids: list[int], *, let_go: bool) -> None:
        """In the background: one that takes its time must not cost the others their leases."""
        for key in ids:
            runner = self._runners.pop(key)
            self._ending[key] = asyncio.create_task(self._end(runner, let_go), name=f"stop channel {key}")

    async def _end(self, runner: Runner, let_go: bool) -> None:
        await runner.stop()
        _log.info("channel stopped", channel_id=runner.channel_id)
        if let_go:
            try:
                async with asyncio.timeout(RELEASE_SECONDS), self._database.engine.begin() as connection:
                    await release(connection, self._owner, [runner.channel_id])
            except (*DATABASE_TROUBLE, TimeoutError) as failure:
                _log.warning("lease not given up; it ends by itself", error=type(failure).__name__)
        self._ending.pop(runner.channel_id, None)
        self._wake.set()

    async def _store_health(self) -> None:
        for key, runner in list(self._runners.items()):
            health = runner.health
            if health is not None and self._stored.get(key) != health:
                await self._keep_health(key, runner.lease_token, health)
                self._stored[key] = health

    async def _keep_health(self, channel_id: int, lease_token: int, health: Health) -> None:
        async with self._outbox.transaction() as tx:
            if await store_health(tx.connection, channel_id, lease_token, health):
                tx.emit(ChannelChanged(channel_id))


def _same(runner: Runner, owned: Owned | None) -> bool:
    return (
        owned is not None
        and not runner.ended
        and (runner.version, runner.lease_token) == (owned.version, owned.lease_token)
    )
