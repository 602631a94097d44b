"""What the tests of calls rely on in the simulated Twilio: it walks the documents that it is given."""

from __future__ import annotations

import io
import wave
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import pytest_asyncio
from aiohttp import ClientSession, encode_basic_auth, web
from twilio.request_validator import RequestValidator

from tests.peers.twilio import Twilio, answers, busy, machine, no_answer, rings, unreachable

OURS = "+4930111111"
ANNA = "+4915112345678"
BEN = "+4915198765432"
Page = str | Callable[[dict[str, str]], str]


@dataclass
class Script:
    """A hub that answers each path with a fixed document, and remembers what it was told."""

    url: str = ""
    token: str = ""
    pages: dict[str, Page] = field(default_factory=dict)
    told: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.Response:
        fields = {key: str(value) for key, value in (await request.post()).items()}
        signature = request.headers["X-Twilio-Signature"]
        assert RequestValidator(self.token).validate(self.url + request.raw_path, fields, signature)
        self.told.append((request.path, fields))
        page = self.pages.get(request.path, "")
        text = page if isinstance(page, str) else page(fields)
        return web.Response(text=f"<Response>{text}</Response>", content_type="text/xml")

    def of(self, path: str, key: str = "") -> list[str]:
        """The values of this field in what was told there."""
        return [fields.get(key, "") for asked, fields in self.told if asked == path]


@pytest_asyncio.fixture
async def twilio() -> AsyncIterator[Twilio]:
    async with Twilio(second=0.01) as running:
        yield running


