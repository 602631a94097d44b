"""The account's hold on conferences and who is in them."""

from __future__ import annotations

from xml.etree.ElementTree import Element, tostring

from aiohttp import web

from tests.peers.twilio.account import Account
from tests.peers.twilio.answers import VERSION, Refused, boolean, by_date, form, found, many, not_found, page
from tests.peers.twilio.call import API
from tests.peers.twilio.calls import Calls
from tests.peers.twilio.rooms import Conference, Participant, Rooms
from tests.peers.twilio.twiml import Source

ATTRIBUTES = {
    "Muted": "muted",
    "StartConferenceOnEnter": "startConferenceOnEnter",
    "EndConferenceOnExit": "endConferenceOnExit",
    "Label": "participantLabel",
    "WaitUrl": "waitUrl",
    "WaitMethod": "waitMethod",
    "ConferenceRecord": "record",
    "ConferenceStatusCallback": "statusCallback",
    "ConferenceRecordingStatusCallback": "recordingStatusCallback",
}


class Conferences:
    def __init__(self, account: Account, rooms: Rooms, calls: Calls) -> None:
        self.account = account
        self.rooms = rooms
        self.calls = calls

    @property
    def all(self) -> dict[str, Conference]:
        return self.rooms.all

    def routes(self) -> list[web.RouteDef]:
        base = f"/{VERSION}/Accounts/{{account}}/Conferences"
        one = base + "/{conference}/Participants/{call}.json"
        return [
            web.get(f"{base}.json", self.list, name="conferences.list"),
            web.get(base + "/{conference}.json", self.fetch, name="conferences.fetch"),
            web.post(base + "/{conference}.json", self.update, name="conferences.update"),
            web.get(base + "/{conference}/Participants.json", self.list_participants, name="participants.list"),
            web.post(base + "/{conference}/Participants.json", self.add, name="participants.create"),
            web.get(one, self.fetch_participant, name="participants.fetch"),
            web.post(one, self.update_participant, name="participants.update"),
            web.delete(one, self.remove, name="participants.delete"),
        ]

    async def list(self, request: web.Request) -> web.Response:
        fits = by_date(request, "DateCreated")
        name, status = request.query.get("FriendlyName"), request.query.get("Status")
        chosen = [
            conference
            for conference in reversed(self.all.values())
            if name in (None, conference.name) and status in (None, conference.status) and fits(conference.created)
        ]
        return page(request, "conferences", chosen, self.rooms.shown, lambda one: one.sid)

    async def fetch(self, request: web.Request) -> web.Response:
        return web.json_response(self.rooms.shown(found(self.all, request.match_info["conference"])))

    async def update(self, request: web.Request) -> web.Response:
        """Ends it, or announces something to everybody."""
        conference = self._going(request)
        fields = await form(request)
        if fields.get("Status") == "completed":
            self.rooms.end(conference, "conference-ended-via-api")
        if url := fields.get("AnnounceUrl"):
            for participant in conference.participants.values():
                announce(participant, Source(url, fields.get("AnnounceMethod", "POST")))
        self.account.ledger.append("conference update", conference.sid, self.account.clock.now(), fields)
        return web.json_response(self.rooms.shown(conference))

    def _going(self, request: web.Request) -> Conference:
        name = request.match_info["conference"]
        conference = self.rooms.going(name)
        if conference is None:
            raise not_found(name)
        return conference

    def _participant(self, request: web.Request) -> tuple[Conference, Participant]:
        """By the sid of its call, or its label."""
        conference = self._going(request)
        wanted = request.match_info["call"]
        for participant in (*conference.participants.values(), *conference.expected.values()):
            if wanted in (participant.call.sid, participant.label):
                return conference, participant
        raise not_found(wanted)

    async def list_participants(self, request: web.Request) -> web.Response:
        conference = self._going(request)
        everybody = [*conference.expected.values(), *conference.participants.values()]
        for key, value in (("Muted", "muted"), ("Hold", "hold")):
            if key in request.query:
                everybody = [one for one in everybody if getattr(one, value) == boolean(request.query[key])]
        return page(
            request,
            "participants",
            everybody,
            lambda one: self.rooms.shown_participant(conference, one),
            lambda one: one.call.sid,
        )

    async def add(self, request: web.Request) -> web.Response:
        """Calls somebody who joins when they answer; a conference of that name is made when there is none."""
        fields = await form(request)
        self.calls.check(fields)
        name = request.match_info["conference"]
        if name.startswith("CF") and self.rooms.going(name) is None:
            raise not_found(name)
        conference = self.rooms.room(name)
        noun = Element("Conference", {ATTRIBUTES[key]: value for key, value in fields.items() if key in ATTRIBUTES})
        for key, attribute in (
            ("ConferenceStatusCallbackEvent", "statusCallbackEvent"),
            ("ConferenceRecordingStatusCallbackEvent", "recordingStatusCallbackEvent"),
        ):
            if events := await many(request, key):
                noun.set(attribute, " ".join(events))
        noun.text = conference.name
        response = Element("Response")
        dial = Element("Dial")
        dial.append(noun)
        response.append(dial)
        call = self.calls.outgoing(
            fields["From"], fields["To"], fields, tuple(await many(request, "StatusCallbackEvent"))
        )
        participant = Participant(call, call.created, label=fields.get("Label", ""))
        participant.ends = boolean(fields.get("EndConferenceOnExit", "false"))
        participant.begins = boolean(fields.get("StartConferenceOnEnter", "true"))
        conference.expected[call.sid] = participant
        self.account.ledger.append("participant", call.sid, call.created, fields | {"Conference": conference.name})
        shown = self.rooms.shown_participant(conference, participant)
        self.account.spawn(self._place(conference, participant, tostring(response, "unicode")), "calls")
        return web.json_response(shown, status=201)

    async def _place(self, conference: Conference, participant: Participant, text: str) -> None:
        try:
            await self.calls.place(participant.call, Source(text=text))
        finally:
            if conference.expected.pop(participant.call.sid, None) is not None:
                status = {"ReasonParticipantLeft": "participant_add_failed"}
                status["ParticipantCallStatus"] = participant.call.status
                self.rooms.tell(conference, "participant-leave", participant, status)

    async def fetch_participant(self, request: web.Request) -> web.Response:
        return web.json_response(self.rooms.shown_participant(*self._participant(request)))

    async def update_participant(self, request: web.Request) -> web.Response:
        """Hold, mute, announce, and whether the conference ends with it."""
        conference, participant = self._participant(request)
        fields = await form(request)
        if "Hold" in fields:
            participant.hold = boolean(fields["Hold"])
            url = fields.get("HoldUrl", "")
            participant.holds = Source(url, fields.get("HoldMethod", "POST")) if url else None
            participant.changed.set()
            self.rooms.tell(conference, "participant-hold" if participant.hold else "participant-unhold", participant)
        if "Muted" in fields:
            participant.muted = boolean(fields["Muted"])
            self.rooms.tell(conference, "participant-mute" if participant.muted else "participant-unmute", participant)
        if "EndConferenceOnExit" in fields:
            participant.ends = boolean(fields["EndConferenceOnExit"])
            self.rooms.tell(conference, "participant-modify", participant)
        if announced := fields.get("AnnounceUrl"):
            announce(participant, Source(announced, fields.get("AnnounceMethod", "POST")))
        self.account.ledger.append("participant update", participant.call.sid, self.account.clock.now(), fields)
        self.account.touch()
        return web.json_response(self.rooms.shown_participant(conference, participant))

    async def remove(self, request: web.Request) -> web.Response:
        """Takes it out; its call goes on with what follows in its document."""
        conference, participant = self._participant(request)
        if participant.call.sid in conference.expected:
            raise Refused(20009, "The participant is not connected yet", 409)
        self.account.ledger.append("participant removed", participant.call.sid, self.account.clock.now())
        self.rooms.leave(conference, participant, API)
        return web.Response(status=204)


def announce(participant: Participant, source: Source) -> None:
    participant.announces.append(source)
    participant.changed.set()
