"""Telephone calls through a running hub and a simulated Twilio: taken, waited for, after hours, through a crash."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.hub_process import HubProcess, until
from tests.peers.telephones import Telephones
from tests.peers.twilio import answers
from tests.peers.twilio.phones import Phone

pytestmark = [pytest.mark.peer, pytest.mark.slow, pytest.mark.timeout(240)]
OWN = "+4930901820"
ANNA, BEN = "+4915112345678", "+4915187654321"
TAKES_IT = answers(presses={"press 1": "1"})


@pytest.fixture
def network() -> Iterator[Telephones]:
    with Telephones(second=0.05) as network:
        yield network


@pytest.fixture
def hub(tmp_path: Path, network: Telephones) -> Iterator[HubProcess]:
    with HubProcess(tmp_path / "hub", ALLWAYS_TWILIO_URL=network.twilio.url) as hub:
        hub.become_administrator()
        yield hub


def set_up(hub: HubProcess, network: Telephones, **settings: object) -> int:
    channel_id = network.add_number(hub, OWN, **settings)
    hub.wait_for_channel(channel_id)
    return channel_id


def ready(hub: HubProcess) -> None:
    """The agent has a telephone, and is there."""
    hub.call("PUT", "/api/me/device", {"kind": "phone", "address": BEN})
    hub.call("PUT", "/api/me/availability", {"availability": "available"})


def phone(network: Telephones, number: str) -> Phone:
    return network.do(network.twilio.phone, number)


def calls(hub: HubProcess) -> list[dict[str, Any]]:
    """The calls on the only customer's timeline, oldest first."""
    customers = {one["customer"]["id"] for one in hub.conversations()}
    assert len(customers) <= 1, "one caller is one customer"
    entries = [one for customer in customers for one in hub.timeline(customer)]
    return [one for one in reversed(entries) if one["kind"] == "call"]


def one_call(hub: HubProcess, state: str) -> dict[str, Any]:
    def there() -> dict[str, Any] | None:
        found = calls(hub)
        return found[0] if len(found) == 1 and found[0]["data"]["state"] == state else None

    return until(there, f"one call, {state}")


def test_a_call_is_taken_recorded_and_on_the_timeline(hub: HubProcess, network: Telephones) -> None:
    set_up(hub, network, record="announce")
    ready(hub)
    anna, ben = phone(network, ANNA), phone(network, BEN)
    ben.default = TAKES_IT
    network.wait(anna.call(OWN))
    network.wait(anna.talks_with(ben))
    network.wait(anna.hears("recorded"))
    one_call(hub, "talking")
    network.do(anna.hang_up)
    network.wait(ben.free())
    entry = one_call(hub, "ended")
    assert entry["direction"] == "in"
    assert entry["data"]["recorded"] is True
    assert entry["data"]["agent_ids"]
    until(lambda: calls(hub)[0]["attachments"], "the recording is here")
    until(lambda: not network.twilio.recordings.all, "and nowhere else")
    assert network.twilio.problems == []


def test_who_calls_after_hours_leaves_a_message(hub: HubProcess, network: Telephones) -> None:
    channel_id = set_up(hub, network)
    hours = hub.call("POST", "/api/hours", {"name": "Never", "time_zone": "Europe/Berlin"})
    hub.call("PUT", f"/api/hours/{hours['id']}/channels", {"channel_ids": [channel_id]})
    anna = phone(network, ANNA)
    anna.default = answers(says="Please call me back, it is about my order")
    network.wait(anna.call(OWN))
    network.wait(anna.free())
    entry = one_call(hub, "voicemail")
    assert "my order" in until(lambda: calls(hub)[0]["data"]["transcript"], "what was said is written down")
    until(lambda: calls(hub)[0]["attachments"], "the message can be listened to")
    assert entry["data"]["agent_ids"] == []
    assert network.twilio.problems == []


def test_who_finds_nobody_waits_until_somebody_is_there(hub: HubProcess, network: Telephones) -> None:
    set_up(hub, network)
    anna, ben = phone(network, ANNA), phone(network, BEN)
    ben.default = TAKES_IT
    network.wait(anna.call(OWN))
    network.wait(anna.hears("hold the line"))
    one_call(hub, "waiting")
    ready(hub)
    network.wait(anna.talks_with(ben))
    network.do(ben.hang_up)
    network.wait(anna.free())
    one_call(hub, "ended")
    assert network.twilio.problems == []


def test_a_hub_that_is_killed_loses_no_call_and_repeats_none(hub: HubProcess, network: Telephones) -> None:
    channel_id = set_up(hub, network)
    ready(hub)
    anna, ben = phone(network, ANNA), phone(network, BEN)
    ben.default = TAKES_IT
    network.wait(anna.call(OWN))
    network.wait(anna.talks_with(ben))
    hub.kill_and_start()
    hub.wait_for_channel(channel_id)
    assert network.do(anna.partners) == {BEN}, "they go on talking meanwhile"
    network.do(anna.hang_up)
    network.wait(ben.free())
    one_call(hub, "ended")
    assert len(network.twilio.ledger.entries("call")) == 2, "Anna's, and one to Ben"


@pytest.mark.parametrize("moment", ["dial.attempt_committed", "dial.provider_accepted"])
def test_a_hub_that_dies_while_it_dials_rings_an_agent_once(hub: HubProcess, network: Telephones, moment: str) -> None:
    channel_id = set_up(hub, network)
    ready(hub)
    anna, ben = phone(network, ANNA), phone(network, BEN)
    ben.default = TAKES_IT
    hub.stop()
    hub.start(failpoint=moment)
    hub.wait_for_channel(channel_id)
    network.wait(anna.call(OWN))
    hub.wait_for_death()
    hub.start()
    hub.wait_for_channel(channel_id)
    called = until(lambda: network.twilio.ledger.entries("call", To=BEN), "Ben is called")
    assert len(called) == 1


def test_a_call_that_found_the_hub_dead_is_a_missed_call(hub: HubProcess, network: Telephones) -> None:
    channel_id = set_up(hub, network)
    anna = phone(network, ANNA)
    hub.kill()
    network.wait(anna.call(OWN))
    network.wait(anna.free())
    hub.start()
    hub.wait_for_channel(channel_id)
    entry = one_call(hub, "missed")
    assert entry["data"]["ended_at"] is not None
