"""The agent's work in a real browser: by keyboard alone, live, and when something goes wrong."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import NewPage
from tests.browser.held import hold
from tests.hub_process import PASSWORD, HubProcess, until

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(400)]
COMPOSER = ".composer-text"


def about(hub: HubProcess, subject: str) -> dict[str, Any]:
    found = [
        one for view in ("open", "resolved") for one in hub.conversations(view) if subject in (one["subject"] or "")
    ]
    assert found, f"the demo has no conversation about {subject!r}"
    return found[0]


def open_conversation(new_page: NewPage, hub: HubProcess, subject: str, **options: Any) -> Page:
    page = new_page(f"/conversations/{about(hub, subject)['id']}", **options)
    expect(page.locator(".destination")).to_contain_text("@")
    expect(page.locator("article.entry").first).to_be_visible()  # what is sent says what was seen before
    return page


def answer_after(hub: HubProcess, conversation: dict[str, Any], entry_id: int) -> dict[str, Any]:
    """What the demo's customer writes back, after this entry."""

    def found() -> dict[str, Any] | None:
        entries = hub.timeline(conversation["customer"]["id"])
        return next((one for one in entries if one["direction"] == "in" and one["id"] > entry_id), None)

    return until(found, "the customer answers")


def test_the_whole_main_job_by_keyboard(new_page: NewPage, hub: HubProcess) -> None:
    page = new_page("/", signed_in=False)
    expect(page).to_have_url(re.compile("/sign-in"))
    expect(page.get_by_label("Email")).to_be_focused()
    page.keyboard.type("lena@acme.test")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(".conversation-row").first).to_be_visible()

    page.keyboard.press("j")
    expect(page.locator(".destination")).to_contain_text("@")
    first = page.url
    page.keyboard.press("j")
    expect(page).not_to_have_url(first)
    page.keyboard.press("k")
    expect(page).to_have_url(first)
    expect(page.locator(".destination")).to_contain_text("@")

    page.keyboard.press("n")
    page.keyboard.type("Call her back before five, e.g. at four.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("article.note").last).to_contain_text("Call her back before five, e.g. at four.")

    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.keyboard.type("Thank you for your message.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("article.out").last).to_contain_text("Thank you for your message.")
    expect(page.locator("article.out").last).to_contain_text(re.compile("Sent|Delivered"))
    expect(page.locator(COMPOSER)).to_be_focused()

    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.keyboard.type("lena")
    page.keyboard.press("Enter")
    expect(page.locator(".assign-name")).to_have_text("You")
    expect(page.locator(".assign-button")).to_be_focused()

    page.keyboard.press("e")
    expect(page.locator(".toast").last).to_contain_text("Resolved")
    expect(page).not_to_have_url(first)
    page.keyboard.press("4")
    expect(page.get_by_role("tab", name=re.compile("^Resolved"))).to_have_attribute("aria-selected", "true")
    resolved = page.locator(f'.conversation-row[href="{re.sub("^https?://[^/]+", "", first)}"]')
    expect(resolved).to_be_visible()


def test_the_composer_names_the_address_that_the_message_goes_to(new_page: NewPage, hub: HubProcess) -> None:
    page = open_conversation(new_page, hub, "Missing crate")
    conversation = about(hub, "Missing crate")
    places = hub.call("GET", f"/api/conversations/{conversation['id']}/destinations")["items"]
    default = next(one for one in places if one["default"])
    expect(page.locator(".destination")).to_contain_text(default["address"])
    expect(page.locator(".destination")).to_contain_text(default["from"])
    page.locator(COMPOSER).fill("The cups are on their way.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("article.out").last).to_contain_text(f"to {default['address']}")


def test_an_answer_appears_without_a_reload(new_page: NewPage, hub: HubProcess) -> None:
    conversation = about(hub, "Wrong VAT number")
    before = hub.timeline(conversation["customer"]["id"])[0]["id"]
    page = open_conversation(new_page, hub, "Wrong VAT number")
    page.locator(COMPOSER).fill("Which number should it be?")
    page.get_by_role("button", name="Send", exact=True).click()
    mine = page.locator("article.out", has_text="Which number should it be?")
    expect(mine.last).to_contain_text("Delivered")
    answer = answer_after(hub, conversation, before)
    expect(page.locator(f'article.in[data-entry="{answer["id"]}"]')).to_be_visible()


def test_a_newer_message_is_shown_before_an_answer_goes_out(new_page: NewPage, hub: HubProcess) -> None:
    conversation = about(hub, "Appuntamento")
    page = new_page("/ui", signed_in=True)
    page.route_web_socket(re.compile("/api/live"), lambda socket: None)  # a line that is open and silent
    page.goto(f"{hub.address}/conversations/{conversation['id']}")
    expect(page.locator(".destination")).to_contain_text("@")
    expect(page.locator("article.entry").first).to_be_visible()  # it has read what was there before
    before = len(hub.timeline(conversation["customer"]["id"]))
    hub.reply(conversation, "Sabato va bene.")
    until(lambda: len(hub.timeline(conversation["customer"]["id"])) >= before + 2, "the customer answered")

    page.locator(COMPOSER).fill("Sabato è possibile.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".composer .banner")).to_contain_text("newer message")
    expect(page.locator(COMPOSER)).to_have_text("Sabato è possibile.")
    assert not [one for one in hub.timeline(conversation["customer"]["id"]) if "è possibile" in one["text"]]
    page.get_by_role("button", name="Send anyway").click()
    expect(page.locator("article.out").last).to_contain_text("Sabato è possibile.")
    until(
        lambda: [one for one in hub.timeline(conversation["customer"]["id"]) if "è possibile" in one["text"]],
        "the confirmed answer is stored",
    )


def test_a_mail_without_a_subject_is_told_by_its_words_or_its_files_or_as_empty(
    new_page: NewPage, hub: HubProcess
) -> None:
    says = [("", []), ("", ["offer.pdf", "photo.jpg"]), ("Where is it? I wait.", [])]

    def without_subjects(route: Route) -> None:
        answer = route.fetch()
        page = answer.json()
        for one, (words, files) in zip(page["items"], says, strict=False):
            opening = {"kind": "message", "direction": None, "state": None, "talk_seconds": None, "words": words}
            one |= {"subject": None, "preview": words, "preview_of": None, "preview_files": files, "opening": opening}
        route.fulfill(response=answer, json=page)

    page = new_page("/healthz")
    page.route("**/api/conversations?*", without_subjects)
    page.goto(hub.address + "/")
    lines = page.locator(".conversation-row .row-preview")
    for number, words in enumerate(["Empty mail", "offer.pdf and photo.jpg", "Where is it? I wait."]):
        expect(lines.nth(number)).to_contain_text(words)
    page.unroute_all(behavior="ignoreErrors")


def test_a_failed_delivery_shows_why_and_what_to_do(new_page: NewPage, hub: HubProcess) -> None:
    page = open_conversation(new_page, hub, "Password reset")
    page.locator(COMPOSER).fill("Please try it once more.")
    page.get_by_role("button", name="Send", exact=True).click()
    failed = page.locator("article.out").last
    expect(failed).to_contain_text("Not delivered")
    expect(failed.locator(".delivery-reason")).not_to_be_empty()
    expect(
        page.locator(".conversation-row.chosen").get_by_role("img", name="A message was not delivered")
    ).to_be_visible()
    failed.get_by_role("button", name="Send another way").click()
    expect(page.locator(COMPOSER)).to_have_text("Please try it once more.")


def test_a_blocked_address_is_allowed_again(new_page: NewPage, hub: HubProcess) -> None:
    """The demo blocks nobody, so the hub's answers are given here."""
    lifted: list[str] = []
    blocked = {
        "id": 7,
        "identity": {"id": 1, "kind": "email", "address": "peter@novak.example", "name": "Peter"},
        "channel_id": None,
        "reason": "The mailbox does not exist.",
        "since": "2026-11-20T08:00:00Z",
    }

    def answer(route: Route) -> None:
        if route.request.method == "DELETE":
            lifted.append(route.request.url)
            route.fulfill(status=204)
        else:
            route.fulfill(json={"items": [blocked], "next": None})

    page = new_page("/ui")
    page.route("**/api/suppressions**", answer)
    page.goto(hub.address + "/admin/suppressions")
    expect(page.locator(".agent-row")).to_contain_text("peter@novak.example")
    page.get_by_role("button", name="Allow again").click()
    expect(page.get_by_role("button", name="Allow again")).to_have_count(0)
    assert lifted == [f"{hub.address}/api/suppressions/7"]


def test_a_draft_survives_leaving_and_loading_again(new_page: NewPage, hub: HubProcess) -> None:
    page = open_conversation(new_page, hub, "Retour")
    page.locator(COMPOSER).fill("Bonjour, votre remboursement")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page).to_have_url(f"{hub.address}/")
    expect(page.locator(".conversation-row", has_text="Retour").locator(".row-draft")).to_have_count(1)
    page.go_back()
    page.reload()
    expect(page.locator(COMPOSER)).to_have_text("Bonjour, votre remboursement")
    expect(page.locator("article.entry").first).to_be_visible()
    expect(page.locator(".composer-warning")).to_have_count(0)  # it was there before


def test_what_is_written_without_a_connection_goes_out_when_it_is_back(new_page: NewPage, hub: HubProcess) -> None:
    conversation = about(hub, "Damaged goods")
    page = open_conversation(new_page, hub, "Damaged goods")
    page.context.set_offline(True)
    page.locator(COMPOSER).fill("The hinges come on Monday.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("article.out").last).to_contain_text("Waits for a connection")
    expect(page.locator(".line-state")).to_contain_text("One message waits")
    page.context.set_offline(False)
    expect(page.locator("article.out").last).to_contain_text(re.compile("Sent|Delivered"), timeout=40_000)
    sent = [
        one
        for one in hub.timeline(conversation["customer"]["id"])
        if "come on Monday" in one["text"] and one["direction"] == "out"
    ]
    assert len(sent) == 1


# each of its own: a customer who answers what the test before has sent would be news, before which nothing goes out
@pytest.mark.parametrize(
    ("breaks", "subject"), [("off", "Thank you"), ("with 503", "お見積もり"), ("after it was stored", "فاتورة")]
)
def test_a_message_whose_request_breaks_goes_out_once_though_the_live_line_never_broke(
    new_page: NewPage, hub: HubProcess, breaks: str, subject: str
) -> None:
    conversation = about(hub, subject)
    page = open_conversation(new_page, hub, subject)
    words = f"It broke {breaks}."
    left = [2]

    def fail(route: Route) -> None:
        if not left[0]:
            route.continue_()
            return
        left[0] -= 1
        if breaks == "after it was stored":
            route.fetch()
        if breaks == "with 503":
            route.fulfill(status=503, json={"title": "The hub is busy.", "code": "busy"})
        else:
            route.abort("connectionreset")

    page.route("**/scheduled", fail)
    page.locator(COMPOSER).fill(words)
    page.keyboard.press("Control+Enter")
    mine = page.locator("article.out").filter(has_text=words)
    expect(mine.last).to_contain_text(re.compile("Sent|Delivered"), timeout=40_000)
    expect(mine).to_have_count(1)
    expect(page.locator("article.pending")).to_have_count(0)
    assert not left[0]
    sent = [one for one in hub.timeline(conversation["customer"]["id"]) if one["text"].startswith(words)]
    assert len(sent) == 1


@pytest.mark.parametrize("asked", ["**/api/conversations?*", "**/timeline?*", "**/destinations", "**/api/customers/*"])
def test_what_could_not_be_read_while_the_hub_was_away_comes_with_it(
    new_page: NewPage, hub: HubProcess, asked: str
) -> None:
    page = new_page()
    refused: list[str] = []

    def away(route: Route) -> None:
        refused.append(route.request.url)
        route.abort("connectionrefused")

    conversation = about(hub, "Damaged goods")
    page.route(asked, away)
    page.goto(f"{hub.address}/conversations/{conversation['id']}")
    for _ in range(200):
        if len(refused) >= 2:
            break
        page.wait_for_timeout(100)
    assert len(refused) >= 2, "it is not asked for again"
    page.unroute(asked)
    expect(page.locator(".row-main").first).to_be_visible(timeout=20_000)
    expect(page.locator("article").last).to_be_visible(timeout=20_000)
    page.locator(COMPOSER).fill("The oil is on its way.")
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_enabled(timeout=20_000)
    page.locator(COMPOSER).fill("")


def test_a_file_is_attached_and_goes_with_the_message(new_page: NewPage, hub: HubProcess) -> None:
    page = open_conversation(new_page, hub, "Opening hours")
    page.locator('.composer input[type="file"]').set_input_files(
        {"name": "opening hours.txt", "mimeType": "text/plain", "buffer": b"10 to 18"}
    )
    expect(page.locator(".attachments.composing")).to_contain_text("8 byte")
    page.route("**/api/attachments", lambda route: route.fulfill(status=413, json={"title": "Attach at most 30 MB."}))
    page.locator('.composer input[type="file"]').set_input_files(
        {"name": "film.mov", "mimeType": "video/quicktime", "buffer": b"long"}
    )
    expect(page.locator(".attachment.wrong")).to_contain_text("film.mov")
    page.locator(COMPOSER).fill("Here they are.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".toast")).to_contain_text("could not be attached")
    page.get_by_role("button", name="Remove film.mov").click()
    page.locator(COMPOSER).click()
    page.keyboard.press("Control+Enter")
    expect(page.locator("article.out").last.locator(".attachment")).to_contain_text("opening hours.txt")


def test_customers_are_merged_and_the_merge_is_undone(new_page: NewPage, hub: HubProcess) -> None:
    conversation = about(hub, "Cups for")
    page = open_conversation(new_page, hub, "Cups for")
    expect(page.locator(".identity")).to_have_count(1)
    page.locator(".suggestion").get_by_role("button", name="Merge", exact=True).click()
    expect(page.locator(".identity")).to_have_count(2)
    expect(page.locator(".timeline-column")).to_contain_text("Missing crate")
    expect(page.locator(".destination")).to_contain_text(conversation["identity"]["address"])
    page.locator(".merge-line").get_by_role("button", name="Undo").click()
    expect(page.locator(".identity")).to_have_count(1)
    expect(page.locator(".timeline-column")).not_to_contain_text("Missing crate")


def test_colleagues_see_who_is_here_and_who_writes(new_page: NewPage, hub: HubProcess) -> None:
    made = hub.call("POST", "/api/agents", {"name": "Tom Okafor", "email": "tom@acme.test", "role": "agent"})
    other = new_page(re.sub(r"^https?://[^/]+", "", made["invite_url"]), signed_in=False)
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Create account").click()
    expect(other.locator(".conversation-row").first).to_be_visible()
    page = open_conversation(new_page, hub, "Framework agreement")
    other.locator(".conversation-row", has_text="Framework agreement").click()
    expect(page.locator(".viewers")).to_contain_text("Tom Okafor is here")
    other.locator(COMPOSER).press_sequentially("Dear")
    expect(page.locator(".viewers")).to_contain_text("Tom Okafor is writing")
    other.goto(hub.address + "/admin/channels")
    expect(other.locator(".empty")).to_contain_text("for administrators")
    expect(page.locator(".viewers")).to_have_count(0)


def test_an_agent_chooses_the_language(new_page: NewPage, hub: HubProcess) -> None:
    page = new_page("/")
    page.get_by_role("button", name="Account of").click()
    page.get_by_role("menuitem", name="Your settings").click()
    page.get_by_label("Language").select_option(label="Deutsch")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("tab", name=re.compile("^Offen"))).to_be_visible()
    page.reload()
    expect(page.get_by_role("tab", name=re.compile("^Offen"))).to_be_visible()
    hub.call("PATCH", "/api/me", {"locale": "en"})


def test_on_a_phone_the_pages_are_a_stack(new_page: NewPage, hub: HubProcess) -> None:
    page = new_page("/", width=390)
    page.locator(".conversation-row", has_text="Framework agreement").click()
    expect(page.locator("article.entry").first).to_be_visible()
    expect(page.locator(".pane-list")).to_be_hidden()
    page.get_by_role("button", name="Customer").click()
    expect(page.locator(".identity").first).to_be_visible()
    expect(page.locator(".pane-timeline")).to_be_hidden()
    page.locator(".pane-customer").get_by_role("button", name="Back").click()
    expect(page.locator(COMPOSER)).to_be_visible()
    page.locator(".timeline-head").get_by_role("button", name="Back").click()
    expect(page.locator(".conversation-row").first).to_be_visible()


def test_on_a_phone_most_of_the_screen_is_the_timeline(new_page: NewPage, hub: HubProcess) -> None:
    def shares(page: Page) -> float:
        return float(page.evaluate("document.querySelector('.timeline-scroll').clientHeight / innerHeight"))

    page = open_conversation(new_page, hub, "Framework agreement", width=390)
    until(lambda: shares(page) > 0.7, "most of the screen is the timeline", 15)
    page.locator(COMPOSER).click()
    expect(page.locator(".composer").get_by_role("button", name="Send", exact=True)).to_be_visible()
    expect(page.locator(".destination")).to_be_visible()
    page.locator(COMPOSER).blur()
    expect(page.locator(".composer-foot")).to_be_hidden()
    page.locator(".composer").get_by_role("button", name="Only colleagues").click()
    expect(page.locator(".composer.as-note .composer-text")).to_be_focused()
    page.get_by_role("radio", name="Reply").click()
    expect(page.locator(".narrow-bar")).to_have_count(0)
    page.locator(".narrow-fold").click()
    page.get_by_role("button", name="Kind: Everything").click()
    page.get_by_role("menuitemcheckbox", name="Notes").click()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator(".narrow-bar")).to_have_count(0)
    expect(page.get_by_role("button", name="What the timeline shows, narrowed: 1")).to_be_focused()


def test_a_channel_is_tested_changed_and_paused(new_page: NewPage, hub: HubProcess) -> None:
    (channel,) = hub.call("GET", "/api/channels")["items"]
    page = new_page(f"/admin/channels/{channel['id']}")
    page.get_by_role("button", name="Test connection").click()
    expect(page.locator(".test-steps")).to_contain_text("Everything works")
    name = page.get_by_label("Name", exact=True)
    name.fill("Shop")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Shop")
    page.get_by_role("button", name="Pause").click()
    expect(page.locator(".health-panel")).to_contain_text("Paused")
    page.get_by_role("button", name="Resume").click()
    expect(page.locator(".health-panel")).to_contain_text(re.compile("Working|Starting"))
    expect(page.locator(".table")).to_contain_text("Received")


def test_business_hours_are_set_and_a_channel_goes_by_them(new_page: NewPage, hub: HubProcess) -> None:
    page = new_page("/admin/hours/new")
    page.get_by_label("Country").select_option("DE")
    expect(page.locator(".hours-form")).to_contain_text("Next: ")
    page.get_by_role("button", name="Add a day").click()
    page.locator(".exception input[type=date]").fill("2030-12-24")
    page.get_by_role("button", name="Add hours: Saturday").click()
    page.locator(".hours-form .choice input").first.check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".week")).to_contain_text("09:00–17:00")
    (saved,) = hub.call("GET", "/api/hours")["items"]
    assert sorted(saved["weekly"]) == ["fri", "mon", "sat", "thu", "tue", "wed"]
    assert [one["day"] for one in saved["exceptions"]] == ["2030-12-24"]
    assert saved["country"] == "DE"
    assert len(saved["channel_ids"]) == 1


def test_a_token_is_shown_once_works_and_is_revoked(new_page: NewPage, hub: HubProcess) -> None:
    page = new_page("/admin/tokens")
    page.get_by_role("button", name="Make a token").click()
    page.get_by_label("Name", exact=True).fill("Nightly report")
    page.locator("dialog[open] button[type=submit]").click()
    token = page.get_by_label("Token for Nightly report").locator("input").input_value()
    answer = page.request.get(
        f"{hub.address}/api/conversations", headers={"Authorization": f"Bearer {token}", "Cookie": ""}
    )
    assert answer.ok
    page.get_by_role("button", name="Done").click()
    expect(page.locator("body")).not_to_contain_text(token)
    page.get_by_role("button", name="Revoke").click()
    expect(page.locator(".token-row")).to_have_count(0)
    assert hub.call("GET", "/api/tokens")["items"] == []


def test_a_webhook_is_added_tried_and_paused(new_page: NewPage, hub: HubProcess) -> None:
    page = new_page("/admin/webhooks/new")
    page.get_by_label("Name", exact=True).fill("Stock")
    page.get_by_label("Address").fill("https://receiver.invalid/events")
    page.get_by_label("A message went out").check()
    page.get_by_role("button", name="Add a webhook").click()
    page.get_by_role("button", name="Done").click()
    page.get_by_role("button", name="Send a test").click()
    expect(page.locator("form [role=status]")).to_contain_text("did not arrive")
    expect(page.locator(".agent-row")).to_contain_text("webhook.test")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Resume")).to_be_visible()
    (saved,) = hub.call("GET", "/api/webhooks")["items"]
    assert (saved["state"], saved["events"]) == ("paused", ["message.received", "message.sent"])


def test_the_chat_is_tried_on_its_own_page_and_answered_on_the_desk(new_page: NewPage, hub: HubProcess) -> None:
    made = hub.call(
        "POST",
        "/api/channels",
        {"kind": "webchat", "name": "Shop chat", "settings": {"origins": "https://shop.example"}},
    )
    hub.wait_for_channel(made["id"])
    page = new_page(f"/admin/channels/{made['id']}")
    expect(page.get_by_label("Script tag")).to_have_value(
        f'<script async src="{hub.address}/hooks/{made["id"]}/widget.js"></script>'
    )
    page.get_by_role("button", name="Try it").click()
    chat = page.frame_locator(".embed-preview").frame_locator("iframe")
    page.get_by_label(re.compile("^Title")).fill("Oak & Iron")
    expect(chat.locator("#title")).to_have_text("Oak & Iron")
    page.get_by_label(re.compile("^Greeting")).fill("<b>Ask</b> us.")
    expect(chat.locator(".message .bubble").first).to_have_text("<b>Ask</b> us.")
    page.get_by_label(re.compile("^Colour")).fill("#102030")
    expect(chat.locator("html")).to_have_css("--accent", "rgb(16 32 48)")
    page.get_by_label(re.compile("^Colour")).fill("#10203")
    page.get_by_label(re.compile("^Title")).fill("Iron & Oak")
    expect(chat.locator("#title")).to_have_text("Iron & Oak")
    expect(chat.locator("html")).to_have_css("--accent", "rgb(16 32 48)")
    page.reload()
    page.get_by_role("button", name="Try it").click()
    expect(chat.locator("#title")).not_to_have_text("Iron & Oak")
    chat.locator("#text").fill("Is anybody there?")
    chat.locator("#text").press("Enter")
    desk = new_page("/")
    desk.locator(".conversation-row", has_text="Is anybody there?").click()
    expect(desk.locator("article.entry.brief")).to_have_count(1)
    composer = desk.locator(".composer-text")
    composer.fill("We are")
    expect(desk.get_by_role("button", name="Send", exact=True)).to_be_enabled()  # it knows where to
    composer.press("Enter")
    expect(chat.locator("#log")).to_contain_text("We are")


def test_a_timeline_shows_one_channel_alone(new_page: NewPage, hub: HubProcess) -> None:
    (chatted,) = [one for one in hub.conversations() if one["channel"]["name"] == "Shop chat"]
    (mailed,) = [one for one in hub.conversations() if "Missing crate" in (one["subject"] or "")]
    into, other = mailed["customer"]["id"], chatted["customer"]["id"]
    hub.call("POST", f"/api/customers/{into}/merge", {"other_id": other})
    page = new_page(f"/conversations/{mailed['id']}")
    page.get_by_role("button", name="What the timeline shows").click()
    bar = page.get_by_role("group", name="What the timeline shows")
    bar.get_by_role("button", name="Channel: All channels").click()
    page.get_by_role("menuitemradio", name="Shop chat").click()
    expect(page).to_have_url(re.compile(r"\?channel="))
    expect(page.locator("article.entry")).to_have_count(2)
    bar.get_by_role("button", name="Show everything").click()
    expect(page.locator("article.entry", has_text="Two cups are chipped")).to_be_visible()


def test_what_does_not_exist_is_said_and_leads_back_on_a_phone_too(new_page: NewPage, hub: HubProcess) -> None:
    page = new_page("/conversations/99999999", width=390)
    expect(page.get_by_text("This conversation does not exist")).to_be_visible()
    page.get_by_role("link", name="Conversations").locator("visible=true").click()
    expect(page.locator(".conversation-row").first).to_be_visible()
    page.goto(f"{hub.address}/c/99999999")
    expect(page.get_by_text("This customer does not exist")).to_be_visible()


def test_after_signing_in_the_page_is_the_one_that_was_asked_for(new_page: NewPage, hub: HubProcess) -> None:
    page = new_page("/search?q=crate", signed_in=False)
    page.get_by_label("Email").fill("lena@acme.test")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Password").press("Enter")
    expect(page).to_have_url(f"{hub.address}/search?q=crate")


def test_what_is_held_is_tried_and_dismissed_many_at_once(new_page: NewPage, hub: HubProcess) -> None:
    (channel,) = [one["id"] for one in hub.call("GET", "/api/channels")["items"] if one["kind"] == "demo"]
    hold(hub.folder / "data", channel, 3)
    page = new_page(f"/admin/quarantine?channel={channel}")
    expect(page.locator(".held")).to_have_count(3)
    page.get_by_label("Select all that are shown").check()
    tools = page.get_by_role("toolbar")
    tools.get_by_role("button", name="Retry").click()
    expect(page.locator(".toast")).to_contain_text("Still held: 3")
    expect(page.get_by_text("Tried again just now")).to_have_count(3)
    page.get_by_label("Select Order 20417", exact=True).uncheck()
    tools.get_by_role("button", name="Dismiss").click()
    page.get_by_label("Reason").fill("Spam")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".held")).to_have_count(1)
    assert len(hub.call("GET", f"/api/quarantine?channel_id={channel}")["items"]) == 1


def test_on_a_phone_a_conversation_is_put_off_to_a_date(new_page: NewPage, hub: HubProcess) -> None:
    page = new_page(f"/conversations/{hub.conversations()[0]['id']}", width=390)
    page.get_by_role("button", name="Snooze").click()
    page.get_by_role("menuitem", name="Choose date and time").click()
    expect(page.get_by_role("dialog", name="Snooze until")).to_be_visible()


def test_a_page_that_found_no_hub_goes_on_by_itself(new_page: NewPage, hub: HubProcess) -> None:
    page = new_page("/ui")
    away = {"status": 503, "json": {"code": "unavailable"}}
    page.route("**/api/session", lambda route: route.fulfill(**away))
    page.goto(hub.address)
    expect(page.get_by_text("The hub cannot be reached")).to_be_visible()
    page.unroute("**/api/session")
    expect(page.locator(".conversation-row").first).to_be_visible()
