"""An OAuth 2 token endpoint: a grant in, tokens out. What a stranger's server says is never shown as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import aiohttp
import orjson

from hub.sdk import ConnectionTrouble, Consent

DEFAULT_SECONDS: Final = 3600
_LONGEST_SECONDS: Final = 10 * 365 * 86400
_TIMEOUT: Final = aiohttp.ClientTimeout(total=30)
_MAX_ANSWER: Final = 256 * 1024
_REFUSED: Final = frozenset({"invalid_grant", "invalid_client", "unauthorized_client", "access_denied"})


@dataclass(frozen=True, slots=True)
class Tokens:
    """`refresh` is "" when the provider gave none; `expires` is when `access` ends."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires: datetime


class GrantRefused(Exception):
    """The endpoint said no; the message is its error code."""


class TokenEndpoint:
    """Asks the token endpoint that a consent names."""

    def __init__(self) -> None:
        self._http: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        if self._http is not None:
            await self._http.close()

    async def ask(self, consent: Consent, grant: Mapping[str, str]) -> Tokens:
        """Raises GrantRefused, and ConnectionTrouble when it cannot be reached or answers nonsense."""
        form = {**grant, "client_id": consent.client_id}
        if consent.client_secret:
            form["client_secret"] = consent.client_secret
        if self._http is None:
            self._http = aiohttp.ClientSession(timeout=_TIMEOUT, cookie_jar=aiohttp.DummyCookieJar())
        content = b""
        try:
            async with self._http.post(consent.token_url, data=form, allow_redirects=False) as response:
                status = response.status
                async for piece in response.content.iter_chunked(_MAX_ANSWER):
                    content += piece
                    if len(content) > _MAX_ANSWER:
                        raise ConnectionTrouble("The provider's sign-in service answered too much.")
        except (aiohttp.ClientError, TimeoutError, ValueError) as failure:
            raise ConnectionTrouble("The provider's sign-in service cannot be reached.") from failure
        try:
            answer = orjson.loads(content)
        except orjson.JSONDecodeError:
            answer = None
        return _tokens(status, answer if isinstance(answer, dict) else {}, grant.get("refresh_token", ""))


def error_word(error: str) -> str:
    """An OAuth error code as it may be shown: never free text of a stranger."""
    return error if error.replace("_", "").isalnum() and error.isascii() and len(error) <= 60 else ""


def _tokens(status: int, answer: Mapping[str, Any], refresh: str) -> Tokens:
    """`refresh` is the one used, which stays good where no new one is given."""
    error = error_word(str(answer.get("error", "")))
    if error in _REFUSED or status in (400, 401, 403):
        raise GrantRefused(error or f"HTTP {status}")
    access = answer.get("access_token")
    if status != 200 or not isinstance(access, str) or not access:
        raise ConnectionTrouble(f"The provider's sign-in service answered HTTP {status} without a token.")
    try:
        seconds = max(0, min(int(answer.get("expires_in", DEFAULT_SECONDS)), _LONGEST_SECONDS))
    except (TypeError, ValueError):
        seconds = DEFAULT_SECONDS
    given = answer.get("refresh_token")
    kept = given if isinstance(given, str) and given else refresh
    return Tokens(access, kept, datetime.now(UTC) + timedelta(seconds=seconds))
