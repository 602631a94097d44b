"""Whatever happens, in whatever order: no callback is lost, called outside its hours, called twice at once, forgotten.

The world around the flow is as bad as it can be: hubs die between any two steps, news comes late, twice or never, the
dispatcher and the sweep run when they like. One thing it keeps: a call that is told to end, ends within a minute.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from hub.callbacks import flow
from hub.callbacks.calendar import Calendar
from hub.callbacks.model import CALLING, FINAL, WAITING, LegalHours, NotNow, Progress, Window
from hub.service.hours import closing, is_open
from hub.service.model import Schedule

BEGAN = datetime(2026, 3, 27, 7, 0, tzinfo=UTC)
"""Two days before the clocks go forward in Berlin."""
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OFFICE = Schedule("Europe/Berlin", dict.fromkeys(DAYS, (("09:00", "12:00"), ("12:30", "17:00"))))
NIGHTS = Schedule("America/New_York", dict.fromkeys(DAYS, (("20:00", "03:00"),)))
ALWAYS = Schedule("UTC", dict.fromkeys(DAYS, (("00:00", "24:00"),)))
WRAP_UP = timedelta(minutes=2)
HANG_UP = timedelta(seconds=59)
LATEST = timedelta(seconds=119)
"""So long a dialling may wait for its turn; hub/calls dials nobody later than that."""
SECONDS = st.sampled_from([0, 1, 20, 59, 61, 90, 300, 900, 3600, 7 * 3600])


@dataclass
class Talk:
    """A call as the telephone network has it."""

    number: int
    customer_rung: bool = False
    ends_at: datetime | None = None

    def live(self, now: datetime) -> bool:
        return self.ends_at is None or now < self.ends_at


class CallbackMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.now = BEGAN
        self.talks: list[Talk] = []
        self.progress = Progress("requested", BEGAN, BEGAN + timedelta(days=2), BEGAN + timedelta(days=2))
        self.calendar = Calendar((ALWAYS,))
        self.customer_first = False

    @initialize(
        hours=st.sampled_from([OFFICE, NIGHTS, ALWAYS]),
        zone=st.sampled_from(["Europe/Berlin", "Asia/Kolkata", "America/Los_Angeles"]),
        window=st.none() | st.tuples(st.integers(0, 40), st.integers(1, 30)),
        customer_first=st.booleans(),
    )
    def asked(self, hours: Schedule, zone: str, window: tuple[int, int] | None, customer_first: bool) -> None:
        self.customer_first = customer_first
        legal = LegalHours(DAYS, "08:00", "20:00").schedule(zone)
        self.calendar = Calendar((hours, legal), self._window(window))
        self._expire_with_the_window()
        self.progress = flow.plan(self.progress, self.now, self.calendar)

    @precondition(lambda self: self.progress.state in FINAL)
    @rule()
    def asks_again(self) -> None:
        self.talks = []
        self.calendar = Calendar(self.calendar.schedules)
        self._expire_with_the_window()
        self.progress = flow.plan(self.progress, self.now, self.calendar)

    @precondition(lambda self: self.progress.state not in FINAL)
    @rule(seconds=SECONDS)
    def time_goes_by(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @precondition(lambda self: self.progress.state in WAITING)
    @rule()
    def its_time_comes(self) -> None:
        assert self.progress.deadline is not None
        self.now = max(self.now, self.progress.deadline)
        self.sweep()

    @precondition(lambda self: self.progress.state in ("due", "dialing_agent"))
    @rule(early=st.sampled_from([0, 60, 118, 119, 120, 121, 200, 299, 300, 301]))
    def it_is_about_to_close(self, early: int) -> None:
        """The moments in which a call just may begin, or just may not."""
        ends = [closing(one, self.now) for one in self.calendar.schedules]
        ends.append(self.calendar.window.end if self.calendar.window else None)
        soonest = min((one for one in ends if one is not None), default=self.now)
        self.now = max(self.now, soonest - timedelta(seconds=early))

    @precondition(lambda self: flow.is_late(self.progress, self.now))
    @rule()
    def sweep(self) -> None:
        before = self.progress
        self.progress = flow.overdue(before, self.now, self.calendar, WRAP_UP)
        if before.call_id is not None and before.state in CALLING:
            self._hang_up(before.call_id)

    @precondition(lambda self: self.progress.state == "due")
    @rule(dies=st.booleans(), agent=st.integers(1, 3))
    def dispatch(self, dies: bool, agent: int) -> None:
        self.progress = flow.reserve(self.progress, self.now, self.calendar, agent)
        if not dies:
            self.place()

    @precondition(lambda self: self.progress.state in ("due", "retry_wait"))
    @rule(seconds=st.sampled_from([0, 5, 30]), late=st.booleans())
    def is_called_as_soon_as_it_may(self, seconds: int, late: bool) -> None:
        if self.progress.state == "retry_wait":
            self.its_time_comes()
        if self.progress.state != "due":
            return
        self.dispatch(dies=False, agent=1)
        self.now += timedelta(seconds=seconds)
        if self._state() == "dialing_agent":
            if late:
                self.it_is_about_to_close(early=60)
            self.agent_accepts()

    @precondition(lambda self: self.progress.state in ("dialing_agent", "dialing_customer", "connected"))
    @rule(times=st.integers(1, 2))
    def nothing_is_heard(self, times: int) -> None:
        for _ in range(times):
            if self.progress.deadline is not None and self.progress.call_id is not None:
                self.now = max(self.now, self.progress.deadline)
                self.sweep()

    @precondition(lambda self: self.progress.state == "reserved")
    @rule()
    def place(self) -> None:
        if self.progress.state != "reserved" or flow.is_late(self.progress, self.now):
            return
        talk = Talk(len(self.talks) + 1)
        self.talks.append(talk)
        if self.customer_first:
            self.progress = flow.dial_customer_first(self.progress, self.now, talk.number)
            self._ring_customer(talk)
        else:
            self.progress = flow.dial_agent(self.progress, self.now, talk.number)

    @precondition(lambda self: self.progress.state == "dialing_agent")
    @rule()
    def agent_accepts(self) -> None:
        talk = self._talk()
        if not talk.live(self.now):
            return
        self.progress = flow.accept(self.progress, self.now, self.calendar)
        if self.progress.state == "dialing_customer":
            self._ring_customer(talk)
        elif self.progress.state not in CALLING:
            self._hang_up(talk.number)

    @precondition(lambda self: self.progress.state == "dialing_agent")
    @rule(another=st.booleans())
    def agent_gone(self, another: bool) -> None:
        if another and flow.may_ask_next(self.progress, self.now, self.calendar):
            self.progress = flow.next_agent(self.progress, self.now, 4)
            return
        self._talk().ends_at = self.now
        self.progress = flow.turn_down(self.progress, self.now, self.calendar)

    @precondition(lambda self: self.progress.state == "dialing_customer")
    @rule()
    def customer_answers(self) -> None:
        if self._talk().live(self.now):
            self.progress = flow.answer(self.progress, self.now, agent_there=not self.customer_first)

    @precondition(lambda self: self.progress.state == "dialing_customer")
    @rule(
        cause=st.sampled_from(["busy", "no_answer", "failed", "machine", "uncertain", "canceled"]), left=st.booleans()
    )
    def customer_unreached(self, cause: str, left: bool) -> None:
        self._talk().ends_at = self.now
        self.progress = flow.miss(
            self.progress,
            self.now,
            self.calendar,
            cause,  # type: ignore[arg-type]
            left_message=left and cause == "machine",
        )

    @precondition(lambda self: self.progress.call_id is not None)
    @rule()
    def call_ends(self) -> None:
        self._talk().ends_at = self.now
        self.progress = flow.end(self.progress, self.now, self.calendar, WRAP_UP)

    @precondition(lambda self: self.progress.state == "wrap_up")
    @rule()
    def agent_finishes(self) -> None:
        self.progress = flow.wrap_up(self.progress, self.now)

    @precondition(lambda self: self.progress.state not in FINAL)
    @rule(sure=st.sampled_from([False, False, False, True]))
    def customer_cancels(self, sure: bool) -> None:
        before = self.progress
        if not sure:
            return

        def cancel() -> None:
            self.progress = flow.cancel(before, self.now, "The customer canceled it.")

        possible = before.state in WAITING or before.state in ("reserved", "dialing_agent")
        if before.customer_there:
            return
        assert self._tried(cancel) == possible
        if possible and before.call_id is not None:
            self._hang_up(before.call_id)

    @precondition(lambda self: self.progress.state not in FINAL)
    @rule(window=st.none() | st.tuples(st.integers(0, 40), st.integers(1, 30)))
    def customer_moves(self, window: tuple[int, int] | None) -> None:
        calendar = Calendar(self.calendar.schedules, self._window(window))
        until = calendar.window.end if calendar.window else self.now + timedelta(days=2)

        def move() -> None:
            self.progress = flow.move(self.progress, self.now, calendar, until)
            self.calendar = calendar

        self._tried(move)

    @invariant()
    def it_is_never_lost(self) -> None:
        assert (self.progress.deadline is None) == (self.progress.state in FINAL)

    @invariant()
    def it_is_never_called_without_end(self) -> None:
        assert self.progress.calls <= flow.MOST_CALLS + flow.MAX_RETRIES + 1
        assert self.progress.retries <= flow.MAX_RETRIES

    def teardown(self) -> None:
        """Left to the sweep alone, it comes to an end: it is never forgotten."""
        for _ in range(200):
            if self.progress.state in FINAL:
                return
            assert self.progress.deadline is not None
            self.now = max(self.now, self.progress.deadline) + timedelta(minutes=30)
            self.sweep()
        raise AssertionError(f"forgotten: {self.progress}")

    def _ring_customer(self, talk: Talk) -> None:
        window = self.calendar.window
        for at in (self.now, self.now + LATEST):
            assert all(is_open(one, at) for one in self.calendar.schedules), "called outside the hours"
            assert window is None or window.start <= at < window.end, "called outside the customer's window"
        others = [one for one in self.talks if one is not talk and one.live(self.now)]
        assert not any(one.customer_rung for one in others), "called twice at once"
        talk.customer_rung = True

    def _hang_up(self, number: int) -> None:
        talk = self.talks[number - 1]
        if talk.live(self.now):
            talk.ends_at = self.now + HANG_UP

    def _state(self) -> str:
        return self.progress.state

    def _talk(self) -> Talk:
        assert self.progress.call_id is not None
        return self.talks[self.progress.call_id - 1]

    def _window(self, hours: tuple[int, int] | None) -> Window | None:
        if hours is None:
            return None
        start = self.now + timedelta(hours=hours[0])
        return Window(start, start + timedelta(hours=hours[1]))

    def _expire_with_the_window(self) -> None:
        window = self.calendar.window
        until = window.end if window else self.now + timedelta(days=2)
        self.progress = Progress("requested", self.now, until, until)

    def _tried(self, change: Callable[[], None]) -> bool:
        try:
            change()
        except NotNow:
            return False
        return True


CallbackMachine.TestCase.settings = settings(max_examples=150, stateful_step_count=50, deadline=None)
TestCallbacks = CallbackMachine.TestCase
