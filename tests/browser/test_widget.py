"""The chat widget in a real Chromium: a host page of another site under a strict policy, its storage for third parties
blocked, against a reference hub that misbehaves on demand."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.chat_server import ChatServer
from tests.browser.conftest import findings
from tests.browser.shop import OpenShop, chat, expect_settled, expect_shown, open_chat, write
from tests.hub_process import until

pytestmark = [pytest.mark.browser, pytest.mark.slow]
OUT = Path(__file__).resolve().parents[1] / "screenshots/out"


def test_a_message_and_its_answer_with_third_party_storage_blocked(open_shop: OpenShop, server: ChatServer) -> None:
    page = open_shop()
    open_chat(page)
    refused = page.frames[1].evaluate(
        "() => { try { return String(localStorage) } catch (error) { return error.name } }"
    )
    assert refused == "SecurityError"
    write(page, "Is the oak table in stock?")
    expect_settled(page, ["Is the oak table in stock?"])
    server.say("It is, in two sizes.")
    expect_settled(page, ["Is the oak table in stock?", "It is, in two sizes."])
    assert server.texts() == ["Is the oak table in stock?", "It is, in two sizes."]


def test_a_reload_shows_the_conversation_as_the_same_visitor(open_shop: OpenShop, server: ChatServer) -> None:
    page = open_shop()
    open_chat(page)
    write(page, "Hello")
    expect_settled(page, ["Hello"])
    page.reload()
    seq = server.say("Good morning")
    open_chat(page)
    expect_settled(page, ["Hello", "Good morning"])
    until(lambda: {"type": "read", "seq": seq} in server.visitor.frames, "the visitor has read it")
    assert len(server.visitors) == 1


def test_a_site_without_tls_can_chat_too(open_shop: OpenShop, server: ChatServer) -> None:
    page = open_shop()
    page.add_init_script("delete Crypto.prototype.randomUUID")  # browsers offer it to secure pages alone
    page.reload()
    open_chat(page)
    write(page, "Hello")
    write(page, "Is anybody there?")
    expect_settled(page, ["Hello", "Is anybody there?"])
    assert server.texts() == ["Hello", "Is anybody there?"]


@pytest.mark.parametrize("with_cid", [True, False])
def test_a_lost_acknowledgement_doubles_nothing(open_shop: OpenShop, server: ChatServer, with_cid: bool) -> None:
    server.faults.without_cid = not with_cid
    page = open_shop()
    open_chat(page)
    write(page, "first")
    expect_settled(page, ["first"])
    server.faults.close_before_ack = 2
    write(page, "second")
    expect_settled(page, ["first", "second"])
    write(page, "second")
    expect_settled(page, ["first", "second", "second"])
    page.reload()
    open_chat(page)
    expect_settled(page, ["first", "second", "second"])
    assert server.texts() == ["first", "second", "second"]


def test_a_message_lost_on_the_way_is_sent_again_once(open_shop: OpenShop, server: ChatServer) -> None:
    page = open_shop()
    open_chat(page)
    write(page, "one")
    expect_settled(page, ["one"])
    server.faults.drop_messages = 2
    write(page, "two")
    write(page, "three")
    expect_settled(page, ["one", "two", "three"])
    assert server.texts() == ["one", "two", "three"]


def test_written_offline_and_reloaded_it_still_goes_out(open_shop: OpenShop, server: ChatServer) -> None:
    page = open_shop()
    open_chat(page)
    write(page, "one")
    expect_settled(page, ["one"])
    server.faults.refuse_sockets = True
    server.disconnect()
    write(page, "two")
    expect(chat(page).locator(".pending")).to_have_count(1)
    expect(chat(page).locator("#bar")).to_contain_text("connection")
    page.reload()
    open_chat(page)
    expect_shown(page, ["one", "two"])
    server.faults.refuse_sockets = False
    expect_settled(page, ["one", "two"])
    assert server.texts() == ["one", "two"]


def test_a_hub_that_cannot_resume_replaces_the_copy(open_shop: OpenShop, server: ChatServer) -> None:
    page = open_shop()
    open_chat(page)
    for text in ["one", "two", "three"]:
        write(page, text)
    expect_settled(page, ["one", "two", "three"])
    server.restore_from_backup(lost=1)
    server.say("four")
    expect_settled(page, ["one", "three", "four"])


def test_a_push_that_went_missing_is_noticed_by_the_heartbeat(open_shop: OpenShop, server: ChatServer) -> None:
    page = open_shop()
    open_chat(page)
    write(page, "one")
    expect_settled(page, ["one"])
    missed = server._store(server.visitor, "out", "never pushed", author="Lena")
    server.push({"type": "ping", "head": missed})
    expect_settled(page, ["one", "never pushed"])
    until(lambda: {"type": "pong"} in server.visitor.frames, "the page has answered")


def test_two_tabs_are_one_visitor(open_shop: OpenShop, server: ChatServer) -> None:
    page = open_shop()
    open_chat(page)
    write(page, "from the first")
    expect_settled(page, ["from the first"])
    other = open_shop("/terms")
    open_chat(other)
    expect_settled(other, ["from the first"])
    write(other, "from the second")
    expect_settled(page, ["from the first", "from the second"])
    assert len(server.visitors) == 1


def test_a_refused_message_says_so_and_can_be_tried_again_or_discarded(open_shop: OpenShop, server: ChatServer) -> None:
    page = open_shop()
    open_chat(page)
    server.faults.refuse = ["not_now", "not_now"]
    write(page, "please")
    write(page, "thanks")
    failed = chat(page).locator(".message:has(.failed)")
    expect(failed).to_have_count(2)
    failed.filter(has_text="please").get_by_role("button", name="Try again").click()
    expect(failed).to_have_count(1)
    failed.get_by_role("button", name="Discard").click()
    expect_settled(page, ["please"])
    assert server.texts() == ["please"]


def test_an_unread_answer_is_announced_and_counted(open_shop: OpenShop, server: ChatServer) -> None:
    page = open_shop()
    open_chat(page)
    write(page, "Hello")
    expect_settled(page, ["Hello"])
    chat(page).get_by_role("button", name="Close chat").click()
    expect(page.locator(".launcher")).to_be_focused()
    server.say("Here is your answer")
    expect(page.locator(".badge")).to_have_text("1")
    expect(page.get_by_role("status")).to_contain_text("Here is your answer")
    expect(page.locator(".launcher")).to_have_accessible_name("Open chat. 1 unread message")
    page.locator(".teaser").click()
    expect(page.locator(".badge")).to_be_hidden()
    expect(page.locator(".teaser")).to_be_hidden()


def test_files_go_out_by_pick_and_paste_and_come_back(open_shop: OpenShop, server: ChatServer) -> None:
    page = open_shop()
    open_chat(page)
    chat(page).locator("#pick").set_input_files({"name": "täble.txt", "mimeType": "text/plain", "buffer": b"oak"})
    chat(page).locator("#text").evaluate(
        """field => {
             const data = new DataTransfer()
             const gif = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'
             const bytes = Uint8Array.from(atob(gif), c => c.charCodeAt(0))
             data.items.add(new File([bytes], 'photo.gif', {type: 'image/gif'}))
             field.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}))
           }"""
    )
    expect(chat(page).locator("#send")).to_be_enabled()
    chat(page).locator("#send").click()
    expect(chat(page).locator(".message .file")).to_have_count(2)
    expect(chat(page).locator(".picture")).to_have_js_property("naturalWidth", 1)
    expect(chat(page).locator(".pending")).to_have_count(0)
    with page.expect_download() as download:
        chat(page).get_by_role("button", name="täble.txt").click()
    assert download.value.suggested_filename == "täble.txt"
    assert Path(download.value.path()).read_bytes() == b"oak"


def test_the_form_comes_before_the_first_message_and_goes_with_it(open_shop: OpenShop, server: ChatServer) -> None:
    server.config["form"] = [
        {"name": "name", "label": "Name", "required": True},
        {"name": "email", "label": "Email", "type": "email"},
    ]
    page = open_shop()
    frame = open_chat(page)
    frame.get_by_label("Email").fill("nonsense")
    frame.get_by_role("button", name="Start chat").click()
    expect(frame.get_by_label("Name")).to_be_focused()
    expect(frame.get_by_label("Name")).to_have_accessible_description("Please fill this in.")
    frame.get_by_label("Name").fill("Maria Sanchez")
    frame.get_by_label("Email").fill("maria@example.test")
    frame.get_by_role("button", name="Start chat").click()
    write(page, "Hello")
    expect_settled(page, ["Hello"])
    (message,) = [one for one in server.visitor.frames if one["type"] == "msg"]
    assert message["form"] == {"name": "Maria Sanchez", "email": "maria@example.test"}
    page.reload()
    open_chat(page)
    expect(frame.locator("#prechat")).to_be_hidden()


def test_the_greeting_comes_once_without_a_connection(open_shop: OpenShop, server: ChatServer) -> None:
    server.config["proactive"] = {"text": "Looking for a table?", "after": 0}
    page = open_shop()
    expect(page.locator(".teaser")).to_contain_text("Looking for a table?")
    assert server.visitors == {}
    page.get_by_role("button", name="Dismiss").click()
    expect(page.locator(".teaser")).to_be_hidden()
    page.reload()
    expect(page.locator(".launcher")).to_be_visible()
    page.wait_for_timeout(300)
    expect(page.locator(".teaser")).to_be_hidden()


def test_out_of_hours_the_panel_says_so(open_shop: OpenShop, server: ChatServer) -> None:
    server.open = False
    server.config["away"] = "We are back on Monday at 9."
    page = open_shop()
    expect(open_chat(page).locator("#bar")).to_have_text("We are back on Monday at 9.")


def test_when_the_desk_opens_or_closes_an_open_panel_says_so(open_shop: OpenShop, server: ChatServer) -> None:
    server.config["away"] = "We are back on Monday at 9."
    page = open_shop()
    frame = open_chat(page)
    expect(frame.locator("#presence")).to_have_attribute("data-state", "online")
    server.push({"type": "desk", "open": False, "agents_online": 0})
    expect(frame.locator("#presence")).to_have_attribute("data-state", "away")
    expect(frame.locator("#bar")).to_have_text("We are back on Monday at 9.")
    server.push({"type": "desk", "open": True, "agents_online": 2})
    expect(frame.locator("#presence")).to_have_attribute("data-state", "online")


def test_what_was_said_can_be_asked_for_by_mail_from_the_menu(open_shop: OpenShop, server: ChatServer) -> None:
    page = open_shop()
    frame = open_chat(page)
    frame.locator("#more").click()
    frame.locator("#transcript").click()
    expect(frame.locator("#menu")).to_be_hidden()
    expect(frame.locator("body")).to_contain_text("The conversation is on its way to your email address.")
    assert {"type": "transcript"} in server.visitor.frames


def test_a_file_that_is_dropped_on_the_panel_goes_out(open_shop: OpenShop, server: ChatServer) -> None:
    page = open_shop()
    open_chat(page)
    carry = """(body, kind) => {
        const data = new DataTransfer()
        data.items.add(new File(['oak'], 'plan.txt', {type: 'text/plain'}))
        body.dispatchEvent(new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true}))
    }"""
    chat(page).locator("body").evaluate(carry, "dragenter")
    expect(chat(page).locator("#drop")).to_be_visible()
    chat(page).locator("body").evaluate(carry, "drop")
    expect(chat(page).locator("#drop")).to_be_hidden()
    expect(chat(page).locator("#send")).to_be_enabled()
    chat(page).locator("#send").click()
    expect(chat(page).locator(".message .file")).to_have_count(1)
    assert [content for _, content in server.files.values()] == [b"oak"]


def test_the_page_can_drive_the_chat(open_shop: OpenShop, server: ChatServer) -> None:
    page = open_shop()
    expect(page.locator(".launcher")).to_be_visible()
    page.evaluate(
        """() => { window.heard = []
             for (const name of ['open', 'close', 'message', 'unread'])
               Allways.on(name, detail => heard.push([name, detail?.text ?? detail ?? null]))
             Allways.identify('header.claims.signature')
             Allways.setAttributes({plan: 'pro'})
             Allways.open() }"""
    )
    write(page, "Hello")
    expect_settled(page, ["Hello"])
    page.evaluate("Allways.close()")
    server.say("Welcome back")
    expect(page.locator(".badge")).to_have_text("1")
    assert page.evaluate("Allways.unread()") == 1
    page.evaluate("Allways.toggle()")
    expect(page.locator(".badge")).to_be_hidden()
    until(lambda: page.evaluate("heard.length") >= 6, "the page is told")
    assert page.evaluate("heard") == [
        ["open", None],
        ["close", None],
        ["message", "Welcome back"],
        ["unread", 1],
        ["open", None],
        ["unread", 0],
    ]
    hello = server.visitor.frames[0]
    assert "header.claims.signature" in [hello["jwt"], *[one.get("jwt") for one in server.visitor.frames]]
    assert {"type": "attributes", "values": {"plan": "pro"}} in server.visitor.frames
    page.evaluate("Allways.close()")
    page.evaluate("Allways.reset()")
    until(lambda: page.evaluate("Object.keys(localStorage).length") == 0, "the page forgot the visitor")
    page.evaluate("Allways.open()")
    expect_shown(page, [])
    until(lambda: len(server.visitors) == 2, "a new visitor")


def test_the_next_person_on_the_device_sees_and_sends_nothing_of_the_last(
    open_shop: OpenShop, server: ChatServer
) -> None:
    page = open_shop()
    open_chat(page)
    write(page, "My account is overdrawn")
    expect_settled(page, ["My account is overdrawn"])
    server.faults.silent = True
    write(page, "Please do not tell")
    expect(chat(page).locator(".pending")).to_have_count(1)
    server.push({"type": "bye", "code": "token"})
    expect_shown(page, [])
    until(lambda: len(server.visitors) == 2, "a new visitor")
    server.faults.silent = False
    write(page, "Hello")
    expect_settled(page, ["Hello"])
    said = [[item["text"] for item in visitor.items] for visitor in server.visitors.values()]
    assert said == [["My account is overdrawn"], ["Hello"]]
    assert "overdrawn" not in page.evaluate("JSON.stringify(localStorage)")


def test_typing_and_read_marks_go_both_ways(open_shop: OpenShop, server: ChatServer) -> None:
    page = open_shop()
    open_chat(page)
    chat(page).locator("#text").press_sequentially("Hel")
    until(lambda: {"type": "typing", "on": True} in server.visitor.frames, "the visitor types")
    write(page, "Hello")
    expect_settled(page, ["Hello"])
    until(lambda: {"type": "typing", "on": False} in server.visitor.frames, "the visitor types no more")
    expect(chat(page).locator(".foot").last).to_contain_text("Sent")
    server.push({"type": "read", "seq": server.visitor.items[-1]["seq"]})
    expect(chat(page).locator(".foot").last).to_contain_text("Seen")
    server.push({"type": "typing", "on": True, "name": "Lena"})
    expect(chat(page).locator("#typing")).to_contain_text("Lena is typing")
    server.say("Yes?")
    expect(chat(page).locator("#typing")).to_be_hidden()


def test_the_keyboard_is_enough_and_stays_in_the_panel(open_shop: OpenShop, server: ChatServer) -> None:
    page = open_shop()
    expect(page.locator(".launcher")).to_be_visible()
    page.locator(".launcher").focus()
    page.keyboard.press("Enter")
    field = chat(page).locator("#text")
    expect(field).to_be_focused()
    page.keyboard.type("Hello")
    page.keyboard.press("Enter")
    expect_settled(page, ["Hello"])
    visited = []
    for _ in range(12):
        page.keyboard.press("Tab")
        visited.append(page.frames[1].evaluate("document.activeElement.id"))
        assert page.evaluate("document.activeElement.tagName") == "ALLWAYS-CHAT"
    assert {"more", "close", "scroll", "text", "attach"} <= set(visited)
    assert visited.index("more") < visited.index("text")
    page.keyboard.press("Escape")
    expect(page.locator(".launcher")).to_be_focused()


def test_a_site_cannot_preview_words_that_were_not_saved(open_shop: OpenShop, server: ChatServer) -> None:
    page = open_shop()
    open_chat(page)
    title = server.config["title"]
    expect(chat(page).locator("#title")).to_have_text(title)
    page.evaluate("Allways.preview({title: 'Not ours', greeting: 'Not ours either'})")
    write(page, "Hello")
    expect_settled(page, ["Hello"])
    expect(chat(page).locator("#title")).to_have_text(title)


def test_only_the_embedding_page_at_its_own_origin_is_heard(open_shop: OpenShop, server: ChatServer) -> None:
    page = open_shop()
    open_chat(page)
    write(page, "Hello")
    expect_settled(page, ["Hello"])
    # the frame talks to itself: the right shape from the wrong window, and to the host page from the wrong origin
    page.frames[1].evaluate("window.postMessage({allways: 'reset'}, '*')")
    page.evaluate("window.postMessage({allways: 'forget'}, '*')")
    page.wait_for_timeout(200)
    assert page.evaluate("Object.keys(localStorage).length") > 0
    expect_settled(page, ["Hello"])


LONG = (
    "I ordered the oak table (https://shop.test/tables/oak-180?colour=natural) on 3 March.\n\n"
    "It says “delivered”, but nobody was here."
)
SCENES = {
    "light": {"width": 1280, "theme": "light"},
    "dark": {"width": 1280, "theme": "dark"},
    "phone": {"width": 390, "theme": "light"},
    "arabic": {"width": 1280, "theme": "light", "locale": "ar"},
    "german-phone-dark": {"width": 390, "theme": "dark", "locale": "de-DE"},
}


@pytest.mark.parametrize("seed", range(3))
def test_whatever_goes_wrong_the_page_and_the_hub_end_up_equal(
    open_shop: OpenShop, server: ChatServer, seed: int
) -> None:
    """Any order of lost acknowledgements, lost messages, broken connections, reloads and restored backups."""
    chance = random.Random(seed)
    page = open_shop()
    open_chat(page)
    write(page, "0")
    expect_settled(page, ["0"])
    for number in range(1, 25):
        match chance.randrange(8):
            case 0:
                server.faults.close_before_ack = chance.randrange(1, 3)
            case 1:
                server.faults.drop_messages = chance.randrange(1, 3)
            case 2:
                server.faults.refuse = ["slow_down"]
            case 3:
                server.disconnect()
            case 4:
                server.restore_from_backup()
            case 5:
                page.reload()
                open_chat(page)
            case 6:
                server.say(f"answer {number}")
            case 7:
                server.faults.without_cid = not server.faults.without_cid
        write(page, str(number))
    expect(chat(page).locator(".pending")).to_have_count(0, timeout=60_000)
    own = [item["text"] for item in server.visitor.items if item["direction"] == "in"]
    assert own == [str(number) for number in range(25)]
    expect_settled(page, server.texts())
    page.reload()
    open_chat(page)
    expect_settled(page, server.texts())


def test_the_button_the_invitation_and_the_form_look_right(open_shop: OpenShop, server: ChatServer) -> None:
    server.config["proactive"] = {"text": "Looking for a table? Ask us anything, we are here until six.", "after": 0}
    server.config["form"] = [
        {"name": "name", "label": "Name", "required": True},
        {"name": "email", "label": "Email", "type": "email"},
    ]
    page = open_shop()
    expect(page.locator(".teaser")).to_be_visible()
    OUT.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=OUT / "widget-invitation.png")
    assert findings(page) == []
    frame = open_chat(page)
    frame.get_by_role("button", name="Start chat").click()
    page.screenshot(path=OUT / "widget-form.png")
    assert findings(page.frames[1]) == []


@pytest.mark.parametrize("scene", SCENES)
def test_it_looks_right_and_has_no_barrier(open_shop: OpenShop, server: ChatServer, scene: str) -> None:
    server.config["team"] = [{"name": "Lena Hoffmann"}, {"name": "Omar Haddad"}, {"name": "Jo Park"}]
    arabic = scene == "arabic"
    if scene in {"phone", "dark"}:
        server.host_attributes = ' data-colour="#6d28d9"' if scene == "phone" else ' data-colour="#f59f00"'
    if arabic:
        server.host_root = 'lang="ar" dir="rtl"'
    page = open_shop(**SCENES[scene])
    open_chat(page)
    OUT.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=OUT / f"widget-{scene}-empty.png")
    write(page, "مرحبًا، طلبت طاولة من خشب البلوط ولم تصل بعد." if arabic else LONG)
    until(lambda: any(one.items for one in list(server.visitors.values())), "the message is there")
    expect(chat(page).locator(".pending")).to_have_count(0)
    server.say("أهلًا بك! دعني أتحقق من ذلك." if arabic else "Oh no, I am sorry. Let me look at that.")
    server.say("هل رقم الطلب ١٠٤٢؟" if arabic else "Is it order 1042?")
    write(page, "نعم" if arabic else "Yes")
    chat(page).locator("#pick").set_input_files(
        {"name": "delivery note 3 March.pdf", "mimeType": "application/pdf", "buffer": b"x" * 84_000}
    )
    expect(chat(page).locator("#send")).to_be_enabled()
    chat(page).locator("#send").click()
    expect(chat(page).locator(".file")).to_have_count(1)
    server.push({"type": "read", "seq": server.visitor.items[-1]["seq"]})
    server.push({"type": "typing", "on": True, "name": "عمر" if arabic else "Lena"})
    expect(chat(page).locator("#typing")).to_be_visible()
    page.wait_for_timeout(300)
    page.screenshot(path=OUT / f"widget-{scene}.png")
    assert findings(page.frames[1]) == []
    assert chat(page).locator("body").evaluate("() => document.documentElement.scrollWidth - innerWidth") == 0
    if scene == "light":
        chat(page).get_by_role("button", name="More options").click()
        page.screenshot(path=OUT / f"widget-{scene}-menu.png")
        page.keyboard.press("Escape")
        expect(chat(page).locator("#menu")).to_be_hidden()
        expect(chat(page).locator("#text")).to_be_visible()
    if scene != "phone":
        server.faults.refuse_sockets = True
        server.disconnect()
        write(page, "Hello?")
        expect(chat(page).locator("#bar")).to_be_visible()
        page.screenshot(path=OUT / f"widget-{scene}-offline.png")
        assert findings(page.frames[1]) == []
