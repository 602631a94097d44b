"""Calls of Twilio's REST API: one account, one pool of connections, every wait and every size bounded."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp
from aiohttp import ClientTimeout, encode_basic_auth
from yarl import URL

from connectors.twilio.errors import ApiError, NoAnswer, NotReached
from connectors.twilio.settings import Account

VERSION: Final = "2010-04-01"
API: Final = "https://api.twilio.com"
CONTENT: Final = "https://content.twilio.com"
MAX_ANSWER: Final = 8 * 1024 * 1024
MAX_REDIRECTS: Final = 3
SIMULATOR: Final = "ALLWAYS_TWILIO_URL"
_TIMEOUT: Final = ClientTimeout(total=40.0, connect=10.0, sock_read=30.0)
_MEDIA_TIMEOUT: Final = ClientTimeout(total=120.0, connect=10.0, sock_read=30.0)
_STORES: Final = (".twilio.com", ".twiliocdn.com", ".amazonaws.com")
_LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")
_IDLE_SECONDS: Final = 10.0
"""Shorter than Twilio keeps an idle connection: a request must not go into one that ends."""
_NEVER_SENT: Final = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)
Form = Mapping[str, str | Sequence[str]]
Json = dict[str, Any]


class Api:
    """Made anywhere, used in one event loop, closed once. Its methods raise the errors of errors.py.

    Paths are below the account ("Messages.json", "Calls/CA….json") or absolute at `host` ("/v1/Content").
    """

    def __init__(self, account: Account) -> None:
        self._account = account
        self._base = os.environ.get(SIMULATOR, "").rstrip("/")
        self._http: aiohttp.ClientSession | None = None

    @property
    def simulated(self) -> bool:
        return bool(self._base)

    async def get(self, path: str, params: Mapping[str, str] | None = None, host: str = API) -> Json:
        return await self._call("GET", self.url(path, host), params=params)

    async def post(self, path: str, form: Form, host: str = API) -> Json:
        """Once, never repeated by itself."""
        pairs = [
            (name, value)
            for name, values in form.items()
            for value in ([values] if isinstance(values, str) else values)
        ]
        return await self._call("POST", self.url(path, host), data=aiohttp.FormData(pairs))

    async def delete(self, path: str, host: str = API) -> None:
        """Nothing when it is gone already."""
        try:
            await self._call("DELETE", self.url(path, host))
        except ApiError as failure:
            if failure.status != 404:
                raise

    async def pages(
        self, path: str, key: str, params: Mapping[str, str] | None = None, host: str = API
    ) -> AsyncIterator[list[Json]]:
        """A listing page by page; `key` names the list ("messages", "contents")."""
        answer = await self.get(path, params, host)
        while True:
            yield answer[key]
            following = answer.get("next_page_uri") or answer.get("meta", {}).get("next_page_url")
            if not following:
                return
            parts = urlsplit(following)
            answer = await self.get(f"{parts.path}?{parts.query}" if parts.query else parts.path, None, host)

    async def download(self, url: str, max_bytes: int) -> bytes:
        """A file that Twilio keeps. The credentials go to Twilio's API alone, never to where it redirects. Raises
        LookupError when it is not there, too large, or at a host that is not Twilio's."""
        own = self._origin(API)
        target = url if url.startswith(f"{own}/") else url.replace(API, own, 1)
        if not target.startswith(f"{own}/"):
            raise LookupError("The file lies at a place that is not Twilio's.")
        headers = self._auth()
        for _ in range(MAX_REDIRECTS + 1):
            try:
                async with self._session().get(
                    target, headers=headers, timeout=_MEDIA_TIMEOUT, allow_redirects=False
                ) as answer:
                    if answer.status in (301, 302, 303, 307, 308):
                        target, headers = self._redirected(answer), {}
                        continue
                    if answer.status in (404, 410):
                        raise LookupError("The file is no longer there.")
                    if answer.status >= 400:
                        raise ApiError(answer.status, message="The file could not be fetched.")
                    return await _bounded(answer, max_bytes)
            except _NEVER_SENT as failure:
                raise NotReached(f"Twilio cannot be reached: {failure}") from None
            except (aiohttp.ClientError, TimeoutError, OSError):
                raise NoAnswer("The file did not come whole.") from None
        raise LookupError("The file is redirected too often.")

    async def close(self) -> None:
        if self._http is not None:
            await self._http.close()
            self._http = None

    def url(self, path: str, host: str = API) -> str:
        below = path if path.startswith("/") else f"/{VERSION}/Accounts/{self._account.sid}/{path}"
        return self._origin(host) + below

    async def _call(self, method: str, url: str, **options: Any) -> Json:
        try:
            async with self._session().request(
                method, url, headers=self._auth(), timeout=_TIMEOUT, allow_redirects=False, **options
            ) as answer:
                body = await _bounded(answer, MAX_ANSWER)
                status, after = answer.status, answer.headers.get("Retry-After", "")
        except _NEVER_SENT as failure:
            raise NotReached(f"Twilio cannot be reached: {failure}") from None
        except (aiohttp.ClientError, TimeoutError, OSError, LookupError):
            raise NoAnswer("Twilio did not answer, or not to the end.") from None
        if status == 204:
            return {}
        try:
            found = json.loads(body)
        except ValueError:
            found = None
        if not 200 <= status < 300:
            raise _refusal(status, found, after)
        if not isinstance(found, dict):
            raise NoAnswer("Twilio's answer is not the JSON that it should be.")
        return found

    def _session(self) -> aiohttp.ClientSession:
        if self._http is None:
            connector = aiohttp.TCPConnector(limit=20, keepalive_timeout=_IDLE_SECONDS)
            self._http = aiohttp.ClientSession(connector=connector, headers={"Accept": "application/json"})
        return self._http

    def _auth(self) -> dict[str, str]:
        return {"Authorization": encode_basic_auth(*self._account.credentials)}

    def _origin(self, host: str) -> str:
        return self._base or host

    def _redirected(self, answer: aiohttp.ClientResponse) -> str:
        """Where the file is kept. Raises LookupError for a place that Twilio does not keep files at."""
        try:
            url = answer.url.join(URL(answer.headers.get("Location", "")))
        except ValueError:
            raise LookupError("Twilio says of the file that it is nowhere.") from None
        host = url.host or ""
        kept = url.scheme == "https" and host.endswith(_STORES) and url.port == 443
        if not kept and not (self._base and host in _LOOPBACK):
            raise LookupError("The file lies at a place that is not Twilio's.")
        return str(url)


def _refusal(status: int, body: object, after: str) -> ApiError:
    found = body if isinstance(body, dict) else {}
    code = found.get("code")
    message = found.get("message") or found.get("detail") or found.get("title") or ""
    wait = float(after) if after.isascii() and after.isdigit() else None
    return ApiError(status, code if isinstance(code, int) else 0, str(message)[:300], wait)


async def _bounded(answer: aiohttp.ClientResponse, max_bytes: int) -> bytes:
    """The whole body. Raises LookupError when it is larger."""
    if (answer.content_length or 0) > max_bytes:
        raise LookupError(f"It is larger than {max_bytes // (1024 * 1024)} MB.")
    body = bytearray()
    async for chunk in answer.content.iter_chunked(64 * 1024):
        body += chunk
        if len(body) > max_bytes:
            raise LookupError(f"It is larger than {max_bytes // (1024 * 1024)} MB.")
    return bytes(body)
