"""One customer's timeline in a real browser: long, in both directions, narrowed, by links and by keyboard."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import NewPage, findings
from tests.browser.long_customer import CHANGES, NOTICES, LongCustomer, add_long_customer
from tests.hub_process import HubProcess, until

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(400)]
ENTRIES = 12_000
DRAWN = 150
"""More entries than this are never drawn at once."""


@pytest.fixture(scope="module")
def long(hub: HubProcess) -> LongCustomer:
    return add_long_customer(hub, ENTRIES)


def open_timeline(new_page: NewPage, long: LongCustomer, query: str = "", **options: Any) -> Page:
    page = new_page(f"/conversations/{long.conversation_id}{query}", **options)
    expect(page.locator("[data-entry]").first).to_be_visible()
    return page


def entry(page: Page, number: int) -> Locator:
    return page.locator("article.entry", has_text=re.compile(rf"Entry {number}\."))


def scroll(page: Page, pixels: int) -> None:
    """As a wheel does, frame by frame; until what comes near the edge has come."""
    page.evaluate(
        """async pixels => {
            const box = document.querySelector('.timeline-scroll'), column = box.querySelector('.timeline-column');
            const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)));
            for (let left = Math.abs(pixels); left > 0; left -= 400) {
                box.scrollTop += Math.sign(pixels) * Math.min(400, left);
                await frame();
            }
            const patience = Date.now() + 20000;
            while (column.ariaBusy === 'true' && Date.now() < patience) await frame();
        }""",
        pixels,
    )


def first_seen(page: Page) -> tuple[str, float]:
    """The first entry below the upper edge, and where it is."""
    found = page.evaluate(
        """() => {
            const top = document.querySelector('.timeline-scroll').getBoundingClientRect().top;
            const it = [...document.querySelectorAll('article.entry')].find(e => e.getBoundingClientRect().top > top);
            return [it.dataset.entry, it.getBoundingClientRect().top];
        }"""
    )
    return str(found[0]), float(found[1])


def test_a_long_past_is_read_in_both_directions_without_holes(new_page: NewPage, long: LongCustomer) -> None:
    page = open_timeline(new_page, long)
    expect(entry(page, ENTRIES)).to_be_visible()
    seen: set[int] = set()

    def look() -> None:
        texts = page.locator("article.entry .entry-text").all_inner_texts()
        seen.update(int(found[1]) for found in map(re.compile(r"Entry (\d+)\.").match, texts) if found)
        assert page.locator("article.entry").count() < DRAWN

    for _ in range(60):
        look()
        scroll(page, -1600)
    oldest = min(seen)
    assert oldest < ENTRIES - 500
    words = {number for number in range(oldest, ENTRIES + 1) if number % 40 not in CHANGES + NOTICES}
    assert words - seen == set(), (oldest, sorted(words - seen))

    seen.clear()
    for _ in range(250):
        look()
        scroll(page, 1600)
        if not page.locator(".to-newest").count():
            break
    look()
    missing = {number for number in words if number > oldest + 60} - seen
    assert missing == set(), (oldest, sorted(missing))


def test_who_read_up_to_what_was_there_is_not_carried_on_by_the_last_that_comes(
    new_page: NewPage, hub: HubProcess, long: LongCustomer
) -> None:
    held: list[Route] = []
    page = new_page("/healthz")
    page.route(re.compile(r"/timeline\?.*before="), lambda route: held.append(route))  # noqa: PLW0108  # Playwright marks what it calls
    old = hub.timeline(long.id)[-1]
    page.goto(f"{hub.address}/conversations/{long.conversation_id}?entry={old['id']}")
    expect(page.locator(f'[data-entry="{old["id"]}"]')).to_be_in_viewport()
    until(
        lambda: page.evaluate("document.querySelector('.timeline-scroll').scrollTop = 0") == 0 and held, "more is asked"
    )
    page.wait_for_timeout(300)
    which, top = first_seen(page)
    held[0].continue_()
    expect(page.locator(".sentinel")).to_have_count(1)
    page.wait_for_timeout(300)
    assert abs(page.locator(f'[data-entry="{which}"]').evaluate("it => it.getBoundingClientRect().top") - top) < 2


def test_what_is_read_stays_where_it_is_while_entries_arrive_above_and_below(
    new_page: NewPage, hub: HubProcess, long: LongCustomer
) -> None:
    page = open_timeline(new_page, long)
    scroll(page, -3000)
    page.wait_for_timeout(300)
    which, top = first_seen(page)
    hub.call("POST", f"/api/conversations/{long.conversation_id}/notes", {"text": "Something new below."})
    expect(page.locator(".to-newest")).to_contain_text("One new entry")
    assert abs(page.locator(f'[data-entry="{which}"]').evaluate("it => it.getBoundingClientRect().top") - top) < 2
    page.locator(".to-newest").click()
    expect(page.locator("article.note", has_text="Something new below.")).to_be_in_viewport()


def test_what_is_read_stays_where_it_is_when_the_customer_becomes_another_one(
    new_page: NewPage, hub: HubProcess, long: LongCustomer
) -> None:
    page = open_timeline(new_page, long)
    for _ in range(4):
        scroll(page, -2400)
        page.wait_for_timeout(200)
    which, top = first_seen(page)
    with page.expect_response(re.compile(rf"/customers/{long.id}/timeline")):
        name = hub.call("GET", f"/api/customers/{long.id}")["name"]
        hub.call("PATCH", f"/api/customers/{long.id}", {"name": name + " "})
    shown = page.locator(f'[data-entry="{which}"]')
    expect(shown).to_be_in_viewport()
    assert abs(shown.evaluate("it => it.getBoundingClientRect().top") - top) < 2


def test_a_day_is_gone_to_and_the_newest_end_is_one_click_away(new_page: NewPage, long: LongCustomer) -> None:
    page = open_timeline(new_page, long)
    wanted = page.evaluate("() => new Date(Date.now() - 200 * 86400000).toISOString().slice(0, 10)")
    page.keyboard.press("g")
    page.get_by_label("Day").fill(wanted)
    page.get_by_role("button", name="Go", exact=True).click()
    expect(page.locator(f'.day time[datetime^="{wanted}"]').first).to_be_in_viewport()
    number = ENTRIES - 200 * 24 * 60 // 53
    assert any(entry(page, one).count() for one in range(number - 60, number + 60))
    page.locator(".to-newest").click()
    expect(page.locator("article.entry").last).to_be_in_viewport()
    expect(page.locator(".to-newest")).to_have_count(0)


def test_a_link_leads_to_its_entry_from_anywhere(new_page: NewPage, hub: HubProcess, long: LongCustomer) -> None:
    then = f"{datetime.now(UTC) - timedelta(days=170):%Y-%m-%dT%H:%M:%SZ}"
    path = f"/api/customers/{long.id}/timeline?at={then}&kind=message&limit=2"
    old = hub.call("GET", path)["items"][0]
    page = open_timeline(new_page, long, f"?entry={old['id']}")
    target = page.locator(f'[data-entry="{old["id"]}"]')
    expect(target).to_be_in_viewport()
    expect(target).to_be_focused()
    page.locator(".to-newest").click()
    expect(page).not_to_have_url(re.compile("entry="))
    expect(target).to_have_count(0)
    page.evaluate(
        "id => history.pushState({}, '', '?entry=' + id) || dispatchEvent(new PopStateEvent('popstate'))", old["id"]
    )
    expect(target).to_be_in_viewport()


def test_an_entry_that_does_not_exist_is_said_so(new_page: NewPage, long: LongCustomer) -> None:
    page = new_page(f"/conversations/{long.conversation_id}?entry=999999999")
    expect(page.locator(".toast")).to_contain_text("does not exist")
    expect(entry(page, ENTRIES)).to_be_visible()


def choose(page: Page, button: str, *choices: str) -> None:
    fold = page.locator(".narrow-fold")
    if fold.get_attribute("aria-expanded") == "false":
        fold.click()
    page.get_by_role("group", name="What the timeline shows").get_by_role("button", name=button).click()
    for choice in choices:
        page.locator(".popover [data-item]", has_text=choice).first.click()
    if page.locator(".popover:popover-open").count():
        page.keyboard.press("Escape")


def test_filters_are_combined_in_the_address_and_taken_away_at_once(new_page: NewPage, long: LongCustomer) -> None:
    page = open_timeline(new_page, long)
    choose(page, "Kind: Everything", "Notes", "Calls")
    expect(page).to_have_url(re.compile(r"kind=note(,|%2C)call"))
    expect(page.locator("article.note").last).to_be_visible()
    expect(page.locator("article.in, article.out")).to_have_count(0)
    choose(page, "Person: Everyone", "ottilie@langer.test")
    expect(page.get_by_text("Nothing matches")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Nothing matches")).to_be_visible()
    page.locator(".empty").get_by_role("button", name="Show everything").click()
    expect(entry(page, ENTRIES)).to_be_visible()
    expect(page).not_to_have_url(re.compile("kind="))


def test_a_narrowed_timeline_gets_what_meets_its_filter_live(
    new_page: NewPage, hub: HubProcess, long: LongCustomer
) -> None:
    page = open_timeline(new_page, long, "?kind=note")
    path = f"/api/conversations/{long.conversation_id}"
    hub.call("PATCH", path, {"state": "resolved"})
    hub.call("PATCH", path, {"state": "open"})
    hub.call("POST", f"{path}/notes", {"text": "A note for the filter."})
    expect(page.locator("article.note", has_text="A note for the filter.")).to_be_visible()
    expect(page.locator(".event")).to_have_count(0)


def test_the_line_stands_where_the_agent_last_looked(new_page: NewPage, hub: HubProcess, long: LongCustomer) -> None:
    page = open_timeline(new_page, long)
    with page.expect_response(lambda answer: answer.url.endswith("/seen")):
        page.reload()
    expect(page.locator(".since")).to_have_count(0)
    page.close()
    colleague = hub.colleague("Ben Brandt", "ben@acme.test")
    path = f"/api/conversations/{long.conversation_id}/notes"
    colleague.call("POST", path, {"text": "While you were away."})
    page = open_timeline(new_page, long)
    line = page.locator(".since")
    expect(line).to_be_visible()
    expect(line.locator("xpath=following::article[1]")).to_contain_text("While you were away.")
    colleague.call("POST", path, {"text": "While you watch."})
    expect(page.locator("article.note", has_text="While you watch.")).to_be_visible()
    expect(page.locator(".since")).to_have_count(1)


def test_automatic_noise_and_runs_of_changes_are_folded(new_page: NewPage, hub: HubProcess, long: LongCustomer) -> None:
    page = open_timeline(new_page, long, timezone_id="UTC")
    for state in ("resolved", "open") * 2:
        hub.call("PATCH", f"/api/conversations/{long.conversation_id}", {"state": state})
    fold = page.get_by_role("button", name=re.compile("[4-9] changes")).last
    fold.click()
    expect(fold).to_have_attribute("aria-expanded", "true")
    shown = page.locator(".event", has_text="resolved this").count()
    assert shown >= 2
    fold.click()
    expect(page.locator(".event", has_text="resolved this")).to_have_count(shown - 2)

    path = f"/api/customers/{long.id}/timeline?author=identity:{long.identity_id}&limit=200"
    notices = [one for one in hub.call("GET", path)["items"] if one["automatic"] == "bounce"]
    runs = (notices[at : at + 3] for at in range(0, len(notices), 3))
    old = next(run[2] for run in runs if run[0]["occurred_at"][:10] == run[2]["occurred_at"][:10])  # three of one day
    page.goto(f"{hub.address}/conversations/{long.conversation_id}?entry={old['id']}")
    expect(page.locator(f'article[data-entry="{old["id"]}"]')).to_be_in_viewport()
    notes = page.get_by_role("button", name=re.compile("3 delivery notices"), expanded=True)
    expect(notes).to_have_count(1)
    notes.click()
    expect(page.locator(f'article[data-entry="{old["id"]}"]')).to_have_count(0)
    expect(notes).to_have_count(0)


def test_the_timeline_is_one_tab_stop_with_arrow_keys(new_page: NewPage, long: LongCustomer) -> None:
    page = open_timeline(new_page, long)
    region = page.get_by_role("region", name="Entries of the timeline")
    region.focus()
    page.keyboard.press("ArrowUp")
    for _ in range(12):  # past what the tests before this one added
        page.keyboard.press("ArrowUp")
    expect(page.locator("article.entry:focus, .event:focus, .fold-button:focus, .thread-button:focus")).to_have_count(1)
    entry(page, ENTRIES).focus()
    page.keyboard.press("ArrowUp")
    expect(entry(page, ENTRIES - 1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(entry(page, ENTRIES)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menu", name="More")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu", name="More")).to_have_count(0)
    region.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.timeline-chunk') === null")


def test_the_next_conversation_is_there_before_it_is_opened(new_page: NewPage, hub: HubProcess) -> None:
    page = new_page("/")
    rows = page.locator(".conversation-row")
    expect(rows.nth(3)).to_be_visible()
    there: list[str] = []
    page.on("requestfinished", lambda request: there.append(request.url))
    following = str(rows.nth(1).get_attribute("href")).rpartition("/")[2]
    theirs = f"/customers/{hub.call('GET', f'/api/conversations/{following}')['customer']['id']}/timeline"
    rows.nth(0).click()
    expect(page.locator("[data-entry]").first).to_be_visible()
    until(lambda: page.evaluate("1") and any(theirs in one for one in there), "the next one is read ahead")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    before = page.locator(".timeline-title h1").inner_text()
    page.keyboard.press("j")
    expect(page.locator(".timeline-title h1")).not_to_have_text(before)
    expect(page.locator("[data-entry]").first).to_be_visible()
    assert page.url.endswith(f"/{following}")
    assert not [url for url in asked if theirs in url]


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (390, "dark")])
def test_nothing_hinders_anybody(new_page: NewPage, long: LongCustomer, width: int, theme: str) -> None:
    page = open_timeline(new_page, long, "?kind=note,file", width=width, theme=theme)
    assert findings(page) == []
