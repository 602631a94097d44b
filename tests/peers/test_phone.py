"""The telephone's session against the simulated Twilio: dialled once, found again, led, recorded, and never lost."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import pytest
from aiohttp import web

from connectors.twilio import phone_calls
from connectors.twilio.phone import PhoneConnector, PhoneSession
from hub.sdk import (
    Address,
    AmbiguousSend,
    AuthSend,
    Calling,
    CallUpdate,
    ConnectionTrouble,
    Dial,
    Fetching,
    Gather,
    HangUp,
    HookRequest,
    Join,
    PermanentSend,
    RateLimited,
    Record,
    RemoteFile,
    RoomChange,
    Say,
    Script,
    TransientSend,
    Wait,
)
from hub.sdk.testing import FakeContext, MemorySink
from tests.peers.twilio import (
    Phone,
    Twilio,
    answers,
    broken,
    busy,
    closes,
    machine,
    no_answer,
    refuses,
    rings,
    too_many,
)

pytestmark = [pytest.mark.peer, pytest.mark.timeout(60)]
OWN = "+4930901820"
ANNA, BEN = "+4915112345678", "+4915187654321"


class Hub:
    """Serves the session's hooks, and says what happens on a leg: by its token, "" for whoever calls."""

    def __init__(self) -> None:
        self.scripts: dict[str, Script] = {}
        self.asked: list[tuple[str, str]] = []
        self.sink = MemorySink()
        self.session: PhoneSession | None = None
        self.context: FakeContext
        self.dead = False
        self._runner: web.AppRunner | None = None

    async def script(self, provider_id: str, leg: str = "") -> Script:
        self.asked.append((provider_id, leg))
        return self.scripts.get(leg, (HangUp(),))

    async def start(self) -> str:
        app = web.Application()
        app.router.add_route("*", "/hooks/1/{name}", self._serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self.url

    async def _serve(self, request: web.Request) -> web.Response:
        assert self.session is not None
        if self.dead:
            return web.Response(status=503)
        hook = next(one for one in self.session.hooks() if one.name == request.match_info["name"])
        reply = await hook.handle(
            HookRequest(
                request.method,
                request.raw_path,
                request.headers,
                await request.read(),
                self.url,
                query=dict(request.query),
            )
        )
        return web.Response(status=reply.status, body=reply.body, content_type=reply.content_type)

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    def news(self) -> list[CallUpdate]:
        found = [one for raw in self.sink.stored.values() for one in PhoneConnector().parse(raw, {})]
        return [one for one in found if isinstance(one, CallUpdate)]

    async def hears(self, event: str, wanted: Callable[[CallUpdate], bool] = lambda _: True) -> CallUpdate:
        """The first news of that kind, as soon as it is there."""
        async with asyncio.timeout(20):
            while True:
                for one in self.news():
                    if one.event == event and wanted(one):
                        return one
                await asyncio.sleep(0.02)


@pytest.fixture
async def twilio(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Twilio]:
    async with Twilio() as simulated:
        monkeypatch.setenv("ALLWAYS_TWILIO_URL", simulated.url)
        monkeypatch.setattr(phone_calls, "SETTLE_SECONDS", 0.2)
        yield simulated


@pytest.fixture
async def hub(twilio: Twilio) -> AsyncIterator[Hub]:
    hub = Hub()
    url = await hub.start()
    settings = {"account_sid": twilio.account_sid, "auth_token": twilio.auth_token, "number": OWN}
    context = FakeContext(PhoneConnector.schema.with_defaults(settings), public_url=url)
    context.calls = hub  # type: ignore[assignment]
    twilio.number(OWN, voice_url=f"{url}/hooks/1/voice", status_callback=f"{url}/hooks/1/status")
    hub.context = context
    hub.session = PhoneSession(context)
    running = asyncio.ensure_future(hub.session.run(hub.sink))
    yield hub
    problems = list(twilio.problems)  # what is told after this finds nobody
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.wait([running])
    await hub.session.close()
    await hub.stop()
    assert problems == []


@pytest.fixture
def session(hub: Hub) -> PhoneSession:
    assert hub.session is not None
    return hub.session


def dial(leg: str = "leg.1", to: str = ANNA, **more: object) -> Dial:
    kind = "sip" if "@" in to else "phone"
    return Dial(leg, "room-1", Address(kind, to), "agent", **more)  # type: ignore[arg-type]


async def test_it_calls_and_fetches(session: PhoneSession) -> None:
    assert isinstance(session, Calling)
    assert isinstance(session, Fetching)


async def test_a_telephone_is_called_once_and_asks_what_it_hears(
    twilio: Twilio, hub: Hub, session: PhoneSession
) -> None:
    hub.scripts["leg.1"] = (Gather("accept", (Say("A call from Ben. Press 1 to take the call."),)),)
    twilio.phone(ANNA).default = answers(presses={"press 1": "1"})
    receipt = await session.dial(dial())
    pressed = await hub.hears("digits")
    assert (pressed.provider_id, pressed.leg, pressed.digits, pressed.step) == (
        receipt.provider_id,
        "leg.1",
        "1",
        "accept",
    )
    hub.scripts.clear()
    over = await hub.hears("state", lambda one: one.state == "completed")
    assert (over.leg, over.provider_id) == ("leg.1", receipt.provider_id)
    assert len(twilio.ledger.entries("call")) == 1
    assert [one.state for one in hub.news() if one.event == "state"] == ["dialing", "ringing", "answered", "completed"]


@pytest.mark.parametrize(
    ("behaviour", "state"), [(busy(), "busy"), (no_answer(), "no_answer")], ids=["busy", "no answer"]
)
async def test_a_telephone_that_nobody_takes_says_so(
    twilio: Twilio, hub: Hub, session: PhoneSession, behaviour: object, state: str
) -> None:
    twilio.phone(ANNA).plan(behaviour)  # type: ignore[arg-type]
    await session.dial(dial(ring_seconds=5))
    assert (await hub.hears("state", lambda one: one.state == state)).leg == "leg.1"


async def test_an_answering_machine_is_told_from_a_person(twilio: Twilio, hub: Hub, session: PhoneSession) -> None:
    hub.scripts["leg.1"] = (Say("We called you back."), HangUp())
    twilio.phone(ANNA).default = machine()
    await session.dial(dial(detect_machine=True))
    assert (await hub.hears("answered")).machine is True


@pytest.mark.parametrize("address", ["ben@pbx.example", "sip:ben@pbx.example"])
async def test_a_sip_telephone_can_be_called(twilio: Twilio, hub: Hub, session: PhoneSession, address: str) -> None:
    await session.dial(dial(to=address))
    (taken,) = twilio.ledger.entries("call")
    assert taken.fields["To"] == "sip:ben@pbx.example"
    assert (await hub.hears("answered")).leg == "leg.1"


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (refuses(21217), PermanentSend),
        (too_many(), RateLimited),
        (refuses(20003, 401), AuthSend),
        (closes(), AmbiguousSend),
        (broken(503), AmbiguousSend),
    ],
    ids=["no number", "too many", "credentials", "no answer", "broken"],
)
async def test_what_goes_wrong_says_what_follows(
    twilio: Twilio, session: PhoneSession, fault: object, error: type[Exception]
) -> None:
    twilio.faults.next("calls.create", fault)  # type: ignore[arg-type]
    with pytest.raises(error):
        await session.dial(dial())


