"""The composer in a real browser: formatted mail, suggestions, drafts on every device, sent later and taken back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import AXE, NewPage, findings
from tests.browser.test_pages import THEMES, photograph, settle, sticks_out
from tests.browser.test_work import COMPOSER, about, answer_after, open_conversation
from tests.hub_process import PASSWORD, HubProcess, until

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(400)]
SUGGESTIONS = ".completion [role=option]"


def composing(new_page: NewPage, hub: HubProcess, subject: str, **options: Any) -> Page:
    """The editor of a mail is there, and empty."""
    hub.call("DELETE", f"/api/conversations/{about(hub, subject)['id']}/draft")
    until(lambda: hub.call("GET", "/api/macros")["items"], "the demo's canned replies are there")
    page = open_conversation(new_page, hub, subject, **options)
    page.locator(COMPOSER).click()  # on a phone the tools come with the first touch
    expect(page.get_by_role("button", name="Bold")).to_be_enabled()
    page.locator(COMPOSER).click()
    return page


def barriers(page: Page) -> list[str]:
    """What is wrong with the composer itself; the other panes have tests of their own."""
    page.evaluate(AXE)
    found: list[str] = page.evaluate(
        """async () => (await axe.run('.composer', {resultTypes: ['violations']})).violations.flatMap(
             v => v.nodes.map(n => `${v.id} (${v.impact}): ${n.target.join(' ')}: ${n.failureSummary}`))"""
    )
    wide: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('.composer, .composer *')].filter(e => {
             const r = e.getBoundingClientRect()
             return r.width > 1 && (r.right > innerWidth + 1 || r.left < -1)
           }).slice(0, 5).map(e => e.className || e.tagName)"""
    )
    return found + wide


def sent(hub: HubProcess, subject: str, words: str) -> list[dict[str, Any]]:
    found = hub.timeline(about(hub, subject)["customer"]["id"])
    return [one for one in found if one["direction"] == "out" and words in one["text"]]


def test_a_mail_keeps_its_looks_and_every_letter(new_page: NewPage, hub: HubProcess) -> None:
    page = composing(new_page, hub, "Wrong VAT number")
    page.keyboard.type("Dear Ewa, ")
    page.keyboard.press("Control+b")
    page.keyboard.type("the invoice")
    page.keyboard.press("Control+b")
    page.keyboard.type(" is corrected:")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Bulleted list").click()
    page.keyboard.type("new number")
    page.keyboard.press("Enter")
    page.keyboard.type("same amount")
    expect(page.locator(f"{COMPOSER} li")).to_have_text(["new number", "same amount"])
    page.keyboard.press("Control+Enter")
    (entry,) = until(lambda: sent(hub, "Wrong VAT", "the invoice is corrected"), "the answer is stored")
    assert entry["text"] == "Dear Ewa, the invoice is corrected:\n- new number\n- same amount"
    html = page.request.get(f"{hub.address}/api/entries/{entry['id']}/html").text()
    assert "<b>the invoice</b>" in html
    assert "<li>new number" in html


def test_plain_words_go_out_as_plain_words(new_page: NewPage, hub: HubProcess) -> None:
    page = composing(new_page, hub, "Thank you")  # where nobody answers what the test before has sent
    page.keyboard.type("One line.")
    page.keyboard.press("Enter")
    page.keyboard.type("See https://lindenhof.example for more.")
    page.keyboard.press("Control+Enter")
    (entry,) = until(lambda: sent(hub, "Thank you", "One line."), "the answer is stored")
    assert entry["text"] == "One line.\nSee https://lindenhof.example for more."
    assert entry["has_html"] is False


def test_what_is_pasted_is_cleaned(new_page: NewPage, hub: HubProcess) -> None:
    page = composing(new_page, hub, "Wrong VAT number")
    html = (
        '<p class="x">Hi <b id="y">all</b> <a href="javascript:window.hit=1">here</a></p>'
        '<img src="https://tracker.example/a.png"><script>window.hit=1</script><iframe src="/"></iframe>'
    )
    page.evaluate(
        """([selector, html]) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData('text/html', html);
            clipboardData.setData('text/plain', 'Hi all');
            const paste = new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true});
            document.querySelector(selector).dispatchEvent(paste);
        }""",
        [COMPOSER, html],
    )
    expect(page.locator(f"{COMPOSER} b")).to_have_text("all")
    assert page.evaluate("window.hit") is None
    found = page.locator(COMPOSER).inner_html()
    assert [one for one in ("class=", "id=", "javascript", "<img", "<script", "<iframe") if one in found] == []
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")


