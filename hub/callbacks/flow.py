"""The state machine of a callback: pure, and each state but the last ones has a deadline.

    requested -> scheduled -> due -> reserved -> dialing_agent -> agent_accepted -> dialing_customer -> connected
              -> wrap_up -> done
    retry_wait after a call that reached nobody; expired, canceled, voicemail_left at the end of those that failed

`requested` rests only while no time for it can be found. Where the customer is called first, dialing_customer comes
before dialing_agent. When a deadline passes while a call may be going on, that call is told to end, and only when it
has had a minute for it does the callback go on without it: so it is never called twice at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from hub.callbacks.calendar import DIALING, Calendar
from hub.callbacks.model import FINAL, WAITING, NotNow, Progress, State
from hub.calls.model import Cause

MAX_RETRIES: Final = 3
BUSY: Final = timedelta(minutes=5)
NO_ANSWER: Final = (timedelta(minutes=15), timedelta(hours=2), timedelta(days=1))
LOOK_AGAIN: Final = timedelta(hours=1)
"""Until a callback for which no time can be found is looked at again: somebody may change the hours."""
DUE: Final = timedelta(minutes=5)
"""So long it may be due before its hours are looked at again, and agents who did not take it are asked again."""
RESERVED: Final = timedelta(seconds=30)
RINGING: Final = timedelta(seconds=90)
TALK: Final = timedelta(hours=4)
ENDING: Final = timedelta(minutes=1)
INTERRUPTED: Final = timedelta(minutes=1)
MOST_CALLS: Final = 8
"""So often the customer's telephone is rung at most, whatever goes wrong on our side."""

_PLANNED: Final[frozenset[State]] = frozenset(("requested", "scheduled", "due", "expired"))
_NEXT: Final[Mapping[State, frozenset[State]]] = {
    "requested": _PLANNED | {"canceled"},
    "scheduled": _PLANNED | {"canceled"},
    "due": _PLANNED | {"reserved", "canceled"},
    "reserved": _PLANNED | {"dialing_agent", "dialing_customer", "canceled"},
    "dialing_agent": _PLANNED | {"dialing_agent", "agent_accepted", "retry_wait", "canceled"},
    "agent_accepted": frozenset(("dialing_customer", "connected")),
    "dialing_customer": frozenset(("connected", "dialing_agent", "retry_wait", "expired", "voicemail_left")),
    "connected": frozenset(("wrap_up",)),
    "wrap_up": frozenset(("done",)),
    "retry_wait": _PLANNED | {"retry_wait", "canceled"},
}


def plan(progress: Progress, now: datetime, calendar: Calendar) -> Progress:
    """When it may be called, from now and from its `due_at` on; `due` when that is now."""
    if now >= progress.expires_at:
        return _to(progress, "expired", now, outcome=progress.outcome or "not_in_time")
    at = calendar.next(max(now, progress.due_at or now), progress.expires_at)
    if at is None:
        again = min(progress.expires_at, now + LOOK_AGAIN)
        return _to(progress, "requested", now, again, outcome="no_time")
    if at <= now:
        return _to(progress, "due", now, min(progress.expires_at, now + DUE), due_at=at)
    state: State = "retry_wait" if progress.state == "retry_wait" else "scheduled"
    return _to(progress, state, now, at, due_at=at, tried=())


def reserve(progress: Progress, now: datetime, calendar: Calendar, agent_id: int) -> Progress:
    """This agent will be called for it; planned anew when no call may begin now."""
    if not calendar.allows(now):
        return plan(progress, now, calendar)
    return _to(progress, "reserved", now, now + RESERVED, agent_id=agent_id)


def dial_agent(progress: Progress, now: datetime, call_id: int) -> Progress:
    """The agent's telephone rings."""
    return _to(progress, "dialing_agent", now, now + RINGING, call_id=call_id)


def dial_customer_first(progress: Progress, now: datetime, call_id: int) -> Progress:
    """The customer's telephone rings, and the agent will be called when a person has answered."""
    return _to(progress, "dialing_customer", now, now + RINGING, call_id=call_id, calls=progress.calls + 1)


def accept(progress: Progress, now: datetime, calendar: Calendar) -> Progress:
    """The agent took it, and the customer's telephone rings; where the customer was first, both talk. It is planned
    anew, and its call must be told to end, when it has become too late for calling the customer."""
    if progress.state != "dialing_agent":
        return progress
    if not progress.customer_there and (progress.ending or not calendar.allows(now, DIALING)):
        return interrupt(progress, now, calendar, "too_late")
    accepted = _to(progress, "agent_accepted", now, now + RINGING)
    if progress.customer_there:
        return _to(accepted, "connected", now, now + TALK, outcome="")
    return _to(accepted, "dialing_customer", now, now + RINGING, calls=progress.calls + 1)


def answer(progress: Progress, now: datetime, *, agent_there: bool) -> Progress:
    """The customer picked up. Without the agent there, their telephone rings now."""
    if not agent_there:
        return _to(progress, "dialing_agent", now, now + RINGING, customer_there=True)
    return _to(progress, "connected", now, now + TALK, outcome="")


