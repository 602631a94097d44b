"""The whole of it: a customer emails, texts, asks for a callback on the page, and is called until they talk.

The first colleague does not pick up, her machine is told once, and the hub is killed with -9 while they talk.
It ends as one customer with one timeline in order, and no telephone was called once too often.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.hub_process import HubProcess, until
from tests.peers.mailserver import MailServer
from tests.peers.telephones import AT_ALL_HOURS, Telephones, join
from tests.peers.test_main_job import SUPPORT, browser, open_page, write_mail
from tests.peers.twilio import answers, machine, no_answer

__all__ = ["browser"]  # a fixture

pytestmark = [pytest.mark.peer, pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(400)]
HOTLINE, TEXTS = "+4930901820", "+4930901821"
ANNA, BEN, CEM = "+4915112345678", "+4915187654321", "+4915187654322"
WAIT_MS = 60_000


@pytest.fixture
def network() -> Iterator[Telephones]:
    network = Telephones(second=0.05)
    with network:
        yield network


@pytest.fixture
def hub(tmp_path: Path, network: Telephones) -> Iterator[HubProcess]:
    with HubProcess(tmp_path / "hub", **network.environment) as hub:
        hub.become_administrator()
        yield hub


def only_customer(hub: HubProcess) -> int:
    (customer,) = {one["customer"]["id"] for one in hub.conversations()}
    return int(customer)


def timeline(hub: HubProcess) -> list[dict[str, Any]]:
    """Oldest first."""
    return list(reversed(hub.timeline(only_customer(hub))))


def told(hub: HubProcess) -> list[str]:
    """What is on it, in a word or two each: a message by its channel, a call by how it went."""
    found = []
    for entry in timeline(hub):
        if entry["kind"] == "message":
            found.append(f"{entry['direction']} {entry['channel']['kind']}")
        elif entry["kind"] == "call":
            found.append(f"call {entry['data']['state']}")
        else:
            found.append(entry["kind"])
    return found


def test_a_customer_on_every_channel_is_one_timeline(
    hub: HubProcess, network: Telephones, mail_server: MailServer, browser: Browser
) -> None:
    mailbox = hub.add_mailbox(mail_server.settings(SUPPORT, start_from="new"))
    texts = network.add_channel(hub, "sms", TEXTS, rate=100)
    hotline = network.add_telephone(hub, HOTLINE, wrap_up_seconds=0)
    hub.call("PUT", "/api/me/device", {"kind": "phone", "address": BEN})
    queue = hub.call(
        "POST",
        "/api/callback-queues",
        {
            "name": "Orders",
            "time_zone": "Europe/Berlin",
            "phone_channel_id": hotline,
            "sms_channel_id": texts["id"],
            "legal_hours": AT_ALL_HOURS,
            "wrap_up_seconds": 0,
        },
    )
    anna, ben, cem = network.phone(ANNA), network.phone(BEN), network.phone(CEM)
    ben.default, cem.default = no_answer(), answers(presses={"press 1": "1"})
    anna.plan(machine("This is Anna's machine"))
    desk = open_page(browser, hub)

    write_mail(mail_server, "Oak table", "Where is my table?\n", From="Anna Archer <anna@customer.test>")
    expect(desk.get_by_text("Oak table", exact=True).first).to_be_visible(timeout=WAIT_MS)
    network.writes(ANNA, TEXTS, "It is me again, about the oak table")
    by_mail, by_text = until(
        lambda: sorted(hub.conversations(), key=lambda one: one["id"]) if len(hub.conversations()) == 2 else None,
        "a mail and a text",
    )
    merging = f"/api/customers/{by_mail['customer']['id']}/merge"
    hub.call("POST", merging, {"other_id": by_text["customer"]["id"]})

    customers = browser.new_context(locale="en-GB")
    page = customers.new_page()
    page.goto(f"{hub.address}/callback/{queue['id']}")
    page.locator("#number").fill(ANNA)
    page.locator("#name").fill("Anna Archer")
    page.get_by_role("button", name="Send me a code").click()
    code = until(lambda: re.search(r"\b\d{6}\b", newest_text(network)), "the code")[0]
    page.locator("#code").fill(code)
    page.locator("form button").click()
    page.get_by_role("button", name="Ask for the call").click()
    page.wait_for_url("**/callback/manage/*")

    hub.call("PUT", "/api/me/availability", {"availability": "available"})
    network.do(ben.rung())
    join(hub, "Cem", CEM)
    network.do(anna.hears("could not reach you"))
    network.do(anna.free())
    until(lambda: "call voicemail" in told(hub), "her machine was told")

    page.reload()
    page.get_by_role("button", name="Change").click()  # as soon as possible
    network.do(cem.talks_with(anna))
    hub.kill_and_start()
    for channel in (mailbox["id"], texts["id"], hotline):
        hub.wait_for_channel(channel)
    assert network.have(anna.partners) == {CEM}, "they go on talking meanwhile"
    network.have(anna.hang_up)
    network.do(cem.free())
    until(lambda: "call ended" in told(hub), "they talked")

    kinds = told(hub)
    assert kinds[:2] == ["in email", "in sms"]
    assert [one for one in kinds if one.startswith("call ")] == ["call voicemail", "call ended"]
    assert kinds.count("callback") == 1
    assert kinds.index("callback") < kinds.index("call voicemail")
    times = [one["occurred_at"] for one in timeline(hub)]
    assert times == sorted(times)
    assert sum("could not reach you" in one.text for one in anna.heard) == 1
    assert len(network.twilio.ledger.entries("call", To=ANNA)) == 2
    customers.close()
    desk.context.close()


def newest_text(network: Telephones) -> str:
    arrived = network.have(network.twilio.texts.inbox, ANNA)
    return arrived[-1].body if arrived else ""
