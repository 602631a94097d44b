"""The chat as a connector: a channel without a provider. What visitors say goes into the hub at once; what agents say
is in the visitor's log as soon as it counts as sent, and reaches every page that is open."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from connectors.webchat import settings as look
from connectors.webchat import wire
from connectors.webchat.labels import MAIL
from connectors.webchat.limits import ChatLimits
from connectors.webchat.pages import MAX_UPLOAD, Pages
from connectors.webchat.tokens import Tokens
from connectors.webchat.visit import PATIENCE_SECONDS, Visit
from hub.sdk import (
    Accepted,
    Capabilities,
    ChannelSettings,
    ConfigurationError,
    ConnectionTrouble,
    Consent,
    Context,
    Continuation,
    Desk,
    Health,
    Hook,
    Limits,
    Outgoing,
    Parsed,
    PermanentSend,
    Raw,
    Receipt,
    Session,
    SettingsSchema,
    Sink,
    Socket,
    SocketPeer,
    TestStep,
    TransientSend,
)

PING_SECONDS: Final = 20.0
_PINGS_A_SECOND: Final = 2000


class WebChatConnector:
    kind = "webchat"
    version = "1"
    name = "Web chat"
    description = "A chat on your web site, with a widget that the hub serves itself."
    address_kind = wire.KIND
    schema: SettingsSchema = look.SCHEMA
    capabilities = Capabilities(local_addresses=True)
    limits = Limits(rate=200.0, burst=200, max_bytes=MAX_UPLOAD, max_text=wire.MAX_TEXT, send_timeout=15.0)

    def normalise(self, address: str) -> str:
        return wire.normalise(address)

    def own_address(self, settings: ChannelSettings) -> str:
        return wire.OWN_ADDRESS

    def reference(self, settings: ChannelSettings, token: str) -> str:
        return f"chat:{token}"

    def parse(self, raw: Raw, settings: ChannelSettings) -> Sequence[Parsed]:
        return wire.parse(raw)

    def consent(self, settings: ChannelSettings) -> Consent | None:
        return None

    def continuation(self, settings: ChannelSettings) -> Continuation | None:
        goes_on = settings.get("continue_by_mail") is True
        if not goes_on and settings.get("transcript") is not True:
            return None
        seconds = 60 * look.number(settings, "continue_minutes", 10) if goes_on else 0
        return Continuation(look.number(settings, "mail_channel"), seconds, MAIL)

    def open(self, context: Context) -> Session:
        return WebChatSession(context)


class WebChatSession:
    """All visitors of one chat who are connected here."""

    def __init__(self, context: Context, patience: float = PATIENCE_SECONDS) -> None:
        self.log = context.log
        self.settings = {name: value for name, value in context.settings.items() if name != "jwt_secret"}
        self.tokens = Tokens(context)
        self.limits = ChatLimits()
        self.patience = patience
        self.origins: tuple[str, ...] = ()
        self.uploads = self.settings.get("uploads") is True
        self.transcripts = self.settings.get("transcript") is True
        self.version = hashlib.sha256(json.dumps(self.settings, sort_keys=True).encode()).hexdigest()[:12]
        self._context = context
        self._sink: Sink | None = None
        self._visits: set[Visit] = set()
        self._closing = False
        self._pages: Pages | None = None

    @property
    def jwt_secret(self) -> str:
        return look.text(self._context.settings, "jwt_secret")

    # --- the session ---

    async def run(self, sink: Sink) -> None:
        look.check(self._context.settings)
        self.origins = look.origins(self.settings)
        self._sink = sink
        self._context.report(Health("ok"))
        while True:
            await asyncio.sleep(PING_SECONDS)
            await self.ping_all()

    async def send(self, message: Outgoing) -> Receipt:
        """It is in the visitor's log once this attempt counts as sent; here is only checked that it can be."""
        if message.subject or any(ord(one) < 32 for one in message.sender_name + message.reference):
            raise PermanentSend("A chat message has no subject, and no line breaks but in its text.")
        if any(ord(letter) < 32 for file in message.attachments for letter in file.filename):
            raise PermanentSend("The name of a file has control characters. Rename it.")
        if len(message.text) > wire.MAX_TEXT or sum(len(file.content) for file in message.attachments) > MAX_UPLOAD:
            raise PermanentSend("This is more than a chat message carries. Shorten it, or take out files.")
        try:
            page = await self.log.read(message.to[0].value, 0, 1)
        except ConnectionTrouble as failure:
            raise TransientSend(str(failure)) from failure
        if not page.head:
            raise PermanentSend("This visitor has never written here.")
        return Receipt(provider_id=message.reference)

    async def reconcile(self, message: Outgoing, started_at: datetime) -> Receipt | None:
        """Sending is being in the log, which is the hub's own: whatever broke off can be done again."""
        raise TransientSend("The hub stopped in the middle of it.")

    async def test(self) -> Sequence[TestStep]:
        try:
            look.check(self._context.settings)
        except ConfigurationError as failure:
            return [TestStep("settings", "Settings", False, str(failure), "Change the setting.")]
        allowed = ", ".join(look.origins(self.settings))
        return [TestStep("settings", "Settings", True, f"The chat can be shown on {allowed}.")]

    def hooks(self) -> Sequence[Hook]:
        if self._pages is None:
            self._pages = Pages(self)
        return self._pages.hooks()

    def sockets(self) -> Sequence[Socket]:
        return (Socket("visitor", self.serve),)

    async def close(self) -> None:
        """Everybody is told to come back: to the next session, or to another node."""
        self._closing = True
        await asyncio.gather(*(visit.leave("again") for visit in list(self._visits)), return_exceptions=True)

    # --- for one visitor ---

    async def serve(self, peer: SocketPeer) -> None:
        visit = Visit(self, peer)
        self._visits.add(visit)
        try:
            await visit.serve()
        finally:
            self._visits.discard(visit)

    def welcomes(self, peer: SocketPeer) -> bool:
        """Our own frame, or a page of an allowed site."""
        own = urlsplit(peer.origin).netloc
        ours = (peer.headers.get("Host"), urlsplit(peer.public_base).netloc)
        return bool(own) and (own in ours or look.allows(self.origins, peer.origin))

    def is_open(self, desk: Desk) -> bool:
        return desk.open and (look.text(self.settings, "offline") != "agents" or desk.agents_online > 0)

    async def store(self, raw: Raw) -> Accepted:
        """Raises ConnectionTrouble: then nothing may be acknowledged."""
        if self._sink is None or self._closing:
            raise ConnectionTrouble("The chat is not running.")
        (accepted,) = await self._sink.receive([raw])
        return accepted

    async def ping_all(self) -> None:
        """Shows that the connection lives, and says when the desk has opened or closed meanwhile."""
        try:
            desk = await self.log.desk()
        except ConnectionTrouble:
            desk = None  # it is asked again the next time
        for number, visit in enumerate(list(self._visits), 1):
            try:
                if desk is not None:
                    await visit.say_desk(desk)
                await visit.ping()
            except ConnectionError:
                continue  # its own reader ends it
            if number % _PINGS_A_SECOND == 0:
                await asyncio.sleep(1)
