"""Texts in a real browser: what the composer counts, the window of WhatsApp and its templates, files still to come."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import NewPage, findings
from tests.browser.phone_network import COMPANY, CUSTOMER, hub, inbox, line_of, network
from tests.browser.test_pages import OUT, photograph, settle, sticks_out
from tests.browser.test_work import COMPOSER, about
from tests.hub_process import HubProcess, until
from tests.peers.telephones import Telephones

__all__ = ["hub", "network"]  # fixtures

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(400)]
Measure = dict[str, Any]
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
WHATSAPP_LINE = f"whatsapp:{COMPANY}"

SMS = {"segments": True, "max_text": 1600, "templates": False}
WHATSAPP = {"segments": False, "max_text": 1600, "templates": True}
TEMPLATES = [
    {
        "id": "HX0001",
        "name": "order_update",
        "language": "en",
        "body": "Hello {{1}}, your order {{2}} is on its way.",
        "variables": {"1": "Maria", "2": "A-1044"},
        "quick_replies": ["Where is it?", "Thank you"],
        "approved": True,
        "category": "UTILITY",
    },
    {
        "id": "HX0002",
        "name": "sommer_angebot",
        "language": "de",
        "body": "Hallo, es gibt ein Angebot.",
        "variables": {},
        "quick_replies": [],
        "approved": False,
        "category": "MARKETING",
    },
]


@pytest.fixture
def measured(new_page: NewPage) -> Callable[[str], Measure]:
    page = new_page("/ui")

    def measure(text: str) -> Measure:
        found: Measure = page.evaluate("async text => (await import('/ui/static/js/segments.js')).measure(text)", text)
        return found

    return measure


@pytest.mark.parametrize(
    ("text", "encoding", "units", "segments"),
    [
        ("", "gsm", 0, 0),
        ("a" * 160, "gsm", 160, 1),
        ("a" * 161, "gsm", 161, 2),
        ("a" * 306, "gsm", 306, 2),
        ("a" * 307, "gsm", 307, 3),
        ("é" * 160, "gsm", 160, 1),
        ("€" * 80, "gsm", 160, 1),
        ("€" * 81, "gsm", 162, 2),
        # 152 and one of two: it does not fit into the first segment, and is not cut in half
        ("a" * 152 + "€" + "a" * 152, "gsm", 306, 3),
        ("’" + "a" * 69, "ucs2", 70, 1),
        ("’" + "a" * 159, "ucs2", 160, 3),
        ("ş" * 71, "ucs2", 71, 2),
        ("😀" * 35, "ucs2", 70, 1),
        ("😀" * 36, "ucs2", 72, 2),
        ("a" * 66 + "😀" + "a" * 66, "ucs2", 134, 3),
    ],
)
def test_a_text_is_cut_into_segments_as_the_network_does(
    measured: Callable[[str], Measure], text: str, encoding: str, units: int, segments: int
) -> None:
    found = measured(text)
    assert (found["encoding"], found["units"], found["segments"]) == (encoding, units, segments)
    assert found["room"] >= units


def test_the_characters_that_make_a_text_unicode_are_named_once_each(measured: Callable[[str], Measure]) -> None:
    assert measured("It’s “fine”, isn’t it? ş")["strange"] == ["’", "“", "”", "ş"]


def answered_at(page: Page, hub: HubProcess, subject: str, **changes: Any) -> str:
    """The conversation's address, with a destination such as a connector of texts gives."""
    conversation = about(hub, subject)
    path = f"/api/conversations/{conversation['id']}/destinations"
    hub.call("DELETE", f"/api/conversations/{conversation['id']}/draft")  # of the test before

    def change(route: Route) -> None:
        items = hub.call("GET", path)["items"]
        route.fulfill(json={"items": [{**one, **changes} for one in items]})

    page.route("**/destinations", change)
    return f"{hub.address}/conversations/{conversation['id']}"


