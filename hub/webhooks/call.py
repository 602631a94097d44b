"""One call of a receiver: signed, bounded in time and size, and nowhere it may not go."""

from __future__ import annotations

import asyncio
import hmac
import ssl
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from hub import __version__
from hub.webhooks.guard import GuardedResolver, Network, check_url
from hub.webhooks.model import BadReceiver

SECONDS: Final = 15.0
ANSWER_BYTES: Final = 64 * 1024
_SHOWN: Final = 300


@dataclass(frozen=True, slots=True)
class Outcome:
    """`status` None: nothing answered. `error` is "" when the receiver took it, else plain words."""

    status: int | None
    error: str
    seconds: float

    @property
    def ok(self) -> bool:
        return not self.error


def signature(secret: str, body: bytes, timestamp: int) -> str:
    """The value of Allways-Signature: `t` in Unix seconds, `v1` the HMAC-SHA256 of "<t>.<body>" as hex digits."""
    mac = hmac.digest(secret.encode(), f"{timestamp}.".encode() + body, "sha256")
    return f"t={timestamp},v1={mac.hex()}"


class Caller:
    """Calls receivers. `resolver` is for tests."""

    def __init__(self, private: Sequence[Network] = (), resolver: AbstractResolver | None = None) -> None:
        self.private = tuple(private)
        self._resolver = resolver

    async def call(self, url: str, secret: str, body: bytes, headers: Mapping[str, str]) -> Outcome:
        """Never raises for what the receiver or the network does."""
        started = time.monotonic()
        status, error = None, ""
        try:
            async with asyncio.timeout(SECONDS):
                status, error = await self._post(url, secret, body, headers)
        except TimeoutError:
            error = f"The receiver did not answer within {SECONDS:.0f} s."
        except BadReceiver as failure:
            error = str(failure)
        except (aiohttp.ClientError, OSError, ValueError, ssl.SSLError) as failure:
            error = _plain(failure)
        return Outcome(status, error, time.monotonic() - started)

    async def _post(self, url: str, secret: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
        check_url(url, self.private)
        sent = {
            **headers,
            "Content-Type": "application/json",
            "User-Agent": f"Allways/{__version__}",
            "Allways-Signature": signature(secret, body, int(time.time())),
        }
        encrypted = url.lower().startswith("https:")
        resolver = GuardedResolver(self.private, encrypted=encrypted, resolver=self._resolver)
        connector = aiohttp.TCPConnector(resolver=resolver, use_dns_cache=False, force_close=True)
        async with (
            aiohttp.ClientSession(
                connector=connector, trust_env=False, cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False
            ) as http,
            http.post(URL(url), data=body, headers=sent, allow_redirects=False) as answer,
        ):
            content = await answer.content.read(ANSWER_BYTES)
            return answer.status, _judged(answer.status, content)


def _judged(status: int, content: bytes) -> str:
    if 200 <= status < 300:
        return ""
    if 300 <= status < 400:
        return f"The receiver answered {status}, which sends us elsewhere. Enter its final address."
    said = " ".join(content[:_SHOWN].decode("utf-8", "replace").split())
    said = "".join(letter for letter in said if letter.isprintable())
    return f"The receiver answered {status}." + (f" It said: {said}" if said else "")


def _plain(failure: Exception) -> str:
    cause: BaseException | None = failure
    while cause is not None:
        if isinstance(cause, BadReceiver):
            return str(cause)
        cause = cause.__cause__ or cause.__context__
    if isinstance(failure, aiohttp.ClientConnectorDNSError):
        return "The receiver's name is not known. Check the address."
    if isinstance(failure, aiohttp.ClientConnectorCertificateError | aiohttp.ClientConnectorSSLError):
        return "The receiver's certificate is not valid."
    if isinstance(failure, aiohttp.ClientConnectorError):
        return "The receiver cannot be reached."
    return f"The receiver broke the connection ({type(failure).__name__})."
