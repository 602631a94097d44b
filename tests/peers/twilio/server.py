"""The simulator put together: one object that a test starts, plans and questions."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiohttp import encode_basic_auth, web

from tests.peers.twilio.account import Account, Number
from tests.peers.twilio.answers import Refused, new_sid, problem
from tests.peers.twilio.calls import Calls
from tests.peers.twilio.clock import Clock
from tests.peers.twilio.conferences import Conferences
from tests.peers.twilio.content import Contents
from tests.peers.twilio.control import Control
from tests.peers.twilio.faults import Faults
from tests.peers.twilio.handset import Handset
from tests.peers.twilio.ledger import Ledger
from tests.peers.twilio.messages import Messages
from tests.peers.twilio.numbers import Numbers
from tests.peers.twilio.phones import Phone
from tests.peers.twilio.recordings import Recordings
from tests.peers.twilio.rooms import Rooms
from tests.peers.twilio.texts import Texts
from tests.peers.twilio.webhooks import Webhooks

MEDIA_FILE = re.compile(r"/Messages/[^/]+/Media/[^/.]+$|/Recordings/RE[0-9a-f]{32}(\.wav|\.mp3)?$")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Twilio:
    """An account at Twilio, on loopback. See the README beside this file.

    `second` is how long one of the network's seconds lasts, in real ones; `ledger` a file for it; `account_sid` and
    `auth_token` are made up unless given.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        second: float = 0.02,
        ledger: Path | None = None,
        account_sid: str = "",
        auth_token: str = "",
    ) -> None:
        sid, token = account_sid or new_sid("AC"), auth_token or new_sid("")
        self.account = Account(Clock(second), Ledger(ledger), sid, token)
        self.contents = Contents(self.account)
        self.messages = Messages(self.account, self.contents)
        self.texts = Texts(self.account, self.messages, self.contents)
        self.numbers = Numbers(self.account)
        self.recordings = Recordings(self.account)
        self.rooms = Rooms(self.account, self.recordings)
        self.calls = Calls(self.account, self.recordings, self.rooms)
        self.conferences = Conferences(self.account, self.rooms, self.calls)
        self.hints: list[tuple[str, str]] = []
        """Words on the page with the telephone, each with an address to open ("" for none)."""
        self._port = port
        self._runners: list[web.AppRunner] = []

    # What tests need most

    @property
    def url(self) -> str:
        """For ALLWAYS_TWILIO_URL."""
        return self.account.url

    @property
    def account_sid(self) -> str:
        return self.account.sid

    @property
    def auth_token(self) -> str:
        return self.account.auth_token

    @property
    def clock(self) -> Clock:
        return self.account.clock

    @property
    def ledger(self) -> Ledger:
        return self.account.ledger

    @property
    def faults(self) -> Faults:
        return self.account.faults

    @property
    def webhooks(self) -> Webhooks:
        return self.account.webhooks

    @property
    def problems(self) -> list[str]:
        """What the provider's debugger would show."""
        return self.account.problems

    def number(self, address: str, **settings: Any) -> Number:
        """Gives the account a number; `settings` are the fields of `Number` (sms_url, voice_url, …)."""
        return self.numbers.add(address, **settings)

    def phone(self, address: str) -> Phone:
        """The telephone of a customer or an agent ("+49…", "sip:…")."""
        return self.calls.phone(address)

    # Running it

    def routes(self) -> list[web.RouteDef]:
        texts = (self.messages, self.contents, self.numbers)
        voice = (self.calls, self.conferences, self.recordings, self.calls.spoken)
        return [route for part in (*texts, *voice, Control(self), Handset(self)) for route in part.routes()]

    async def __aenter__(self) -> Self:
        app = web.Application(middlewares=[self._errors, self._login, self.faults.middleware])
        app.add_routes(self.routes())
        self.account.url = await self._listen(app, self._port)
        stored = web.Application()  # another origin, as the storage that media is redirected to
        stored.add_routes([web.get("/media/{token}", self.messages.media_file)])
        self.account.media_url = await self._listen(stored, 0)
        await self.webhooks.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            await self.account.close()
        finally:
            for runner in self._runners:
                await runner.cleanup()

    async def _listen(self, app: web.Application, port: int) -> str:
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        self._runners.append(runner)
        await web.TCPSite(runner, "127.0.0.1", port).start()
        return f"http://127.0.0.1:{runner.addresses[0][1]}"

    @web.middleware
    async def _errors(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except Refused as refused:
            return problem(refused.status, refused.code, refused.message)
        except web.HTTPNotFound:
            return problem(404, 20404, f"The requested resource {request.path} was not found")
        except web.HTTPMethodNotAllowed:
            return problem(405, 20004, "Method not allowed")

    @web.middleware
    async def _login(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path.startswith("/simulator"):
            return await handler(request)
        open_media = request.method == "GET" and MEDIA_FILE.search(request.path) and not self.account.media_needs_login
        if not open_media:
            allowed = (
                encode_basic_auth(self.account.sid, self.account.auth_token),
                encode_basic_auth(self.account.api_key, self.account.api_secret),
            )
            if request.headers.get("Authorization") not in allowed:
                raise Refused(20003, "Authenticate", 401)
        if request.match_info.get("account", self.account.sid) != self.account.sid:
            raise Refused(20404, f"The requested resource {request.path} was not found", 404)
        return await handler(request)
