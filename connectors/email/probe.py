"""Tries the settings of a channel live, step by step, and leaves no trace: nothing is read, marked, moved or sent."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import time
from collections.abc import AsyncIterator, Callable

import aiosmtplib

from connectors.email import address
from connectors.email.inbox import waiting
from connectors.email.mailbox import Mailbox, TokenSource, open_mailbox
from connectors.email.model import EmailSettings
from connectors.email.smtp import Sender
from connectors.email.tls import client_context, explain
from hub.sdk import ConfigurationError, ConnectorError, TestStep

CONNECT = 10.0  # seconds

_RESOLVE = "Check the server's name for typing errors, and that this machine can reach the internet."
_CONNECT = "Check the port, and that no firewall stands between."
_TLS = (
    "Check the port and the encryption. If the certificate was made by your own company, paste its root certificate "
    "under “Own certificate authority”."
)
_SIGN_IN = "Check user name and password. With two-step sign-in, make an app password at your provider."
_OAUTH = "Save the channel, and give consent on the provider's sign-in page."


class Probe:
    """`run` gives the steps as far as they came; a failed one ends its part, receiving or sending."""

    def __init__(self, settings: EmailSettings, token: TokenSource) -> None:
        self._settings = settings
        self._token = token
        self.steps: list[TestStep] = []

    async def run(self) -> list[TestStep]:
        try:
            tls = client_context(self._settings)
        except ConfigurationError as error:
            self.steps.append(
                TestStep("tls_ca", "Own certificate authority", False, str(error), "Correct or empty it.")
            )
            return self.steps
        for part, wanted in (
            (self._imap, self._settings.incoming == "imap"),
            (self._receiver, self._settings.incoming == "receiver"),
            (self._smtp, self._settings.outgoing == "smtp"),
        ):
            if wanted:
                with contextlib.suppress(_Failed):
                    await part(tls)
        return self.steps

    async def _imap(self, tls: ssl.SSLContext) -> None:
        settings = self._settings
        await self._reach("imap", "IMAP server", settings.imap_host, settings.imap_port, tls)
        next_step = _SIGN_IN if settings.auth == "password" else _OAUTH
        async with self._step("imap_sign_in", "Sign in to the mailbox", next_step):
            mailbox = await open_mailbox(settings, tls, self._token)
        try:
            async with self._step("imap_folder", "Open the folder", "Check the folder's name.") as say:
                say(await self._describe(mailbox))
        finally:
            await mailbox.close()

    async def _describe(self, mailbox: Mailbox) -> str:
        folder, count = await waiting(mailbox, self._settings)
        if self._settings.start_from == "new":
            return f"It holds {folder.exists} mails. Only new ones will come in."
        days = self._settings.start_days
        return f"It holds {folder.exists} mails. {count} of them, from the last {days} days, will come in at first."

    async def _receiver(self, tls: ssl.SSLContext) -> None:
        settings = self._settings
        where = f"{settings.receiver_host} port {settings.receiver_port}"
        free = f"Choose another port, or end the program that uses {where}. If this channel already runs, all is well."
        async with self._step("receiver_port", f"Listen on {where}", free) as say:
            try:
                server = await asyncio.get_running_loop().create_server(
                    asyncio.Protocol, settings.receiver_host.strip("[]"), settings.receiver_port, start_serving=False
                )
            except OSError:
                if not await self._listens_already():
                    raise
                say("The hub listens there already.")
            else:
                server.close()

    async def _listens_already(self) -> bool:
        """Whether a receiver like this one answers there: the channel itself, when it runs."""
        host, port = self._settings.receiver_host.strip("[]"), self._settings.receiver_port
        try:
            async with asyncio.timeout(CONNECT):
                reader, writer = await asyncio.open_connection(host, port)
                try:
                    return (await reader.readline()).rstrip().endswith(b" Allways")
                finally:
                    writer.close()
        except OSError:
            return False

    async def _smtp(self, tls: ssl.SSLContext) -> None:
        settings = self._settings
        host, port = settings.smtp_host, settings.port_for_sending
        await self._reach("smtp", "SMTP server", host, port, tls if settings.smtp_security == "tls" else None)
        async with self._step("smtp_sign_in", "Sign in for sending", _SIGN_IN):
            client = await Sender(settings, tls, self._token).connect()
        try:
            own = address.normalise(settings.address)
            async with self._step("smtp_sender", f"Send from {own}", "Use an address that this account may send from."):
                await client.mail(own)
                await client.rcpt(own)
            if settings.plus_addressing:
                plus = address.with_token(own, "test")
                turn_off = "Switch off “Answers come back to a plus address”: this server does not take such addresses."
                async with self._step("smtp_plus", f"Write to {plus}", turn_off):
                    await client.rcpt(plus)
            with contextlib.suppress(aiosmtplib.SMTPException):
                await client.rset()
                await client.quit()
        finally:
            client.close()

    async def _reach(self, name: str, label: str, host: str, port: int, tls: ssl.SSLContext | None) -> None:
        loop = asyncio.get_running_loop()
        async with self._step(f"{name}_resolve", f"Find the {label}", _RESOLVE) as say:
            found = await asyncio.wait_for(loop.getaddrinfo(host, port), CONNECT)
            say(", ".join(dict.fromkeys(str(one[4][0]) for one in found)))
        async with self._step(f"{name}_connect", f"Connect to the {label}", _CONNECT):
            _, writer = await asyncio.wait_for(asyncio.open_connection(host, port), CONNECT)
            writer.close()
        if tls is not None:
            async with self._step(f"{name}_tls", f"Encrypt the connection to the {label}", _TLS) as say:
                opening = asyncio.open_connection(host, port, ssl=tls, server_hostname=host)
                _, writer = await asyncio.wait_for(opening, CONNECT)
                say(str(writer.get_extra_info("ssl_object").version()))
                writer.close()

    @contextlib.asynccontextmanager
    async def _step(self, name: str, label: str, next_step: str) -> AsyncIterator[Callable[[str], None]]:
        started = time.monotonic()
        said: list[str] = []
        try:
            yield said.append
        except (ConnectorError, OSError, aiosmtplib.SMTPException) as error:
            detail = str(error) if isinstance(error, ConnectorError) else explain(error)
            detail = self._settings.redact(detail)
            self.steps.append(TestStep(name, label, False, detail, next_step, time.monotonic() - started))
            raise _Failed from error
        self.steps.append(TestStep(name, label, True, "".join(said), "", time.monotonic() - started))


class _Failed(Exception):
    """The rest of this part cannot be tried."""
