"""Queues in a real browser: views and their counts, filters that are kept, many conversations at once, and the head of
the timeline; by keyboard, live in two windows, and for everybody."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPage, findings
from tests.browser.test_pages import photograph, settle, sticks_out
from tests.hub_process import HubProcess, until

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(400)]
OVER = "dialog[open], :popover-open:not(.tooltip)"


@pytest.fixture(scope="module")
def desk(hub: HubProcess) -> dict[str, Any]:
    """Labels, a team and fields, as an administrator has set them up; the conversations plain."""
    me = hub.call("GET", "/api/session")["agent"]["id"]
    until(lambda: any(one["label_ids"] for one in hub.conversations()), "the demo has labels")
    for at, name in enumerate(["Complaint", "Delivery damaged in transit by the carrier", "VIP"]):
        hub.call("POST", "/api/labels", {"name": name, "tint": at + 1})
    labels = {one["name"]: one["id"] for one in hub.call("GET", "/api/labels")["items"]}
    team = hub.call("POST", "/api/teams", {"name": "Returns", "member_ids": [me]})["id"]
    choice = {"key": "reason", "label": "Reason", "type": "choice", "choices": ["Damage", "Delay"]}
    hub.call("POST", "/api/fields", {"noun": "conversation", **choice})
    plain(hub)
    return {"me": me, "labels": labels, "team": team}


def plain(hub: HubProcess) -> None:
    """Every conversation open and without properties, no view but the built-in ones."""
    for view in ("resolved", "snoozed", "open"):
        for one in hub.conversations(view):
            changes: dict[str, Any] = {"assignee_id": None, "priority": "normal", "team_id": None}
            if one["state"] == "resolved":
                changes["state"] = "open"
            if one["snoozed"]:
                changes["snooze"] = None
            if one["label_ids"]:
                changes["label_ids_remove"] = one["label_ids"]
            if one["fields"]:
                changes["fields"] = dict.fromkeys(one["fields"])
            hub.call("PATCH", f"/api/conversations/{one['id']}", changes)
    for saved in hub.call("GET", "/api/views")["items"]:
        if re.match(r"v\d", saved["id"]):
            hub.call("DELETE", f"/api/views/{saved['id']}")


@pytest.fixture
def put_back(hub: HubProcess) -> Iterator[None]:
    """The conversations as they were, for the next test."""
    yield
    plain(hub)


def now(hub: HubProcess, conversation: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = hub.call("GET", f"/api/conversations/{conversation['id']}")
    return found


def row(page: Page, conversation: dict[str, Any]) -> Locator:
    return page.locator(f'[data-row="{conversation["id"]}"]')


def opened(new_page: NewPage, conversation: dict[str, Any], **options: Any) -> Page:
    page = new_page(f"/conversations/{conversation['id']}", **options)
    expect(page.locator(".destination")).to_contain_text("@")
    expect(page.locator('.properties [data-tip-keys="T"]')).to_be_visible()  # as soon as teams and labels are known
    return page


def close(page: Page) -> None:
    page.keyboard.press("Escape")
    expect(page.locator(OVER)).to_have_count(0)


@pytest.mark.usefixtures("put_back")
def test_the_views_count_what_is_in_them_as_it_changes(
    new_page: NewPage, hub: HubProcess, desk: dict[str, Any]
) -> None:
    page = new_page()
    expect(page.locator("[data-row]").first).to_be_visible()
    tab = page.get_by_role("tab", name=re.compile("^Unassigned"))
    before = len(hub.conversations("unassigned"))
    expect(tab.locator(".tab-count")).to_have_text(str(before))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/api/views") else None)
    other = hub.conversations("unassigned")[1]
    began = time.monotonic()
    for at in range(12):  # on a busy day there is always a change
        hub.call("PATCH", f"/api/conversations/{other['id']}", {"priority": ("high", "low")[at % 2]})
        page.wait_for_timeout(200)
    assert len(asked) <= 1 + (time.monotonic() - began) // 5
    taken = hub.conversations("unassigned")[0]
    hub.call("PATCH", f"/api/conversations/{taken['id']}", {"assignee_id": desk["me"], "team_id": desk["team"]})
    expect(tab.locator(".tab-count")).to_have_text(str(before - 1))
    expect(page.get_by_role("tab", name=re.compile("^Mine"))).to_contain_text("1")
    page.keyboard.press("v")
    team = page.get_by_role("group", name="Teams").get_by_role("button", name="Returns")
    expect(team.locator(".view-count")).to_have_text("1")
    team.click()
    expect(page.locator("[data-row]")).to_have_count(1)
    expect(row(page, taken)).to_be_visible()


@pytest.mark.usefixtures("put_back")
def test_a_filter_made_by_keyboard_is_kept_as_a_view_and_shared(
    new_page: NewPage, hub: HubProcess, desk: dict[str, Any]
) -> None:
    wanted, other = hub.conversations()[:2]
    hub.call("PATCH", f"/api/conversations/{wanted['id']}", {"priority": "urgent"})
    page = new_page()
    expect(row(page, wanted)).to_be_visible()
    page.keyboard.press("f")
    expect(page.get_by_role("textbox", name="Find a field")).to_be_focused()
    page.keyboard.type("prior")
    page.keyboard.press("Enter")
    urgent = page.get_by_role("menuitemcheckbox", name="Urgent")
    expect(urgent).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-row]")).to_have_count(1)
    page.keyboard.press("Escape")
    hub.call("PATCH", f"/api/conversations/{other['id']}", {"priority": "urgent"})
    expect(page.locator("[data-row]")).to_have_count(2)  # what comes to fit appears by itself

    page.get_by_role("button", name="Save as a view").click()
    page.keyboard.type("Burning")
    page.get_by_label("Share with everybody").check()
    page.keyboard.press("Enter")
    expect(page.get_by_role("tab", name=re.compile("^Burning"))).to_have_attribute("aria-selected", "true")
    page.reload()
    expect(page.get_by_role("tab", name=re.compile("^Burning"))).to_contain_text("2")
    expect(page.locator("[data-row]")).to_have_count(2)

    page.keyboard.press("v")
    page.get_by_role("button", name="Actions for Burning").click()
    page.get_by_role("menuitem", name="Edit view").click()
    page.get_by_label("Name").fill("On fire, and ours to put out before noon")
    page.keyboard.press("Enter")
    expect(page.get_by_role("tab", name=re.compile("^On fire"))).to_be_visible()
    tabs = page.get_by_role("tab").evaluate_all(
        "all => all.map(it => [it.getBoundingClientRect().left, it.getBoundingClientRect().right])"
    )
    assert all(one[1] <= other[0] for one, other in pairwise(tabs)), tabs

    def renamed() -> bool:
        (view,) = [one for one in hub.call("GET", "/api/views")["items"] if one["owner_id"] == desk["me"]]
        return (view["name"], view["shared"]) == ("On fire, and ours to put out before noon", True)

    until(renamed, "the new name is kept")


@pytest.mark.usefixtures("desk")
def test_a_filter_by_a_day_of_the_calendar(new_page: NewPage) -> None:
    page = new_page("/", timezone_id="America/New_York")
    expect(page.locator(".conversation-row").first).to_be_visible()
    page.keyboard.press("f")
    expect(page.locator(":popover-open input")).to_be_focused()
    page.keyboard.type("begun")
    page.keyboard.press("Enter")
    page.locator("[data-item]", has_text="A day").click()
    page.get_by_role("textbox", name="Day").fill("2020-02-29")
    begins = "2020-02-29T05:00"  # that day, where the agent is
    with page.expect_request(lambda one: begins in (one.post_data or "")):
        page.keyboard.press("Enter")
    expect(page.locator(".filter-bar")).to_contain_text("29 Feb 2020")
    expect(page.locator(".filter-bar :focus")).to_have_count(1)
    page.locator(".filter-bar").get_by_role("button", name="Reset").click()


@pytest.mark.usefixtures("put_back")
def test_views_are_put_in_another_order_by_keyboard(new_page: NewPage, hub: HubProcess, desk: dict[str, Any]) -> None:
    for name in ("First", "Second", "Third"):
        body = {"name": name, "icon": "star", "shared": False, "sort": "activity"}
        asked = {"all": [{"field": "label", "op": "is", "value": [desk["labels"]["VIP"]]}]}
        hub.call("POST", "/api/views", {**body, "filter": asked})
    page = new_page()
    expect(page.locator("[data-row]").first).to_be_visible()
    page.keyboard.press("v")
    mine = page.get_by_role("group", name="My views")
    expect(mine.locator(".view-name")).to_have_text(["First", "Second", "Third"])
    expect(page.locator("[data-view][aria-current]")).to_be_focused()
    mine.get_by_role("button", name="Third").first.focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(mine.locator(".view-name")).to_have_text(["First", "Third", "Second"])
    page.keyboard.press("Alt+ArrowUp")
    expect(mine.locator(".view-name")).to_have_text(["Third", "First", "Second"])

    def kept() -> bool:
        saved = [one for one in hub.call("GET", "/api/views")["items"] if one["owner_id"] == desk["me"]]
        return [one["name"] for one in sorted(saved, key=lambda one: one["position"])] == ["Third", "First", "Second"]

    until(kept, "the order is kept")


@pytest.mark.usefixtures("put_back")
def test_many_are_resolved_at_once_and_all_come_back_by_undo(
    new_page: NewPage, hub: HubProcess, desk: dict[str, Any]
) -> None:
    before = hub.conversations()
    chosen = before[1:4]
    page = new_page()
    row(page, before[0]).locator("a").click()
    page.keyboard.press("j")
    expect(row(page, chosen[0]).locator("a")).to_be_focused()
    page.keyboard.press("x")
    expect(page.locator(".bulk-bar")).to_contain_text("1 selected")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator(".bulk-bar")).to_contain_text("3 selected")
    page.keyboard.press("e")
    for one in chosen:
        expect(row(page, one)).to_have_count(0)
    toast = page.locator(".toast", has_text="Changed 3 conversations")
    expect(toast).to_be_visible()
    until(lambda: {now(hub, one)["state"] for one in chosen} == {"resolved"}, "all are resolved")
    assert now(hub, before[0])["state"] == "open"
    toast.get_by_role("button", name="Undo").click()
    expect(page.locator(".toast", has_text="Everything is as it was")).to_be_visible()
    for one in chosen:
        expect(row(page, one)).to_be_visible()
    until(lambda: {now(hub, one)["state"] for one in chosen} == {"open"}, "all are open again")


@pytest.mark.usefixtures("put_back")
def test_what_is_ticked_by_mouse_gets_a_label_and_all_of_a_view_a_priority(
    new_page: NewPage, hub: HubProcess, desk: dict[str, Any]
) -> None:
    page = new_page()
    first, _, third, *_ = hub.conversations()
    row(page, first).hover()
    row(page, first).get_by_role("checkbox").click()
    row(page, third).get_by_role("checkbox").click(modifiers=["Shift"])
    expect(page.locator(".bulk-bar")).to_contain_text("3 selected")
    page.keyboard.press("l")
    page.keyboard.type("refu")
    expect(page.locator("[data-item]").first).to_have_text("Refund")
    page.keyboard.press("Enter")
    expect(page.locator(".toast", has_text="Changed 3 conversations")).to_be_visible()
    expect(row(page, third).locator(".label-pill")).to_have_text("Refund")
    assert now(hub, third)["label_ids"] == [desk["labels"]["Refund"]]

    page.get_by_role("checkbox", name="Select all that are loaded").click()
    page.keyboard.press("p")
    page.get_by_role("menuitem", name="High").click()
    expect(page.locator(".toast", has_text=re.compile(r"Changed \d+ conversations")).last).to_be_visible()
    until(lambda: {one["priority"] for one in hub.conversations()} == {"high"}, "all have the priority")


@pytest.mark.usefixtures("put_back")
def test_the_properties_of_a_conversation_are_set_by_keyboard(
    new_page: NewPage, hub: HubProcess, desk: dict[str, Any]
) -> None:
    conversation = hub.conversations()[0]
    page = opened(new_page, conversation)
    page.keyboard.press("p")
    page.keyboard.type("u")
    page.keyboard.press("Enter")
    expect(page.locator(".properties")).to_contain_text("Urgent")
    page.keyboard.press("l")
    page.keyboard.type("vip")
    expect(page.locator("[data-item]").first).to_have_text("VIP")
    page.keyboard.press("Enter")
    close(page)
    page.keyboard.press("l")
    page.keyboard.type("Brand new")
    page.keyboard.press("Enter")
    expect(page.locator(".properties .label-pill")).to_have_text(["Brand new", "VIP"])
    expect(page.locator(OVER)).to_have_count(0)
    page.keyboard.press("t")
    page.keyboard.type("r")
    page.keyboard.press("Enter")
    expect(page.locator(".properties")).to_contain_text("Returns")
    page.keyboard.press("w")
    expect(page.get_by_role("button", name=re.compile("^Follow"))).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Fields").click()
    page.get_by_label("Order number").fill("A-1001")
    page.keyboard.press("Tab")
    page.get_by_label("Reason").select_option("Delay")

    def stored() -> bool:
        held = now(hub, conversation)
        return (
            (held["priority"], held["team_id"]) == ("urgent", desk["team"])
            and desk["labels"]["VIP"] in held["label_ids"]
            and held["follower_ids"] == [desk["me"]]
            and held["fields"] == {"order_number": "A-1001", "reason": "Delay"}
        )

    until(stored, "all of it is stored")
    expect(page.get_by_role("button", name=re.compile("changes"))).to_have_count(1)
    page.get_by_role("button", name=re.compile("changes")).click()
    expect(page.locator(".event", has_text="Reason to Delay").last).to_be_visible()
    expect(page.locator(".event", has_text="the priority to Urgent").last).to_be_visible()
    hub.call("PATCH", f"/api/conversations/{conversation['id']}", {"follow": False})


@pytest.mark.usefixtures("put_back")
def test_a_snoozed_conversation_leaves_the_queue_and_is_woken(
    new_page: NewPage, hub: HubProcess, desk: dict[str, Any]
) -> None:
    first, second, third, *_ = hub.conversations()
    page = opened(new_page, first)
    page.keyboard.press("s")
    page.get_by_role("menuitem", name="Until the customer writes").click()
    expect(row(page, first)).to_have_count(0)
    expect(page).to_have_url(re.compile(f"/conversations/{second['id']}$"))  # on to the next one
    until(lambda: now(hub, first)["snoozed"] == {"until": None}, "it sleeps until the customer writes")

    page.keyboard.press("s")
    page.get_by_role("menuitem", name="Tomorrow").click()
    expect(page).to_have_url(re.compile(f"/conversations/{third['id']}$"))
    until(lambda: (now(hub, second)["snoozed"] or {}).get("until"), "it sleeps until tomorrow")
    page.keyboard.press("s")
    page.get_by_role("menuitem", name="Choose date and time").click()
    page.get_by_label("Date and time").fill("2031-05-06T07:30")
    page.keyboard.press("Enter")
    expect(row(page, third)).to_have_count(0)
    until(lambda: (now(hub, third)["snoozed"] or {}).get("until", "").startswith("2031-05-06"), "it sleeps until then")

    expect(page.locator(".tab-count").first).to_be_visible()  # the views are read
    page.keyboard.press("5")
    expect(page.locator("[data-row]")).to_have_count(3)
    row(page, first).locator("a").click()
    page.keyboard.press("s")
    page.get_by_role("menuitem", name="Wake now").click()
    expect(row(page, first)).to_have_count(0)
    until(lambda: now(hub, first)["snoozed"] is None, "it is awake")


@pytest.mark.usefixtures("put_back")
def test_a_refused_change_is_put_back_and_said(new_page: NewPage, hub: HubProcess, desk: dict[str, Any]) -> None:
    conversation = hub.conversations()[0]
    page = opened(new_page, conversation)
    page.route(
        "**/api/conversations/*", lambda route: route.fulfill(status=409, json={"title": "No.", "detail": "Not now."})
    )
    page.keyboard.press("p")
    page.get_by_role("menuitemradio", name="Low").click()
    expect(page.locator(".toast.danger")).to_contain_text("Not now.")
    expect(page.locator(".properties")).to_contain_text("Normal")


def test_what_an_administrator_sets_up_is_there_for_everybody_at_once(
    new_page: NewPage, hub: HubProcess, desk: dict[str, Any]
) -> None:
    agent = opened(new_page, hub.conversations()[0])
    page = new_page("/admin/labels")
    page.get_by_role("button", name="Add label").click()
    page.get_by_label("Name").fill("Warranty")
    page.get_by_label("Violet").check(force=True)
    page.keyboard.press("Enter")
    expect(page.locator(".agent-row", has_text="Warranty")).to_be_visible()
    agent.keyboard.press("l")
    expect(agent.get_by_role("menuitemcheckbox", name="Warranty")).to_be_visible()
    page.get_by_role("button", name="Actions for Warranty").click()
    page.get_by_role("menuitem", name="Archive label").click()
    expect(agent.get_by_role("menuitemcheckbox", name="Warranty")).to_have_count(0)

    page.goto(f"{hub.address}/admin/teams")
    page.get_by_role("button", name="Add team").click()
    page.get_by_label("Name").fill("Wholesale")
    page.get_by_role("checkbox", name=re.compile("Lena")).check()
    page.keyboard.press("Enter")
    expect(page.locator(".agent-row", has_text="Wholesale")).to_contain_text("Lena Hoffmann")
    close(agent)
    agent.keyboard.press("v")
    expect(agent.get_by_role("button", name="Wholesale")).to_be_visible()

    page.goto(f"{hub.address}/admin/fields")
    page.get_by_role("button", name="Add field").click()
    page.get_by_label("Name").fill("Contract")
    page.get_by_label("Belongs to").select_option("customer")
    page.get_by_label("Type").select_option("choice")
    page.get_by_label("Choices").fill("Basic\nPlus")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".agent-row", has_text="Contract")).to_contain_text("Basic · Plus")
    fields = hub.call("GET", "/api/fields")["items"]
    assert ("customer", "contract", "choice") in {(one["noun"], one["key"], one["type"]) for one in fields}


@pytest.mark.parametrize(("width", "theme"), [(1720, "light"), (1440, "dark"), (1024, "light"), (390, "dark")])
@pytest.mark.usefixtures("put_back")
def test_the_queues_fit_and_have_no_barrier(
    new_page: NewPage, hub: HubProcess, desk: dict[str, Any], width: int, theme: str
) -> None:
    conversation, other, *_ = hub.conversations()
    ids = list(desk["labels"].values())[::-1]
    changes = {"priority": "urgent", "team_id": desk["team"], "label_ids_add": ids, "follow": True}
    hub.call("PATCH", f"/api/conversations/{conversation['id']}", changes)
    hub.call("PATCH", f"/api/conversations/{other['id']}", {"label_ids_add": ids[2:3], "priority": "low"})
    page = opened(new_page, conversation, width=width, theme=theme)
    wrong: dict[str, list[str]] = {}

    def look(name: str) -> None:
        settle(page)
        photograph(page, f"queues-{name}-{width}-{theme}")
        wrong[name] = findings(page) + sticks_out(page)

    look("head")
    for key in "lsp":
        page.keyboard.press(key)
        expect(page.locator(OVER).first).to_be_visible()
        look(f"menu-{key}")
        close(page)
    page.get_by_role("button", name="Fields").click()
    look("fields")
    close(page)
    page.goto(hub.address)
    expect(row(page, conversation)).to_be_visible()
    look("list")
    page.keyboard.press("f")
    expect(page.get_by_role("textbox", name="Find a field")).to_be_focused()
    look("filter-fields")
    page.keyboard.type("label")
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitemcheckbox").first).to_be_visible()
    page.keyboard.press("Enter")
    close(page)
    look("filter")
    page.locator(".filter-bar").get_by_role("button", name="Reset").click()
    page.get_by_role("checkbox", name="Select all that are loaded").click()
    look("ticked")
    page.keyboard.press("Escape")
    if width < 1600:
        page.keyboard.press("v")
        look("views")
        close(page)
    for part in ("teams", "labels", "fields"):
        page.goto(f"{hub.address}/admin/{part}")
        expect(page.locator(".agent-row").first).to_be_visible()
        look(part)
        page.locator(".page-head .button").click()
        expect(page.locator("dialog[open]")).to_be_visible()
        look(f"{part}-new")
    assert {name: found for name, found in wrong.items() if found} == {}
