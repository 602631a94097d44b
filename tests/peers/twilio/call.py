"""One call between the account and a telephone."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from tests.peers.twilio.account import Account
from tests.peers.twilio.answers import VERSION, rfc2822
from tests.peers.twilio.phones import Phone
from tests.peers.twilio.twiml import Source

Event = Literal["initiated", "ringing", "answered", "completed"]
ENDED = ("completed", "busy", "failed", "no-answer", "canceled")
API = "participant_updated_via_api"
PERSON = "participant_hung_up"


@dataclass(frozen=True, slots=True)
class Interrupt:
    """What breaks into a call: `source` is what it goes on with, None when it ends."""

    source: Source | None
    why: str


@dataclass
class Call:
    """`events` are told to `callback`; `leaving` is why it leaves what it is in; `bridged` to its parent."""

    account: Account
    sid: str
    sender: str
    to: str
    direction: str
    phone: Phone
    created: datetime
    fields: Mapping[str, str] = field(default_factory=dict)
    callback: str = ""
    callback_method: str = "POST"
    events: tuple[str, ...] = ("completed",)
    parent: str = ""
    status: str = "queued"
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    duration: int | None = None
    answered_by: str = ""
    leaving: str = PERSON
    bridged: bool = False
    keys: asyncio.Queue[str] = field(default_factory=asyncio.Queue)
    speech: asyncio.Queue[str] = field(default_factory=asyncio.Queue)
    interrupts: asyncio.Queue[Interrupt] = field(default_factory=asyncio.Queue)
    _mark: float = 0.0
    _sequence: int = 0

    @property
    def ended(self) -> bool:
        return self.status in ENDED

    def hung_up(self) -> None:
        """The person ends it."""
        self.interrupts.put_nowait(Interrupt(None, PERSON))

    def redirected(self, source: Source | None) -> None:
        """The account has it go on with something else, or ends it."""
        self.interrupts.put_nowait(Interrupt(source, API))

    def answer(self) -> None:
        """It is picked up, if it was not before."""
        if self.status not in ("queued", "ringing"):
            return
        self.status, self.answered_at, self._mark = "in-progress", self.account.clock.now(), self.account.clock.mark()
        self.phone.call_now = self
        self.tell("answered")
        self.account.touch()

    def end(self, status: str) -> None:
        """It is over."""
        if self.ended:
            return
        if self.answered_at is not None:
            self.duration = self.account.clock.since(self._mark)
        self.status, self.ended_at = status, self.account.clock.now()
        if self.phone.call_now is self:
            self.phone.call_now = None
        self.tell("completed")
        self.account.touch()

    def forget_keys(self) -> None:
        while not self.keys.empty():
            self.keys.get_nowait()

    def voice_fields(self) -> dict[str, str]:
        """What every request about this call carries."""
        fields = {
            "CallSid": self.sid,
            "AccountSid": self.account.sid,
            "From": self.sender,
            "To": self.to,
            "Caller": self.sender,
            "Called": self.to,
            "CallStatus": self.status,
            "Direction": self.direction,
            "ApiVersion": VERSION,
        }
        if self.parent:
            fields["ParentCallSid"] = self.parent
        if self.answered_by:
            fields["AnsweredBy"] = self.answered_by
        return fields

    def tell(self, event: Event) -> None:
        """Tells the StatusCallback, if it wants to know."""
        if not self.callback or event not in self.events:
            return
        fields = self.voice_fields() | {
            "CallbackSource": "call-progress-events",
            "SequenceNumber": str(self._sequence),
            "Timestamp": str(rfc2822(self.account.clock.now())),
        }
        self._sequence += 1
        if event == "initiated":
            fields["CallStatus"] = "initiated"
        if self.ended:
            fields |= {"CallDuration": str(self.duration or 0), "Duration": str(-(-(self.duration or 0) // 60))}
        self.account.post(self.sid, self.callback, fields, self.callback_method)

    def shown(self) -> dict[str, Any]:
        uri = f"{self.account.path}/Calls/{self.sid}"
        number = self.account.number(self.to if self.direction == "inbound" else self.sender)
        return {
            "sid": self.sid,
            "account_sid": self.account.sid,
            "parent_call_sid": self.parent or None,
            "phone_number_sid": number.sid if number else None,
            "from": self.sender,
            "from_formatted": self.sender,
            "to": self.to,
            "to_formatted": self.to,
            "status": self.status,
            "direction": self.direction,
            "answered_by": self.answered_by or None,
            "start_time": rfc2822(self.answered_at or self.created),
            "end_time": rfc2822(self.ended_at),
            "duration": None if self.ended_at is None else str(self.duration or 0),
            "queue_time": "0",
            "price": None,
            "price_unit": "USD",
            "api_version": VERSION,
            "forwarded_from": None,
            "group_sid": None,
            "caller_name": None,
            "trunk_sid": None,
            "date_created": rfc2822(self.created),
            "date_updated": rfc2822(self.ended_at or self.answered_at or self.created),
            "uri": f"{uri}.json",
            "subresource_uris": {"recordings": f"{uri}/Recordings.json"},
        }