def turn_down(progress: Progress, now: datetime, calendar: Calendar) -> Progress:
    """The agent did not pick up or did not want it, and nobody else was free: it is due again, for the others."""
    if progress.state not in ("reserved", "dialing_agent") or progress.customer_there:
        return interrupt(progress, now, calendar, "agent_lost")
    return plan(replace(progress, tried=with_tried(progress)), now, calendar)


def may_ask_next(progress: Progress, now: datetime, calendar: Calendar) -> bool:
    """Whether another agent may be asked in the same call."""
    return not progress.ending and (progress.customer_there or calendar.allows(now))


def next_agent(progress: Progress, now: datetime, agent_id: int) -> Progress:
    """The agent did not take it, and this one is asked in the same call."""
    return _to(progress, "dialing_agent", now, now + RINGING, agent_id=agent_id, tried=with_tried(progress))


def with_tried(progress: Progress) -> tuple[int, ...]:
    """Those who did not take it, its present agent among them."""
    return tuple(sorted({*progress.tried} | ({progress.agent_id} if progress.agent_id else set())))


def miss(
    progress: Progress, now: datetime, calendar: Calendar, cause: Cause, *, left_message: bool = False
) -> Progress:
    """The customer was not reached: once more later, or never again."""
    if cause == "canceled":
        return interrupt(progress, now, calendar, "broke_off")
    progress = replace(progress, left_message=progress.left_message or left_message)
    delay = BUSY if cause == "busy" else NO_ANSWER[min(progress.retries, len(NO_ANSWER) - 1)]
    at = None if progress.retries >= MAX_RETRIES else calendar.next(now + delay, progress.expires_at)
    if at is None:
        return _to(progress, "voicemail_left" if progress.left_message else "expired", now, outcome=cause)
    return _to(progress, "retry_wait", now, at, due_at=at, retries=progress.retries + 1, tried=(), outcome=cause)


def interrupt(progress: Progress, now: datetime, calendar: Calendar, outcome: str) -> Progress:
    """The call broke off before the two talked, by nobody's will: once more in a minute."""
    at = calendar.next(now + INTERRUPTED, progress.expires_at) if progress.calls < MOST_CALLS else None
    if at is None:
        return _to(progress, "expired", now, outcome=outcome)
    return _to(progress, "retry_wait", now, at, due_at=at, tried=(), outcome=outcome)


def end(progress: Progress, now: datetime, calendar: Calendar, wrap_up_time: timedelta) -> Progress:
    """Its call is over."""
    match progress.state:
        case "connected":
            return _to(progress, "wrap_up", now, now + wrap_up_time)
        case "dialing_agent":
            return turn_down(progress, now, calendar)
        case "agent_accepted" | "dialing_customer":
            return interrupt(progress, now, calendar, "broke_off")
        case _:
            return progress


def wrap_up(progress: Progress, now: datetime) -> Progress:
    """The agent has said what came of it, or had the time for it."""
    return _to(progress, "done", now)


def cancel(progress: Progress, now: datetime, outcome: str) -> Progress:
    """Raises NotNow once the customer's telephone rings."""
    return _to(progress, "canceled", now, outcome=outcome)


def move(progress: Progress, now: datetime, calendar: Calendar, expires_at: datetime) -> Progress:
    """Another time: the calendar has the new window. Raises NotNow unless it waits."""
    if progress.state not in WAITING:
        raise NotNow(_REFUSALS.get(progress.state, "The call is being made right now."))
    return plan(replace(progress, state="requested", due_at=None, expires_at=expires_at), now, calendar)


def overdue(progress: Progress, now: datetime, calendar: Calendar, wrap_up_time: timedelta) -> Progress:
    """What follows when its deadline has passed. Its call, if it has one, is told to end each time."""
    match progress.state:
        case "wrap_up":
            return wrap_up(progress, now)
        case "requested" | "scheduled" | "due" | "retry_wait" | "reserved":
            return plan(replace(progress, tried=()), now, calendar)
    if not progress.ending:
        return replace(progress, ending=True, deadline=now + ENDING)
    return end(progress, now, calendar, wrap_up_time)


def is_late(progress: Progress, now: datetime) -> bool:
    return progress.deadline is not None and progress.deadline <= now


_REFUSALS: Final[Mapping[State, str]] = {
    "agent_accepted": "The customer is being called right now.",
    "dialing_customer": "The customer is being called right now.",
    "connected": "The customer is on the telephone.",
    "wrap_up": "The call has been made.",
}


def _to(progress: Progress, state: State, now: datetime, deadline: datetime | None = None, **changed: Any) -> Progress:
    if state not in _NEXT.get(progress.state, frozenset()):
        over = "It is over. Ask for a new callback." if progress.state in FINAL else "This cannot be done now."
        raise NotNow(_REFUSALS.get(progress.state, over))
    if (deadline is None) != (state in FINAL):
        raise AssertionError(f"{state} does not go together with the deadline {deadline}")
    values: dict[str, Any] = {"state": state, "deadline": deadline, "ending": False}
    if state != progress.state:
        values["since"] = now
    if state in WAITING:
        values |= {"agent_id": None, "call_id": None, "customer_there": False}
    if state in FINAL:
        values["due_at"] = None
    return replace(progress, **values | changed)
