"""One number for messages, running: what SMS and WhatsApp have in common."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote, urlsplit

from connectors.twilio import outgoing, wire
from connectors.twilio.backfill import Backfill
from connectors.twilio.client import Api
from connectors.twilio.errors import TwilioTrouble, run_error, send_error
from connectors.twilio.line import Line, can_be_called
from connectors.twilio.probe import Probe
from connectors.twilio.shelf import Shelf
from connectors.twilio.signature import verified_form
from hub.sdk import (
    AmbiguousSend,
    Context,
    Hook,
    HookReply,
    HookRequest,
    Outgoing,
    Raw,
    Receipt,
    RemoteFile,
    Sink,
    Socket,
    TestStep,
)

INCOMING: Final = "incoming"
STATUS: Final = "status"
MAX_FILE: Final = 20 * 1024 * 1024
LISTED_PAGES: Final = 5
_EMPTY: Final = b'<?xml version="1.0" encoding="UTF-8"?><Response/>'


class TextSession:
    """Messages come in by webhook, and by listing what a webhook missed; they go out by REST."""

    def __init__(self, context: Context, line: Line) -> None:
        self._context = context
        self._line = line
        self._api = Api(line.account)
        self._shelf = Shelf(context)
        self._backfill = Backfill(self._api, line, context)
        self._given: deque[str] = deque(maxlen=1000)
        """Ids of messages that Twilio has confirmed: they are not the one that an attempt is looking for."""

    async def run(self, sink: Sink) -> None:
        await self._backfill.run(sink)

    # --- sending ---

    async def send(self, message: Outgoing) -> Receipt:
        outgoing.check(message, self._line)
        media = self._shelf.offer(message.attachments) if message.attachments else []
        form = outgoing.form(message, self._line, media, self._callback(message.attempt))
        try:
            answer = await self._api.post("Messages.json", form)
        except TwilioTrouble as failure:
            raise send_error(failure) from None
        if not isinstance(answer.get("sid"), str):
            raise AmbiguousSend("Twilio took the message and gave no id for it. It may be on its way.")
        self._given.append(answer["sid"])
        return outgoing.receipt(answer, message)

    async def reconcile(self, message: Outgoing, started_at: datetime) -> Receipt | None:
        """Looks among the messages to this person. None when it is not there: it may still come, so it is never sent
        again without somebody's word."""
        to = self._line.target(message.to[0].value)
        listed: list[dict[str, object]] = []
        with suppress(TwilioTrouble, KeyError, TypeError, ValueError):
            pages = 0
            async for page in self._api.pages("Messages.json", "messages", {"To": to, "PageSize": "100"}):
                listed += page
                pages += 1
                if pages == LISTED_PAGES or any(outgoing.created(one) < started_at - wire.SKEW for one in page):
                    break
            found = outgoing.find(listed, message, self._line, started_at, self._given)
            if found is not None:
                self._given.append(found.provider_id)
            return found
        return None

    def _callback(self, attempt: str) -> str:
        """Twilio refuses a whole message for an address that it cannot call; the listing then tells the same, later."""
        base = self._context.public_url
        if not can_be_called(base) and not self._api.simulated:
            return ""
        return f"{base}/hooks/{self._context.channel_id}/{STATUS}?attempt={quote(attempt, safe='')}"

    # --- files of messages that came in ---

    async def fetch(self, file: RemoteFile) -> bytes:
        try:
            return await self._api.download(file.url, MAX_FILE)
        except TwilioTrouble as failure:
            raise run_error(failure) from None

    async def forget(self, file: RemoteFile) -> None:
        try:
            await self._api.delete(f"{urlsplit(file.url).path}.json")
        except TwilioTrouble as failure:
            raise run_error(failure) from None

    # --- webhooks ---

    def hooks(self) -> Sequence[Hook]:
        return (
            Hook(INCOMING, ("POST",), self._incoming),
            Hook(STATUS, ("POST",), self._status),
            Hook("media", ("GET", "HEAD"), self._shelf.serve),
        )

    async def _incoming(self, request: HookRequest) -> HookReply:
        form = verified_form(request, self._line.account.auth_token)
        raw = Raw(_field(form, "MessageSid"), request.body, _now(), {"hook": INCOMING})
        return HookReply((raw,), body=_EMPTY, content_type="text/xml")

    async def _status(self, request: HookRequest) -> HookReply:
        form = verified_form(request, self._line.account.auth_token)
        status = form.get("MessageStatus") or form.get("SmsStatus", "")
        key = wire.status_key(_field(form, "MessageSid"), status, form.get("ErrorCode", ""))
        hint = {"hook": STATUS, "attempt": request.query.get("attempt", "")}
        return HookReply((Raw(key, request.body, _now(), hint),), body=_EMPTY, content_type="text/xml")

    def sockets(self) -> Sequence[Socket]:
        return ()

    # --- life ---

    async def test(self) -> Sequence[TestStep]:
        probe = Probe(self._api, self._line, self._context)
        with suppress(TimeoutError):
            async with asyncio.timeout(55.0):
                return await probe.run()
        slow = "Try again. If it lasts, check that this machine reaches api.twilio.com."
        return [*probe.steps, TestStep("timeout", "Answer in time", False, "It took more than 55 seconds.", slow)]

    async def close(self) -> None:
        await self._api.close()


def _field(form: dict[str, str], name: str) -> str:
    """Raises PermissionError: signed or not, this is nothing that Twilio sends here."""
    value = form.get(name, "")
    if not value:
        raise PermissionError(f"The call has no {name}.")
    return value


def _now() -> datetime:
    return datetime.now(UTC)
