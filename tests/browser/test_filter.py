"""The page's own evaluation of filters, against the table of cases that the hub's is held to as well."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import NewPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TABLE: dict[str, Any] = json.loads((Path(__file__).parents[1] / "filter_cases.json").read_text("utf-8"))
EVALUATE = """async ({conversations, cases, orders, reader}) => {
  const {matches, compare} = await import('/ui/static/js/state/filter.js')
  const who = {...reader, teams: new Set(reader.teams)}
  const listed = conversations.filter(it => matches({all: []}, it, who))
  return {
    found: cases.map(all => conversations.filter(it => matches({all}, it, who)).map(it => it.name)),
    orders: orders.map(sort => [...listed].sort(compare(sort)).map(it => it.name)),
    unsure: matches({all: [{field: 'customer.plan', op: 'is', value: 'Gold'}]}, conversations[0], who),
  }
}"""


def conversation(number: int, name: str, given: dict[str, Any]) -> dict[str, Any]:
    """As the hub would send it."""
    plain = {
        "id": number,
        "name": name,
        "state": "open",
        "assignee_id": None,
        "snoozed": None,
        "priority": "normal",
        "team_id": None,
        "label_ids": [],
        "follower_ids": [],
        "fields": {},
        "unread": False,
        "delivery_problem": False,
        "automatic": False,
        "entry_count": 1,
        "merged_into_id": 1 if "merged_into" in given else None,
    }
    channel = {"id": given.get("channel", 1), "kind": given.get("channel_kind", "email"), "name": "A channel"}
    return {**plain, **given, "channel": channel}


def test_the_page_finds_what_each_filter_asks_for(new_page: NewPage) -> None:
    page = new_page("/ui")
    given = TABLE["conversations"]
    held = [conversation(number, name, one) for number, (name, one) in enumerate(given.items(), 1)]
    now = page.evaluate("at => Date.parse(at)", TABLE["now"])
    known = [one for one in TABLE["cases"] if not any(it["field"].startswith("customer.") for it in one["filter"])]
    answer = page.evaluate(
        EVALUATE,
        {
            "conversations": held,
            "cases": [one["filter"] for one in known],
            "orders": [one["sort"] for one in TABLE["orders"]],
            "reader": {"me": TABLE["me"], "teams": TABLE["my_teams"], "now": now},
        },
    )
    wrong = [
        (one["filter"], sorted(found), sorted(one["match"]))
        for one, found in zip(known, answer["found"], strict=True)
        if sorted(found) != sorted(one["match"])
    ]
    assert wrong == []
    for one, order in zip(TABLE["orders"], answer["orders"], strict=True):
        waiting = [name for name in order if given[name].get("waiting_since")]
        assert (order if "order" in one else waiting) == (one.get("order") or one["first"]), one["sort"]
    assert answer["unsure"] is None
