"""Requests from Twilio to the hub: signed, form-encoded, tried twice at most, and only on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from aiohttp import ClientError, ClientSession, ClientTimeout
from twilio.request_validator import RequestValidator
from yarl import URL

from tests.peers.twilio.answers import new_sid

LOOPBACK = ("127.0.0.1", "localhost", "::1")
PATIENCE = 15.0
Method = Literal["GET", "POST"]


@dataclass(frozen=True, slots=True)
class Posted:
    """One request and what came of it; `status` is 0 when there was no answer, and `error` says why."""

    url: str
    fields: Mapping[str, str]
    attempt: int
    status: int = 0
    body: str = ""
    error: str = ""

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300


@dataclass
class Webhooks:
    """`reach` maps a public origin to where it is served here ("https://hub.test" → "http://127.0.0.1:8080"): the
    signature is over the public URL, as behind a proxy. `loses` may name requests that never leave.
    """

    token: str
    reach: dict[str, str] = field(default_factory=dict)
    loses: Callable[[str, Mapping[str, str]], bool] = lambda _url, _fields: False
    log: list[Posted] = field(default_factory=list)
    _session: ClientSession | None = None

    async def open(self) -> None:
        self._session = ClientSession(timeout=ClientTimeout(total=PATIENCE))

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    def signature(self, url: str, fields: Mapping[str, str]) -> str:
        return str(RequestValidator(self.token).compute_signature(url, dict(fields)))

    async def send(self, url: str, fields: Mapping[str, str], *, tries: int = 2, method: str = "POST") -> Posted:
        """Until it is answered without a server error, or the tries are used up. The last one is returned."""
        if self.loses(url, fields):
            return self._note(Posted(url, fields, 0, error="lost on purpose"))
        idempotency = new_sid("")
        posted = Posted(url, fields, 0, error="not tried")
        for attempt in range(1, tries + 1):
            posted = self._note(await self._once(url, fields, attempt, method, idempotency))
            if 0 < posted.status < 500:
                break
        return posted

    async def repeat(self, posted: Posted, times: int = 1) -> list[Posted]:
        """The same request again, so many at once, as a redelivery or a replay would."""
        again = (self._once(posted.url, posted.fields, 1, "POST", new_sid("")) for _ in range(times))
        return [self._note(one) for one in await asyncio.gather(*again)]

    async def fetch(self, url: str) -> tuple[int, str, bytes]:
        """A file of the hub's: status, content type, bytes. Status 0 when it was not to be had."""
        assert self._session is not None, "the simulator is not running"
        reached = self._reached(url)
        if reached.host not in LOOPBACK:
            return 0, f"{reached.host} is not on loopback", b""
        try:
            async with self._session.get(reached) as answer:
                return answer.status, answer.content_type, await answer.read()
        except (ClientError, TimeoutError, OSError) as failed:
            return 0, f"{type(failed).__name__}: {failed}", b""

    def _reached(self, url: str) -> URL:
        origin = str(URL(url).origin())
        return URL(self.reach.get(origin, origin) + URL(url, encoded=True).raw_path_qs, encoded=True)

    def to(self, part: str) -> list[Posted]:
        """What was sent to URLs that contain this."""
        return [posted for posted in self.log if part in posted.url]

    def _note(self, posted: Posted) -> Posted:
        self.log.append(posted)
        return posted

    async def _once(self, url: str, fields: Mapping[str, str], attempt: int, method: str, idempotency: str) -> Posted:
        assert self._session is not None, "the simulator is not running"
        if not URL(url).absolute:
            return Posted(url, fields, attempt, error=f"{url!r} is no absolute address")
        signed = str(URL(url).update_query(dict(fields))) if method == "GET" else url
        reached = self._reached(signed)
        if reached.host not in LOOPBACK:
            return Posted(url, fields, attempt, error=f"{reached.host} is not on loopback: name it in `reach`")
        body = None if method == "GET" else dict(fields)
        headers = {
            "X-Twilio-Signature": self.signature(signed, {} if method == "GET" else fields),
            "I-Twilio-Idempotency-Token": idempotency,
            "User-Agent": "TwilioProxy/1.1",
        }
        try:
            async with self._session.request(
                method, reached, data=body, headers=headers, allow_redirects=False
            ) as answer:
                return Posted(url, fields, attempt, answer.status, await answer.text())
        except (ClientError, TimeoutError, OSError) as failed:
            return Posted(url, fields, attempt, error=f"{type(failed).__name__}: {failed}")
