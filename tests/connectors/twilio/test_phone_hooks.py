"""Webhooks about calls: verified, stored, then answered with what the hub says; in this order, and not otherwise."""

from __future__ import annotations

import asyncio
import contextlib
import io
import wave
from collections.abc import AsyncIterator, Mapping
from urllib.parse import urlencode, urlsplit
from xml.etree import ElementTree

import pytest
from twilio.request_validator import RequestValidator

from connectors.twilio.phone import PhoneConnector, PhoneSession
from hub.sdk import CallUpdate, ConfigurationError, Gather, HangUp, HookReply, HookRequest, Join, Record, Say
from hub.sdk.testing import FakeContext, MemorySink

BASE = "https://hub.example.org"
TOKEN = "s3cret-auth-token-of-the-account"
CALL = "CA" + "1" * 32
SETTINGS = {"account_sid": "AC" + "0123456789abcdef" * 2, "auth_token": TOKEN, "number": "+4930901820"}
INCOMING = {"CallSid": CALL, "From": "+4915112345678", "To": "+4930901820", "CallStatus": "ringing"}


class World:
    """A session that runs, a hub in memory, and Twilio's signature."""

    def __init__(self, session: PhoneSession, context: FakeContext, sink: MemorySink) -> None:
        self.session, self.context, self.sink = session, context, sink

    def request(self, url: str, form: Mapping[str, str], signed_url: str = "", token: str = TOKEN) -> HookRequest:
        signature = RequestValidator(token).compute_signature(signed_url or url, dict(form))
        parts = urlsplit(url)
        return HookRequest(
            method="POST",
            target=f"{parts.path}?{parts.query}" if parts.query else parts.path,
            headers={"x-twilio-signature": signature},
            body=urlencode(form).encode(),
            public_base=BASE,
            query=dict(one.split("=") for one in parts.query.split("&")) if parts.query else {},
        )

    async def ask(self, request: HookRequest) -> HookReply:
        name = urlsplit(request.target).path.rpartition("/")[2]
        (hook,) = (one for one in self.session.hooks() if one.name == name)
        return await hook.handle(request)

    async def post(self, url: str, form: Mapping[str, str]) -> HookReply:
        return await self.ask(self.request(url, form))


