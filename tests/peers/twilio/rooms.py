"""Conferences: who is in them, when they begin and end, and what the hub is told of it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.peers.twilio.account import Account
from tests.peers.twilio.answers import VERSION, boolean, new_sid, rfc2822
from tests.peers.twilio.call import API, Call
from tests.peers.twilio.recordings import Recording, Recordings
from tests.peers.twilio.twiml import Source

WANTED = {
    "conference-start": "start",
    "conference-end": "end",
    "participant-join": "join",
    "participant-leave": "leave",
    "participant-mute": "mute",
    "participant-unmute": "mute",
    "participant-hold": "hold",
    "participant-unhold": "hold",
    "participant-modify": "modify",
}


@dataclass
class Participant:
    """A call in a conference; `waits` and `holds` are what it hears before the start and on hold."""

    call: Call
    joined: datetime
    begins: bool = True
    ends: bool = False
    muted: bool = False
    hold: bool = False
    label: str = ""
    waits: Source | None = None
    holds: Source | None = None
    announces: list[Source] = field(default_factory=list)
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    changed: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass
class Conference:
    sid: str
    name: str
    created: datetime
    status: str = "init"
    participants: dict[str, Participant] = field(default_factory=dict)
    expected: dict[str, Participant] = field(default_factory=dict)
    callback: str = ""
    callback_method: str = "POST"
    events: tuple[str, ...] = ()
    record: Mapping[str, str] = field(default_factory=dict)
    recording: Recording | None = None
    reason: str = ""
    ended_by: str = ""
    sequence: int = 0

    @property
    def over(self) -> bool:
        return self.status == "completed"


@dataclass
class Rooms:
    account: Account
    recordings: Recordings
    all: dict[str, Conference] = field(default_factory=dict)

    def going(self, name: str) -> Conference | None:
        """The conference of this name or sid that is not over."""
        return next((one for one in self.all.values() if name in (one.name, one.sid) and not one.over), None)

    def room(self, name: str) -> Conference:
        """The same, or a new one."""
        conference = self.going(name)
        if conference is None:
            conference = Conference(new_sid("CF"), name, self.account.clock.now())
            self.all[conference.sid] = conference
        return conference

    def join(
        self, name: str, call: Call, settings: Mapping[str, str], source: Source
    ) -> tuple[Conference, Participant]:
        """A call comes in, as the attributes of <Conference> say."""
        conference = self.room(name)
        participant = Participant(
            call,
            self.account.clock.now(),
            boolean(settings.get("startConferenceOnEnter", "true")),
            boolean(settings.get("endConferenceOnExit", "false")),
            boolean(settings.get("muted", "false")),
            label=settings.get("participantLabel", ""),
        )
        if settings.get("waitUrl"):
            participant.waits = source.beside(settings["waitUrl"], settings.get("waitMethod", "POST"))
        if settings.get("statusCallback") and not conference.callback:
            conference.callback = source.beside(settings["statusCallback"], "POST").url
            conference.callback_method = settings.get("statusCallbackMethod", "POST")
            conference.events = tuple(settings.get("statusCallbackEvent", "").split())
        if settings.get("record") == "record-from-start" and not conference.record:
            conference.record = {key: value for key, value in settings.items() if key.startswith("record")}
            if callback := settings.get("recordingStatusCallback"):
                url = source.beside(callback, "POST").url
                conference.record = {**conference.record, "recordingStatusCallback": url}
        conference.expected.pop(call.sid, None)
        conference.participants[call.sid] = participant
        self.tell(conference, "participant-join", participant)
        present = conference.participants.values()
        if conference.status == "init" and len(present) > 1 and any(one.begins for one in present):
            self._start(conference)
        self.account.touch()
        return conference, participant

    def _start(self, conference: Conference) -> None:
        conference.status = "in-progress"
        self.tell(conference, "conference-start")
        if conference.record:
            conference.recording = self.recordings.start(
                "Conference",
                conference_sid=conference.sid,
                call_sid=next(iter(conference.participants)),
                callback=conference.record.get("recordingStatusCallback", ""),
                events=conference.record.get("recordingStatusCallbackEvent", ""),
            )
        for participant in conference.participants.values():
            participant.changed.set()

    def leave(self, conference: Conference, participant: Participant, why: str) -> None:
        """It is no longer in; nothing when it was not."""
        if conference.participants.pop(participant.call.sid, None) is None:
            return
        participant.gone.set()
        more = {"ReasonParticipantLeft": why, "ParticipantCallStatus": "completed" if why != API else "in-progress"}
        self.tell(conference, "participant-leave", participant, more)
        kicked = "kicked" if why == API else "left"
        if participant.ends:
            self.end(conference, f"participant-with-end-conference-on-exit-{kicked}", participant.call.sid)
        elif not conference.participants:
            self.end(conference, f"last-participant-{kicked}", participant.call.sid)
        self.account.touch()

    def end(self, conference: Conference, reason: str, call_sid: str = "") -> None:
        """Everybody leaves."""
        if conference.over:
            return
        conference.status, conference.reason, conference.ended_by = "completed", reason, call_sid
        left = "conference_ended_via_api" if reason == "conference-ended-via-api" else "moderator_ended_conference"
        for participant in list(conference.participants.values()):
            conference.participants.pop(participant.call.sid)
            participant.gone.set()
            more = {"ReasonParticipantLeft": left, "ParticipantCallStatus": "in-progress"}
            self.tell(conference, "participant-leave", participant, more)
        if conference.recording is not None:
            self.recordings.finish(conference.recording)
        more = {"ReasonConferenceEnded": reason} | ({"CallSidEndingConference": call_sid} if call_sid else {})
        self.tell(conference, "conference-end", more=more)
        self.account.touch()

    def tell(
        self,
        conference: Conference,
        event: str,
        participant: Participant | None = None,
        more: Mapping[str, str] | None = None,
    ) -> None:
        if not conference.callback or WANTED[event] not in conference.events:
            return
        conference.sequence += 1
        fields = {
            "AccountSid": self.account.sid,
            "ConferenceSid": conference.sid,
            "FriendlyName": conference.name,
            "StatusCallbackEvent": event,
            "SequenceNumber": str(conference.sequence),
            "Timestamp": str(rfc2822(self.account.clock.now())),
        }
        if participant is not None:
            fields |= {
                "CallSid": participant.call.sid,
                "Muted": str(participant.muted).lower(),
                "Hold": str(participant.hold).lower(),
                "Coaching": "false",
                "EndConferenceOnExit": str(participant.ends).lower(),
                "StartConferenceOnEnter": str(participant.begins).lower(),
            }
            if participant.label:
                fields["ParticipantLabel"] = participant.label
        self.account.post(conference.sid, conference.callback, fields | dict(more or {}), conference.callback_method)

    def partners(self, call: Call) -> set[str]:
        """Whom this call hears in its conference, by address."""
        for conference in self.all.values():
            mine = conference.participants.get(call.sid)
            if mine is not None and conference.status == "in-progress" and not mine.hold:
                others = (one for one in conference.participants.values() if one is not mine)
                return {one.call.phone.address for one in others if not one.hold and not one.muted}
        return set()

    def shown(self, conference: Conference) -> dict[str, Any]:
        uri = f"{self.account.path}/Conferences/{conference.sid}"
        return {
            "sid": conference.sid,
            "account_sid": self.account.sid,
            "friendly_name": conference.name,
            "status": conference.status,
            "region": "us1",
            "api_version": VERSION,
            "date_created": rfc2822(conference.created),
            "date_updated": rfc2822(conference.created),
            "call_sid_ending_conference": conference.ended_by or None,
            "uri": f"{uri}.json",
            "subresource_uris": {"participants": f"{uri}/Participants.json", "recordings": f"{uri}/Recordings.json"},
        } | ({"reason_conference_ended": conference.reason} if conference.reason else {})

    def shown_participant(self, conference: Conference, participant: Participant) -> dict[str, Any]:
        call = participant.call
        states = {"queued": "queued", "ringing": "ringing", "in-progress": "connected", "completed": "complete"}
        return {
            "account_sid": self.account.sid,
            "call_sid": call.sid,
            "conference_sid": conference.sid,
            "label": participant.label or None,
            "muted": participant.muted,
            "hold": participant.hold,
            "coaching": False,
            "call_sid_to_coach": None,
            "start_conference_on_enter": participant.begins,
            "end_conference_on_exit": participant.ends,
            "status": states.get(call.status, "failed"),
            "queue_time": "0",
            "date_created": rfc2822(participant.joined),
            "date_updated": rfc2822(participant.joined),
            "uri": f"{self.account.path}/Conferences/{conference.sid}/Participants/{call.sid}.json",
        }
