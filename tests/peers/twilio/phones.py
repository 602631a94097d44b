"""The people at the other end: telephones that do what was planned, or what a test has them do."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tests.peers.twilio.account import Account

if TYPE_CHECKING:
    from tests.peers.twilio.call import Call
    from tests.peers.twilio.calls import Calls

Ringing = Literal["answered", "busy", "no-answer", "failed"]


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What a telephone does with a call. Times are the network's seconds; `presses` are keys by words heard, `says` is
    spoken after a beep."""

    does: Literal["answers", "busy", "no answer", "fails", "rings"] = "answers"
    after: float = 2.0
    presses: Mapping[str, str] = field(default_factory=dict)
    hangs_up_on: str = ""
    hangs_up_after: float | None = None
    says: str = ""
    machine: str = ""


def answers(
    after: float = 2.0,
    *,
    presses: Mapping[str, str] | None = None,
    hangs_up_on: str = "",
    hangs_up_after: float | None = None,
    says: str = "",
) -> Behaviour:
    """Somebody picks up, and presses keys when they hear certain words ({"to accept": "1"})."""
    return Behaviour("answers", after, presses or {}, hangs_up_on, hangs_up_after, says)


def busy(after: float = 1.0) -> Behaviour:
    return Behaviour("busy", after)


def no_answer() -> Behaviour:
    """It rings until the caller gives up."""
    return Behaviour("no answer")


def unreachable() -> Behaviour:
    """The call cannot be put through."""
    return Behaviour("fails")


def machine(greeting: str = "Please leave a message after the tone", after: float = 4.0) -> Behaviour:
    """An answering machine; it listens for a minute."""
    return Behaviour("answers", after, hangs_up_after=60, machine=greeting)


def rings() -> Behaviour:
    """Until `pick_up` or `decline`."""
    return Behaviour("rings")


@dataclass(frozen=True, slots=True)
class Heard:
    text: str
    language: str
    call_sid: str


class Phone:
    """A telephone by its address ("+49…", "sip:…"); `default` is what it does when nothing is planned."""

    def __init__(self, account: Account, calls: Calls, address: str) -> None:
        self.address = address
        self.default = answers()
        self.heard: list[Heard] = []
        self.call_now: Call | None = None
        self.behaviour = self.default
        self._account = account
        self._calls = calls
        self._planned: deque[Behaviour] = deque()
        self._listened = 0
        self._decision: asyncio.Future[Ringing] | None = None

    # What a test tells it

    def plan(self, *behaviours: Behaviour) -> None:
        """The next calls to it, one each."""
        self._planned.extend(behaviours)

    @property
    def ringing(self) -> bool:
        return self._decision is not None and not self._decision.done()

    async def rung(self) -> None:
        """Waits until it rings."""
        await self._account.until(lambda: self.ringing, f"{self.address} rings")

    def pick_up(self) -> None:
        self._decide("answered")

    def decline(self) -> None:
        self._decide("busy")

    def _decide(self, what: Ringing) -> None:
        assert self._decision is not None, f"{self.address} does not ring"
        assert not self._decision.done(), f"{self.address} does not ring any more"
        self._decision.set_result(what)

    async def call(self, to: str, behaviour: Behaviour | None = None) -> Call:
        """Calls a number of the account; what is heard is answered by `behaviour` (else `default`)."""
        self.behaviour = behaviour or self.default
        return self._calls.incoming(self, to)

    def press(self, keys: str) -> None:
        for key in keys:
            self._connected().keys.put_nowait(key)

    def speak(self, text: str) -> None:
        """Into a recording, or to whoever listens."""
        call = self._connected()
        if self.partners():
            self._calls.spoken.said(call, text)
        else:
            call.speech.put_nowait(text)

    def hang_up(self) -> None:
        self._connected().hung_up()

    def _connected(self) -> Call:
        assert self.call_now is not None, f"{self.address} is in no call"
        return self.call_now

    # What a test reads

    async def hears(self, words: str) -> Heard:
        """Waits until these words are said to it, after what was waited for before."""
        wanted = words.lower()

        def found() -> bool:
            return any(wanted in one.text.lower() for one in self.heard[self._listened :])

        try:
            await self._account.until(found, f"{self.address} hears {words!r}")
        except AssertionError as missing:
            raise AssertionError(f"{missing}; heard was {[one.text for one in self.heard]}") from None
        while wanted not in self.heard[self._listened].text.lower():
            self._listened += 1
        self._listened += 1
        return self.heard[self._listened - 1]

    def partners(self) -> set[str]:
        """The addresses that it can talk with now."""
        return set() if self.call_now is None else self._calls.partners(self.call_now)

    async def talks_with(self, other: Phone) -> None:
        """Waits until the two hear each other."""
        await self._account.until(
            lambda: other.address in self.partners(), f"{self.address} talks with {other.address}"
        )

    async def connected(self) -> None:
        """Waits until it is in a call."""
        await self._account.until(lambda: self.call_now is not None, f"{self.address} is in a call")

    async def free(self) -> None:
        """Waits until it is in no call and none rings."""
        await self._account.until(
            lambda: self.call_now is None and not self.ringing, f"{self.address} is in no call any more"
        )

    # What the network does with it

    async def ring(self, seconds: float) -> Ringing:
        """How a call to it goes: it rings so long at most."""
        if self.call_now is not None or self.ringing:
            return "busy"
        self.behaviour = behaviour = self._planned.popleft() if self._planned else self.default
        if behaviour.does == "fails":
            return "failed"
        self._decision = asyncio.get_running_loop().create_future()
        self._account.touch()
        waits = behaviour.after if behaviour.does in ("answers", "busy") else seconds
        try:
            async with asyncio.timeout(min(waits, seconds) * self._account.clock.second):
                return await self._decision
        except TimeoutError:
            if waits > seconds or behaviour.does in ("no answer", "rings"):
                return "no-answer"
            return "busy" if behaviour.does == "busy" else "answered"
        finally:
            self._decision.cancel()
            self._account.touch()

    def hear(self, call: Call, text: str, language: str = "") -> None:
        """Something is said to it, and it may do what it was told to do on hearing that."""
        self.heard.append(Heard(text, language, call.sid))
        lowered = text.lower()
        for words, keys in self.behaviour.presses.items():
            if words.lower() in lowered:
                for key in keys:
                    call.keys.put_nowait(key)
        if self.behaviour.hangs_up_on and self.behaviour.hangs_up_on.lower() in lowered:
            call.hung_up()
        self._account.touch()

    def beep(self, call: Call) -> None:
        if self.behaviour.says:
            call.speech.put_nowait(self.behaviour.says)
