"""An OAuth 2 provider on loopback: consent page with PKCE, tokens that expire, are renewed and can be revoked, and the
introspection that a mail server asks whether a token is good.

    async with OAuthServer(accounts=["support@acme.test"]) as provider:
        provider.authorize_url, .token_url, .introspection_url, .client_id, .client_secret
        token = provider.issue("support@acme.test")      # an access token, without any consent
        provider.revoke("support@acme.test")             # consent withdrawn: no token of that account works any more
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import TracebackType
from urllib.parse import urlencode

from aiohttp import web

from tests.peers.ports import free_port


@dataclass
class _Code:
    account: str
    redirect_uri: str
    challenge: str
    scope: str


@dataclass
class OAuthServer:
    """`lifetime` is how long an access token lives, in seconds; `deny` lets the account refuse consent; `rotate` gives
    a new refresh token with each renewal and ends the old one. `requests` counts the token requests by grant type."""

    accounts: Iterable[str]
    client_id: str = "allways-test"
    client_secret: str = "s3cret-of-the-client"
    lifetime: int = 3600
    deny: bool = False
    rotate: bool = True
    port: int = field(default_factory=free_port)
    requests: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.accounts = list(self.accounts)
        self._codes: dict[str, _Code] = {}
        self._access: dict[str, tuple[str, float]] = {}
        self._refresh: dict[str, str] = {}
        self._runner: web.AppRunner | None = None

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def authorize_url(self) -> str:
        return f"{self.base}/authorize"

    @property
    def token_url(self) -> str:
        return f"{self.base}/token"

    @property
    def introspection_url(self) -> str:
        return f"{self.base}/introspect"

    async def __aenter__(self) -> OAuthServer:
        app = web.Application()
        app.router.add_get("/authorize", self._authorize)
        app.router.add_post("/token", self._token)
        app.router.add_route("*", "/introspect", self._introspect)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    def issue(self, account: str, lifetime: float | None = None) -> str:
        """An access token."""
        token = secrets.token_urlsafe(24)
        self._access[token] = (account, time.monotonic() + (self.lifetime if lifetime is None else lifetime))
        return token

    def revoke(self, account: str) -> None:
        self._access = {token: entry for token, entry in self._access.items() if entry[0] != account}
        self._refresh = {token: one for token, one in self._refresh.items() if one != account}

    async def _authorize(self, request: web.Request) -> web.Response:
        """The page on which a person would press Allow; `login_hint` says who."""
        query = request.query
        if query.get("client_id") != self.client_id or "redirect_uri" not in query:
            return web.Response(status=400, text="This application is not registered here.")
        answer = {"state": query.get("state", "")}
        account = query.get("login_hint") or next(iter(self.accounts))
        if query.get("response_type") != "code":
            answer["error"] = "unsupported_response_type"
        elif query.get("code_challenge_method") != "S256" or len(query.get("code_challenge", "")) != 43:
            answer["error"] = "invalid_request"
        elif self.deny or account not in self.accounts:
            answer["error"] = "access_denied"
        else:
            code = secrets.token_urlsafe(16)
            self._codes[code] = _Code(account, query["redirect_uri"], query["code_challenge"], query.get("scope", ""))
            answer["code"] = code
        joined = "&" if "?" in query["redirect_uri"] else "?"
        return web.Response(status=302, headers={"Location": f"{query['redirect_uri']}{joined}{urlencode(answer)}"})

    async def _token(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        self.requests.append(form.get("grant_type", ""))
        if not self._is_client(request, form):
            return self._refuse("invalid_client", 401)
        if form.get("grant_type") == "authorization_code":
            code = self._codes.pop(form.get("code", ""), None)  # good for one use
            digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
            challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
            if code is None or code.redirect_uri != form.get("redirect_uri") or code.challenge != challenge:
                return self._refuse("invalid_grant")
            return self._grant(code.account, new_refresh=True)
        if form.get("grant_type") == "refresh_token":
            account = self._refresh.get(form.get("refresh_token", ""))
            if account is None:
                return self._refuse("invalid_grant")
            if self.rotate:
                del self._refresh[form["refresh_token"]]
            return self._grant(account, new_refresh=self.rotate)
        return self._refuse("unsupported_grant_type")

    def _is_client(self, request: web.Request, form: dict[str, str]) -> bool:
        header = request.headers.get("Authorization", "")
        if header.startswith("Basic "):
            name, _, secret = base64.b64decode(header[6:]).decode().partition(":")
        else:
            name, secret = form.get("client_id", ""), form.get("client_secret", "")
        return name == self.client_id and secrets.compare_digest(secret, self.client_secret)

    def _grant(self, account: str, *, new_refresh: bool) -> web.Response:
        answer: dict[str, object] = {
            "access_token": self.issue(account),
            "token_type": "Bearer",
            "expires_in": self.lifetime,
        }
        if new_refresh:
            refresh = secrets.token_urlsafe(24)
            self._refresh[refresh] = account
            answer["refresh_token"] = refresh
        return web.json_response(answer, headers={"Cache-Control": "no-store"})

    def _refuse(self, error: str, status: int = 400) -> web.Response:
        return web.json_response({"error": error, "error_description": f"test: {error}"}, status=status)

    async def _introspect(self, request: web.Request) -> web.Response:
        form = await request.post() if request.method == "POST" else request.query
        account, until = self._access.get(str(form.get("token", "")), ("", 0.0))
        if time.monotonic() >= until:
            return web.json_response({"active": False})
        return web.json_response({"active": True, "username": account})
