"""The customer's pane, and what belongs together, in a browser."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage, findings
from tests.hub_process import HubProcess, until

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(400)]


def open_of(hub: HubProcess, subject: str) -> dict[str, Any]:
    return until(lambda: next((one for one in hub.conversations() if one["subject"] == subject), None), subject)


def section(page: Page, title: str) -> Any:
    """A part of the pane by its heading."""
    return page.locator(".side-section", has=page.locator("h3", has_text=title))


def toast(page: Page, action: str) -> Any:
    return page.locator(".toast").get_by_role("button", name=action)


def test_a_task_is_added_done_and_taken_up_again(new_page: NewPage, hub: HubProcess) -> None:
    where = open_of(hub, "Retour d’un article")
    page = new_page(f"/conversations/{where['id']}")
    tasks = section(page, "Tasks")
    expect(tasks).to_contain_text("Nothing to do.")
    tasks.get_by_role("button", name="New task").click()
    page.get_by_label("What is to be done").fill("Send a label for the return")
    page.keyboard.press("Enter")
    box = tasks.get_by_role("checkbox", name="Done: Send a label for the return")
    expect(box).not_to_be_checked()
    expect(page.locator(".event", has_text="You took on a task")).to_contain_text("Send a label for the return")
    box.click()
    expect(tasks).to_contain_text("1 done")
    toast(page, "Undo").last.click()
    expect(tasks.get_by_role("checkbox", name="Done: Send a label for the return")).not_to_be_checked()


def test_two_conversations_become_one_thread_and_two_again(new_page: NewPage, hub: HubProcess) -> None:
    leader = open_of(hub, "Your parcel 00341 will be delivered tomorrow")
    other = open_of(hub, "Your parcel 00340 will be delivered today")
    page = new_page(f"/conversations/{leader['id']}")
    row = page.locator(".conversation-row", has_text="Your parcel 00340")
    expect(row).to_be_visible()
    section(page, "Conversations").get_by_role("button", name="More with this conversation").click()
    page.get_by_role("menuitem", name="Join another conversation").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio").first.check()
    dialog.get_by_role("button", name="Join", exact=True).click()
    expect(dialog).to_be_hidden()
    expect(row).to_have_count(0)
    expect(page.locator(".event", has_text="You joined")).to_be_visible()
    expect(section(page, "Conversations")).to_contain_text("joined")
    page.goto(f"{hub.address}/conversations/{other['id']}")
    expect(page).to_have_url(f"{hub.address}/conversations/{leader['id']}")
    section(page, "Conversations").get_by_role("button", name="Take it out again").click()
    expect(page.locator(".conversation-row", has_text="Your parcel 00340")).to_be_visible()


def test_a_conversation_is_split_at_an_entry_and_put_back(new_page: NewPage, hub: HubProcess) -> None:
    where = open_of(hub, "Damaged goods in order 20418")
    page = new_page(f"/conversations/{where['id']}")
    entry = page.locator("article.entry.in").last
    words = (entry.locator(".entry-card").inner_text()).strip()
    assert words
    entry.hover()
    entry.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="New conversation from here").click()
    expect(page).not_to_have_url(f"{hub.address}/conversations/{where['id']}")
    split_id = int(page.url.rsplit("/", 1)[1])
    expect(section(page, "Conversations")).to_contain_text("split off this one")
    assert words.split("\n")[-1][:40] in hub.call("GET", f"/api/conversations/{split_id}")["preview"]
    toast(page, "Undo").last.click()
    expect(page).to_have_url(f"{hub.address}/conversations/{where['id']}")
    assert hub.call("GET", f"/api/conversations/{split_id}")["merged_into_id"] == where["id"]


def test_somebody_else_is_asked_and_the_answer_comes_back_here(new_page: NewPage, hub: HubProcess) -> None:
    where = open_of(hub, "Cups for Café Aurora")
    page = new_page(f"/conversations/{where['id']}")
    section(page, "Conversations").get_by_role("button", name="More with this conversation").click()
    page.get_by_role("menuitem", name="Ask somebody else").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("To", exact=True).fill("kiln@pottery.example")
    dialog.get_by_label("Name").fill("Kit Potter")
    dialog.get_by_label("Message").fill("How soon could you fire forty cups?")
    dialog.get_by_role("button", name="Send").click()
    lines = page.locator(".side-thread")
    expect(lines.first).to_contain_text("How soon could you fire forty cups?")
    expect(lines).to_have_count(2)  # the demo answers everybody
    expect(lines.last).to_contain_text("Kit Potter: ")
    lines.last.get_by_role("button").click()
    said = page.get_by_role("dialog").locator(".side-said > li")
    expect(said).to_have_count(2)
    page.get_by_role("dialog").get_by_label("Your next message to them").fill("Thank you.")
    page.get_by_role("dialog").locator("input[type=file]").set_input_files(
        {"name": "glaze.txt", "mimeType": "text/plain", "buffer": b"blue"}
    )
    page.get_by_role("dialog").get_by_role("button", name="Send").click()
    expect(said.nth(2)).to_contain_text("Thank you.")
    expect(said.nth(2)).to_contain_text("glaze.txt")


def test_a_typed_detail_is_chosen_and_kept(new_page: NewPage, hub: HubProcess) -> None:
    where = open_of(hub, "Appuntamento in showroom")
    until(lambda: hub.call("GET", "/api/fields")["items"], "the demo's fields are there")
    page = new_page(f"/conversations/{where['id']}")
    details = section(page, "Details")
    details.get_by_role("button", name="Edit the details").click()
    details.get_by_label("Plan").select_option("Trade")
    details.get_by_label("Plan").press("Escape")
    expect(details).to_contain_text("Trade")
    expect(details.get_by_role("button", name="Edit the details")).to_be_focused()
    assert page.url.endswith(f"/conversations/{where['id']}")
    path = f"/api/customers/{where['customer']['id']}"
    until(lambda: hub.call("GET", path)["attributes"].get("plan") == "Trade", "it is kept")
    page.reload()
    expect(section(page, "Details")).to_contain_text("Trade")


def test_a_part_of_the_pane_stays_folded(new_page: NewPage, hub: HubProcess) -> None:
    where = open_of(hub, "Appuntamento in showroom")
    page = new_page(f"/conversations/{where['id']}")
    addresses = section(page, "Addresses")
    expect(addresses).to_contain_text("luca.moretti@posta.example")
    addresses.get_by_role("button", name=re.compile("^Addresses")).click()
    expect(addresses).not_to_contain_text("luca.moretti@posta.example")
    page.reload()
    expect(section(page, "Addresses")).not_to_contain_text("luca.moretti@posta.example")


def test_a_company_is_suggested_by_the_mail_domain_and_taken_back(new_page: NewPage, hub: HubProcess) -> None:
    where = open_of(hub, "Wrong VAT number on invoice 7781")
    page = new_page(f"/conversations/{where['id']}")
    company = section(page, "Company and people")
    expect(company).to_contain_text("Probably of Biuro Plus")
    company.get_by_role("button", name="Add the company").click()
    expect(company.locator(".company")).to_contain_text("Biuro Plus")
    toast(page, "Undo").click()
    expect(company.locator(".company")).to_have_count(0)


def test_two_conversations_are_linked_and_show_each_other(new_page: NewPage, hub: HubProcess) -> None:
    one, other = open_of(hub, "Wrong VAT number on invoice 7781"), open_of(hub, "Appuntamento in showroom")
    page = new_page(f"/conversations/{one['id']}")
    section(page, "Conversations").get_by_role("button", name="More with this conversation").click()
    page.get_by_role("menuitem", name="Link with a conversation").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("This conversation").select_option("is the cause of it")
    dialog.get_by_label("Which one").fill("Luca")
    dialog.get_by_role("radio", name=re.compile("Appuntamento")).check()
    dialog.get_by_role("button", name="Link", exact=True).click()
    expect(section(page, "Conversations")).to_contain_text("comes of this one")
    page.goto(f"{hub.address}/conversations/{other['id']}")
    expect(section(page, "Conversations")).to_contain_text("is the cause of this one")
    section(page, "Conversations").get_by_role("button", name="Take out the link").click()
    expect(section(page, "Conversations")).not_to_contain_text("is the cause of this one")


def test_the_demos_company_task_and_side_conversation_are_there_without_findings(
    new_page: NewPage, hub: HubProcess
) -> None:
    where = open_of(hub, "Damaged goods in order 20418")
    for width in (1440, 390):
        page = new_page(f"/conversations/{where['id']}{'?side=customer' if width < 500 else ''}", width=width)
        expect(section(page, "Tasks")).to_contain_text("Send two new hinges")
        expect(section(page, "Company and people")).to_contain_text("Petra Weber")
        expect(section(page, "Conversations")).to_contain_text("side conversation")
        assert findings(page) == []


def test_long_names_and_many_addresses_stay_inside_the_pane(new_page: NewPage, hub: HubProcess) -> None:
    where = open_of(hub, "お見積もりのお願い")
    customer = where["customer"]["id"]
    name = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft " * 2
    hub.call("PATCH", f"/api/customers/{customer}", {"name": name.strip()})
    for width in (1440, 390):
        page = new_page(f"/c/{customer}{'?side=customer' if width < 500 else ''}", width=width)
        pane = page.locator(".customer-scroll")
        expect(pane).to_contain_text("Donaudampf")
        assert pane.evaluate("pane => pane.scrollWidth <= pane.clientWidth")