def at_sms(new_page: NewPage, hub: HubProcess, **options: Any) -> Page:
    page = new_page("/ui", **options)
    limits = {
        "max_bytes": 5_000_000,
        "max_text": None,
        "max_files": 10,
        "captioned": None,
        "attachments": True,
        "subject": False,
        "cc": False,
        "html": False,
    }
    phone = {"kind": "phone", "channel_kind": "sms", "address": "+49 1512 3456789", "from": "Acme <+4915199900001>"}
    page.goto(answered_at(page, hub, "Missing crate", text=SMS, window=None, limits=limits, **phone))
    expect(page.locator(".destination")).to_contain_text("SMS")
    return page


def at_whatsapp(
    new_page: NewPage, hub: HubProcess, closes_at: datetime | None, *, clock: bool = False, **options: Any
) -> Page:
    page = new_page("/ui", **options)
    if clock:  # the test may put it forward
        page.clock.install()
    is_open = closes_at is not None and closes_at > datetime.now(UTC)
    window = {"open": is_open, "closes_at": closes_at.isoformat() if closes_at else None}
    page.route("**/templates", lambda route: route.fulfill(json={"items": TEMPLATES}))
    limits = {
        "max_bytes": 5_000_000,
        "max_text": None,
        "max_files": 1,
        "captioned": ["image/png"],
        "attachments": True,
        "subject": False,
        "cc": False,
        "html": False,
    }
    way = {"kind": "whatsapp", "channel_kind": "whatsapp", "address": "+49 1512 3456789", "from": "Acme"}
    page.goto(answered_at(page, hub, "Missing crate", text=WHATSAPP, window=window, limits=limits, **way))
    expect(page.locator(".destination")).to_contain_text("WhatsApp")
    return page


def test_the_composer_counts_what_a_text_costs_and_says_what_makes_it_dear(new_page: NewPage, hub: HubProcess) -> None:
    page = at_sms(new_page, hub)
    counter = page.locator(".composer .counter")
    expect(counter).to_have_text(re.compile(r"0 / 160\s*$"))
    page.locator(COMPOSER).fill("It is on its way" + "." * 144)
    expect(counter).to_have_text(re.compile(r"160 / 160\s*·\s*1 segment"))
    page.locator(COMPOSER).press_sequentially("’")
    expect(counter).to_have_text(re.compile(r"161 / 201\s*·\s*3 segments"))
    hint = page.locator(".text-hint")
    expect(hint).to_contain_text("The character ’ is not in the SMS alphabet")
    photograph(page, "text-unicode")
    hint.get_by_role("button", name="Use plain characters").click()
    expect(page.locator(COMPOSER)).to_have_value("It is on its way" + "." * 144 + "'")
    expect(counter).to_have_text(re.compile(r"161 / 306\s*·\s*2 segments"))
    expect(hint).to_be_empty()
    expect(page.locator(COMPOSER)).to_be_focused()
    page.locator(COMPOSER).fill("ş")
    expect(hint).to_contain_text("The character ş is not in the SMS alphabet")
    expect(hint.get_by_role("button")).to_have_count(0)
    page.locator(COMPOSER).fill("")


def test_a_note_on_a_text_is_not_counted(new_page: NewPage, hub: HubProcess) -> None:
    page = at_sms(new_page, hub)
    page.get_by_role("radio", name="Note").click()
    page.locator(COMPOSER).fill("Call them")
    expect(page.locator(".composer .counter")).to_have_count(0)
    page.locator(COMPOSER).fill("")


def test_the_window_of_free_text_counts_down(new_page: NewPage, hub: HubProcess) -> None:
    page = at_whatsapp(new_page, hub, datetime.now(UTC) + timedelta(hours=5, minutes=20, seconds=25))
    expect(page.locator(".counter", has_text="left to write freely")).to_contain_text("5h 20m")
    expect(page.locator(COMPOSER)).to_be_visible()
    late = at_whatsapp(new_page, hub, datetime.now(UTC) + timedelta(minutes=40, seconds=25))
    expect(late.locator(".counter.warning")).to_contain_text("40m")


