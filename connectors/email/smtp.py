"""Sends through an SMTP server: one attempt, one honest outcome."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime

import aiosmtplib
from aiosmtplib.errors import SMTPException, SMTPResponseException, SMTPServerDisconnected, SMTPTimeoutError

from connectors.email import address, replies
from connectors.email.compose import compose, needs_utf8
from connectors.email.model import EmailSettings
from connectors.email.tls import explain
from hub.sdk import (
    AmbiguousSend,
    AuthSend,
    CredentialsRefused,
    Outgoing,
    PermanentSend,
    Receipt,
    RecipientResult,
    TransientSend,
)

TIMEOUT = 30.0
DATA_TIMEOUT = 60.0  # plus the time that the bytes take at SLOWEST
SLOWEST = 200_000  # bytes a second
KEEP = 30.0  # seconds that a connection waits for the next message
CRLF = b"\r\n"

TokenSource = Callable[[bool], Awaitable[str]]

_LEADING_DOT = re.compile(rb"(?m)^\.")
_QUEUED = re.compile(r"\bqueued as ([A-Za-z0-9._-]{4,64})", re.IGNORECASE)


class Sender:
    """Holds one connection, used by one message after the other."""

    def __init__(self, settings: EmailSettings, tls: ssl.SSLContext, token: TokenSource) -> None:
        self._settings = settings
        self._tls = tls
        self._token = token
        self._lock = asyncio.Lock()
        self._client: aiosmtplib.SMTP | None = None
        self._expiry: asyncio.TimerHandle | None = None

    async def send(self, message: Outgoing) -> Receipt:
        if self._settings.outgoing == "none":
            raise PermanentSend("This channel does not send. Choose an SMTP server in its settings.")
        content = compose(message, self._settings, datetime.now(UTC))
        async with self._lock:
            self._stop_expiry()
            try:
                receipt = await self._send(message, content)
            except BaseException:
                self._drop()
                raise
            self._expiry = asyncio.get_running_loop().call_later(KEEP, self._drop)
            return receipt

    async def _send(self, message: Outgoing, content: bytes) -> Receipt:
        if self._client is not None:
            with suppress(SMTPException):  # it was closed in the meantime: nothing is lost by a new one
                await self._client.rset(timeout=5.0)
                return await self._transaction(self._client, message, content)
        self._drop()
        self._client = await self.connect()
        try:
            return await self._transaction(self._client, message, content)
        except ValueError:  # also what an address cannot be encoded as
            raise PermanentSend("An address of this message is malformed. Check whom it goes to.") from None
        except SMTPException as error:
            raise TransientSend(f"The mail server did not take the message: {self._said(error)}") from None

    async def connect(self) -> aiosmtplib.SMTP:
        """Connected, encrypted and signed in. Raises a SendError."""
        settings = self._settings
        if settings.smtp_security == "none" and not settings.smtp_allow_plain:
            raise AuthSend("Sending without encryption is not allowed. Choose TLS or STARTTLS in the settings.")
        client = aiosmtplib.SMTP(
            hostname=settings.smtp_host,
            port=settings.port_for_sending,
            use_tls=settings.smtp_security == "tls",
            start_tls=settings.smtp_security == "starttls",
            tls_context=self._tls,
            local_hostname=address.normalise(settings.address).rpartition("@")[2],
            timeout=TIMEOUT,
        )
        try:
            await client.connect()
            await client.ehlo()
            await self._sign_in(client)
        except SMTPResponseException as error:
            client.close()
            raise replies.refused(error.code, settings.redact(error.message), "connect") from None
        except (SMTPException, OSError) as error:
            client.close()
            raise TransientSend(f"The SMTP server {settings.smtp_host} cannot be used: {self._said(error)}.") from None
        except BaseException:
            client.close()
            raise
        return client

    async def _sign_in(self, client: aiosmtplib.SMTP) -> None:
        settings = self._settings
        if settings.smtp_auth == "none" or (settings.smtp_auth == "same" and settings.incoming != "imap"):
            return
        if not client.supports_extension("auth"):
            raise AuthSend("The SMTP server offers no sign-in here. Choose another port, or “Not needed”.")
        own = settings.smtp_auth == "own"
        username = settings.smtp_username if own else settings.username
        try:
            if settings.uses_oauth and not own:
                await self._sign_in_with_token(client, username)
            else:
                await client.login(username, settings.smtp_password if own else settings.imap_password)
        except SMTPResponseException as error:
            said = settings.redact(error.message)
            if error.code < 500:
                raise replies.refused(error.code, said, "connect") from None
            raise AuthSend(f"The SMTP server refused the sign-in: {said}", code=str(error.code)) from None
        except CredentialsRefused as error:
            raise AuthSend(str(error)) from None

    async def _sign_in_with_token(self, client: aiosmtplib.SMTP, username: str) -> None:
        try:
            await client.auth_xoauth2(username, await self._token(False))
        except SMTPResponseException as error:
            if error.code < 500:
                raise
            await client.auth_xoauth2(username, await self._token(True))

    async def _transaction(self, client: aiosmtplib.SMTP, message: Outgoing, content: bytes) -> Receipt:
        """Until DATA is under way, an SMTPException means that nothing was sent."""
        utf8 = needs_utf8(message, self._settings)
        options = self._mail_options(client, message, content, utf8=utf8)
        encoding = "utf-8" if utf8 else "ascii"
        own = address.normalise(self._settings.address)
        try:
            await client.mail(own, options=options, encoding=encoding)
        except SMTPResponseException as error:
            raise replies.refused(error.code, self._settings.redact(error.message), "mail") from None
        refused = await self._recipients(client, message, encoding)
        if len(refused) == len({one.value for one in (*message.to, *message.cc)}):
            raise replies.worst([error for _, error in refused])
        start = await client.execute_command(b"DATA")
        if start.code != 354:
            raise replies.refused(start.code, self._settings.redact(start.message), "data")
        said = await self._content(client, content)
        found = _QUEUED.search(said)
        return Receipt(
            provider_id=found[1] if found else "",
            recipients=tuple(RecipientResult(who, "failed", error.code, error.reason) for who, error in refused),
        )

    def _mail_options(self, client: aiosmtplib.SMTP, message: Outgoing, content: bytes, *, utf8: bool) -> list[str]:
        options = []
        if client.supports_extension("size"):
            options.append(f"SIZE={len(content)}")
            limit = client.esmtp_extensions["size"].strip()
            if limit.isdigit() and 0 < int(limit) < len(content):
                raise PermanentSend(
                    f"The message has {len(content) / 1e6:.1f} MB; the mail server takes {int(limit) / 1e6:.1f} MB. "
                    "Leave out an attachment, or send it another way.",
                    code="552 5.3.4",
                )
        if utf8:
            if not client.supports_extension("smtputf8"):
                raise PermanentSend(
                    "The mail server cannot send to addresses with letters beyond a to z. Ask for another address.",
                    code="553 5.6.7",
                )
            options += ["SMTPUTF8", "BODY=8BITMIME"]
        if client.supports_extension("dsn"):
            options += ["RET=HDRS", f"ENVID={_xtext(message.attempt)}"]
        return options

    async def _recipients(
        self, client: aiosmtplib.SMTP, message: Outgoing, encoding: str
    ) -> list[tuple[str, replies.Refusal]]:
        refused = []
        notify = "NOTIFY=SUCCESS,FAILURE,DELAY" if self._settings.delivery_reports else "NOTIFY=FAILURE,DELAY"
        for recipient in dict.fromkeys(one.value for one in (*message.to, *message.cc)):
            options = [notify] if client.supports_extension("dsn") else []
            if options and recipient.isascii():
                options.append(f"ORCPT=rfc822;{_xtext(recipient)}")
            try:
                await client.rcpt(recipient, options=options, encoding=encoding)
            except SMTPResponseException as error:
                refused.append((recipient, replies.refused(error.code, self._settings.redact(error.message), "rcpt")))
        return refused

    async def _content(self, client: aiosmtplib.SMTP, content: bytes) -> str:
        """From here on, silence does not mean that the server did not take it."""
        protocol = client.protocol
        if protocol is None:
            raise SMTPServerDisconnected("Connection lost")
        try:
            protocol.write(_LEADING_DOT.sub(b"..", content) + (b"" if content.endswith(CRLF) else CRLF) + b".\r\n")
            answer = await protocol.read_response(timeout=DATA_TIMEOUT + len(content) / SLOWEST)
        except (SMTPServerDisconnected, SMTPTimeoutError, OSError) as error:
            raise AmbiguousSend(
                f"The connection to the mail server ended before it confirmed the message ({explain(error)}). "
                "It may have been sent."
            ) from None
        except SMTPResponseException as error:  # what came back was not SMTP
            raise AmbiguousSend(f"The mail server gave an unreadable answer: {self._said(error)}") from None
        if answer.code != 250:
            raise replies.refused(answer.code, self._settings.redact(answer.message), "data")
        return answer.message

    def _said(self, error: BaseException) -> str:
        cause = error.__cause__ if isinstance(error.__cause__, OSError) else error
        return self._settings.redact(explain(cause) if isinstance(cause, Exception) else str(cause)).rstrip(".")

    def _stop_expiry(self) -> None:
        if self._expiry is not None:
            self._expiry.cancel()
            self._expiry = None

    def _drop(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            client.close()

    async def close(self) -> None:
        """Says good-bye where a connection is open, within 2 s."""
        self._stop_expiry()
        client = self._client
        if client is not None and client.is_connected and not self._lock.locked():
            with suppress(SMTPException):
                await client.quit(timeout=2.0)
        self._drop()


def _xtext(text: str) -> str:
    """RFC 3461 section 4: what an option value may hold."""
    return "".join(
        letter if "!" <= letter <= "~" and letter not in "+=" else f"+{byte:02X}"
        for letter in text
        for byte in (letter.encode()[:1] if letter.isascii() else letter.encode())
    )
