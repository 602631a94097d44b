"""The telephones of an office: its number, a queue of callbacks, agents who may be called, customers who call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from tests.browser.live_fetch import attempt
from tests.browser.phone_network import COMPANY
from tests.hub_process import HubProcess, until
from tests.peers.telephones import AT_ALL_HOURS, Telephones
from tests.peers.twilio import answers

CALLERS: Final = ("+4915112345701", "+4915112345702")


@dataclass
class Lines:
    hub: HubProcess
    network: Telephones
    channel: int
    queue: int
    identities: list[int]
    agents: list[HubProcess]

    def call_us(self, number: str) -> None:
        """Unless they talk already."""
        phone = self.network.phone(number)
        if phone.call_now is None and not phone.ringing:
            self.network.do(phone.call(COMPANY))

    def hush(self) -> None:
        """Nobody takes calls any more, and none goes on."""
        for agent in self.agents:
            agent.call("PUT", "/api/me/availability", {"availability": "away"})
        until(self._silent, "no call goes on", 20)

    def _silent(self) -> bool:
        on = [one for one in self.hub.call("GET", "/api/calls")["items"] if "hang_up" in one["next_steps"]]
        for one in on:
            attempt(self.hub, "POST", f"/api/calls/{one['id']}/hang-up")
        return not on


def lines(hub: HubProcess, network: Telephones, agents: Sequence[HubProcess], customers: Sequence[int]) -> Lines:
    """Each of the callers is one of the customers."""
    channel = network.add_telephone(hub, COMPANY, record="off")
    asked: dict[str, Any] = {"name": "Acme Support", "time_zone": "Europe/Berlin", "phone_channel_id": channel}
    queue = hub.call("POST", "/api/callback-queues", {**asked, "legal_hours": AT_ALL_HOURS})["id"]
    for number, agent in enumerate(agents, 1):
        address = f"+493090182{number}"
        network.phone(address).default = answers(presses={"press 1": "1"})
        agent.call("PUT", "/api/me/device", {"kind": "phone", "address": address})
    identities = []
    for address, customer in zip(CALLERS, customers, strict=False):
        network.phone(address).default = answers()
        made = hub.call("POST", "/api/callbacks", {"queue_id": queue, "number": address, "reason": "Two cups"})
        hub.call("POST", f"/api/customers/{customer}/merge", {"other_id": made["customer"]["id"]})
        hub.call("PATCH", f"/api/callbacks/{made['id']}", {"state": "canceled"})
        identities.append(made["identity_id"])
    return Lines(hub, network, channel, queue, identities, list(agents))
