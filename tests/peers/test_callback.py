"""A customer mails, texts and asks for a call, with real browsers, real mail servers and the simulated Twilio.

Anna proves her number on the company's page, on her telephone. The first agent does not pick up, the second does;
Anna's machine is told once; by her link she asks to be called again, and they talk. The hub is killed while an agent's
telephone rings, while Anna's rings, and while they talk. She ends as one customer, with one timeline in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.hub_process import PASSWORD, HubProcess, until
from tests.peers.mailserver import MailServer
from tests.peers.telephones import Telephones
from tests.peers.test_calls import twiml_bin
from tests.peers.test_main_job import SUPPORT, browser
from tests.peers.twilio import answers, machine, no_answer, rings

__all__ = ["browser"]  # fixture

pytestmark = [pytest.mark.peer, pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]
OWN = "+4930901820"
ANNA, BEN, CEM = "+4915112345678", "+4915187654321", "+4915187654322"
EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WAIT_MS = 30_000
MACHINE, MESSAGE = "This is Anna's machine", "could not reach you"
MAIL = f"""From: Anna Archer <anna@customer.test>
To: {SUPPORT}
Subject: Oak table

Is it in stock?
""".encode()
QUICK, SLOW = 0.02, 0.5
"""What a second of the network lasts; slow, so that a telephone still rings when the hub is back."""
LONG = {"ring_seconds": 120, "customer_ring_seconds": 60}
RINGS = replace(rings(), presses={"press 1": "1"})
"""Until the test picks up; then it takes the call."""


@pytest.fixture
def network() -> Iterator[Telephones]:
    network = Telephones(second=QUICK)
    with network:
        yield network


@pytest.fixture
def hub(tmp_path: Path, network: Telephones) -> Iterator[HubProcess]:
    with HubProcess(tmp_path / "hub", **network.environment) as hub:
        hub.become_administrator("Ben Baker", "ben@acme.test")
        yield hub


class Company:
    """The hub with a mailbox, one number for texts and calls, a queue of callbacks, and two agents."""

    def __init__(self, hub: HubProcess, network: Telephones, mail_server: MailServer) -> None:
        self.hub = hub
        self.network = network
        telephone = network.add_telephone(hub, OWN, record="announce", **LONG)
        texts = network.add_channel(hub, "sms", OWN)["id"]
        number = network.twilio.account.number(OWN)
        assert number is not None
        number.sms_url = f"{hub.address}/hooks/{texts}/incoming"
        mailbox = hub.add_mailbox(mail_server.settings(SUPPORT, start_from="new"))["id"]
        self.channels = (telephone, texts, mailbox)
        queue = {
            "name": "Acme Support",
            "time_zone": "Europe/Berlin",
            "phone_channel_id": telephone,
            "sms_channel_id": texts,
            "legal_hours": {"days": EVERY_DAY, "opens": "00:00", "closes": "24:00"},
            "dispositions": ["Answered", "Order changed"],
        }
        self.queue = hub.call("POST", "/api/callback-queues", queue)
        hub.call("PUT", "/api/me/device", {"kind": "phone", "address": BEN})
        hub.call("PUT", "/api/me/availability", {"availability": "available"})

    def die(self) -> None:
        """kill -9, and another hub takes over."""
        self.hub.kill_and_start()
        for channel_id in self.channels:
            self.hub.wait_for_channel(channel_id)

    def callback(self, *states: str) -> dict[str, Any]:
        """The only one there is, once it is in one of these states."""

        def found() -> dict[str, Any] | None:
            views = [self.hub.call("GET", f"/api/callbacks?view={view}")["items"] for view in ("open", "ended")]
            items: dict[int, dict[str, Any]] = {one["id"]: one for view in views for one in view}
            (one,) = items.values()
            return one if one["state"] in states else None

        return until(found, f"the callback is {' or '.join(states)}")

    def customers(self) -> set[int]:
        return {one["customer"]["id"] for one in self.hub.conversations()}

    def timeline(self) -> list[dict[str, Any]]:
        """Of the only customer, oldest first."""
        (customer,) = self.customers()
        return [one for one in reversed(self.hub.timeline(customer)) if one["kind"] != "event"]


def join(browser: Browser, hub: HubProcess, name: str, number: str) -> Page:
    """Somebody becomes an agent by an invitation, sets their telephone and takes calls: all of it in the page."""
    body = {"name": name, "email": f"{name.split(maxsplit=1)[0].lower()}@acme.test", "role": "agent"}
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    page.goto(hub.call("POST", "/api/agents", body)["invite_url"])
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    for _ in range(2):  # the first time it asks for the telephone
        page.get_by_role("button", name="Account of").click()
        page.get_by_role("menuitemradio", name="Takes calls").or_(page.get_by_text("Takes calls")).first.click()
        dialog = page.get_by_role("dialog", name="Your telephone")
        available = page.locator(".presence.available")
        expect(dialog.or_(available).first).to_be_visible(timeout=WAIT_MS)
        if dialog.count() == 0:
            break
        dialog.get_by_label("Number", exact=True).fill(number)
        dialog.get_by_role("button", name="Save").click()
        expect(dialog).to_have_count(0)
    expect(available).to_be_visible(timeout=WAIT_MS)
    return page


def ask_for_a_call(browser: Browser, company: Company) -> Page:
    """On a telephone's screen, from the company's link to the page by which the callback is changed."""
    texts = company.network.twilio.texts
    screen = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    context = browser.new_context(locale="en-GB", **screen)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    page.goto(company.queue["form_url"])
    page.get_by_label("Telephone number").fill("+49 1511 2345678")
    page.get_by_label("Your name").fill("Anna Archer")
    page.get_by_label("What is it about?").fill("Can the table be 200 cm?")
    page.get_by_role("button", name="Send me a code").click()

    def code() -> str:
        words = " ".join(one.body for one in company.network.have(texts.inbox, ANNA))
        found = re.search(r"\b\d{6}\b", words)
        return found[0] if found else ""

    page.get_by_label("Code").fill(until(code, "a text with the code"))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("main")).to_contain_text("is confirmed")
    page.get_by_role("button", name="Ask for the call").click()
    expect(page.get_by_role("heading", name="Your callback")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it fits the screen"
    return page


def test_a_customer_is_called_back_though_the_hub_dies(
    hub: HubProcess, network: Telephones, mail_server: MailServer, browser: Browser
) -> None:
    company = Company(hub, network, mail_server)
    anna, ben, cem = network.phone(ANNA), network.phone(BEN), network.phone(CEM)
    ben.default, cem.default = no_answer(), RINGS
    anna.plan(machine(MACHINE), rings())

    def time_is(second: float) -> None:
        network.twilio.clock.second = second

    desk = join(browser, hub, "Cem Cook", CEM)
    mail_server.swaks("anna@customer.test", SUPPORT, content=MAIL)
    until(lambda: len(hub.conversations()) == 1, "her mail is there")
    network.writes(ANNA, OWN, "It is me, by text")
    until(lambda: len(hub.conversations()) == 2, "her text is there")
    hers = ask_for_a_call(browser, company)

    # Ben's telephone rings in vain, Cem's while the hub dies
    network.do(ben.rung())
    time_is(SLOW)
    network.do(cem.rung())
    expect(desk.locator(".call-bar")).to_contain_text("Your telephone rings", timeout=WAIT_MS)
    company.die()
    assert network.have(lambda: cem.ringing), "it rings on"
    time_is(QUICK)
    network.have(cem.pick_up)
    network.do(anna.hears(MESSAGE))
    network.do(anna.free())
    company.callback("retry_wait")

    # Anna has seen it, and wants to be called at once
    hers.reload()
    expect(hers.get_by_role("main")).to_contain_text("could not reach you")
    hers.get_by_label("Time").select_option(label="As soon as possible")
    network.do(cem.free())
    assert hub.call("GET", "/api/me/availability")["away_reason"] == "missed_call", "Ben is not rung in vain again"
    time_is(SLOW)
    hers.get_by_role("button", name="Change").click()
    network.do(cem.rung())
    network.have(cem.pick_up)
    network.do(anna.rung())
    company.die()
    assert network.have(lambda: anna.ringing), "it rings on"
    network.have(anna.pick_up)
    network.do(anna.talks_with(cem))
    time_is(QUICK)
    company.callback("connected")
    bar = desk.locator(".call-bar")
    expect(bar).to_contain_text("Talking", timeout=WAIT_MS)
    company.die()
    assert network.have(anna.partners) == {CEM}, "they go on talking meanwhile"

    # Cem sees that it is the Anna of the mail, and says how it ended
    desk.locator(".suggestion").get_by_role("button", name="Merge", exact=True).click()
    expect(desk.locator(".identity")).to_have_count(2)
    network.have(anna.hang_up)
    network.do(cem.free())
    after = desk.locator(".call-bar.after")
    after.get_by_role("button", name="Order changed").click(timeout=WAIT_MS)
    after.get_by_label("Notes").fill("200 cm it is.")
    after.get_by_role("button", name="Save").click()
    expect(bar).to_have_count(0)
    done = company.callback("done")
    assert (done["disposition"], done["notes"]) == ("Order changed", "200 cm it is.")

    # one customer, one timeline
    until(lambda: company.timeline()[-1]["attachments"], "the talk can be listened to")
    in_order = [(one["kind"], one["direction"], one["data"].get("state")) for one in company.timeline()]
    assert in_order == [
        ("message", "in", None),
        ("message", "in", None),
        ("callback", "in", "done"),
        ("message", "out", None),
        ("call", "out", "voicemail"),
        ("call", "out", "ended"),
    ]
    words = ["Is it in stock?", "It is me, by text", "Can the table be 200 cm?", "we call you back"]
    expect(desk.locator("article.entry")).to_contain_text([*words, "answering machine", "Order changed"])
    talk = desk.locator("article.entry").last
    talk.get_by_label("Recording of the call").evaluate(
        "async player => { player.load(); await new Promise(go => player.addEventListener('loadedmetadata', go)) }"
    )

    # nobody's telephone rang once too often, and the machine was told once
    assert sum(MESSAGE in one.text for one in anna.heard) == 1
    rung = [one.fields["To"] for one in network.twilio.ledger.entries("call")]
    assert rung == [BEN, CEM, ANNA, CEM, ANNA]
    # Twilio has nothing to complain of, but that nobody answered it while no hub was there
    assert [one for one in network.twilio.problems if "answered 0 " not in one] == []
    assert "[error" not in hub.log.read_text(errors="replace")
    hers.context.close()
    desk.context.close()


def rings_for(hub: HubProcess, role: str) -> bool:
    legs = [leg for call in hub.call("GET", "/api/calls")["items"] for leg in call["legs"]]
    return any((leg["role"], leg["state"]) == (role, "ringing") for leg in legs)


def test_who_picks_up_while_no_hub_is_there_is_kept_by_a_document_at_the_provider(
    hub: HubProcess, network: Telephones
) -> None:
    hub.call("PUT", "/api/me/device", {"kind": "phone", "address": BEN})
    hub.call("PUT", "/api/me/availability", {"availability": "available"})
    network.twilio.clock.second = SLOW
    waits = '<Response><Pause length="2"/><Redirect method="POST">{}</Redirect></Response>'
    with twiml_bin(lambda: waits.format(f"{hub.address}/hooks/{telephone}/voice")) as fallback:
        telephone = network.add_telephone(hub, OWN, wrap_up_seconds=0, fallback=fallback, **LONG)
        every_hour = {"days": EVERY_DAY, "opens": "00:00", "closes": "24:00"}
        queue = {"name": "Acme", "time_zone": "Europe/Berlin", "phone_channel_id": telephone, "legal_hours": every_hour}
        queue_id = hub.call("POST", "/api/callback-queues", queue)["id"]
        anna, ben = network.phone(ANNA), network.phone(BEN)
        anna.default, ben.default = rings(), RINGS
        asked = hub.call("POST", "/api/callbacks", {"queue_id": queue_id, "number": ANNA})
        network.do(ben.rung())
        until(lambda: rings_for(hub, "agent"), "the hub knows which call it is")
        hub.kill()
        network.have(ben.pick_up)
        hub.start()
        network.do(anna.rung())
        until(lambda: rings_for(hub, "customer"), "the hub knows which call it is")
        hub.kill()
        network.have(anna.pick_up)
        hub.start()
        network.do(anna.talks_with(ben))
        until(lambda: hub.call("GET", f"/api/callbacks/{asked['id']}")["state"] == "connected", "they talk")
    assert [one.fields["To"] for one in network.twilio.ledger.entries("call")] == [BEN, ANNA]


@pytest.mark.parametrize("meanwhile", ["the agent picks up", "the customer hangs up"])
def test_what_happened_while_no_hub_was_there_is_asked_for(
    hub: HubProcess, network: Telephones, meanwhile: str
) -> None:
    telephone = network.add_telephone(hub, OWN, wrap_up_seconds=0, **LONG)
    hub.call("PUT", "/api/me/device", {"kind": "phone", "address": BEN})
    hub.call("PUT", "/api/me/availability", {"availability": "available"})
    every_hour = {"days": EVERY_DAY, "opens": "00:00", "closes": "24:00"}
    queue = {"name": "Acme", "time_zone": "Europe/Berlin", "phone_channel_id": telephone, "legal_hours": every_hour}
    queue_id = hub.call("POST", "/api/callback-queues", queue)["id"]
    anna, ben = network.phone(ANNA), network.phone(BEN)
    anna.default, ben.default = answers(), RINGS
    network.twilio.clock.second = SLOW
    asked = hub.call("POST", "/api/callbacks", {"queue_id": queue_id, "number": ANNA})
    network.do(ben.rung())
    if meanwhile == "the customer hangs up":
        network.have(ben.pick_up)
        network.do(anna.talks_with(ben))
        hub.kill()
        network.have(anna.hang_up)
        network.do(anna.free())
    else:
        hub.kill()
        network.have(ben.pick_up)
        network.do(ben.free())  # he hears that there was an error: nobody says what comes next
    hub.start()
    after = {"the agent picks up": ("due", [BEN]), "the customer hangs up": ("wrap_up", [BEN, ANNA])}

    def now() -> tuple[str, list[str]]:
        rung = [one.fields["To"] for one in network.twilio.ledger.entries("call")]
        return hub.call("GET", f"/api/callbacks/{asked['id']}")["state"], rung

    until(lambda: now() == after[meanwhile], f"it goes on after {meanwhile}")