async def test_a_call_whose_answer_was_lost_is_found_again_and_not_made_twice(
    twilio: Twilio, hub: Hub, session: PhoneSession
) -> None:
    hub.scripts["leg.1"] = (Wait(keys=False),)
    twilio.faults.next("calls.create", closes(after=True))
    began = datetime.now(UTC)
    with pytest.raises(AmbiguousSend):
        await session.dial(dial())
    answered = await hub.hears("answered")
    found = await session.find_dial(dial(), began)
    assert found is not None
    assert found.provider_id == answered.provider_id
    assert len(twilio.ledger.entries("call")) == 1


async def test_a_call_that_never_reached_the_provider_is_surely_not_there(
    twilio: Twilio, session: PhoneSession
) -> None:
    twilio.faults.next("calls.create", closes())
    began = datetime.now(UTC)
    with pytest.raises(AmbiguousSend):
        await session.dial(dial())
    with pytest.raises(TransientSend):
        await session.find_dial(dial(), began)


async def test_a_call_for_another_leg_is_not_taken_for_this_one(
    twilio: Twilio, hub: Hub, session: PhoneSession
) -> None:
    hub.scripts["leg.1"] = (Wait(keys=False),)
    began = datetime.now(UTC)
    await session.dial(dial("leg.1"))
    await hub.hears("answered")
    with pytest.raises(TransientSend):
        await session.find_dial(dial("leg.2"), began)


