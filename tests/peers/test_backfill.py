"""What webhooks did not bring is listed: all, once, in order; nothing is forgotten when the hub cannot store."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from connectors.twilio import SMS
from connectors.twilio.backfill import Backfill
from connectors.twilio.client import Api
from connectors.twilio.line import read_line
from hub.sdk import ConnectionTrouble, CredentialsRefused, Inbound, Outgoing, StatusUpdate
from hub.sdk.messages import Address
from hub.sdk.testing import FakeContext, MemorySink
from tests.peers.twilio import Delivery, Twilio, broken

pytestmark = pytest.mark.peer
OURS, OTHER, ANNA = "+4930901820", "+4930901821", "+4915112345678"


@dataclass
class World:
    twilio: Twilio
    context: FakeContext
    sink: MemorySink

    def settings(self) -> dict[str, object]:
        return {
            "account_sid": self.twilio.account_sid,
            "auth_token": self.twilio.auth_token,
            "number": OURS,
            "more_numbers": OTHER,
        }

    def backfill(self) -> Backfill:
        self.context.cursor = self.sink.cursor
        line = read_line(self.settings(), "sms")
        return Backfill(Api(line.account), line, self.context, every=0.1)

    async def writes(self, body: str, to: str = OURS, ago: timedelta = timedelta(minutes=1), **more: object) -> str:
        message = await self.twilio.texts.write(ANNA, to, body, told=False, **more)  # type: ignore[arg-type]
        message.created = datetime.now(UTC) - ago
        return message.sid

    def texts(self) -> list[str]:
        parsed = [one for raw in self.sink.stored.values() for one in SMS.parse(raw, {})]
        return [one.body.text for one in parsed if isinstance(one, Inbound)]


@pytest_asyncio.fixture
async def world(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    async with Twilio(second=0.005) as twilio:
        monkeypatch.setenv("ALLWAYS_TWILIO_URL", twilio.url)
        twilio.number(OURS)
        twilio.number(OTHER)
        yield World(twilio, FakeContext({}, public_url="https://hub.example.org"), MemorySink())


async def test_everything_is_listed_once_and_in_order(world: World) -> None:
    for number in range(5):
        await world.writes(f"Text {number}")
    await world.writes("To the other number", OTHER)
    backfill = world.backfill()
    await backfill.look(world.sink)
    assert [one for one in world.texts() if "number" not in one] == [f"Text {number}" for number in range(5)]
    assert "To the other number" in world.texts()
    handed = len(world.sink.calls)
    await backfill.look(world.sink)
    assert [raws for raws in world.sink.calls[handed:] if raws] == []
    await world.writes("One more")
    await backfill.look(world.sink)
    assert [len(raws) for raws in world.sink.calls[handed:] if raws] == [1]


async def test_a_restarted_hub_goes_on_where_it_was(world: World) -> None:
    await world.writes("Long ago", ago=timedelta(days=3))
    began = datetime.now(UTC)
    await world.backfill().look(world.sink)
    assert world.texts() == []  # a channel begins with what is new
    assert began <= datetime.fromisoformat(str(world.sink.cursor["since"])) <= datetime.now(UTC)
    world.sink.cursor = dict.fromkeys(("since", "begin"), (datetime.now(UTC) - timedelta(days=4)).isoformat())
    await world.backfill().look(world.sink)
    assert world.texts() == ["Long ago"]


async def test_a_channel_does_not_take_in_what_came_before_it_was_set_up(world: World) -> None:
    await world.writes("Before there was a hub", ago=timedelta(hours=5))
    await world.backfill().look(world.sink)
    for _ in range(2):  # and not after a restart either
        await world.backfill().look(world.sink)
    assert world.texts() == []
    await world.writes("Afterwards")
    await world.backfill().look(world.sink)
    assert world.texts() == ["Afterwards"]


async def test_a_status_that_comes_hours_later_and_is_lost_is_found_by_the_look_of_the_hour(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = SMS.open(FakeContext(world.settings()))
    world.twilio.texts.plan(ANNA, Delivery(tells=(), climbs=("sent",)))
    await session.send(Outgoing("a1", "sms:t", "t", (Address("phone", ANNA),), "To a phone that is off"))
    await world.twilio.account.settle()
    world.sink.cursor["since"] = datetime.now(UTC).isoformat()
    backfill = world.backfill()
    await backfill.look(world.sink)
    (message,) = world.twilio.messages.all.values()
    message.created -= timedelta(hours=3)
    await world.twilio.texts.climb(message, "undelivered", 30003)
    await backfill.look(world.sink)
    assert world.sink.stored == {}, "the next look is a short one"
    monkeypatch.setattr("connectors.twilio.backfill.DEEP_EVERY", timedelta())
    await backfill.look(world.sink)
    (raw,) = world.sink.stored.values()
    assert raw.key == f"{message.sid};undelivered;30003;listed"
    await session.close()


async def test_what_is_young_is_left_to_its_webhook_and_fetched_soon(world: World) -> None:
    await world.writes("Just now", ago=timedelta(seconds=1))
    backfill = world.backfill()
    assert await backfill.look(world.sink) is True
    assert world.texts() == []
    next(iter(world.twilio.messages.all.values())).created -= timedelta(minutes=1)
    assert await backfill.look(world.sink) is False
    assert world.texts() == ["Just now"]


async def test_what_the_hub_cannot_store_is_handed_over_again(world: World) -> None:
    await world.writes("Kept")
    backfill = world.backfill()
    world.sink.failing = True
    with pytest.raises(ConnectionTrouble):
        await backfill.look(world.sink)
    world.sink.failing = False
    await backfill.look(world.sink)
    assert world.texts() == ["Kept"]


async def test_files_are_listed_with_their_message(world: World) -> None:
    await world.writes("Look", media=[("image/png", b"1"), ("application/pdf", b"2")])
    await world.backfill().look(world.sink)
    (raw,) = world.sink.stored.values()
    (parsed,) = SMS.parse(raw, {})
    assert isinstance(parsed, Inbound)
    assert [one.filename for one in parsed.remote] == ["image-1.png", "file-2.pdf"]
    session = SMS.open(FakeContext(world.settings()))
    assert [await session.fetch(one) for one in parsed.remote] == [b"1", b"2"]
    for one in (*parsed.remote, *parsed.remote):
        await session.forget(one)
    with pytest.raises(LookupError):
        await session.fetch(parsed.remote[0])
    await session.close()


async def test_lost_statuses_are_listed_under_a_key_of_their_own(world: World) -> None:
    session = SMS.open(FakeContext(world.settings()))
    world.twilio.texts.plan(ANNA, Delivery(tells=()))
    receipt = await session.send(Outgoing("a1", "sms:t", "t", (Address("phone", ANNA),), "Hello"))
    await world.twilio.account.settle()
    await world.backfill().look(world.sink)
    (raw,) = world.sink.stored.values()
    assert raw.key == f"{receipt.provider_id};delivered;;listed"
    (parsed,) = SMS.parse(raw, {})
    assert isinstance(parsed, StatusUpdate)
    assert (parsed.state, parsed.provider_id) == ("delivered", receipt.provider_id)
    await session.close()


async def test_trouble_at_twilio_is_told_and_ends_the_run(world: World) -> None:
    world.twilio.faults.always("messages.list", broken(503))
    with pytest.raises(ConnectionTrouble):
        await asyncio.wait_for(world.backfill().run(world.sink), 20)
    world.twilio.faults.clear()
    world.twilio.account.auth_token = "another"
    line = read_line(world.settings() | {"auth_token": "old"}, "sms")
    with pytest.raises(CredentialsRefused):
        await asyncio.wait_for(Backfill(Api(line.account), line, world.context).run(world.sink), 20)


async def test_a_run_goes_on_and_says_how_it_does(world: World) -> None:
    running = asyncio.ensure_future(world.backfill().run(world.sink))
    await world.writes("First")
    await world.sink.wait_for(1)
    await world.writes("Second")
    await world.sink.wait_for(2)
    running.cancel()
    assert [one.state for one in world.context.healths][-1] == "ok"
    assert world.texts() == ["First", "Second"]
