"""Three agents at their desks, two of them before a page: what a page holds, and what the hub says at the same time."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.live_fetch import LOOKED_UP, Fetch, attempt, differences, kept_true
from tests.browser.live_telephones import Lines, lines
from tests.hub_process import HubProcess
from tests.peers.telephones import Telephones

CUSTOMERS = 4
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
async ({ customers, conversations, again, at_callbacks }) => {
    const { shownCustomer } = $hub["js/store.js"], { watched } = $hub["js/state/conversations.js"];
    const shown = again ? [shownCustomer.peek(), watched.peek()] : [];
    const { listOf } = $hub["js/state/lists.js"], { views, loadViews } = $hub["js/state/views.js"];
    const { timelineOf } = $hub["js/state/timelines.js"], { loadTasks } = $hub["js/state/tasks.js"];
    const { loadCustomer, loadAround } = $hub["js/state/customers.js"], { loadRelated } = $hub["js/state/related.js"];
    const { loadScheduled } = $hub["js/state/scheduled.js"], { loadReplies, loadBrands } = $hub["js/state/replies.js"];
    const { listShown, readCallbacks } = $hub["js/state/callbacks.js"];
    await Promise.all([loadViews(), loadReplies(), loadBrands()]);
    listShown.value = at_callbacks;
    if (at_callbacks) await readCallbacks({ view: "open", queue: null });
    for (const { id, filter, sort } of views.peek()) {
        const list = listOf({ view: id, filter, sort });
        if (!list.loaded.peek()) await list.reload();
    }
    for (const id of customers.filter((it) => it !== shown[0])) {
        if (!timelineOf(id).loaded.peek()) await timelineOf(id).more();
        await Promise.all([loadTasks({ customer: id, state: "all" }), loadCustomer(id), loadAround(id)]);
        await readCallbacks({ view: "open", queue: null, customer: id });
    }
    for (const id of conversations.filter((it) => it !== shown[1]))
        await Promise.all([loadRelated(id), loadScheduled(id)]);
}
"""
_HELD = """
({ customers, conversations, looked_up, at_callbacks }) => {
    const { listOf } = $hub["js/state/lists.js"], { views } = $hub["js/state/views.js"];
    const { valueOf, watched } = $hub["js/state/conversations.js"], { timelineOf } = $hub["js/state/timelines.js"];
    const { customer, aroundOf } = $hub["js/state/customers.js"], { relatedOf } = $hub["js/state/related.js"];
    const { scheduledOf } = $hub["js/state/scheduled.js"], { draftOf } = $hub["js/state/drafts.js"];
    const { replies, macros, brands } = $hub["js/state/replies.js"], { tasks } = $hub["js/state/tasks.js"];
    const { agents, me } = $hub["js/state/session.js"], { fields } = $hub["js/state/fields.js"];
    const { channels } = $hub["js/state/channels.js"], { calls, agentCalls, isFree } = $hub["js/state/calls.js"];
    const { queues, callbacks, isEnded } = $hub["js/state/callbacks.js"];
    const byId = (items) => Object.fromEntries([...items].map((it) => [it.id, it]));
    const { labels } = $hub["js/state/labels.js"], { teams } = $hub["js/state/teams.js"];
    const { mentions } = $hub["js/state/mentions.js"];
    const held = { lists: {}, counts: {}, conversations: {}, timelines: {}, tasks: {}, customers: {}, companies: {},
        related: {},
        scheduled: {}, drafts: {}, agents: byId(agents.peek().values()), labels: byId(labels.peek().values()),
        teams: byId(teams.peek().values()), replies: byId(replies.peek()), macros: byId(macros.peek()),
        brands: byId(brands.peek()), fields: byId(fields.peek()), me: me.peek(),
        channels: byId(channels.peek().values()), views: {},
        queues: byId(queues.peek()), calls: byId(calls.peek().values()), mentions: mentions.peek() };
    const wanted = (it) => !isEnded(it) && (at_callbacks || customers.includes(it.customer?.id));
    held.callbacks = byId([...callbacks.peek().values()].filter(wanted));
    const past = (it) => it && Date.parse(it) <= Date.now();
    held.availability = Object.fromEntries([...agentCalls.peek().values()].map((it) => [it.agent_id,
        { ...it, wrap_up_until: past(it.wrap_up_until) ? null : it.wrap_up_until, free: isFree(it, Date.now()) }]));
    const take = (id) => {
        const { seen_entry_id, ...known } = valueOf(id); // the page knows of more than the hub keeps; "unread" tells
        // what is looked at is no news before it was seen to its end
        if (id === watched.peek()) known.unread = Math.max(known.last_in_id, known.side_answer_id) > seen_entry_id;
        held.conversations[id] = known;
    };
    for (const { count, ...view } of views.peek()) {
        const list = listOf({ view: view.id, filter: view.filter, sort: view.sort });
        if (!list.loaded.peek()) void list.more(); // as it does when somebody goes there
        else if (list.stale) void list.reload();
        held.views[view.id] = view;
        held.lists[view.id] = list.ids.peek();
        held.counts[view.id] = count;
        held.lists[view.id].forEach(take);
    }
    for (const id of customers) {
        held.timelines[id] = timelineOf(id).entries.peek();
        const known = Object.entries(customer(id) ?? {}).filter(([key]) => !looked_up.includes(key));
        held.customers[id] = Object.fromEntries(known);
        const company = aroundOf(id)?.company;
        held.companies[id] = company && company.name;
    }
    for (const id of conversations) {
        const { conversations: also, ...related } = relatedOf(id) ?? { conversations: [] };
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
    """An agent: their session, and the page that they have open; with the list of callbacks on it, or a customer's."""

    hub: HubProcess
    at_callbacks: bool = False
    page: Page | None = None

    def attempt(self, method: str, path: str, body: object = None) -> Any:
        """None where the hub refuses."""
        return attempt(self.hub, method, path, body)

    def items(self, path: str) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.hub.call("GET", path)["items"]
        return items

    def fresh(self, customers: list[int], conversations: list[int], only: Collection[str] = ()) -> dict[str, Any]:
        """What the hub says now: all of it, or `only` these parts."""
        state = Fetch(self.hub, customers, conversations, self.at_callbacks).parts(only)
        return kept_true(state, at_callbacks=self.at_callbacks)

    def held(self, customers: list[int], conversations: list[int]) -> dict[str, Any]:
        assert self.page is not None
        asked = {
            "customers": customers,
            "conversations": conversations,
            "looked_up": list(LOOKED_UP),
            "at_callbacks": self.at_callbacks,
        }
        held: dict[str, Any] = json.loads(self.page.evaluate(_HELD, asked))
        for one, entries in held["timelines"].items():  # a page has loaded at least as much as one fetch gives
            held["timelines"][one] = entries[-50:]
        return kept_true(held, at_callbacks=self.at_callbacks)


