"""A callback through a running hub and a simulated Twilio: the first colleague does not pick up, the customer's machine
does, once; called again they talk, and the hub is killed while they do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.hub_process import HubProcess, until
from tests.peers.telephones import AT_ALL_HOURS, Telephones, join
from tests.peers.twilio import answers, machine, no_answer

pytestmark = [pytest.mark.peer, pytest.mark.slow, pytest.mark.timeout(240)]
OWN = "+4930901820"
ANNA, BEN, CEM = "+4915112345678", "+4915187654321", "+4915187654322"
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


def calls(hub: HubProcess) -> list[dict[str, Any]]:
    """Those on the only customer's timeline, oldest first."""
    customers = {one["customer"]["id"] for one in hub.conversations()}
    assert len(customers) <= 1, "whoever is called is one customer"
    entries = [one for customer in customers for one in hub.timeline(customer)]
    return [one for one in reversed(entries) if one["kind"] == "call"]


def test_a_callback_goes_on_until_they_talk(hub: HubProcess, network: Telephones) -> None:
    channel_id = network.add_telephone(hub, OWN, wrap_up_seconds=0)
    hub.call("PUT", "/api/me/device", {"kind": "phone", "address": BEN})
    hub.call("PUT", "/api/me/availability", {"availability": "available"})
    me = hub.call("GET", "/api/session")["agent"]["id"]
    join(hub, "Cem", CEM)
    queue = hub.call(
        "POST",
        "/api/callback-queues",
        {
            "name": "Callbacks",
            "time_zone": "Europe/Berlin",
            "phone_channel_id": channel_id,
            "legal_hours": AT_ALL_HOURS,
            "wrap_up_seconds": 0,
        },
    )
    anna, ben, cem = network.phone(ANNA), network.phone(BEN), network.phone(CEM)
    ben.default, cem.default = no_answer(), TAKES_IT
    anna.plan(machine("This is Anna's machine"))

    wanted = {
        "queue_id": queue["id"],
        "number": ANNA,
        "preferred_agent_id": me,
        "reason": "her order",
        "language": "de",
    }
    callback = hub.call("POST", "/api/callbacks", wanted)
    network.do(anna.hears("nicht erreicht"))
    network.do(anna.free())

    def state(*states: str) -> dict[str, Any] | None:
        found: dict[str, Any] = hub.call("GET", f"/api/callbacks/{callback['id']}")
        return found if found["state"] in states else None

    until(lambda: state("retry_wait"), "it waits for its next time")
    until(lambda: [one["data"]["state"] for one in calls(hub)] == ["voicemail"], "her machine was told")
    hub.call("PATCH", f"/api/callbacks/{callback['id']}", {"window": None})
    network.do(cem.talks_with(anna))
    hub.kill_and_start()
    hub.wait_for_channel(channel_id)
    assert network.have(anna.partners) == {CEM}, "they go on talking meanwhile"
    network.have(anna.hang_up)
    network.do(cem.free())
    until(lambda: state("wrap_up", "done"), "they talked")
    until(lambda: [one["data"]["state"] for one in calls(hub)] == ["voicemail", "ended"], "both calls, in order")
    assert sum("nicht erreicht" in one.text for one in anna.heard) == 1
    assert len(network.twilio.ledger.entries("call", To=ANNA)) == 2