async def test_a_call_that_could_be_this_one_or_another_is_not_guessed(twilio: Twilio, session: PhoneSession) -> None:
    twilio.phone(ANNA).default = rings()
    twilio.webhooks.loses = lambda url, fields: True
    began = datetime.now(UTC)
    await session.dial(dial("leg.1"))
    await twilio.phone(ANNA).rung()
    assert await session.find_dial(dial("leg.2"), began) is None


async def test_a_leg_can_be_looked_at_and_ended(twilio: Twilio, hub: Hub, session: PhoneSession) -> None:
    twilio.phone(ANNA).default = rings()
    sid = (await session.dial(dial())).provider_id
    await twilio.phone(ANNA).rung()
    assert (await session.look(sid)).state == "ringing"
    await session.hang_up(sid)
    await hub.hears("state", lambda one: one.state in ("canceled", "completed", "no_answer"))
    assert (await session.look(sid)).state in ("canceled", "completed", "no_answer")
    await session.hang_up(sid)
    await session.ask_again(sid)
    with pytest.raises(LookupError):
        await session.look("CA" + "0" * 32)


async def two_talk(
    twilio: Twilio, hub: Hub, session: PhoneSession, *, record: bool = False, transcribe: str = ""
) -> tuple[str, str]:
    """Anna called and waited, Ben was called and joined; their provider ids."""
    anna, ben = twilio.phone(ANNA), twilio.phone(BEN)
    hub.scripts[""] = (Say("Please wait"), Wait())
    await anna.call(OWN)
    incoming = await hub.hears("incoming")
    await anna.hears("please wait")
    hub.scripts["leg.2"] = (Join("room-1", record=record),)
    called = await session.dial(dial("leg.2", BEN))
    hub.scripts[""] = (Join("room-1", ends=True, record=record, transcribe=transcribe),)
    await session.ask_again(incoming.provider_id)
    await anna.talks_with(ben)
    return incoming.provider_id, called.provider_id


async def test_a_waiting_caller_is_moved_into_the_room(twilio: Twilio, hub: Hub, session: PhoneSession) -> None:
    customer, agent = await two_talk(twilio, hub, session)
    await hub.hears("joined", lambda one: one.provider_id == customer)
    assert (await hub.hears("joined", lambda one: one.provider_id == agent)).leg == "leg.2"
    hub.scripts.clear()
    twilio.phone(ANNA).hang_up()
    await hub.hears("left", lambda one: one.provider_id == customer)
    await twilio.phone(BEN).free()
    await hub.hears("state", lambda one: one.provider_id == agent and one.state == "completed")


async def test_a_customer_is_held_and_back(twilio: Twilio, hub: Hub, session: PhoneSession) -> None:
    customer, _ = await two_talk(twilio, hub, session)
    anna, ben = twilio.phone(ANNA), twilio.phone(BEN)
    await session.change_room("room-1", customer, RoomChange(hold=True))
    assert ben.address not in anna.partners()
    await session.change_room("room-1", customer, RoomChange(hold=False))
    await anna.talks_with(ben)
    with pytest.raises(LookupError):
        await session.change_room("another room", customer, RoomChange(hold=True))


async def test_a_talk_is_recorded_once_with_a_pause_and_forgotten_at_the_provider(
    twilio: Twilio, hub: Hub, session: PhoneSession
) -> None:
    customer, _ = await two_talk(twilio, hub, session, record=True)
    await session.change_room("room-1", customer, RoomChange(record=False))
    await session.change_room("room-1", customer, RoomChange(record=True))
    hub.scripts.clear()
    twilio.phone(ANNA).hang_up()
    recorded = await hub.hears("recorded")
    assert recorded.step == "room"
    assert recorded.recording is not None
    assert len(await session.fetch(recorded.recording)) > 44
    await session.forget(recorded.recording)
    with pytest.raises(LookupError):
        await session.fetch(recorded.recording)
    await session.forget(recorded.recording)
    assert sum(one.event == "recorded" for one in hub.news()) == 1


