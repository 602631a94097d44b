"""What an agent waits for, in a real Chromium: a hub with 10,000 open conversations and a customer of 100,000 entries.

    python -m tests.bench.bench_desk [--conversations 10000] [--entries 100000] [--rounds 40]

Counted from the click or the key press until the entries stand on the screen and the frame that shows them was drawn.
Beside it stands the processor time that the page's main thread took, which a busy machine changes little. Aims: the
next conversation (read ahead) under 100 ms, a frame every 16.7 ms while scrolling, the first load below 200 kB and
3 seconds on a line of the third generation.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, NamedTuple

import asyncpg
from playwright.sync_api import Browser, Page, sync_playwright

from hub.db.embedded import running_url
from tests.browser.chromium import launch
from tests.browser.long_customer import LongCustomer, add_long_customer
from tests.hub_process import HubProcess, until

LINES: Final = (("unhindered", 0, 0), ("Fast 3G", 1600, 150), ("Slow 3G", 400, 400))
"""Name, kbit/s down, and the milliseconds until an answer begins. The aim is meant for the second."""
LOADS: Final = 3
_OPEN = """
with c as (insert into customer (name) select 'Customer ' || n from generate_series(1, $1::integer) n returning id),
     i as (insert into identity (kind, address, shown, name)
           select 'email', 'c' || id || '@bench.test', '', 'Customer ' || id from c returning id, address),
     l as (insert into identity_link (identity_id, customer_id)
           select i.id, c.id from i join c on i.address = 'c' || c.id || '@bench.test' returning identity_id),
     o as (insert into conversation (channel_id, identity_id, subject, seq, last_entry_at, preview)
           select (select min(id) from channel), identity_id, 'Order ' || identity_id, 8,
                  now() - interval '1 day' - identity_id * interval '1 minute', 'What about my order?'
           from l returning id, identity_id, last_entry_at)
insert into entry (conversation_id, identity_id, seq, kind, direction, occurred_at, channel_id, author_identity_id,
                   text)
select o.id, o.identity_id, n, 'message', case when n % 2 = 1 then 'in' else 'out' end,
       o.last_entry_at - (8 - n) * interval '2 hours', (select min(id) from channel),
       case when n % 2 = 1 then o.identity_id end, repeat('Where is what I ordered last week? ', n)
