"""What webhooks did not bring: messages that came while the hub was down, and what became of those it sent.

Twilio repeats a failed webhook once at most; its listing has everything. It is read when the channel starts and every
few minutes, from a little before where it was read last.
"""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from connectors.twilio import wire
from connectors.twilio.client import Api, Json
from connectors.twilio.errors import TwilioTrouble, run_error
from connectors.twilio.line import Line, can_be_called
from connectors.twilio.outgoing import created
from hub.sdk import ConnectionTrouble, Context, Health, Raw, Sink

EVERY_SECONDS: Final = 300.0
OVERLAP: Final = timedelta(hours=1)
DEEP_OVERLAP: Final = timedelta(hours=24)
"""How far back it looks when it starts, and once an hour: a telephone that was off gets its messages later."""
DEEP_EVERY: Final = timedelta(hours=1)
GRACE: Final = timedelta(seconds=20)
"""So young a message still comes by its webhook, which says more than the listing."""
BATCH: Final = 100
REMEMBERED: Final = 20_000


class Backfill:
    """`runs` until cancelled. What was handed over once is not handed over again, for as long as it is remembered;
    the hub would know it again anyhow."""

    def __init__(self, api: Api, line: Line, context: Context, every: float = EVERY_SECONDS) -> None:
        self._api = api
        self._line = line
        self._context = context
        self._every = every
        self._deep_at: datetime | None = None
        self._seen: OrderedDict[str, None] = OrderedDict()

    async def run(self, sink: Sink) -> None:
        """Raises ConnectionTrouble and CredentialsRefused."""
        while True:
            try:
                waits = await self.look(sink)
            except TwilioTrouble as failure:
                raise run_error(failure) from None
            except (KeyError, TypeError, ValueError) as failure:
                raise ConnectionTrouble(f"Twilio's listing is not as it should be ({failure!r}).") from None
            self._context.report(self._health())
            await asyncio.sleep(min(self._every, GRACE.total_seconds()) if waits else self._every)

    async def look(self, sink: Sink) -> bool:
        """Reads once; says whether something was left because it is too young."""
        now = datetime.now(UTC)
        deep = self._deep_at is None or now - self._deep_at >= DEEP_EVERY
        begin, since = self._bounds(now, DEEP_OVERLAP if deep else OVERLAP)
        found: list[tuple[datetime, Raw]] = []
        young = False
        for own in self._line.own:
            for way in ("To", "From"):
                async for message in self._listed(way, own, since):
                    raw = self._raw(message, now)
                    if raw is None:
                        continue
                    if message["direction"] == "inbound" and created(message) > now - GRACE:
                        young = True
                    else:
                        found.append((created(message), await self._with_media(raw, message)))
        found.reverse()  # the newest come first, and times are whole seconds: what is sorted keeps this order
        found.sort(key=lambda one: one[0])
        raws = [raw for _, raw in found]
        for first in range(0, len(raws), BATCH):
            await self._hand_over(sink, raws[first : first + BATCH], None)
        await self._hand_over(sink, [], {"since": now.isoformat(), "begin": begin.isoformat()})
        if deep:
            self._deep_at = now
        return young

    def _health(self) -> Health:
        if can_be_called(self._context.public_url) or self._api.simulated:
            return Health("ok")
        reason = "Twilio cannot call this hub: messages come in by asking every few minutes, and files cannot be sent."
        return Health("degraded", reason, "Set public_url to the https:// address that the internet reaches.")

    def _bounds(self, now: datetime, overlap: timedelta) -> tuple[datetime, datetime]:
        """When this channel began, which is an hour before it was set up, and from where to read now."""
        known, begun = self._context.cursor.get("since"), self._context.cursor.get("begin")
        if not isinstance(known, str):
            return now - OVERLAP, now - OVERLAP
        since = datetime.fromisoformat(known) - overlap
        begin = datetime.fromisoformat(begun) if isinstance(begun, str) else since
        return begin, max(begin, since)

    async def _listed(self, way: str, own: str, since: datetime) -> Any:
        params = {way: own, "DateSent>": since.strftime("%Y-%m-%dT%H:%M:%SZ"), "PageSize": "500"}
        async for page in self._api.pages("Messages.json", "messages", params):
            for message in page:
                yield message

    def _raw(self, message: Mapping[str, Any], now: datetime) -> Raw | None:
        """None for what was handed over already, and for what is not there yet."""
        if message["direction"] == "inbound":
            key = message["sid"]
            if message["status"] == "receiving":
                return None
        else:
            if wire.STATES.get(message["status"], "sent") == "sent":
                return None  # the receipt said so already
            # Another key than the webhook's: that one names the attempt, and must not count as seen before.
            code = str(message.get("error_code") or "")
            key = wire.status_key(message["sid"], message["status"], code) + ";listed"
        if key in self._seen:
            return None
        return Raw(key, json.dumps({"message": message}, ensure_ascii=False).encode(), now, {"hook": "list"})

    async def _with_media(self, raw: Raw, message: Mapping[str, Any]) -> Raw:
        if message["direction"] != "inbound" or not int(message.get("num_media") or 0):
            return raw
        media: list[Json] = []
        async for page in self._api.pages(f"Messages/{message['sid']}/Media.json", "media_list"):
            media += page
        content = json.dumps({"message": message, "media": media}, ensure_ascii=False).encode()
        return Raw(raw.key, content, raw.received_at, raw.hint)

    async def _hand_over(self, sink: Sink, raws: list[Raw], cursor: Mapping[str, object] | None) -> None:
        await sink.receive(raws, cursor)
        for raw in raws:
            self._seen[raw.key] = None
        while len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
