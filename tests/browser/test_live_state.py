"""Whatever three agents do, in whatever order: what a page holds (snapshot and events) is what a fresh fetch gives.

Two of the agents have a real page open, whose own modules hold the state; one of them loses the network now and then.
All act over HTTP as programs do, and through the pages' modules as a click does: shown at once, then taken or refused.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from playwright.sync_api import Browser, Page, Route, expect

from tests.hub_process import HubProcess

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(900)]
VIEWS = ("open", "mine", "unassigned", "resolved", "snoozed", "following")
CUSTOMERS = 4
PATIENCE = 40.0
"""Seconds until what was done last must have reached a page."""

_BEGIN = """
async views => {
    const { listOf } = $hub["js/state/lists.js"], { viewOf, loadViews } = $hub["js/state/views.js"];
    await loadViews();
    for (const id of views) await listOf({ view: id, filter: viewOf(id).filter, sort: viewOf(id).sort }).reload();
}
"""
_HELD = """
({ views, customers }) => {
    const { listOf } = $hub["js/state/lists.js"], { viewOf, countOf } = $hub["js/state/views.js"];
    const { valueOf } = $hub["js/state/conversations.js"], { timelineOf } = $hub["js/state/timelines.js"];
    const { tasks } = $hub["js/state/tasks.js"];
    const held = { lists: {}, counts: {}, conversations: {}, timelines: {}, tasks: {} };
    for (const id of views) {
        held.lists[id] = listOf({ view: id, filter: viewOf(id).filter, sort: viewOf(id).sort }).ids.peek();
        held.counts[id] = countOf(id);
        for (const one of held.lists[id]) held.conversations[one] = valueOf(one);
    }
    for (const id of customers) held.timelines[id] = timelineOf(id).entries.peek();
    for (const [id, it] of tasks.peek()) if (customers.includes(it.customer.id)) held.tasks[id] = it;
    return JSON.stringify(held);
}
"""
_OPEN_TIMELINES = """
async customers => {
    const { timelineOf } = $hub["js/state/timelines.js"], { loadTasks } = $hub["js/state/tasks.js"];
    for (const id of customers) {
        if (!timelineOf(id).loaded.peek()) await timelineOf(id).more();
        await loadTasks({ customer: id, state: "all" });
    }
}
"""
_CHANGE = (
    '([id, change]) => void $hub["js/state/conversations.js"].changeConversation(id, change).catch(() => undefined)'
)
_NOTE = """
([customerId, conversationId, text]) => void $hub["js/state/outbox.js"].write({
    customerId, conversationId, kind: "note", body: { text, attachment_ids: [] }, address: null,
}).catch(() => undefined)
"""


@dataclass
class Seat:
    """An agent: their session, and the page that they have open."""

    hub: HubProcess
    page: Page | None = None

    def attempt(self, method: str, path: str, body: object = None) -> Any:
        """None where the hub refuses, as it may: somebody else was quicker."""
        try:
            return self.hub.call(method, path, body)
        except AssertionError as refusal:
            if any(f": {code} " in str(refusal) for code in (404, 409, 422)):
                return None
            raise

    def fresh(self, customers: list[int]) -> dict[str, Any]:
        """What the hub says now, in the shape of what a page holds."""
        lists = {view: self.hub.call("GET", f"/api/conversations?view={view}&limit=50")["items"] for view in VIEWS}
        counts = {view["id"]: view["count"] for view in self.hub.call("GET", "/api/views")["items"]}
        timelines = {
            str(one): self.hub.call("GET", f"/api/customers/{one}/timeline?limit=50")["items"][::-1]
            for one in customers
        }
        tasks = [
            task
            for one in customers
            for task in self.hub.call("GET", f"/api/tasks?customer={one}&state=all&limit=100")["items"]
        ]
        return {
            "lists": {view: [one["id"] for one in items] for view, items in lists.items()},
            "counts": {view: counts[view] for view in VIEWS},
            "conversations": {str(one["id"]): one for items in lists.values() for one in items},
            "timelines": timelines,
            "tasks": {str(task["id"]): task for task in tasks},
        }

    def held(self, customers: list[int]) -> dict[str, Any]:
        assert self.page is not None
        held: dict[str, Any] = json.loads(self.page.evaluate(_HELD, {"views": list(VIEWS), "customers": customers}))
        for one, entries in held["timelines"].items():  # a page has loaded at least as much as one fetch gives
            held["timelines"][one] = entries[-50:]
        return held


def differences(held: object, fresh: object, where: str = "") -> list[str]:
    """The places where two values of JSON are not the same."""
    if isinstance(held, dict) and isinstance(fresh, dict):
        return [
            found
            for key in sorted({*held, *fresh})
            for found in differences(held.get(key, "absent"), fresh.get(key, "absent"), f"{where}/{key}")
        ]
    if isinstance(held, list) and isinstance(fresh, list) and len(held) == len(fresh):
        return [
            found
            for at, pair in enumerate(zip(held, fresh, strict=True))
            for found in differences(*pair, f"{where}/{at}")
        ]
    return [] if held == fresh else [f"{where}: the page has {str(held)[:300]}, the hub {str(fresh)[:300]}"]


@dataclass
class Office:
    seats: list[Seat]
    conversations: list[int]
    customers: list[int]
    labels: list[int]
    team: int


@pytest.fixture(scope="module")
def office(browser: Browser, hub: HubProcess) -> Iterator[Office]:
    seats = [
        Seat(hub),
        Seat(hub.colleague("Ben Brandt", "ben@acme.test")),
        Seat(hub.colleague("Cem Aslan", "cem@acme.test")),
    ]
    labels = [hub.call("POST", "/api/labels", {"name": name, "tint": 3})["id"] for name in ("Checked", "Seen twice")]
    agents = [one["id"] for one in hub.call("GET", "/api/agents")["items"]]
    team = hub.call("POST", "/api/teams", {"name": "Night shift", "member_ids": agents[:2]})["id"]
    found = hub.conversations()
    customers = list(dict.fromkeys(one["customer"]["id"] for one in found))[:CUSTOMERS]
    conversations = [one["id"] for one in found if one["customer"]["id"] in customers]
    contexts = []

    def with_modules(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text() + "\nglobalThis.$hub = $;")

    for seat in seats[:2]:
        context = browser.new_context(viewport={"width": 1200, "height": 800}, reduced_motion="reduce")
        contexts.append(context)
        context.add_cookies(seat.hub.cookies())  # type: ignore[arg-type]
        seat.page = context.new_page()
        seat.page.route("**/js/all.js*", with_modules)
        seat.page.goto(seat.hub.address + "/")
        expect(seat.page.locator(".conversation-row").first).to_be_visible()
        seat.page.evaluate(_BEGIN, list(VIEWS))
        seat.page.evaluate(_OPEN_TIMELINES, customers)
    yield Office(seats, conversations, customers, labels, team)
    for context in contexts:
        context.close()


who = st.integers(0, 2)
which = st.integers(0, 50)


def machine(office: Office) -> type[RuleBasedStateMachine]:
    agents = [one["id"] for one in office.seats[0].hub.call("GET", "/api/agents")["items"]]
    changes = st.one_of(
        st.builds(lambda state: {"state": state}, st.sampled_from(["open", "resolved"])),
        st.builds(lambda one: {"assignee_id": one}, st.sampled_from([None, *agents])),
        st.builds(lambda one: {"priority": one}, st.sampled_from(["urgent", "high", "normal", "low"])),
        st.builds(lambda one: {"team_id": one}, st.sampled_from([None, office.team])),
        st.builds(lambda one: {"follow": one}, st.booleans()),
        st.builds(lambda one: {"label_ids_add": [one]}, st.sampled_from(office.labels)),
        st.builds(lambda one: {"label_ids_remove": [one]}, st.sampled_from(office.labels)),
        st.sampled_from([{"snooze": None}, {"snooze": {"until": None}}, {"snooze": {"until": "2199-01-01T00:00:00Z"}}]),
    )

    class Shift(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.undo: list[tuple[int, str]] = []

        def pick(self, number: int) -> int:
            return office.conversations[number % len(office.conversations)]

        @rule(seat=who, number=which, change=changes)
        def somebody_changes(self, seat: int, number: int, change: dict[str, Any]) -> None:
            office.seats[seat].attempt("PATCH", f"/api/conversations/{self.pick(number)}", change)

        @rule(seat=st.integers(0, 1), number=which, change=changes)
        def somebody_clicks(self, seat: int, number: int, change: dict[str, Any]) -> None:
            page = office.seats[seat].page
            assert page is not None
            page.evaluate(_CHANGE, [self.pick(number), change])

        @rule(seat=who, number=which)
        def somebody_notes(self, seat: int, number: int) -> None:
            office.seats[seat].attempt(
                "POST", f"/api/conversations/{self.pick(number)}/notes", {"text": "Look at this."}
            )

        @rule(seat=st.integers(0, 1), number=which)
        def somebody_writes_a_note_on_the_page(self, seat: int, number: int) -> None:
            one = office.seats[seat].attempt("GET", f"/api/conversations/{self.pick(number)}")
            page = office.seats[seat].page
            assert page is not None
            page.evaluate(_NOTE, [one["customer"]["id"], one["id"], "From the page."])

        @rule(seat=who, number=which)
        def somebody_answers(self, seat: int, number: int) -> None:
            """The demo's customers may write back, and each message climbs its states."""
            one = office.seats[seat].attempt("GET", f"/api/conversations/{self.pick(number)}")
            places = office.seats[seat].attempt("GET", f"/api/conversations/{one['id']}/destinations")["items"]
            place = next((it for it in places if it["default"] and it["usable"]), None)
            if place is not None:
                body = {
                    "text": "It is on its way.",
                    "to_identity_id": place["identity_id"],
                    "channel_id": place["channel_id"],
                    "attachment_ids": [],
                    "last_seen_entry_id": one["last_entry_id"],
                    "confirm_newer": True,
                }
                office.seats[seat].attempt("POST", f"/api/conversations/{one['id']}/messages", body)

        @rule(seat=who, number=which)
        def somebody_writes_down_a_task(self, seat: int, number: int) -> None:
            body = {"text": "Call them", "conversation_id": self.pick(number)}
            office.seats[seat].attempt("POST", "/api/tasks", body)

        @rule(seat=who, number=which)
        def somebody_does_a_task(self, seat: int, number: int) -> None:
            tasks = office.seats[seat].attempt("GET", "/api/tasks?limit=100")["items"]
            if tasks:
                office.seats[seat].attempt("PATCH", f"/api/tasks/{tasks[number % len(tasks)]['id']}", {"done": True})

        @rule(seat=who, numbers=st.lists(which, min_size=1, max_size=5), change=changes)
        def somebody_changes_many(self, seat: int, numbers: list[int], change: dict[str, Any]) -> None:
            body = {"ids": sorted({self.pick(number) for number in numbers}), "change": change}
            made = office.seats[seat].attempt("POST", "/api/bulk", body)
            if made:
                self.undo.append((seat, f"/api/bulk/{made['id']}/undo"))

        @rule(seat=who, number=which)
        def somebody_splits(self, seat: int, number: int) -> None:
            one = office.seats[seat].attempt("GET", f"/api/conversations/{self.pick(number)}")
            path = f"/api/customers/{one['customer']['id']}/timeline?conversation={one['id']}&kind=message"
            items = office.seats[seat].attempt("GET", path)["items"]
            if len(items) > 1:
                office.seats[seat].attempt("POST", f"/api/entries/{items[0]['id']}/split", {})

        @rule(seat=who, number=which, other=which)
        def somebody_joins(self, seat: int, number: int, other: int) -> None:
            into = office.seats[seat].attempt("GET", f"/api/conversations/{self.pick(number)}")
            office.seats[seat].attempt("POST", f"/api/conversations/{into['id']}/merge", {"other_id": self.pick(other)})

        @rule()
        def somebody_undoes(self) -> None:
            if self.undo:
                seat, path = self.undo.pop()
                office.seats[seat].attempt("POST", path)

        @rule(offline=st.booleans())
        def the_network_goes_and_comes(self, offline: bool) -> None:
            page = office.seats[0].page
            assert page is not None
            page.context.set_offline(offline)

        def teardown(self) -> None:
            for seat in office.seats[:2]:
                assert seat.page is not None
                seat.page.context.set_offline(False)
            agree(office)

    return Shift


