"""The email connector: its description, and the life of one channel."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from datetime import datetime

from connectors.email import address, compose, wire
from connectors.email.inbox import Inbox
from connectors.email.mailbox import open_mailbox
from connectors.email.model import EmailSettings, read_settings
from connectors.email.oauth import consent
from connectors.email.probe import Probe
from connectors.email.receiver import Receiver
from connectors.email.settings import SCHEMA
from connectors.email.smtp import Sender
from connectors.email.suspects import Suspects
from connectors.email.tls import client_context
from hub.sdk import (
    AuthSend,
    Capabilities,
    ChannelSettings,
    ConfigurationError,
    ConnectorError,
    Consent,
    Context,
    Health,
    Hook,
    Limits,
    Outgoing,
    Parsed,
    Raw,
    Receipt,
    Sink,
    Socket,
    TestStep,
)


class EmailConnector:
    """Email by IMAP, or by SMTP and LMTP delivered to the hub; sent by SMTP."""

    kind = "email"
    version = "1.0"
    name = "Email"
    description = "A mailbox that customers write to, at any provider or on your own mail server."
    address_kind = "email"
    schema = SCHEMA
    capabilities = Capabilities(subject=True, cc=True, html=True, threads=True)
    limits = Limits(rate=10.0, burst=50, max_bytes=compose.MAX_BYTES, send_timeout=300.0)

    def normalise(self, address_as_written: str) -> str:
        return address.normalise(address_as_written)

    def own_address(self, settings: ChannelSettings) -> str:
        return address.normalise(read_settings(settings).address)

    def reference(self, settings: ChannelSettings, token: str) -> str:
        return compose.reference(read_settings(settings), token)

    def parse(self, raw: Raw, settings: ChannelSettings) -> Sequence[Parsed]:
        return wire.parse(raw, read_settings(settings))

    def consent(self, settings: ChannelSettings) -> Consent | None:
        return consent(read_settings(settings))

    def open(self, context: Context) -> EmailSession:
        return EmailSession(context, read_settings(context.settings))


class EmailSession:
    """One mailbox."""

    def __init__(self, context: Context, settings: EmailSettings) -> None:
        self._context = context
        self._settings = settings
        self._sender: Sender | None = None
        self._suspects = Suspects()

    async def run(self, sink: Sink) -> None:
        settings = self._settings
        if settings.incoming == "imap":
            inbox = Inbox(self._context, settings, client_context(settings), self._token, self._suspects)
            await inbox.run(sink)
        elif settings.incoming == "receiver":
            await Receiver(self._context, settings).run(sink)
        else:
            self._context.report(Health("ok"))
            await asyncio.get_running_loop().create_future()

    async def send(self, message: Outgoing) -> Receipt:
        if self._sender is None:
            try:
                self._sender = Sender(self._settings, client_context(self._settings), self._token)
            except ConfigurationError as error:
                raise AuthSend(str(error)) from None
        return await self._sender.send(message)

    async def reconcile(self, message: Outgoing, started_at: datetime) -> Receipt | None:
        """Many providers keep what was sent through them in the Sent folder; where it is, it was sent."""
        if self._settings.incoming != "imap":
            return None
        with contextlib.suppress(ConnectorError):
            mailbox = await open_mailbox(self._settings, client_context(self._settings), self._token)
            try:
                name = self._settings.sent_folder or await mailbox.sent_folder()
                if name is not None:
                    await mailbox.open(name, encoded=not self._settings.sent_folder)
                    if await mailbox.has_message_id(message.reference):
                        return Receipt()
            finally:
                await mailbox.close()
        return None

    async def test(self) -> Sequence[TestStep]:
        probe = Probe(self._settings, self._token)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(55.0):
                return await probe.run()
        slow = "The servers are too slow or do not answer; try again, and check ports and firewalls."
        return [*probe.steps, TestStep("timeout", "Answer in time", False, "It took more than 55 seconds.", slow)]

    def hooks(self) -> Sequence[Hook]:
        return ()

    def sockets(self) -> Sequence[Socket]:
        return ()

    async def close(self) -> None:
        if self._sender is not None:
            await self._sender.close()

    async def _token(self, renew: bool) -> str:
        return await self._context.access_token(renew=renew)
