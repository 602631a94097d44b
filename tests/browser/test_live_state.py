"""Whatever three agents do, in whatever order: what a page holds (snapshot and events) is what a fresh fetch gives.

Two of the agents have a real page open, whose own modules hold the state; one of them loses the network now and then,
also for so long that the hub no longer knows where it was. All act over HTTP as programs do, and through the pages'
modules as a click does: shown at once, then taken or refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from playwright.sync_api import Browser, Page

from tests.browser.live_office import Office, Seat, office
from tests.browser.live_setup import Setup
from tests.browser.live_telephones import CALLERS
from tests.browser.phone_network import hub, network
from tests.hub_process import HubProcess, until
from tests.peers.telephones import Telephones

__all__ = ["hub", "network"]  # fixtures

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(900)]

_CHANGE = (
    '([id, change]) => void $hub["js/state/conversations.js"].changeConversation(id, change).catch(() => undefined)'
)
_NOTE = """
([customerId, conversationId, text]) => void $hub["js/state/outbox.js"].write({
    customerId, conversationId, kind: "note", body: { text, attachment_ids: [] }, address: null,
}).catch(() => undefined)
"""
_DRAFT = '([id, text]) => void $hub["js/state/drafts.js"].changeDraft(id, { text })'
_DROP = '(id) => void $hub["js/state/drafts.js"].dropDraft(id)'

_LIVE = '!globalThis.$forget && $hub["js/live.js"].connection.peek() === "live"'

who = st.integers(0, 2)
before_a_page = st.integers(0, 1)
which = st.integers(0, 50)


def window_tomorrow(hours: int) -> dict[str, str]:
    begin = datetime.now(UTC) + timedelta(days=1)
    return {"from": begin.isoformat(), "until": (begin + timedelta(hours=hours)).isoformat()}


moments = st.sampled_from([None, window_tomorrow(hours=2)])
callback_changes = st.one_of(
    st.builds(lambda window: {"window": window}, moments),
    st.sampled_from([{"priority": 1}, {"priority": 0}, {"state": "canceled"}, {"state": "done"}]),
)


@pytest.fixture(scope="module")
def at_work(browser: Browser, hub: HubProcess, network: Telephones) -> Iterator[Office]:
    with office(browser, hub, network) as made:
        yield made


@pytest.fixture(scope="module")
def setup(at_work: Office) -> Setup:
    made = Setup(at_work)
    made.begin()
    return made


def machine(at_work: Office, setup: Setup) -> type[RuleBasedStateMachine]:
    changes = st.one_of(
        st.builds(lambda state: {"state": state}, st.sampled_from(["open", "resolved"])),
        st.builds(lambda one: {"assignee_id": one}, st.sampled_from([None, *at_work.agents])),
        st.builds(lambda one: {"priority": one}, st.sampled_from(["urgent", "high", "normal", "low"])),
        st.builds(lambda one: {"team_id": one}, st.sampled_from([None, at_work.team])),
        st.builds(lambda one: {"follow": one}, st.booleans()),
        st.builds(lambda one: {"label_ids_add": [one]}, st.sampled_from(at_work.labels)),
        st.builds(lambda one: {"label_ids_remove": [one]}, st.sampled_from(at_work.labels)),
        st.builds(lambda one: {"fields": {"order_number": one}}, st.sampled_from([None, "20418"])),
        st.sampled_from([{"snooze": None}, {"snooze": {"until": None}}, {"snooze": {"until": "2199-01-01T00:00:00Z"}}]),
    )

    class Shift(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.undo: list[tuple[Seat, str, str]] = []
            self.forgotten = False

        def pick(self, number: int) -> int:
            return at_work.conversations[number % len(at_work.conversations)]

        def customer(self, number: int) -> int:
            return at_work.customers[number % len(at_work.customers)]

        def caller(self, number: int) -> int:
            return at_work.lines.identities[number % len(at_work.lines.identities)]

        def page(self, seat: int) -> Page:
            page = at_work.seats[seat].page
            assert page is not None
            return page

        def words(self, seat: Seat, one: dict[str, Any], text: str) -> dict[str, Any] | None:
            """A message to where the composer would send it; None where it can go nowhere."""
            places = seat.attempt("GET", f"/api/conversations/{one['id']}/destinations")["items"]
            place = next((it for it in places if it["default"] and it["usable"]), None)
            return place and {
                "text": text,
                "to_identity_id": place["identity_id"],
                "channel_id": place["channel_id"],
                "last_seen_entry_id": one["last_entry_id"],
                "confirm_newer": True,
            }

        @rule(seat=who, number=which, change=changes)
        def somebody_changes(self, seat: int, number: int, change: dict[str, Any]) -> None:
            at_work.seats[seat].attempt("PATCH", f"/api/conversations/{self.pick(number)}", change)

        @rule(seat=before_a_page, number=which, change=changes)
        def somebody_clicks(self, seat: int, number: int, change: dict[str, Any]) -> None:
            self.page(seat).evaluate(_CHANGE, [self.pick(number), change])

        @rule(seat=who, number=which, named=which)
        def somebody_notes(self, seat: int, number: int, named: int) -> None:
            """And names a colleague, or themselves."""
            body = {"text": "Look at this.", "mentions": [at_work.agents[named % len(at_work.agents)]]}
            at_work.seats[seat].attempt("POST", f"/api/conversations/{self.pick(number)}/notes", body)

        @rule(seat=before_a_page, number=which)
        def somebody_reads(self, seat: int, number: int) -> None:
            one = at_work.seats[seat].attempt("GET", f"/api/conversations/{self.pick(number)}")
            at_work.seats[seat].attempt(
                "POST", f"/api/conversations/{one['id']}/seen", {"entry_id": one["last_entry_id"]}
            )
            at_work.seats[seat].attempt("POST", "/api/me/mentions/read", {"conversation_id": one["id"]})

        @rule(seat=before_a_page, number=which)
        def somebody_writes_a_note_on_the_page(self, seat: int, number: int) -> None:
            one = at_work.seats[seat].attempt("GET", f"/api/conversations/{self.pick(number)}")
            self.page(seat).evaluate(_NOTE, [one["customer"]["id"], one["id"], "From the page."])

        @rule(seat=who, number=which)
        def somebody_answers(self, seat: int, number: int) -> None:
            """The demo's customers may write back, and each message climbs its states."""
            one = at_work.seats[seat].attempt("GET", f"/api/conversations/{self.pick(number)}")
            body = self.words(at_work.seats[seat], one, "It is on its way.")
            if body is not None:
                at_work.seats[seat].attempt("POST", f"/api/conversations/{one['id']}/messages", body)

        @rule(seat=who, number=which, soon=st.booleans())
        def somebody_puts_a_message_off(self, seat: int, number: int, soon: bool) -> None:
            """For two seconds in which it can be undone, or until tomorrow."""
            one = at_work.seats[seat].attempt("GET", f"/api/conversations/{self.pick(number)}")
            body = self.words(at_work.seats[seat], one, "By tomorrow at the latest.")
            if body is not None:
                at = (datetime.now(UTC) + timedelta(days=1)).isoformat()
                body |= {"hold_seconds": 2} if soon else {"send_at": at}
                at_work.seats[seat].attempt("POST", f"/api/conversations/{one['id']}/scheduled", body)

        @rule(seat=who, number=which, way=st.sampled_from(["", "/send-now", "later"]))
        def somebody_turns_to_what_was_put_off(self, seat: int, number: int, way: str) -> None:
            agent = at_work.seats[seat]
            for it in agent.items(f"/api/conversations/{self.pick(number)}/scheduled"):
                path = f"/api/scheduled/{it['id']}"
                if way == "later":
                    agent.attempt("PATCH", path, {"send_at": (datetime.now(UTC) + timedelta(days=2)).isoformat()})
                else:
                    agent.attempt("POST" if way else "DELETE", path + way, {"confirm_newer": True} if way else None)

        @rule(seat=before_a_page, number=which, text=st.sampled_from(["", "Dear Maria,", "As I said:"]))
        def somebody_begins_to_write_on_another_device(self, seat: int, number: int, text: str) -> None:
            agent, path = at_work.seats[seat], f"/api/conversations/{self.pick(number)}/draft"
            draft = agent.attempt("GET", path)["draft"]
            if text:
                agent.attempt("PUT", path, {"content": {"text": text}, "version": draft["version"] if draft else 0})
            else:
                agent.attempt("DELETE", path)

        @rule(seat=before_a_page, number=which, text=st.sampled_from(["", "Hello,", "Hello, I"]))
        def somebody_begins_to_write_on_the_page(self, seat: int, number: int, text: str) -> None:
            self.page(seat).evaluate(*((_DRAFT, [self.pick(number), text]) if text else (_DROP, self.pick(number))))

        @rule(seat=who, number=which, to=st.integers(-1, 2))
        def somebody_writes_down_a_task(self, seat: int, number: int, to: int) -> None:
            body = {"text": "Call", "conversation_id": self.pick(number)}
            at_work.seats[seat].attempt(
                "POST", "/api/tasks", body | ({"assignee_id": at_work.agents[to]} if to >= 0 else {})
            )

        @rule(
            seat=who, number=which, change=st.sampled_from([{"done": True}, {"done": False}, {"text": "Write"}, None])
        )
        def somebody_turns_to_a_task(self, seat: int, number: int, change: dict[str, Any] | None) -> None:
            tasks = at_work.seats[seat].items("/api/tasks?limit=100&state=all")
            if tasks:
                path = f"/api/tasks/{tasks[number % len(tasks)]['id']}"
                at_work.seats[seat].attempt("PATCH" if change else "DELETE", path, change)

        @rule(seat=who, numbers=st.lists(which, min_size=1, max_size=5), change=changes)
        def somebody_changes_many(self, seat: int, numbers: list[int], change: dict[str, Any]) -> None:
            agent, body = at_work.seats[seat], {"ids": sorted({self.pick(one) for one in numbers}), "change": change}
            if made := agent.attempt("POST", "/api/bulk", body):
                self.undo.append((agent, "POST", f"/api/bulk/{made['id']}/undo"))

        @rule(seat=who, number=which)
        def somebody_carries_out_a_macro(self, seat: int, number: int) -> None:
            macros = at_work.seats[seat].items("/api/macros")
            at_work.seats[seat].attempt("POST", f"/api/conversations/{self.pick(number)}/macros/{macros[0]['id']}")

        @rule(seat=who, number=which)
        def somebody_splits(self, seat: int, number: int) -> None:
            agent, one = (
                at_work.seats[seat],
                at_work.seats[seat].attempt("GET", f"/api/conversations/{self.pick(number)}"),
            )
            path = f"/api/customers/{one['customer']['id']}/timeline?conversation={one['id']}&kind=message"
            items = agent.items(path)
            if len(items) > 1 and (made := agent.attempt("POST", f"/api/entries/{items[0]['id']}/split", {})):
                self.undo.append((agent, "POST", f"/api/splits/{made['splits'][-1]['id']}/undo"))

        @rule(seat=who, number=which, other=which)
        def somebody_joins(self, seat: int, number: int, other: int) -> None:
            agent, path = at_work.seats[seat], f"/api/conversations/{self.pick(number)}/merge"
            if made := agent.attempt("POST", path, {"other_id": self.pick(other)}):
                self.undo.append((agent, "POST", f"/api/conversation-merges/{made['joined'][-1]['id']}/undo"))

        @rule(seat=who, number=which, other=which, kind=st.sampled_from(["related", "duplicate", "causes"]))
        def somebody_links(self, seat: int, number: int, other: int, kind: str) -> None:
            agent, path = at_work.seats[seat], f"/api/conversations/{self.pick(number)}/links"
            if made := agent.attempt("POST", path, {"other_id": self.pick(other), "kind": kind}):
                self.undo.append((agent, "DELETE", f"/api/links/{made['links'][-1]['id']}"))

        @rule(seat=who, number=which)
        def somebody_asks_a_third_party(self, seat: int, number: int) -> None:
            one = at_work.seats[seat].attempt("GET", f"/api/conversations/{self.pick(number)}")
            identity = {"kind": "email", "address": "dispatch@carrier.example", "name": "The carrier"}
            body = {
                "identity": identity,
                "channel_id": one["channel"]["id"],
                "subject": "Where is it?",
                "text": "Well?",
            }
            at_work.seats[seat].attempt("POST", f"/api/conversations/{one['id']}/side-conversations", body)

        @rule(seat=who, number=which, other=which)
        def somebody_merges_customers(self, seat: int, number: int, other: int) -> None:
            agent, path = at_work.seats[seat], f"/api/customers/{self.customer(number)}/merge"
            if made := agent.attempt("POST", path, {"other_id": self.customer(other)}):
                newest = max(one["id"] for one in made["merges"])
                self.undo.append((agent, "POST", f"/api/merges/{newest}/undo"))

        @rule(seat=who, number=which, change=st.sampled_from([{"name": "Maria G."}, {"attributes": {"plan": "Trade"}}]))
        def somebody_changes_a_customer(self, seat: int, number: int, change: dict[str, Any]) -> None:
            at_work.seats[seat].attempt("PATCH", f"/api/customers/{self.customer(number)}", change)

        @rule(seat=who, number=which, known=st.booleans())
        def somebody_says_where_a_customer_works(self, seat: int, number: int, known: bool) -> None:
            agent = at_work.seats[seat]
            companies = agent.items("/api/companies") or [agent.hub.call("POST", "/api/companies", {"name": "Aurora"})]
            body = {"company_id": companies[0]["id"] if known else None}
            agent.attempt("PUT", f"/api/customers/{self.customer(number)}/company", body)

        @rule(number=which)
        def somebody_sets_up_what_others_work_with(self, number: int) -> None:
            changes = setup.changes()
            _, change = changes[number % len(changes)]
            change()

        @rule(seat=who, availability=st.sampled_from(["available", "away"]))
        def somebody_takes_calls_or_not(self, seat: int, availability: str) -> None:
            at_work.seats[seat].attempt("PUT", "/api/me/availability", {"availability": availability})

        @rule(seat=who, number=which, at=moments)
        def somebody_wants_a_customer_called(self, seat: int, number: int, at: dict[str, str] | None) -> None:
            where = {"queue_id": at_work.lines.queue, "identity_id": self.caller(number)}
            at_work.seats[seat].attempt("POST", "/api/callbacks", {**where, "reason": "A chipped cup", "window": at})

        @rule(seat=who, number=which, change=callback_changes)
        def somebody_turns_to_a_callback(self, seat: int, number: int, change: dict[str, Any]) -> None:
            callbacks = at_work.seats[seat].items("/api/callbacks")
            if callbacks:
                path = f"/api/callbacks/{callbacks[number % len(callbacks)]['id']}"
                at_work.seats[seat].attempt("PATCH", path, change)

        @rule(number=which)
        def a_customer_calls(self, number: int) -> None:
            at_work.lines.call_us(CALLERS[number % len(CALLERS)])

        @rule(seat=who, number=which)
        def somebody_calls_a_customer(self, seat: int, number: int) -> None:
            body = {"channel_id": at_work.lines.channel, "identity_id": self.caller(number)}
            at_work.seats[seat].attempt("POST", "/api/calls", body)

        @rule(seat=who, number=which, step=st.sampled_from(["hold", "resume", "transfer", "hang-up", "note", "after"]))
        def somebody_turns_to_a_call(self, seat: int, number: int, step: str) -> None:
            agent, calls = at_work.seats[seat], at_work.seats[seat].items("/api/calls")
            if not calls:
                return
            path = f"/api/calls/{calls[number % len(calls)]['id']}"
            if step in ("note", "after"):
                said = {"disposition": "Solved"} if step == "note" else {"wrapped_up": True}
                agent.attempt("PATCH", path, {"notes": "Two cups.", **said})
            else:
                to = {"agent_id": at_work.agents[number % len(at_work.agents)]} if step == "transfer" else None
                agent.attempt("POST", f"{path}/{step}", to)

        @rule()
        def somebody_undoes(self) -> None:
            if self.undo:
                seat, method, path = self.undo.pop()
                seat.attempt(method, path)

        @rule(offline=st.booleans())
        def the_network_goes_and_comes(self, offline: bool) -> None:
            self.page(0).context.set_offline(offline)

        @rule()
        def the_network_is_away_for_very_long(self) -> None:
            page = self.page(0)
            self.forgotten = True
            page.evaluate("globalThis.$forget = true")
            page.context.set_offline(True)

        def teardown(self) -> None:
            page = self.page(0)
            page.context.set_offline(False)
            at_work.lines.hush()
            until(lambda: page.evaluate(_LIVE), "the line is up again")
            if self.forgotten:  # what was not on the page is read when somebody goes there
                at_work.open_all(at_work.seats[0], again=True)
            at_work.agree()

    return Shift


