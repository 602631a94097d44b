"""One number, running, against the simulated Twilio: keys, services, files, and what becomes of lost answers."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from connectors.twilio import SMS, WHATSAPP
from connectors.twilio.texting import TextSession
from hub.sdk import (
    Address,
    AmbiguousSend,
    Attachment,
    AuthSend,
    Outgoing,
    PermanentSend,
    RateLimited,
    SuppressSend,
    Templating,
    TransientSend,
)
from hub.sdk.testing import FakeContext
from tests.peers.twilio import Delivery, Twilio, broken, closes, failed, refuses, too_many

pytestmark = pytest.mark.peer
OURS, ANNA = "+4930901820", "+4915112345678"


@pytest_asyncio.fixture
async def twilio(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Twilio]:
    async with Twilio(second=0.005) as twilio:
        monkeypatch.setenv("ALLWAYS_TWILIO_URL", twilio.url)
        twilio.number(OURS)
        twilio.number(f"whatsapp:{OURS}")
        twilio.texts.default = Delivery(tells=())
        yield twilio


def open_session(twilio: Twilio, kind: str = "sms", **settings: Any) -> TextSession:
    given = {"account_sid": twilio.account_sid, "auth_token": twilio.auth_token, "number": OURS, **settings}
    connector = WHATSAPP if kind == "whatsapp" else SMS
    context = FakeContext(connector.schema.with_defaults(given), channel_id=7)
    return connector.open(context)


def outgoing(text: str = "Hello", **changes: Any) -> Outgoing:
    return replace(Outgoing("a/1", "sms:t", "t", (Address("phone", ANNA),), text), **changes)


async def test_an_api_key_signs_in_and_the_auth_token_is_checked_too(twilio: Twilio) -> None:
    key = {"sign_in": "key", "api_key": twilio.account.api_key, "api_secret": twilio.account.api_secret}
    session = open_session(twilio, **key)
    assert (await session.send(outgoing())).provider_id.startswith("SM")
    assert all(step.ok for step in await session.test() if step.name in ("auth_token", "api_key"))
    await session.close()
    wrong = open_session(twilio, **key, auth_token="wr0ng-t0ken")
    (step,) = [one for one in await wrong.test() if not one.ok and one.name == "auth_token"]
    assert "Auth" in step.next_step or "auth" in step.next_step
    await wrong.close()


async def test_through_a_messaging_service_it_goes_and_is_found_again(twilio: Twilio) -> None:
    session = open_session(twilio, messaging_service_sid=twilio.numbers.service(OURS))
    twilio.faults.next("messages.create", closes(after=True))
    started = datetime.now(UTC)
    with pytest.raises(AmbiguousSend):
        await session.send(outgoing())
    (entry,) = twilio.ledger.entries("message")
    assert "From" not in entry.fields
    assert entry.fields["StatusCallback"] == "https://hub.example.org/hooks/7/status?attempt=a%2F1"
    found = await session.reconcile(outgoing(), started)
    assert found is not None
    assert found.provider_id == entry.sid
    await session.close()


async def test_an_equal_text_of_a_moment_before_is_not_taken_for_the_lost_one(twilio: Twilio) -> None:
    session = open_session(twilio)
    await session.send(outgoing())
    twilio.faults.next("messages.create", closes())
    started = datetime.now(UTC)
    with pytest.raises(AmbiguousSend):
        await session.send(outgoing())
    assert await session.reconcile(outgoing(), started) is None
    await session.close()


async def test_a_lost_message_that_failed_is_found_with_its_failure(twilio: Twilio) -> None:
    session = open_session(twilio)
    twilio.texts.plan(ANNA, failed(30007))
    twilio.faults.next("messages.create", broken(502, after=True))
    started = datetime.now(UTC)
    with pytest.raises(AmbiguousSend):
        await session.send(outgoing())
    await twilio.account.settle()
    found = await session.reconcile(outgoing(), started)
    assert found is not None
    assert (found.state, found.recipients[0].code) == ("failed", "30007")
    await session.close()


async def test_when_the_provider_cannot_be_asked_it_stays_unknown(twilio: Twilio) -> None:
    session = open_session(twilio)
    await session.send(outgoing())
    twilio.faults.next("messages.list", broken(503))
    assert await session.reconcile(outgoing(), datetime.now(UTC) - timedelta(seconds=1)) is None
    await session.close()


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (too_many(3), RateLimited),
        (refuses(21610), SuppressSend),
        (refuses(21211), PermanentSend),
        (refuses(20003, 401), AuthSend),
        (refuses(20503, 503), TransientSend),
        (broken(503), AmbiguousSend),
        (closes(), AmbiguousSend),
    ],
)
async def test_each_way_to_fail_has_its_own_end(twilio: Twilio, fault: Any, kind: type[Exception]) -> None:
    session = open_session(twilio)
    twilio.faults.next("messages.create", fault)
    with pytest.raises(kind):
        await session.send(outgoing())
    assert twilio.ledger.entries("message") == ()
    await session.close()


async def test_whatsapp_takes_one_file_and_a_number_without_mms_none(twilio: Twilio) -> None:
    picture = Attachment("a.png", "image/png", b"1")
    whatsapp = open_session(twilio, "whatsapp")
    with pytest.raises(PermanentSend, match="one file"):
        await whatsapp.send(outgoing(attachments=(picture, picture)))
    sms = open_session(twilio, mms=False)
    with pytest.raises(PermanentSend, match="cannot send files"):
        await sms.send(outgoing(attachments=(picture,)))
    assert twilio.ledger.entries("message") == ()
    await whatsapp.close()
    await sms.close()


async def test_templates_are_listed_over_pages(twilio: Twilio) -> None:
    for number in range(520):
        twilio.contents.add(f"t{number}", f"Number {number} for {{{{1}}}}", variables={"1": "you"})
    session = open_session(twilio, "whatsapp")
    assert isinstance(session, Templating)
    found = await session.templates()
    assert len({one.id for one in found}) == 520
    assert found[0].name == "t519"
    assert not isinstance(open_session(twilio), Templating)
    await session.close()


async def test_no_secret_shows_whatever_happens(twilio: Twilio, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    secret = {"api_secret": twilio.account.api_secret, "auth_token": twilio.auth_token}
    session = open_session(twilio, sign_in="key", api_key=twilio.account.api_key, **secret)
    said = [repr(session), str(await session.test())]
    for fault in (refuses(20003, 401), broken(500), closes(), too_many()):
        twilio.faults.next("messages.create", fault)
        with pytest.raises(Exception) as raised:
            await session.send(outgoing())
        said.append(f"{raised.value!r} {raised.value.__cause__!r} {raised.value.__context__!r}")
    text = " ".join([*said, caplog.text])
    assert not [name for name, value in secret.items() if value in text]
    await session.close()
