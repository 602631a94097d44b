"""Two channels, one customer, one timeline, and an answer on either, with strangers' parts only.

Anna writes a mail, then opens the chat on the company's site (another origin), where that site signs who she is. The
agent sees one timeline and answers on both. Anna leaves; the answer she did not read follows by mail; her reply to it
rejoins the conversation; back in the chat she sees it all. The hub is killed three times on the way.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect

from tests.hub_process import HubProcess, until
from tests.peers.mailserver import MailServer
from tests.peers.test_main_job import ANNA, SUPPORT, browser, headers, hub, open_page, reply_to, text, write_mail

__all__ = ["browser", "hub"]  # fixtures

pytestmark = [pytest.mark.peer, pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(420)]
SECRET = "a secret of the shop and the hub, long enough"
PAGE = """<!doctype html><meta charset=utf-8><title>Shop</title><h1>The shop</h1>
<script src="{hub}/hooks/{channel}/widget.js" async></script>"""
WAIT_MS = 60_000


@pytest.fixture
def shop() -> Iterator[Shop]:
    shop = Shop()
    yield shop
    shop.close()


class Shop:
    """The company's site: one page, on an origin of its own, under a strict policy."""

    def __init__(self) -> None:
        self.html, self.policy = "", ""
        shop = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Security-Policy", shop.policy)
                self.end_headers()
                self.wfile.write(shop.html.encode())

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://localhost:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def embed(self, hub: HubProcess, channel_id: int) -> None:
        self.html = PAGE.format(hub=hub.address, channel=channel_id)
        self.policy = f"default-src 'none'; script-src {hub.address}; frame-src {hub.address}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def signed() -> str:
    claims = {"sub": "customer-17", "email": ANNA, "name": "Anna Archer", "exp": int(time.time()) + 3600}
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET))


def add_chat(hub: HubProcess, shop: Shop) -> int:
    body = {
        "kind": "webchat",
        "name": "Chat",
        "settings": {"origins": shop.origin, "continue_minutes": 1},
        "secrets": {"jwt_secret": SECRET},
    }
    channel = hub.call("POST", "/api/channels", body)
    hub.wait_for_channel(channel["id"])
    return int(channel["id"])


def open_chat(page: Page, shop: Shop) -> FrameLocator:
    page.goto(shop.origin)
    page.wait_for_function("() => window.Allways && window.Allways.identify")
    page.evaluate("token => window.Allways.identify(token)", signed())
    page.evaluate("() => window.Allways.open()")
    frame = page.frame_locator("iframe")
    expect(frame.locator("#text")).to_be_visible(timeout=WAIT_MS)
    return frame


def say(frame: FrameLocator, words: str) -> None:
    frame.locator("#text").fill(words)
    frame.locator("#text").press("Enter")


def bubble(frame: FrameLocator, words: str) -> Locator:
    return frame.locator(".bubble").get_by_text(words)


def in_order(texts: list[str], said: list[str]) -> bool:
    """Whether all of it is there, the one after the other."""
    places = [("\n".join(texts)).find(words) for words in said]
    return -1 not in places and places == sorted(places)


def messages(hub: HubProcess, customer_id: int) -> list[dict[str, Any]]:
    """Oldest first."""
    return [one for one in reversed(hub.timeline(customer_id)) if one["kind"] == "message"]


