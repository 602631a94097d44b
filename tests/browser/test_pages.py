"""Every page at every width and in both looks: photographed, nothing sticks out, axe finds nothing, no complaint."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.conftest import NewPage, findings
from tests.hub_process import HubProcess, until

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(400)]
OUT = Path(__file__).resolve().parents[1] / "screenshots/out"
FIRST_FILES = [
    "js/all.js", "css/all.css", "vendor/inter-latin.woff2", "locales/en.ftl", "vendor/icons.svg", "icon.svg",
]  # fmt: skip
LOOKS = [(1440, "light"), (1440, "dark"), (1024, "dark"), (390, "light"), (390, "dark")]
THEMES = ["light", "dark"]


def conversation(hub: HubProcess, subject: str) -> str:
    found = [one for one in hub.conversations() if subject in (one["subject"] or "")]
    assert found, f"the demo has no conversation about {subject!r}"
    return f"/conversations/{found[0]['id']}"


def channel(hub: HubProcess) -> str:
    return f"/admin/channels/{hub.call('GET', '/api/channels')['items'][0]['id']}"


def chat(hub: HubProcess) -> str:
    """The page of a chat that keeps business hours."""
    found = [one for one in hub.call("GET", "/api/channels")["items"] if one["kind"] == "webchat"]
    if not found:
        settings = {"origins": "https://shop.example\nhttps://*.shop.example"}
        found = [hub.call("POST", "/api/channels", {"kind": "webchat", "name": "Shop chat", "settings": settings})]
        hub.wait_for_channel(found[0]["id"])
        weekly = {day: [["08:30", "12:00"], ["13:00", "17:30"]] for day in ("mon", "tue", "wed", "thu", "fri")}
        hours = {"name": "Office hours", "time_zone": "Europe/Berlin", "weekly": weekly, "country": "DE"}
        made = hub.call("POST", "/api/hours", hours)
        hub.call("PUT", f"/api/hours/{made['id']}/channels", {"channel_ids": [found[0]["id"]]})
    return f"/admin/channels/{found[0]['id']}"


def ready(selector: str) -> Callable[[Page], None]:
    return lambda page: expect(page.locator(selector).first).to_be_visible()


PAGES: dict[str, tuple[Callable[[HubProcess], str], Callable[[Page], None]]] = {
    "list": (lambda _: "/", ready(".conversation-row")),
    "desk": (lambda hub: conversation(hub, "Missing crate"), ready("article.entry")),
    "right-to-left": (lambda hub: conversation(hub, "فاتورة"), ready("article.entry")),
    "long": (lambda hub: conversation(hub, "Framework agreement"), ready("article.entry")),
    "customer": (lambda hub: conversation(hub, "Missing crate") + "?side=customer", ready(".identity")),
    "channels": (lambda _: "/admin/channels", ready(".channel-card")),
    "channel": (channel, ready(".channel-form")),
    "channel-new": (lambda _: "/admin/channels/new", ready(".channel-form, .kind-card")),
    "channel-new-email": (lambda _: "/admin/channels/new?kind=email", ready(".channel-form")),
    "quarantine": (lambda _: "/admin/quarantine", ready(".empty, .held")),
    "agents": (lambda _: "/admin/agents", ready(".agent-row")),
    "channel-chat": (chat, ready(".embed")),
    "hours": (lambda _: "/admin/hours", ready(".week")),
    "hours-new": (lambda _: "/admin/hours/new", ready(".hours-form")),
    "webhooks": (lambda _: "/admin/webhooks", ready(".empty")),
    "webhook-new": (lambda _: "/admin/webhooks/new", ready(".channel-form")),
    "tokens": (lambda _: "/admin/tokens", ready(".empty")),
    "suppressions-none": (lambda _: "/admin/suppressions", ready(".empty")),
    "callbacks-none": (lambda _: "/callbacks", ready(".empty")),
    "tasks-none": (lambda _: "/tasks", ready(".empty")),
    "queues-none": (lambda _: "/admin/callback-queues", ready(".empty")),
    "queue-new": (lambda _: "/admin/callback-queues/new", ready(".preview-step")),
    "gallery": (lambda _: "/ui", ready(".gallery-section")),
}


def settle(page: Page) -> None:
    """Until nothing is on its way. (The browser's own "networkidle" is half a second of silence, a hundred times.)"""
    page.wait_for_function(
        "() => document.fonts.status === 'loaded'"
        " && ![...document.querySelectorAll('.skeleton')].some(it => !it.closest('.gallery-section'))"
    )
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def photograph(page: Page, name: str) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=OUT / f"{name}.png")


