"""The simulated Twilio is held to Twilio's published OpenAPI documents, by Prism as a validating proxy.

Prism answers 422 to a request, and 500 to an answer, that the document does not allow.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession, encode_basic_auth, web

from tests.peers.twilio import Twilio, answers
from tests.peers.twilio.contract.prism import Prism, installed, prism

pytestmark = [
    pytest.mark.peer,
    pytest.mark.skipif(not installed(), reason="Prism is not installed; deploy/test installs it with npm"),
]

OURS = "+4930111111"
ANNA = "+4915112345678"
BEN = "+4915198765432"


@dataclass
class Proxied:
    """The simulator through Prism; `hub` answers every webhook with the same document."""

    twilio: Twilio
    session: ClientSession
    judge: Prism
    hub: str

    @property
    def api(self) -> str:
        return self.judge.url

    async def call(self, method: str, url: str, expected: int, **sent: Any) -> Any:
        async with self.session.request(method, url, **sent) as answer:
            assert answer.status == expected, await answer.text()
            return await answer.json() if answer.content_type == "application/json" else None

    async def get(self, path: str) -> Any:
        return await self.call("GET", f"{self.api}{self.twilio.account.path}{path}", 200)

    async def post(self, path: str, expected: int, **fields: str | list[str]) -> Any:
        posted = [(key, one) for key, value in fields.items() for one in ([value] if isinstance(value, str) else value)]
        return await self.call("POST", f"{self.api}{self.twilio.account.path}{path}", expected, data=posted)

    async def delete(self, path: str) -> None:
        await self.call("DELETE", f"{self.api}{self.twilio.account.path}{path}", 204)


@pytest_asyncio.fixture(scope="module")
async def proxied(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Proxied]:
    async def document(_request: web.Request) -> web.Response:
        text = '<Response><Dial><Conference record="record-from-start">room</Conference></Dial></Response>'
        return web.Response(text=text, content_type="text/xml")

    app = web.Application()
    app.router.add_post("/{rest:.*}", document)
    app.router.add_get("/{rest:.*}", document)
    runner = web.AppRunner(app, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hub = f"http://127.0.0.1:{runner.addresses[0][1]}"
    folder: Path = tmp_path_factory.mktemp("prism")
    async with Twilio(second=0.01) as twilio:
        twilio.number(OURS, sms_url=f"{hub}/in", voice_url=f"{hub}/voice")
        headers = {"Authorization": encode_basic_auth(twilio.account_sid, twilio.auth_token)}
        async with prism(twilio.url, folder) as judge, ClientSession(headers=headers) as session:
            yield Proxied(twilio, session, judge, hub)
    await runner.cleanup()


async def test_the_account_and_its_numbers(proxied: Proxied) -> None:
    await proxied.get(".json")
    listed = await proxied.get("/IncomingPhoneNumbers.json?PageSize=20")
    sid = listed["incoming_phone_numbers"][0]["sid"]
    await proxied.get(f"/IncomingPhoneNumbers/{sid}.json")
    await proxied.post(f"/IncomingPhoneNumbers/{sid}.json", 200, SmsUrl=f"{proxied.hub}/in", FriendlyName="Support")


async def test_messages_and_media(proxied: Proxied) -> None:
    callback = f"{proxied.hub}/status"
    plain = await proxied.post("/Messages.json", 201, From=OURS, To=ANNA, Body="Hello", StatusCallback=callback)
    files = [f"{proxied.hub}/a.xml", f"{proxied.hub}/b.xml"]
    media = await proxied.post("/Messages.json", 201, From=OURS, To=ANNA, MediaUrl=files)
    written = await proxied.twilio.texts.write(ANNA, OURS, "look", media=[("image/png", b"png")])
    await proxied.twilio.account.settle()
    page = await proxied.get("/Messages.json?PageSize=1")
    await proxied.call("GET", proxied.api + page["next_page_uri"], 200)
    await proxied.get(f"/Messages.json?To=%2B{OURS[1:]}&DateSent%3E=2020-01-01T00:00:00Z")
    for message in (plain["sid"], media["sid"], written.sid):
        await proxied.get(f"/Messages/{message}.json")
    listed = await proxied.get(f"/Messages/{media['sid']}/Media.json")
    one = f"/Messages/{media['sid']}/Media/{listed['media_list'][0]['sid']}.json"
    await proxied.get(one)
    await proxied.delete(one)
    await proxied.post(f"/Messages/{plain['sid']}.json", 200, Body="")
    await proxied.delete(f"/Messages/{plain['sid']}.json")


@pytest.mark.parametrize("status", ["accepted", "sending", "sent", "delivered", "undelivered", "failed", "read"])
async def test_a_message_in_each_status(proxied: Proxied, status: str) -> None:
    message = await proxied.twilio.texts.write(ANNA, OURS, "Hi", told=False)
    await proxied.twilio.texts.climb(message, status, 30005 if status == "failed" else None)
    assert (await proxied.get(f"/Messages/{message.sid}.json"))["status"] == status


async def test_calls_conferences_and_recordings(proxied: Proxied) -> None:
    anna, ben = proxied.twilio.phone(ANNA), proxied.twilio.phone(BEN)
    events = ["initiated", "ringing", "answered", "completed"]
    placed = await proxied.post(
        *("/Calls.json", 201),
        From=OURS,
        To=ANNA,
        Url=f"{proxied.hub}/voice",
        StatusCallback=f"{proxied.hub}/status",
        StatusCallbackEvent=events,
        MachineDetection="Enable",
        Timeout="600",
    )
    call = f"/Calls/{placed['sid']}"
    await proxied.twilio.account.until(lambda: proxied.twilio.rooms.going("room") is not None, "the room is there")
    added = await proxied.post("/Conferences/room/Participants.json", 201, From=OURS, To=BEN, Label="agent")
    room = f"/Conferences/{added['conference_sid']}"
    person = f"{room}/Participants/{placed['sid']}.json"
    await proxied.get(f"{room}/Participants.json")
    await anna.talks_with(ben)
    await proxied.get(f"{call}.json")
    await proxied.get(f"{call}/Events.json")
    await proxied.get("/Calls.json?Status=in-progress&PageSize=50")
    await proxied.get("/Conferences.json?Status=in-progress")
    await proxied.get(f"{room}.json")
    await proxied.get(f"{room}/Participants.json")
    await proxied.get(person)
    await proxied.post(person, 200, Hold="true")
    await proxied.post(person, 200, Hold="false", EndConferenceOnExit="false")
    current = (await proxied.get(f"{room}/Recordings.json"))["recordings"][0]["sid"]
    await proxied.post(f"{room}/Recordings/Twilio.CURRENT.json", 200, Status="paused")
    await proxied.post(f"{room}/Recordings/{current}.json", 200, Status="in-progress")
    await proxied.get(f"{room}/Recordings/{current}.json")
    own = await proxied.post(f"{call}/Recordings.json", 201, RecordingChannels="dual")
    await proxied.get(f"{call}/Recordings.json")
    await proxied.get(f"{call}/Recordings/{own['sid']}.json")
    await proxied.post(f"{call}/Recordings/{own['sid']}.json", 200, Status="stopped")
    await proxied.delete(person)
    await anna.free()
    await proxied.post(f"{room}.json", 200, Status="completed")
    await proxied.get(f"{room}.json")
    await proxied.twilio.account.settle()
    await proxied.get(f"/Recordings.json?CallSid={placed['sid']}")
    await proxied.get(f"/Recordings/{own['sid']}.json")
    await proxied.get(f"{call}.json")
    await proxied.delete(f"{call}/Recordings/{own['sid']}.json")
    await proxied.delete(f"/Recordings/{current}.json")
    await proxied.delete(f"{call}.json")


async def test_a_call_that_is_changed_and_ended(proxied: Proxied) -> None:
    placed = await proxied.post(
        "/Calls.json", 201, From=OURS, To=ANNA, Twiml="<Response><Pause length='6000'/></Response>"
    )
    await proxied.twilio.phone(ANNA).connected()
    await proxied.post(
        f"/Calls/{placed['sid']}.json", 200, Twiml="<Response><Say>Hi</Say><Pause length='6000'/></Response>"
    )
    await proxied.twilio.phone(ANNA).hears("Hi")
    ended = await proxied.post(f"/Calls/{placed['sid']}.json", 200, Status="completed")
    assert ended["status"] == "completed"


async def test_a_call_is_written_down_while_it_goes_on(proxied: Proxied) -> None:
    placed = await proxied.post(
        "/Calls.json", 201, From=OURS, To=ANNA, Twiml="<Response><Pause length='6000'/></Response>"
    )
    await proxied.twilio.phone(ANNA).connected()
    where = f"/Calls/{placed['sid']}/Transcriptions"
    wanted = {"Track": "both_tracks", "LanguageCode": "de-DE", "PartialResults": "false"}
    callback = {"StatusCallbackUrl": f"{proxied.hub}/said", "StatusCallbackMethod": "POST"}
    made = await proxied.post(f"{where}.json", 200, Name="talk", **wanted, **callback)
    assert made["status"] == "in-progress"
    assert (await proxied.post(f"{where}/talk.json", 200, Status="stopped"))["status"] == "stopped"
    await proxied.post(f"{where}/talk.json", 404, Status="stopped")
    await proxied.post(f"/Calls/{placed['sid']}.json", 200, Status="completed")


async def test_transcriptions(proxied: Proxied) -> None:
    anna = proxied.twilio.phone(ANNA)
    anna.plan(answers(says="Call me"))
    record = f"<Response><Record timeout='1' transcribeCallback='{proxied.hub}/text'/></Response>"
    await proxied.post("/Calls.json", 201, From=OURS, To=ANNA, Twiml=record)
    await proxied.twilio.account.until(lambda: bool(proxied.twilio.recordings.transcriptions), "it is written down")
    text = next(iter(proxied.twilio.recordings.transcriptions.values()))
    await proxied.get(f"/Recordings/{text.recording_sid}/Transcriptions.json")
    assert (await proxied.get(f"/Transcriptions/{text.sid}.json"))["transcription_text"] == "Call me"
    await proxied.delete(f"/Transcriptions/{text.sid}.json")


async def test_templates_and_their_approval(proxied: Proxied) -> None:
    base = f"{proxied.api}/v1/Content"
    asked = {
        "friendly_name": "hello",
        "language": "en",
        "variables": {"1": "Anna"},
        "types": {"twilio/text": {"body": "Hello {{1}}"}},
    }
    made = await proxied.call("POST", base, 201, json=asked)
    one = f"{base}/{made['sid']}"
    await proxied.call("GET", one, 200)
    await proxied.call("GET", f"{base}?PageSize=20", 200)
    named = {"name": "hello", "category": "UTILITY"}
    await proxied.call("POST", f"{one}/ApprovalRequests/whatsapp", 201, json=named)
    await proxied.call("GET", f"{one}/ApprovalRequests", 200)
    listed = await proxied.call("GET", f"{proxied.api}/v1/ContentAndApprovals?PageSize=20", 200)
    assert listed["contents"][0]["approval_requests"]["status"] == "received"
    await proxied.call("DELETE", one, 204)


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/Messages.json", {"From": OURS, "Body": "no recipient"}),
        ("/Calls.json", {"To": ANNA}),
        ("/Messages.json", {"From": OURS, "To": ANNA, "Body": "x", "ContentSid": "HX1"}),
    ],
)
async def test_prism_refuses_what_the_document_does_not_allow(
    proxied: Proxied, path: str, fields: dict[str, str | list[str]]
) -> None:
    """The judge is awake."""
    before = len(proxied.judge.refused())
    await proxied.post(path, 422, **fields)
    async with asyncio.timeout(20):
        while len(proxied.judge.refused()) == before:
            await asyncio.sleep(0.02)


async def test_prism_refuses_an_answer_that_the_document_does_not_allow(proxied: Proxied) -> None:
    message = await proxied.twilio.texts.write(ANNA, OURS, "Hi", told=False)
    message.status = "arrived"
    with pytest.raises(AssertionError, match="status"):
        await proxied.get(f"/Messages/{message.sid}.json")
    message.status = "received"
