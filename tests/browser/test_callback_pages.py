"""The customers' callback pages in a real browser: from the number to the canceled call, at any size, in both looks and
in both languages, with nothing that axe finds."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPage, findings
from tests.browser.phone_network import CUSTOMER, hub, inbox, line_of, network
from tests.browser.test_pages import OUT, sticks_out
from tests.hub_process import HubProcess, until
from tests.peers.telephones import Telephones

__all__ = ["hub", "network"]  # fixtures

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]
ANY_TIME = {"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "opens": "00:00", "closes": "24:00"}


@pytest.fixture(scope="module")
def queue(hub: HubProcess, network: Telephones) -> dict[str, Any]:
    body = {
        "name": "Support",
        "time_zone": "Europe/Berlin",
        "legal_hours": ANY_TIME,
        "phone_channel_id": line_of(hub, network, "phone")["id"],
        "sms_channel_id": line_of(hub, network, "sms")["id"],
    }
    made: dict[str, Any] = hub.call("POST", "/api/callback-queues", body)
    return made


def code_on(network: Telephones, number: str, before: int) -> str:
    """The code of the next text message."""

    def look() -> str:
        texts = inbox(network, number)[before:]
        found = re.search(r"\b\d{6}\b", texts[0]) if texts else None
        return found[0] if found else ""

    until(lambda: bool(look()), "the code has arrived")
    return look()


@pytest.mark.parametrize(
    ("width", "theme", "locale", "number"),
    [
        (390, "light", "en-GB", CUSTOMER),
        (390, "dark", "de-DE", "+4915123456780"),
        (1440, "light", "de-DE", "+4915123456781"),
    ],
)
def test_a_customer_asks_and_cancels_without_a_script(
    new_page: NewPage,
    queue: dict[str, Any],
    network: Telephones,
    width: int,
    theme: str,
    locale: str,
    number: str,
) -> None:
    page = new_page(f"/callback/{queue['id']}", width=width, theme=theme, signed_in=False, locale=locale)

    def looks_right(name: str) -> None:
        page.wait_for_load_state()  # with its style sheet
        assert sticks_out(page) == []
        assert findings(page) == []
        OUT.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=OUT / f"callback-{name}-{width}-{theme}-{locale}.png", full_page=True)

    looks_right("form")
    field = page.locator("#number")
    field.fill("123")
    page.locator("button").click()
    expect(page.get_by_role("alert")).to_be_visible()
    looks_right("wrong")
    before = len(inbox(network, number))
    field.fill(number)
    page.locator("#name").fill("Maria Keller")
    page.locator("#reason").fill("Where is my parcel?")
    page.locator("button").click()
    expect(page.locator("#code")).to_be_visible()
    looks_right("code")
    page.locator("#code").fill(code_on(network, number, before))
    page.locator("button").click()
    expect(page.locator("#window")).to_be_visible()
    looks_right("time")
    page.locator("#window").select_option(index=5)
    page.locator("button").click()
    expect(page.locator(".status")).to_contain_text(number)
    looks_right("own")
    page.locator("button.danger").click()
    expect(page.locator(".status")).to_contain_text(re.compile("cancel|abgesagt"))
    looks_right("canceled")
