"""The JSON of callbacks and their queues, as /api/callbacks and /api/callback-queues give it.

A callback's own timeline entry (kind "callback") has in `data` what `CallbackOnTimeline` says.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from typing_extensions import TypedDict

from hub.web.answers.shapes import Named

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
Change = Literal["move", "priority", "cancel", "wrap_up"]
"""What can be done with it in its present state."""

Window = TypedDict("Window", {"from": datetime, "until": datetime})
"""When the customer wants to be called: from, until."""


class CallbackAttempt(TypedDict):
    """One try: an agent, and perhaps the customer, was called. `result` is null while it goes on; else talked,
    declined, agent_missed, canceled, lost, or as an outcome."""

    number: int
    agent: Named | None
    call_id: int | None
    started_at: datetime
    ended_at: datetime | None
    result: str | None


class Callback(TypedDict):
    """`place` counts from 1 among those who wait in the queue, null when it is not waiting. `expected_wait` in seconds,
    null when nobody can say or it is not waiting. `deadline`: until then the state changes by itself; null at the end.
    `due_at`: not before then. `calls` counts how often the customer's telephone was called. `outcome` says why it
    ended, or waits: busy, no_answer, machine, failed, uncertain, too_late, broke_off, agent_lost, no_time, not_in_time,
    by_customer, by_agent (then `canceled_by` says who)."""

    id: int
    version: int
    queue: Named
    customer: Named | None
    identity_id: int
    conversation_id: int | None
    entry_id: int | None
    number: str
    number_shown: str
    name: str
    reason: str
    language: str
    source: Source
    state: State
    since: datetime
    deadline: datetime | None
    requested_at: datetime
    due_at: datetime | None
    window: Window | None
    time_zone: str
    priority: int
    place: int | None
    expected_wait: int | None
    calls: int
    agent: Named | None
    preferred_agent: Named | None
    call_id: int | None
    outcome: str | None
    canceled_by: Named | None
    disposition: str | None
    notes: str
    ended_at: datetime | None
    changes: list[Change]


class CallbackDetail(Callback):
    """Newest attempt first."""

    attempts: list[CallbackAttempt]


class CallbackOnTimeline(TypedDict):
    """`data` of the timeline entry. Times as ISO 8601. The customer's words are the entry's text."""

    callback_id: int
    queue_id: int
    queue: str
    number: str
    source: Source
    state: State
    since: str
    due_at: str | None
    window: list[str] | None
    calls: int
    agent_ids: list[int]
    call_id: int | None
    outcome: str | None
    canceled_by: int | None
    disposition: str | None
    notes: str


class LegalHours(TypedDict):
    """Within these hours by the customer's own clock people may be called at all: weekdays "mon" to "sun", "HH:MM"."""

    days: list[str]
    opens: str
    closes: str


class Scripts(TypedDict):
    """What is said in one language; "" says what the hub has by itself (GET /api/callback-queues/scripts). {name},
    {queue}, {reason}, {number}, {wait}, {code}, {link} stand for what they say.

    `offer` a caller hears while waiting, `offer_closed` one who calls while it is closed, `taken` when they have
    pressed 1; `whisper` the agent before taking the call; `opening` and `sorry` a customer who is called first, at once
    and when no agent takes it; `machine` an answering machine; the others are texts.
    """

    offer: str
    offer_closed: str
    taken: str
    whisper: str
    opening: str
    sorry: str
    machine: str
    sms_code: str
    sms_taken: str
    sms_unreached: str


class QueueNow(TypedDict):
    """`agents`: those who could take a call of this queue now. `next_opening` only while it is closed."""

    open: bool
    next_opening: datetime | None
    waiting: int
    calling: int
    agents: int
    expected_wait: int | None


class CallbackQueue(TypedDict):
    """`capacity`: calls at once. `most_waiting`: more are turned away. `agent_ids`: who serves it; none is everybody.
    `keep_days`: a callback that came to nothing for so long has expired. `form_url` is the customers' page."""

    id: int
    version: int
    name: str
    state: Literal["active", "paused"]
    phone_channel_id: int | None
    sms_channel_id: int | None
    hours_id: int | None
    time_zone: str
    legal_hours: LegalHours
    mode: Literal["agent_first", "customer_first"]
    capacity: int
    calls_per_second: float
    most_waiting: int
    wrap_up_seconds: int
    keep_days: int
    web_form: bool
    missed_calls: bool
    dispositions: list[str]
    agent_ids: list[int]
    language: str
    scripts: dict[str, Scripts]
    form_url: str
    now: QueueNow


class PreviewSays(TypedDict):
    text: str
    language: str


class PreviewKey(TypedDict):
    """`key` is "" for pressing none; `goes_to` the id of the step that follows, null where the call ends."""

    key: str
    meaning: str
    goes_to: str | None


class PreviewStep(TypedDict):
    """`who` hears it: the caller, the agent, the customer; or reads it as a text message."""

    id: str
    title: str
    who: Literal["caller", "agent", "customer", "text"]
    says: list[PreviewSays]
    keys: list[PreviewKey]


class Preview(TypedDict):
    """The call as it will run, with example words in place of {name} and the others: somebody who calls in, then the
    callback, then the texts."""

    steps: list[PreviewStep]


class ScriptDefaults(TypedDict):
    """What is said where a queue says nothing of its own, by language."""

    defaults: dict[str, Scripts]
