"""The states that an agent does not meet every hour, each in four looks: cut and joined conversations, third parties,
what sleeps, calls on a phone, a full quarantine, nothing there, something wrong, far too much, every page of settings.

python -m tests.browser.shift_states FOLDER OUT [NAME...]    FOLDER is the one that tests.browser.shift fills
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any, Final

import requests
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, sync_playwright

from tests.browser.chromium import launch
from tests.browser.held import hold
from tests.browser.shift import PICTURE
from tests.browser.shift_hub import Hub
from tests.browser.test_pages import sticks_out
from tests.hub_process import until
from tests.peers.twilio.stage import AGENT, NUMBER

LOOKS: Final = (
    ("wide", 1440, "light"),
    ("dark", 1440, "dark"),
    ("phone", 390, "light"),
    ("arabic", 1440, "dark"),
    ("arabic-phone", 390, "dark"),
)
SETTLE_MS: Final = 700
Act = Callable[[Page], object]


class Walk:
    def __init__(self, browser: Browser, hub: Hub, out: Path) -> None:
        self.hub, self.out = hub, out
        self.pages: dict[str, Page] = {}
        for look, width, theme in LOOKS:
            cookies = hub.about["arabic" if "arabic" in look else "cookies"]
            self.pages[look] = self._open(browser, width, theme, cookies)
        self.colleague = self._open(browser, 1440, "light", hub.about["colleague"])
        self.wide, self.phone = self.pages["wide"], self.pages["phone"]

    def _open(self, browser: Browser, width: int, theme: str, cookies: Any) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 844 if width < 500 else 900},
            color_scheme=theme,  # type: ignore[arg-type]
            has_touch=width < 500,
            locale="en-GB",
        )
        context.add_cookies(cookies)
        page = context.new_page()
        page.set_default_timeout(8000)
        page.on("pageerror", lambda error: print(f"uncaught: {error}"))
        page.on("console", complain)
        return page

    def snap(self, page: Page, name: str, *, whole: bool = False) -> None:
        page.wait_for_timeout(SETTLE_MS)
        page.screenshot(path=self.out / f"{name}.png", full_page=whole)
        if found := sticks_out(page):
            print(f"{name}: sticks out {found}")

    def everywhere(self, name: str, path: str, act: Act | None = None, looks: Sequence[str] = ()) -> None:
        """The same state in every look. `act` finds its way by classes and places, for the words differ."""
        for look in looks or self.pages:
            page = self.pages[look]
            page.goto(self.hub.address + path)
            page.wait_for_timeout(300)
            try:
                if act:
                    act(page)
            except (
                Error,
                AssertionError,
            ) as failure:  # a state that cannot be reached is a finding, and the others go on
                print(f"{name}-{look}: not reached: {str(failure)[:300]}")
            self.snap(page, f"{name}-{look}")

    def run(self, page: Page, command: str) -> None:
        """By the palette, in English."""
        page.keyboard.press("Control+k")
        page.keyboard.type(command, delay=5)
        page.wait_for_timeout(200)
        page.keyboard.press("Enter")
        page.wait_for_timeout(300)

    def grouping(self) -> None:
        hub, who = self.hub, f"cut{time.time_ns()}@oak-and-iron.example"
        first = hub.writes(who, "Bridget Nkemelu", "Order 20417: one crate short", "Only five of six crates came.")
        follows = {"headers": {"In-Reply-To": first, "References": first}}
        hub.writes(
            who, "Bridget Nkemelu", "Re: Order 20417: one crate short", "It has come meanwhile, thank you.", **follows
        )
        matter = "By the way, quite another matter: invoice 4711 names our old VAT number. Could you reissue it?"
        hub.writes(who, "Bridget Nkemelu", "Re: Order 20417: one crate short", matter, **follows)
        until(lambda: hub.conversations_of(who)[0]["entry_count"] >= 3, "three mails", 30)
        path = f"/conversations/{hub.conversations_of(who)[0]['id']}"

        def menu(page: Page) -> None:
            entry = page.locator("article.entry").nth(2)
            entry.hover()
            entry.locator(".entry-card").click(position={"x": 20, "y": 20})
            entry.locator(".entry-more").click()

        self.everywhere("cut-menu", path, menu)
        self.wide.goto(hub.address + path)
        menu(self.wide)
        self.wide.get_by_text("New conversation from here").click()
        self.snap(self.wide, "cut-done")
        cut = self.wide.url.removeprefix(hub.address)
        self.everywhere("cut-after", cut)
        self.everywhere("cut-customer", cut + "?side=customer", to_the_end)
        self.everywhere("cut-other", path)
        self.wide.goto(hub.address + cut)
        self.wide.locator(".belonging-line button").last.click()
        self.snap(self.wide, "cut-undone")
        self.everywhere("cut-undone", path)

        hub.writes(who, "Bridget Nkemelu", "Parking at your warehouse on Friday", "Is there room for a lorry?")
        until(lambda: len(hub.conversations_of(who)) >= 2, "two conversations", 30)
        self.wide.goto(hub.address + path)
        self.wide.locator(".thread-link").first.wait_for()
        self.run(self.wide, "join another")
        self.snap(self.wide, "join-dialog")
        self.wide.locator("dialog[open] .choice input").first.check()
        self.wide.locator("dialog[open] .button.primary").click()
        self.snap(self.wide, "joined")
        self.everywhere("joined", path)
        self.everywhere("joined-customer", path + "?side=customer", to_the_end)
        self.wide.goto(hub.address + path)
        self.wide.locator(".belonging-line button").last.click()
        self.snap(self.wide, "parted")
        self.everywhere("parted", path)

    def side(self) -> None:
        hub, mark = self.hub, time.time_ns()
        who, third = f"side{mark}@hotel-adler.example", f"depot{mark}@carrier.example"
        hub.writes(who, "Heike Roßbach", "Where are our twelve tables?", "They should have been here on Tuesday.")
        path = f"/conversations/{hub.conversations_of(who)[0]['id']}"
        page = self.wide
        page.goto(hub.address + path)
        page.locator("article.entry").first.wait_for()
        self.run(page, "ask somebody else")
        self.snap(page, "side-start")
        page.keyboard.type(third)
        page.get_by_label("Name").last.fill("Carrier’s depot, Hannover-Lahe")
        page.locator("dialog[open] textarea").fill("Do you have the twelve tables of order 20433?")
        self.snap(page, "side-written")
        page.locator("dialog[open] .button.primary").click()
        self.snap(page, "side-sent")

        def kept() -> Any:
            mails = [message_from_bytes(one.read_bytes()) for one in (hub.folder / "sent").glob("*.eml")]
            return next((one for one in mails if third in str(one["To"])), None)

        asked = until(kept, "the question is out", 30)
        page.goto(hub.address)
        follows = {"headers": {"In-Reply-To": asked["Message-ID"], "References": asked["Message-ID"]}}
        hub.writes(third, "Uwe at the depot", f"Re: {asked['Subject']}", "Yes: gate 4. They leave at five.", **follows)
        until(lambda: len(hub.conversations_of(third)) and hub.conversations_of(third)[0]["entry_count"] >= 2, "answer")
        self.snap(page, "side-answered-list")
        self.everywhere("side-answered", path)
        self.everywhere("side-thread", path, lambda page: page.locator(".side-thread-button").first.click())
        self.everywhere("side-theirs", f"/conversations/{hub.conversations_of(third)[0]['id']}")
        hub.call("PATCH", path.replace("/", "/api/", 1), {"state": "resolved"})
        hub.writes(third, "Uwe at the depot", f"Re: {asked['Subject']}", "They have left, as promised.", **follows)
        until(lambda: hub.conversations_of(third)[0]["entry_count"] >= 3, "another answer", 30)
        self.everywhere("side-resolved", path)

    def snooze(self) -> None:
        hub, who = self.hub, f"snooze{time.time_ns()}@gmail.com"
        hub.writes(who, "Loïc Guégan", "Horaires de l’entrepôt", "Êtes-vous ouverts le lundi 1er ?")
        path = f"/conversations/{hub.conversations_of(who)[0]['id']}"
        self.everywhere("snooze-menu", path, lambda page: page.keyboard.press("s"))

        def pick(page: Page) -> None:
            page.locator(".resolve-button").wait_for()
            page.keyboard.press("s")
            page.locator(".menu:popover-open [role^=menuitem]").nth(-2).click()

        self.everywhere("snooze-until", path, pick)
        until_then = (datetime.now(UTC) + timedelta(seconds=40)).isoformat()
        hub.call("PATCH", path.replace("/", "/api/", 1), {"snooze": {"until": until_then}})
        self.everywhere("snoozed", path)
        self.wide.goto(hub.address)
        until(lambda: hub.conversations_of(who)[0]["snoozed"] is None, "it wakes", 90)
        self.snap(self.wide, "woken-list")
        self.everywhere("woken", path)

    def silence(self) -> None:
        """Nobody waits to be called, so that only what is begun here rings."""
        for one in self.hub.call("GET", "/api/callbacks?limit=100")["items"]:
            if "cancel" in one["changes"]:
                self.hub.call("PATCH", f"/api/callbacks/{one['id']}", {"state": "canceled"})

    def telephone(self, number: str) -> Any:
        return requests.get(f"{self.hub.stage}/simulator/phones/{number}", timeout=10).json()

    def calls(self) -> None:
        hub = self.hub
        self.silence()
        for who, device in (("", AGENT), ("colleague", "+493012345698")):
            hub.call("PUT", "/api/me/device", {"kind": "phone", "address": device}, who)
            hub.call("PUT", "/api/me/availability", {"availability": "away" if who else "available"}, who)
        hub.simulate("phones/+493012345698/behaviour", {"does": "answers", "presses": {"press 1": "1"}})
        pages = {"wide": self.wide, "phone": self.phone}
        for language in ("en", "ar"):
            hub.call("PATCH", "/api/me", {"locale": language})
            customer = f"+49151120{time.time_ns() % 100_000:05d}"

            def both(name: str, language: str = language) -> None:
                for look, page in pages.items():
                    self.snap(page, f"call-{name}-{look}-{language}")

            for page in pages.values():
                page.goto(hub.address)
                page.locator(".conversation-row").first.wait_for(state="attached")
            hub.simulate(f"phones/{AGENT}/behaviour", {"does": "rings"})
            hub.simulate(f"phones/{customer}/behaviour", {"does": "answers", "hangs_up_after": 120})
            hub.simulate(f"phones/{customer}/call", {"to": NUMBER})
            self.wide.locator(".call-bar").wait_for(timeout=30_000)
            both("rings")
            hub.simulate(f"phones/{AGENT}/pick-up")
            self.wide.wait_for_timeout(2500)
            hub.simulate(f"phones/{AGENT}/press", {"keys": "1"})
            self.wide.wait_for_timeout(3500)
            both("talks")
            steps = self.phone.locator(".call-steps button")
            hub.call("PUT", "/api/me/availability", {"availability": "available"}, "colleague")
            steps.first.click()
            both("held")
            steps.first.click()
            self.phone.wait_for_timeout(1500)
            steps.nth(-2).click()
            both("transfer")
            self.phone.keyboard.press("Escape")
            self.phone.locator(".call-steps .danger").click()
            self.phone.locator(".call-bar.after").wait_for()
            both("wrap-up")
            self.phone.locator(".wrap-up-choice").first.click()
            self.phone.locator(".wrap-up-words").click()
            self.phone.locator(".wrap-up textarea").fill("Two cups are sent again on Monday.")
            both("wrap-up-written")
            self.phone.locator(".wrap-up .primary").click()
            both("over")
            hub.call("PUT", "/api/me/availability", {"availability": "away"}, "colleague")
        hub.call("PATCH", "/api/me", {"locale": "en"})
        hub.simulate(f"phones/{AGENT}/behaviour", {"does": "no answer"})
        hub.simulate("phones/+4915112099999/call", {"to": NUMBER})
        self.wide.locator(".call-bar").wait_for(timeout=30_000)
        self.wide.locator(".missed-call").wait_for(timeout=60_000)
        self.snap(self.phone, "call-missed-phone")
        self.snap(self.wide, "call-missed-wide")

    def callback(self) -> None:
        hub, customer = self.hub, f"+49151121{time.time_ns() % 100_000:05d}"
        self.silence()
        queue = hub.call("GET", "/api/callback-queues")["items"][0]["id"]
        hub.call("PUT", "/api/me/device", {"kind": "phone", "address": AGENT})
        for who in ("", "colleague"):
            hub.call("PUT", "/api/me/availability", {"availability": "away"}, who)
        hub.simulate(f"phones/{AGENT}/behaviour", {"does": "rings"})
        hub.simulate(f"phones/{customer}/behaviour", {"does": "rings"})
        theirs = (
            self.pages["arabic-phone"]
            .context.browser.new_context(  # type: ignore[union-attr]
                viewport={"width": 390, "height": 844}, locale="en-GB"
            )
            .new_page()
        )
        theirs.goto(f"{hub.address}/callback/{queue}")
        self.snap(theirs, "customer-form")
        theirs.locator("#number").fill(customer)
        theirs.locator("#name").fill("Claire Dubois")
        theirs.locator("#reason").fill("Where is my parcel?")
        theirs.locator("button").click()
        theirs.locator("#code").wait_for()
        self.snap(theirs, "customer-code")

        def code() -> str:
            said = self.telephone(customer)["texts"]
            digits = [word.strip(".:") for one in said for word in one["body"].split() if word.strip(".:").isdigit()]
            return next((one for one in digits if len(one) == 6), "")

        theirs.locator("#code").fill(until(code, "the code", 30))
        theirs.locator("button").click()
        theirs.locator("#window").wait_for()
        self.snap(theirs, "customer-window")
        theirs.locator("button").click()
        theirs.locator(".status").wait_for()
        self.snap(theirs, "customer-waits")
        self.everywhere("callback-waits", "/callbacks", lambda page: page.locator(".callback-main").first.click())
        for page in (self.wide, self.phone):
            page.goto(hub.address)
        hub.call("PUT", "/api/me/availability", {"availability": "available"})
        self.phone.locator(".call-bar").wait_for(timeout=60_000)

        def all_three(name: str) -> None:
            theirs.reload()
            self.snap(theirs, f"customer-{name}")
            self.snap(self.phone, f"callback-{name}-phone")
            self.snap(self.wide, f"callback-{name}-wide")

        all_three("rings-agent")
        hub.simulate(f"phones/{AGENT}/pick-up")
        self.wide.wait_for_timeout(2500)
        hub.simulate(f"phones/{AGENT}/press", {"keys": "1"})
        until(lambda: self.telephone(customer)["ringing"], "the customer's telephone rings", 30)
        all_three("rings-customer")
        hub.simulate(f"phones/{customer}/pick-up")
        self.wide.wait_for_timeout(2500)
        all_three("talks")
        hub.simulate(f"phones/{customer}/hang-up")
        self.phone.locator(".call-bar.after").wait_for(timeout=20_000)
        all_three("wrap-up")
        self.phone.locator(".wrap-up-choice").first.click()
        self.phone.locator(".wrap-up .primary").click()
        all_three("done")
        self.everywhere(
            "callback-ended", "/callbacks?view=ended", lambda page: page.locator(".callback-main").first.click()
        )
        hub.call("PUT", "/api/me/availability", {"availability": "away"})

    def quarantine(self) -> None:
        hub = self.hub
        channel = next(one["id"] for one in hub.call("GET", "/api/channels")["items"] if one["kind"] == "email")
        hold(hub.folder / "data", channel, 64)
        self.everywhere("quarantine", "/admin/quarantine")
        self.everywhere(
            "quarantine-discard",
            "/admin/quarantine",
            lambda page: page.locator(".held .held-actions button").nth(1).click(),
        )
        self.everywhere(
            "quarantine-chosen", "/admin/quarantine", lambda page: page.locator(".held-tools input").click()
        )
        self.wide.goto(hub.address + "/admin/quarantine")
        self.wide.locator(".held .held-actions button").first.click()
        self.snap(self.wide, "quarantine-retried")
        self.wide.locator(".held-tools input").click()
        self.wide.locator(".held-tools .held-actions button").first.click()
        self.snap(self.wide, "quarantine-many-retried")

    def blank(self) -> None:
        self.everywhere("blank-view", "/", lambda page: page.keyboard.press("4"))
        self.everywhere("blank-search", "/search?q=zzzzqqqq+has:attachment")
        self.everywhere("blank-tasks", "/tasks")
        self.everywhere("blank-callbacks", "/callbacks?view=ended")
        self.everywhere("blank-filter", "/", no_match)

    def wrong(self) -> None:
        hub = self.hub
        mail = hub.call("GET", "/api/conversations?view=open&limit=1")["items"][0]["id"]
        for name, path in (
            ("no-conversation", "/conversations/99999999"),
            ("no-customer", "/c/99999999"),
            ("no-entry", f"/conversations/{mail}?entry=99999999"),
            ("no-channel", "/admin/channels/99999999"),
            ("no-queue", "/admin/callback-queues/99999999"),
            ("no-callback", "/callbacks/99999999"),
            ("no-webhook", "/admin/webhooks/99999999"),
            ("no-page", "/nowhere/at/all"),
        ):
            self.everywhere(f"wrong-{name}", path, looks=("wide", "phone"))
        for path in ("/admin/channels", "/admin/replies", "/admin/webhooks"):
            self.colleague.goto(hub.address + path)
            self.snap(self.colleague, f"wrong-no-right{path.replace('/', '-')}")
        for look in ("wide", "phone", "arabic-phone"):
            page = self.pages[look]
            page.goto(f"{hub.address}/conversations/{mail}")
            page.locator("article.entry").first.wait_for()
            page.context.set_offline(True)
            page.wait_for_timeout(1500)
            self.snap(page, f"wrong-offline-{look}")
            page.evaluate("history.pushState({}, '', '/admin/channels'); dispatchEvent(new PopStateEvent('popstate'))")
            self.snap(page, f"wrong-offline-admin-{look}")
            page.evaluate("history.pushState({}, '', '/tasks'); dispatchEvent(new PopStateEvent('popstate'))")
            self.snap(page, f"wrong-offline-tasks-{look}")
            page.context.set_offline(False)
            page.goto(hub.address)
            page.locator(".conversation-row").first.wait_for()
            page.route(
                "**/api/**", lambda route: route.fulfill(status=503, json={"code": "unavailable", "message": ""})
            )
            for name, there in (("list", "/"), ("search", "/search?q=crate"), ("callbacks", "/callbacks")):
                page.goto(hub.address + there)
                self.snap(page, f"wrong-away-{name}-{look}")
            page.unroute("**/api/**")
        customer = "+4915112000003"
        hub.simulate("texts", {"from": customer, "to": NUMBER, "body": "Where is it?"})
        hub.simulate("deliveries", {"to": customer, "climbs": ["failed"], "code": 30005})
        it = hub.conversations_of(customer)[0]
        self.wide.goto(f"{hub.address}/conversations/{it['id']}")
        self.wide.locator(".composer-text").click()
        self.wide.keyboard.type("On its way.")
        self.wide.keyboard.press("Control+Enter")
        self.wide.wait_for_timeout(3000)
        self.everywhere("wrong-delivery", f"/conversations/{it['id']}")

    def much(self) -> None:
        hub, mark = self.hub, time.time_ns()
        who = f"a.very.long.address.that.somebody.really.has.{mark}@a-very-long-company-name-with-hyphens.example"
        name = "Maximiliane-Charlotte Freifrau von und zu Württemberg-Hohenau-Schillingsfürst"
        name += " (geb. Gräfin Đorđević-Ščepanović), Prokuristin"
        subject = " ".join(["Donaudampfschifffahrtsgesellschaftskapitänsmützenbestellung"] * 5)[:300]
        files = [
            (f"Lieferschein {at} unterschrieben und eingescannt.pdf", "application/pdf", b"%PDF-1.4 x")
            for at in range(24)
        ]
        files += [(f"Crate {at}.png", "image/png", PICTURE.read_bytes()) for at in range(6)]
        hub.writes(who, name, subject, "x" * 2000, files=files)
        path = f"/conversations/{hub.conversations_of(who)[0]['id']}"
        known = {one["name"]: one["id"] for one in hub.call("GET", "/api/labels")["items"]}
        for at in range(40):
            label = f"Label {at} " + ("with a rather long name of its own" if at % 3 == 0 else "")
            if label.strip() not in known:
                hub.call("POST", "/api/labels", {"name": label.strip(), "tint": at % 8 + 1})
        labels = [one["id"] for one in hub.call("GET", "/api/labels")["items"]]
        hub.call("PATCH", path.replace("/", "/api/", 1), {"label_ids_add": labels[:40]})
        self.everywhere("much", path)
        self.everywhere(
            "much-top", path, lambda page: page.locator(".timeline-scroll").evaluate("it => it.scrollTop = -99999")
        )
        self.everywhere("much-customer", path + "?side=customer")
        self.everywhere("much-list", "/")
        self.everywhere("much-labels", path, lambda page: page.keyboard.press("l"))
        other = f"bidi{mark}@gmail.com"
        text = "السلام عليكم، the parcel ABC-123 (order 20417) لم يصل بعد!\n\nEnglish first: مرحبا بكم\nhttps://track.example/20417?x=1"
        hub.writes(other, "محمد Smith الشريف", "Re: الطلب رقم 20417 (urgent!)", text)
        self.everywhere("bidi", f"/conversations/{hub.conversations_of(other)[0]['id']}")
        self.everywhere("much-search", f"/search?q={'Donaudampf'}")

    def settings(self) -> None:
        first = self.hub.call("GET", "/api/channels")["items"]
        mail = next(one["id"] for one in first if one["kind"] == "email")
        chat = next(one["id"] for one in first if one["kind"] == "webchat")
        parts = (
            "teams",
            "labels",
            "fields",
            "replies",
            "macros",
            "brands",
            "hours",
            "callback-queues",
            "suppressions",
            "webhooks",
            "tokens",
        )
        paths = {part: f"/admin/{part}" for part in (*parts, "channels", "quarantine", "agents")}
        paths |= {"channel-mail": f"/admin/channels/{mail}", "channel-chat": f"/admin/channels/{chat}"}
        paths |= {name + "-new": f"/admin/{name}/new" for name in ("channels", "hours", "callback-queues", "webhooks")}
        for name, path in paths.items():
            self.everywhere(f"settings-{name}", path, looks=("dark", "phone", "arabic", "arabic-phone"))
        for name in ("teams", "labels", "fields", "replies", "macros", "brands", "tokens", "agents"):
            press: Act = lambda page: page.locator(".page-head .button.primary, .empty .button.primary").first.click()  # noqa: E731
            self.everywhere(f"settings-{name}-add", f"/admin/{name}", press, looks=("wide", "phone", "arabic-phone"))


def complain(message: ConsoleMessage) -> None:
    if message.type == "error" and not message.text.startswith("Failed to load resource"):
        print(f"console: {message.text[:200]}")


def to_the_end(page: Page) -> None:
    page.locator(".customer-scroll").evaluate("it => it.scrollTop = it.scrollHeight")


def no_match(page: Page) -> None:
    page.locator(".conversation-row").first.wait_for()
    page.keyboard.press("f")
    page.locator(".filter-bar input").first.wait_for()


def main(folder: Path, out: Path, names: Sequence[str]) -> None:
    about = json.loads((folder / "about.json").read_text())
    out.mkdir(parents=True, exist_ok=True)
    every = ("grouping", "side", "snooze", "calls", "callback", "quarantine", "blank", "wrong", "much", "settings")
    with sync_playwright() as playwright:
        browser = launch(playwright)
        walk = Walk(browser, Hub(folder, about), out)
        for name in names or every:
            try:
                getattr(walk, name)()
            except (
                Error,
                AssertionError,
                LookupError,
            ) as failure:  # what could not be walked is said, and the rest is walked
                print(f"{name}: {type(failure).__name__}: {str(failure)[:600]}")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