def test_the_window_that_closes_while_somebody_looks_leaves_a_template(new_page: NewPage, hub: HubProcess) -> None:
    page = at_whatsapp(new_page, hub, datetime.now(UTC) + timedelta(minutes=5), clock=True)
    expect(page.locator(COMPOSER)).to_be_visible()
    page.clock.fast_forward("06:00")
    expect(page.locator(".template-why")).to_contain_text("only a template")


def test_a_closed_window_takes_a_template_that_is_filled_by_keyboard(new_page: NewPage, hub: HubProcess) -> None:
    sent: list[Any] = []

    def take(route: Route) -> None:
        sent.append(route.request.post_data_json)
        route.fulfill(status=422, json={"code": "refused", "title": "No.", "detail": "The provider is away."})

    page = at_whatsapp(new_page, hub, datetime.now(UTC) - timedelta(hours=2))
    page.route("**/messages", take)
    expect(page.locator(".template-why")).to_contain_text("only a template")
    expect(page.locator(COMPOSER)).to_have_count(0)
    expect(page.locator(".template button")).to_be_visible()  # the templates are read
    page.keyboard.press("r")
    expect(page.locator(".template button")).to_be_focused()
    page.keyboard.press("Enter")
    menu = page.get_by_role("dialog", name="Choose a template")
    expect(menu.get_by_role("menuitemradio", name="sommer_angebot")).to_be_visible()
    page.keyboard.type("order")
    page.keyboard.press("Enter")
    preview = page.locator(".template-preview")
    expect(preview).to_contain_text("Hello {{1}}, your order {{2}}")
    expect(preview).to_contain_text("Where is it?")
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_disabled()
    page.get_by_label("Variable 1").fill("Ada")
    page.get_by_label("Variable 2").fill("B-77")
    expect(preview).to_contain_text("Hello Ada, your order B-77 is on its way.")
    page.keyboard.press("Enter")
    expect(page.locator(".composer .banner")).to_contain_text("The provider is away.")
    assert sent[0]["template"] == {"id": "HX0001", "variables": {"1": "Ada", "2": "B-77"}}
    assert "text" not in sent[0]
    # what was refused is there to be sent again
    expect(page.get_by_label("Variable 1")).to_have_value("Ada")
    expect(page.locator("article.out", has_text="Hello Ada")).to_have_count(0)


def test_a_template_can_be_chosen_while_the_window_is_open_and_left_again(new_page: NewPage, hub: HubProcess) -> None:
    page = at_whatsapp(new_page, hub, datetime.now(UTC) + timedelta(hours=5))
    page.locator(COMPOSER).fill("Half a sentence")
    page.get_by_role("button", name="Use a template").click()
    expect(page.locator(".template-why")).to_contain_text("You send a template")
    page.get_by_role("button", name="Write freely").click()
    expect(page.locator(COMPOSER)).to_have_value("Half a sentence")
    page.locator(COMPOSER).fill("")


def test_what_the_hub_knows_of_the_window_wins_over_the_page(new_page: NewPage, hub: HubProcess) -> None:
    page = at_whatsapp(new_page, hub, datetime.now(UTC) + timedelta(hours=5))
    problem = {"code": "needs_template", "title": "No.", "detail": "The customer wrote more than 24 hours ago."}
    page.route("**/messages", lambda route: route.fulfill(status=409, json=problem))
    page.locator(COMPOSER).fill("Is it there?")
    page.get_by_role("button", name="Send", exact=True).click()
    banner = page.locator(".composer .banner")
    expect(banner).to_contain_text("more than 24 hours ago")
    banner.get_by_role("button", name="Choose a template").click()
    expect(page.locator(".template")).to_be_visible()
    page.get_by_role("button", name="Write freely").click()
    expect(page.locator(COMPOSER)).to_have_value("Is it there?")
    page.locator(COMPOSER).fill("")


