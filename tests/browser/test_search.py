"""Searching in a real browser: from the desk to the entry and back, by keyboard, with operators, without results."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage, findings
from tests.hub_process import HubProcess, until

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(400)]
SHOTS = Path(__file__).parent.parent / "screenshots/out"


def found(hub: HubProcess, query: str) -> list[dict[str, Any]]:
    answer: list[dict[str, Any]] = hub.call("GET", f"/api/search?query={query}")["items"]
    return answer


@pytest.fixture(scope="module", autouse=True)
def _indexed(hub: HubProcess) -> None:
    until(lambda: found(hub, "crate") and found(hub, "vat") and found(hub, "kind:message"), "the demo is indexed")


def field(page: Page) -> Any:
    return page.get_by_role("combobox", name="Search messages, files, notes and customers")


def test_from_the_desk_to_the_entry_and_back_by_keyboard(new_page: NewPage, hub: HubProcess) -> None:
    page = new_page("/")
    expect(page.locator(".conversation-row").first).to_be_visible()
    page.keyboard.press("/")
    expect(field(page)).to_be_focused()
    with page.expect_response(re.compile(r"/api/search\?query=crate(&|$)")):
        page.keyboard.type("crate")
    expect(page.locator("#search-results")).to_have_attribute("aria-busy", "false")  # all that was typed is answered
    expect(page.locator(".found-hit").first).to_be_visible()
    expect(page.locator(".found-thread mark").first).to_have_text(re.compile("crate", re.IGNORECASE))
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-result]").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    chosen = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    expect(page).to_have_url(hub.address + chosen)
    assert re.fullmatch(r"/conversations/\d+(\?entry=\d+)?|/c/\d+", chosen)
    page.go_back()
    expect(field(page)).to_have_value("crate")
    expect(page.locator(f'[data-result][href="{chosen}"]')).to_be_focused()


def test_a_result_opens_the_timeline_of_its_conversation(new_page: NewPage, hub: HubProcess) -> None:
    page = new_page("/search?q=subject%3Acrate+chipped")
    hit = page.locator(".found-hit").first
    expect(hit).to_have_attribute("href", re.compile(r"^/conversations/\d+\?entry=\d+$"))
    hit.click()
    expect(page.locator(".pane-timeline")).to_contain_text("chipped")


def test_operators_are_offered_and_become_chips(new_page: NewPage) -> None:
    page = new_page("/search")
    field(page).focus()
    page.keyboard.type("crate assi")
    offer = page.get_by_role("option", name=re.compile("assigned:"))
    expect(offer).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field(page)).to_have_value("crate assigned:")
    expect(page.get_by_role("option", name="nobody")).to_be_visible()
    page.keyboard.type("nob")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field(page)).to_have_value("crate assigned:nobody ")
    chip = page.locator(".search-chip")
    expect(chip).to_contain_text("Assigned to nobody")
    expect(page.locator(".found-hit").first).to_be_visible()
    chip.get_by_role("button").click()
    expect(field(page)).to_have_value("crate")
    expect(page.locator(".search-chip")).to_have_count(0)
    expect(field(page)).to_be_focused()


def test_a_slip_is_mended_and_an_unknown_name_is_said(new_page: NewPage) -> None:
    page = new_page("/search?q=delviery")
    expect(page.locator(".empty-title")).to_have_text("Nothing found for “delviery”")
    page.get_by_role("button", name="delivery", exact=True).click()
    expect(page.locator(".found-hit").first).to_be_visible()
    expect(field(page)).to_have_value("delivery")
    field(page).fill("delivery label:nosuchlabel")
    expect(page.locator(".search-chip.danger")).to_contain_text("nosuchlabel")
    expect(page.locator(".empty-title")).to_be_visible()
    page.get_by_role("button", name="Without label:nosuchlabel").last.click()
    expect(page.locator(".found-hit").first).to_be_visible()


def test_customers_stand_above_conversations(new_page: NewPage) -> None:
    page = new_page("/search?q=fatima")
    person = page.locator(".found-person").first
    expect(person).to_contain_text("Fatima Al-Zahra")
    person.click()
    expect(page.locator(".name-card")).to_contain_text("Fatima Al-Zahra")


def test_the_text_of_a_file_is_found_and_shown_as_such(new_page: NewPage, hub: HubProcess) -> None:
    until(lambda: any(one["attachment"] for one in found(hub, "has:attachment")), "files are indexed")
    page = new_page("/search?q=has%3Aattachment")
    expect(page.get_by_role("img", name="In a file").first).to_be_visible()


def test_the_quick_search_leads_to_everything(new_page: NewPage) -> None:
    page = new_page("/")
    box = page.get_by_role("combobox", name="Search", exact=True)
    box.fill("crate")
    expect(page.get_by_role("option", name="Search everything for “crate”")).to_be_visible()
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=crate$"))
    expect(field(page)).to_have_value("crate")


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (390, "dark")])
@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("start", "/search"),
        ("results", "/search?q=delivery+-label%3Avip+is%3Aopen"),
        ("people", "/search?q=a"),
        ("none", "/search?q=delviery+label%3Aunknown"),
    ],
)
def test_nothing_against_the_page(new_page: NewPage, name: str, path: str, width: int, theme: str) -> None:
    page = new_page(path, width=width, theme=theme)
    expect(page.locator(".search-start, .found-hit, .empty").first).to_be_visible()
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"search-{name}-{width}-{theme}.png")
    assert findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
