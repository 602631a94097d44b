"""Whether a number works: the account answers, the number is its own, and Twilio calls this hub for it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, Final

from connectors.twilio.client import Api
from connectors.twilio.errors import TwilioTrouble
from connectors.twilio.phone_settings import PhoneSettings
from hub.sdk import Health, TestStep

_WHERE: Final = "Twilio's console → Phone Numbers → Manage → Active numbers"


async def look_at_number(api: Api, settings: PhoneSettings, base: str) -> Health:
    """How the number does. Raises TwilioTrouble when Twilio cannot be asked."""
    number = await _number(api, settings)
    if number is None:
        return Health(
            "degraded",
            f"{settings.number} is not one of the account's numbers: nobody's call can come in.",
            f"Copy the number from {_WHERE}. One that is only verified can be shown when you call, no more.",
        )
    if _routed_elsewhere(number, base):
        return Health(
            "degraded",
            f"Twilio does not send the calls for {settings.number} to this hub.",
            f"Paste the webhook for incoming calls at {_WHERE} → Voice → “A call comes in”.",
        )
    return Health("ok")


async def probe(api: Api, settings: PhoneSettings, base: str) -> Sequence[TestStep]:
    """Each step as far as it goes; nothing is changed, and nobody called."""
    began = time.monotonic()
    try:
        number = await _number(api, settings)
    except TwilioTrouble as trouble:
        again = "Check account SID, auth token and, if you use one, the API key."
        return [TestStep("account", "Account", False, str(trouble), again, time.monotonic() - began)]
    steps = [TestStep("account", "Account", True, "Twilio takes the credentials.", seconds=time.monotonic() - began)]
    if number is None:
        missing = f"The account has no number {settings.number}."
        return [*steps, TestStep("number", "Number", False, missing, f"Copy it from {_WHERE}.")]
    if not number.get("capabilities", {}).get("voice", True):
        mute = f"{settings.number} takes no calls."
        return [*steps, TestStep("number", "Number", False, mute, "Choose a number with the capability “Voice”.")]
    steps.append(TestStep("number", "Number", True, f"{settings.number} is the account's own."))
    if _routed_elsewhere(number, base):
        elsewhere = f"Twilio sends its calls to {number.get('voice_url') or 'nowhere'}."
        how = f"Paste {base}/voice at {_WHERE} → Voice → “A call comes in”."
        return [*steps, TestStep("webhook", "Incoming calls", False, elsewhere, how)]
    steps.append(TestStep("webhook", "Incoming calls", True, "They come to this hub."))
    if _path(number.get("status_callback")) != f"{base}/status":
        late = "Twilio does not tell this hub when a call ends; it learns it a little later."
        how = f"Paste {base}/status at the same place → “Call status changes”."
        return [*steps, TestStep("status", "End of calls", False, late, how)]
    return [*steps, TestStep("status", "End of calls", True, "Twilio tells this hub.")]


async def _number(api: Api, settings: PhoneSettings) -> dict[str, Any] | None:
    found = await api.get("IncomingPhoneNumbers.json", {"PhoneNumber": settings.number})
    for number in found["incoming_phone_numbers"]:
        if number.get("phone_number") == settings.number:
            return dict(number)
    return None


def _routed_elsewhere(number: dict[str, Any], base: str) -> bool:
    return _path(number.get("voice_url")) != f"{base}/voice"


def _path(url: object) -> str:
    """Without what follows a ? or #: retries and the like are the administrator's own."""
    return str(url or "").partition("#")[0].partition("?")[0]