@pytest.fixture
async def world(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    monkeypatch.setenv("ALLWAYS_TWILIO_URL", "http://127.0.0.1:1")
    context, sink = FakeContext(PhoneConnector.schema.with_defaults(SETTINGS)), MemorySink()
    session = PhoneSession(context)
    running = asyncio.ensure_future(session.run(sink))
    await asyncio.sleep(0)
    yield World(session, context, sink)
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.wait([running])
    await session.close()


def verbs(reply: HookReply) -> list[str]:
    return [verb.tag for verb in ElementTree.fromstring(reply.body)]


async def test_a_call_is_stored_and_then_answered_with_what_the_hub_says(world: World) -> None:
    world.context.calls.answer = (Say("Hello"), Gather("consent", (Say("Press 1"),)))
    reply = await world.post(f"{BASE}/hooks/1/voice", INCOMING)
    assert (reply.status, reply.content_type, verbs(reply)) == (200, "text/xml", ["Say", "Gather"])
    assert world.context.calls.asked == [(CALL, "")]
    (raw,) = world.sink.stored.values()
    (update,) = PhoneConnector().parse(raw, {})
    assert isinstance(update, CallUpdate)
    assert update.event == "incoming"


async def test_the_addresses_in_an_answer_are_hooks_that_are_served_and_lead_on(world: World) -> None:
    world.context.calls.answer = (Gather("accept", ()),)
    first = await world.post(f"{BASE}/hooks/1/leg?leg=t.1", {"CallSid": CALL, "AnsweredBy": "human"})
    action = ElementTree.fromstring(first.body)[0].attrib["action"]
    world.context.calls.answer = (Join("room"),)
    second = await world.post(action, {"CallSid": CALL, "Digits": "1"})
    assert verbs(second) == ["Dial"]
    assert world.context.calls.asked == [(CALL, "t.1"), (CALL, "t.1")]
    updates = [update for raw in world.sink.stored.values() for update in PhoneConnector().parse(raw, {})]
    assert [(one.event, one.leg, one.digits) for one in updates if isinstance(one, CallUpdate)] == [
        ("answered", "t.1", ""),
        ("digits", "t.1", "1"),
    ]


async def test_a_redelivery_is_one_row_and_the_same_answer(world: World) -> None:
    world.context.calls.answer = (Record(),)
    replies = await asyncio.gather(*(world.post(f"{BASE}/hooks/1/voice", INCOMING) for _ in range(50)))
    assert len({reply.body for reply in replies}) == 1
    assert len(world.sink.stored) == 1


@pytest.mark.parametrize(
    ("url", "signed_url", "token"),
    [
        (f"{BASE}/hooks/1/voice", "", "another token"),
        (f"{BASE}/hooks/1/voice", f"{BASE}/hooks/2/voice", TOKEN),
        (f"{BASE}/hooks/1/voice", "https://hub.example.org:8443/hooks/1/voice", TOKEN),
        (f"{BASE}/hooks/1/digits?leg=t.2&step=accept", f"{BASE}/hooks/1/digits?leg=t.1&step=accept", TOKEN),
    ],
)
async def test_a_forged_or_altered_call_is_refused_and_nothing_is_stored(
    world: World, url: str, signed_url: str, token: str
) -> None:
    with pytest.raises(PermissionError):
        await world.ask(world.request(url, INCOMING, signed_url, token))
    assert not world.sink.stored
    assert not world.context.calls.asked


async def test_what_could_not_be_stored_is_not_answered(world: World) -> None:
    world.sink.failing = True
    assert (await world.post(f"{BASE}/hooks/1/voice", INCOMING)).status == 503
    assert not world.context.calls.asked


async def test_a_channel_that_does_not_run_yet_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    context = FakeContext(PhoneConnector.schema.with_defaults(SETTINGS))
    world = World(PhoneSession(context), context, MemorySink())
    assert (await world.post(f"{BASE}/hooks/1/voice", INCOMING)).status == 503


async def test_what_only_tells_is_stored_and_asks_for_nothing(world: World) -> None:
    reply = await world.post(f"{BASE}/hooks/1/status?leg=t.1", {"CallSid": CALL, "CallStatus": "busy"})
    assert (reply.status, reply.body) == (204, b"")
    assert len(world.sink.stored) == 1
    assert not world.context.calls.asked


async def test_the_end_of_a_message_asks_what_comes_and_the_later_word_of_it_does_not(world: World) -> None:
    world.context.calls.answer = (Say("Thank you"), HangUp())
    form = {"CallSid": CALL, "RecordingSid": "RE1", "RecordingUrl": "https://api.twilio.com/RE1"}
    address = f"{BASE}/hooks/1/recording?step=voicemail"
    assert verbs(await world.post(address, form)) == ["Say", "Hangup"]
    assert (await world.post(address, {**form, "RecordingStatus": "completed"})).status == 204
    assert len(world.sink.stored) == 1


async def test_who_has_just_left_a_room_does_not_go_straight_back_into_it(world: World) -> None:
    world.context.calls.answer = (Join("room"),)
    reply = await world.post(f"{BASE}/hooks/1/leg?leg=t.1&ask=left", {"CallSid": CALL})
    assert verbs(reply) == ["Pause", "Redirect"]
    again = ElementTree.fromstring(reply.body)[1].text
    assert again is not None
    world.context.calls.answer = (HangUp(),)
    assert verbs(await world.post(again, {"CallSid": CALL})) == ["Hangup"]


async def test_a_request_about_no_call_is_refused(world: World) -> None:
    assert (await world.post(f"{BASE}/hooks/1/status", {"Hello": "there"})).status == 400
    assert not world.sink.stored


async def test_the_tones_of_the_queue_are_a_sound_that_telephones_play(world: World) -> None:
    (music,) = (one for one in world.session.hooks() if one.name == "music")
    reply = await music.handle(HookRequest("GET", "/hooks/1/music", {}, b"", BASE))
    with wave.open(io.BytesIO(reply.body)) as sound:
        assert (sound.getframerate(), sound.getnchannels()) == (8000, 1)
        assert sound.getnframes() == 20 * 8000


@pytest.mark.parametrize("changes", [{"number": "nobody"}, {"account_sid": "AC1"}, {"music": "ftp://example.org/a"}])
async def test_settings_that_cannot_work_say_so(changes: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError):
        PhoneConnector().open(FakeContext(PhoneConnector.schema.with_defaults({**SETTINGS, **changes})))
