"""Takes mail from the company's own mail server, by SMTP or LMTP; answers 250 only after it is stored."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from ipaddress import ip_address, ip_network
from typing import AnyStr

from aiosmtpd import lmtp, smtp

from connectors.email import address
from connectors.email.model import EmailSettings
from connectors.email.tls import explain
from hub.sdk import (
    Accepted,
    ConfigurationError,
    ConnectionTrouble,
    Context,
    Health,
    InvalidAddress,
    OwnershipLost,
    Raw,
    Sink,
)

MAX_BYTES = 64 * 1024 * 1024
MAX_LINE = 1024 * 1024  # real programs write lines far beyond the 998 of the standard
MAX_CONNECTIONS = 20
MAX_RECIPIENTS = 100
SILENCE = 120.0  # seconds
STORE = 60.0  # seconds that storing may take before the other side is asked to come again

log = logging.getLogger(__name__)


class Receiver:
    """`run` listens until cancelled."""

    def __init__(self, context: Context, settings: EmailSettings) -> None:
        self._context = context
        self._settings = settings
        self.connections: set[_Protocol] = set()

    async def run(self, sink: Sink) -> None:
        settings = self._settings
        handler = _Handler(settings, sink)
        kind = _Lmtp if settings.receiver_protocol == "lmtp" else _Smtp
        host, port = settings.receiver_host.strip("[]"), settings.receiver_port
        loop = asyncio.get_running_loop()
        try:
            server = await loop.create_server(lambda: kind(handler, self.connections), host, port)
        except OSError as error:
            raise ConnectionTrouble(f"Nothing can listen on {host} port {port}: {explain(error)}.") from None
        try:
            self._context.report(Health("ok"))
            await handler.disowned  # until cancelled, unless another node takes over
        finally:
            server.close()
            for connection in list(self.connections):
                connection.hang_up()


class _Handler:
    def __init__(self, settings: EmailSettings, sink: Sink) -> None:
        self._sink = sink
        self._own = address.normalise(settings.address)
        accepted = [one.strip().lower().lstrip("@") for one in settings.receiver_accept.split(",") if one.strip()]
        self._domains = {one for one in accepted if "@" not in one}
        self._addresses = {self._own, *(one for one in accepted if "@" in one)}
        try:
            self._networks = [
                ip_network(one.strip(), strict=False) for one in settings.receiver_allow_from.split(",") if one.strip()
            ]
        except ValueError as error:
            raise ConfigurationError(f"“Accept mail from” is not a list of addresses or networks: {error}.") from None
        self.disowned: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def allows(self, peer: object) -> bool:
        host = peer[0] if isinstance(peer, tuple) and peer else ""
        with contextlib.suppress(ValueError):
            return any(ip_address(host) in network for network in self._networks)
        return False

    async def handle_RCPT(  # noqa: N802  # the library's name, as below
        self, server: smtp.SMTP, session: smtp.Session, envelope: smtp.Envelope, to: str, options: Sequence[str]
    ) -> str:
        if len(envelope.rcpt_tos) >= MAX_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        if not self._accepts(to):
            return "550 5.1.1 No such recipient here"
        envelope.rcpt_tos.append(to)
        return "250 2.1.5 OK"

    def _accepts(self, to: str) -> bool:
        try:
            recipient = address.normalise(to)
        except InvalidAddress:
            return False
        local, _, domain = recipient.rpartition("@")
        without_token = f"{local.partition('+')[0]}@{domain}"
        return (
            domain in self._domains
            or not self._addresses.isdisjoint((recipient, without_token))
            or bool(address.token_of(recipient, self._own))
        )

    async def handle_DATA(  # noqa: N802
        self, server: smtp.SMTP, session: smtp.Session, envelope: smtp.Envelope
    ) -> str:
        content = envelope.original_content or b""
        sender = (envelope.mail_from or "").strip("<>")
        recipients = " ".join(envelope.rcpt_tos)
        key = sha256(b"\0".join((sender.encode(), recipients.encode(), content))).hexdigest()
        hint = {"envelope_from": sender, "envelope_to": recipients}
        storing = asyncio.ensure_future(self._sink.receive([Raw(key, content, datetime.now(UTC), hint)]))
        try:
            # The other side may hang up meanwhile; what is being stored is then stored, and known when it comes again.
            await asyncio.wait_for(asyncio.shield(storing), STORE)
        except ConnectionTrouble:
            return "451 4.3.0 Cannot store it now, try again later"
        except TimeoutError:
            storing.add_done_callback(_look_at)
            return "451 4.3.0 Storing takes too long, try again later"
        except OwnershipLost as lost:
            if not self.disowned.done():
                self.disowned.set_exception(lost)
            return "451 4.3.2 Another server takes this mail now, try again later"
        except asyncio.CancelledError:
            storing.add_done_callback(_look_at)
            raise
        return "250 2.0.0 Stored"

    async def handle_exception(self, error: Exception) -> str:
        log.error("receiving a mail failed", exc_info=error)
        return "451 4.3.0 Something went wrong here, try again later"


def _look_at(storing: asyncio.Future[Sequence[Accepted]]) -> None:
    """Nobody waits for it any more; the mail comes again, so a failure is only noted."""
    if not storing.cancelled() and (error := storing.exception()) is not None:
        log.warning("a mail whose sender had gone was not stored: %s", error)


class _Protocol(smtp.SMTP):
    line_length_limit = MAX_LINE

    def __init__(self, handler: _Handler, connections: set[_Protocol]) -> None:
        super().__init__(
            handler,
            data_size_limit=MAX_BYTES,
            enable_SMTPUTF8=True,
            hostname="allways",
            ident="Allways",
            timeout=SILENCE,
            command_call_limit={"*": 100_000, "VRFY": 10, "HELP": 10, "NOOP": 1_000},
            loop=asyncio.get_running_loop(),
        )
        self._connections = connections
        self._turned_away = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        peer = transport.get_extra_info("peername")
        refusal = b""
        if len(self._connections) >= MAX_CONNECTIONS:
            refusal = b"421 4.7.0 Too many connections, try again later\r\n"
        elif not self.event_handler.allows(peer):
            refusal = b"554 5.7.1 You may not deliver mail here\r\n"
        if refusal and isinstance(transport, asyncio.Transport):
            self._turned_away = True
            transport.write(refusal)
            transport.close()
            return
        self._connections.add(self)
        super().connection_made(transport)

    def data_received(self, data: bytes) -> None:
        if not self._turned_away:
            super().data_received(data)

    def eof_received(self) -> bool | None:
        return None if self._turned_away else super().eof_received()

    def connection_lost(self, error: Exception | None) -> None:
        self._connections.discard(self)
        if not self._turned_away:
            super().connection_lost(error)

    def hang_up(self) -> None:
        if isinstance(self.transport, asyncio.Transport):
            self.transport.abort()


class _Smtp(_Protocol):
    pass


class _Lmtp(_Protocol, lmtp.LMTP):
    """LMTP answers DATA once for each recipient, which the library does not do."""

    _answers = 0

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        self._answers = len(self.envelope.rcpt_tos) if self.envelope else 0
        try:
            await super().smtp_DATA(arg)
        finally:
            self._answers = 0

    async def push(self, status: AnyStr) -> None:
        if self._answers > 1 and isinstance(status, str) and not status.startswith(("354", "501", "503")):
            await super().push("\r\n".join([status] * self._answers))
        else:
            await super().push(status)
