"""Telephone calls through a running hub and a simulated Twilio: taken, waited for, after hours, through a crash."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any

import pytest

from tests.hub_process import HubProcess, until
from tests.peers.telephones import AT_ALL_HOURS, Telephones
from tests.peers.twilio import Behaviour, Phone, answers, closes, rings

pytestmark = [pytest.mark.peer, pytest.mark.slow, pytest.mark.timeout(240)]
SECOND = 0.05
TAKES_IT = answers(presses={"press 1": "1"})
_numbers = (f"+49151{number:08d}" for number in count(20_000_000))


@pytest.fixture(scope="module")
def network() -> Iterator[Telephones]:
    network = Telephones(second=SECOND)
    with network:
        yield network


@pytest.fixture(scope="module")
def hub(network: Telephones, tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubProcess]:
    with HubProcess(tmp_path_factory.mktemp("calls") / "hub", **network.environment) as hub:
        hub.become_administrator()
        yield hub


class Line:
    """A number of the test's own, its caller Anna and its agent Ben, whose telephone takes every call."""

    def __init__(self, hub: HubProcess, network: Telephones) -> None:
        self.hub, self.network = hub, network
        self.own, anna, ben = (next(_numbers) for _ in range(3))
        self.anna, self.ben = network.phone(anna), network.phone(ben)
        self.ben.default = TAKES_IT
        self.channel_id = 0

    def open(self, **settings: object) -> Line:
        self.channel_id = self.network.add_telephone(self.hub, self.own, **{"wrap_up_seconds": 0, **settings})
        self.hub.call("PUT", "/api/me/device", {"kind": "phone", "address": self.ben.address})
        return self

    def close_for_the_day(self) -> None:
        hours = self.hub.call("POST", "/api/hours", {"name": self.own, "time_zone": "Europe/Berlin"})
        self.hub.call("PUT", f"/api/hours/{hours['id']}/channels", {"channel_ids": [self.channel_id]})

    def ready(self) -> None:
        """The agent takes calls from now on."""
        self.hub.call("PUT", "/api/me/availability", {"availability": "available"})

    def anna_calls(self, behaviour: Behaviour | None = None) -> None:
        self.network.do(self.anna.call(self.own, behaviour))

    def they_talk(self) -> None:
        self.network.do(self.anna.talks_with(self.ben))

    def anna_hangs_up(self) -> None:
        self.network.have(self.anna.hang_up)
        self.network.do(self.ben.free())

    def calls(self) -> list[dict[str, Any]]:
        """Those on the caller's timeline, oldest first."""
        customers = {
            one["customer"]["id"] for one in self.hub.conversations() if one["channel"]["id"] == self.channel_id
        }
        assert len(customers) <= 1, "one caller is one customer"
        entries = [one for customer in customers for one in self.hub.timeline(customer)]
        return [one for one in reversed(entries) if one["kind"] == "call"]

    def one_call(self, state: str) -> dict[str, Any]:
        def there() -> dict[str, Any] | None:
            found = self.calls()
            return found[0] if len(found) == 1 and found[0]["data"]["state"] == state else None

        return until(there, f"one call, {state}")

    def called(self, phone: Phone) -> int:
        """How often the provider was asked to call it."""
        return len(self.network.twilio.ledger.entries("call", To=phone.address))


@pytest.fixture
def line(hub: HubProcess, network: Telephones) -> Iterator[Line]:
    yield Line(hub, network)
    hub.call("PUT", "/api/me/availability", {"availability": "away"})
    network.twilio.clock.second = SECOND
    network.twilio.problems.clear()


