"""The demo channel: seeds a history once, then its customers write now and then, and answer what agents send."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from connectors.demo import wire
from connectors.demo.script import ANSWERS, BOUNCING, HISTORY, OPENERS
from connectors.demo.settings import OWN_ADDRESS, SCHEMA
from hub.sdk import (
    Capabilities,
    ChannelSettings,
    Consent,
    Context,
    Health,
    Hook,
    Limits,
    Outgoing,
    Parsed,
    PermanentSend,
    Raw,
    Receipt,
    Session,
    SettingsSchema,
    Sink,
    Socket,
    TestStep,
)

ANSWER_SECONDS: Final = 6.0


class DemoConnector:
    kind = "demo"
    version = "1"
    name = "Example customers"
    description = "People who do not exist write to a shop that does not exist. For trying the hub."
    address_kind = "email"
    schema: SettingsSchema = SCHEMA
    capabilities = Capabilities(subject=True, html=True, threads=True)
    limits = Limits()

    def normalise(self, address: str) -> str:
        return wire.normalise(address)

    def own_address(self, settings: ChannelSettings) -> str:
        return OWN_ADDRESS

    def reference(self, settings: ChannelSettings, token: str) -> str:
        return f"<{token}@demo.example>"

    def parse(self, raw: Raw, settings: ChannelSettings) -> Sequence[Parsed]:
        return wire.parse(raw)

    def consent(self, settings: ChannelSettings) -> Consent | None:
        return None

    def open(self, context: Context) -> Session:
        return DemoSession(context)


class DemoSession:
    """The cursor holds how far the script has come: {"seeded": bool, "written": n}."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._answers: asyncio.Queue[tuple[float, dict[str, Any]]] = asyncio.Queue(maxsize=100)

    async def run(self, sink: Sink) -> None:
        cursor = dict(self._context.cursor)
        if not cursor.get("seeded"):
            await self._seed(sink)
            cursor = {"seeded": True, "written": 0}
            await sink.receive([], cursor)
        self._context.report(Health("ok"))
        written = int(str(cursor.get("written", 0)))
        while True:
            message = await self._next(written)
            written += 1
            await sink.receive([wire.to_raw(message, datetime.now(UTC))], {"seeded": True, "written": written})

    async def _seed(self, sink: Sink) -> None:
        now = datetime.now(UTC)
        raws = [wire.to_raw(message, now - timedelta(minutes=minutes)) for minutes, message in HISTORY]
        for start in range(0, len(raws), 20):
            await sink.receive(raws[start : start + 20])

    async def _next(self, written: int) -> dict[str, Any]:
        """An answer that is due, or else somebody's new message."""
        pace = float(str(self._context.settings.get("pace", 40)))
        try:
            async with asyncio.timeout(random.uniform(0.7, 1.3) * pace):  # noqa: S311
                due, message = await self._answers.get()
        except TimeoutError:
            opener = OPENERS[written % len(OPENERS)]
            return {**opener, "id": f"opener-{written}"}
        loop = asyncio.get_running_loop()
        await asyncio.sleep(max(0.0, due - loop.time()))
        return message

    async def send(self, message: Outgoing) -> Receipt:
        address = message.to[0].value
        await asyncio.sleep(0.4)
        if address in BOUNCING:
            raise PermanentSend("The mailbox of this address is full (example of a failed delivery).", code="552 5.2.2")
        answer = {
            "id": f"answer-{message.attempt}",
            "address": address,
            "name": message.to[0].name,
            "subject": message.subject if message.subject.lower().startswith("re:") else f"Re: {message.subject}",
            "text": ANSWERS[sum(message.text.encode()) % len(ANSWERS)],
            "full_text": "",
            "replies_to": [message.reference],
        }
        quoted = "\n".join(f"> {line}" for line in message.text.splitlines()[:40])
        answer["full_text"] = f"{answer['text']}\n\nOn {datetime.now(UTC):%d %B}, you wrote:\n{quoted}"
        if not self._answers.full():
            self._answers.put_nowait((asyncio.get_running_loop().time() + ANSWER_SECONDS, answer))
        return Receipt(provider_id=f"demo-{message.attempt}", state="delivered")

    async def reconcile(self, message: Outgoing, started_at: datetime) -> Receipt | None:
        return None

    async def test(self) -> Sequence[TestStep]:
        return [TestStep("demo", "Example customers", True, "They are always there.")]

    def hooks(self) -> Sequence[Hook]:
        return ()

    def sockets(self) -> Sequence[Socket]:
        return ()

    async def close(self) -> None:
        return None