def test_mail_then_chat_is_one_customer_answered_on_both(
    hub: HubProcess, mail_server: MailServer, browser: Browser, shop: Shop
) -> None:
    already = len(mail_server.inbox(ANNA))
    mailbox = hub.add_mailbox(mail_server.settings(SUPPORT, start_from="new"))
    chat_id = add_chat(hub, shop)
    shop.embed(hub, chat_id)
    desk = open_page(browser, hub)

    write_mail(mail_server, "Oak table", "Is the oak table in stock?\n", From="Anna Archer <anna@customer.test>")
    desk.get_by_text("Oak table", exact=True).first.click(timeout=WAIT_MS)
    # who answers before they have seen it is told that there is a newer one
    expect(desk.locator("article.entry", has_text="Is the oak table in stock?")).to_be_visible(timeout=WAIT_MS)
    composer = desk.get_by_role("textbox", name=re.compile("^Write to"))
    composer.fill("It is, in two sizes.")
    desk.get_by_role("button", name="Send", exact=True).click()
    mail_server.wait_for_mail(ANNA, already + 1, 60)
    hub.kill_and_start()  # 1
    hub.wait_for_channel(mailbox["id"])
    hub.wait_for_channel(chat_id)

    visitor = browser.new_context(viewport={"width": 1280, "height": 860}, locale="en-GB")
    site = visitor.new_page()
    frame = open_chat(site, shop)
    say(frame, "Which size fits six people?")
    expect(desk.get_by_text("Which size fits six people?").first).to_be_visible(timeout=WAIT_MS)

    def one_customer() -> int:
        found = {one["customer"]["id"] for one in hub.conversations()}
        return found.pop() if len(found) == 1 and len(hub.conversations()) == 2 else 0

    customer = until(one_customer, "chat and mail are one customer")
    assert [(one["direction"], one["channel"]["kind"]) for one in messages(hub, customer)] == [
        ("in", "email"), ("out", "email"), ("in", "webchat"),
    ]  # fmt: skip
    (chat,) = [one for one in hub.conversations() if one["channel"]["kind"] == "webchat"]
    desk.goto(f"{hub.address}/conversations/{chat['id']}")
    expect(desk.locator("article.entry", has_text="Which size fits six people?")).to_be_visible(timeout=WAIT_MS)
    composer.fill("The larger one, 200 cm.")
    desk.get_by_role("button", name="Send", exact=True).click()
    expect(bubble(frame, "The larger one, 200 cm.")).to_be_visible(timeout=WAIT_MS)
    hub.kill_and_start()  # 2
    hub.wait_for_channel(chat_id)
    say(frame, "And when could it come?")
    until(lambda: len(messages(hub, customer)) == 5, "the chat goes on after the hub died", 60)

    site.close()  # she leaves, and the answer finds her by mail
    hub.reply(chat, "On Friday.")
    unread = mail_server.wait_for_mail(ANNA, already + 2, 150)[-1]
    assert "On Friday." in text(unread)
    hub.kill_and_start()  # 3
    hub.wait_for_channel(mailbox["id"])
    hub.wait_for_channel(chat_id)
    address, thread = reply_to(unread, "")
    mail_server.swaks(
        ANNA, address, subject=f"Re: {headers(unread)['Subject']}", body="Friday is fine.\n", headers=thread
    )
    until(lambda: messages(hub, customer)[-1]["text"].strip() == "Friday is fine.", "her mail is on the timeline", 60)
    assert messages(hub, customer)[-1]["conversation_id"] == chat["id"]

    site = visitor.new_page()
    frame = open_chat(site, shop)
    chatted = ["Which size fits six people?", "The larger one, 200 cm.", "And when could it come?", "On Friday."]
    chatted.append("Friday is fine.")
    for words in chatted:
        expect(bubble(frame, words)).to_have_count(1, timeout=WAIT_MS)
    assert in_order(frame.locator(".bubble").all_inner_texts(), chatted), "the visitor's page"
    said = ["Is the oak table in stock?", "It is, in two sizes.", *chatted]
    timeline = [one["text"] for one in messages(hub, customer)]
    assert in_order(timeline, said), "the timeline"
    desk.goto(f"{hub.address}/conversations/{chat['id']}")
    for words in said:
        expect(desk.locator(".pane-timeline").get_by_text(words).last).to_be_visible(timeout=WAIT_MS)
    assert in_order(desk.locator("article.entry").all_inner_texts(), said), "the agent's page"
    assert len(mail_server.inbox(ANNA)) == already + 2
    assert [one["customer"]["name"] for one in hub.conversations()] == ["Anna Archer", "Anna Archer"]
    visitor.close()
    desk.context.close()