def test_what_one_sets_up_is_on_every_page(at_work: Office, setup: Setup) -> None:
    for part, change in (*setup.changes(), *setup.ends()):
        change()
        at_work.agree(*part.split())
    setup.begin_again()
    at_work.agree("views", "channels")


def test_who_takes_calls_and_who_waits_for_one_is_on_every_page(at_work: Office) -> None:
    lena, cem, lines = at_work.seats[0].hub, at_work.seats[2].hub, at_work.lines
    caller, other = at_work.customers[0], at_work.customers[2]
    cem.call("PUT", "/api/me/availability", {"availability": "available"})
    at_work.agree("availability", "queues")
    asked = {"queue_id": lines.queue, "identity_id": lines.identities[0], "window": window_tomorrow(hours=2)}
    one = cem.call("POST", "/api/callbacks", asked)
    at_work.agree("callbacks", "queues")
    cem.call("POST", "/api/callbacks", {**asked, "identity_id": lines.identities[1], "priority": 1})
    at_work.agree("callbacks", "queues")
    cem.call("PATCH", f"/api/callbacks/{one['id']}", {"window": window_tomorrow(hours=3), "priority": 2})
    at_work.agree("callbacks")
    cem.call("PATCH", f"/api/customers/{caller}", {"name": "Olga Orlova"})
    at_work.agree("callbacks")
    merges = cem.call("POST", f"/api/customers/{other}/merge", {"other_id": caller})["merges"]
    at_work.agree("callbacks")
    cem.call("POST", f"/api/merges/{max(each['id'] for each in merges)}/undo")
    at_work.agree("callbacks", "customers")
    cem.call("POST", "/api/calls", {"channel_id": lines.channel, "identity_id": lines.identities[0]})
    until(lambda: [it for it in lena.call("GET", "/api/calls")["items"] if it["state"] == "talking"], "they talk")
    at_work.agree("calls", "availability")
    cem.call("PATCH", f"/api/customers/{caller}", {"name": "Olga"})
    at_work.agree("calls")
    lines.hush()
    at_work.agree("calls", "availability", "queues", "timelines")
    cem.call("PATCH", f"/api/callbacks/{one['id']}", {"state": "canceled"})
    at_work.agree("callbacks", "queues")