def test_before_files_go_out_as_messages_of_their_own_the_composer_says_how_many(
    new_page: NewPage, hub: HubProcess
) -> None:
    page = at_whatsapp(new_page, hub, datetime.now(UTC) + timedelta(hours=5))
    hint = page.locator(".composer .text-hint")
    files = page.locator(".composer input[type=file]")
    page.locator(COMPOSER).fill("The bill")
    files.set_input_files({"name": "one.png", "mimeType": "image/png", "buffer": PIXEL})
    expect(page.locator(".attachments.composing li")).to_have_count(1)
    expect(hint).to_have_count(0)
    files.set_input_files({"name": "bill.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"})
    expect(hint).to_contain_text("goes out as 2 messages")
    page.get_by_role("button", name="Remove one.png").click()
    expect(page.locator(".attachments.composing li")).to_have_count(1)
    expect(hint).to_contain_text("goes out as 2 messages")  # text beside a PDF would get lost
    photograph(page, "text-parts")
    assert findings(page) == []
    page.locator(COMPOSER).fill("")
    expect(hint).to_have_count(0)
    page.get_by_role("button", name="Remove bill.pdf").click()


def test_what_is_being_written_keeps_its_address_when_the_customer_writes_from_another(
    new_page: NewPage, hub: HubProcess
) -> None:
    conversation = about(hub, "Missing crate")
    page = at_sms(new_page, hub)
    page.locator(COMPOSER).fill("For the telephone")
    other: list[bool] = []

    def moved(route: Route) -> None:
        (first, *rest) = hub.call("GET", f"/api/conversations/{conversation['id']}/destinations")["items"]
        other.append(True)
        elsewhere = {**first, "identity_id": 999_999, "address": "else@where.example", "default": True}
        route.fulfill(json={"items": [elsewhere, {**first, "default": False}, *rest]})

    page.unroute("**/destinations")
    page.route("**/destinations", moved)
    hub.reply(conversation, "Which crate?")  # the demo's customers answer
    expect(page.locator("article.in").last).to_be_visible()
    for _ in range(300):
        if other:
            break
        page.wait_for_timeout(100)
    assert other, "the addresses were not asked for again"
    expect(page.locator(".destination")).not_to_contain_text("else@where.example")
    page.locator(COMPOSER).fill("")


def test_a_file_that_is_still_with_the_provider_shows_and_is_asked_for_again(
    new_page: NewPage, hub: HubProcess
) -> None:
    asked: list[str] = []
    waiting = {"id": 1, "filename": "", "content_type": "image/jpeg", "size": None, "state": "waiting", "reason": None}
    gone = {
        **waiting,
        "id": 2,
        "filename": "invoice.pdf",
        "content_type": "application/pdf",
        "state": "gone",
        "reason": "It is not at the provider any more.",
    }

    def add(route: Route) -> None:
        answer = route.fetch()
        body = answer.json()
        next(one for one in body["items"] if one["direction"] == "in")["pending_files"] = [waiting, gone]
        route.fulfill(response=answer, json=body)

    def retry(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=204)

    page = new_page("/ui")
    page.route("**/timeline?*", add)
    page.route("**/api/remote-files/**", retry)
    page.goto(f"{hub.address}/conversations/{about(hub, 'Missing crate')['id']}")
    expect(page.locator(".attachment.busy")).to_contain_text("Picture")
    failed = page.locator(".attachment.wrong")
    expect(failed).to_contain_text("not at the provider any more")
    photograph(page, "files-pending")
    assert findings(page) == []
    failed.get_by_role("button", name="Try again").click()
    expect(page.locator(".attachment.busy")).to_have_count(2)
    until(lambda: page.evaluate("1") and asked, "it is asked for")
    assert asked == [f"{hub.address}/api/remote-files/2/retry"]


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (1024, "dark"), (390, "light"), (390, "dark")])
def test_the_composers_of_texts_fit_and_have_no_barrier(
    new_page: NewPage, hub: HubProcess, width: int, theme: str
) -> None:
    page = at_sms(new_page, hub, width=width, theme=theme)
    page.locator(COMPOSER).fill("It’s on its way, and it’ll be there before the weekend begins. " * 4)
    settle(page)
    photograph(page, f"text-sms-{width}-{theme}")
    assert sticks_out(page) + findings(page) == []
    page.locator(COMPOSER).fill("")
    closed = at_whatsapp(new_page, hub, None, width=width, theme=theme)
    closed.get_by_role("button", name="Choose a template").click()
    settle(closed)
    photograph(closed, f"text-templates-{width}-{theme}")
    assert findings(closed) == []
    closed.get_by_text("order_update").click()
    closed.get_by_label("Variable 1").fill("Ada")
    settle(closed)
    photograph(closed, f"text-template-{width}-{theme}")
    assert sticks_out(closed) + findings(closed) == []
    left = at_whatsapp(new_page, hub, datetime.now(UTC) + timedelta(minutes=50), width=width, theme=theme)
    settle(left)
    photograph(left, f"text-window-{width}-{theme}")
    assert sticks_out(left) + findings(left) == []


