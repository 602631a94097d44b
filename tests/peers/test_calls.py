"""Telephone calls through a running hub and a simulated Twilio: taken, waited for, after hours, through a crash."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.hub_process import HubProcess, until
from tests.peers.telephones import AT_ALL_HOURS, Telephones
from tests.peers.twilio import answers, closes, rings

pytestmark = [pytest.mark.peer, pytest.mark.slow, pytest.mark.timeout(240)]
OWN = "+4930901820"
ANNA, BEN = "+4915112345678", "+4915187654321"
TAKES_IT = answers(presses={"press 1": "1"})


@pytest.fixture
def network() -> Iterator[Telephones]:
    network = Telephones(second=0.05)
    with network:
        yield network


@pytest.fixture
def hub(tmp_path: Path, network: Telephones) -> Iterator[HubProcess]:
    with HubProcess(tmp_path / "hub", **network.environment) as hub:
        hub.become_administrator()
        yield hub


def ready(hub: HubProcess) -> None:
    """The agent has a telephone, and is there."""
    hub.call("PUT", "/api/me/device", {"kind": "phone", "address": BEN})
    hub.call("PUT", "/api/me/availability", {"availability": "available"})


def calls(hub: HubProcess) -> list[dict[str, Any]]:
    """The calls on the only customer's timeline, oldest first."""
    customers = {one["customer"]["id"] for one in hub.conversations()}
    assert len(customers) <= 1, "one caller is one customer"
    entries = [one for customer in customers for one in hub.timeline(customer)]
    return [one for one in reversed(entries) if one["kind"] == "call"]


