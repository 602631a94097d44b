"""An OAuth 2 server on loopback: checks PKCE, single-use codes and client secrets, rotates refresh tokens."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from aiohttp import web


@dataclass
class OAuthServer:
    """`expires_in` of the tokens it gives; `delay` of its answers; `broken`: answers 503; `revoked`: refuses all."""

    url: str = ""
    expires_in: int = 3600
    delay: float = 0.0
    broken: bool = False
    revoked: bool = False
    without_refresh: bool = False
    requests: list[dict[str, str]] = field(default_factory=list)
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)
    _refresh: str = ""
    _numbers: Any = field(default_factory=lambda: itertools.count(1))

    def consent(self, authorize_url: str) -> dict[str, str]:
        """What the account's owner does in the browser: the query that comes back to the hub."""
        asked = {key: one[0] for key, one in parse_qs(urlsplit(authorize_url).query).items()}
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        code = f"canary-code-{next(self._numbers)}"
        self._codes[code] = asked
        return {"code": code, "state": asked["state"]}

    async def token(self, request: web.Request) -> web.Response:
        form = {key: str(value) for key, value in (await request.post()).items()}
        self.requests.append(form)
        await asyncio.sleep(self.delay)
        if self.broken:
            return web.Response(status=503, text="<html>busy</html>")
        if self.revoked or form.get("client_secret") != "canary-client-secret":
            return web.json_response({"error": "invalid_grant", "error_description": "canary words"}, status=400)
        if form["grant_type"] == "authorization_code":
            asked = self._codes.pop(form["code"], None)
            digest = hashlib.sha256(form["code_verifier"].encode()).digest()
            challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
            if asked is None or asked["code_challenge"] != challenge or asked["redirect_uri"] != form["redirect_uri"]:
                return web.json_response({"error": "invalid_grant"}, status=400)
        elif form["refresh_token"] != self._refresh:
            return web.json_response({"error": "invalid_grant"}, status=400)
        self._refresh = f"canary-refresh-{next(self._numbers)}"
        answer = {"access_token": f"canary-access-{next(self._numbers)}", "expires_in": self.expires_in}
        if not self.without_refresh:
            answer["refresh_token"] = self._refresh
        return web.json_response(answer)


@asynccontextmanager
async def oauth_server() -> AsyncIterator[OAuthServer]:
    server = OAuthServer()
    app = web.Application()
    app.router.add_post("/token", server.token)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        await runner.cleanup()