@pytest.mark.parametrize("way", ["paste", "drop"])
def test_a_picture_is_attached_by_paste_and_by_drop(new_page: NewPage, hub: HubProcess, way: str) -> None:
    page = composing(new_page, hub, "Wrong VAT number")
    page.keyboard.type("See the picture.")
    page.evaluate(
        """([selector, way]) => {
            const data = new DataTransfer();
            data.items.add(new File(['x'], 'seal.png', {type: 'image/png'}));
            const given = {bubbles: true, cancelable: true, clipboardData: data, dataTransfer: data};
            const event = way === 'paste' ? new ClipboardEvent('paste', given) : new DragEvent('drop', given);
            document.querySelector(selector).dispatchEvent(event);
        }""",
        [COMPOSER, way],
    )
    expect(page.locator(".attachments.composing .attachment")).to_contain_text("seal.png")
    expect(page.locator(COMPOSER)).to_have_text("See the picture.")
    page.get_by_role("button", name="Remove seal.png").click()
    page.locator(COMPOSER).fill("")


def test_a_canned_reply_is_found_and_filled_in_by_keyboard(new_page: NewPage, hub: HubProcess) -> None:
    page = composing(new_page, hub, "Missing crate")
    page.keyboard.type("/hel")
    expect(page.locator(SUGGESTIONS).first).to_contain_text("Greeting")
    expect(page.locator(COMPOSER)).to_have_attribute("aria-activedescendant", re.compile(".+"))
    page.keyboard.press("Enter")
    expect(page.locator(COMPOSER)).to_contain_text("Dear Maria,")
    expect(page.locator(COMPOSER)).not_to_contain_text("/hel")
    page.keyboard.type(" More.")
    expect(page.locator(COMPOSER)).to_contain_text("thank you for your message. More.")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")


def test_a_macro_changes_the_conversation_and_writes_the_words(new_page: NewPage, hub: HubProcess) -> None:
    page = composing(new_page, hub, "Retour")
    page.keyboard.type("/refund and")
    expect(page.locator(SUGGESTIONS).first).to_contain_text("Refund and resolve")
    page.keyboard.press("Enter")
    place = re.sub("^https?://[^/]+", "/api", page.url)
    until(lambda: hub.call("GET", place)["state"] == "resolved", "the conversation is resolved")
    page.locator(".toast", has_text="Done").get_by_role("button", name="Undo").click()  # it goes after seven seconds
    until(lambda: hub.call("GET", place)["state"] == "open", "the change is undone")
    expect(page.locator(COMPOSER)).to_contain_text("We have refunded the amount today.")
    page.locator(COMPOSER).fill("")


def test_a_macro_snoozes_for_a_time_and_leaves_a_task(new_page: NewPage, hub: HubProcess) -> None:
    page = new_page("/admin/macros")
    page.get_by_role("button", name="Add a macro").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Ask again on Monday")
    dialog.get_by_label("Conversation").select_option("Snooze for a time")
    dialog.get_by_label("Snooze until").select_option("The next day of the week")
    dialog.get_by_label("What is to be done").fill("Ask the carrier again")
    dialog.get_by_label("With a reminder").check()
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_text("snooze: next Monday at 09:00")).to_be_visible()
    where = f"/api/conversations/{about(hub, 'Opening hours')['id']}"
    page = composing(new_page, hub, "Opening hours")
    page.keyboard.type("/on monday")
    expect(page.locator(SUGGESTIONS).first).to_contain_text("Ask again on Monday")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Done: Ask again on Monday")).to_be_visible()
    (task,) = hub.call("GET", f"/api/tasks?conversation={where.rpartition('/')[2]}")["items"]
    assert (task["text"], task["due_at"] is not None) == ("Ask the carrier again", True)
    assert hub.call("GET", where)["snoozed"]["until"]
    page.locator(".toast", has_text="Done").get_by_role("button", name="Undo").click()
    expect(page.locator(".toast")).to_contain_text("Undone: Ask again on Monday")
    assert hub.call("GET", where)["snoozed"] is None
    assert hub.call("GET", f"/api/tasks?conversation={where.rpartition('/')[2]}")["items"] == []


