"""What is known of a telephone, and what follows from it: pure, and the same in whatever order the news came.

News only adds: the first time of each thing counts, the highest state, and of two ends the earlier.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hub.calls.model import Call, CallState, Leg
from hub.sdk import CallUpdate, LegState
from hub.sdk.calls import ENDED_LEG

_RANK: Final[dict[LegState, int]] = {
    "dialing": 0,
    "ringing": 1,
    "answered": 2,
    "canceled": 3,
    "failed": 4,
    "no_answer": 5,
    "busy": 6,
    "completed": 7,
}
_PICKED_UP: Final = ("answered", "digits", "waiting", "joined", "recorded")
ACCEPT: Final = "accept"


@dataclass(frozen=True, slots=True)
class Summary:
    """Of a call, as far as it has gone. `ended_at` None: it goes on. The seconds are 0 until they are final."""

    state: CallState
    answered_at: datetime | None
    ended_at: datetime | None
    waited_seconds: int
    talk_seconds: int
    agent_ids: tuple[int, ...]


def learn(leg: Leg, update: CallUpdate) -> Leg:
    """The leg, with what the update says of it."""
    at = update.occurred_at
    changed: dict[str, object] = {}
    state = _said(update)
    if state is not None and _RANK[state] > _RANK[leg.state]:
        changed["state"] = state
        changed["reason"] = update.reason or leg.reason
    if state in ENDED_LEG:
        changed["ended_at"] = _earlier(leg.ended_at, at)
        if update.seconds is not None:
            changed["seconds"] = max(update.seconds, leg.seconds or 0)
    if update.event in _PICKED_UP or state == "answered":
        changed["answered_at"] = _earlier(leg.answered_at, at)
    if update.machine is not None:
        changed["machine"] = update.machine
    match update.event:
        case "digits" if update.step == ACCEPT and leg.role == "agent":
            if update.digits == "1":
                changed["accepted_at"] = _earlier(leg.accepted_at, at)
            elif leg.accepted_at is None:
                changed["declined"] = True
        case "waiting":
            changed["waited"] = True
        case "joined":
            changed["joined_at"] = _earlier(leg.joined_at, at)
            changed["last_joined_at"] = max(at, leg.last_joined_at or at)
        case "left":
            changed["left_at"] = max(at, leg.left_at or at)
        case _:
            pass
    if changed.get("accepted_at") is not None:
        changed["declined"] = False
    if not leg.provider_id and update.provider_id:
        changed["provider_id"] = update.provider_id
    return dataclasses.replace(leg, **changed) if changed else leg  # type: ignore[arg-type]


def _said(update: CallUpdate) -> LegState | None:
    if update.state is not None:
        return update.state
    return "answered" if update.event in _PICKED_UP else None


def _earlier(known: datetime | None, at: datetime) -> datetime:
    return at if known is None else min(known, at)


def began(call: Call, leg: Leg) -> datetime | None:
    """When it was there to talk; also where the news of its joining was lost."""
    if leg.joined_at is not None:
        return leg.joined_at
    if leg.role == "agent":
        return leg.accepted_at
    if call.direction == "in":
        return leg.started_at
    return None if leg.machine else leg.answered_at


def left(leg: Leg) -> datetime | None:
    """When it was there no longer."""
    times = [leg.ended_at] if leg.ended_at is not None else []
    if leg.left_at is not None and leg.left_at >= (leg.last_joined_at or leg.left_at):
        times.append(leg.left_at)
    return min(times) if times else None


def summarise(call: Call, legs: Iterable[Leg], now: datetime) -> Summary:
    """`now` is used for a call that goes on."""
    legs = list(legs)
    talks = sorted(_talks(call, legs), key=lambda one: (one[0], one[2]))
    answered = talks[0][0] if talks else None
    ended = _ended(call, legs) if call.over else None
    last = max((end or now for _, end, _ in talks), default=None)
    until = answered or ended
    return Summary(
        state=_state(call, talks, legs),
        answered_at=answered,
        ended_at=ended,
        waited_seconds=_seconds(call.started_at, until) if call.direction == "in" and until is not None else 0,
        talk_seconds=_seconds(answered, last) if answered is not None and last is not None and call.over else 0,
        agent_ids=tuple(dict.fromkeys(agent for *_, agent in talks)),
    )


def _talks(call: Call, legs: list[Leg]) -> Iterable[tuple[datetime, datetime | None, int]]:
    """From, to (None: it goes on) and the agent of each time in which the two sides could hear each other."""
    for customer in (leg for leg in legs if leg.role == "customer"):
        for agent in (leg for leg in legs if leg.role == "agent" and leg.agent_id is not None):
            begins = [began(call, one) for one in (customer, agent)]
            ends = [end for end in (left(customer), left(agent)) if end is not None]
            if None in begins:
                continue
            start = max(one for one in begins if one is not None)
            end = min(ends, default=None)
            both_joined = customer.joined_at is not None and agent.joined_at is not None
            if end is None or start < end or both_joined:
                yield start, end, agent.agent_id or 0


def _state(call: Call, talks: list[tuple[datetime, datetime | None, int]], legs: list[Leg]) -> CallState:
    if call.over:
        if talks:
            return "ended"
        if call.voicemail:
            return "voicemail"
        return "ended" if call.callback_wanted else "missed"
    if call.voicemail:
        return "voicemail"
    if any(end is None for _, end, _ in talks):
        return "talking"
    if call.direction == "out":
        return "ringing"
    return "waiting"


def _ended(call: Call, legs: list[Leg]) -> datetime | None:
    customers = [leg.ended_at for leg in legs if leg.role == "customer" and leg.ended_at is not None]
    return max(customers or [leg.ended_at for leg in legs if leg.ended_at is not None], default=call.started_at)


def _seconds(start: datetime, end: datetime) -> int:
    return max(0, round((end - start).total_seconds()))
