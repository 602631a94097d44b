"""A demo hub in a process of its own, a signed-in browser, and the things that no page may ever do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Frame,
    Page,
    Playwright,
    sync_playwright,
)

from tests.browser.chromium import WAIT_MS, launch
from tests.browser.shop import open_shop, server
from tests.hub_process import HubProcess, until

__all__ = ["open_shop", "server"]  # fixtures

AXE = (Path(__file__).parent / "vendor/axe.min.js").read_text("utf-8")
NewPage = Callable[..., Page]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = launch(playwright)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubProcess]:
    """The demo with its history on the timelines, and nobody who writes unasked."""
    with HubProcess(tmp_path_factory.mktemp("hub"), "demo") as hub:
        hub.become_administrator("Lena Hoffmann", "lena@acme.test")
        (channel,) = hub.call("GET", "/api/channels")["items"]
        hub.call("PATCH", f"/api/channels/{channel['id']}", {"settings": {**channel["settings"], "pace": 86400}})
        until(lambda: len(hub.conversations()) >= 10, "the demo's history is there")
        yield hub


@pytest.fixture
def new_page(browser: Browser, hub: HubProcess) -> Iterator[NewPage]:
    """Opens a page of the hub; at the end none of them may have complained or broken the policy."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def complain(message: ConsoleMessage) -> None:
        # an answer that the test asks for, such as 409, is logged by the browser too
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            complaints.append(f"{message.type}: {message.text}")

    def fail(error: Error) -> None:
        complaints.append(f"uncaught: {error}\n{error.stack}")

    def open_page(
        path: str = "/", *, width: int = 1440, theme: str = "light", signed_in: bool = True, **options: object
    ) -> Page:
        phone = width < 500
        context = browser.new_context(
            viewport={"width": width, "height": 844 if phone else 900},
            color_scheme=theme,  # type: ignore[arg-type]
            has_touch=phone,
            reduced_motion="reduce",
            **{"locale": "en-GB", **options},  # type: ignore[arg-type]
        )
        contexts.append(context)
        if signed_in:
            context.add_cookies(hub.cookies())  # type: ignore[arg-type]
        page = context.new_page()
        page.set_default_timeout(WAIT_MS)
        page.on("console", complain)
        page.on("pageerror", fail)
        page.goto(hub.address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def findings(page: Page | Frame) -> list[str]:
    """What axe-core has against the page as it is now."""
    page.evaluate(AXE)
    found: list[str] = page.evaluate(
        """async () => (await axe.run(document, {resultTypes: ['violations']})).violations.flatMap(
             v => v.nodes.map(n => `${v.id} (${v.impact}): ${n.target.join(' ')}: ${n.failureSummary}`))"""
    )
    return found