from o, generate_series(1, 8) n
"""
_HEADS = """
update conversation c set last_entry_id = e.id, last_in_id = e.id from entry e
where e.conversation_id = c.id and e.seq = 8 and c.last_entry_id = 0
"""
_USABLE = """
act => new Promise(done => {
    const began = performance.now();
    const look = () => {
        const title = document.querySelector('.timeline-title h1')?.textContent ?? '';
        if (title !== globalThis.$before && document.querySelector('.timeline-chunk [data-entry]'))
            requestAnimationFrame(() => setTimeout(() => done(performance.now() - began), 0));
        else requestAnimationFrame(look);
    };
    globalThis.$before = document.querySelector('.timeline-title h1')?.textContent ?? '';
    const press = key => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    if (act.startsWith('key:')) press(act.slice(4));
    else document.querySelector(act).click();
    requestAnimationFrame(look);
})
"""
_SEEN = """
globalThis.seen = selector => new Promise(done => {
    const look = () => document.querySelector(selector)
        ? setTimeout(() => done(performance.now()), 0) : requestAnimationFrame(look);
    look();
})
"""
_SCROLL = """
async ([pixels, frames]) => {
    const box = document.querySelector('.timeline-scroll');
    const times = [];
    let last = performance.now();
    for (let n = 0; n < frames; n += 1) {
        box.scrollTop += pixels;
        await new Promise(done => requestAnimationFrame(done));
        const now = performance.now();
        times.push(now - last);
        last = now;
    }
    return times;
}
"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--conversations", type=int, default=10_000)
    options.add_argument("--entries", type=int, default=100_000)
    options.add_argument("--rounds", type=int, default=40)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, HubProcess(Path(folder), "demo") as hub, sync_playwright() as program:
        hub.become_administrator("Lena Hoffmann", "lena@acme.test")
        until(lambda: len(hub.conversations()) >= 10, "the demo's history is there")
        long = add_long_customer(hub, given.entries)
        in_database(hub, (_OPEN, given.conversations), (_HEADS,), ("analyze",))
        browser = launch(program)
        print(f"{'':48} {'p50 ms':>8} {'p99 ms':>8} {'CPU ms':>8}")
        first_loads(browser, hub, long.conversation_id)
        page = open_page(browser, hub, "/")
        page.locator(".conversation-row").first.wait_for()
        page.wait_for_timeout(1500)
        tell("next conversation by key, read ahead", next_ones(page, given.rounds))
        tell("a conversation clicked on, not read ahead", clicked(browser, hub, given.rounds // 2))
        tell(
            f"a customer of {long.entries:,} entries, fresh page",
            long_ones(browser, hub, long, max(2, given.rounds // 4)),
        )
        page = open_page(browser, hub, f"/conversations/{long.conversation_id}")
        page.locator(".timeline-chunk [data-entry]").first.wait_for()
        page.wait_for_timeout(1500)
        watch = Watch(page)
        for label, pixels in (("to older, 40 pixels a frame", -40), ("to older, 120", -120), ("to newer, 120", 120)):
            before = watch.cpu()
            times = page.evaluate(_SCROLL, [pixels, 600])
            each = (watch.cpu() - before) / len(times)
            tell(f"frame while scrolling {label}", [(time, each) for time in times])
        drawn = page.locator(".timeline-chunk [data-entry]").count()
        print(f"entries drawn at the end: {drawn}")
        browser.close()


def in_database(hub: HubProcess, *statements: Sequence[Any]) -> None:
    async def run() -> None:
        connection = await asyncpg.connect(running_url(hub.folder / "data"))
        for statement, *parameters in statements:
            await connection.execute(statement, *parameters, timeout=300)
        await connection.close()

    with ThreadPoolExecutor(1) as aside:  # this thread has Playwright's event loop
        aside.submit(asyncio.run, run()).result()


def open_page(browser: Browser, hub: HubProcess, path: str) -> Page:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_cookies(hub.cookies())  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(hub.address + path)
    return page


def first_loads(browser: Browser, hub: HubProcess, conversation_id: int) -> None:
    """Bytes and requests do not depend on the line; the time does."""
    linked = ("a linked conversation", f"/conversations/{conversation_id}", ".timeline-chunk [data-entry]")
    for what, path, there in (("the list", "/", ".conversation-row"), linked):
        for line, kilobits, latency in LINES:
            loads = [first_load(browser, hub, path, there, kilobits, latency) for _ in range(LOADS)]
            seconds = statistics.median(load.seconds for load in loads)
            print(f"first load of {what}, {line}: {seconds:.1f} s, {loads[0]}", flush=True)


class Load(NamedTuple):
    """What came over the network, headers and all, until the first view was there and until all was quiet."""

    seconds: float
    bytes: float
    requests: int
    all_bytes: float
    all_requests: int

    def __str__(self) -> str:
        return (
            f"{self.bytes / 1000:.0f} kB in {self.requests} requests; "
            f"{self.all_bytes / 1000:.0f} kB in {self.all_requests} until all is quiet"
        )


def first_load(browser: Browser, hub: HubProcess, path: str, there: str, kilobits: int, latency: int) -> Load:
    """With nothing in the browser's store, over a line of so many kbit/s down that answers after `latency` ms."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_cookies(hub.cookies())  # type: ignore[arg-type]
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    speed = kilobits * 1000 / 8 if kilobits else -1
    line = {"offline": False, "latency": latency, "downloadThroughput": speed, "uploadThroughput": speed}
    devtools.send("Network.emulateNetworkConditions", line)
    began: list[float] = []
    came: list[tuple[float, float]] = []
    devtools.on("Network.requestWillBeSent", lambda event: began.append(event["timestamp"]))
    devtools.on("Network.loadingFinished", lambda event: came.append((event["timestamp"], event["encodedDataLength"])))
    page.add_init_script(_SEEN)
    page.goto(hub.address + path, wait_until="commit")
    seconds: float = page.evaluate("selector => seen(selector)", there) / 1000
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1000)
    page.wait_for_load_state("networkidle")
    context.close()
    until = [size for at, size in came if at - began[0] <= seconds]
    return Load(seconds, sum(until), len(until), sum(size for _, size in came), len(came))


class Watch:
    """How long a page takes for something."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._devtools = page.context.new_cdp_session(page)
        self._devtools.send("Performance.enable", {"timeDomain": "threadTicks"})

    def cpu(self) -> float:
        """Processor time of the main thread so far, in milliseconds."""
        metrics = self._devtools.send("Performance.getMetrics")["metrics"]
        return 1000 * next(float(one["value"]) for one in metrics if one["name"] == "TaskDuration")

    def usable(self, act: str) -> tuple[float, float]:
        """Milliseconds by the clock and of the processor, from a key ("key:j") or a click on a selector."""
        before = self.cpu()
        time: float = self.page.evaluate(_USABLE, act)
        return time, self.cpu() - before


def next_ones(page: Page, rounds: int) -> list[tuple[float, float]]:
    watch = Watch(page)
    times = []
    for _ in range(rounds):
        times.append(watch.usable("key:j"))
        page.wait_for_timeout(500)  # an agent reads; meanwhile the next one is read ahead
    return times


def clicked(browser: Browser, hub: HubProcess, rounds: int) -> list[tuple[float, float]]:
    """Far down the list, where nothing was read ahead and no pointer has rested."""
    page = open_page(browser, hub, "/")
    page.locator(".conversation-row").first.wait_for()
    watch = Watch(page)
    times = []
    for number in range(rounds):
        page.evaluate("document.querySelector('.rows').scrollTop += 1600")
        page.wait_for_timeout(500)
        times.append(watch.usable(f".rows-row:nth-child({14 + number % 3}) .conversation-row"))
    page.context.close()
    return times


def long_ones(browser: Browser, hub: HubProcess, long: LongCustomer, rounds: int) -> list[tuple[float, float]]:
    times = []
    for _ in range(rounds):
        page = open_page(browser, hub, "/")
        row = f'.conversation-row[href="/conversations/{long.conversation_id}"]'
        page.locator(row).wait_for()
        page.wait_for_timeout(600)
        times.append(Watch(page).usable(row))
        page.context.close()
    return times


def tell(label: str, times: list[tuple[float, float]]) -> None:
    clock = [time for time, _ in times]
    p50, p99 = statistics.median(clock), statistics.quantiles(clock, n=100, method="inclusive")[98]
    print(f"{label:48} {p50:8.1f} {p99:8.1f} {statistics.median([cpu for _, cpu in times]):8.1f}", flush=True)


if __name__ == "__main__":
    main()
