"""The account that everything belongs to: credentials, numbers, time, ledger, and the work going on behind."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.peers.twilio.answers import VERSION, new_sid
from tests.peers.twilio.clock import Clock
from tests.peers.twilio.faults import Faults
from tests.peers.twilio.ledger import Ledger
from tests.peers.twilio.webhooks import Webhooks

LONGEST_WAIT = 30.0


@dataclass
class Number:
    """A number, short code or WhatsApp sender ("whatsapp:+49…") of the account, and where its events are sent."""

    sid: str
    address: str
    created: datetime
    sms_url: str = ""
    voice_url: str = ""
    voice_fallback_url: str = ""
    status_callback: str = ""
    service: str = ""
    advanced_opt_out: bool = False
    friendly_name: str = ""

    @property
    def whatsapp(self) -> bool:
        return self.address.startswith("whatsapp:")


@dataclass
class Account:
    """`media_needs_login`: whether media asks for basic auth, as an account can be set to. `problems` is what the
    provider's debugger would show: answers of the hub that could not be used."""

    clock: Clock
    ledger: Ledger
    sid: str
    auth_token: str
    api_key: str = field(default_factory=lambda: new_sid("SK"))
    api_secret: str = field(default_factory=lambda: new_sid(""))
    url: str = ""
    media_url: str = ""
    media_needs_login: bool = True
    faults: Faults = field(default_factory=Faults)
    numbers: dict[str, Number] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    webhooks: Webhooks = field(init=False)
    _tasks: dict[asyncio.Task[None], str] = field(default_factory=dict)
    _failures: list[BaseException] = field(default_factory=list)
    _lanes: dict[str, asyncio.Lock] = field(default_factory=dict)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.webhooks = Webhooks(self.auth_token)

    @property
    def path(self) -> str:
        return f"/{VERSION}/Accounts/{self.sid}"

    def number(self, address: str) -> Number | None:
        """The account's number of this address."""
        return next((number for number in self.numbers.values() if number.address == address), None)

    def pool(self, service: str) -> list[Number]:
        """The senders of a messaging service."""
        return [number for number in self.numbers.values() if number.service == service]

    def spawn(self, work: Coroutine[Any, Any, None], group: str) -> asyncio.Task[None]:
        """Work behind a request. What fails there fails the test, in `close`."""
        task = asyncio.create_task(work, name=group)
        self._tasks[task] = group
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.pop(task, None)
        if not task.cancelled() and (failure := task.exception()) is not None:
            self._failures.append(failure)

    def post(self, lane: str, url: str, fields: Mapping[str, str], method: str = "POST") -> None:
        """Tells the hub something, behind; what is told in one lane arrives in order."""

        async def told() -> None:
            async with self._lanes.setdefault(lane, asyncio.Lock()):
                posted = await self.webhooks.send(url, fields, tries=1, method=method)
            if not posted.ok and posted.attempt:
                self.problems.append(f"11200: {url} answered {posted.status} {posted.error}")

        if url:
            self.spawn(told(), "told")

    def touch(self) -> None:
        """Something changed that somebody may be waiting for."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def until(self, holds: Callable[[], bool], what: str) -> None:
        """Waits until it holds; fails, saying what was waited for, after LONGEST_WAIT."""
        try:
            async with asyncio.timeout(LONGEST_WAIT):
                while not holds():
                    await self._changed.wait()
        except TimeoutError:
            raise AssertionError(f"waited in vain until {what}") from None

    async def settle(self, group: str = "texts") -> None:
        """Waits until no work of this group is under way. Raises TimeoutError."""
        async with asyncio.timeout(LONGEST_WAIT):
            while working := [task for task, name in self._tasks.items() if name == group]:
                await asyncio.wait(working)

    async def close(self) -> None:
        """Ends all work. Raises what failed in it."""
        while self._tasks:
            for task in list(self._tasks):
                task.cancel()
            await asyncio.wait(list(self._tasks))
            await asyncio.sleep(0)
        await self.webhooks.close()
        if self._failures:
            raise RuntimeError(f"the simulator itself failed: {self._failures[0]!r}") from self._failures[0]