def test_who_or_what_has_another_name_has_it_everywhere(at_work: Office) -> None:
    lena, cem = at_work.seats[0].hub, at_work.seats[2].hub
    one = at_work.conversations[0]
    cem.call("POST", f"/api/conversations/{one}/notes", {"text": "Looked at by Cem."})
    channel = cem.call("GET", f"/api/conversations/{one}")["channel"]["id"]
    at_work.agree("timelines")
    lena.call("PATCH", f"/api/agents/{cem.call('GET', '/api/session')['agent']['id']}", {"name": "Cem Özdemir"})
    lena.call("PATCH", f"/api/channels/{channel}", {"name": "Letters"})
    at_work.agree("agents", "channels", "lists")
    for seat in at_work.seats[:2]:  # what is not on the page is read when somebody goes there
        at_work.open_all(seat, again=True)
    at_work.agree()


def test_snapshot_and_events_are_what_a_fresh_fetch_gives(at_work: Office, setup: Setup) -> None:
    run_state_machine_as_test(
        machine(at_work, setup),
        settings=settings(
            max_examples=4,
            stateful_step_count=20,
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
        if (!String(given[0]).endsWith("/conversations/find")) return send(...given);
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


def test_a_list_that_is_read_anew_keeps_what_an_event_brought_meanwhile(at_work: Office) -> None:
    page = at_work.seats[1].page
    assert page is not None
    assert page.evaluate(_OVERTAKEN) is True


_GONE = """
() => {
    const { Gone } = $hub["js/state/gone.js"], gone = new Gone(), held = new Map([[7, { id: 7, version: 5 }]]);
    for (let id = 1; id <= 300; id += 1) gone.add({ id, version: 3 });
    return [[300, 2], [300, 3], [1, 2], [7, 4], [7, 5]].map(([id, version]) => gone.isOld({ id, version }, held));
}
"""


def test_an_older_answer_brings_nothing_back_and_what_is_long_gone_is_forgotten(at_work: Office) -> None:
    page = at_work.seats[1].page
    assert page is not None
    assert page.evaluate(_GONE) == [True, False, False, True, False]


_OVERTAKEN_DRAFT = """
async () => {
    const { changeDraft, draftChanged, draftOf } = $hub["js/state/drafts.js"];
    const { listOf } = $hub["js/state/lists.js"];
    const filter = { all: [{ field: "state", op: "is", value: "open" }] };
    const list = listOf({ view: null, filter, sort: "activity" });
    await list.reload();
    const id = list.ids.peek()[0], theirs = { ...draftOf(id), mode: "reply", text: "theirs" };
    const send = window.fetch;
    const saved = new Promise(done => {
        window.fetch = async (...given) => {
            const answer = await send(...given);
            if (!String(given[0]).endsWith(`/${id}/draft`)) return answer;
            const { version } = await answer.clone().json();
            draftChanged(id, { conversation_id: id, version: version + 1, content: theirs, attachments: [] });
            setTimeout(done, 100);
            return answer;  // of what was saved before
        };
    });
    changeDraft(id, { text: "mine" });
    await saved;
    window.fetch = send;
    const { text } = draftOf(id);
    changeDraft(id, { text: "" });
    return text;
}
"""


def test_what_another_device_wrote_while_a_draft_was_saved_here_is_not_lost(at_work: Office) -> None:
    page = at_work.seats[1].page
    assert page is not None
    assert page.evaluate(_OVERTAKEN_DRAFT) == "theirs"
