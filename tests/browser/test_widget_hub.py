"""The chat widget against a real hub, which is killed on the way."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chat_server import ChatServer
from tests.browser.shop import OpenShop, chat, expect_settled, open_chat, write
from tests.hub_process import HubProcess, until

SECRET = "a secret that the shop shares with the hub"
pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def desk(server: ChatServer, tmp_path: Path) -> Iterator[HubProcess]:
    """A hub with one chat, which the shop's page shows."""
    with HubProcess(tmp_path / "hub") as hub:
        hub.become_administrator("Lena Hoffmann", "lena@acme.test")
        settings = {"origins": server.host, "title": "Oak & Iron"}
        body = {"kind": "webchat", "name": "Chat", "settings": settings, "secrets": {"jwt_secret": SECRET}}
        channel = hub.call("POST", "/api/channels", body)
        hub.wait_for_channel(channel["id"])
        server.widget = f"{hub.address}/hooks/{channel['id']}"
        yield hub


def signed(**claims: object) -> str:
    """What the shop's server says of who is signed in."""

    def encoded(content: bytes) -> str:
        return base64.urlsafe_b64encode(content).decode().rstrip("=")

    claims["exp"] = int(time.time()) + 600
    head = encoded(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
    content = f"{head}.{encoded(json.dumps(claims).encode())}"
    return f"{content}.{encoded(hmac.digest(SECRET.encode(), content.encode(), hashlib.sha256))}"


def only_conversation(hub: HubProcess) -> dict[str, Any]:
    found = until(hub.conversations, "the conversation is there")
    assert len(found) == 1
    return found[0]


def texts(hub: HubProcess) -> list[str]:
    """What the agent's page shows, oldest first."""
    entries = hub.timeline(only_conversation(hub)["customer"]["id"])
    return [one["text"] for one in reversed(entries) if one["kind"] == "message"]


def test_a_conversation_survives_a_killed_hub_and_a_reload(
    open_shop: OpenShop, server: ChatServer, desk: HubProcess
) -> None:
    page = open_shop()
    open_chat(page)
    write(page, "Is the oak table in stock?")
    expect_settled(page, ["Is the oak table in stock?"])
    desk.reply(only_conversation(desk), "It is, in two sizes.")
    said = ["Is the oak table in stock?", "It is, in two sizes."]
    expect_settled(page, said)
    desk.kill()
    write(page, "Which ones?")
    expect(chat(page).locator(".pending")).to_have_count(1)
    write(page, "And in black?")
    desk.start()
    said += ["Which ones?", "And in black?"]
    expect_settled(page, said, 90_000)
    desk.kill_and_start()
    desk.reply(only_conversation(desk), "160 and 180 cm.")
    said.append("160 and 180 cm.")
    expect_settled(page, said, 90_000)
    page.reload()
    open_chat(page)
    expect_settled(page, said)
    assert texts(desk) == said


def test_an_answer_is_marked_read_when_it_was_on_the_screen(
    open_shop: OpenShop, server: ChatServer, desk: HubProcess
) -> None:
    page = open_shop()
    open_chat(page)
    write(page, "Hello")
    expect_settled(page, ["Hello"])
    page.evaluate("Allways.close()")
    entry = desk.reply(only_conversation(desk), "Good morning")
    expect(page.locator(".badge")).to_have_text("1")

    def state() -> str:
        found: str = desk.call("GET", f"/api/entries/{entry['id']}")["delivery"]["state"]
        return found

    until(lambda: state() == "delivered", "the page has it")
    page.evaluate("Allways.open()")
    until(lambda: state() == "read", "the visitor has read it")


def test_a_file_reaches_the_agent_and_comes_back_to_the_visitor(
    open_shop: OpenShop, server: ChatServer, desk: HubProcess
) -> None:
    page = open_shop()
    open_chat(page)
    chat(page).locator("#pick").set_input_files(
        {"name": "Lieferschein März.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 oak"}
    )
    expect(chat(page).locator("#send")).to_be_enabled()
    chat(page).locator("#send").click()
    expect(chat(page).locator(".message .file")).to_have_count(1)
    expect(chat(page).locator(".pending")).to_have_count(0)
    page.reload()
    open_chat(page)
    with page.expect_download() as download:
        chat(page).get_by_role("button", name="Lieferschein März.pdf").click()
    assert Path(download.value.path()).read_bytes() == b"%PDF-1.4 oak"
    (entry,) = [one for one in desk.timeline(only_conversation(desk)["customer"]["id"]) if one["kind"] == "message"]
    assert [one["filename"] for one in entry["attachments"]] == ["Lieferschein März.pdf"]


def test_who_is_signed_in_on_the_site_is_known_and_never_mixed_with_the_next(
    open_shop: OpenShop, server: ChatServer, desk: HubProcess
) -> None:
    page = open_shop()
    expect(page.locator(".launcher")).to_be_visible()
    page.evaluate("jwt => Allways.identify(jwt)", signed(email="maria@example.test", name="Maria Sanchez"))
    open_chat(page)
    write(page, "Where is my table?")
    expect_settled(page, ["Where is my table?"])
    customer = desk.call("GET", f"/api/customers/{only_conversation(desk)['customer']['id']}")
    assert "maria@example.test" in json.dumps(customer)
    page.evaluate("jwt => Allways.identify(jwt)", signed(email="omar@example.test", name="Omar Haddad"))
    expect_settled(page, [])
    write(page, "Where is my chair?")
    expect_settled(page, ["Where is my chair?"])
    found = until(lambda: found if len(found := desk.conversations()) == 2 else None, "a second conversation")
    assert len({one["customer"]["id"] for one in found}) == 2


def test_the_desk_shows_what_the_site_says_of_the_visitor_and_which_page_they_are_on(
    open_shop: OpenShop, server: ChatServer, desk: HubProcess, browser: Browser
) -> None:
    page = open_shop()
    expect(page.locator(".launcher")).to_be_visible()
    basket = "oak table, " * 15
    page.evaluate("values => Allways.setAttributes(values)", {"customer_plan": "Gold", "basket": basket})
    open_chat(page)
    write(page, "Can you deliver on Monday?")
    expect_settled(page, ["Can you deliver on Monday?"])
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    context.add_cookies(desk.cookies())  # type: ignore[arg-type]
    agent = context.new_page()
    agent.goto(f"{desk.address}/conversations/{only_conversation(desk)['id']}")
    facts = agent.locator(".side-section", has_text="From the last chat")
    expect(facts.locator("dl > div", has_text="customer plan").locator("dd")).to_have_text("Gold")
    expect(facts.locator("dl > div", has_text="basket").locator("dd")).to_have_attribute("data-tip", basket.strip())
    link = facts.get_by_role("link", name=page.title())
    expect(link).to_have_attribute("href", f"{server.host}/")
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    context.close()
