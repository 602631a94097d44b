"""Telephone calls at Twilio as a connector: webhooks are stored, then answered with what the hub says happens now."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from connectors.twilio import phone_music, phone_recordings, phone_wire
from connectors.twilio.client import Api
from connectors.twilio.errors import TwilioTrouble, run_error
from connectors.twilio.numbers import normalise
from connectors.twilio.phone_calls import Exchange
from connectors.twilio.phone_probe import look_at_number, probe
from connectors.twilio.phone_settings import PHONE_SCHEMA, PhoneSettings, read
from connectors.twilio.phone_twiml import HOLD, Leg, pause, play, render
from connectors.twilio.settings import country
from connectors.twilio.signature import verified_form
from hub.sdk import (
    CallUpdate,
    Capabilities,
    ChannelSettings,
    ConnectionTrouble,
    Consent,
    Context,
    Dial,
    Hook,
    HookReply,
    HookRequest,
    Join,
    Limits,
    Outgoing,
    Parsed,
    PermanentSend,
    Raw,
    Receipt,
    RemoteFile,
    RoomChange,
    Session,
    SettingsSchema,
    Sink,
    Socket,
    TestStep,
    TransientSend,
)

LIST_SECONDS: Final = 300.0
AGAIN_SECONDS: Final = 10.0
"""At first, while the number is not set up at Twilio as it has to be: an administrator is just doing it."""
OVERLAP: Final = timedelta(minutes=15)
FURTHEST: Final = timedelta(days=30)


class PhoneConnector:
    kind = "phone"
    version = "1"
    name = "Phone (Twilio)"
    description = "Customers call, and are called back, on a number at Twilio."
    address_kind = "phone"
    schema: SettingsSchema = PHONE_SCHEMA
    capabilities = Capabilities(send=False, attachments=False, calls=True)
    limits = Limits(rate=1.0, burst=1, send_timeout=60.0)

    def limits_of(self, settings: ChannelSettings) -> Limits:
        rate = settings.get("rate")
        return Limits(rate=float(rate) if isinstance(rate, int) else 1.0, burst=1, send_timeout=60.0)

    def normalise(self, address: str) -> str:
        return normalise(address)

    def own_address(self, settings: ChannelSettings) -> str:
        return normalise(str(settings.get("number", "")), country(settings))

    def reference(self, settings: ChannelSettings, token: str) -> str:
        return f"call:{token}"

    def parse(self, raw: Raw, settings: ChannelSettings) -> Sequence[Parsed]:
        return phone_wire.parse(raw)

    def consent(self, settings: ChannelSettings) -> Consent | None:
        return None

    def open(self, context: Context) -> Session:
        return PhoneSession(context)


class PhoneSession:
    """hub.sdk.Session of one number, and hub.sdk.Calling and Fetching. The cursor holds {"since": when it was last
    looked what came in}."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._settings: PhoneSettings = read(context.settings)
        self._api = Api(self._settings.account)
        self._base = f"{context.public_url}/hooks/{context.channel_id}"
        self._exchange = Exchange(self._api, self._settings.number, self._base, self._settings.fallback)
        self._sink: Sink | None = None

    # --- the session ---

    async def run(self, sink: Sink) -> None:
        self._sink = sink
        again = AGAIN_SECONDS
        try:
            while True:
                await self._list(sink)
                health = await look_at_number(self._api, self._settings, self._base)
                self._context.report(health)
                await asyncio.sleep(LIST_SECONDS if health.state == "ok" else again)
                again = min(LIST_SECONDS, 1.2 * again)
        except TwilioTrouble as trouble:
            raise run_error(trouble) from trouble

    async def send(self, message: Outgoing) -> Receipt:
        raise PermanentSend("A telephone number takes calls, not messages. Write over another channel.")

    async def reconcile(self, message: Outgoing, started_at: datetime) -> Receipt | None:
        raise TransientSend("No message is ever sent here.")

    async def test(self) -> Sequence[TestStep]:
        return await probe(self._api, self._settings, self._base)

    def hooks(self) -> Sequence[Hook]:
        heard = [Hook(name, ("POST",), partial(self._heard, name)) for name in phone_wire.HOOKS]
        return (*heard, Hook(HOLD, ("POST",), self._hold), Hook("music", ("GET", "HEAD"), self._music))

    def sockets(self) -> Sequence[Socket]:
        return ()

    async def close(self) -> None:
        await self._api.close()

    # --- calls ---

    async def dial(self, dial: Dial) -> Receipt:
        return await self._exchange.dial(dial)

    async def find_dial(self, dial: Dial, started_at: datetime) -> Receipt | None:
        return await self._exchange.find_dial(dial, started_at)

    async def look(self, provider_id: str) -> CallUpdate:
        return await self._exchange.look(provider_id)

    async def ask_again(self, provider_id: str) -> None:
        await self._exchange.ask_again(provider_id)

    async def hang_up(self, provider_id: str) -> None:
        await self._exchange.hang_up(provider_id)

    async def change_room(self, room: str, customer: str, change: RoomChange) -> None:
        await self._exchange.change_room(room, customer, change)

    async def fetch(self, file: RemoteFile) -> bytes:
        return await phone_recordings.fetch(self._api, file)

    async def forget(self, file: RemoteFile) -> None:
        await phone_recordings.forget(self._api, file)

    # --- webhooks ---

    async def _heard(self, hook: str, request: HookRequest) -> HookReply:
        """Verified, stored, and then answered with what happens on this leg now."""
        form = verified_form(request, self._settings.account.auth_token)
        try:
            raw = phone_wire.to_raw(hook, request.target, request.body, datetime.now(UTC))
        except (KeyError, ValueError):
            return HookReply(status=400, body=b"This does not say which call it is about.")
        if self._sink is None:
            return HookReply(status=503, body=b"The channel is starting.")
        try:
            await self._sink.receive([raw])
            if not phone_wire.asks(hook, form):
                return HookReply(status=204)
            call, leg = form["CallSid"], request.query.get("leg", "")
            script = await self._context.calls.script(call, leg)
        except ConnectionTrouble:
            return HookReply(status=503, body=b"The hub cannot answer now.")
        asking = Leg(self._base, call, leg, phone_wire.follows(raw))
        if request.query.get("ask") == "left" and any(isinstance(step, Join) for step in script):
            # The talk has just ended, and the word of who ended it is on its way: back into the room is not yet right.
            return HookReply(body=pause(asking), content_type="text/xml")
        return HookReply(body=render(script, asking, self._music_url()), content_type="text/xml")

    async def _hold(self, request: HookRequest) -> HookReply:
        verified_form(request, self._settings.account.auth_token)
        return HookReply(body=play(self._music_url()), content_type="text/xml")

    async def _music(self, _request: HookRequest) -> HookReply:
        tones = await asyncio.to_thread(phone_music.tones)
        return HookReply(body=tones, content_type="audio/wav", headers={"Cache-Control": "public, max-age=86400"})

    def _music_url(self) -> str:
        return self._settings.music or f"{self._base}/music"

    async def _list(self, sink: Sink) -> None:
        """Whatever came in and has ended, so that a call that found the hub down is a missed call, and not nothing."""
        now = datetime.now(UTC)
        since = self._context.cursor.get("since")
        raws: list[Raw] = []
        if isinstance(since, str):
            looked = max(datetime.fromisoformat(since), now - FURTHEST)
            calls = await self._exchange.came_in(looked - OVERLAP)
            raws = [raw for call in calls for raw in phone_wire.listed(call, now)]
        await sink.receive(raws, {"since": now.isoformat()})
