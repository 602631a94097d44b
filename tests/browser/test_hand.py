"""Speed of hand: the palette, keys, alerts of the device, the time zone."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import requests
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import NewPage, findings
from tests.browser.test_pages import conversation, settle
from tests.hub_process import HubProcess, until

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(400)]

# What the page tells the system, kept where the test can read it: a headless browser shows nothing.
LISTEN = """
window.heard = [];
window.Notification = class { constructor(title, options) { heard.push([title, options.body]); }
  static permission = "granted"; static requestPermission() { return Promise.resolve("granted"); } close() {} };
"""


def opened(page: Page) -> Page:
    expect(page.locator(".rail-me")).to_be_visible()
    page.keyboard.press("Control+k")
    expect(page.locator("dialog[open] [role=combobox]")).to_be_focused()
    return page


def test_the_palette_runs_what_is_typed(new_page: NewPage, hub: HubProcess) -> None:
    page = new_page(conversation(hub, "Missing crate"))
    expect(page.locator(".destination")).to_contain_text("@")
    opened(page).keyboard.type("internal")
    expect(page.locator("dialog[open] [role=option]").first).to_contain_text("Internal note")
    settle(page)
    assert findings(page) == []
    page.keyboard.press("Enter")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator("form.composer-form textarea")).to_be_focused()
    expect(page.locator(".composer.as-note")).to_be_visible()


def test_every_button_of_the_page_is_pressed_by_its_name(new_page: NewPage, hub: HubProcess) -> None:
    page = new_page(conversation(hub, "Missing crate") + "?side=customer")
    expect(page.locator(".destination")).to_contain_text("@")
    expect(page.locator(".identity").first).to_be_visible()

    def press(typed: str, name: str) -> None:
        opened(page).keyboard.type(typed)
        expect(page.locator('dialog[open] [role=option][aria-selected="true"]')).to_contain_text(name)
        page.keyboard.press("Enter")
        expect(page.locator("dialog[open]")).to_have_count(0 if name != "Merge with" else 1)

    press("rename", "Rename")
    expect(page.locator(".pane-customer form input")).to_be_focused()
    page.keyboard.press("Escape")
    press("subject", "Subject")
    expect(page.locator(".composer-line", has_text="Subject").locator("input")).to_be_visible()
    press("what the timeline", "What the timeline shows")
    press("kind", "Kind")
    expect(page.get_by_role("menu", name="Kind")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("textbox", name=re.compile("^Write to")).fill("On Monday.")
    press("send later", "Send later")
    expect(page.locator(":popover-open:not(.tooltip)")).to_be_visible()
    page.keyboard.press("Escape")
    press("merge with", "Merge with")
    page.keyboard.press("Escape")
    with page.expect_file_chooser():
        press("attach", "Attach")


def test_the_palette_remembers_what_was_used_last(new_page: NewPage, hub: HubProcess) -> None:
    page = new_page("/")
    expect(page.locator(".conversation-row").first).to_be_visible()
    opened(page).keyboard.type("quarantine")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/admin/quarantine"))
    opened(page)
    expect(page.locator("dialog[open] [role=option]").first).to_contain_text("Quarantine")


def test_the_palette_finds_a_customer_by_name(new_page: NewPage, hub: HubProcess) -> None:
    name = next(one["customer"]["name"] for one in hub.conversations() if one["customer"]["name"])
    page = new_page("/")
    expect(page.locator(".conversation-row").first).to_be_visible()
    opened(page).keyboard.type(name[:6])
    person = page.locator("dialog[open] [role=option]").filter(has_text=name).first
    expect(person).to_be_visible()
    person.click()
    expect(page.locator(".timeline-title h1")).to_have_text(name)


def test_arrows_choose_and_escape_gives_the_focus_back(new_page: NewPage, hub: HubProcess) -> None:
    page = new_page(conversation(hub, "Missing crate"))
    expect(page.locator(".destination")).to_contain_text("@")
    expect(page.locator(".tab-count").first).to_be_visible()  # each view has a line of its own
    page.locator("form.composer-form [contenteditable]").focus()
    opened(page).keyboard.press("ArrowDown")
    expect(page.locator("dialog[open] [role=option]").nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("dialog[open] [role=option]").last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.locator("form.composer-form [contenteditable]")).to_be_focused()


def test_the_overview_lists_the_keys_of_what_the_page_offers(new_page: NewPage, hub: HubProcess) -> None:
    page = new_page(conversation(hub, "Missing crate"))
    expect(page.locator(".destination")).to_contain_text("@")
    page.keyboard.press("?")
    sheet = page.locator("dialog[open]")
    for line in ("Next conversation", "Internal note", "Resolve", "Commands, buttons, pages and customers by name"):
        expect(sheet.get_by_text(line, exact=True)).to_be_visible()


def test_escape_closes_what_is_open_above_the_page_and_not_the_conversation(new_page: NewPage, hub: HubProcess) -> None:
    path = conversation(hub, "Missing crate")
    page = new_page(path)
    expect(page.locator(".destination")).to_contain_text("@")
    page.keyboard.press("a")
    expect(page.locator(":popover-open:not(.tooltip)")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(":popover-open:not(.tooltip)")).to_have_count(0)
    assert page.url.endswith(path)
    page.keyboard.press("f")
    expect(page.locator(".filter-bar")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator(".filter-bar")).to_have_count(0)
    assert page.url.endswith(path)


def test_what_is_closed_and_opened_again_at_once_stays_open(new_page: NewPage, hub: HubProcess) -> None:
    page = new_page(conversation(hub, "Missing crate"))
    expect(page.locator(".destination")).to_contain_text("@")
    page.keyboard.press("l")
    expect(page.locator(".menu:popover-open")).to_be_visible()
    # the browser tells of the closing in a task of its own, which comes after the next key where the machine is busy
    page.evaluate("""async () => {
        document.querySelector(".menu:popover-open").hidePopover();
        for (let turn = 0; turn < 20; turn += 1) await null;
        document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "l", bubbles: true}));
        await new Promise(done => setTimeout(done, 100));
    }""")
    expect(page.locator(".menu:popover-open input")).to_be_focused()
    page.keyboard.press("Escape")


@pytest.mark.parametrize(
    ("typed", "field"),
    [("fre", ".filter-menu input"), ("rre", "form.composer-form [contenteditable]"), ("cre", "dialog[open] input")],
)
def test_what_is_typed_before_its_field_has_come_is_no_command(
    new_page: NewPage, hub: HubProcess, typed: str, field: str
) -> None:
    path = conversation(hub, "Missing crate")
    hub.call("DELETE", f"/api{path}/draft")
    page = new_page("/healthz")
    on_its_way: list[Route] = []
    page.route("**/js/pages/soon.js*", lambda route: on_its_way.append(route))  # noqa: PLW0108  # Playwright marks it
    page.goto(hub.address + path)
    expect(page.locator(".conversation-row").first).to_be_visible()
    page.keyboard.type(typed)
    until(lambda: page.evaluate("true") and on_its_way, "what draws the field is asked for")
    on_its_way[0].continue_()
    letters = "el => el.value ?? el.textContent"
    expect(page.locator(field).first).to_be_focused()
    until(lambda: page.locator(field).first.evaluate(letters) == "re", "it has what was typed")


def test_the_focus_is_never_on_nothing(new_page: NewPage, hub: HubProcess) -> None:
    found = hub.conversations()[0]
    page = new_page(f"/conversations/{found['id']}")
    expect(page.locator(".destination")).to_contain_text("@")
    page.keyboard.press("r")
    page.keyboard.press("Escape")
    expect(page.locator(".timeline-scroll")).to_be_focused()
    page.locator(".resolve-button").focus()
    page.keyboard.press("Enter")
    expect(page.locator('.conversation-row[aria-current="true"]')).to_be_focused()
    undo = page.locator(".toast").last.get_by_role("button", name="Undo")
    undo.focus()
    page.keyboard.press("Enter")
    expect(undo).to_have_count(0)
    expect(page.locator("body")).not_to_be_focused()
    until(lambda: hub.call("GET", f"/api/conversations/{found['id']}")["state"] == "open", "it is open again")


def test_after_a_note_the_next_words_are_a_note_too(new_page: NewPage, hub: HubProcess) -> None:
    page = new_page(conversation(hub, "Missing crate"))
    expect(page.locator(".destination")).to_contain_text("@")
    page.keyboard.press("n")
    page.keyboard.type("The depot has it")
    page.keyboard.press("Control+Enter")
    expect(page.locator("article.entry", has_text="The depot has it")).to_be_visible()
    expect(page.locator(".composer.as-note textarea")).to_be_focused()
    expect(page.locator(".composer.as-note textarea")).to_have_value("")


@pytest.fixture
def mine(hub: HubProcess) -> dict[str, object]:
    """An open conversation of the administrator's, whoever has looked at it."""
    me = hub.call("GET", "/api/session")["agent"]["id"]
    found = hub.conversations()[0]
    hub.call("PATCH", f"/api/conversations/{found['id']}", {"assignee_id": me})
    return found


