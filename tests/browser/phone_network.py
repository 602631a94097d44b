"""A demo hub with the simulated Twilio beside it: numbers of the company, and customers who text."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import requests

from tests.hub_process import HubProcess, until
from tests.peers.ports import free_port

ROOT: Final = Path(__file__).resolve().parents[2]
ACCOUNT: Final = "AC" + "0" * 31 + "1"
TOKEN: Final = "f" * 32
COMPANY: Final = "+4930901820"
CUSTOMER: Final = "+4915123456789"


class PhoneNetwork:
    """The simulator as a process of its own, controlled over HTTP."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._log = (folder / "twilio.log").open("ab")
        command = [sys.executable, "-m", "tests.peers.twilio", "--port", str(self.port), "--second", "0.02"]
        self._process = subprocess.Popen(
            [*command, "--account-sid", ACCOUNT, "--auth-token", TOKEN],
            stdout=self._log,
            stderr=self._log,
            cwd=ROOT,
        )

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(20)
        self._log.close()

    def is_there(self) -> bool:
        try:
            return requests.get(f"{self.address}/simulator", timeout=2).ok
        except requests.RequestException:
            return False

    def post(self, path: str, body: dict[str, Any]) -> Any:
        answer = requests.post(f"{self.address}/simulator/{path}", json=body, timeout=20)
        assert answer.ok, answer.text
        return answer.json() if answer.content else None

    def inbox(self, number: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = requests.get(f"{self.address}/simulator/inbox/{number}", timeout=20).json()[
            "messages"
        ]
        return found


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PhoneNetwork]:
    network = PhoneNetwork(tmp_path_factory.mktemp("network"))
    try:
        until(network.is_there, "the simulated network is there")
        yield network
    finally:
        network.stop()


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory, network: PhoneNetwork) -> Iterator[HubProcess]:
    """The demo with its history, nobody who writes unasked, and Twilio in reach."""
    with HubProcess(tmp_path_factory.mktemp("hub"), "demo", ALLWAYS_TWILIO_URL=network.address) as hub:
        hub.become_administrator("Lena Hoffmann", "lena@acme.test")
        (channel,) = hub.call("GET", "/api/channels")["items"]
        hub.call("PATCH", f"/api/channels/{channel['id']}", {"settings": {**channel["settings"], "pace": 86400}})
        until(lambda: len(hub.conversations()) >= 10, "the demo's history is there")
        yield hub


def add_channel(hub: HubProcess, network: PhoneNetwork, kind: str, name: str) -> dict[str, Any]:
    """A channel at the simulated Twilio that works, with its webhooks set there; that of this kind if there is one."""
    for one in hub.call("GET", "/api/channels")["items"]:
        if one["kind"] == kind:
            found: dict[str, Any] = one
            return found
    number = f"whatsapp:{COMPANY}" if kind == "whatsapp" else COMPANY
    network.post("numbers", {"address": number})
    settings = {"account_sid": ACCOUNT, "number": COMPANY, "country": "DE"}
    made = hub.call(
        "POST",
        "/api/channels",
        {"kind": kind, "name": name, "settings": settings, "secrets": {"auth_token": TOKEN}},
    )
    urls = {"voice_url": "voice", "status_callback": "status"} if kind == "phone" else {"sms_url": "incoming"}
    hooks = {name: f"{made['hooks_url']}/{hook}" for name, hook in urls.items()}
    network.post("numbers", {"address": number, **hooks})
    return hub.wait_for_channel(made["id"])