def sticks_out(page: Page) -> list[str]:
    """Elements that reach beyond the window's sides, so that somebody would have to scroll sideways."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter(e => {
             const r = e.getBoundingClientRect(), s = getComputedStyle(e)
             return r.width > 1 && r.height > 1 && s.visibility === 'visible'
               && (r.right > innerWidth + 1 || r.left < -1)
               && !e.closest('.tabs, .narrow-bar, .wrap-up-choices, .table-frame, .rail-label, .visually-hidden, .skip')
           }).slice(0, 5).map(e => e.className || e.tagName)"""
    )
    return found


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_every_page_fits_and_has_no_barrier(new_page: NewPage, hub: HubProcess, width: int, theme: str) -> None:
    page = new_page("/ui", width=width, theme=theme)
    wrong: dict[str, list[str]] = {}
    for name, (path, is_ready) in PAGES.items():
        page.goto(hub.address + path(hub))
        is_ready(page)
        settle(page)
        photograph(page, f"{name}-{width}-{theme}")
        wrong[name] = sticks_out(page) + findings(page)
    assert {name: found for name, found in wrong.items() if found} == {}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", [1440, 390])
def test_the_doors_fit_and_have_no_barrier(new_page: NewPage, hub: HubProcess, width: int, theme: str) -> None:
    made = hub.call(
        "POST", "/api/agents", {"name": "Tom Okafor", "email": f"t{width}{theme}@acme.test", "role": "agent"}
    )
    link = re.sub(r"^https?://[^/]+", "", made["invite_url"])
    for name, path in {"sign-in": "/sign-in", "welcome": link, "welcome-used": "/welcome#used"}.items():
        page = new_page(path, width=width, theme=theme, signed_in=False)
        expect(page.locator("form, .empty").first).to_be_visible()
        settle(page)
        photograph(page, f"{name}-{width}-{theme}")
        assert sticks_out(page) == []
        assert findings(page) == []


def test_what_opens_over_a_page_has_no_barrier(new_page: NewPage, hub: HubProcess) -> None:
    page = new_page(conversation(hub, "Missing crate"))
    expect(page.locator(".destination")).to_contain_text("@")
    overlays = {"assign": "a", "shortcuts": "?", "new-message": "c", "palette": "Control+k"}
    for name, key in overlays.items():
        page.keyboard.press(key)
        expect(page.locator("dialog[open], :popover-open:not(.tooltip)").first).to_be_visible()
        settle(page)
        photograph(page, f"over-{name}")
        assert findings(page) == []
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open], :popover-open:not(.tooltip)")).to_have_count(0)
    page.locator(".destination").click()
    settle(page)
    photograph(page, "over-destinations")
    assert findings(page) == []


def test_the_first_picture_of_the_day_needs_six_files_and_the_rest_follows(new_page: NewPage, hub: HubProcess) -> None:
    """What these six weigh is counted in tests/unit/test_pack.py."""
    page = new_page("/healthz")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(hub.address).partition("?")[0]))
    page.goto(hub.address + "/")
    expect(page.locator(".conversation-row").first).to_be_visible()
    static, first = "/ui/static/", sorted([*FIRST_FILES, "js/pages/soon.js"])

    def files() -> list[str]:
        return sorted(one.removeprefix(static) for one in asked if one.startswith(static))

    until(lambda: page.evaluate("1") and set(files()) >= set(first), "the rest follows")
    assert files() == first
    page.locator(".conversation-row").first.click()
    expect(page.locator("article.entry").first).to_be_visible()
    page.keyboard.press("Control+k")
    expect(page.locator("dialog.palette")).to_be_visible()


def test_a_page_that_is_older_than_the_hub_is_loaded_again_once_and_says_why(
    new_page: NewPage, hub: HubProcess
) -> None:
    page = new_page("/")
    expect(page.locator(".conversation-row").first).to_be_visible()
    part = "**/js/pages/admin/admin.js*"
    page.route(part, lambda route: route.fulfill(status=410))
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))  # noqa: PLW0108  # Playwright marks what it calls
    page.locator('.rail a[href="/admin/channels"]').click()
    expect(page.locator(".toast")).to_contain_text("The hub was upgraded")
    expect(page.locator(".empty")).to_be_visible()  # loading it again did not help: it is not done twice
    documents = [request.url for request in requests if request.is_navigation_request()]
    assert documents == [f"{hub.address}/admin/channels"]
    page.unroute(part)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".channel-card").first).to_be_visible()


def test_the_policy_of_the_page_allows_nothing_from_elsewhere(browser: Browser, hub: HubProcess) -> None:
    page = browser.new_page()
    page.goto(hub.address + "/ui")
    answer = page.request.get(hub.address + "/ui")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = true'}))"
    )
    assert page.evaluate("window.ran") is None
    page.close()