async def test_a_talk_is_written_down_but_not_while_the_recording_is_paused(
    twilio: Twilio, hub: Hub, session: PhoneSession
) -> None:
    customer, _ = await two_talk(twilio, hub, session, record=True, transcribe="de")
    anna, ben = twilio.phone(ANNA), twilio.phone(BEN)

    async def says(phone: Phone, text: str) -> None:
        phone.speak(text)
        await hub.hears("transcribed", lambda one: one.text == text)

    await says(anna, "Zwei Tassen sind kaputt.")
    await says(ben, "Das tut mir leid.")
    await session.change_room("room-1", customer, RoomChange(record=False, transcribe="de"))
    anna.speak("Meine Karte hat die Nummer 4111")
    await session.change_room("room-1", customer, RoomChange(record=True, transcribe="de"))
    await says(anna, "Danke.")
    written = [(one.who, one.text) for one in hub.news() if one.event == "transcribed"]
    assert written == [("customer", "Zwei Tassen sind kaputt."), ("agent", "Das tut mir leid."), ("customer", "Danke.")]
    assert {one.language for one in twilio.calls.spoken.all.values()} == {"de-DE"}
    await session.change_room("room-1", customer, RoomChange(record=False))


async def test_a_message_is_recorded_and_written_down(twilio: Twilio, hub: Hub, session: PhoneSession) -> None:
    anna = twilio.phone(ANNA)
    anna.default = answers(says="Please call me back")
    hub.scripts[""] = (Say("After the tone"), Record("voicemail", seconds=30))
    await anna.call(OWN)
    await anna.hears("after the tone")
    hub.scripts.clear()
    recorded = await hub.hears("recorded")
    assert recorded.recording is not None
    assert (await hub.hears("transcribed")).text == "Please call me back"
    assert await session.fetch(recorded.recording)
    await session.forget(recorded.recording)
    assert not twilio.recordings.all


async def test_a_recording_that_is_not_ready_is_asked_for_again(twilio: Twilio, session: PhoneSession) -> None:
    twilio.faults.next("recordings.media", refuses(20404, 404))
    nowhere = RemoteFile("RE" + "0" * 32, f"{twilio.url}/2010-04-01/Accounts/{twilio.account_sid}/x.mp3", "audio/mpeg")
    with pytest.raises(LookupError):
        await session.fetch(nowhere)
    twilio.faults.always("*", broken(503))
    with pytest.raises(ConnectionTrouble):
        await session.fetch(nowhere)


async def test_a_call_that_found_the_hub_down_is_found_in_the_list(
    twilio: Twilio, hub: Hub, session: PhoneSession
) -> None:
    hub.dead = True
    anna = twilio.phone(ANNA)
    call = await anna.call(OWN)
    await anna.free()
    twilio.problems.clear()
    hub.dead = False
    hub.context.cursor = hub.sink.cursor
    await session._list(hub.sink)
    missed = await hub.hears("incoming")
    assert missed.provider_id == call.sid
    assert missed.caller == Address("phone", ANNA, ANNA)
    assert (await hub.hears("state", lambda one: one.provider_id == call.sid)).state == "completed"
    before = len(hub.sink.stored)
    await session._list(hub.sink)
    assert len(hub.sink.stored) == before


async def test_testing_the_settings_calls_nobody_and_says_where_calls_go(
    twilio: Twilio, hub: Hub, session: PhoneSession
) -> None:
    steps = await session.test()
    assert [(step.name, step.ok) for step in steps] == [
        ("account", True),
        ("number", True),
        ("webhook", True),
        ("status", True),
    ]
    own = twilio.account.number(OWN)
    assert own is not None
    own.voice_url = "https://elsewhere.example/voice"
    assert [step.name for step in await session.test() if not step.ok] == ["webhook"]
    assert not twilio.ledger.entries("call")
