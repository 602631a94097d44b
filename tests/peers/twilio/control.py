"""The same over HTTP, under /simulator, for other processes: a killed hub's test, the demo's phone."""

from __future__ import annotations

import base64
from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.peers.twilio.faults import Fault
from tests.peers.twilio.messages import Message
from tests.peers.twilio.texts import Delivery

if TYPE_CHECKING:
    from tests.peers.twilio.server import Twilio


class Control:
    def __init__(self, twilio: Twilio) -> None:
        self.twilio = twilio

    def routes(self) -> list[web.RouteDef]:
        base = "/simulator"
        return [
            web.get(base, self.about),
            web.post(f"{base}/numbers", self.number),
            web.post(f"{base}/templates", self.template),
            web.post(f"{base}/texts", self.text),
            web.get(base + "/inbox/{address}", self.inbox),
            web.post(f"{base}/deliveries", self.delivery),
            web.post(f"{base}/faults", self.fault),
            web.delete(f"{base}/faults", self.clear_faults),
            web.post(f"{base}/clock", self.clock),
            web.get(f"{base}/ledger", self.ledger),
            web.get(f"{base}/webhooks", self.webhooks),
        ]

    async def about(self, _request: web.Request) -> web.Response:
        """The credentials, and what the provider's debugger would show."""
        account = self.twilio.account
        return web.json_response(
            {
                "url": account.url,
                "account_sid": account.sid,
                "auth_token": account.auth_token,
                "api_key": account.api_key,
                "api_secret": account.api_secret,
                "numbers": [number.address for number in account.numbers.values()],
                "problems": account.problems,
                "hints": self.twilio.hints,
            }
        )

    async def number(self, request: web.Request) -> web.Response:
        """{"address": "+49…", "sms_url": …, "voice_url": …}; a known address is changed."""
        asked = await request.json()
        address = asked.pop("address")
        number = self.twilio.account.number(address) or self.twilio.number(address)
        for key, value in asked.items():
            setattr(number, key, value)
        return web.json_response({"sid": number.sid})

    async def template(self, request: web.Request) -> web.Response:
        """{"name": …, "body": …, "variables": {}, "quick_replies": {}, "language": "en", "status": "approved"}."""
        return web.json_response({"sid": self.twilio.contents.add(**await request.json()).sid})

    async def text(self, request: web.Request) -> web.Response:
        """{"from": …, "to": …, "body": …, "media": [{"content_type": …, "base64": …}], "whatsapp": {}}."""
        asked = await request.json()
        media = [(one["content_type"], base64.b64decode(one["base64"])) for one in asked.get("media", ())]
        message = await self.twilio.texts.write(
            asked["from"],
            asked["to"],
            asked.get("body", ""),
            media=media,
            whatsapp=asked.get("whatsapp"),
            told=asked.get("told", True),
        )
        return web.json_response(self._shown(message))

    async def inbox(self, request: web.Request) -> web.Response:
        """What arrived on that customer's phone."""
        arrived = self.twilio.texts.inbox(request.match_info["address"])
        return web.json_response({"messages": [self._shown(message) for message in arrived]})

    def _shown(self, message: Message) -> dict[str, Any]:
        return self.twilio.messages.shown(message)

    async def delivery(self, request: web.Request) -> web.Response:
        """{"to": …, "climbs": [], "tells": [], "code": 30005}: what becomes of the next message to them."""
        asked = await request.json()
        to = asked.pop("to")
        for key in ("climbs", "tells"):
            if key in asked:
                asked[key] = tuple(asked[key])
        self.twilio.texts.plan(to, Delivery(**asked))
        return web.Response(status=204)

    async def fault(self, request: web.Request) -> web.Response:
        """{"route": "messages.create", "does": "answers", "status": 400, "code": 30007, "after": false}."""
        asked = await request.json()
        self.twilio.faults.next(asked.pop("route"), Fault(**asked))
        return web.Response(status=204)

    async def clear_faults(self, _request: web.Request) -> web.Response:
        self.twilio.faults.clear()
        return web.Response(status=204)

    async def clock(self, request: web.Request) -> web.Response:
        """{"seconds": 90000} pass."""
        self.twilio.clock.advance(timedelta(seconds=(await request.json())["seconds"]))
        return web.Response(status=204)

    async def ledger(self, request: web.Request) -> web.Response:
        entries = self.twilio.ledger.entries(request.query.get("what", ""))
        return web.json_response({"entries": [asdict(entry) for entry in entries]})

    async def webhooks(self, _request: web.Request) -> web.Response:
        return web.json_response({"webhooks": [asdict(posted) for posted in self.twilio.webhooks.log]})