@dataclass
class Office:
    seats: list[Seat]
    conversations: list[int]
    customers: list[int]
    labels: list[int]
    team: int
    lines: Lines
    agents: list[int] = field(default_factory=list)

    def open_all(self, seat: Seat, *, again: bool = False) -> None:
        assert seat.page is not None
        asked = {"customers": self.customers, "conversations": self.conversations, "again": again}
        seat.page.evaluate(_OPEN, {**asked, "at_callbacks": seat.at_callbacks})

    def agree(self, *only: str) -> None:
        """Both pages come to hold what the hub says, each for its agent, and so agree with each other: in everything,
        or in `only` these parts."""
        deadline = time.monotonic() + PATIENCE
        while True:
            found = [
                f"{name}: {one}"
                for name, seat in zip(("Lena", "Ben"), self.seats, strict=False)
                for one in self.differs(seat, only)
            ]
            if not found:
                return
            if time.monotonic() > deadline:
                raise AssertionError("\n".join(found[:20]))
            self.seats[0].page.wait_for_timeout(50 if only else 300)  # type: ignore[union-attr]

    def differs(self, seat: Seat, only: Collection[str]) -> list[str]:
        held = seat.held(self.customers, self.conversations)
        fresh = seat.fresh(self.customers, self.conversations, only)
        return differences({key: value for key, value in held.items() if not only or key in only}, fresh)


@contextmanager
def office(browser: Browser, hub: HubProcess, network: Telephones) -> Iterator[Office]:
    """Lena, an administrator, looks at a conversation; Ben has the lists open, of callbacks too; Cem is a program."""
    seats = [
        Seat(hub),
        Seat(hub.colleague("Ben Brandt", "ben@acme.test"), at_callbacks=True),
        Seat(hub.colleague("Cem Aslan", "cem@acme.test")),
    ]
    labels = [hub.call("POST", "/api/labels", {"name": name, "tint": 3})["id"] for name in ("Checked", "Seen twice")]
    agents = [one["id"] for one in hub.call("GET", "/api/agents")["items"]]
    team = hub.call("POST", "/api/teams", {"name": "Night shift", "member_ids": agents[:2]})["id"]
    customers = list(dict.fromkeys(one["customer"]["id"] for one in hub.conversations()))[:CUSTOMERS]
    telephones = lines(hub, network, [seat.hub for seat in seats], customers)
    conversations = [one["id"] for one in hub.conversations() if one["customer"]["id"] in customers]
    made = Office(seats, conversations, customers, labels, team, telephones, agents)
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
