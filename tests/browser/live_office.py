"""Three agents at their desks, two of them before a page: what a page holds, and what the hub says at the same time."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Page, Route, expect

from tests.hub_process import HubProcess

VIEWS = ("open", "mine", "unassigned", "resolved", "snoozed", "following")
CUSTOMERS = 4
LOOKED_UP = ["conversations_open", "suggestions"]
"""What is looked for among all when a customer is read: nobody tells what else came to resemble them."""
PATIENCE = 40.0
"""Seconds until what was done last must have reached a page."""

# A page whose line is taken up from a place that the hub does not know has to read everything anew.
_FORGETFUL = """
const say = WebSocket.prototype.send;
WebSocket.prototype.send = function (words) {
  const hello = globalThis.$forget && JSON.parse(words).type === "hello";
  if (hello) globalThis.$forget = false;
  say.call(this, hello ? JSON.stringify({ ...JSON.parse(words), position: "00000000.1.1" }) : words);
};
"""
# As an agent does who goes to each of the conversations in turn; what is on the page already keeps itself true.
_OPEN = """
async ({ views, customers, conversations, again }) => {
    const { shownCustomer } = $hub["js/store.js"], { watched } = $hub["js/state/conversations.js"];
    const shown = again ? [shownCustomer.peek(), watched.peek()] : [];
    const { listOf } = $hub["js/state/lists.js"], { viewOf, loadViews } = $hub["js/state/views.js"];
    const { timelineOf } = $hub["js/state/timelines.js"], { loadTasks } = $hub["js/state/tasks.js"];
    const { loadCustomer, loadAround } = $hub["js/state/customers.js"], { loadRelated } = $hub["js/state/related.js"];
    const { loadScheduled } = $hub["js/state/scheduled.js"], { wantReplies } = $hub["js/state/replies.js"];
    await loadViews();
    wantReplies();
    for (const id of views) {
        const list = listOf({ view: id, filter: viewOf(id).filter, sort: viewOf(id).sort });
        if (!list.loaded.peek()) await list.reload();
    }
    for (const id of customers.filter((it) => it !== shown[0])) {
        if (!timelineOf(id).loaded.peek()) await timelineOf(id).more();
        await Promise.all([loadTasks({ customer: id, state: "all" }), loadCustomer(id), loadAround(id)]);
    }
    for (const id of conversations.filter((it) => it !== shown[1]))
        await Promise.all([loadRelated(id), loadScheduled(id)]);
}
"""
_HELD = """
({ views, customers, conversations, looked_up }) => {
    const { listOf } = $hub["js/state/lists.js"], { viewOf, countOf } = $hub["js/state/views.js"];
    const { valueOf } = $hub["js/state/conversations.js"], { timelineOf } = $hub["js/state/timelines.js"];
    const { customer, aroundOf } = $hub["js/state/customers.js"], { relatedOf } = $hub["js/state/related.js"];
    const { scheduledOf } = $hub["js/state/scheduled.js"], { draftOf } = $hub["js/state/drafts.js"];
    const { replies, macros } = $hub["js/state/replies.js"], { tasks } = $hub["js/state/tasks.js"];
    const { agents } = $hub["js/state/session.js"];
    const byId = (items) => Object.fromEntries([...items].map((it) => [it.id, it]));
    const { labels } = $hub["js/state/labels.js"], { teams } = $hub["js/state/teams.js"];
    const { mentions } = $hub["js/state/mentions.js"];
    const held = { lists: {}, counts: {}, conversations: {}, timelines: {}, tasks: {}, customers: {}, companies: {},
        related: {},
        scheduled: {}, drafts: {}, agents: byId(agents.peek().values()), labels: byId(labels.peek().values()),
        teams: byId(teams.peek().values()), replies: byId(replies.peek()), macros: byId(macros.peek()),
        mentions: mentions.peek() };
    const take = (id) => {
        const { seen_entry_id, ...known } = valueOf(id); // the page knows of more than the hub keeps; "unread" tells
        held.conversations[id] = known;
    };
    for (const id of views) {
        held.lists[id] = listOf({ view: id, filter: viewOf(id).filter, sort: viewOf(id).sort }).ids.peek();
        held.counts[id] = countOf(id);
        held.lists[id].forEach(take);
    }
    for (const id of customers) {
        held.timelines[id] = timelineOf(id).entries.peek();
        const known = Object.entries(customer(id)).filter(([key]) => !looked_up.includes(key));
        held.customers[id] = Object.fromEntries(known);
        const company = aroundOf(id)?.company;
        held.companies[id] = company && company.name;
    }
    for (const id of conversations) {
        const { conversations: also, ...related } = relatedOf(id);
        also.forEach((it) => take(it.id));
        held.related[id] = related;
        held.scheduled[id] = scheduledOf(id);
        held.drafts[id] = [draftOf(id).text, draftOf(id).note];
    }
    for (const [id, it] of tasks.peek()) if (customers.includes(it.customer.id)) held.tasks[id] = it;
    return JSON.stringify(held);
}
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

    def items(self, path: str) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.hub.call("GET", path)["items"]
        return items

    def customer(self, customer: int) -> dict[str, Any]:
        known: dict[str, Any] = self.hub.call("GET", f"/api/customers/{customer}")
        return {key: value for key, value in known.items() if key not in LOOKED_UP}

    def company(self, customer: int) -> str | None:
        company: dict[str, str] | None = self.hub.call("GET", f"/api/customers/{customer}/related")["company"]
        return company["name"] if company else None

    def fresh(self, customers: list[int], conversations: list[int]) -> dict[str, Any]:
        """What the hub says now, in the shape of what a page holds."""
        lists = {view: self.items(f"/api/conversations?view={view}&limit=50") for view in VIEWS}
        counts = {view["id"]: view["count"] for view in self.items("/api/views")}
        related = {one: self.hub.call("GET", f"/api/conversations/{one}/related") for one in conversations}
        tasks = [
            task
            for one in customers
            for task in self.items(f"/api/tasks?customer={one}&state=all&limit=100")
            if task["customer"]["id"] in customers
        ]
        drafts = {one["conversation_id"]: one["content"] for one in self.items("/api/drafts")}
        nothing = {"text": "", "note": ""}
        seen = _by_id([one for items in lists.values() for one in items])
        for one in (each["id"] for it in related.values() for each in it["conversations"]):
            if str(one) not in seen:
                seen[str(one)] = self.hub.call("GET", f"/api/conversations/{one}")
        return {
            "lists": {view: [one["id"] for one in items] for view, items in lists.items()},
            "counts": {view: counts[view] for view in VIEWS},
            "conversations": {one: {k: v for k, v in it.items() if k != "seen_entry_id"} for one, it in seen.items()},
            "timelines": {str(one): self.items(f"/api/customers/{one}/timeline?limit=50")[::-1] for one in customers},
            "customers": {str(one): self.customer(one) for one in customers},
            "companies": {str(one): self.company(one) for one in customers},
            "related": {
                str(one): {key: it[key] for key in it if key != "conversations"} for one, it in related.items()
            },
            "scheduled": {str(one): self.items(f"/api/conversations/{one}/scheduled") for one in conversations},
            "drafts": {str(one): [drafts.get(one, nothing)[key] for key in ("text", "note")] for one in conversations},
            "tasks": _by_id(tasks),
            "mentions": self.items("/api/me/mentions"),
            **{noun: _by_id(self.items(f"/api/{noun}")) for noun in ("agents", "labels", "teams", "replies", "macros")},
        }

    def held(self, customers: list[int], conversations: list[int]) -> dict[str, Any]:
        assert self.page is not None
        asked = {"views": list(VIEWS), "customers": customers, "conversations": conversations, "looked_up": LOOKED_UP}
        held: dict[str, Any] = json.loads(self.page.evaluate(_HELD, asked))
        for one, entries in held["timelines"].items():  # a page has loaded at least as much as one fetch gives
            held["timelines"][one] = entries[-50:]
        return held