def test_a_list_of_suggestions_is_left_without_a_trace(new_page: NewPage, hub: HubProcess) -> None:
    page = composing(new_page, hub, "Missing crate")
    page.keyboard.type("either /or")
    page.keyboard.type("der")
    expect(page.locator(SUGGESTIONS).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(SUGGESTIONS)).to_have_count(0)
    page.keyboard.type(" 4")
    expect(page.locator(COMPOSER)).to_have_text("either /order 4")
    page.locator(COMPOSER).fill("")


def test_who_writes_before_the_editor_has_come_goes_on_where_they_are(new_page: NewPage, hub: HubProcess) -> None:
    held: list[Route] = []
    page = new_page("/healthz")
    page.route("**/editor/vendored.js*", lambda route: held.append(route))  # noqa: PLW0108  # Playwright marks what it calls
    page.goto(f"{hub.address}/conversations/{about(hub, 'Opening hours')['id']}")
    page.locator(f"{COMPOSER}[contenteditable]").click()
    page.keyboard.type("Until , ")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    until(lambda: page.evaluate("1") and held, "the editor is asked for")
    held[0].continue_()
    page.keyboard.type("si")
    expect(page.get_by_role("button", name="Bold")).to_be_enabled()
    page.keyboard.type("x")
    page.keyboard.press("End")
    page.keyboard.type("as a rule and ")
    page.keyboard.press("Control+b")
    page.keyboard.type("always")
    expect(page.locator(f"{COMPOSER} b")).to_have_text("always")
    expect(page.locator(COMPOSER)).to_have_text(re.compile("^Until six,[ \u00a0]as a rule and \u200b?always$"))
    page.locator(COMPOSER).fill("")


def test_who_writes_before_it_is_known_how_goes_on_at_the_end(new_page: NewPage, hub: HubProcess) -> None:
    held: list[Route] = []
    known = False

    def hold(route: Route) -> None:
        if known:
            route.continue_()
        else:
            held.append(route)

    page = new_page("/healthz")
    page.route(re.compile("/api/channels$|/destinations$"), hold)
    page.goto(f"{hub.address}/conversations/{about(hub, 'Opening hours')['id']}")
    page.locator(f"textarea{COMPOSER}").click()
    page.keyboard.type("Until ")
    known = True
    for route in held:
        route.continue_()
    expect(page.locator(f"{COMPOSER}[contenteditable]")).to_be_focused()
    page.keyboard.type("six")
    expect(page.locator(COMPOSER)).to_have_text("Until six")
    page.locator(COMPOSER).fill("")


def test_who_goes_from_a_note_to_an_answer_loses_no_letter(new_page: NewPage, hub: HubProcess) -> None:
    page = composing(new_page, hub, "Opening hours")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(page.locator(".composer.as-note")).to_be_visible()
    page.keyboard.press("Escape")
    # the letter comes before the next frame, as it does where the machine is busy
    page.evaluate("""async () => {
        document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "r", bubbles: true}));
        for (let turn = 0; turn < 20; turn += 1) await null;
        document.execCommand("insertText", false, "T");
    }""")
    page.keyboard.type("hank you")
    expect(page.locator(COMPOSER)).to_have_text("Thank you")
    page.locator(COMPOSER).fill("")


def test_a_mail_is_taken_back_while_it_waits(new_page: NewPage, hub: HubProcess) -> None:
    hub.call("PATCH", "/api/me", {"undo_seconds": 30})
    page = composing(new_page, hub, "Opening hours")
    page.keyboard.type("Until ")
    page.keyboard.press("Control+i")
    page.keyboard.type("six")
    page.keyboard.press("Control+Enter")
    waiting = page.locator("article.out.pending")
    expect(waiting).to_contain_text("Until six")
    waiting.get_by_role("button", name="Undo send").click()
    expect(waiting).to_have_count(0)
    expect(page.locator(f"{COMPOSER} i")).to_have_text("six")
    page.keyboard.press("Control+Enter")
    expect(waiting).to_contain_text("Goes out in")
    page.keyboard.press("Escape")
    page.keyboard.press("z")
    expect(waiting).to_have_count(0)
    expect(page.locator(COMPOSER)).to_have_text("Until six")
    assert sent(hub, "Opening hours", "Until six") == []
    page.locator(COMPOSER).click()
    page.keyboard.press("Control+Enter")
    waiting.get_by_role("button", name="Send now").click()
    expect(page.locator("article.out").last).to_contain_text(re.compile("Sent|Delivered"))
    assert len(sent(hub, "Opening hours", "Until six")) == 1
    hub.call("PATCH", "/api/me", {"undo_seconds": 5})