def agree(office: Office) -> None:
    """Both pages come to hold what the hub says, each for its agent, and so agree with each other."""
    deadline = time.monotonic() + PATIENCE
    while True:
        found = [
            f"{seat.hub.csrf and name}: {one}"
            for name, seat in zip(("Lena", "Ben"), office.seats, strict=False)
            for one in differences(seat.held(office.customers), seat.fresh(office.customers))
        ]
        if not found:
            return
        if time.monotonic() > deadline:
            raise AssertionError("\n".join(found[:20]))
        office.seats[0].page.wait_for_timeout(300)  # type: ignore[union-attr]


def test_snapshot_and_events_are_what_a_fresh_fetch_gives(office: Office) -> None:
    run_state_machine_as_test(
        machine(office),
        settings=settings(
            max_examples=8,
            stateful_step_count=12,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
            print_blob=False,
        ),
    )


_OVERTAKEN = """
async () => {
    const { listOf } = $hub["js/state/lists.js"], { upsertConversation, valueOf } = $hub["js/state/conversations.js"];
    const filter = { all: [{ field: "state", op: "is", value: "open" }] };
    const list = listOf({ view: null, filter, sort: "activity" });
    await list.reload();
    const id = list.ids.peek()[0], it = valueOf(id);
    const change = (by, state) => upsertConversation({ ...it, version: it.version + by, state });
    const send = window.fetch;
    window.fetch = async (...given) => {
        change(1, "resolved");
        const answer = await send(...given), page = await answer.json();
        page.items = page.items.filter(one => one.id !== id);  // so the hub saw it
        change(2, "open");  // while the page is on its way
        return new Response(JSON.stringify(page), { status: answer.status, headers: answer.headers });
    };
    await list.reload();
    window.fetch = send;
    return list.ids.peek().includes(id);
}
"""


def test_a_list_that_is_read_anew_keeps_what_an_event_brought_meanwhile(office: Office) -> None:
    page = office.seats[1].page
    assert page is not None
    assert page.evaluate(_OVERTAKEN) is True
