"""Telephone calls in a real browser: the call that rings, the one that is on, how it ended; callbacks and their queues.

Where a page alone is tested, calls are told by its live line as the hub tells them; two go through the network."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.call_line import Json, Line, ago, call_entry, ended, ringing, talking
from tests.browser.conftest import NewPage, findings
from tests.browser.phone_network import COMPANY, hub, line_of, network
from tests.browser.test_pages import OUT, settle, sticks_out
from tests.browser.test_work import COMPOSER, about
from tests.hub_process import HubProcess, until
from tests.peers.telephones import Telephones
from tests.peers.twilio import answers, no_answer, rings

__all__ = ["hub", "network"]  # fixtures

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(400)]
AGENT = "+4930901821"
RINGS = replace(rings(), presses={"press 1": "1"})
"""Until the test picks up; then it takes the call."""


OpenLine = Callable[..., tuple[Page, Line]]


@pytest.fixture
def open_line(new_page: NewPage, hub: HubProcess) -> OpenLine:
    def opened(path: str = "/", **options: Any) -> tuple[Page, Line]:
        page = new_page("/ui", **options)
        line = Line(page)
        page.goto(hub.address + path)
        return page, line

    return opened


def test_a_call_that_rings_for_me_brings_the_customers_timeline(open_line: OpenLine, hub: HubProcess) -> None:
    conversation = about(hub, "Missing crate")
    page, line = open_line("/")
    expect(page.locator(".conversation-row").first).to_be_visible()
    line.tell(ringing(conversation))
    expect(page).to_have_url(f"{hub.address}/conversations/{conversation['id']}")
    bar = page.get_by_role("region", name="Call with Maria")
    expect(bar).to_contain_text("Your telephone rings")
    expect(page.locator("article.entry").first).to_be_visible()
    expect(bar.get_by_role("button", name="Hang up")).to_have_count(0)
    bar.get_by_role("button", name="Decline").click()
    until(lambda: page.evaluate("1") and line.asked, "it is declined")
    assert [what for what, _ in line.asked] == ["POST calls/71/decline"], "the caller is not cut off"
    declined = ringing(conversation, version=30)
    declined["legs"][1]["declined"] = True
    line.tell(declined)
    expect(bar).to_have_count(0)


def test_a_call_that_rings_for_a_colleague_brings_nothing(open_line: OpenLine, hub: HubProcess) -> None:
    call = ringing(about(hub, "Missing crate"))
    call["legs"][1]["agent"] = {"id": 999, "name": "Tom Okafor"}
    page, line = open_line("/")
    expect(page.locator(".conversation-row").first).to_be_visible()
    line.tell(call)
    line.tell({**ringing(about(hub, "Cups for")), "id": 72})
    expect(page.get_by_role("region", name="Call with")).to_have_count(1)
    expect(page).to_have_url(f"{hub.address}/conversations/{about(hub, 'Cups for')['id']}")


def test_who_is_writing_is_told_of_the_call_and_keeps_the_cursor(open_line: OpenLine, hub: HubProcess) -> None:
    here, calling = about(hub, "Opening hours"), about(hub, "Missing crate")
    page, line = open_line(f"/conversations/{here['id']}")
    expect(page.locator(".destination")).to_contain_text("@")
    page.locator(COMPOSER).press_sequentially("We are open")
    line.tell(ringing(calling))
    toast = page.locator(".toast", has_text="is calling")
    expect(toast).to_contain_text(calling["customer"]["name"])
    expect(page.locator(COMPOSER)).to_be_focused()
    expect(page).to_have_url(f"{hub.address}/conversations/{here['id']}")
    page.keyboard.type(" from ten")
    expect(page.locator(COMPOSER)).to_have_text("We are open from ten")
    toast.get_by_role("button", name="Show").click()
    expect(page).to_have_url(f"{hub.address}/conversations/{calling['id']}")
    expect(toast).to_have_count(0)
    page.goto(f"{hub.address}/conversations/{here['id']}")
    expect(page.locator(COMPOSER)).to_have_text("We are open from ten")
    page.locator(COMPOSER).fill("")


def test_the_news_of_a_call_that_is_over_goes(open_line: OpenLine, hub: HubProcess) -> None:
    here, calling = about(hub, "Opening hours"), about(hub, "Missing crate")
    page, line = open_line(f"/conversations/{here['id']}")
    expect(page.locator(".destination")).to_contain_text("@")
    page.locator(COMPOSER).fill("We")
    line.tell(ringing(calling))
    expect(page.locator(".toast", has_text="is calling")).to_be_visible()
    call = ringing(calling, version=3, state="missed", stage="over", ended_at=ago(0), next_steps=[])
    call["legs"][1]["state"] = "canceled"
    line.tell(call)
    expect(page.locator(".toast", has_text="is calling")).to_have_count(0)
    expect(page.locator(".call-bar")).to_have_count(0)
    page.locator(COMPOSER).fill("")


def test_a_call_is_held_taken_back_and_ended_from_any_page(open_line: OpenLine, hub: HubProcess) -> None:
    conversation = about(hub, "Missing crate")
    page, line = open_line("/admin/channels")
    line.tell(talking(conversation))
    bar = page.get_by_role("region", name="Call with Maria")
    expect(bar).to_contain_text("Talking")
    expect(bar.locator("time")).to_have_text(re.compile(r"\s*1:\d\d"))
    expect(bar).to_contain_text("Recording")
    bar.get_by_role("button", name="Hold").click()
    line.tell(talking(conversation, version=9, held_since=ago(3), next_steps=["hang_up", "resume"]))
    expect(bar).to_contain_text("On hold")
    bar.get_by_role("button", name="Take back").click()
    line.tell(talking(conversation, version=14))
    bar.get_by_role("button", name="Pause recording").click()
    line.tell(talking(conversation, version=19, recording=False, next_steps=["hang_up", "hold", "resume_recording"]))
    expect(bar.locator(".call-rec")).to_have_count(0)
    bar.get_by_role("button", name="Record again").click()
    bar.get_by_role("button", name="Hang up").click()
    expect(bar).to_be_visible()
    until(lambda: page.evaluate("1") and len(line.asked) >= 5, "all is asked for")
    assert [what for what, _ in line.asked] == [
        "POST calls/71/hold",
        "POST calls/71/resume",
        "POST calls/71/pause-recording",
        "POST calls/71/resume-recording",
        "POST calls/71/hang-up",
    ]


def test_a_call_that_has_ended_is_wrapped_up_by_keyboard(open_line: OpenLine, hub: HubProcess) -> None:
    conversation = about(hub, "Missing crate")
    page, line = open_line(f"/conversations/{conversation['id']}")
    expect(page.locator("article.entry").first).to_be_visible()
    line.tell(talking(conversation))
    expect(page.locator(".call-bar")).to_contain_text("Talking")
    line.tell(ended(conversation))
    after = page.get_by_role("region", name="How the call with Maria")
    expect(after).to_contain_text("Ended after 2:05")
    after.get_by_role("button", name="Solved").press("Enter")
    after.get_by_label("Notes").press_sequentially("New cups on Monday.")
    after.get_by_label("Notes").press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(after).to_have_count(0)
    said = {"disposition": "Solved", "notes": "New cups on Monday.", "wrapped_up": True}
    assert line.asked == [("PATCH calls/71", said)]


def test_a_call_on_the_timeline_says_who_how_long_and_what(open_line: OpenLine, hub: HubProcess) -> None:
    conversation = about(hub, "Missing crate")
    page, line = open_line("/")
    call_entry(hub, page, conversation)
    line.call = ended(conversation)
    page.goto(f"{hub.address}/conversations/{conversation['id']}")
    entry = page.locator("article.entry", has_text="Incoming call")
    expect(entry).to_contain_text("with You")
    expect(entry).to_contain_text("3:05")
    for fact in ("waited 0:20", "on hold 0:42", "transferred", "recorded"):
        expect(entry).to_contain_text(fact)
    expect(entry.get_by_label("Recording of the call")).to_be_visible()
    expect(entry.locator(".attachment")).to_have_count(0)
    entry.get_by_text("Transcript").click()
    lines = entry.locator(".said > div")
    expect(lines).to_have_text([re.compile(r"Customer[\s\S]*Two cups"), re.compile(r"Agent[\s\S]*I am sorry")])
    entry.get_by_role("button", name="Add outcome or notes").click()
    entry.get_by_role("button", name="To be continued").click()
    entry.get_by_label("Notes").fill("Asked the warehouse.")
    entry.get_by_role("button", name="Save").click()
    expect(entry.get_by_role("button", name="Add outcome or notes")).to_be_visible()
    said = {"disposition": "To be continued", "notes": "Asked the warehouse.", "wrapped_up": True}
    assert line.asked == [("PATCH calls/71", said)]


def test_an_agent_sets_their_telephone_and_takes_calls(new_page: NewPage, hub: HubProcess) -> None:
    page = new_page("/")
    page.get_by_role("button", name="Account of").click()
    page.get_by_role("menuitemradio", name="Takes calls").click()
    dialog = page.get_by_role("dialog", name="Your telephone")
    number = dialog.get_by_label("Number", exact=True)
    number.fill("12")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.locator(".field-error, .banner").first).to_be_visible()
    number.fill("+49 30 901821")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    page.get_by_role("button", name="Account of").click()
    page.get_by_role("menuitemradio", name="Takes calls").click()
    expect(page.locator(".presence.available")).to_be_visible()
    state = hub.call("GET", "/api/me/availability")
    assert (state["availability"], state["device"]["address"]) == ("available", "+4930901821")
    page.get_by_role("button", name="Account of").click()
    page.get_by_role("menuitemradio", name="Away").click()
    expect(page.locator(".presence.away")).to_be_visible()


def take_calls(hub: HubProcess) -> None:
    hub.call("PUT", "/api/me/device", {"kind": "phone", "address": AGENT})
    hub.call("PUT", "/api/me/availability", {"availability": "available"})


def test_a_customer_calls_is_answered_held_and_wrapped_up(
    new_page: NewPage, hub: HubProcess, network: Telephones
) -> None:
    line_of(hub, network, "phone")
    take_calls(hub)
    anna, lena = network.phone("+4915112345611"), network.phone(AGENT)
    page = new_page("/")
    expect(page.locator(".presence.available")).to_be_visible()
    lena.default = RINGS
    network.do(anna.call(COMPANY))
    bar = page.locator(".call-bar")
    expect(bar).to_contain_text("Your telephone rings")
    expect(page).to_have_url(re.compile("/conversations/"))
    entry = page.locator("article.other-kind", has_text="Incoming call")
    expect(entry).to_be_visible()
    network.do(lena.rung())  # the page shows it already while the provider is asked
    network.have(lena.pick_up)
    network.do(anna.talks_with(lena))
    expect(bar).to_contain_text("Talking")
    expect(bar.locator(".call-rec")).to_be_visible()
    bar.get_by_role("button", name="Hold").click()
    expect(bar).to_contain_text("On hold")
    until(lambda: not network.have(anna.partners), "Anna hears music")
    bar.get_by_role("button", name="Take back").click()
    network.do(anna.talks_with(lena))
    bar.get_by_role("button", name="Pause recording").click()
    expect(bar.locator(".call-rec")).to_have_count(0)
    bar.get_by_role("button", name="Record again").click()
    expect(bar.locator(".call-rec")).to_be_visible()
    bar.get_by_role("button", name="Hang up").click()
    network.do(anna.free())
    after = page.locator(".call-bar.after")
    expect(after).to_be_visible()
    page.reload()
    after.get_by_role("button", name="Solved").click()
    after.get_by_role("button", name="Save").click()
    expect(bar).to_have_count(0)
    expect(entry).to_contain_text("Solved")
    expect(entry).to_contain_text("with You")
    player = entry.get_by_label("Recording of the call")
    expect(player).to_be_visible()
    player.evaluate(
        "async player => { player.load(); await new Promise(go => player.addEventListener('loadedmetadata', go)) }"
    )
    assert network.twilio.problems == []
    hub.call("PUT", "/api/me/availability", {"availability": "away"})


def test_how_a_call_ended_can_be_put_off_for_good(new_page: NewPage, hub: HubProcess, network: Telephones) -> None:
    line_of(hub, network, "phone")
    take_calls(hub)
    anna, lena = network.phone("+4915112345644"), network.phone(AGENT)
    lena.default = answers(presses={"press 1": "1"})
    page = new_page("/")
    expect(page.locator(".presence.available")).to_be_visible()
    network.do(anna.call(COMPANY))
    network.do(anna.talks_with(lena))
    network.have(anna.hang_up)
    after = page.locator(".call-bar.after")
    after.get_by_role("button", name="Later").click()
    expect(after).to_have_count(0)
    page.reload()
    expect(page.locator(".presence")).to_be_visible()
    expect(after).to_have_count(0)
    hub.call("PUT", "/api/me/availability", {"availability": "away"})


def test_an_agent_who_missed_a_call_sees_why_they_are_away_and_is_back_by_a_click(
    new_page: NewPage, hub: HubProcess, network: Telephones
) -> None:
    line_of(hub, network, "phone")
    take_calls(hub)
    anna, lena = network.phone("+4915112345655"), network.phone(AGENT)
    lena.default = no_answer()
    page = new_page("/")
    second, network.twilio.clock.second = network.twilio.clock.second, 0.01  # nobody has to see it ring
    network.do(anna.call(COMPANY))
    network.do(lena.rung())
    network.twilio.clock.second = second
    notice = page.get_by_role("alert").filter(has_text="You missed a call")
    expect(notice).to_be_visible()
    expect(page.locator(".presence.away")).to_be_visible()
    network.have(anna.hang_up)
    network.do(anna.free())

    def nobody_waits() -> bool:
        return not any("hang_up" in one["next_steps"] for one in hub.call("GET", "/api/calls")["items"])

    until(nobody_waits, "no call is left that would ring again")
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 844})
        settle(page)
        page.screenshot(path=OUT / f"call-missed-{width}.png")
        expect(notice.get_by_role("button", name="Take calls again")).to_be_in_viewport()
    page.set_viewport_size({"width": 1440, "height": 900})
    page.reload()
    notice.get_by_role("button", name="Take calls again").click()
    expect(notice).to_have_count(0)
    expect(page.locator(".presence.available")).to_be_visible()
    hub.call("PUT", "/api/me/availability", {"availability": "away"})


def test_a_message_left_by_a_caller_is_read_and_heard(new_page: NewPage, hub: HubProcess, network: Telephones) -> None:
    channel = line_of(hub, network, "phone")
    hours = hub.call("POST", "/api/hours", {"name": "Never", "time_zone": "Europe/Berlin"})
    hub.call("PUT", f"/api/hours/{hours['id']}/channels", {"channel_ids": [channel["id"]]})
    anna = network.phone("+4915112345622")
    anna.default = answers(says="Please call me back about my order")
    network.do(anna.call(COMPANY))
    network.do(anna.free())
    hub.call("PUT", f"/api/hours/{hours['id']}/channels", {"channel_ids": []})
    page = new_page("/")
    page.locator(".conversation-row", has_text="5622").click()
    entry = page.locator("article.other-kind", has_text="Voicemail").last
    expect(entry).to_contain_text("Please call me back about my order")
    expect(entry.locator("audio")).to_be_visible()
    row = page.locator(".conversation-row", has_text="Please call me back about my order")
    expect(row).to_contain_text("Voicemail")
    hub.call("PATCH", "/api/me", {"locale": "de"})
    page.reload()
    expect(row).to_contain_text("Sprachnachricht")
    hub.call("PATCH", "/api/me", {"locale": "en"})
    assert network.twilio.problems == []


def test_an_administrator_says_how_many_calls_an_agent_gets(new_page: NewPage, hub: HubProcess) -> None:
    page = new_page("/admin/agents")
    page.get_by_role("button", name="Actions for Lena Hoffmann").click()
    expect(page.get_by_text("Calls at once")).to_be_visible()
    page.get_by_role("menuitemradio", name="2").click()
    expect(page.locator(".toast")).to_contain_text("Saved")
    assert hub.call("GET", "/api/me/availability")["capacity"] == 2
    hub.call("PUT", "/api/agents/1/capacity", {"capacity": 1})


def add_queue(hub: HubProcess, network: Telephones) -> Json:
    found: list[Json] = hub.call("GET", "/api/callback-queues")["items"]
    if found:
        return found[-1]
    phone = line_of(hub, network, "phone")
    sms = line_of(hub, network, "sms")
    body = {"name": "Acme Support", "time_zone": "Europe/Berlin", "phone_channel_id": phone["id"]}
    days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    legal = {"days": days, "opens": "00:00", "closes": "24:00"}
    made: Json = hub.call("POST", "/api/callback-queues", {**body, "sms_channel_id": sms["id"], "legal_hours": legal})
    return made


def test_a_callback_is_added_moved_made_urgent_and_canceled(
    new_page: NewPage, hub: HubProcess, network: Telephones
) -> None:
    add_queue(hub, network)
    page = new_page("/callbacks")
    expect(page.locator(".queue-now")).to_contain_text("no agent takes calls")
    page.get_by_role("button", name="Add a callback").first.click()
    dialog = page.get_by_role("dialog", name="Add a callback")
    dialog.get_by_label("Number").fill("+49 151 2345 6701")
    dialog.get_by_label("Name").fill("Maria Gómez")
    dialog.get_by_label("What it is about").fill("Two cups are chipped")
    dialog.get_by_role("button", name="Add a callback").click()
    row = page.locator(".callback-row", has_text="Maria Gómez")
    expect(row).to_contain_text("Two cups are chipped")
    expect(row.locator(".callback-place")).to_have_text("1")

    row.get_by_role("button", name="Actions for").click()
    page.get_by_text("Sooner").click()
    expect(row).to_contain_text("Priority 1")
    row.get_by_role("button", name="Actions for").click()
    page.get_by_text("Move", exact=True).click()
    move = page.get_by_role("dialog", name="When to call Maria Gómez")
    day = (datetime.now() + timedelta(days=1)).strftime("%Y-%m-%d")
    move.get_by_label("From").fill(f"{day}T14:00")
    move.get_by_label("Until").fill(f"{day}T15:30")
    move.get_by_role("button", name="Save").click()
    expect(row).to_contain_text("14:00–15:30")
    row.locator(".callback-main").click()
    expect(row.locator(".callback-details")).to_contain_text("by an agent")

    row.get_by_role("button", name="Actions for").click()
    page.get_by_text("Cancel the callback").click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel the callback").click()
    expect(row).to_have_count(0)
    page.get_by_role("tab", name="Ended").click()
    ended = page.locator(".callback-row", has_text="Maria Gómez")
    expect(ended).to_contain_text("Canceled")
    ended.locator(".callback-main").click()
    expect(ended.locator(".callback-details")).to_contain_text("Canceled by Lena Hoffmann")


def test_a_callback_is_on_the_customers_timeline(new_page: NewPage, hub: HubProcess, network: Telephones) -> None:
    queue = add_queue(hub, network)
    body = {"queue_id": queue["id"], "number": "+4915123456702", "name": "Jonas Weber", "reason": "An invoice"}
    made = hub.call("POST", "/api/callbacks", body)
    page = new_page(f"/callbacks/{made['id']}")
    page.get_by_role("link", name="Timeline of Jonas Weber").click()
    entry = page.locator("article.other-kind", has_text="Callback")
    expect(entry).to_contain_text("An invoice")
    expect(entry).to_contain_text("by an agent")
    expect(entry).to_have_class(re.compile(r"\binternal\b"))  # not on the customer's side
    expect(entry.locator(".entry-name")).to_have_text("You")
    hub.call("PATCH", f"/api/callbacks/{made['id']}", {"state": "canceled"})
    expect(entry).to_contain_text("Canceled by Lena Hoffmann")


def test_a_queue_is_set_up_and_heard_before_it_is_saved(
    new_page: NewPage, hub: HubProcess, network: Telephones
) -> None:
    add_queue(hub, network)
    page = new_page("/admin/callback-queues/new")
    form = page.locator(".queue-form")
    form.get_by_label("Name", exact=True).fill("Acme Repairs")
    languages = form.get_by_label("Language", exact=True)
    expect(languages).to_have_value("en")
    expect(languages.locator("option", has_text="French")).to_have_count(1)
    preview = page.locator(".preview-steps")
    expect(preview.locator(".preview-step").first).to_contain_text("thank you for calling")
    expect(preview).to_contain_text("A callback for Acme Repairs.")
    form.get_by_label("To the agent, before taking it").fill("{name} wants a repair.")
    expect(preview).to_contain_text("Maria Keller wants a repair.")
    form.get_by_role("button", name="Add a language").click()
    page.get_by_role("menuitem", name="German").click()
    form.get_by_label("To a caller who waits").fill("Bitte die 1 drücken.")
    page.get_by_role("region", name="The call as it will run").get_by_role("button", name="German").click()
    expect(preview).to_contain_text("Bitte die 1 drücken.")
    form.get_by_role("button", name="Sun", exact=True).click()
    form.get_by_label("Calls at once").fill("2")
    form.get_by_role("button", name="Add a queue").click()
    expect(page.locator(".channel-link", has_text="Acme Repairs")).to_be_visible()
    saved = next(one for one in hub.call("GET", "/api/callback-queues")["items"] if one["name"] == "Acme Repairs")
    assert saved["scripts"]["en"] == {**saved["scripts"]["en"], "whisper": "{name} wants a repair."}
    assert saved["scripts"]["de"]["offer"] == "Bitte die 1 drücken."
    assert saved["capacity"] == 2
    assert "sun" in saved["legal_hours"]["days"]


@pytest.mark.parametrize(("where", "number"), [("bar", "+4915112345633"), ("list", "+4915112345634")])
def test_a_callback_rings_the_agent_then_the_customer_and_ends_with_its_outcome(
    new_page: NewPage, hub: HubProcess, network: Telephones, where: str, number: str
) -> None:
    queue = add_queue(hub, network)
    anna, lena = network.phone(number), network.phone(AGENT)
    anna.default, lena.default = answers(after=2), RINGS
    page = new_page("/")
    expect(page.locator(".conversation-row").first).to_be_visible()
    take_calls(hub)
    expect(page.locator(".presence.available")).to_be_visible()
    body = {"queue_id": queue["id"], "number": number, "name": "Anna Schulz", "reason": "A chipped cup"}
    made = hub.call("POST", "/api/callbacks", body)
    bar = page.locator(".call-bar")
    expect(bar).to_contain_text("Your telephone rings")
    expect(page).to_have_title(re.compile("to call Anna Schulz"))
    expect(page.locator("article.other-kind", has_text="A chipped cup")).to_be_visible()
    network.do(lena.rung())  # the page shows it already while the provider is asked
    network.have(lena.pick_up)
    network.do(anna.talks_with(lena))
    expect(bar).to_contain_text("Talking")
    network.have(anna.hang_up)
    timeline = page.url
    form = page.locator(".call-bar.after .wrap-up")
    if where == "list":
        form.get_by_role("button", name="Later").click()
        expect(form).to_have_count(0)
        page.goto(f"{hub.address}/callbacks/{made['id']}")
        form = page.locator(".callback-details .wrap-up")
    form.get_by_role("button", name="Solved").click()
    form.get_by_label("Notes").fill("A new cup is on its way.")
    form.get_by_role("button", name="Save").click()
    expect(form).to_have_count(0)
    done = until(
        lambda: (one := hub.call("GET", f"/api/callbacks/{made['id']}"))["state"] == "done" and one, "it is done"
    )
    assert (done["disposition"], done["notes"]) == ("Solved", "A new cup is on its way.")
    page.goto(timeline)
    expect(page.locator("article.other-kind", has_text="A chipped cup")).to_contain_text("Done")
    hub.call("PUT", "/api/me/availability", {"availability": "away"})


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (1024, "dark"), (390, "light"), (390, "dark")])
def test_calls_and_callbacks_fit_and_have_no_barrier(
    open_line: OpenLine, hub: HubProcess, network: Telephones, width: int, theme: str
) -> None:
    queue = add_queue(hub, network)
    if len(hub.call("GET", "/api/callbacks")["items"]) < 3:
        for number, name, reason in (
            ("+4915123456711", "Oluwaseun Adeyemi-Okonkwo", "Framework agreement: the third clause, before we sign it"),
            ("+4915123456712", "", ""),
            ("+4915123456713", "Claire Dubois", "Retour d’un article"),
        ):
            hub.call(
                "POST", "/api/callbacks", {"queue_id": queue["id"], "number": number, "name": name, "reason": reason}
            )
    conversation = about(hub, "Missing crate")
    page, line = open_line("/", width=width, theme=theme)
    wrong: dict[str, list[str]] = {}

    def look(name: str, *, full_page: bool = False) -> None:
        settle(page)
        page.screenshot(path=OUT / f"{name}-{width}-{theme}.png", full_page=full_page)
        wrong[name] = sticks_out(page) + findings(page)

    call_entry(hub, page, conversation, disposition="Solved", notes="New cups on Monday, and a voucher.")
    line.goto(f"{hub.address}/conversations/{conversation['id']}")
    expect(page.locator("article.entry", has_text="Incoming call")).to_be_visible()
    line.tell(talking(conversation))
    expect(page.locator(".call-bar")).to_contain_text("Talking")
    look("call-talking")
    line.tell(ended(conversation))
    after = page.locator(".call-bar.after")
    expect(after).to_be_visible()
    look("call-wrap-up")
    box = after.bounding_box()
    assert box is not None
    assert box["height"] <= (100 if width < 1440 else 60)
    if width == 390:
        after.get_by_role("button", name="In your own words").click()
        expect(after.get_by_label("Another outcome")).to_be_visible()
        expect(after.get_by_label("Notes")).to_be_visible()
    page.goto(hub.address + "/callbacks")
    expect(page.locator(".callback-row").first).to_be_visible()
    page.locator(".callback-main").first.click()
    look("callbacks")
    page.get_by_role("button", name="Add a callback").first.click()
    look("callback-add")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Account of").click()
    look("account-calls")
    page.get_by_role("menuitem", name="Your telephone").click()
    look("telephone")
    page.keyboard.press("Escape")
    for name, path, ready in (
        ("queues", "/admin/callback-queues", ".channel-link"),
        ("queue", f"/admin/callback-queues/{queue['id']}", ".preview-step"),
    ):
        page.goto(hub.address + path)
        expect(page.locator(ready).first).to_be_visible()
        look(name)
    page.locator(".preview-step").last.scroll_into_view_if_needed()
    look("queue-preview")
    assert {name: found for name, found in wrong.items() if found} == {}
