"""What the connectors ask of Twilio is held to its published documents, by Prism between them and the simulator."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web

from connectors.twilio import phone_calls
from connectors.twilio.phone import PhoneConnector
from connectors.twilio.sms import SmsConnector
from connectors.twilio.whatsapp import WhatsAppConnector
from hub.sdk import Address, Attachment, Dial, Outgoing, RemoteFile, RoomChange, Template
from hub.sdk.testing import FakeContext, MemorySink
from tests.peers.twilio import Twilio, rings
from tests.peers.twilio.contract.prism import Prism, installed, prism
from tests.peers.twilio.twiml import Source

pytestmark = [
    pytest.mark.peer,
    pytest.mark.skipif(not installed(), reason="Prism is not installed; deploy/test installs it with npm"),
]
PUBLIC = "https://hub.test"
OURS = "+4930901820"
ANNA, BEN = "+4915112345678", "+4915187654321"


@dataclass
class Judged:
    twilio: Twilio
    judge: Prism

    def context(self, connector: Any, **more: object) -> FakeContext:
        settings = {"account_sid": self.twilio.account_sid, "auth_token": self.twilio.auth_token, "number": OURS}
        return FakeContext(connector.schema.with_defaults(settings | more), public_url=PUBLIC)


@pytest_asyncio.fixture(scope="module")
async def judged(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Judged]:
    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", silence)
    runner = web.AppRunner(app, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    folder: Path = tmp_path_factory.mktemp("prism")
    async with Twilio(second=0.02) as twilio, prism(twilio.url, folder) as judge:
        twilio.webhooks.reach[PUBLIC] = f"http://127.0.0.1:{runner.addresses[0][1]}"
        twilio.number(OURS)
        twilio.number(f"whatsapp:{OURS}")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("ALLWAYS_TWILIO_URL", judge.url)
            yield Judged(twilio, judge)
    await runner.cleanup()


@pytest.fixture(autouse=True)
def _nothing_was_refused(judged: Judged) -> Iterator[None]:
    yield
    assert judged.judge.refused() == []


async def silence(_request: web.Request) -> web.Response:
    """The hub's answer to every webhook, and its files."""
    return web.Response(text='<Response><Pause length="6000"/></Response>', content_type="text/xml")


def outgoing(to: Address, **more: Any) -> Outgoing:
    return Outgoing("attempt-1", "reference-1", "", (to,), more.pop("text", "Hello"), **more)


@contextlib.asynccontextmanager
async def running(session: Any) -> AsyncIterator[None]:
    """The session, listing what was missed."""
    task = asyncio.ensure_future(session.run(MemorySink()))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])
        await session.close()


async def test_a_text_number(judged: Judged) -> None:
    connector = SmsConnector()
    session: Any = connector.open(judged.context(connector))
    async with running(session):
        anna = Address("phone", ANNA)
        files = tuple(Attachment(f"{name}.png", "image/png", b"png") for name in "ab")
        await session.send(outgoing(anna))
        await session.send(outgoing(anna, attachments=files))
        await judged.twilio.texts.write(ANNA, OURS, "Hi", media=[("image/png", b"png")], told=False)
        await session.reconcile(outgoing(anna), datetime.now(UTC))
        await session.test()
        await judged.twilio.account.settle()
    assert len(judged.twilio.ledger.entries("message", To=ANNA)) == 2


async def test_a_whatsapp_number(judged: Judged) -> None:
    connector = WhatsAppConnector()
    session: Any = connector.open(judged.context(connector))
    hello = judged.twilio.contents.add("hello", "Hello {{1}}", variables={"1": "you"})
    async with running(session):
        templates = await session.templates()
        anna = Address("whatsapp", ANNA)
        await session.send(outgoing(anna, text="Hello Anna", template=Template(hello.sid, {"1": "Anna"})))
        await session.test()
        await judged.twilio.account.settle()
    assert [template.id for template in templates] == [hello.sid]
    assert [message.body for message in judged.twilio.texts.inbox(f"whatsapp:{ANNA}")] == ["Hello Anna"]


async def test_a_telephone(judged: Judged, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phone_calls, "SETTLE_SECONDS", 0.2)
    connector = PhoneConnector()
    session: Any = connector.open(judged.context(connector))
    anna, ben = judged.twilio.phone(ANNA), judged.twilio.phone(BEN)
    anna.default = rings()
    began = datetime.now(UTC)
    async with running(session):
        dial = Dial("leg-1", "room-1", Address("phone", ANNA), "customer", ring_seconds=600, detect_machine=True)
        placed = await session.dial(dial)
        await anna.rung()
        await session.look(placed.provider_id)
        await session.hang_up(placed.provider_id)
        await anna.free()
        with contextlib.suppress(Exception):
            await session.find_dial(dial, began)
        await session.test()
        await _talk(judged, session)
    assert not ben.ringing


async def _talk(judged: Judged, session: Any) -> None:
    """Two in a room, of calls that the simulator's own documents lead there."""
    twilio = judged.twilio
    room = '<Response><Dial><Conference record="record-from-start">room-1</Conference></Dial></Response>'
    calls = []
    for address in (ANNA, BEN):
        twilio.phone(address).default = rings()
        call = twilio.calls.outgoing(OURS, address, {"Timeout": "600"}, ())
        twilio.account.spawn(twilio.calls.place(call, Source(text=room)), "calls")
        await twilio.phone(address).rung()
        twilio.phone(address).pick_up()
        calls.append(call)
    await twilio.phone(ANNA).talks_with(twilio.phone(BEN))
    for change in (RoomChange(hold=True), RoomChange(hold=False), RoomChange(record=False), RoomChange(record=True)):
        await session.change_room("room-1", calls[0].sid, change)
    await session.ask_again(calls[0].sid)
    await session.hang_up(calls[1].sid)
    await twilio.phone(BEN).free()
    await twilio.account.settle()
    recording = next(iter(twilio.recordings.all.values()))
    await session.forget(RemoteFile(recording.sid, recording.url, "audio/wav"))
    assert twilio.recordings.all == {}