@contextmanager
def twiml_bin(document: Callable[[], str]) -> Iterator[str]:
    """A document that is there when the hub is not; its address."""

    class Bin(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("Content-Type", "text/xml")
            self.end_headers()
            self.wfile.write(document().encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Bin)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/bin"
    finally:
        server.shutdown()
        server.server_close()


def test_a_call_is_taken_held_recorded_and_on_the_timeline(hub: HubProcess, network: Telephones, line: Line) -> None:
    line.open(record="announce").ready()
    line.anna_calls()
    line.they_talk()
    network.do(line.anna.hears("aufgezeichnet"))
    call_id = line.one_call("talking")["data"]["call_id"]
    hub.call("POST", f"/api/calls/{call_id}/hold")
    until(lambda: not network.have(line.anna.partners), "Anna hears music")
    hub.call("POST", f"/api/calls/{call_id}/resume")
    line.they_talk()
    (recording,) = network.twilio.recordings.all.values()
    hub.call("POST", f"/api/calls/{call_id}/pause-recording")
    until(lambda: recording.status == "paused", "nothing is recorded")
    hub.call("POST", f"/api/calls/{call_id}/resume-recording")
    until(lambda: recording.status == "in-progress", "it is recorded again")
    line.anna_hangs_up()
    entry = line.one_call("ended")
    assert entry["direction"] == "in"
    assert entry["data"]["agent_ids"]
    until(lambda: line.calls()[0]["attachments"], "the recording is here")
    assert line.calls()[0]["data"]["recorded"] is True
    until(lambda: not network.twilio.recordings.all, "and nowhere else")
    assert network.twilio.problems == []


def test_a_talk_can_be_read_afterwards_without_what_was_said_in_the_pause(
    hub: HubProcess, network: Telephones, line: Line
) -> None:
    line.open(record="announce").ready()
    line.anna_calls()
    line.they_talk()
    call_id = line.one_call("talking")["data"]["call_id"]

    def says(phone: Phone, text: str) -> None:
        network.have(phone.speak, text)
        until(lambda: text in (hub.call("GET", f"/api/calls/{call_id}")["transcript"] or ""), "it is written down")

    says(line.anna, "Two cups are chipped.")
    says(line.ben, "I am sorry to hear that.")
    hub.call("POST", f"/api/calls/{call_id}/pause-recording")
    spoken = network.twilio.calls.spoken.all
    until(lambda: all(one.status == "stopped" for one in spoken.values()), "nobody listens")
    network.have(line.anna.speak, "My card is 4111 1111")
    hub.call("POST", f"/api/calls/{call_id}/resume-recording")
    until(lambda: any(one.status == "in-progress" for one in spoken.values()), "it goes on")
    says(line.anna, "Good-bye.")
    line.anna_hangs_up()
    data = line.one_call("ended")["data"]
    assert [(one["who"], one["text"]) for one in data["said"]] == [
        ("customer", "Two cups are chipped."),
        ("agent", "I am sorry to hear that."),
        ("customer", "Good-bye."),
    ]
    assert data["transcript"] == "Two cups are chipped.\nI am sorry to hear that.\nGood-bye."
    assert network.twilio.problems == []


def test_whatever_of_a_call_is_told_again_changes_nothing(hub: HubProcess, network: Telephones, line: Line) -> None:
    already = len(network.twilio.webhooks.log)
    line.open().ready()
    line.anna_calls()
    line.they_talk()
    line.anna_hangs_up()
    before = line.one_call("ended")
    told = network.twilio.webhooks.log[already:]
    random.Random(4).shuffle(told)
    for posted in told:
        again = network.do(network.twilio.webhooks.repeat(posted, 5))
        assert {one.status for one in again} == {posted.status}, posted.url
    assert line.calls() == [before]
    assert line.called(line.ben) == 1
    assert network.twilio.auth_token not in hub.log.read_text(errors="replace")


def test_who_calls_after_hours_leaves_a_message(network: Telephones, line: Line) -> None:
    line.open().close_for_the_day()
    line.anna_calls(answers(says="Please call me back, it is about my order"))
    network.do(line.anna.free())
    entry = line.one_call("voicemail")
    assert "my order" in until(lambda: line.calls()[0]["data"]["transcript"], "what was said is written down")
    until(lambda: line.calls()[0]["attachments"], "the message can be listened to")
    assert entry["data"]["agent_ids"] == []
    assert network.twilio.problems == []


def test_who_says_nothing_after_the_tone_is_let_go(network: Telephones, line: Line) -> None:
    line.open().close_for_the_day()
    line.anna_calls()
    network.do(line.anna.free())
    assert line.one_call("missed")["attachments"] == []
    assert sum("nach dem Ton" in one.text for one in line.anna.heard) == 1


def test_who_presses_a_key_keeps_their_place_and_is_called_back(
    hub: HubProcess, network: Telephones, line: Line
) -> None:
    line.open()
    queue = {
        "name": "Callbacks",
        "time_zone": "Europe/Berlin",
        "phone_channel_id": line.channel_id,
        "legal_hours": AT_ALL_HOURS,
    }
    hub.call("POST", "/api/callback-queues", queue)
    line.anna_calls(answers(presses={"drücken sie": "1"}))
    network.do(line.anna.free())
    (waiting,) = until(lambda: hub.call("GET", "/api/callbacks")["items"], "a callback")
    assert waiting["source"] == "ivr"
    line.ready()
    line.they_talk()
    line.anna_hangs_up()
    until(lambda: [one["direction"] for one in line.calls()] == ["in", "out"], "both calls, in order")
    until(lambda: line.calls()[1]["data"]["state"] == "ended", "it is over")
    assert network.twilio.problems == []
    assert (line.called(line.anna), line.called(line.ben)) == (1, 1)


def test_who_finds_nobody_waits_until_somebody_is_there(network: Telephones, line: Line) -> None:
    line.open().anna_calls()
    network.do(line.anna.hears("in der Leitung"))
    line.one_call("waiting")
    line.ready()
    line.they_talk()
    network.have(line.ben.hang_up)
    network.do(line.anna.free())
    line.one_call("ended")
    assert network.twilio.problems == []


def test_a_hub_that_is_killed_loses_no_call_and_repeats_none(hub: HubProcess, network: Telephones, line: Line) -> None:
    line.open().ready()
    line.anna_calls()
    line.they_talk()
    hub.kill_and_start()
    hub.wait_for_channel(line.channel_id)
    assert network.have(line.anna.partners) == {line.ben.address}, "they go on talking meanwhile"
    line.anna_hangs_up()
    line.one_call("ended")
    assert line.called(line.ben) == 1


def test_who_waits_is_kept_through_a_restart_by_a_document_at_the_provider(
    hub: HubProcess, network: Telephones, line: Line
) -> None:
    """The TwiML Bin of the README."""
    line.open()
    again = f"{hub.address}/hooks/{line.channel_id}/voice"
    document = f'<Response><Pause length="100"/><Redirect method="POST">{again}</Redirect></Response>'
    with twiml_bin(lambda: document) as address:
        network.have(network.twilio.account.number, line.own).voice_fallback_url = address  # type: ignore[union-attr]
        line.anna_calls()
        network.do(line.anna.hears("in der Leitung"))
        hub.kill()
        until(lambda: network.twilio.problems, "Twilio asks the hub in vain")
        hub.start()
        hub.wait_for_channel(line.channel_id)
        line.ready()
        line.they_talk()
    line.anna_hangs_up()
    line.one_call("ended")


@pytest.mark.parametrize("moment", ["dial.attempt_committed", "dial.provider_accepted"])
def test_a_hub_that_dies_while_it_dials_calls_each_telephone_once(
    hub: HubProcess, network: Telephones, line: Line, moment: str
) -> None:
    line.open(ring_seconds=120).anna_calls()
    network.do(line.anna.hears("in der Leitung"))
    network.have(line.anna.hang_up)
    identity_id = line.one_call("missed")["identity_id"]
    hub.kill()
    network.twilio.clock.second = 0.5  # Ben's telephone rings for a minute
    line.ben.default = replace(rings(), presses=TAKES_IT.presses)
    hub.start(failpoint=f"{moment}:kill")
    hub.wait_for_channel(line.channel_id)
    hub.call("POST", "/api/calls", {"channel_id": line.channel_id, "identity_id": identity_id})
    hub.wait_for_death()
    hub.start()
    hub.wait_for_channel(line.channel_id)
    network.do(line.ben.rung())
    network.twilio.clock.second = SECOND
    network.have(line.ben.pick_up)
    line.they_talk()
    line.anna_hangs_up()
    until(lambda: [one["data"]["state"] for one in line.calls()] == ["missed", "ended"], "both calls, in order")
    assert (line.called(line.anna), line.called(line.ben)) == (1, 1)


def test_an_agent_whose_call_got_no_answer_from_the_provider_is_called_once(network: Telephones, line: Line) -> None:
    line.open().ready()
    network.twilio.faults.next("calls.create", closes(after=True))
    line.anna_calls()
    line.they_talk()
    line.anna_hangs_up()
    line.one_call("ended")
    assert line.called(line.ben) == 1


def test_a_call_that_found_the_hub_dead_is_a_missed_call(hub: HubProcess, network: Telephones, line: Line) -> None:
    line.open()
    hub.kill()
    line.anna_calls()
    network.do(line.anna.free())
    hub.start()
    hub.wait_for_channel(line.channel_id)
    assert line.one_call("missed")["data"]["ended_at"] is not None
