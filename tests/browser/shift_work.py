"""The agent of the shift: triages, answers and looks things up by hand in a real browser, and photographs every state.

python -m tests.browser.shift_work FOLDER OUT    FOLDER is the one that tests.browser.shift fills
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import launch

LOOKS: Final = ((1440, "light", "en"), (1440, "dark", "en"), (1024, "light", "en"), (390, "light", "en"))
ARABIC: Final = ((1440, "light", "ar"), (390, "dark", "ar"))
SETTLE_MS: Final = 1200
# What the page took longer than a tenth of a second to answer: [event, to the next paint, of it in the page's code].
SLOW: Final = """
window.slow = [];
new PerformanceObserver((list) => { for (const it of list.getEntries())
  window.slow.push([it.name, Math.round(it.duration), Math.round(it.processingEnd - it.processingStart)]); })
  .observe({ type: "event", durationThreshold: 104, buffered: true });
"""


class Agent:
    def __init__(self, browser: Browser, about: dict[str, Any], out: Path) -> None:
        self.browser, self.about, self.out = browser, about, out
        out.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def page(self, width: int, theme: str) -> Iterator[Page]:
        phone = width < 500
        context = self.browser.new_context(
            viewport={"width": width, "height": 844 if phone else 900},
            color_scheme=theme,  # type: ignore[arg-type]
            has_touch=phone,
            locale="en-GB",
        )
        context.add_cookies(self.about["cookies"])
        context.add_init_script(SLOW)
        page = context.new_page()
        page.on("pageerror", lambda error: print(f"uncaught: {error}"))
        page.goto(self.about["address"])
        page.locator(".conversation-row").first.wait_for()
        yield page
        context.close()

    def photograph(self, page: Page, name: str) -> None:
        page.wait_for_timeout(SETTLE_MS)
        page.screenshot(path=self.out / f"{name}.png")
        if slow := page.evaluate("window.slow.splice(0)"):
            print(f"{name}: slow {slow}")

    def of_kind(self, page: Page, kind: str, at: int = 0) -> str:
        """The address of a conversation."""
        body = {"filter": {"all": [{"field": "channel_kind", "op": "is", "value": kind}]}, "limit": 20}
        headers = {"Origin": self.about["address"], "X-CSRF": self.about["csrf"]}
        found = page.request.post(f"{self.about['address']}/api/conversations/find", data=body, headers=headers).json()
        return f"{self.about['address']}/conversations/{found['items'][at]['id']}"

    def speak(self, page: Page, language: str) -> None:
        headers = {"Origin": self.about["address"], "X-CSRF": self.about["csrf"]}
        page.request.patch(f"{self.about['address']}/api/me", data={"locale": language}, headers=headers)

    def triage(self, page: Page) -> None:
        self.photograph(page, "queue")
        for at in (2, 3, 4):
            row = page.locator("[data-row]").nth(at)
            row.hover()
            row.locator("input[type=checkbox]").check()
        page.keyboard.press("l")
        page.keyboard.type("VIP", delay=30)
        self.photograph(page, "many-labels")
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        self.photograph(page, "many-labelled")
        page.keyboard.press("j")
        for key, name in (("v", "views"), ("f", "filter"), ("a", "assign"), ("p", "priority"), ("s", "snooze")):
            page.keyboard.press(key)
            self.photograph(page, name)
            page.keyboard.press("Escape")

    def answer(self, page: Page) -> None:
        for kind in ("email", "webchat", "sms", "whatsapp"):
            page.goto(self.of_kind(page, kind, 2))
            page.locator(".composer-text").click()
            self.photograph(page, f"{kind}-open")
            page.keyboard.type("We look into it today. 😊", delay=30)
            self.photograph(page, f"{kind}-written")
            page.keyboard.press("Control+Enter")
            self.photograph(page, f"{kind}-sent")
        page.goto(self.of_kind(page, "phone"))
        self.photograph(page, "phone")

    def work(self, page: Page) -> None:
        page.goto(self.of_kind(page, "email", 4))
        page.locator(".composer-text").click()
        page.keyboard.type("/", delay=30)
        self.photograph(page, "canned-replies")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Send later").click()
        self.photograph(page, "send-later")
        page.keyboard.press("Enter")
        self.photograph(page, "scheduled")
        page.keyboard.press("Escape")
        page.locator(".timeline-scroll").click(position={"x": 4, "y": 4})
        page.keyboard.press("n")
        page.keyboard.type("Please look, @jon", delay=30)
        self.photograph(page, "mention")
        page.keyboard.press("Enter")
        page.keyboard.press("Control+Enter")
        self.photograph(page, "note")
        page.keyboard.press("Escape")
        page.keyboard.press("d")
        page.keyboard.type("Ask the carrier for the proof of delivery", delay=10)
        page.keyboard.press("Enter")
        self.photograph(page, "task")

    def look_up(self, page: Page) -> None:
        page.keyboard.press("/")
        for words, name in (
            ("crates wedding", "found"),
            ("has:attachment zzzz", "nothing-found"),
            ("الشحنة", "arabic"),
        ):
            page.keyboard.press("Control+a")
            page.keyboard.type(words, delay=20)
            self.photograph(page, f"search-{name}")
        page.keyboard.press("Control+k")
        page.keyboard.type("oliver", delay=30)
        self.photograph(page, "palette")


def main(folder: Path, out: Path) -> None:
    about = json.loads((folder / "about.json").read_text())
    with sync_playwright() as playwright:
        browser = launch(playwright)
        agent = Agent(browser, about, out)
        jobs: tuple[Callable[[Page], None], ...] = (agent.triage, agent.answer, agent.work, agent.look_up)
        for job in jobs:
            with agent.page(1440, "light") as page:
                job(page)
        for width, theme, language in (*LOOKS, *ARABIC):
            with agent.page(width, theme) as page:
                agent.speak(page, language)
                page.reload()
                agent.photograph(page, f"queue-{width}-{theme}-{language}")
                page.goto(agent.of_kind(page, "email", 1))
                agent.photograph(page, f"conversation-{width}-{theme}-{language}")
                agent.speak(page, "en")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
