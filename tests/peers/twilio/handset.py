"""The customer's telephone over HTTP, and a page with one: /simulator/phone. It shows texts with their files, offers a
template's answers, and has read what it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.peers.twilio.phones import Behaviour, Phone

if TYPE_CHECKING:
    from tests.peers.twilio.messages import Message
    from tests.peers.twilio.server import Twilio

PAGE = Path(__file__).with_name("handset.html")


class Handset:
    def __init__(self, twilio: Twilio) -> None:
        self.twilio = twilio

    def routes(self) -> list[web.RouteDef]:
        phone = "/simulator/phones/{address}"
        return [
            web.get("/simulator/phone", self.page),
            web.get(phone, self.state),
            web.post(f"{phone}/behaviour", self.behave),
            web.post(f"{phone}/call", self.call),
            web.post(f"{phone}/pick-up", self.pick_up),
            web.post(f"{phone}/decline", self.decline),
            web.post(f"{phone}/press", self.press),
            web.post(f"{phone}/speak", self.speak),
            web.post(f"{phone}/hang-up", self.hang_up),
            web.post(f"{phone}/read", self.read),
            web.get("/simulator/media/{sid}", self.media),
        ]

    async def page(self, _request: web.Request) -> web.StreamResponse:
        return web.FileResponse(PAGE)

    def _phone(self, request: web.Request) -> Phone:
        return self.twilio.phone(request.match_info["address"])

    async def state(self, request: web.Request) -> web.Response:
        """What it shows: whether it rings, its call, what was heard, and its texts."""
        phone = self._phone(request)
        call = phone.call_now
        addresses = (phone.address, f"whatsapp:{phone.address}")
        texts = [one for one in self.twilio.messages.all.values() if one.sender in addresses or one.to in addresses]
        arrived = [one for one in texts if one.direction == "inbound" or one.status in ("delivered", "read")]
        shown: dict[str, Any] = {
            "address": phone.address,
            "ringing": phone.ringing,
            "call": None if call is None else call.shown(),
            "partners": sorted(phone.partners()),
            "heard": [asdict(heard) for heard in phone.heard],
            "texts": [self._text(one) for one in arrived],
        }
        return web.json_response(shown)

    def _text(self, message: Message) -> dict[str, Any]:
        """With its files, and the answers that its template offers."""
        template = self.twilio.contents.all.get(message.content_sid)
        kinds = template.types.values() if template else ()
        offered = [one for kind in kinds for one in kind.get("actions", ()) if one.get("id")]
        files = [{"sid": one.sid, "content_type": one.content_type} for one in message.on_phone]
        return {**self.twilio.messages.shown(message), "files": files, "offered": offered}

    async def media(self, request: web.Request) -> web.Response:
        """A file, as the telephone shows it: without any login, on this machine."""
        every = (one for message in self.twilio.messages.all.values() for one in message.on_phone)
        found = next((one for one in every if one.sid == request.match_info["sid"]), None)
        if found is None:
            raise web.HTTPNotFound
        headers = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}
        return web.Response(body=found.content, content_type=found.content_type, headers=headers)

    async def read(self, request: web.Request) -> web.Response:
        """Whoever looks at a WhatsApp message has read it."""
        address = f"whatsapp:{self._phone(request).address}"
        for message in list(self.twilio.messages.all.values()):
            if message.to == address and message.status == "delivered":
                await self.twilio.texts.reads(message)
        return web.Response(status=204)

    async def behave(self, request: web.Request) -> web.Response:
        """A `Behaviour` ({"does": "rings"}); with "next": true only for the next call."""
        asked = await request.json()
        once = asked.pop("next", False)
        phone, behaviour = self._phone(request), Behaviour(**asked)
        if once:
            phone.plan(behaviour)
        else:
            phone.default = behaviour
        return web.Response(status=204)

    async def call(self, request: web.Request) -> web.Response:
        """{"to": "+49…"}, a number of the account."""
        to = (await request.json())["to"]
        phone = self._phone(request)
        phone.behaviour = phone.default
        return done(lambda: self.twilio.calls.incoming(phone, to))

    async def pick_up(self, request: web.Request) -> web.Response:
        return done(self._phone(request).pick_up)

    async def decline(self, request: web.Request) -> web.Response:
        return done(self._phone(request).decline)

    async def press(self, request: web.Request) -> web.Response:
        """{"keys": "1"}."""
        keys = (await request.json())["keys"]
        return done(lambda: self._phone(request).press(keys))

    async def speak(self, request: web.Request) -> web.Response:
        """{"text": "Please call me back"}."""
        text = (await request.json())["text"]
        return done(lambda: self._phone(request).speak(text))

    async def hang_up(self, request: web.Request) -> web.Response:
        return done(self._phone(request).hang_up)


def done(act: Callable[[], object]) -> web.Response:
    """204; 409 where the telephone cannot do that now."""
    try:
        act()
    except AssertionError as impossible:
        return web.json_response({"message": str(impossible)}, status=409)
    return web.Response(status=204)
