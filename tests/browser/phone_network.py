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


NAMES: Final = {"sms": "Text line", "whatsapp": "WhatsApp", "phone": "Telephone"}
HOOKS: Final = {"voice_url": "voice", "status_callback": "status"}


def line_of(hub: HubProcess, network: Telephones, kind: str, number: str = COMPANY) -> dict[str, Any]:
    """The channel of this kind ("sms", "whatsapp", "phone") and number, set up where there is none yet."""
    for one in hub.call("GET", "/api/channels")["items"]:
        if one["kind"] == kind and one["settings"]["number"] == number:
            found: dict[str, Any] = one
            return found
    address = f"whatsapp:{number}" if kind == "whatsapp" else number
    own = network.have(network.twilio.account.number, address) or network.have(network.twilio.number, address)
    settings = {"account_sid": network.twilio.account_sid, "number": number}
    body = {
        "kind": kind,
        "name": NAMES[kind],
        "settings": settings | ({"record": "announce", "ring_seconds": 120} if kind == "phone" else {}),
        "secrets": {"auth_token": network.twilio.auth_token},
    }
    channel = hub.call("POST", "/api/channels", body)
    for name, hook in (HOOKS if kind == "phone" else {"sms_url": "incoming"}).items():
        setattr(own, name, f"{channel['hooks_url']}/{hook}")
    return hub.wait_for_channel(channel["id"])


def inbox(network: Telephones, number: str) -> list[str]:
    """The words that arrived on this telephone."""
    return [one.body for one in network.have(network.twilio.texts.inbox, number)]
