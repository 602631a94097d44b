"""What queues are made of: places in lists, values of fields, what a change has changed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.bulk.difference import difference
from hub.desk.conversation import Work
from hub.desk.errors import BadValue
from hub.desk.fields.model import Field, FieldType
from hub.desk.fields.values import checked, checked_all
from hub.desk.views.filter import parse
from hub.desk.views.model import Place, Sort

SORTS: tuple[Sort, ...] = ("activity", "waiting", "priority")
_moments = st.datetimes(timezones=st.just(UTC))


@given(st.integers(1, 4), _moments, st.integers(1, (1 << 63) - 1), st.sampled_from(SORTS))
def test_a_place_is_read_as_it_was_written(priority: int, at: datetime, number: int, sort: Sort) -> None:
    place = Place(priority, at, number)
    assert Place.parse(str(place), sort) == place
    nobody_waits = Place(priority, None, number)
    if sort != "activity":
        assert Place.parse(str(nobody_waits), sort) == nobody_waits


@given(st.text(), st.sampled_from(SORTS))
def test_nothing_else_is_a_place(text: str, sort: Sort) -> None:
    try:
        place = Place.parse(text, sort)
    except ValueError:
        return
    assert Place.parse(str(place), sort) == place


@pytest.mark.parametrize(
    "text", ["", "1.2", "0.5.1", "5.5.1", "1.5.0", "1.never.1", "1.9999999999999999999999.1", "१.1.1"]
)
def test_what_no_page_ended_with_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Place.parse(text, "activity")


def field(type_: FieldType, *choices: str, archived: bool = False) -> Field:
    return Field(1, "conversation", "key", "Key", type_, choices, archived)


@pytest.mark.parametrize(
    ("one", "value"),
    [
        (field("number"), float("nan")),
        (field("number"), 1e16),
        (field("number"), True),
        (field("boolean"), 1),
        (field("date"), "20260228"),
        (field("url"), "https://"),
        (field("url"), "https://a b"),
        (field("url"), "ftp://a.example"),
        (field("choice", "A"), "B"),
        (field("text"), "x" * 2001),
        (field("text", archived=True), "x"),
    ],
)
def test_a_value_that_is_not_of_its_type_is_refused(one: Field, value: object) -> None:
    with pytest.raises(BadValue) as refused:
        checked(one, value, "fields.key")
    assert refused.value.where == "fields.key"


@pytest.mark.parametrize("value", [None, ""])
def test_nothing_empties_any_field_even_an_archived_one(value: object) -> None:
    assert checked(field("number", archived=True), value, "key") is None


def test_keys_that_no_field_has_stay_as_they_are() -> None:
    assert checked_all([field("number")], {"key": 5, "other": ["free"]}, "attributes") == {"key": 5, "other": ["free"]}


def test_a_filter_is_refused_where_it_is_wrong() -> None:
    with pytest.raises(BadValue) as refused:
        parse({"all": [{"field": "state", "op": "is", "value": "open"}, {"field": "state", "op": "is"}]}, [])
    assert refused.value.where == "filter.all.1"


WORK = Work("open", None, None, "normal", False, None, (1, 2), (), {}, None, False)


def test_only_what_differs_is_remembered() -> None:
    after = Work("open", 7, None, "normal", False, None, (2, 3), (), {"order": "A"}, None, False)
    assert difference(WORK, after) == (
        {"assignee_id": None, "label_ids": [1, 2], "fields": {}},
        {"assignee_id": 7, "label_ids": [2, 3], "fields": {"order": "A"}},
    )
    assert difference(WORK, WORK) == ({}, {})
