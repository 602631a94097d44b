"""Tries the settings of a channel live, step by step, and leaves no trace: nothing is sent or changed."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Final

from connectors.twilio.client import CONTENT, Api
from connectors.twilio.errors import ApiError, NotReached, TwilioTrouble
from connectors.twilio.line import Line, can_be_called
from hub.sdk import Context, TestStep

_REACH: Final = "Check that this machine reaches api.twilio.com over HTTPS; try again in a moment."
_CREDENTIALS: Final = "Copy the account SID and the auth token from Twilio's console → Account Info once more."
_KEY: Final = "Check API key SID and secret. The secret is shown once only: when in doubt, make another key."
_NUMBER: Final = (
    "Copy the number from Twilio's console → Phone Numbers → Active numbers. It must belong to this account."
)
_SENDER: Final = "Copy the sender from Twilio's console → Messaging → Senders. It must belong to this account."
_PUBLIC: Final = (
    "Set public_url to the https:// address under which the internet reaches this hub. Until then messages come in "
    "by asking Twilio every few minutes, and files cannot be sent."
)


class Probe:
    """`run` gives the steps as far as they came."""

    def __init__(self, api: Api, line: Line, context: Context) -> None:
        self._api = api
        self._line = line
        self._context = context
        self.steps: list[TestStep] = []

    async def run(self) -> list[TestStep]:
        with suppress(_Failed):
            await self._account()
            if self._line.channel == "sms":
                await self._number()
            await self._messages()
            if self._line.channel == "whatsapp":
                await self._templates()
        with suppress(_Failed):
            await self._public()
        return self.steps

    async def _account(self) -> None:
        path = f"/2010-04-01/Accounts/{self._line.account.sid}.json"
        if self._line.account.key:
            # Webhooks are signed with the auth token, so that one has to be right too.
            other = Api(replace(self._line.account, key="", key_secret=""))
            try:
                async with self._step("auth_token", "Check the auth token", _CREDENTIALS):
                    await other.get(path)
            finally:
                await other.close()
            async with self._step("api_key", "Sign in with the API key", _KEY):
                await self._api.get("Messages.json", {"PageSize": "1"})
            return
        async with self._step("account", "Sign in at Twilio", _CREDENTIALS) as say:
            account = await self._api.get(path)
            if account.get("status") != "active":
                raise _Wrong(f"The account is {account.get('status')}. Twilio's console says why.")
            trial = " It is a trial account: it can only write to verified numbers."
            say(f"“{account.get('friendly_name')}”.{trial if account.get('type') == 'Trial' else ''}")

    async def _number(self) -> None:
        number = self._line.number
        async with self._step("number", f"Find the number {number}", _NUMBER) as say:
            if not number.startswith("+"):
                codes = await self._api.get("SMS/ShortCodes.json", {"ShortCode": number})
                found = codes.get("short_codes", [])
            else:
                listed = await self._api.get("IncomingPhoneNumbers.json", {"PhoneNumber": number})
                found = listed.get("incoming_phone_numbers", [])
            if not found:
                raise _Wrong("The account has no such number.")
            if not found[0].get("capabilities", {}).get("sms", True):
                raise _Wrong("This number cannot send or receive text messages.")
            say("It can send and receive text messages.")
        if self._line.service or not self._context.channel_id:
            return
        hook = f"{self._context.public_url}/hooks/{self._context.channel_id}/incoming"
        label = "Where Twilio sends incoming messages"
        paste = f"In Twilio's console, at this number → Messaging → “A message comes in”, paste {hook}"
        async with self._step("webhook", label, paste) as say:
            configured = found[0].get("sms_url") or "nowhere"
            if configured != hook:
                raise _Wrong(f"They go to {configured}.")
            say("To this hub.")

    async def _messages(self) -> None:
        next_step = _SENDER if self._line.channel == "whatsapp" else "Give the API key the right to read messages."
        async with self._step("messages", "Read the list of messages", next_step) as say:
            listed = await self._api.get("Messages.json", {"To": self._line.own[0], "PageSize": "1"})
            say("There are messages to this number." if listed.get("messages") else "No message has come in so far.")

    async def _templates(self) -> None:
        next_step = "Give the API key the right to read content templates."
        async with self._step("templates", "Read the templates", next_step) as say:
            listed = await self._api.get("/v1/ContentAndApprovals", {"PageSize": "50"}, CONTENT)
            say(f"{len(listed.get('contents', []))} templates.")

    async def _public(self) -> None:
        async with self._step("public_url", "Twilio can call this hub", _PUBLIC) as say:
            base = self._context.public_url
            if not can_be_called(base) and not self._api.simulated:
                raise _Wrong(f"The hub's public address is {base or 'not set'}, which the internet does not reach.")
            say(base)

    @asynccontextmanager
    async def _step(self, name: str, label: str, next_step: str) -> AsyncIterator[Callable[[str], None]]:
        started = time.monotonic()
        said: list[str] = []
        try:
            yield said.append
        except (TwilioTrouble, _Wrong) as failure:
            step = _REACH if not isinstance(failure, ApiError | _Wrong) else next_step
            self.steps.append(TestStep(name, label, False, str(failure), step, time.monotonic() - started))
            if isinstance(failure, NotReached) or name in ("account", "auth_token"):
                raise _Failed from failure
            return
        self.steps.append(TestStep(name, label, True, "".join(said), "", time.monotonic() - started))


class _Wrong(Exception):
    """The answer came, and is not what it should be."""


class _Failed(Exception):
    """The rest cannot be tried."""
