"""Telephone calls at Twilio as a connector: webhooks are stored, then answered with what the hub says happens now."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Final

from connectors.twilio import phone_music, phone_wire
from connectors.twilio.client import Api
from connectors.twilio.errors import ApiError, NoAnswer, TwilioTrouble, run_error, send_error
from connectors.twilio.numbers import normalise
from connectors.twilio.phone_probe import look_at_number, probe
from connectors.twilio.phone_settings import PHONE_SCHEMA, PhoneSettings, read
from connectors.twilio.phone_twiml import HOLD, Leg, pause, play, render
from connectors.twilio.settings import country
from connectors.twilio.signature import verified_form
from hub.sdk import (
    AmbiguousSend,
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
"""While the number is not set up at Twilio as it has to be: an administrator is just doing it."""
LIST_AGAIN: Final = timedelta(hours=6)
"""A call is in the list from its first ring, and final when it has ended; none lasts longer than four hours."""
SETTLE_SECONDS: Final = 8.0
"""After so long, a call that Twilio took is in its list."""
CLOCKS: Final = timedelta(seconds=30)
MAX_RECORDING: Final = 60 * 1024 * 1024
NOT_IN_PROGRESS: Final = 21220
_ENDED: Final = frozenset(("completed", "busy", "no-answer", "failed", "canceled"))
_EVENTS: Final = ("initiated", "ringing", "answered", "completed")
_UNKNOWN: Final = "Twilio took the request and did not answer. It may be calling, or not."


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
        self._sink: Sink | None = None

    # --- the session ---

    async def run(self, sink: Sink) -> None:
        self._sink = sink
        try:
            while True:
                await self._list(sink)
                health = await look_at_number(self._api, self._settings, self._base)
                self._context.report(health)
                await asyncio.sleep(LIST_SECONDS if health.state == "ok" else AGAIN_SECONDS)
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
        form: dict[str, str | Sequence[str]] = {
            "To": _to(dial),
            "From": self._settings.number,
            "Url": Leg(self._base, "", dial.leg).url("leg"),
            "Method": "POST",
            "StatusCallback": Leg(self._base, "", dial.leg).url("status"),
            "StatusCallbackMethod": "POST",
            "StatusCallbackEvent": _EVENTS,
            "Timeout": str(dial.ring_seconds),
        }
        if dial.detect_machine:
            form |= {"MachineDetection": "DetectMessageEnd", "MachineDetectionTimeout": "30"}
        try:
            return Receipt(str((await self._api.post("Calls.json", form))["sid"]))
        except TwilioTrouble as trouble:
            failure = send_error(trouble)
            if isinstance(failure, AmbiguousSend):
                raise AmbiguousSend(_UNKNOWN, code=failure.code) from trouble
            raise failure from trouble

    async def find_dial(self, dial: Dial, started_at: datetime) -> Receipt | None:
        """A call in the list does not say for which leg it was made; what Twilio fetched for it does."""
        age = (datetime.now(UTC) - started_at).total_seconds()
        await asyncio.sleep(max(0.0, min(SETTLE_SECONDS, SETTLE_SECONDS - age)))
        try:
            doubtful = False
            for call in await self._calls_since(started_at - CLOCKS, {"To": _to(dial), "From": self._settings.number}):
                leg = await self._leg_of(str(call["sid"]))
                if leg == dial.leg:
                    return Receipt(str(call["sid"]))
                doubtful = doubtful or leg is None
        except TwilioTrouble as trouble:
            raise run_error(trouble) from trouble
        if doubtful:
            return None
        raise TransientSend("Twilio has no such call.")

    async def look(self, provider_id: str) -> CallUpdate:
        try:
            return phone_wire.update_of(await self._api.get(f"Calls/{provider_id}.json"), datetime.now(UTC))
        except TwilioTrouble as trouble:
            if isinstance(trouble, ApiError) and trouble.status == 404:
                raise LookupError("Twilio knows no such call.") from trouble
            raise run_error(trouble) from trouble

    async def ask_again(self, provider_id: str) -> None:
        url = Leg(self._base, provider_id, after=secrets.token_hex(8)).url("leg", ask="again")
        await self._change(provider_id, {"Url": url, "Method": "POST"})

    async def hang_up(self, provider_id: str) -> None:
        await self._change(provider_id, {"Status": "completed"})

    async def change_room(self, room: str, customer: str, change: RoomChange) -> None:
        try:
            talks = await self._api.get("Conferences.json", {"FriendlyName": room, "Status": "in-progress"})
            if not talks["conferences"]:
                raise LookupError("This talk is not on.")
            talk = f"Conferences/{talks['conferences'][0]['sid']}"
            if change.hold is not None:
                form = {"Hold": "true" if change.hold else "false"}
                if change.hold:
                    form |= {"HoldUrl": f"{self._base}/{HOLD}", "HoldMethod": "POST"}
                await self._api.post(f"{talk}/Participants/{customer}.json", form)
            if change.record is not None:
                status = (
                    {"Status": "in-progress"} if change.record else {"Status": "paused", "PauseBehavior": "silence"}
                )
                await self._api.post(f"{talk}/Recordings/Twilio.CURRENT.json", status)
        except TwilioTrouble as trouble:
            if isinstance(trouble, ApiError) and trouble.status == 404:
                raise LookupError("They are not in this talk, or it is not recorded.") from trouble
            raise run_error(trouble) from trouble

    # --- recordings ---

    async def fetch(self, file: RemoteFile) -> bytes:
        try:
            try:
                return await self._api.download(file.url, MAX_RECORDING)
            except LookupError:
                if await self._is_being_made(file.key):
                    raise ConnectionTrouble("Twilio has not finished the recording yet.") from None
                raise
        except TwilioTrouble as trouble:
            raise run_error(trouble) from trouble

    async def forget(self, file: RemoteFile) -> None:
        """The recording and what was written down of it; not while that is still being written."""
        try:
            found = await self._api.get(f"Recordings/{file.key}/Transcriptions.json")
            if any(one["status"] == "in-progress" for one in found["transcriptions"]):
                raise ConnectionTrouble("Twilio is still writing down what was said.")
            for one in found["transcriptions"]:
                await self._api.delete(f"Transcriptions/{one['sid']}.json")
            await self._api.delete(f"Recordings/{file.key}.json")
        except TwilioTrouble as trouble:
            if isinstance(trouble, ApiError) and trouble.status == 404:
                return
            raise run_error(trouble) from trouble

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

    # --- the provider's lists ---

    async def _list(self, sink: Sink) -> None:
        """Whatever came in and has ended, so that a call that found the hub down is a missed call, and not nothing."""
        now = datetime.now(UTC)
        since = self._context.cursor.get("since")
        if not isinstance(since, str):
            await sink.receive([], {"since": now.isoformat()})
            return
        began = max(datetime.fromisoformat(since) - LIST_AGAIN, now - timedelta(days=30))
        calls = await self._calls_since(began, {"To": self._settings.number})
        ended = [call for call in calls if call["direction"] == "inbound" and call["status"] in _ENDED]
        raws = [raw for call in reversed(ended) for raw in phone_wire.listed(call, now)]
        await sink.receive(raws, {"since": now.isoformat()})

    async def _calls_since(self, since: datetime, params: dict[str, str]) -> list[dict[str, Any]]:
        """Newest first."""
        found: list[dict[str, Any]] = []
        async for page in self._api.pages("Calls.json", "calls", {**params, "PageSize": "200"}):
            young = [call for call in page if phone_wire.created(call) >= since]
            found += young
            if len(young) < len(page):
                break
        return found

    async def _leg_of(self, call: str) -> str | None:
        """The token of the leg that the call was made for; None when nothing was fetched for it yet."""
        try:
            events = await self._api.get(f"Calls/{call}/Events.json")
        except ApiError as failure:
            if failure.status == 404:
                return None
            raise
        for event in events["events"]:
            token = phone_wire.leg_in(event.get("request"))
            if token is not None:
                return token
        return None

    async def _change(self, call: str, form: dict[str, str]) -> None:
        try:
            await self._api.post(f"Calls/{call}.json", form)
        except TwilioTrouble as trouble:
            if isinstance(trouble, ApiError) and (trouble.code == NOT_IN_PROGRESS or trouble.status == 404):
                return
            raise run_error(trouble) from trouble

    async def _is_being_made(self, recording: str) -> bool:
        with suppress(ApiError, NoAnswer):
            return (await self._api.get(f"Recordings/{recording}.json"))["status"] in ("in-progress", "processing")
        return False


def _to(dial: Dial) -> str:
    return f"sip:{dial.to.value}" if dial.to.kind == "sip" else dial.to.value