@pytest.fixture(scope="module")
def ben(hub: HubProcess) -> HubProcess:
    return hub.colleague("Ben Brandt", "ben@acme.test")


def assign_again(hub: HubProcess, found: dict[str, object]) -> None:
    """By somebody else, here a program: what one does oneself is no news."""
    me = hub.call("GET", "/api/session")["agent"]["id"]
    wanted = {"kind": "service", "name": "Router", "scopes": ["conversations:write"]}
    bearer = {"Authorization": f"Bearer {hub.call('POST', '/api/tokens', wanted)['token']}"}
    for assignee in (None, me):
        address = f"{hub.address}/api/conversations/{found['id']}"
        requests.patch(address, json={"assignee_id": assignee}, headers=bearer, timeout=30).raise_for_status()


def alerting(new_page: NewPage, alerts: str) -> Page:
    """A page whose line is up, and which knows the tasks of its agent."""
    heard: list[str] = []
    page = new_page("/healthz")
    page.on("websocket", lambda line: line.on("framereceived", lambda frame: heard.append(str(frame))))
    page.add_init_script(LISTEN)
    page.evaluate(f"localStorage.setItem('alerts', JSON.stringify({alerts}))")
    with page.expect_response(lambda answer: "/api/tasks?" in answer.url and "assignee=me" in answer.url):
        page.goto(re.sub("/healthz$", "/admin/channels", page.url))
    until(lambda: page.evaluate("window.heard") == [] and any("welcome" in one for one in heard), "the page listens")
    return page


