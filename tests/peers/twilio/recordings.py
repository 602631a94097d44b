"""Recordings, their sound, and transcriptions."""

from __future__ import annotations

import array
import io
import math
import sys
import wave
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from aiohttp import web

from tests.peers.twilio.account import Account
from tests.peers.twilio.answers import VERSION, Refused, by_date, form, found, many, new_sid, not_found, page, rfc2822
from tests.peers.twilio.call import Call

RATE = 8000
LONGEST_SOUND = 5
PROCESSING = 1.0


@dataclass
class Recording:
    """`source` as Twilio names it: RecordVerb, DialVerb, Conference, StartCallRecordingAPI. `text` is what was said."""

    account: Account
    sid: str
    source: str
    channels: int
    created: datetime
    call_sid: str = ""
    conference_sid: str = ""
    callback: str = ""
    events: tuple[str, ...] = ("completed",)
    status: str = "in-progress"
    text: str = ""
    seconds: float = 0.0
    since: float | None = None

    @property
    def going(self) -> bool:
        return self.status in ("in-progress", "paused")

    @property
    def duration(self) -> int:
        return max(1, round(self.seconds))

    @property
    def url(self) -> str:
        return f"{self.account.url}{self.account.path}/Recordings/{self.sid}"

    def set_going(self, going: bool) -> None:
        """Counts the time that is recorded."""
        if self.since is not None:
            self.seconds += (self.account.clock.mark() - self.since) / self.account.clock.second
        self.since = self.account.clock.mark() if going else None


@dataclass
class Transcription:
    sid: str
    recording_sid: str
    text: str
    created: datetime
    status: str = "completed"


