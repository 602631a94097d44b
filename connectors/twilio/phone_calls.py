"""What the hub asks of Twilio about calls: dial, find again, look, lead on, end, change a talk, list."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from connectors.twilio import phone_wire
from connectors.twilio.client import Api
from connectors.twilio.errors import ApiError, TwilioTrouble, run_error
from connectors.twilio.phone_codes import dial_error
from connectors.twilio.phone_twiml import HOLD, TRANSCRIPT, Leg, transcription
from hub.sdk import Address, CallUpdate, Dial, Receipt, RoomChange, TransientSend

SETTLE_SECONDS: Final = 8.0
"""After so long, a call that Twilio took is in its list."""
CLOCKS: Final = timedelta(seconds=30)
LONGEST_CALL: Final = timedelta(hours=6)
NOT_IN_PROGRESS: Final = 21220
_ENDED: Final = frozenset(("completed", "busy", "no-answer", "failed", "canceled"))
_EVENTS: Final = ("initiated", "ringing", "answered", "completed")


class Exchange:
    """The calls of one number; `base` is the address of the channel's hooks, `fallback` that of the document which
    Twilio reads where they do not answer. Errors as in hub.sdk.Calling."""

    def __init__(self, api: Api, number: str, base: str, fallback: str = "") -> None:
        self._api = api
        self._number = number
        self._base = base
        self._fallback = fallback

    async def dial(self, dial: Dial) -> Receipt:
        form: dict[str, str | Sequence[str]] = {
            "To": _to(dial.to),
            "From": self._number,
            "Url": Leg(self._base, "", dial.leg).url("leg"),
            "Method": "POST",
            "StatusCallback": Leg(self._base, "", dial.leg).url("status"),
            "StatusCallbackMethod": "POST",
            "StatusCallbackEvent": _EVENTS,
            "Timeout": str(dial.ring_seconds),
        }
        if self._fallback:
            form |= {"FallbackUrl": self._fallback, "FallbackMethod": "POST"}
        if dial.detect_machine:
            form |= {"MachineDetection": "DetectMessageEnd", "MachineDetectionTimeout": "30"}
        try:
            return Receipt(str((await self._api.post("Calls.json", form))["sid"]))
        except TwilioTrouble as trouble:
            raise dial_error(trouble) from trouble

    async def find_dial(self, dial: Dial, started_at: datetime) -> Receipt | None:
        """A call in the list does not say for which leg it was made; what Twilio fetched for it does."""
        try:
            found, _ = await self._find(dial, started_at)
            age = (datetime.now(UTC) - started_at).total_seconds()
            if found is None and age < SETTLE_SECONDS:
                await asyncio.sleep(min(SETTLE_SECONDS, SETTLE_SECONDS - age))
            if found is None:
                found, doubtful = await self._find(dial, started_at)
                if found is None and not doubtful:
                    raise TransientSend("Twilio has no such call.")
        except TwilioTrouble as trouble:
            raise run_error(trouble) from trouble
        return found

    async def _find(self, dial: Dial, started_at: datetime) -> tuple[Receipt | None, bool]:
        """The call for this leg; and whether another one could be it."""
        doubtful = False
        for call in await self._since(started_at - CLOCKS, {"To": _to(dial.to), "From": self._number}):
            leg = await self._leg_of(str(call["sid"]))
            if leg == dial.leg:
                return Receipt(str(call["sid"])), False
            doubtful = doubtful or leg is None
        return None, doubtful

    async def look(self, call: str) -> CallUpdate:
        try:
            return phone_wire.update_of(await self._api.get(f"Calls/{call}.json"), datetime.now(UTC))
        except TwilioTrouble as trouble:
            if isinstance(trouble, ApiError) and trouble.status == 404:
                raise LookupError("Twilio knows no such call.") from trouble
            raise run_error(trouble) from trouble

    async def ask_again(self, call: str) -> None:
        url = Leg(self._base, call, after=secrets.token_hex(8)).url("leg", ask="again")
        await self._change(call, {"Url": url, "Method": "POST"})

    async def hang_up(self, call: str) -> None:
        await self._change(call, {"Status": "completed"})

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
            if change.record is False and change.transcribe:
                await self._stop_transcript(customer)
            if change.record is not None:
                status = (
                    {"Status": "in-progress"} if change.record else {"Status": "paused", "PauseBehavior": "silence"}
                )
                await self._api.post(f"{talk}/Recordings/Twilio.CURRENT.json", status)
            form = transcription(change.transcribe, Leg(self._base, customer)) if change.record else {}
            if form:
                await self._api.post(f"Calls/{customer}/Transcriptions.json", form)
        except TwilioTrouble as trouble:
            if isinstance(trouble, ApiError) and trouble.status == 404:
                raise LookupError("They are not in this talk, or it is not recorded.") from trouble
            raise run_error(trouble) from trouble

    async def _stop_transcript(self, call: str) -> None:
        """Nothing where nothing is written down."""
        try:
            await self._api.post(f"Calls/{call}/Transcriptions/{TRANSCRIPT}.json", {"Status": "stopped"})
        except ApiError as failure:
            if failure.status != 404:
                raise

    async def came_in(self, since: datetime) -> list[dict[str, Any]]:
        """The calls to this number that ended since then, oldest first. Raises TwilioTrouble."""
        return [
            call
            for call in reversed(await self._since(since - LONGEST_CALL, {"To": self._number}))
            if call["direction"] == "inbound" and call["status"] in _ENDED and phone_wire.ended(call) >= since
        ]

    async def _since(self, since: datetime, params: dict[str, str]) -> list[dict[str, Any]]:
        """Those made since then, newest first."""
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
        """Nothing for a call that has ended."""
        try:
            await self._api.post(f"Calls/{call}.json", form)
        except TwilioTrouble as trouble:
            if isinstance(trouble, ApiError) and (trouble.code == NOT_IN_PROGRESS or trouble.status == 404):
                return
            raise run_error(trouble) from trouble


def _to(address: Address) -> str:
    if address.kind != "sip" or address.value.startswith(("sip:", "sips:")):
        return address.value
    return f"sip:{address.value}"
