"""A callback is a customer who wants to be called: by whom it was asked, when it may be, and how far it has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from hub.service.model import WEEKDAYS, Hours, Schedule

State = Literal[
    "requested",
    "scheduled",
    "due",
    "reserved",
    "dialing_agent",
    "agent_accepted",
    "dialing_customer",
    "connected",
    "wrap_up",
    "retry_wait",
    "done",
    "expired",
    "canceled",
    "voicemail_left",
]
Source = Literal["web", "ivr", "agent", "missed_call", "voicemail"]
Mode = Literal["agent_first", "customer_first"]

FINAL: Final[frozenset[State]] = frozenset(("done", "expired", "canceled", "voicemail_left"))
WAITING: Final[frozenset[State]] = frozenset(("requested", "scheduled", "due", "retry_wait"))
CALLING: Final[frozenset[State]] = frozenset(
    ("reserved", "dialing_agent", "agent_accepted", "dialing_customer", "connected")
)
"""It occupies an agent and one of the queue's calls."""


OUTCOMES: Final = (
    "busy",
    "no_answer",
    "machine",
    "failed",
    "uncertain",
    "too_late",
    "broke_off",
    "agent_lost",
    "no_time",
    "not_in_time",
    "by_customer",
    "by_agent",
)
"""`too_late`: the agent took it when it had become too late for calling; `agent_lost`: the agent's line was lost;
`no_time`: the hours leave no time for it; `not_in_time`: nobody could call in time; `by_customer`, `by_agent`: who
canceled it. The others are a call's causes."""
RESULTS: Final = (*OUTCOMES, "talked", "declined", "agent_missed", "canceled", "lost")
"""How an attempt ended."""


class Unset:
    """The type of UNSET: stands for "leave it as it is" where None means something."""


UNSET: Final = Unset()


class CallbackError(Exception):
    """Base of what is refused; the message says what to do."""


class UnknownCallback(CallbackError):
    """There is no such callback."""


class UnknownQueue(CallbackError):
    """There is no such queue."""


class NotNow(CallbackError):
    """The callback is in no state for this."""


class QueueFull(CallbackError):
    """The queue takes nobody more, or is paused."""


class AlreadyWaiting(CallbackError):
    """The number waits in this queue already; `callback_id` is its open callback."""

    def __init__(self, callback_id: int) -> None:
        super().__init__("This number is already waiting for a call. Change that callback instead.")
        self.callback_id = callback_id


class BadCallback(CallbackError):
    """Something cannot be; `where` names the field."""

    def __init__(self, where: str, message: str) -> None:
        super().__init__(message)
        self.where = where


@dataclass(frozen=True, slots=True)
class Window:
    """When the customer wants to be called."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class LegalHours:
    """When anybody may be called at all, by the clock where they are: days of WEEKDAYS, "HH:MM"."""

    days: tuple[str, ...] = ("mon", "tue", "wed", "thu", "fri", "sat")
    opens: str = "08:00"
    closes: str = "20:00"

    def schedule(self, time_zone: str) -> Schedule:
        return Schedule(time_zone, {day: ((self.opens, self.closes),) for day in WEEKDAYS if day in self.days})


@dataclass(frozen=True, slots=True)
class Queue:
    """`time_zone` counts for a number that does not tell its own. `agent_ids`: who serves it; none is everybody.
    `scripts` by language, then by the names of hub/callbacks/scripts.py."""

    id: int
    version: int
    name: str
    state: Literal["active", "paused"] = "active"
    phone_channel_id: int | None = None
    sms_channel_id: int | None = None
    hours: Hours | None = None
    time_zone: str = "UTC"
    legal: LegalHours = LegalHours()
    mode: Mode = "agent_first"
    capacity: int = 5
    calls_per_second: float = 1.0
    most_waiting: int = 200
    wrap_up_seconds: int = 120
    keep_days: int = 7
    web_form: bool = True
    missed_calls: bool = True
    dispositions: tuple[str, ...] = ()
    agent_ids: tuple[int, ...] = ()
    language: str = "en"
    scripts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a callback has come. `deadline` is None at the end alone; `due_at`: not before then; `retries` of those
    that are allowed; `tried`: agents who did not take it in this round; `ending`: its call was told to end;
    `left_message`: the customer's answering machine was told that we called; `customer_there`: the customer was called
    first, and waits for the agent; `outcome`: a word of OUTCOMES for why it waits or ended."""

    state: State
    since: datetime
    deadline: datetime | None
    expires_at: datetime
    due_at: datetime | None = None
    retries: int = 0
    calls: int = 0
    agent_id: int | None = None
    call_id: int | None = None
    tried: tuple[int, ...] = ()
    ending: bool = False
    left_message: bool = False
    customer_there: bool = False
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Callback:
    """`place` is since when the customer waits; `priority` the higher the sooner; `canceled_by` the agent who did."""

    id: int
    version: int
    queue_id: int
    identity_id: int
    number: str
    name: str
    reason: str
    language: str
    source: Source
    requested_at: datetime
    window: Window | None
    time_zone: str
    priority: int
    place: datetime
    preferred_agent_id: int | None
    conversation_id: int
    entry_id: int
    disposition: str
    notes: str
    ended_at: datetime | None
    canceled_by: int | None
    progress: Progress


@dataclass(frozen=True, slots=True)
class NewCallback:
    """What is asked for. `number` is E.164; `place`: since when they wait, None for from now on; `agent_id`: who adds
    it; `language` "" is the queue's, `time_zone` "" the number's."""

    queue_id: int
    number: str
    source: Source
    name: str = ""
    reason: str = ""
    language: str = ""
    time_zone: str = ""
    window: Window | None = None
    priority: int = 0
    place: datetime | None = None
    preferred_agent_id: int | None = None
    agent_id: int | None = None
    verified: bool = False