def test_a_held_mail_is_still_there_after_a_reload(new_page: NewPage, hub: HubProcess) -> None:
    hub.call("PATCH", "/api/me", {"undo_seconds": 30})
    page = composing(new_page, hub, "Framework agreement")
    page.keyboard.type("Held for a while.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("article.out.pending")).to_contain_text("Goes out in")
    page.reload()
    expect(page.locator("article.out.pending")).to_contain_text("Held for a while.")
    page.get_by_role("button", name="Undo send").click()
    expect(page.locator(COMPOSER)).to_have_text("Held for a while.")
    page.locator(COMPOSER).fill("")
    hub.call("PATCH", "/api/me", {"undo_seconds": 5})


def test_a_first_mail_with_a_file_is_taken_back_to_where_it_was_written(new_page: NewPage, hub: HubProcess) -> None:
    hub.call("PATCH", "/api/me", {"undo_seconds": 30})
    page = new_page("/")
    expect(page.locator(".conversation-row").first).to_be_visible()
    page.keyboard.press("c")
    dialog = page.get_by_role("dialog", name="New message")
    dialog.get_by_label("To", exact=True).fill("nina.new@customer.example")
    dialog.get_by_label("Subject").fill("Your first order")
    dialog.get_by_label("Message").fill("It is ready.")
    dialog.locator("input[type=file]").set_input_files(
        {"name": "plan.txt", "mimeType": "text/plain", "buffer": b"the plan"}
    )
    expect(dialog.get_by_text("plan.txt")).to_be_visible()
    dialog.get_by_role("button", name="Send").click()
    waiting = page.locator("article.out.pending")
    expect(waiting).to_contain_text("It is ready.")
    expect(page.locator(".conversation-row", has_text="Your first order")).to_be_visible()
    waiting.get_by_role("button", name="Undo send").click()
    expect(dialog.get_by_label("To", exact=True)).to_have_value("nina.new@customer.example")
    expect(dialog.get_by_label("Subject")).to_have_value("Your first order")
    expect(dialog.get_by_label("Message")).to_have_value("It is ready.")
    expect(dialog.get_by_text("plan.txt")).to_be_visible()
    expect(page).to_have_url(f"{hub.address}/")
    expect(page.locator(".conversation-row", has_text="Your first order")).to_have_count(0)
    dialog.get_by_role("button", name="Send").click()
    waiting.get_by_role("button", name="Send now").click()
    expect(page.locator("article.out").last).to_contain_text(re.compile("Sent|Delivered"))
    (mail,) = sent(hub, "Your first order", "It is ready.")
    assert [one["filename"] for one in mail["attachments"]] == ["plan.txt"]
    hub.call("PATCH", "/api/me", {"undo_seconds": 5})


def test_a_mail_is_sent_later_and_edited_before(new_page: NewPage, hub: HubProcess) -> None:
    page = composing(new_page, hub, "Framework agreement")
    page.keyboard.type("For tomorrow morning.")
    page.get_by_role("button", name="Send later").click()
    page.get_by_role("menuitem", name=re.compile("^Tomorrow")).click()
    row = page.locator(".scheduled")
    expect(row).to_contain_text("For tomorrow morning.")
    expect(page.locator(COMPOSER)).to_have_text("")
    page.reload()
    expect(row).to_contain_text("Goes out")
    row.get_by_role("button", name="Edit").click()
    expect(row).to_have_count(0)
    expect(page.locator(COMPOSER)).to_have_text("For tomorrow morning.")
    page.locator(COMPOSER).fill("")


def test_what_the_customer_writes_holds_back_what_was_to_go_out_later(new_page: NewPage, hub: HubProcess) -> None:
    subject = "Cups for"
    page = composing(new_page, hub, subject)
    page.keyboard.type("Your offer follows.")
    page.get_by_role("button", name="Send later").click()
    page.get_by_role("menuitem", name=re.compile("^Tomorrow")).click()
    row = page.locator(".scheduled")
    expect(row).to_contain_text("Your offer follows.")
    ours = hub.reply(about(hub, subject), "Thank you for asking.")
    answer = answer_after(hub, about(hub, subject), ours["id"])
    expect(page.locator(f'article.in[data-entry="{answer["id"]}"]')).to_be_visible()
    row.get_by_role("button", name="Send now").click()
    expect(row).to_contain_text("Held back")
    assert sent(hub, subject, "Your offer follows.") == []
    row.get_by_role("button", name="Send anyway").click()
    expect(page.locator("article.out").last).to_contain_text("Your offer follows.")
    expect(row).to_have_count(0)


def test_what_comes_while_an_answer_is_written_is_said_before_it_is_sent(new_page: NewPage, hub: HubProcess) -> None:
    subject = "Appuntamento"
    page = composing(new_page, hub, subject)
    page.keyboard.type("Sabato")
    hub.colleague("Nora Klein", "nora@acme.test").reply(about(hub, subject), "Grazie.")  # and the customer writes back
    warnings = page.locator(".composer-warnings")
    expect(warnings).to_contain_text("Nora Klein has answered while you were writing: Grazie.")
    expect(warnings).to_contain_text("Luca Moretti wrote while you were writing")
    page.locator(COMPOSER).fill("")
    expect(page.locator(".composer-warning")).to_have_count(0)


def test_a_draft_is_there_on_another_device_with_its_looks(new_page: NewPage, hub: HubProcess) -> None:
    subject = "Missing crate"
    page = composing(new_page, hub, subject)
    page.keyboard.type("Almost ")
    page.keyboard.press("Control+b")
    page.keyboard.type("done")
    path = f"/api/conversations/{about(hub, subject)['id']}/draft"
    until(lambda: "done" in ((hub.call("GET", path)["draft"] or {}).get("content") or {}).get("text", ""), "it is kept")
    other = new_page(f"/conversations/{about(hub, subject)['id']}")
    expect(other.locator(f"{COMPOSER} b")).to_have_text("done")
    other.locator(COMPOSER).click()
    other.keyboard.press("Control+a")
    other.keyboard.press("Delete")
    until(lambda: hub.call("GET", path)["draft"] is None, "it is dropped")
    page.keyboard.press("Escape")
    expect(page.locator(COMPOSER)).to_have_text("")


def test_a_colleague_is_named_in_a_note_told_and_warned_of(new_page: NewPage, hub: HubProcess) -> None:
    made = hub.call("POST", "/api/agents", {"name": "Mia Weber", "email": "mia@acme.test", "role": "agent"})
    other = new_page(re.sub(r"^https?://[^/]+", "", made["invite_url"]), signed_in=False)
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Create account").click()
    expect(other.locator(".conversation-row").first).to_be_visible()
    page = composing(new_page, hub, "Framework agreement")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.keyboard.type("Please look, @mia")
    expect(page.locator(SUGGESTIONS)).to_contain_text(["Mia Weber"])
    page.keyboard.press("Tab")
    page.keyboard.type("today")
    expect(page.locator(COMPOSER)).to_have_value("Please look, @Mia Weber today")
    page.keyboard.press("Control+Enter")
    expect(page.locator("article.note").last).to_contain_text("@Mia Weber")
    expect(other.locator(".toast").last).to_contain_text("Lena Hoffmann mentioned you")
    other.get_by_role("button", name="One note mentions you").click()
    other.get_by_role("menuitem", name=re.compile("Lena Hoffmann")).click()
    expect(other.locator("article.note").last).to_contain_text("@Mia Weber")
    expect(other.get_by_role("button", name="One note mentions you")).to_have_count(0)
    other.locator(COMPOSER).press_sequentially("I answer")
    expect(page.locator(".composer-warning")).to_contain_text("Mia Weber is writing an answer here right now")
    other.locator(COMPOSER).fill("")


def test_canned_replies_macros_and_brands_are_kept_by_administrators(new_page: NewPage, hub: HubProcess) -> None:
    until(lambda: hub.call("GET", "/api/macros")["items"], "the demo's canned replies are there")
    page = new_page("/admin/replies")
    page.get_by_role("button", name="Add a canned reply").click()
    page.get_by_label("Name", exact=True).fill("Warranty")
    page.get_by_label("Shortcut").fill("war")
    page.get_by_label(re.compile("^Words in")).fill("{% for %}")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".field-error")).to_contain_text("cannot be filled in")
    page.get_by_label(re.compile("^Words in")).fill("Two years, {{ customer.name }}.")
    page.get_by_label("Shortcut").fill("refund")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".field-error")).to_contain_text("“Refund done” has the shortcut /refund already")
    page.get_by_label("Shortcut").fill("war")
    page.get_by_role("button", name="Save", exact=True).click()
    row = page.locator(".agent-row", has_text="Warranty")
    expect(row).to_contain_text("/war")
    row.get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name="Remove").click()
    expect(row).to_have_count(0)
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(row).to_have_count(1)
    page.goto(hub.address + "/admin/macros")
    page.get_by_role("button", name="Add a macro").click()
    page.get_by_label("Name", exact=True).fill("To low")
    page.get_by_label("Priority").select_option("low")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".agent-row", has_text="To low")).to_contain_text("Low")
    page.goto(hub.address + "/admin/brands")
    page.get_by_role("button", name="Add a brand").click()
    page.get_by_label("Name", exact=True).fill("Oak & Iron")
    page.get_by_label("Signature (HTML)").fill("<b>{{ brand.name }}</b><script>x()</script>")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".agent-row", has_text="Oak & Iron")).to_have_count(1)
    (brand,) = [one for one in hub.call("GET", "/api/brands")["items"] if one["name"] == "Oak & Iron"]
    assert brand["signature_html"] == "<b>{{ brand.name }}</b>"


