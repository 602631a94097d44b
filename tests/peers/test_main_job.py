"""The main job with strangers' parts only, and it holds when the hub is killed between any two steps.

A customer's mail goes by swaks through Postfix into Dovecot; the hub takes it; an agent in a real Chromium sees it and
answers; the answer arrives in the customer's mailbox, threaded; the customer's reply joins the conversation.
"""

from __future__ import annotations

import contextlib
import email
import email.message
import email.policy
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.browser.chromium import launch
from tests.hub_process import HubProcess, until
from tests.peers.mailserver import MailServer

pytestmark = [pytest.mark.peer, pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(400)]
SUPPORT, ANNA = "support@acme.test", "anna@customer.test"
BROWSER_MS = 30_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    with HubProcess(tmp_path / "hub") as hub:
        hub.become_administrator()
        yield hub


def headers(raw: bytes) -> email.message.Message:
    return email.message_from_bytes(raw, policy=email.policy.compat32)


def text(raw: bytes) -> str:
    parsed = email.message_from_bytes(raw, policy=email.policy.default)
    body = parsed.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def open_page(browser: Browser, hub: HubProcess) -> Page:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    context.add_cookies(hub.cookies())  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(BROWSER_MS)
    page.goto(hub.address)
    return page


def write_mail(mail_server: MailServer, subject: str, body: str, **fields: str) -> None:
    mail_server.swaks(ANNA, SUPPORT, subject=subject, body=body, headers=fields)


def reply_to(raw: bytes, body: str) -> tuple[str, dict[str, str]]:
    """What a mail program makes of "reply": the address and the headers."""
    answered = headers(raw)
    address = re.sub(r".*<(.*)>", r"\1", str(answered["Reply-To"] or answered["From"]))
    return address, {
        "In-Reply-To": str(answered["Message-ID"]),
        "References": f"{answered.get('References', '')} {answered['Message-ID']}".strip(),
    }


@pytest.mark.parametrize("killed", [False, True], ids=["undisturbed", "killed between any two steps"])
def test_a_mail_is_answered_in_the_browser_and_the_reply_joins(
    hub: HubProcess, mail_server: MailServer, browser: Browser, killed: bool
) -> None:
    def step() -> None:
        if killed:
            hub.kill_and_start()

    subject = f"Parcel {'lost' if killed else 'late'}"
    already = len(mail_server.inbox(ANNA))
    channel = hub.add_mailbox(mail_server.settings(SUPPORT, start_from="new"))
    step()
    page = open_page(browser, hub)
    hub.wait_for_channel(channel["id"])

    write_mail(mail_server, subject, "Where is my parcel?\n", From="Anna Archer <anna@customer.test>")
    step()
    row = page.get_by_text(subject, exact=True).first
    row.wait_for()  # live, without a reload
    step()
    row.click()
    # the timeline, not the row's preview: who has not seen the mail yet is told that there is a newer one
    expect(page.locator("article.entry", has_text="Where is my parcel?")).to_be_visible(timeout=BROWSER_MS)
    composer = page.get_by_role("textbox", name=re.compile("^Write to"))
    expect(page.get_by_text("anna@customer.test").last).to_be_visible(timeout=BROWSER_MS)
    composer.fill("Dear Anna, it arrives tomorrow.")
    step()
    send(page, composer)
    if killed:
        (entry,) = until(lambda: _outgoing(hub, subject), "the answer is stored")
        step()  # perhaps in the middle of the attempt: then the hub cannot know, says so, and the agent decides
        decide(hub, entry["id"], lambda: len(mail_server.inbox(ANNA)) > already)
    answers = mail_server.wait_for_mail(ANNA, already + 1, 60)[already:]
    assert len(answers) == 1
    answer = headers(answers[0])
    assert "it arrives tomorrow" in text(answers[0])
    assert subject in str(answer["Subject"])
    assert SUPPORT in str(answer["From"])
    original = headers(
        mail_server.wait_for_mail(SUPPORT, 1, 20, lambda raw: subject.encode() in raw and b"Where is my" in raw)[0]
    )
    assert str(original["Message-ID"]) in str(answer["References"])
    assert str(original["Message-ID"]) == str(answer["In-Reply-To"])
    step()

    address, thread = reply_to(answers[0], "Thank you!")
    quoted = "Thank you, that is good news!\n\nOn Monday Support wrote:\n> Dear Anna, it arrives tomorrow.\n"
    mail_server.swaks(ANNA, address, subject=f"Re: {subject}", body=quoted, headers=thread)
    step()
    expect(page.get_by_text("Thank you, that is good news!").last).to_be_visible(timeout=60_000)

    (conversation,) = [one for one in hub.conversations() if subject in (one["subject"] or "")]
    entries = [one for one in hub.timeline(conversation["customer"]["id"]) if one["kind"] == "message"]
    entries = [one for one in entries if one["conversation_id"] == conversation["id"]]
    assert [one["direction"] for one in entries] == ["in", "out", "in"]
    assert entries[0]["text"].strip() == "Thank you, that is good news!"
    assert entries[0]["has_more_text"]
    assert len(mail_server.inbox(ANNA)) == already + 1
    page.context.close()


