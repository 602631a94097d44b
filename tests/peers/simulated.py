"""The simulated Twilio in a thread of its own, for tests that talk to a real hub and wait while they do."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Mapping
from typing import Any, TypeVar

from tests.hub_process import HubProcess
from tests.peers.twilio import Twilio

T = TypeVar("T")
SECONDS = 60.0


class Provider:
    """`with Provider() as provider`; `do` runs one of the simulator's coroutines and gives its result."""

    def __init__(self, second: float = 0.02) -> None:
        self.twilio = Twilio(second=second)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="simulated Twilio", daemon=True)

    def __enter__(self) -> Provider:
        self._thread.start()
        self.do(self.twilio.__aenter__())
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.do(self.twilio.__aexit__(None, None, None))
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(10)
            self._loop.close()

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(SECONDS)

    @property
    def environment(self) -> dict[str, str]:
        """For a hub that is to find it."""
        return {"ALLWAYS_TWILIO_URL": self.twilio.url}

    def add_channel(self, hub: HubProcess, kind: str, number: str, **settings: object) -> dict[str, Any]:
        """A channel of this kind on the hub, and the number at the provider that calls it. Waits until it works."""
        given = {"account_sid": self.twilio.account_sid, "number": number, **settings}
        body = {
            "kind": kind,
            "name": f"{kind} {number}",
            "settings": given,
            "secrets": {"auth_token": self.twilio.auth_token},
        }
        channel: dict[str, Any] = hub.call("POST", "/api/channels", body)
        address = f"whatsapp:{number}" if kind == "whatsapp" else number
        if self.twilio.account.number(address) is None:
            self.twilio.number(address, sms_url=f"{hub.address}/hooks/{channel['id']}/incoming")
        return hub.wait_for_channel(channel["id"])

    def writes(self, sender: str, to: str, body: str = "", **options: Any) -> Any:
        """A customer writes; returns when the hub has answered."""
        return self.do(self.twilio.texts.write(sender, to, body, **options))

    def settle(self) -> None:
        self.do(self.twilio.account.settle())


def counted(hub: HubProcess, channel: Mapping[str, Any]) -> tuple[int, int, int]:
    """What the channel's ledger holds: received, stored, quarantined."""
    days = hub.call("GET", f"/api/channels/{channel['id']}/ledger")["items"]
    return (
        sum(one["received"] for one in days),
        sum(one["stored"] for one in days),
        sum(one["quarantined"] for one in days),
    )
