"""Times of macros: what they mean at a moment, by the clock on a wall."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.desk.macros.later import Later, Unit, moment

BERLIN = ZoneInfo("Europe/Berlin")
NINE = time(9)


@pytest.mark.parametrize(
    ("unit", "number", "at", "expected"),
    [
        ("hours", 3, NINE, "2026-03-27T15:30:00+00:00"),
        ("days", 1, NINE, "2026-03-28T08:00:00+00:00"),
        ("days", 3, NINE, "2026-03-30T07:00:00+00:00"),  # the clocks were put forward between
        ("days", 2, time(2, 30), "2026-03-29T01:30:00+00:00"),  # they leap over it
        ("weekday", 1, NINE, "2026-03-30T07:00:00+00:00"),
        ("weekday", 5, time(23), "2026-04-03T21:00:00+00:00"),  # it is Friday: the next one
        ("weekday", 6, NINE, "2026-03-28T08:00:00+00:00"),
    ],
)
def test_a_time_is_by_the_clock_on_the_wall(unit: Unit, number: int, at: time, expected: str) -> None:
    friday = datetime(2026, 3, 27, 12, 30, tzinfo=UTC)
    assert moment(Later(unit, number, at), friday, BERLIN).isoformat() == expected


def test_the_day_is_that_of_the_zone() -> None:
    late = datetime(2026, 6, 7, 23, 30, tzinfo=UTC)  # Sunday in London, Monday in Tokyo
    monday = Later("weekday", 1, NINE)
    assert moment(monday, late, ZoneInfo("UTC")).isoformat() == "2026-06-08T09:00:00+00:00"
    assert moment(monday, late, ZoneInfo("Asia/Tokyo")).isoformat() == "2026-06-15T00:00:00+00:00"


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "UTC"]),
    st.sampled_from(["hours", "days", "weekday"]),
    st.integers(1, 7),
    st.times(),
)
def test_every_time_is_ahead(now: datetime, zone: str, unit: Unit, number: int, at: time) -> None:
    assert moment(Later(unit, number, at), now, ZoneInfo(zone)) > now