def test_a_text_is_received_answered_and_delivered(new_page: NewPage, hub: HubProcess, network: Telephones) -> None:
    line_of(hub, network, "sms")
    network.writes(CUSTOMER, COMPANY, "Is my order ready? I need it today.")
    page = new_page("/")
    row = page.locator(".conversation-row", has_text="Is my order ready?")
    expect(row.locator(".row-subject")).to_have_text("Is my order ready?")
    expect(row.locator(".row-preview")).to_have_text("I need it today.")
    row.click()
    expect(page.locator("article.in").last).to_contain_text("Is my order ready?")
    expect(page.locator(".destination")).to_contain_text("via SMS")
    page.locator(COMPOSER).fill("It is. Come by today – we’re open until six.")
    expect(page.locator(".text-hint")).to_contain_text("– ’")
    page.get_by_role("button", name="Use plain characters").click()
    expect(page.locator(".composer .counter")).to_contain_text("1 segment")
    page.keyboard.press("Control+Enter")
    expect(page.locator("article.out").last).to_contain_text("Delivered")
    assert inbox(network, CUSTOMER) == ["It is. Come by today - we're open until six."]


def test_a_picture_that_is_texted_appears_on_the_timeline(
    new_page: NewPage, hub: HubProcess, network: Telephones
) -> None:
    line_of(hub, network, "sms")
    network.writes("+4915199900011", COMPANY, "It looks so", media=[("image/png", PIXEL)])
    page = new_page("/")
    page.locator(".conversation-row", has_text="It looks so").click()
    expect(page.locator("article.in .attachment.picture img")).to_be_visible()
    expect(page.locator(".attachment.busy")).to_have_count(0)


def test_who_has_not_written_on_whatsapp_gets_a_template(
    new_page: NewPage, hub: HubProcess, network: Telephones
) -> None:
    line_of(hub, network, "whatsapp")
    body = "Hello {{1}}, your order is ready."
    network.have(partial(network.twilio.contents.add, "ready", body, variables={"1": "Maria"}))
    page = new_page("/")
    expect(page.locator(".conversation-row").first).to_be_visible()
    page.keyboard.press("c")
    dialog = page.get_by_role("dialog", name="New message")
    dialog.get_by_label("From").select_option("WhatsApp")
    dialog.get_by_label("To", exact=True).fill("+49 151 2345 6780")
    dialog.get_by_role("button", name="Choose a template").click()
    page.get_by_text("ready", exact=True).click()
    photograph(page, "text-new-whatsapp")
    assert findings(page) == []
    dialog.get_by_label("Variable 1").fill("Ada")
    dialog.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("article.out").last).to_contain_text("Hello Ada, your order is ready.")
    expect(page.locator("article.out").last).to_contain_text(re.compile("Sent|Delivered"))
    expect(page.locator(".template-why")).to_contain_text("only a template")
    network.writes("whatsapp:+4915123456780", WHATSAPP_LINE, "Wonderful")
    expect(page.locator(".counter", has_text="left to write freely")).to_contain_text(re.compile("1d|24h|23h"))
    page.locator(COMPOSER).fill("Until six, then.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("article.out").last).to_contain_text("Until six, then.")
    sent = until(lambda: inbox(network, "whatsapp:+4915123456780")[1:], "both messages are sent")
    assert sent == ["Until six, then."]


def test_a_first_text_has_no_subject_and_is_counted(new_page: NewPage, hub: HubProcess, network: Telephones) -> None:
    line_of(hub, network, "sms")
    page = new_page("/")
    expect(page.locator(".conversation-row").first).to_be_visible()
    page.keyboard.press("c")
    dialog = page.get_by_role("dialog", name="New message")
    dialog.get_by_label("From").select_option("Text line")
    expect(dialog.get_by_label("Subject")).to_have_count(0)
    dialog.get_by_label("Message").fill("Your order is ready.")
    expect(dialog.locator(".counter")).to_contain_text("20 / 160")
    dialog.get_by_label("To", exact=True).fill("0151 23456777")
    dialog.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("article.out").last).to_contain_text("Delivered")
    assert inbox(network, "+4915123456777") == ["Your order is ready."]