@contextmanager
def twiml_bin(document: str) -> Iterator[str]:
    """A document that is there when the hub is not; its address."""

    class Bin(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("Content-Type", "text/xml")
            self.end_headers()
            self.wfile.write(document.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Bin)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/bin"
    finally:
        server.shutdown()
        server.server_close()


def until_recording_is(network: Telephones, status: str) -> None:
    (only,) = network.twilio.recordings.all.values()
    until(lambda: only.status == status, f"the recording is {status}")


def one_call(hub: HubProcess, state: str) -> dict[str, Any]:
    def there() -> dict[str, Any] | None:
        found = calls(hub)
        return found[0] if len(found) == 1 and found[0]["data"]["state"] == state else None

    return until(there, f"one call, {state}")


def test_a_call_is_taken_recorded_and_on_the_timeline(hub: HubProcess, network: Telephones) -> None:
    network.add_telephone(hub, OWN, record="announce")
    ready(hub)
    anna, ben = network.phone(ANNA), network.phone(BEN)
    ben.default = TAKES_IT
    network.do(anna.call(OWN))
    network.do(anna.talks_with(ben))
    network.do(anna.hears("aufgezeichnet"))
    call_id = one_call(hub, "talking")["data"]["call_id"]
    hub.call("POST", f"/api/calls/{call_id}/hold")
    until(lambda: not network.have(anna.partners), "Anna hears music")
    hub.call("POST", f"/api/calls/{call_id}/resume")
    network.do(anna.talks_with(ben))
    for status in ("paused", "in-progress"):
        hub.call("POST", f"/api/calls/{call_id}/{'pause' if status == 'paused' else 'resume'}-recording")
        until_recording_is(network, status)
    network.have(anna.hang_up)
    network.do(ben.free())
    entry = one_call(hub, "ended")
    assert entry["direction"] == "in"
    assert entry["data"]["recorded"] is True
    assert entry["data"]["agent_ids"]
    until(lambda: calls(hub)[0]["attachments"], "the recording is here")
    until(lambda: not network.twilio.recordings.all, "and nowhere else")
    assert network.twilio.problems == []


def test_whatever_of_a_call_is_told_again_changes_nothing(hub: HubProcess, network: Telephones) -> None:
    network.add_telephone(hub, OWN)
    ready(hub)
    anna, ben = network.phone(ANNA), network.phone(BEN)
    ben.default = TAKES_IT
    network.do(anna.call(OWN))
    network.do(anna.talks_with(ben))
    network.have(anna.hang_up)
    network.do(ben.free())
    before = one_call(hub, "ended")
    told = list(network.twilio.webhooks.log)
    random.Random(4).shuffle(told)
    for posted in told:
        again = network.do(network.twilio.webhooks.repeat(posted, 5))
        assert {one.status for one in again} == {posted.status}, posted.url
    assert calls(hub) == [before]
    assert network.twilio.auth_token not in hub.log.read_text(errors="replace")
    assert len(network.twilio.ledger.entries("call")) == 1


def test_who_calls_after_hours_leaves_a_message(hub: HubProcess, network: Telephones) -> None:
    channel_id = network.add_telephone(hub, OWN)
    hours = hub.call("POST", "/api/hours", {"name": "Never", "time_zone": "Europe/Berlin"})
    hub.call("PUT", f"/api/hours/{hours['id']}/channels", {"channel_ids": [channel_id]})
    anna = network.phone(ANNA)
    anna.default = answers(says="Please call me back, it is about my order")
    network.do(anna.call(OWN))
    network.do(anna.free())
    entry = one_call(hub, "voicemail")
    assert "my order" in until(lambda: calls(hub)[0]["data"]["transcript"], "what was said is written down")
    until(lambda: calls(hub)[0]["attachments"], "the message can be listened to")
    assert entry["data"]["agent_ids"] == []
    assert network.twilio.problems == []


def test_who_says_nothing_after_the_tone_is_let_go(hub: HubProcess, network: Telephones) -> None:
    channel_id = network.add_telephone(hub, OWN)
    hours = hub.call("POST", "/api/hours", {"name": "Never", "time_zone": "Europe/Berlin"})
    hub.call("PUT", f"/api/hours/{hours['id']}/channels", {"channel_ids": [channel_id]})
    anna = network.phone(ANNA)
    network.do(anna.call(OWN))
    network.do(anna.free())
    assert one_call(hub, "missed")["attachments"] == []
    assert sum("nach dem Ton" in one.text for one in anna.heard) == 1


def test_who_presses_a_key_keeps_their_place_and_is_called_back(hub: HubProcess, network: Telephones) -> None:
    channel_id = network.add_telephone(hub, OWN)
    queue = {
        "name": "Callbacks",
        "time_zone": "Europe/Berlin",
        "phone_channel_id": channel_id,
        "legal_hours": AT_ALL_HOURS,
    }
    hub.call("POST", "/api/callback-queues", queue)
    anna, ben = network.phone(ANNA), network.phone(BEN)
    ben.default = TAKES_IT
    network.do(anna.call(OWN, answers(presses={"drücken sie": "1"})))
    network.do(anna.free())
    (waiting,) = until(lambda: hub.call("GET", "/api/callbacks")["items"], "a callback")
    assert waiting["source"] == "ivr"
    ready(hub)
    network.do(anna.talks_with(ben))
    network.have(anna.hang_up)
    network.do(ben.free())
    until(lambda: [one["direction"] for one in calls(hub)] == ["in", "out"], "both calls, in order")
    until(lambda: calls(hub)[1]["data"]["state"] == "ended", "it is over")
    assert network.twilio.problems == []
    for number in (ANNA, BEN):
        assert len(network.twilio.ledger.entries("call", To=number)) == 1, number


def test_who_finds_nobody_waits_until_somebody_is_there(hub: HubProcess, network: Telephones) -> None:
    network.add_telephone(hub, OWN)
    anna, ben = network.phone(ANNA), network.phone(BEN)
    ben.default = TAKES_IT
    network.do(anna.call(OWN))
    network.do(anna.hears("in der Leitung"))
    one_call(hub, "waiting")
    ready(hub)
    network.do(anna.talks_with(ben))
    network.have(ben.hang_up)
    network.do(anna.free())
    one_call(hub, "ended")
    assert network.twilio.problems == []


def test_a_hub_that_is_killed_loses_no_call_and_repeats_none(hub: HubProcess, network: Telephones) -> None:
    channel_id = network.add_telephone(hub, OWN)
    ready(hub)
    anna, ben = network.phone(ANNA), network.phone(BEN)
    ben.default = TAKES_IT
    network.do(anna.call(OWN))
    network.do(anna.talks_with(ben))
    hub.kill_and_start()
    hub.wait_for_channel(channel_id)
    assert network.have(anna.partners) == {BEN}, "they go on talking meanwhile"
    network.have(anna.hang_up)
    network.do(ben.free())
    one_call(hub, "ended")
    assert len(network.twilio.ledger.entries("call")) == 1, "Ben is called once"


def test_who_waits_is_kept_through_a_restart_by_a_document_at_the_provider(
    hub: HubProcess, network: Telephones
) -> None:
    """The TwiML Bin of the README."""
    channel_id = network.add_telephone(hub, OWN)
    anna, ben = network.phone(ANNA), network.phone(BEN)
    ben.default = TAKES_IT
    again = f"{hub.address}/hooks/{channel_id}/voice"
    document = f'<Response><Pause length="100"/><Redirect method="POST">{again}</Redirect></Response>'
    with twiml_bin(document) as address:
        network.have(network.twilio.account.number, OWN).voice_fallback_url = address  # type: ignore[union-attr]
        network.do(anna.call(OWN))
        network.do(anna.hears("in der Leitung"))
        hub.kill()
        until(lambda: network.twilio.problems, "Twilio asks the hub in vain")
        hub.start()
        hub.wait_for_channel(channel_id)
        ready(hub)
        network.do(anna.talks_with(ben))
    network.have(anna.hang_up)
    network.do(ben.free())
    one_call(hub, "ended")


@pytest.mark.parametrize("moment", ["dial.attempt_committed", "dial.provider_accepted"])
def test_a_hub_that_dies_while_it_dials_calls_each_telephone_once(
    hub: HubProcess, network: Telephones, moment: str
) -> None:
    channel_id = network.add_telephone(hub, OWN, ring_seconds=120)
    hub.call("PUT", "/api/me/device", {"kind": "phone", "address": BEN})
    anna, ben = network.phone(ANNA), network.phone(BEN)
    network.do(anna.call(OWN))
    network.do(anna.hears("in der Leitung"))
    network.have(anna.hang_up)
    identity_id = one_call(hub, "missed")["identity_id"]
    hub.stop()
    network.twilio.clock.second = 0.25  # Ben's telephone rings for half a minute
    ben.default = rings()
    hub.start(failpoint=f"{moment}:kill")
    hub.wait_for_channel(channel_id)
    hub.call("POST", "/api/calls", {"channel_id": channel_id, "identity_id": identity_id})
    hub.wait_for_death()
    hub.start()
    hub.wait_for_channel(channel_id)
    network.do(ben.rung())
    network.have(ben.pick_up)
    network.do(ben.hears("press 1"))
    network.have(ben.press, "1")
    network.do(anna.talks_with(ben))
    network.have(anna.hang_up)
    network.do(ben.free())
    until(lambda: [one["data"]["state"] for one in calls(hub)] == ["missed", "ended"], "both calls, in order")
    for number in (ANNA, BEN):
        assert len(network.twilio.ledger.entries("call", To=number)) == 1, number


def test_an_agent_whose_call_got_no_answer_from_the_provider_is_called_once(
    hub: HubProcess, network: Telephones
) -> None:
    network.add_telephone(hub, OWN)
    ready(hub)
    anna, ben = network.phone(ANNA), network.phone(BEN)
    ben.default = TAKES_IT
    network.twilio.faults.next("calls.create", closes(after=True))
    network.do(anna.call(OWN))
    network.do(anna.talks_with(ben))
    network.have(anna.hang_up)
    network.do(ben.free())
    one_call(hub, "ended")
    assert len(network.twilio.ledger.entries("call")) == 1


def test_a_call_that_found_the_hub_dead_is_a_missed_call(hub: HubProcess, network: Telephones) -> None:
    channel_id = network.add_telephone(hub, OWN)
    anna = network.phone(ANNA)
    hub.kill()
    network.do(anna.call(OWN))
    network.do(anna.free())
    hub.start()
    hub.wait_for_channel(channel_id)
    entry = one_call(hub, "missed")
    assert entry["data"]["ended_at"] is not None
