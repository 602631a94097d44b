"""Telephones of the simulated Twilio, beside a real hub."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from tests.hub_process import HubProcess
from tests.peers.simulated import Provider
from tests.peers.twilio.phones import Phone

T = TypeVar("T")
AT_ALL_HOURS = {"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "opens": "00:00", "closes": "24:00"}


class Telephones(Provider):
    """What is not a coroutine there goes through `have`."""

    def have(self, doing: Callable[..., T], *given: object) -> T:
        async def done() -> T:
            return doing(*given)

        return self.do(done())

    def phone(self, number: str) -> Phone:
        return self.have(self.twilio.phone, number)

    def add_telephone(self, hub: HubProcess, number: str, **settings: object) -> int:
        """A telephone channel for a number of the account, which Twilio sends its calls to; its id, once it works."""
        own = self.have(self.twilio.number, number)
        body = {
            "kind": "phone",
            "name": "Telephone",
            "settings": {"account_sid": self.twilio.account_sid, "number": number, **settings},
            "secrets": {"auth_token": self.twilio.auth_token},
        }
        channel_id = int(hub.call("POST", "/api/channels", body)["id"])
        own.voice_url = f"{hub.address}/hooks/{channel_id}/voice"
        own.status_callback = f"{hub.address}/hooks/{channel_id}/status"
        hub.wait_for_channel(channel_id)
        return channel_id
