"""A call is one talk with a customer; a leg is one telephone that takes part in it, called once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from hub.sdk import Address, LegRole, LegState
from hub.sdk.calls import ENDED_LEG

CallDirection = Literal["in", "out"]
CallState = Literal["ringing", "waiting", "talking", "ended", "missed", "voicemail"]
"""As people are shown it. `missed`: nobody of the other side was reached. `voicemail`: a message was left, by the
caller to us, or by us to the customer's answering machine."""
Stage = Literal["queue", "menu", "agent", "customer", "room", "voicemail", "farewell", "over"]
"""Where the hub leads the call.

queue      the caller waits for an agent
menu       we are closed: the caller is offered a callback, else a voicemail
agent      of an outgoing call: an agent is asked to take it, and the customer not yet called
customer   of an outgoing call: the customer is called; with an agent in the room, or before one is
room       they talk
voicemail  the caller may leave a message
farewell   the customer is told `closing_text` and let go
over       it has ended; whatever telephone is left is hung up
"""
First = Literal["agent", "customer"]
Cause = Literal["busy", "no_answer", "failed", "canceled", "machine", "uncertain"]
"""Why the customer was not reached. `machine`: only an answering machine, and nothing was said to it. `uncertain`: the
provider never said whether it called; it is not called again by itself within this call."""
Consent = Literal["", "announced", "given", "refused"]
RecordPolicy = Literal["off", "announce", "ask"]
Availability = Literal["available", "busy", "away"]
DeviceKind = Literal["phone", "sip"]
AwayReason = Literal["", "missed_call"]
"""Why an agent is away: "" by their own word; `missed_call`: their telephone rang, and they did not take the call."""

DIAL: Final = "dial"
ASK_AGAIN: Final = "ask_again"
HANG_UP: Final = "hang_up"
CHANGE_ROOM: Final = "change_room"
LOOK: Final = "look"
DISTRIBUTE: Final = "distribute"


@dataclass(frozen=True, slots=True, order=True)
class Said:
    """Something that was said in a talk: `at` which moment, as the `number`th of it, by whom."""

    at: datetime
    number: int
    who: LegRole
    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """`customer` is the customer's telephone; `callback_id` the callback that it is made for, if any.

    `whisper` is what an agent is told before taking it, `machine_text` what the customer's answering machine is told
    ("": nothing, and the call counts as not reached), `opening_text` what a caller is told first, `closing_text` what
    the customer is told at the end. `voicemail`: a message was left; `callback_wanted`: the caller asked to be called.
    `wrap_up_agent_id` has yet to say how it ended. `said`: what was written down of the talk, in order; `transcript`
    all that was, in one text.
    """

    id: int
    version: int
    channel_id: int
    conversation_id: int
    identity_id: int
    customer_id: int
    entry_id: int
    room: str
    direction: CallDirection
    stage: Stage
    state: CallState
    first: First
    customer: Address
    language: str
    callback_id: int | None
    whisper: str
    machine_text: str
    closing_text: str
    opening_text: str
    callback_wanted: bool
    record: RecordPolicy
    consent: Consent
    recording_paused: bool
    recorded: bool
    voicemail: bool
    transferred: bool
    started_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    waited_seconds: int
    talk_seconds: int
    held_since: datetime | None
    held_seconds: int
    transcript: str
    said: tuple[Said, ...]
    disposition: str
    notes: str
    wrap_up_agent_id: int | None

    @property
    def over(self) -> bool:
        return self.stage == "over"


@dataclass(frozen=True, slots=True)
class Leg:
    """`token` names it for ever. `accepted_at`: the agent pressed the key, or a person is at the customer's telephone;
    `declined`: the agent did not. `told` is the last
    thing that it was led to, `attempt` the run of the job that called the provider for it."""

    id: int
    call_id: int
    token: str
    number: int
    role: LegRole
    agent_id: int | None
    to: Address
    provider_id: str
    state: LegState
    started_at: datetime
    answered_at: datetime | None
    accepted_at: datetime | None
    declined: bool
    waited: bool
    joined_at: datetime | None
    last_joined_at: datetime | None
    left_at: datetime | None
    ended_at: datetime | None
    machine: bool | None
    seconds: int | None
    reason: str
    told: str
    attempt: str
    attempted_at: datetime | None
    asks: int
    ring_seconds: int
    detect_machine: bool
    channel_id: int

    @property
    def open(self) -> bool:
        return self.state not in ENDED_LEG

    @property
    def gone(self) -> bool:
        """It is no longer in the talk, or never will be."""
        return not self.open or self.declined


@dataclass(frozen=True, slots=True)
class CallView:
    """A call as a screen shows it: with its telephones, and the names of everybody in it. `agents` by their ids."""

    call: Call
    legs: Sequence[Leg]
    customer_name: str
    identity_name: str
    agents: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class CallbackCall:
    """A call to be made, for a callback (`callback_id`) or by an agent's own wish. `agent_id` takes it. Agent first:
    the agent hears `whisper`, accepts, and the customer is called into the same room. Customer first: the customer is
    called, hears `opening_text`, and the agent is called as soon as a person has answered; `closing_text` is said when
    no agent takes it. The other texts as in `Call`; `language` as BCP 47, in which the customer is spoken to."""

    channel_id: int
    identity_id: int
    callback_id: int | None
    to: Address
    agent_id: int
    whisper: str
    language: str = "en"
    first: First = "agent"
    machine_text: str = ""
    opening_text: str = ""
    closing_text: str = ""
    conversation_id: int | None = None
    """Where it is shown; None: the open conversation of the channel and the identity, or a new one."""


@dataclass(frozen=True, slots=True)
class Device:
    """The telephone of an agent: a number (E.164), or a SIP address."""

    agent_id: int
    kind: DeviceKind
    address: str


@dataclass(frozen=True, slots=True)
class AgentState:
    """`calls` are those that the agent has now, `wrap_up_until` when the time after the last one ends. An agent is
    free for a call when available, with a device, with fewer calls than `capacity`, and not wrapping up. `away_reason`
    says what made them away."""

    agent_id: int
    availability: Availability
    away_reason: AwayReason
    since: datetime
    capacity: int
    calls: int
    wrap_up_until: datetime | None
    device: Device | None

    @property
    def free(self) -> bool:
        return (
            self.availability == "available"
            and self.device is not None
            and self.calls < self.capacity
            and self.wrap_up_until is None
        )


class CallError(Exception):
    """Base of what is refused; the message says what to do."""


class UnknownCall(CallError):
    """There is no such call."""


class NotNow(CallError):
    """The call is not in a state in which this can be done."""


class NoDevice(CallError):
    """The agent has no telephone."""


class BadDevice(CallError):
    """This is no number and no SIP address that could be called."""