def _by_id(items: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {str(one["id"]): one for one in items}


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
    agents: list[int] = field(default_factory=list)

    def open_all(self, seat: Seat, *, again: bool = False) -> None:
        assert seat.page is not None
        asked = {"views": list(VIEWS), "customers": self.customers, "conversations": self.conversations}
        seat.page.evaluate(_OPEN, {**asked, "again": again})

    def agree(self) -> None:
        """Both pages come to hold what the hub says, each for its agent, and so agree with each other."""
        deadline = time.monotonic() + PATIENCE
        while True:
            found = [
                f"{name}: {one}"
                for name, seat in zip(("Lena", "Ben"), self.seats, strict=False)
                for one in differences(
                    seat.held(self.customers, self.conversations), seat.fresh(self.customers, self.conversations)
                )
            ]
            if not found:
                return
            if time.monotonic() > deadline:
                raise AssertionError("\n".join(found[:20]))
            self.seats[0].page.wait_for_timeout(300)  # type: ignore[union-attr]


@contextmanager
def office(browser: Browser, hub: HubProcess) -> Iterator[Office]:
    """Lena, an administrator, looks at a conversation; Ben has the lists open; Cem is a program."""
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
    made = Office(seats, conversations, customers, labels, team, agents)
    contexts = []

    def with_modules(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text() + "\nglobalThis.$hub = $;")

    for seat, path in zip(seats[:2], (f"/conversations/{conversations[0]}", "/"), strict=True):
        context = browser.new_context(viewport={"width": 1200, "height": 800}, reduced_motion="reduce")
        contexts.append(context)
        context.add_cookies(seat.hub.cookies())  # type: ignore[arg-type]
        context.add_init_script(_FORGETFUL)
        seat.page = context.new_page()
        seat.page.route("**/js/all.js*", with_modules)
        seat.page.goto(seat.hub.address + path)
        expect(seat.page.locator(".conversation-row").first).to_be_visible()
        made.open_all(seat)
    yield made
    for context in contexts:
        context.close()