def test_the_channels_page_says_where_its_webhook_is_pasted(
    new_page: NewPage, hub: HubProcess, network: Telephones
) -> None:
    page = new_page("/admin/channels/new?kind=sms")
    webhook = page.get_by_label("Webhook for incoming messages", exact=True)
    expect(webhook).to_have_attribute("placeholder", "Shown once the channel is added")
    page.goto(f"{hub.address}/admin/channels/{line_of(hub, network, 'sms', '+4930901899')['id']}")
    expect(webhook).to_have_value(re.compile(rf"^{hub.address}/hooks/\d+/incoming$"))
    page.get_by_role("button", name="Test connection").click()
    expect(page.locator(".test-steps")).to_be_visible()
    page.get_by_label("Name", exact=True).fill("Texts")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Texts")


def test_who_asked_for_no_more_texts_is_listed_and_can_be_written_to_again(
    new_page: NewPage, hub: HubProcess, network: Telephones
) -> None:
    line_of(hub, network, "sms")
    network.writes("+4915100000042", COMPANY, "STOP")
    until(lambda: hub.call("GET", "/api/suppressions")["items"], "the hub has taken it in")
    page = new_page("/admin/suppressions")
    row = page.locator(".agent-row", has_text="+49 1510 0000042")
    expect(row).to_contain_text("STOP")
    row.get_by_role("button", name="Allow again").click()
    expect(row).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(row).to_be_visible()

    page.get_by_role("button", name="Block an address").click()
    dialog = page.get_by_role("dialog", name="Block an address")
    dialog.get_by_label("Kind of address").select_option("Phone")
    dialog.get_by_label("Address", exact=True).fill("+49 151 0000 0043")
    dialog.get_by_label("Channel").select_option(index=1)
    dialog.get_by_label("Reason").fill("Asked at the desk")
    dialog.get_by_role("button", name="Block an address").click()
    added = page.locator(".agent-row", has_text="Asked at the desk")
    expect(added).to_contain_text("entered by Lena Hoffmann")
    assert "+4915100000043" in added.inner_text().replace(" ", "")


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (1024, "dark"), (390, "light"), (390, "dark")])
def test_the_administrators_pages_of_texts_fit_and_have_no_barrier(
    new_page: NewPage, hub: HubProcess, network: Telephones, width: int, theme: str
) -> None:
    channel = line_of(hub, network, "sms")
    page = new_page("/ui", width=width, theme=theme)
    for name, path, ready in (
        ("suppressions", "/admin/suppressions", ".agent-row, .empty"),
        ("channel-sms", f"/admin/channels/{channel['id']}", ".hook-field"),
        ("channel-new-whatsapp", "/admin/channels/new?kind=whatsapp", ".hook-field"),
    ):
        page.goto(hub.address + path)
        expect(page.locator(ready).first).to_be_visible()
        settle(page)
        page.screenshot(path=OUT / f"{name}-{width}-{theme}.png", full_page=True)
        assert sticks_out(page) + findings(page) == [], name
