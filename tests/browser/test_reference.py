"""The reference page in a real browser: every operation is there, and one can be tried."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import AXE, NewPage

pytestmark = pytest.mark.browser


def test_an_operation_is_found_tried_as_oneself_and_with_a_token(new_page: NewPage) -> None:
    page = new_page("/api/reference#get_agents")
    expect(page.get_by_text("requests are sent as Lena Hoffmann")).to_be_visible()
    operation = page.locator("#get_agents")
    operation.get_by_role("button", name="Send").click()
    expect(operation.get_by_text("200 OK")).to_be_visible()
    expect(operation.get_by_text("lena@acme.test")).to_be_visible()
    page.get_by_label("Token", exact=True).fill("alw_nobodys")
    operation.get_by_role("button", name="Send").click()
    expect(operation.get_by_text("token_unknown")).to_be_visible()


def test_what_is_sought_stays_and_the_rest_goes(new_page: NewPage) -> None:
    page = new_page("/api/reference")
    expect(page.locator("#post_webhooks")).to_be_visible()
    page.get_by_label("Find").fill("revoke")
    expect(page.locator("#post_webhooks")).to_have_count(0)
    expect(page.locator("#delete_tokens_token_id")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everybody_can_use_it(new_page: NewPage, theme: str) -> None:
    page = new_page("/api/reference#post_tokens", theme=theme)
    expect(page.locator("#post_tokens").get_by_role("button", name="Send")).to_be_visible()
    page.evaluate(AXE)
    found = page.evaluate("axe.run()")
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
