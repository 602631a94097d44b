"""The filter language in SQL finds what its evaluation in Python finds, in its order, and each of it once."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.desk.views import pages
from hub.desk.views.filter import parse, stored
from hub.desk.views.model import Place, Sort
from tests.filter_oracle import Facts, key, matches
from tests.integration.desk.conftest import NOW, Shelf

CASES = json.loads((Path(__file__).parents[2] / "filter_cases.json").read_text(encoding="utf-8"))
SORTS: tuple[Sort, ...] = ("activity", "waiting", "priority")
STATE_OPEN = {"field": "state", "op": "is", "value": "open"}

_few_moments = st.integers(0, 6).map(lambda days: NOW - timedelta(days=days))
_words = st.sampled_from(["A-1", "a-12", "Größe", "x"])
_days = st.integers(0, 6).map(lambda days: (NOW - timedelta(days=days)).date().isoformat())
_numbers = st.one_of(st.integers(-3, 3), st.sampled_from([0.5, 1.5, -0.25]))
_fields = st.fixed_dictionaries(
    {},
    optional={
        "order": _words,
        "amount": _numbers,
        "refund": st.booleans(),
        "due": _days,
        "reason": st.sampled_from(["Damage", "Delay", "Price"]),
    },
)
_attributes = st.fixed_dictionaries(
    {},
    optional={
        "plan": st.sampled_from(["Free", "Gold", True, ["Gold"], {"Gold": 1}]),  # free attributes had the name before
        "since": st.one_of(_days, st.integers(0, 9)),
        "visits": st.one_of(_numbers, st.just("many"), st.just(1e300)),
    },
)
_facts = st.builds(
    Facts,
    id=st.integers(0, 1),
    state=st.sampled_from(["open", "open", "snoozed", "resolved"]),
    assignee=st.sampled_from([None, 1, 2]),
    team=st.sampled_from([None, 1, 2, 3]),
    label=st.frozensets(st.integers(1, 4), max_size=3),
    channel=st.integers(1, 3),
    channel_kind=st.just(""),
    priority=st.sampled_from(["urgent", "high", "normal", "low"]),
    unread=st.booleans(),
    followers=st.frozensets(st.integers(1, 3), max_size=2),
    delivery_problem=st.booleans(),
    automatic=st.booleans(),
    waiting_since=st.one_of(st.none(), _few_moments),
    created_at=_few_moments,
    last_entry_at=_few_moments,
    merged=st.sampled_from([False, False, False, True]),
    said=st.sampled_from([True, True, False]),
    fields=_fields,
)


def _condition(field: str, ops: list[str], value: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    def of(op: str) -> st.SearchStrategy[dict[str, Any]]:
        given = st.one_of(value, st.lists(value, min_size=1, max_size=3)) if op in ("is", "not", "has") else value
        if op not in ("is", "not"):
            given = given.filter(lambda one: one is not None and (not isinstance(one, list) or None not in one))
        return st.fixed_dictionaries({"field": st.just(field), "op": st.just(op), "value": given})

    return st.sampled_from(ops).flatmap(of)


_relative = st.builds(lambda number, unit: f"-{number}{unit}", st.integers(0, 7), st.sampled_from("mhdw"))
_moments = st.one_of(_relative, _few_moments.map(datetime.isoformat))
_IS = ["is", "not"]
_BEYOND = ["over", "under"]
_conditions = st.one_of(
    _condition("state", _IS, st.sampled_from(["open", "snoozed", "resolved"])),
    _condition("assignee", _IS, st.sampled_from([None, "me", 1, 2])),
    _condition("team", _IS, st.sampled_from([None, "mine", 1, 2, 3])),
    _condition("label", [*_IS, "has"], st.sampled_from([None, 1, 2, 3, 4])),
    _condition("channel", _IS, st.integers(1, 3)),
    _condition("channel_kind", _IS, st.sampled_from(["email", "chat", "fax"])),
    _condition("priority", _IS, st.sampled_from(["urgent", "high", "normal", "low"])),
    *(
        _condition(name, _IS, st.booleans())
        for name in ("unread", "following", "delivery_problem", "automatic", "conversation.refund")
    ),
    _condition("waiting_minutes", _BEYOND, st.integers(0, 6).map(lambda days: days * 1440)),
    _condition("created_at", _BEYOND, _moments),
    _condition("last_entry_at", _BEYOND, _moments),
    _condition("conversation.order", [*_IS, "has"], st.one_of(st.none(), _words, st.sampled_from(["a-1", "GRÖSSE"]))),
    _condition("conversation.amount", [*_IS, *_BEYOND], st.one_of(st.none(), _numbers)),
    _condition("conversation.due", _IS, st.one_of(st.none(), _days)),
    _condition("conversation.due", _BEYOND, st.one_of(_relative, _days)),
    _condition("conversation.reason", _IS, st.sampled_from([None, "Damage", "Delay"])),
    _condition("customer.plan", _IS, st.sampled_from([None, "Free", "Gold"])),
    _condition("customer.since", _BEYOND, st.one_of(_relative, _days)),
    _condition("customer.visits", [*_IS, *_BEYOND], st.one_of(st.none(), _numbers)).filter(
        lambda one: one["op"] in _IS or one["value"] is not None
    ),
)


async def read_all(shelf: Shelf, conditions: list[dict[str, Any]], sort: Sort, limit: int) -> list[int]:
    """Page after page, as a client does."""
    filter_ = parse({"all": conditions}, shelf.fields)
    assert filter_ == stored({"all": conditions})
    ids: list[int] = []
    after = None
    for _ in range(200):
        page = await pages.conversations_page(shelf.database.pool, 1, filter_, sort, after, limit, now=NOW)
        assert len(page.items) <= limit
        ids += [one.id for one in page.items]
        if page.next is None:
            return ids
        after = Place.parse(str(page.next), sort)
    raise AssertionError("it has no end")


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(
    given_facts=st.lists(st.tuples(_facts, st.integers(1, 5)), max_size=12),
    attributes=st.lists(_attributes, min_size=5, max_size=5),
    filters=st.lists(st.lists(_conditions, max_size=3), min_size=1, max_size=6),
    sort=st.sampled_from(SORTS),
    limit=st.integers(1, 5),
    budget=st.sampled_from([1, 2, 3, 10_000]),
)
async def test_every_filter_finds_what_it_says_in_order_and_each_of_it_once(
    shelf: Shelf,
    given_facts: list[tuple[Facts, int]],
    attributes: list[dict[str, Any]],
    filters: list[list[dict[str, Any]]],
    sort: Sort,
    limit: int,
    budget: int,
) -> None:
    await shelf.clear()
    for number, one in enumerate(attributes, 1):
        await shelf.describe(number, one)
    there: list[Facts] = []
    for it, customer in given_facts:
        it.attributes = attributes[customer - 1]
        it.merged = it.merged and bool(there)
        there.append(await shelf.add(it, customer))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "BUDGET", budget)
        for conditions in filters:
            expected = [one for one in there if matches(conditions, one, shelf.asker)]
            expected.sort(key=lambda one: key(sort, one))
            assert await read_all(shelf, conditions, sort, limit) == [one.id for one in expected], conditions


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(
    given_facts=st.lists(_facts, max_size=12),
    filters=st.lists(st.lists(_conditions, max_size=3), min_size=1, max_size=6),
)
async def test_counts_and_ids_agree_with_what_is_found(
    shelf: Shelf, given_facts: list[Facts], filters: list[list[dict[str, Any]]]
) -> None:
    await shelf.clear()
    await shelf.describe(1, {})
    there: list[Facts] = []
    for it in given_facts:
        it.merged = it.merged and bool(there)
        there.append(await shelf.add(it))
    parsed = [parse({"all": one}, shelf.fields) for one in filters]
    counted = await pages.counts(shelf.database.pool, 1, parsed, now=NOW)
    for conditions, count in zip(filters, counted, strict=True):
        expected = {one.id for one in there if matches(conditions, one, shelf.asker)}
        states = {"open", "snoozed", "resolved"}
        for one in conditions:
            if one["field"] == "state":
                named = set(one["value"] if isinstance(one["value"], list) else [one["value"]])
                states = states & named if one["op"] == "is" else states - named
        assert count == (None if "resolved" in states else len(expected)), conditions


def facts_of(name: str) -> Facts:
    """A conversation of the table of cases."""
    given = CASES["conversations"][name]
    state = given.get("state", "open")

    def moment(written: str | None) -> datetime | None:
        return None if written is None else datetime.fromisoformat(written)

    return Facts(
        id=0,
        state="snoozed" if state == "open" and given.get("snoozed") else state,
        assignee=given["assignee_id"],
        team=given.get("team_id"),
        label=frozenset(given.get("label_ids", ())),
        channel=given.get("channel", 1),
        channel_kind=given.get("channel_kind", "email"),
        priority=given.get("priority", "normal"),
        unread=given.get("unread", False),
        followers=frozenset(given.get("follower_ids", ())),
        delivery_problem=given.get("delivery_problem", False),
        automatic=given.get("automatic", False),
        waiting_since=moment(given["waiting_since"]),
        created_at=datetime.fromisoformat(given["created_at"]),
        last_entry_at=datetime.fromisoformat(given["last_entry_at"]),
        merged="merged_into" in given,
        said=given.get("entry_count") != 0,
        fields=given.get("fields", {}),
    )


async def put_cases(shelf: Shelf) -> dict[int, str]:
    await shelf.clear()
    await shelf.describe(1, {})
    return {(await shelf.add(facts_of(name))).id: name for name in CASES["conversations"]}


async def test_several_conditions_that_have_an_index_each_are_one_filter(shelf: Shelf) -> None:
    names = await put_cases(shelf)
    indexed: list[dict[str, Any]] = [
        {"field": "assignee", "op": "is", "value": "me"},
        {"field": "team", "op": "is", "value": 1},
        {"field": "label", "op": "is", "value": 1},
        {"field": "following", "op": "is", "value": True},
        {"field": "assignee", "op": "is", "value": 1},
        {"field": "label", "op": "has", "value": [1]},
    ]
    for number in range(1, len(indexed) + 1):
        for some in combinations(indexed, number):
            expected = {name for name in names.values() if matches(some, facts_of(name), shelf.asker)}
            for sort in SORTS:
                assert {names[one] for one in await read_all(shelf, list(some), sort, 3)} == expected, some
            await pages.counts(shelf.database.pool, 1, [stored({"all": [STATE_OPEN, *some]})])


async def test_the_table_of_cases_that_the_page_is_checked_against_holds_for_the_hub(shelf: Shelf) -> None:
    names = await put_cases(shelf)
    for case in CASES["cases"]:
        found = {names[one] for one in await read_all(shelf, case["filter"], "activity", 3)}
        assert found == set(case["match"]), case["filter"]
        oracle = {name for name in names.values() if matches(case["filter"], facts_of(name), shelf.asker)}
        assert oracle == set(case["match"]), case["filter"]


async def test_the_orders_of_the_table_hold_for_the_hub(shelf: Shelf) -> None:
    names = await put_cases(shelf)
    for case in CASES["orders"]:
        found = [names[one] for one in await read_all(shelf, [], case["sort"], 3)]
        wanted = case.get("order") or case["first"]
        assert found[: len(wanted)] == wanted, case["sort"]