@dataclass
class Recordings:
    """`transcribes`: whether transcriptions succeed."""

    account: Account
    all: dict[str, Recording] = field(default_factory=dict)
    transcriptions: dict[str, Transcription] = field(default_factory=dict)
    calls: dict[str, Call] = field(default_factory=dict)
    transcribes: bool = True

    # What calls do

    def start(
        self,
        source: str,
        *,
        call_sid: str = "",
        conference_sid: str = "",
        channels: int = 1,
        callback: str = "",
        events: str = "",
    ) -> Recording:
        wanted = tuple(events.split()) or ("completed",)
        recording = Recording(
            self.account,
            new_sid("RE"),
            source,
            channels,
            self.account.clock.now(),
            call_sid,
            conference_sid,
            callback,
            wanted,
        )
        self.all[recording.sid] = recording
        recording.set_going(True)
        self._tell(recording, "in-progress")
        self.account.touch()
        return recording

    def finish(self, recording: Recording) -> None:
        """It is over, and will be there to fetch after a moment."""
        if recording.going:
            recording.set_going(False)
            recording.status = "processing"
            self.account.spawn(self._process(recording), "texts")

    async def _process(self, recording: Recording) -> None:
        await self.account.clock.sleep(PROCESSING)
        recording.status = "completed"
        self._tell(recording, "completed")
        self.account.touch()

    def _tell(self, recording: Recording, event: str) -> None:
        if not recording.callback or event not in recording.events:
            return
        fields = {
            "AccountSid": self.account.sid,
            "RecordingSid": recording.sid,
            "RecordingUrl": recording.url,
            "RecordingStatus": event,
            "RecordingDuration": str(recording.duration) if event == "completed" else "-1",
            "RecordingChannels": str(recording.channels),
            "RecordingStartTime": str(rfc2822(recording.created)),
            "RecordingSource": recording.source,
            "RecordingTrack": "both",
        }
        if recording.call_sid:
            fields["CallSid"] = recording.call_sid
        if recording.conference_sid:
            fields["ConferenceSid"] = recording.conference_sid
        self.account.post(recording.sid, recording.callback, fields)

    def transcribe(self, recording: Recording, call: Call, callback: str) -> None:
        """Has what was said written down, and told."""
        self.account.spawn(self._transcribe(recording, call, callback), "texts")

    async def _transcribe(self, recording: Recording, call: Call, callback: str) -> None:
        await self.account.clock.sleep(2 * PROCESSING)
        status = "completed" if self.transcribes else "failed"
        text = recording.text if self.transcribes else ""
        now = self.account.clock.now()
        done = Transcription(new_sid("TR"), recording.sid, text, now, status)
        self.transcriptions[done.sid] = done
        fields = call.voice_fields() | {
            "TranscriptionSid": done.sid,
            "TranscriptionText": text,
            "TranscriptionStatus": status,
            "TranscriptionUrl": f"{recording.url}/Transcriptions/{done.sid}",
            "RecordingSid": recording.sid,
            "RecordingUrl": recording.url,
        }
        self.account.post(recording.sid, callback, fields)
        self.account.touch()

    # What the account may do

    def routes(self) -> list[web.RouteDef]:
        base = f"/{VERSION}/Accounts/{{account}}"
        routes = [
            web.get(f"{base}/Recordings.json", self.list, name="recordings.list"),
            web.get(base + "/Recordings/{sid}/Transcriptions.json", self.list_texts, name="transcriptions.list"),
            web.get(base + "/Transcriptions/{text}.json", self.fetch_text, name="transcriptions.fetch"),
            web.delete(base + "/Transcriptions/{text}.json", self.delete_text, name="transcriptions.delete"),
            web.get(base + "/Recordings/{sid}.json", self.fetch, name="recordings.fetch"),
            web.delete(base + "/Recordings/{sid}.json", self.delete, name="recordings.delete"),
            web.get(base + "/Recordings/{sid}.wav", self.sound, name="recordings.wav"),
            web.get(base + "/Recordings/{sid}.mp3", self.sound, name="recordings.mp3"),
            web.get(base + "/Recordings/{sid}", self.sound, name="recordings.file"),
            web.post(base + "/Calls/{call}/Recordings.json", self.start_by_hand, name="recordings.create"),
        ]
        for owner in ("Calls/{call}", "Conferences/{conference}"):
            name = "recordings." + owner.split("s/")[0].lower()
            path = f"{base}/{owner}/Recordings"
            routes += [
                web.get(f"{path}.json", self.list, name=f"{name}.list"),
                web.get(path + "/{sid}.json", self.fetch, name=f"{name}.fetch"),
                web.post(path + "/{sid}.json", self.update, name=f"{name}.update"),
                web.delete(path + "/{sid}.json", self.delete, name=f"{name}.delete"),
            ]
        return routes

    def _of(self, request: web.Request) -> list[Recording]:
        """Those of the call or conference that the address names."""
        call = request.match_info.get("call") or request.query.get("CallSid", "")
        conference = request.match_info.get("conference") or request.query.get("ConferenceSid", "")
        return [
            recording
            for recording in reversed(self.all.values())
            if call in ("", recording.call_sid) and conference in ("", recording.conference_sid)
        ]

    def _one(self, request: web.Request) -> Recording:
        sid = request.match_info["sid"]
        for recording in self._of(request):
            if recording.sid == sid or (sid == "Twilio.CURRENT" and recording.going):
                return recording
        raise not_found(sid)

    async def list(self, request: web.Request) -> web.Response:
        fits = by_date(request, "DateCreated")
        chosen = [recording for recording in self._of(request) if fits(recording.created)]
        return page(request, "recordings", chosen, lambda one: self.shown(one, request), lambda one: one.sid)

    async def fetch(self, request: web.Request) -> web.Response:
        return web.json_response(self.shown(self._one(request), request))

    async def update(self, request: web.Request) -> web.Response:
        """Pauses, resumes or stops it."""
        recording = self._one(request)
        wanted = (await form(request)).get("Status", "")
        if not recording.going or wanted not in ("paused", "in-progress", "stopped"):
            raise Refused(21220, f"Invalid recording state: {recording.status}")
        if wanted == "stopped":
            self.finish(recording)
        else:
            recording.set_going(wanted == "in-progress")
            recording.status = wanted
        self.account.ledger.append("recording", recording.sid, self.account.clock.now(), {"Status": wanted})
        self.account.touch()
        return web.json_response(self.shown(recording, request))

    async def delete(self, request: web.Request) -> web.Response:
        recording = self._one(request)
        if recording.going:
            raise Refused(20009, "Cannot delete a recording that is in progress", 409)
        del self.all[recording.sid]
        self.account.ledger.append("deleted", recording.sid, self.account.clock.now())
        self.account.touch()
        return web.Response(status=204)

    async def start_by_hand(self, request: web.Request) -> web.Response:
        call = found(self.calls, request.match_info["call"])
        if call.status != "in-progress":
            raise Refused(21220, "Requested resource is not eligible for recording")
        fields = await form(request)
        recording = self.start(
            "StartCallRecordingAPI",
            call_sid=call.sid,
            channels=2 if fields.get("RecordingChannels") == "dual" else 1,
            callback=fields.get("RecordingStatusCallback", ""),
            events=" ".join(await many(request, "RecordingStatusCallbackEvent")),
        )
        return web.json_response(self.shown(recording, request), status=201)

    async def sound(self, request: web.Request) -> web.Response:
        recording = self._one(request)
        if recording.status != "completed":
            raise not_found(recording.sid)
        return web.Response(body=tone(recording), content_type="audio/x-wav")

    async def list_texts(self, request: web.Request) -> web.Response:
        recording = found(self.all, request.match_info["sid"])
        chosen = [one for one in self.transcriptions.values() if one.recording_sid == recording.sid]
        return page(request, "transcriptions", chosen, self.shown_text, lambda one: one.sid)

    async def fetch_text(self, request: web.Request) -> web.Response:
        return web.json_response(self.shown_text(found(self.transcriptions, request.match_info["text"])))

    async def delete_text(self, request: web.Request) -> web.Response:
        del self.transcriptions[found(self.transcriptions, request.match_info["text"]).sid]
        return web.Response(status=204)

    # How they are shown

    def shown(self, recording: Recording, request: web.Request) -> dict[str, Any]:
        parent = ""
        shown: dict[str, Any] = {
            "sid": recording.sid,
            "account_sid": self.account.sid,
            "call_sid": recording.call_sid or None,
            "conference_sid": recording.conference_sid or None,
            "source": recording.source,
            "channels": recording.channels,
            "status": recording.status,
            "duration": None if recording.going else str(recording.duration),
            "start_time": rfc2822(recording.created),
            "date_created": rfc2822(recording.created),
            "date_updated": rfc2822(recording.created),
            "price": None,
            "price_unit": "USD",
            "error_code": None,
            "encryption_details": None,
            "api_version": VERSION,
        }
        if "call" in request.match_info:
            parent = f"/Calls/{recording.call_sid}"
            shown["track"] = "both"
        elif "conference" in request.match_info:
            parent = f"/Conferences/{recording.conference_sid}"
        else:
            texts = f"{self.account.path}/Recordings/{recording.sid}/Transcriptions.json"
            shown |= {"media_url": recording.url, "subresource_uris": {"transcriptions": texts}}
        return shown | {"uri": f"{self.account.path}{parent}/Recordings/{recording.sid}.json"}

    def shown_text(self, text: Transcription) -> dict[str, Any]:
        return {
            "sid": text.sid,
            "account_sid": self.account.sid,
            "recording_sid": text.recording_sid,
            "transcription_text": text.text,
            "status": text.status,
            "type": "fast",
            "duration": "1",
            "price": None,
            "price_unit": "USD",
            "api_version": VERSION,
            "date_created": rfc2822(text.created),
            "date_updated": rfc2822(text.created),
            "uri": f"{self.account.path}/Transcriptions/{text.sid}.json",
        }


def tone(recording: Recording) -> bytes:
    """A WAV file as long as the recording, five seconds at most; each channel has a tone of its own."""
    length = RATE * min(recording.duration, LONGEST_SOUND)
    samples = array.array(
        "h",
        (
            int(8000 * math.sin(2 * math.pi * 220 * (channel + 1) * index / RATE))
            for index in range(length)
            for channel in range(recording.channels)
        ),
    )
    if sys.byteorder == "big":
        samples.byteswap()
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(recording.channels)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return written.getvalue()