@pytest_asyncio.fixture
async def hub(twilio: Twilio) -> AsyncIterator[Script]:
    script = Script(token=twilio.auth_token)
    app = web.Application()
    app.router.add_post("/{rest:.*}", script.handle)
    runner = web.AppRunner(app, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    script.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    twilio.number(OURS, voice_url=f"{script.url}/voice", status_callback=f"{script.url}/ended")
    yield script
    await twilio.account.settle("told")
    problems = list(twilio.problems)  # what is told after this finds nobody
    await runner.cleanup()
    assert problems == []


@dataclass
class Api:
    session: ClientSession

    async def post(self, path: str, *events: str, **fields: str) -> dict[str, str]:
        posted = [*fields.items(), *(("StatusCallbackEvent", event) for event in events)]
        async with self.session.post(path + ".json", data=posted) as answer:
            shown: dict[str, str] = await answer.json()
            assert answer.status < 300, shown
            return shown

    async def get(self, path: str) -> bytes:
        async with self.session.get(path) as answer:
            assert answer.status == 200
            return await answer.read()


@pytest_asyncio.fixture
async def api(twilio: Twilio) -> AsyncIterator[Api]:
    headers = {"Authorization": encode_basic_auth(twilio.account_sid, twilio.auth_token)}
    async with ClientSession(twilio.url + twilio.account.path + "/", headers=headers) as session:
        yield Api(session)


async def dial(api: Api, hub: Script, to: str = ANNA, path: str = "/out", **fields: str) -> str:
    events = ("initiated", "ringing", "answered", "completed")
    placed = {"From": OURS, "To": to, "Url": hub.url + path, "StatusCallback": f"{hub.url}/status", "Timeout": "600"}
    return (await api.post("Calls", *events, **(placed | fields)))["sid"]


async def test_a_call_is_answered_hears_the_document_and_ends(twilio: Twilio, hub: Script, api: Api) -> None:
    hub.pages["/out"] = '<Say language="de-DE">Guten Tag</Say><Hangup/>'
    sid = await dial(api, hub)
    heard = await twilio.phone(ANNA).hears("guten")
    await twilio.phone(ANNA).free()
    await twilio.account.settle("told")
    assert (heard.language, heard.call_sid) == ("de-DE", sid)
    assert hub.of("/status", "CallStatus") == ["initiated", "ringing", "in-progress", "completed"]
    assert twilio.calls.all[sid].status == "completed"


async def test_telephones_do_what_was_planned(twilio: Twilio, hub: Script, api: Api) -> None:
    anna = twilio.phone(ANNA)
    anna.plan(busy(), no_answer(), unreachable(), machine())
    hub.pages["/out"] = "<Hangup/>"
    sids = []
    for _ in range(4):
        sids.append(await dial(api, hub, Timeout="5", MachineDetection="Enable"))
        await twilio.account.settle("calls")
    calls = [twilio.calls.all[sid] for sid in sids]
    assert [call.status for call in calls] == ["busy", "no-answer", "failed", "completed"]
    assert hub.of("/out", "AnsweredBy") == ["machine_start"]


async def test_a_test_can_decide_while_it_rings(twilio: Twilio, hub: Script, api: Api) -> None:
    anna = twilio.phone(ANNA)
    anna.default = rings()
    hub.pages["/out"] = "<Pause length='6000'/>"
    declined = await dial(api, hub)
    await anna.rung()
    anna.decline()
    await anna.free()
    canceled = await dial(api, hub)
    await anna.rung()
    await api.post(f"Calls/{canceled}", Status="canceled")
    await anna.free()
    answered = await dial(api, hub)
    await anna.rung()
    anna.pick_up()
    await anna.connected()
    anna.hang_up()
    await anna.free()
    assert [twilio.calls.all[sid].status for sid in (declined, canceled, answered)] == ["busy", "canceled", "completed"]


async def test_keys_are_gathered_and_silence_falls_through(twilio: Twilio, hub: Script, api: Api) -> None:
    gather = '<Gather numDigits="1" timeout="3" action="/key"><Say>To accept, press 1</Say></Gather>'
    hub.pages |= {
        "/out": f"{gather}<Redirect>/silent</Redirect>",
        "/key": "<Say>Thank you</Say>",
        "/silent": "<Say>Nobody there</Say>",
    }
    anna = twilio.phone(ANNA)
    anna.plan(answers(presses={"to accept": "1"}), answers())
    await dial(api, hub)
    await anna.hears("thank you")
    await anna.free()
    await dial(api, hub)
    await anna.hears("nobody")
    assert hub.of("/key", "Digits") == ["1"]


async def test_an_incoming_call_waits_in_a_queue_and_is_redirected(twilio: Twilio, hub: Script, api: Api) -> None:
    keep = '<Gather numDigits="1" action="/kept"><Say>Press 1 to keep your place</Say></Gather>'
    hub.pages |= {
        "/voice": '<Enqueue waitUrl="/wait" action="/left">support</Enqueue>',
        "/wait": keep,
        "/kept": "<Say>We call you back</Say><Leave/>",
        "/left": "<Say>Goodbye</Say>",
        "/talk": "<Say>Here we are</Say>",
    }
    anna, ben = twilio.phone(ANNA), twilio.phone(BEN)
    await anna.call(OURS, answers(presses={"press 1": "1"}))
    await anna.hears("goodbye")
    call = await ben.call(OURS)
    await ben.hears("keep your place")
    await api.post(f"Calls/{call.sid}", Url=f"{hub.url}/talk")
    await ben.hears("here we are")
    await ben.free()
    await twilio.account.settle("told")
    assert hub.of("/left", "QueueResult") == ["leave", "redirected"]
    assert hub.of("/wait", "QueuePosition")[0] == "1"
    assert hub.of("/ended", "CallStatus") == ["completed", "completed"]


async def test_two_talk_in_a_conference_with_hold_and_recording(twilio: Twilio, hub: Script, api: Api) -> None:
    events = 'statusCallback="/room" statusCallbackEvent="start end join leave hold"'
    record = 'record="record-from-start" recordingStatusCallback="/recorded"'
    hub.pages["/voice"] = f'<Dial><Conference endConferenceOnExit="true" {events} {record}>room 7</Conference></Dial>'
    anna, ben = twilio.phone(ANNA), twilio.phone(BEN)
    call = await anna.call(OURS)
    await twilio.account.until(lambda: twilio.rooms.going("room 7") is not None, "the room is there")
    added = await api.post("Conferences/room 7/Participants", From=OURS, To=BEN, Label="agent")
    await anna.talks_with(ben)
    room = added["conference_sid"]
    participant = f"Conferences/{room}/Participants/{call.sid}"
    await api.post(participant, Hold="true")
    assert anna.partners() == set()
    await api.post(participant, Hold="false")
    await anna.talks_with(ben)
    await api.post(f"Conferences/{room}/Recordings/Twilio.CURRENT", Status="paused")
    await api.post(f"Conferences/{room}/Recordings/Twilio.CURRENT", Status="in-progress")
    anna.hang_up()
    await ben.free()
    await twilio.account.settle()
    await twilio.account.settle("told")
    assert hub.of("/room", "StatusCallbackEvent") == [
        "participant-join",
        "participant-join",
        "conference-start",
        "participant-hold",
        "participant-unhold",
        "participant-leave",
        "participant-leave",
        "conference-end",
    ]
    assert twilio.conferences.all[room].reason == "participant-with-end-conference-on-exit-left"
    assert hub.of("/recorded", "RecordingStatus") == ["completed"]
    sound = await api.get(f"Recordings/{hub.of('/recorded', 'RecordingSid')[0]}.wav")
    with wave.open(io.BytesIO(sound)) as file:
        assert file.getnframes() > 0
    assert twilio.ledger.entries()[0].what == "participant"


async def test_a_voicemail_is_recorded_and_transcribed(twilio: Twilio, hub: Script, api: Api) -> None:
    hub.pages["/voice"] = '<Say>After the tone</Say><Record action="/message" timeout="2" transcribeCallback="/text"/>'
    hub.pages["/message"] = "<Say>Thank you</Say>"
    anna = twilio.phone(ANNA)
    await anna.call(OURS, answers(says="Please call me back"))
    await anna.hears("thank you")
    await anna.free()
    await twilio.account.settle()
    await twilio.account.settle("told")
    recording = hub.of("/message", "RecordingSid")[0]
    assert hub.of("/text", "TranscriptionText") == ["Please call me back"]
    async with api.session.delete(f"Recordings/{recording}.json") as answer:
        assert answer.status == 204
    async with api.session.get(f"Recordings/{recording}.wav") as answer:
        assert answer.status == 404


async def test_who_hangs_up_while_recording_has_left_a_message(twilio: Twilio, hub: Script) -> None:
    hub.pages["/voice"] = '<Say>After the tone</Say><Record action="/message" timeout="6000"/>'
    anna = twilio.phone(ANNA)
    await anna.call(OURS, answers(says="Please call me back"))
    recordings = twilio.recordings.all
    await twilio.account.until(lambda: any(recording.text for recording in recordings.values()), "she has spoken")
    anna.hang_up()
    await anna.free()
    await twilio.account.settle("told")
    assert hub.of("/message", "CallStatus") == ["completed"]
    assert hub.of("/message", "Digits") == ["hangup"]


async def test_a_number_is_dialled_and_the_two_are_bridged(twilio: Twilio, hub: Script) -> None:
    hub.pages["/voice"] = (
        f'<Dial action="/after" record="record-from-answer-dual"><Number url="/whisper">{BEN}</Number></Dial>'
    )
    hub.pages["/whisper"] = "<Say>A customer</Say>"
    anna, ben = twilio.phone(ANNA), twilio.phone(BEN)
    await anna.call(OURS)
    await ben.hears("a customer")
    await anna.talks_with(ben)
    ben.hang_up()
    await anna.free()
    await twilio.account.settle()
    assert hub.of("/after", "DialCallStatus") == ["completed"]
    assert [recording.channels for recording in twilio.recordings.all.values()] == [2]


async def test_a_refused_call_is_busy(twilio: Twilio, hub: Script) -> None:
    hub.pages["/voice"] = '<Reject reason="busy"/>'
    call = await twilio.phone(ANNA).call(OURS)
    await twilio.phone(ANNA).free()
    assert (call.status, call.answered_at) == ("busy", None)


async def test_an_answer_that_is_no_document_is_a_problem_and_ends_the_call(twilio: Twilio, hub: Script) -> None:
    hub.pages["/voice"] = "<Speak>Hello</Speak>"
    await twilio.phone(ANNA).call(OURS)
    await twilio.phone(ANNA).hears("application error")
    await twilio.phone(ANNA).free()
    assert twilio.problems == [f"12200: {hub.url}/voice: <Speak> is not understood within <Response>"]
    twilio.problems.clear()


async def test_one_who_talks_is_busy_for_others(twilio: Twilio, hub: Script, api: Api) -> None:
    hub.pages["/out"] = "<Pause length='6000'/>"
    await dial(api, hub)
    await twilio.phone(ANNA).connected()
    second = await dial(api, hub)
    await twilio.account.until(lambda: twilio.calls.all[second].ended, "the second call has ended")
    assert twilio.calls.all[second].status == "busy"


async def test_one_who_is_taken_out_goes_on_with_what_follows(twilio: Twilio, hub: Script, api: Api) -> None:
    hub.pages["/voice"] = '<Dial action="/after"><Conference waitUrl="/music">room 7</Conference></Dial>'
    hub.pages |= {"/music": "<Say>One moment</Say>", "/after": "<Say>Goodbye</Say>"}
    anna, ben = twilio.phone(ANNA), twilio.phone(BEN)
    call = await anna.call(OURS)
    await anna.hears("one moment")
    await ben.call(OURS)
    await anna.talks_with(ben)
    room = twilio.rooms.going("room 7")
    assert room is not None
    async with api.session.delete(f"Conferences/{room.sid}/Participants/{call.sid}.json") as answer:
        assert answer.status == 204
    await anna.hears("goodbye")
    await api.post(f"Conferences/{room.sid}", Status="completed")
    await ben.hears("goodbye")
    await ben.free()
    assert (room.status, room.reason) == ("completed", "conference-ended-via-api")


async def test_one_on_hold_hears_the_music_and_then_the_others(twilio: Twilio, hub: Script, api: Api) -> None:
    hub.pages |= {"/voice": "<Dial><Conference>room 8</Conference></Dial>", "/hold": '<Play loop="0">/song.mp3</Play>'}
    anna, ben = twilio.phone(ANNA), twilio.phone(BEN)
    call = await anna.call(OURS)
    await ben.call(OURS)
    await anna.talks_with(ben)
    room = twilio.rooms.going("room 8")
    assert room is not None
    person = f"Conferences/{room.sid}/Participants/{call.sid}"
    await api.post(person, Hold="true", HoldUrl=f"{hub.url}/hold")
    await anna.hears("song.mp3")
    await api.post(person, Hold="false")
    await anna.talks_with(ben)


async def test_whoever_cannot_be_added_has_left(twilio: Twilio, hub: Script, api: Api) -> None:
    events = 'statusCallback="/room" statusCallbackEvent="join leave"'
    hub.pages["/voice"] = f"<Dial><Conference {events}>room 9</Conference></Dial>"
    twilio.phone(BEN).plan(busy())
    await twilio.phone(ANNA).call(OURS)
    await twilio.account.until(lambda: twilio.rooms.going("room 9") is not None, "the room is there")
    await api.post("Conferences/room 9/Participants", From=OURS, To=BEN)
    await twilio.account.until(lambda: "participant_add_failed" in hub.of("/room", "ReasonParticipantLeft"), "told")
    assert hub.of("/room", "ParticipantCallStatus")[-1] == "busy"


async def test_a_call_that_cannot_be_made_is_refused(twilio: Twilio, hub: Script, api: Api) -> None:
    for fields, code in (
        ({"From": OURS, "To": "0151", "Url": hub.url}, 21211),
        ({"From": BEN, "To": ANNA, "Url": hub.url}, 21210),
        ({"From": OURS, "To": ANNA}, 21205),
    ):
        async with api.session.post("Calls.json", data=fields) as answer:
            assert (answer.status, (await answer.json())["code"]) == (400, code)
    assert twilio.ledger.entries() == ()


async def test_a_call_that_has_ended_cannot_be_changed(twilio: Twilio, hub: Script, api: Api) -> None:
    sid = await dial(api, hub, to="sip:ben@office.test")
    await twilio.account.settle("calls")
    async with api.session.post(f"Calls/{sid}.json", data={"Status": "completed"}) as answer:
        assert (await answer.json())["code"] == 21220
    assert twilio.calls.all[sid].status == "completed"


async def test_music_that_cannot_be_had_ends_no_talk(twilio: Twilio, hub: Script, api: Api) -> None:
    hub.pages["/voice"] = '<Dial><Conference waitUrl="http://127.0.0.1:9/">room 10</Conference></Dial>'
    anna, ben = twilio.phone(ANNA), twilio.phone(BEN)
    await anna.call(OURS)
    await anna.hears("♪")
    await ben.call(OURS)
    await anna.talks_with(ben)
    assert twilio.problems[0].startswith("11200: http://127.0.0.1:9/ answered 0")
    twilio.problems.clear()
