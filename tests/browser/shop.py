"""A shop's page with the chat on it, in a browser that blocks the storage of third parties; what tests do there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Error, FrameLocator, Page, Playwright, expect

from tests.browser.chat_server import ChatServer
from tests.browser.chromium import ARGUMENTS, PATH, WAIT_MS

OpenShop = Callable[..., Page]
BLOCK_THIRD_PARTIES = {"profile": {"block_third_party_cookies": True, "cookie_controls_mode": 1}}


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with ChatServer() as server:
        yield server


@pytest.fixture
def open_shop(playwright: Playwright, server: ChatServer, tmp_path: Path) -> Iterator[OpenShop]:
    """Opens the shop's page; all pages are one visitor's browser, and none may complain or break the policy."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def complain(message: ConsoleMessage) -> None:
        expected = message.text.startswith(("Failed to load resource", "WebSocket connection to"))
        if message.type in {"error", "warning"} and not expected:
            complaints.append(f"{message.type}: {message.text}")

    def fail(error: Error) -> None:
        complaints.append(f"uncaught: {error}\n{error.stack}")

    def context(width: int, theme: str, options: dict[str, object]) -> BrowserContext:
        profile = tmp_path / "profile"
        (profile / "Default").mkdir(parents=True)
        (profile / "Default/Preferences").write_text(json.dumps(BLOCK_THIRD_PARTIES))
        made = playwright.chromium.launch_persistent_context(
            str(profile),
            executable_path=PATH,
            args=list(ARGUMENTS),
            viewport={"width": width, "height": 844 if width < 500 else 860},
            color_scheme=theme,  # type: ignore[arg-type]
            has_touch=width < 500,
            **{"locale": "en-GB", "reduced_motion": "reduce", **options},  # type: ignore[arg-type]
        )
        made.set_default_timeout(WAIT_MS)
        contexts.append(made)
        return made

    def open_page(path: str = "/", *, width: int = 1280, theme: str = "light", **options: object) -> Page:
        page = (contexts[0] if contexts else context(width, theme, options)).new_page()
        page.on("console", complain)
        page.on("pageerror", fail)
        page.goto(server.host + path)
        return page

    yield open_page
    for one in contexts:
        one.close()
    assert complaints == []


def chat(page: Page) -> FrameLocator:
    return page.frame_locator("iframe")


def open_chat(page: Page) -> FrameLocator:
    page.locator(".launcher").click()
    expect(chat(page).locator("#panel:focus-within")).to_be_visible()
    return chat(page)


def write(page: Page, text: str) -> None:
    field = chat(page).locator("#text")
    field.fill(text)
    field.press("Enter")


def expect_shown(page: Page, texts: list[str], timeout: float = WAIT_MS) -> None:
    """These, below the greeting, and nothing else."""
    expect(chat(page).locator(".message .bubble")).to_have_text([re.compile("help"), *texts], timeout=timeout)


def expect_settled(page: Page, texts: list[str], timeout: float = WAIT_MS) -> None:
    """These, and the hub has confirmed them all. After a long time without a hub the page tries every half minute."""
    expect_shown(page, texts, timeout)
    expect(chat(page).locator(".pending")).to_have_count(0, timeout=timeout)