def decide(hub: HubProcess, entry_id: int, arrived: Callable[[], bool]) -> None:
    """What an agent does about an uncertain delivery: looks whether it arrived, and presses the button."""
    if settled(hub, entry_id) != "uncertain":
        return
    time.sleep(3)  # what the mail server took before the hub died is on its way
    action = "mark_sent" if arrived() else "retry"
    assert action in hub.call("GET", f"/api/entries/{entry_id}")["delivery"]["next_steps"]
    hub.call("POST", f"/api/entries/{entry_id}/delivery", {"action": action})


def settled(hub: HubProcess, entry_id: int) -> str:
    """The state of the delivery once it is decided."""

    def found() -> str:
        state: str = hub.call("GET", f"/api/entries/{entry_id}")["delivery"]["state"]
        return state if state not in ("queued", "sending") else ""

    return until(found, "the delivery is settled", 90)


def send(page: Page, composer: Locator) -> None:
    """As a person does: who sees their words still standing there presses again. The button may have been switched off
    under the pointer while the page found its way back to the hub."""
    for _ in range(3):
        page.get_by_role("button", name="Send", exact=True).click()
        with contextlib.suppress(AssertionError):
            expect(composer).to_have_text("", timeout=10_000)
            return
    raise AssertionError("the words are still in the composer")


def _outgoing(hub: HubProcess, subject: str) -> list[dict[str, Any]]:
    found = [one for one in hub.conversations() if one["subject"] == subject]
    return [
        entry for one in found for entry in hub.timeline(one["customer"]["id"])
        if entry["direction"] == "out" and entry["conversation_id"] == one["id"]
    ]  # fmt: skip


FAILPOINTS_IN = ["intake.before_commit", "intake.in_transaction", "intake.after_commit"]
FAILPOINTS_OUT = ["outbox.claimed", "outbox.attempt_committed", "outbox.provider_accepted"]


@pytest.mark.parametrize("failpoint", FAILPOINTS_IN)
def test_a_mail_is_stored_once_when_the_hub_dies_at(hub: HubProcess, mail_server: MailServer, failpoint: str) -> None:
    channel = hub.add_mailbox(mail_server.settings(SUPPORT, start_from="new"))
    hub.kill()
    write_mail(mail_server, f"At {failpoint}", "Are you there?\n")
    hub.start(f"{failpoint}:kill", ready=False)
    assert hub.wait_for_death(60) != 0
    hub.start()
    hub.wait_for_channel(channel["id"])

    def stored() -> list[dict[str, Any]]:
        return [one for one in hub.conversations() if one["subject"] == f"At {failpoint}"]

    (conversation,) = until(stored, "the mail is on the timeline")
    assert conversation["entry_count"] == 1


@pytest.mark.parametrize("failpoint", FAILPOINTS_OUT)
def test_an_answer_is_sent_once_and_never_silently_when_the_hub_dies_at(
    hub: HubProcess, mail_server: MailServer, failpoint: str
) -> None:
    subject = f"At {failpoint}"
    channel = hub.add_mailbox(mail_server.settings(SUPPORT, start_from="new"))
    write_mail(mail_server, subject, "Are you there?\n")
    find: Callable[[], list[dict[str, Any]]] = lambda: [  # noqa: E731
        one for one in hub.conversations() if one["subject"] == subject
    ]
    (conversation,) = until(find, "the mail is on the timeline")
    hub.kill()
    hub.start(f"{failpoint}:kill")
    hub.wait_for_channel(channel["id"])
    entry = hub.reply(conversation, "Yes, we are.")
    assert hub.wait_for_death(60) != 0
    hub.start()

    state = settled(hub, entry["id"])

    def arrived(raw: bytes) -> bool:
        return subject.encode() in raw and b"Yes, we are." in raw and b"Auto-Submitted: auto-replied" not in raw

    mails = [raw for raw in mail_server.inbox(ANNA) if arrived(raw)]
    if failpoint == "outbox.claimed":
        assert state in ("sent", "delivered")
        mails = mail_server.wait_for_mail(ANNA, 1, 20, arrived)
        assert len(mails) == 1
    else:
        # The hub cannot know: it says so, or learns it from a delivery report, and never sends a second time.
        assert state in ("uncertain", "sent", "delivered")
        assert len(mails) <= 1
        delivery = hub.call("GET", f"/api/entries/{entry['id']}")["delivery"]
        assert delivery["state"] != "uncertain" or delivery["next_steps"]  # a report may have come since
