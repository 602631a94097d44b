"""What was typed, taken apart."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.search.query import Operator, Query, Term, parse
from hub.search.understand import moment

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Lost parcel", Query((Term(("lost",)), Term(("parcel",), prefix=True)))),
        ("lost parcel ", Query((Term(("lost",)), Term(("parcel",))))),
        ('"lost parcel"', Query((Term(("lost", "parcel")),))),
        ('"lost par', Query((Term(("lost", "par")),))),
        ("-refund x", Query((Term(("refund",), negated=True), Term(("x",))))),
        ("from:maria", Query((), (Operator("from", "maria", "from:maria"),))),
        ('-label:"very late" ', Query((), (Operator("label", "very late", '-label:"very late"', True, True),))),
        ("FROM:Maria", Query((), (Operator("from", "Maria", "FROM:Maria"),))),
        ("from:", Query()),
        ("10:30 ", Query((Term(("10", "30")),))),
        ("https://x.test ", Query((Term(("https", "x", "test")),))),
        ("re:invoice ", Query((Term(("re", "invoice")),))),
        ("don't ", Query((Term(("don", "t")),))),
        (' - "" : ', Query()),
    ],
)
def test_words_phrases_and_operators(text: str, query: Query) -> None:
    assert parse(text) == query


@given(st.text(max_size=600))
def test_nothing_that_is_typed_is_refused(text: str) -> None:
    query = parse(text)
    assert len(query.terms) + len(query.operators) <= 30
    assert all(term.words and all(term.words) for term in query.terms)


@pytest.mark.parametrize(
    ("value", "zone", "at"),
    [
        ("2026-11-03", UTC, datetime(2026, 11, 3, tzinfo=UTC)),
        ("2026-11", UTC, datetime(2026, 11, 1, tzinfo=UTC)),
        ("2026", UTC, datetime(2026, 1, 1, tzinfo=UTC)),
        ("2026-11-03", ZoneInfo("Europe/Berlin"), datetime(2026, 11, 2, 23, tzinfo=UTC)),
        ("today", UTC, datetime(2026, 11, 22, tzinfo=UTC)),
        ("yesterday", ZoneInfo("Asia/Tokyo"), datetime(2026, 11, 20, 15, tzinfo=UTC)),
        ("7d", UTC, datetime(2026, 11, 15, tzinfo=UTC)),
        ("2026-13-01", UTC, None),
        ("0000", UTC, None),
        ("9999y", UTC, None),
        ("soon", UTC, None),
    ],
)
def test_a_day_begins_where_the_agent_is(value: str, zone: ZoneInfo, at: datetime | None) -> None:
    assert moment(value, zone, NOW) == at
