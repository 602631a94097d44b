"""One channel, running: its session opened, `run` called again and again with the waits that its errors call for."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import structlog

from hub.channels.context import ChannelContext
from hub.channels.limits import limits_of
from hub.sdk import (
    ConfigurationError,
    ConnectionTrouble,
    Connector,
    CredentialsRefused,
    Health,
    HealthState,
    OwnershipLost,
    Session,
    Sink,
)

FIRST_SECONDS: Final = 1.0
LONGEST_SECONDS: Final = 300.0
REFUSED_SECONDS: Final = 900.0
QUIET_SECONDS: Final = 10.0
"""A session that has run for so long without a word is well."""
STEADY_SECONDS: Final = 60.0
"""After running well for so long, the next trouble is a first one."""
DOWN_AFTER: Final = 3
DRAIN_SECONDS: Final = 10.0
CLOSE_SECONDS: Final = 5.0
_SEVERITY: Final = ("ok", "degraded", "down")
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Runner:
    """Owns the session of one version of a channel. `changed` is called whenever its health may have."""

    def __init__(
        self, channel_id: int, version: int, lease_token: int, connector: Connector, changed: Callable[[], None]
    ) -> None:
        self.channel_id = channel_id
        self.version = version
        self.lease_token = lease_token
        self.connector = connector
        self.limits = connector.limits
        self._changed = changed
        self._session: Session | None = None
        self._task: asyncio.Task[None] | None = None
        self._receiving: Health | None = None
        self._sending = Health("ok")
        self._lent = 0
        self._returned = asyncio.Event()
        self._stopping = False
        self._failures = 0

    @property
    def health(self) -> Health | None:
        """The worse of receiving and sending; None until anything is known."""
        if self._receiving is None:
            return None
        worse = max(self._receiving, self._sending, key=lambda one: _SEVERITY.index(one.state))
        return worse if worse.state == self._sending.state != self._receiving.state else self._receiving

    @property
    def session(self) -> Session | None:
        return None if self._stopping else self._session

    @property
    def ended(self) -> bool:
        """It ended by itself, having lost the channel to another hub."""
        return self._task is not None and self._task.done()

    def report(self, health: Health) -> None:
        """How receiving does."""
        if health != self._receiving:
            self._receiving = health
            self._changed()

    def note_sending(self, health: Health) -> None:
        if health != self._sending:
            self._sending = health
            self._changed()

    def start(self, context: ChannelContext, sink: Sink) -> None:
        try:
            secret = self.connector.schema.secret_names
            shown = {name: value for name, value in context.settings.items() if name not in secret}
            self.limits = limits_of(self.connector, shown)
            self._session = self.connector.open(context)
        except Exception as failure:  # noqa: BLE001  # a connector's fault takes down its own channel only
            self.report(self._judge(failure))
            return
        self._task = asyncio.create_task(self._keep_running(self._session, sink), name=f"channel {self.channel_id}")

    @contextmanager
    def lend(self) -> Iterator[Session | None]:
        """The session, which is not closed while it is lent."""
        session = self.session
        self._lent += session is not None
        try:
            yield session
        finally:
            if session is not None:
                self._lent -= 1
                self._returned.set()

    async def stop(self) -> None:
        """Ends receiving, lets sends in hand finish, closes the session; within the bounds above."""
        self._stopping = True
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task], timeout=CLOSE_SECONDS)
        if self._session is None:
            return
        try:
            async with asyncio.timeout(DRAIN_SECONDS):
                while self._lent:
                    self._returned.clear()
                    await self._returned.wait()
        except TimeoutError:
            _log.warning("channel closed while sending", channel_id=self.channel_id)
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await self._session.close()
        except Exception:  # noqa: BLE001  # it is being let go of in any case
            _log.exception("session not closed", channel_id=self.channel_id)

    async def _keep_running(self, session: Session, sink: Sink) -> None:
        while True:
            started = time.monotonic()
            quiet = asyncio.get_running_loop().call_later(QUIET_SECONDS, self._assume_well, self._receiving)
            try:
                await session.run(sink)
                failure: Exception = ConnectionTrouble("The connection ended.")
            except OwnershipLost:
                _log.warning("channel lost to another hub", channel_id=self.channel_id)
                self._stopping = True
                self._changed()
                return
            except Exception as caught:  # noqa: BLE001  # whatever it is, the channel says so and is tried again
                failure = caught
            finally:
                quiet.cancel()
            if time.monotonic() - started > STEADY_SECONDS:
                self._failures = 0
            self._failures += 1
            self.report(self._judge(failure))
            await self._wait(failure)

    def _assume_well(self, before: Health | None) -> None:
        if self._receiving is before:
            self.report(Health("ok"))

    def _judge(self, failure: Exception) -> Health:
        match failure:
            case CredentialsRefused():
                step = "Enter the credentials again, or connect the account again."
                return Health("down", str(failure), step)
            case ConfigurationError():
                return Health("down", str(failure), "Change the channel's settings.")
            case ConnectionTrouble():
                state: HealthState = "degraded" if self._failures < DOWN_AFTER else "down"
                return Health(state, str(failure), "The hub keeps trying by itself. If it lasts, test the settings.")
            case _:
                _log.error("channel failed", channel_id=self.channel_id, exc_info=failure)
                reason = f"The connector failed ({type(failure).__name__}); the hub's log says how."
                return Health("down", reason, "The hub keeps trying by itself. If it lasts, report it.")

    async def _wait(self, failure: Exception) -> None:
        if isinstance(failure, ConfigurationError):
            await asyncio.Event().wait()  # for a change, which starts a new runner
        if isinstance(failure, CredentialsRefused):
            await asyncio.sleep(REFUSED_SECONDS * random.uniform(0.9, 1.1))  # noqa: S311
            return
        longest = min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** min(self._failures, 16))
        await asyncio.sleep(random.uniform(FIRST_SECONDS / 2, longest))  # noqa: S311  # full jitter
