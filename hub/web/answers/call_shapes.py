"""The JSON of telephone calls and of agents' telephones. shapes.py has the rest."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from typing_extensions import TypedDict

from hub.web.answers.shapes import IdentityName, Named

CallState = Literal["ringing", "waiting", "talking", "ended", "missed", "voicemail"]
CallStep = Literal["hang_up", "decline", "hold", "resume", "pause_recording", "resume_recording", "transfer"]


class CallLeg(TypedDict):
    """One telephone. `agent` None: the customer's. `accepted`: the agent pressed the key to take it, `declined`:
    they did not want to."""

    id: int
    role: Literal["customer", "agent"]
    agent: Named | None
    address: str
    state: Literal["dialing", "ringing", "answered", "completed", "busy", "no_answer", "failed", "canceled"]
    accepted: bool
    declined: bool
    reason: str | None
    started_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None


class CallSaid(TypedDict):
    at: datetime
    who: Literal["customer", "agent"]
    text: str


class Call(TypedDict):
    """`state` missed: the other side was not reached. `stage` is where the hub leads it, "over" at the end.
    `recording`: this talk is being recorded at the moment. `next_steps` are what can be asked of it now; "decline"
    by the agent whose telephone rings. `held_since`
    None: not on hold. `customer` and `identity` say whose timeline to show. `said` is what was written down of the
    talk. `wrap_up_agent_id` has yet to say how it ended."""

    id: int
    version: int
    direction: Literal["in", "out"]
    state: CallState
    stage: Literal["queue", "menu", "agent", "customer", "room", "voicemail", "farewell", "over"]
    channel_id: int
    conversation_id: int
    entry_id: int
    customer: Named
    identity: IdentityName
    callback_id: int | None
    started_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    waited_seconds: int
    talk_seconds: int
    held_seconds: int
    held_since: datetime | None
    transferred: bool
    recorded: bool
    recording: bool
    consent: Literal["announced", "given", "refused"] | None
    transcript: str | None
    said: list[CallSaid]
    disposition: str | None
    notes: str | None
    wrap_up_agent_id: int | None
    legs: list[CallLeg]
    next_steps: list[CallStep]


class CallEntrySaid(TypedDict):
    at: str
    who: Literal["customer", "agent"]
    text: str


class CallEntryData(TypedDict):
    """`data` of an entry of the kind "call". The recording and the voicemail are the entry's attachments (audio/…);
    while they are fetched they are among its `pending_files`."""

    call_id: int
    direction: Literal["in", "out"]
    state: CallState
    started_at: str
    answered_at: str | None
    ended_at: str | None
    waited_seconds: int
    talk_seconds: int
    held_seconds: int
    agent_ids: list[int]
    transferred: bool
    disposition: str
    notes: str
    recorded: bool
    consent: str
    transcript: str
    said: list[CallEntrySaid]
    callback_id: int | None


class Device(TypedDict):
    """The agent's telephone: a number (E.164) or a SIP address."""

    kind: Literal["phone", "sip"]
    address: str


class AgentCalls(TypedDict):
    """Whether an agent takes calls. `away_reason` missed_call: the hub made them away, they did not pick up;
    None: their own word. `calls` are those they have now; `wrap_up_until` ends the time after the last one; `free` when
    a call would be given to them."""

    agent_id: int
    availability: Literal["available", "busy", "away"]
    away_reason: Literal["missed_call"] | None
    since: datetime
    capacity: int
    calls: int
    wrap_up_until: datetime | None
    device: Device | None
    free: bool
