"""Transcriptions of calls that go on: what is said on them, told at once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from aiohttp import web

from tests.peers.twilio.account import Account
from tests.peers.twilio.answers import VERSION, Refused, form, found, new_sid, not_found, rfc2822
from tests.peers.twilio.call import Call
from tests.peers.twilio.rooms import Rooms

TRACKS = {"inbound_track": ("inbound_track",), "outbound_track": ("outbound_track",)}
BOTH = ("inbound_track", "outbound_track")


@dataclass
class Transcript:
    """Of one call. `tracks`: inbound is what its telephone says, outbound what it hears of the others."""

    sid: str
    call: Call
    name: str
    tracks: tuple[str, ...]
    callback: str
    language: str
    created: datetime
    status: str = "in-progress"
    sequence: int = 0


@dataclass
class Spoken:
    account: Account
    rooms: Rooms
    all: dict[str, Transcript] = field(default_factory=dict)
    calls: dict[str, Call] = field(default_factory=dict)

    def start(self, call: Call, wanted: Mapping[str, str], callback: str) -> Transcript:
        """`wanted` as the API names it. Raises Refused when one of this name goes on."""
        name = wanted.get("Name", "")
        if name and self._going(call, name) is not None:
            raise Refused(21205, f"There is a transcription {name} of {call.sid}")
        tracks = TRACKS.get(wanted.get("Track", "both_tracks"), BOTH)
        language = wanted.get("LanguageCode", "en-US")
        made = Transcript(new_sid("GT"), call, name, tracks, callback, language, self.account.clock.now())
        self.all[made.sid] = made
        self._tell(made, "transcription-started")
        self.account.touch()
        return made

    def stop(self, one: Transcript) -> None:
        if one.status != "stopped":
            one.status = "stopped"
            self._tell(one, "transcription-stopped")
            self.account.touch()

    def end(self, call: Call) -> None:
        """With a call everything that is written down of it ends."""
        for one in list(self.all.values()):
            if one.call is call:
                self.stop(one)

    def said(self, speaker: Call, text: str) -> None:
        """Somebody speaks in a talk."""
        room = next((one for one in self.rooms.all.values() if speaker.sid in one.participants), None)
        for one in self.all.values():
            hears = room is not None and one.call.sid in room.participants and not room.participants[one.call.sid].hold
            track = "inbound_track" if one.call is speaker else "outbound_track"
            if one.status == "in-progress" and hears and track in one.tracks:
                data = json.dumps({"transcript": text, "confidence": 0.97})
                self._tell(one, "transcription-content", Track=track, TranscriptionData=data, Final="true")

    def _going(self, call: Call, name: str) -> Transcript | None:
        going = (one for one in self.all.values() if one.call is call and one.status != "stopped")
        return next((one for one in going if name in (one.name, one.sid)), None)

    def _tell(self, one: Transcript, event: str, **more: str) -> None:
        one.sequence += 1
        if one.callback:
            fields = {
                "AccountSid": self.account.sid,
                "CallSid": one.call.sid,
                "TranscriptionSid": one.sid,
                "TranscriptionEvent": event,
                "SequenceId": str(one.sequence),
                "LanguageCode": one.language,
                "Timestamp": self.account.clock.now().isoformat().replace("+00:00", "Z"),
            }
            self.account.post(one.sid, one.callback, fields | more)

    # What the account may do

    def routes(self) -> list[web.RouteDef]:
        base = f"/{VERSION}/Accounts/{{account}}/Calls/{{call}}/Transcriptions"
        return [
            web.post(f"{base}.json", self.create, name="spoken.create"),
            web.post(base + "/{sid}.json", self.update, name="spoken.update"),
        ]

    async def create(self, request: web.Request) -> web.Response:
        call, fields = found(self.calls, request.match_info["call"]), await form(request)
        if call.status != "in-progress":
            raise Refused(21220, "Call is not in-progress. Cannot be transcribed.")
        made = self.start(call, fields, fields.get("StatusCallbackUrl", ""))
        return web.json_response(self.shown(made))

    async def update(self, request: web.Request) -> web.Response:
        call = found(self.calls, request.match_info["call"])
        one = self._going(call, request.match_info["sid"])
        if one is None:
            raise not_found(request.match_info["sid"])
        if (await form(request)).get("Status") == "stopped":
            self.stop(one)
        return web.json_response(self.shown(one))

    def shown(self, one: Transcript) -> dict[str, str | None]:
        return {
            "sid": one.sid,
            "account_sid": self.account.sid,
            "call_sid": one.call.sid,
            "name": one.name or None,
            "status": one.status,
            "date_updated": rfc2822(one.created),
            "uri": f"{self.account.path}/Calls/{one.call.sid}/Transcriptions/{one.sid}.json",
        }
