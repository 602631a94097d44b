"""Business hours: by the clock on the wall, through every change of the clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.service.actions import check
from hub.service.holidays import countries, holidays_of
from hub.service.hours import check_span, is_open, next_opening
from hub.service.model import WEEKDAYS, BadHours, Exceptional, Schedule, Span

NINE_TO_FIVE = dict.fromkeys(WEEKDAYS[:5], (("09:00", "17:00"),))
BERLIN = Schedule("Europe/Berlin", NINE_TO_FIVE)
ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Pacific/Apia",
    "Pacific/Chatham",
    "UTC",
]


def local(zone: str, *parts: int, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(zone), fold=fold)  # type: ignore[misc,arg-type]


def berlin(*parts: int, fold: int = 0) -> datetime:
    return local("Europe/Berlin", *parts, fold=fold)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (berlin(2026, 3, 27, 8, 59, 59), False),
        (berlin(2026, 3, 27, 9, 0), True),
        (berlin(2026, 3, 27, 16, 59, 59), True),
        (berlin(2026, 3, 27, 17, 0), False),
        (berlin(2026, 3, 28, 12, 0), False),
        (berlin(2026, 3, 30, 9, 0), True),
        (datetime(2026, 3, 27, 8, 0, tzinfo=UTC), True),
        (datetime(2026, 3, 30, 7, 0, tzinfo=UTC), True),
    ],
)
def test_it_is_open_by_the_clock_on_the_wall(at: datetime, expected: bool) -> None:
    assert is_open(BERLIN, at) is expected


def test_over_a_weekend_with_a_change_of_the_clocks_it_opens_on_monday_at_nine() -> None:
    assert next_opening(BERLIN, berlin(2026, 3, 27, 17, 0)) == berlin(2026, 3, 30, 9, 0)
    assert next_opening(BERLIN, berlin(2026, 10, 23, 18, 0)) == berlin(2026, 10, 26, 9, 0)


def test_while_open_the_next_opening_is_now() -> None:
    assert next_opening(BERLIN, berlin(2026, 3, 27, 12, 0)) == berlin(2026, 3, 27, 12, 0)


def test_a_night_shift_goes_into_the_next_day() -> None:
    night = Schedule("Europe/Berlin", {"sat": (("22:00", "06:00"),)})
    assert is_open(night, berlin(2026, 3, 28, 23, 0))
    assert is_open(night, berlin(2026, 3, 29, 5, 59))
    assert not is_open(night, berlin(2026, 3, 29, 6, 0))
    assert not is_open(night, berlin(2026, 3, 28, 5, 0))


def test_an_hour_that_comes_twice_is_open_twice_and_one_that_is_left_out_never_comes() -> None:
    small = Schedule("Europe/Berlin", {"sun": (("02:00", "03:00"),)})
    for fold in (0, 1):
        assert is_open(small, berlin(2026, 10, 25, 2, 30, fold=fold))
    assert next_opening(small, berlin(2026, 3, 28, 12, 0)) == berlin(2026, 4, 5, 2, 0)


def test_what_begins_in_the_hour_that_is_left_out_begins_after_it() -> None:
    early = Schedule("Europe/Berlin", {"sun": (("02:30", "08:00"),)})
    assert next_opening(early, berlin(2026, 3, 28, 12, 0)) == berlin(2026, 3, 29, 3, 0)


def test_a_day_that_was_skipped_altogether_is_not_there() -> None:
    samoa = Schedule("Pacific/Apia", {"fri": (("09:00", "17:00"),)})
    assert next_opening(samoa, local("Pacific/Apia", 2011, 12, 29, 18)) == local("Pacific/Apia", 2012, 1, 6, 9)


def test_the_whole_day_is_until_midnight() -> None:
    always = Schedule("Europe/Berlin", dict.fromkeys(WEEKDAYS, (("00:00", "24:00"),)))
    assert is_open(always, berlin(2026, 3, 28, 23, 59, 59))
    assert is_open(always, berlin(2026, 3, 29, 0, 0))


def test_an_exception_wins_over_the_week_and_over_a_holiday() -> None:
    schedule = Schedule(
        "Europe/Berlin",
        NINE_TO_FIVE,
        {
            date(2026, 12, 24): Exceptional("Christmas Eve", (("09:00", "12:00"),)),
            date(2026, 12, 25): Exceptional("Emergency", (("10:00", "11:00"),)),
            date(2026, 12, 28): Exceptional("Stocktaking"),
        },
        country="DE",
    )
    assert not is_open(schedule, berlin(2026, 12, 24, 12, 0))
    assert next_opening(schedule, berlin(2026, 12, 24, 12, 0)) == berlin(2026, 12, 25, 10, 0)
    assert next_opening(schedule, berlin(2026, 12, 25, 11, 0)) == berlin(2026, 12, 29, 9, 0)


def test_public_holidays_are_closed_where_they_are_kept() -> None:
    epiphany = berlin(2026, 1, 6, 12, 0)
    assert is_open(Schedule("Europe/Berlin", NINE_TO_FIVE, country="DE", subdivision="BE"), epiphany)
    assert not is_open(Schedule("Europe/Berlin", NINE_TO_FIVE, country="DE", subdivision="BY"), epiphany)
    assert "DE" in countries()
    assert "BY" in countries()["DE"]
    assert date(2026, 12, 25) in holidays_of("DE", "", 2026)


def test_who_is_never_open_has_no_next_opening() -> None:
    assert next_opening(Schedule("UTC", {}), datetime(2026, 1, 1, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("schedule", "where"),
    [
        (Schedule("Mars/Olympus", {}), "time_zone"),
        (Schedule("UTC", {"monday": (("09:00", "17:00"),)}), "weekly"),
        (Schedule("UTC", {"mon": (("9:00", "17:00"),)}), "weekly.mon"),
        (Schedule("UTC", {"mon": (("09:00", "09:00"),)}), "weekly.mon"),
        (Schedule("UTC", {}, country="XX"), "country"),
        (Schedule("UTC", {}, country="DE", subdivision="XX"), "subdivision"),
        (Schedule("UTC", {}, subdivision="BY"), "country"),
    ],
)
def test_what_cannot_be_is_refused_where_it_is(schedule: Schedule, where: str) -> None:
    with pytest.raises(BadHours) as refused:
        check(schedule)
    assert refused.value.where == where


clocks = st.integers(0, 24 * 4 - 1).map(lambda quarter: f"{quarter // 4:02}:{quarter % 4 * 15:02}")


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start, end = draw(clocks), draw(st.one_of(clocks, st.just("24:00")))
    return (start, end) if start != end else (start, "24:00")


schedules = st.builds(
    Schedule,
    st.sampled_from(ZONES),
    st.dictionaries(st.sampled_from(WEEKDAYS), st.lists(spans(), max_size=3).map(tuple), max_size=7),
)
instants = st.datetimes(datetime(2010, 1, 1), datetime(2030, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))
# around the changes of the clocks in these zones
changes = st.builds(
    lambda day, minutes: day + timedelta(minutes=minutes),
    st.sampled_from(
        [
            datetime(2026, 3, 29, tzinfo=UTC),
            datetime(2026, 10, 25, tzinfo=UTC),
            datetime(2026, 3, 8, 6, tzinfo=UTC),
            datetime(2026, 11, 1, 6, tzinfo=UTC),
            datetime(2026, 4, 4, 15, tzinfo=UTC),
            datetime(2026, 10, 3, 15, tzinfo=UTC),
            datetime(2011, 12, 30, 10, tzinfo=UTC),
        ]
    ),
    st.integers(-2000, 2000),
)


@given(schedules, st.one_of(instants, changes))
def test_at_the_next_opening_it_is_open_and_in_between_it_is_not(schedule: Schedule, at: datetime) -> None:
    opening = next_opening(schedule, at)
    if opening is None:
        assert not any(is_open(schedule, at + timedelta(hours=hours)) for hours in range(0, 24 * 8, 5))
        return
    assert opening >= at
    assert is_open(schedule, opening)
    if opening > at:
        for part in range(40):
            assert not is_open(schedule, at + (opening - at) * part / 40)


def says_open(schedule: Schedule, at: datetime) -> bool:
    """The same by the simplest means: what the clock on the wall shows, without a thought of instants."""
    shown = at.astimezone(ZoneInfo(schedule.time_zone)).replace(tzinfo=None)
    for back in (0, 1):
        day = (shown - timedelta(days=back)).date()
        for start, end in schedule.weekly.get(WEEKDAYS[day.weekday()], ()):
            clock = f"{shown:%H:%M}"
            if back == 0 and start <= clock and (clock < end or end < start):
                return True
            if back == 1 and end < start and clock < end:
                return True
    return False


@given(schedules, instants)
def test_away_from_the_changes_the_wall_clock_decides(schedule: Schedule, at: datetime) -> None:
    place = ZoneInfo(schedule.time_zone)
    offsets = {(at + timedelta(hours=hours)).astimezone(place).utcoffset() for hours in range(-49, 50, 7)}
    if len(offsets) == 1:
        assert is_open(schedule, at) == says_open(schedule, at)


@given(spans())
def test_every_span_that_can_be_is_taken(span: Span) -> None:
    check_span(span, "weekly.mon")
