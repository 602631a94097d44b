"""The simulated Twilio for a test that is not asynchronous: it lives in a thread of its own, beside a hub's process."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from tests.hub_process import HubProcess
from tests.peers.twilio import Twilio

T = TypeVar("T")
SECONDS = 60.0


class Telephones:
    """`with Telephones() as network`: `network.twilio` is the simulator; what touches it goes through `do`."""

    def __init__(self, **options: Any) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="twilio", daemon=True)
        self._options = options
        self.twilio: Twilio

    def __enter__(self) -> Telephones:
        self._thread.start()

        async def begin() -> Twilio:
            return await Twilio(**self._options).__aenter__()

        self.twilio = self.wait(begin())
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.wait(self.twilio.__aexit__(None, None, None))
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(10)
            self._loop.close()

    def wait(self, doing: Awaitable[T], seconds: float = SECONDS) -> T:
        """The result of something asynchronous there. Raises what it raises, and TimeoutError."""

        async def bounded() -> T:
            async with asyncio.timeout(seconds):
                return await doing

        return asyncio.run_coroutine_threadsafe(bounded(), self._loop).result(seconds + 5)

    def do(self, doing: Callable[..., T], *given: Any) -> T:
        """The result of an ordinary call, made there."""

        async def made() -> T:
            return doing(*given)

        return self.wait(made())

    def add_number(self, hub: HubProcess, number: str, **settings: object) -> int:
        """Sets up a telephone channel for a number of the account; its id, as soon as it works."""
        self.do(self.twilio.number, number)
        body = {
            "kind": "phone",
            "name": "Telephone",
            "settings": {"account_sid": self.twilio.account_sid, "number": number, **settings},
            "secrets": {"auth_token": self.twilio.auth_token},
        }
        channel_id = int(hub.call("POST", "/api/channels", body)["id"])
        self.route(hub, number, channel_id)
        return channel_id

    def route(self, hub: HubProcess, number: str, channel_id: int) -> None:
        """What an administrator pastes in the console."""
        own = self.do(self.twilio.account.number, number)
        assert own is not None
        own.voice_url = f"{hub.address}/hooks/{channel_id}/voice"
        own.status_callback = f"{hub.address}/hooks/{channel_id}/status"