def test_an_agent_keeps_replies_of_their_own(new_page: NewPage, hub: HubProcess) -> None:
    made = hub.call("POST", "/api/agents", {"name": "Noa Levi", "email": "noa@acme.test", "role": "agent"})
    page = new_page(re.sub(r"^https?://[^/]+", "", made["invite_url"]), signed_in=False)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    page.locator(".conversation-row", has_text="Missing crate").click()
    expect(page.get_by_role("button", name="Bold")).to_be_enabled()
    page.locator(COMPOSER).press_sequentially("Kind regards, Noa /save")
    expect(page.locator(SUGGESTIONS).first).to_contain_text("Save as a canned reply")
    page.keyboard.press("Enter")
    page.get_by_label("Name", exact=True).fill("My ending")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".toast").last).to_contain_text("My ending")
    page.locator(COMPOSER).fill("")
    page.get_by_role("button", name="Account of").click()
    page.get_by_role("menuitem", name="Canned replies").click()
    own = page.locator(".agent-row", has_text="My ending")
    expect(own).to_contain_text("Only me")
    expect(page.locator(".agent-row", has_text="Greeting").get_by_role("button")).to_have_count(0)
    own.get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name="Edit").click()
    page.get_by_label("Shortcut").fill("bye")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(own).to_contain_text("/bye")


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (1024, "dark"), (390, "light"), (390, "dark")])
def test_the_composer_fits_and_has_no_barrier(new_page: NewPage, hub: HubProcess, width: int, theme: str) -> None:
    page = composing(new_page, hub, "Damaged goods", width=width, theme=theme)
    page.keyboard.type("Dear Jonas, {{ customer.nick }} ")
    page.keyboard.press("Control+b")
    page.keyboard.type("new hinges are on their way to you")
    page.keyboard.press("Control+b")
    page.keyboard.type(" /")
    expect(page.locator(SUGGESTIONS).first).to_be_visible()
    settle(page)
    photograph(page, f"composer-suggestions-{width}-{theme}")
    assert barriers(page) == []
    page.keyboard.press("Escape")
    settle(page)
    photograph(page, f"composer-mail-{width}-{theme}")
    assert barriers(page) == []
    page.get_by_role("button", name="Send later").click()
    page.get_by_role("menuitem", name=re.compile("^Tomorrow")).click()
    expect(page.locator(".scheduled")).to_be_visible()
    settle(page)
    photograph(page, f"composer-scheduled-{width}-{theme}")
    assert barriers(page) == []
    page.locator(".scheduled").get_by_role("button", name="Discard").click()
    expect(page.locator(".scheduled")).to_have_count(0)
    page.locator(COMPOSER).click()
    page.get_by_role("radio", name="Note").click()
    settle(page)
    photograph(page, f"composer-note-{width}-{theme}")
    assert barriers(page) == []
    page.get_by_role("radio", name="Reply").click()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("part", ["replies", "macros", "brands"])
def test_the_pages_of_what_is_ready_fit_and_have_no_barrier(
    new_page: NewPage, hub: HubProcess, part: str, theme: str
) -> None:
    for width in (1440, 1024, 390):
        page = new_page(f"/admin/{part}", width=width, theme=theme)
        expect(page.locator(".agent-row").first).to_be_visible()
        settle(page)
        photograph(page, f"{part}-{width}-{theme}")
        assert sticks_out(page) + findings(page) == []
        page.get_by_role("button", name=re.compile("^Add a")).click()
        settle(page)
        photograph(page, f"{part}-dialog-{width}-{theme}")
        assert sticks_out(page) + findings(page) == []
        page.context.close()