def test_what_is_given_to_an_agent_calls_them(
    new_page: NewPage, hub: HubProcess, ben: HubProcess, mine: dict[str, object]
) -> None:
    page = alerting(new_page, "{desktop: true, sound: true}")
    assign_again(hub, mine)
    until(lambda: page.evaluate("heard.length"), "the device is told")
    (told,) = page.evaluate("heard")
    assert "is yours now" in told[0]
    ben.call("POST", f"/api/conversations/{mine['id']}/notes", {"text": "The carrier called."})
    until(lambda: page.evaluate("heard.length") == 2, "the device is told of a colleague's note")
    assert page.evaluate("heard[1][0]").startswith("Ben Brandt wrote a note about ")


def test_in_quiet_hours_nothing_is_said(new_page: NewPage, hub: HubProcess, mine: dict[str, object]) -> None:
    quiet = alerting(new_page, "{desktop: true, sound: true, quiet: true, from: '00:00', until: '00:00'}")
    loud = alerting(new_page, "{desktop: true, sound: false}")
    assign_again(hub, mine)
    until(lambda: loud.evaluate("heard.length"), "the other device is told")
    assert quiet.evaluate("heard") == []


def test_a_task_that_falls_due_calls_its_agent_and_is_done_on_the_page_of_all(
    new_page: NewPage, hub: HubProcess, ben: HubProcess, mine: dict[str, object]
) -> None:
    page = alerting(new_page, "{desktop: true, sound: true}")
    me = hub.call("GET", "/api/session")["agent"]["id"]
    task = {"text": "Ask the carrier", "conversation_id": mine["id"], "assignee_id": me}
    hub.call("POST", "/api/tasks", {**task, "due_at": "2020-01-01T09:00:00Z"})
    hub.call("POST", "/api/tasks", {**task, "text": "Send a card"})
    given = ben.call("POST", "/api/tasks", {**task, "text": "Check the stock"})
    until(lambda: page.evaluate("heard.length") == 2, "the device is told")
    told = page.evaluate("heard.map(([title]) => title)")
    assert sorted(told) == ["A task for you: Check the stock", "Due now: Ask the carrier"]
    ben.call("DELETE", f"/api/tasks/{given['id']}")
    expect(page.locator(".rail-item[href='/tasks'] .rail-count")).to_have_text("1")
    page.keyboard.press("y")
    expect(page).to_have_url(f"{hub.address}/tasks")
    expect(page.get_by_role("heading", level=2)).to_have_text([re.compile("Overdue"), re.compile("Without a date")])
    settle(page)
    assert findings(page) == []
    expect(page.get_by_role("checkbox", name="Done: Ask the carrier")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", level=2)).to_have_count(1)
    expect(page.get_by_role("checkbox", name="Done: Send a card")).to_be_focused()
    expect(page.locator(".rail-item[href='/tasks'] .rail-count")).to_have_count(0)
    page.get_by_role("button", name="Show what is done").click()
    expect(page.get_by_role("checkbox", name="Done: Ask the carrier")).to_be_checked()
    page.locator(".task-whose").first.click()
    expect(page).to_have_url(f"{hub.address}/conversations/{mine['id']}")


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/New_York", ""])
def test_times_are_shown_in_the_chosen_zone(new_page: NewPage, hub: HubProcess, zone: str) -> None:
    page = new_page(conversation(hub, "Missing crate"), timezone_id="UTC")
    page.locator(".rail-me").click()
    page.get_by_role("menuitem", name="Your settings").click()
    page.get_by_label("Time zone").select_option(zone)
    page.locator("dialog[open]").get_by_role("button", name="Cancel").click()
    there = ZoneInfo(zone or "UTC")

    def every_time_is_of_the_zone() -> bool:
        times = page.locator("article.entry time[datetime]").evaluate_all(
            "all => all.map((time) => [time.dateTime, time.dataset.tip])"
        )
        told = [f"{datetime.fromisoformat(at).astimezone(there):%H:%M:%S}" in tip for at, tip in times]
        return bool(told) and all(told)

    until(every_time_is_of_the_zone, f"times of {there}", 15)
