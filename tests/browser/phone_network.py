"""A demo hub with the simulated Twilio beside it: numbers of the company, and customers who text and call."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest

from tests.hub_process import HubProcess, until
from tests.peers.telephones import Telephones

COMPANY: Final = "+4930901820"
CUSTOMER: Final = "+4915123456789"


@pytest.fixture(scope="module")
def network() -> Iterator[Telephones]:
    network = Telephones(second=0.1)  # so slow that a page can be seen to ring
    with network:
        yield network


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory, network: Telephones) -> Iterator[HubProcess]:
    """The demo with its history, nobody who writes unasked, and Twilio in reach."""
    with HubProcess(tmp_path_factory.mktemp("hub"), "demo", **network.environment) as hub:
        hub.become_administrator("Lena Hoffmann", "lena@acme.test")
        (channel,) = hub.call("GET", "/api/channels")["items"]
        hub.call("PATCH", f"/api/channels/{channel['id']}", {"settings": {**channel["settings"], "pace": 86400}})
        until(lambda: len(hub.conversations()) >= 10, "the demo's history is there")
        yield hub


def line_of(hub: HubProcess, network: Telephones, kind: str) -> dict[str, Any]:
    """The company's channel of this kind ("sms", "whatsapp", "phone"), set up where there is none yet."""
    for one in hub.call("GET", "/api/channels")["items"]:
        if one["kind"] == kind:
            found: dict[str, Any] = one
            return found
    if kind == "phone":
        channel_id = network.add_telephone(hub, COMPANY, record="announce")
        telephone: dict[str, Any] = hub.call("GET", f"/api/channels/{channel_id}")
        return telephone
    channel = network.add_channel(hub, kind, COMPANY)
    if kind == "sms":  # the number may be the telephone's already
        number = network.twilio.account.number(COMPANY)
        assert number is not None
        number.sms_url = f"{hub.address}/hooks/{channel['id']}/incoming"
    names = {"sms": "Text line", "whatsapp": "WhatsApp"}
    hub.call("PATCH", f"/api/channels/{channel['id']}", {"name": names[kind]})
    return hub.wait_for_channel(channel["id"])


def inbox(network: Telephones, number: str) -> list[str]:
    """The words that arrived on this telephone."""
    return [one.body for one in network.have(network.twilio.texts.inbox, number)]
