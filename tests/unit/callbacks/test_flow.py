"""The steps of a callback, one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hub.callbacks import flow
from hub.callbacks.calendar import Calendar
from hub.callbacks.model import NotNow, Progress, Window
from hub.service.model import WEEKDAYS, Schedule

NOON = datetime(2026, 3, 25, 12, 0, tzinfo=UTC)
ALWAYS = Calendar((Schedule("UTC", dict.fromkeys(WEEKDAYS, (("00:00", "24:00"),))),))
OFFICE = Calendar((Schedule("UTC", dict.fromkeys(WEEKDAYS, (("09:00", "17:00"),))),))
WAIT = timedelta(minutes=2)


def due(now: datetime = NOON, calendar: Calendar = ALWAYS, days: int = 7) -> Progress:
    until = now + timedelta(days=days)
    return flow.plan(Progress("requested", now, until, until), now, calendar)


def ringing(now: datetime = NOON) -> Progress:
    """The customer's telephone rings."""
    return flow.accept(flow.dial_agent(flow.reserve(due(now), now, ALWAYS, 1), now, 1), now, ALWAYS)


def test_the_whole_way() -> None:
    one = due()
    states: list[str] = [one.state]
    steps: tuple[Callable[[Progress], Progress], ...] = (
        lambda p: flow.reserve(p, NOON, ALWAYS, 1),
        lambda p: flow.dial_agent(p, NOON, 7),
        lambda p: flow.accept(p, NOON, ALWAYS),
        lambda p: flow.answer(p, NOON, agent_there=True),
        lambda p: flow.end(p, NOON, ALWAYS, WAIT),
        lambda p: flow.wrap_up(p, NOON),
    )
    for step in steps:
        one = step(one)
        states.append(one.state)
    assert states == ["due", "reserved", "dialing_agent", "dialing_customer", "connected", "wrap_up", "done"]
    assert (one.agent_id, one.call_id, one.calls, one.deadline) == (1, 7, 1, None)


@pytest.mark.parametrize(("cause", "minutes"), [("busy", (5, 5, 5)), ("no_answer", (15, 120, 1440))])
def test_it_is_tried_again_three_times(cause: str, minutes: tuple[int, ...]) -> None:
    one, now = ringing(), NOON
    for wait in minutes:
        one = flow.miss(one, now, ALWAYS, cause)  # type: ignore[arg-type]
        assert (one.state, one.due_at) == ("retry_wait", now + timedelta(minutes=wait))
        now += timedelta(minutes=wait)
        one = flow.plan(one, now, ALWAYS)
        one = flow.accept(flow.dial_agent(flow.reserve(one, now, ALWAYS, 1), now, 1), now, ALWAYS)
    assert flow.miss(one, now, ALWAYS, cause).state == "expired"  # type: ignore[arg-type]


def test_a_message_was_left_at_last() -> None:
    one = flow.miss(ringing(), NOON, ALWAYS, "machine", left_message=True)
    assert one.state == "retry_wait"
    again = replace(ringing(), retries=3, left_message=one.left_message)
    assert flow.miss(again, NOON, ALWAYS, "no_answer").state == "voicemail_left"


def test_a_retry_waits_for_the_opening() -> None:
    late = NOON.replace(hour=16, minute=50)
    one = replace(ringing(late), expires_at=late + timedelta(days=7))
    assert flow.miss(one, late, OFFICE, "no_answer").due_at == NOON.replace(day=26, hour=9)


def test_without_time_left_for_a_retry_it_is_over() -> None:
    window = Calendar(ALWAYS.schedules, Window(NOON, NOON + timedelta(minutes=15)))
    one = replace(ringing(), expires_at=NOON + timedelta(minutes=15))
    assert flow.miss(one, NOON, window, "no_answer").state == "expired"


def test_the_call_broke_off_again_and_again() -> None:
    one = replace(ringing(), calls=flow.MOST_CALLS - 1)
    assert flow.interrupt(one, NOON, ALWAYS, "broke_off").state == "retry_wait"
    assert flow.interrupt(replace(one, calls=flow.MOST_CALLS), NOON, ALWAYS, "broke_off").state == "expired"


def test_a_call_needs_some_minutes_before_it_closes() -> None:
    almost = NOON.replace(hour=16, minute=56)
    assert flow.plan(due(almost, OFFICE), almost, OFFICE).state == "scheduled"
    assert due(NOON.replace(hour=16, minute=55), OFFICE).state == "due"


def test_an_agent_who_accepts_too_late_calls_nobody() -> None:
    began = NOON.replace(hour=16, minute=55)
    one = flow.dial_agent(flow.reserve(due(began, OFFICE), began, OFFICE, 1), began, 1)
    assert flow.accept(one, began + timedelta(minutes=3), OFFICE).state == "dialing_customer"
    late = flow.accept(one, began + timedelta(minutes=4), OFFICE)
    assert (late.state, late.call_id, late.calls) == ("retry_wait", None, 0)


def test_an_agent_who_accepts_a_call_that_is_being_ended_calls_nobody() -> None:
    rung = flow.dial_agent(flow.reserve(due(), NOON, ALWAYS, 1), NOON, 7)
    ending = flow.overdue(rung, NOON + timedelta(minutes=2), ALWAYS, timedelta(minutes=2))
    assert ending.ending
    after = flow.accept(ending, NOON + timedelta(minutes=2), ALWAYS)
    assert (after.state, after.calls) == ("retry_wait", 0)


def test_hours_that_never_open_leave_it_waiting_until_it_expires() -> None:
    never = Calendar((Schedule("UTC", {}),))
    one = due(calendar=never)
    assert one.state == "requested"
    assert flow.plan(one, one.expires_at, never).state == "expired"


@pytest.mark.parametrize("state", ["dialing_customer", "connected", "wrap_up", "done", "canceled"])
def test_what_is_under_way_or_over_is_not_canceled(state: str) -> None:
    one = replace(ringing(), state=state)  # type: ignore[arg-type]
    with pytest.raises(NotNow):
        flow.cancel(one, NOON, "")
    with pytest.raises(NotNow):
        flow.move(one, NOON, ALWAYS, NOON + timedelta(days=1))


def test_a_silent_call_is_told_to_end_before_it_goes_on() -> None:
    one = flow.overdue(ringing(), NOON, ALWAYS, WAIT)
    assert (one.state, one.ending) == ("dialing_customer", True)
    assert flow.overdue(one, NOON, ALWAYS, WAIT).state == "retry_wait"
    talking = flow.overdue(flow.answer(ringing(), NOON, agent_there=True), NOON, ALWAYS, WAIT)
    assert flow.overdue(talking, NOON, ALWAYS, WAIT).state == "wrap_up"
