"""What an SMTP server's refusal means for the message: codes to send errors, as a table of rules."""

from __future__ import annotations

import re
from typing import Literal

from hub.sdk import AuthSend, PermanentSend, RateLimited, SuppressSend, TransientSend

Stage = Literal["connect", "mail", "rcpt", "data"]
Refusal = AuthSend | PermanentSend | RateLimited | SuppressSend | TransientSend

_ENHANCED = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_RATE = re.compile(r"\brate\b|throttl|too many|too fast|greylist|try again later", re.IGNORECASE)
_UNKNOWN = re.compile(
    r"user unknown|unknown user|no such (user|mailbox|recipient|address)|(does not|doesn.t) exist|"
    r"recipient (address )?(unknown|not found)|(mailbox|address) not found|invalid (recipient|mailbox)",
    re.IGNORECASE,
)
_QUOTA = re.compile(r"daily|sending (quota|limit)|submission ?quota", re.IGNORECASE)  # the account's, for a while
_NOBODY = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"}
_CREDENTIALS = {"5.7.8", "5.7.9", "5.7.11", "5.7.14"}
_WAIT = 300.0  # seconds, where the server names none
_QUOTA_WAIT = 3600.0


def refused(code: int, message: str, stage: Stage) -> Refusal:
    """The error for a reply that is not a yes; `message` is already free of secrets."""
    text = " ".join(message.split())[:500]
    found = _ENHANCED.search(text[:80])
    enhanced = found[1] if found else ""
    full_code = f"{code} {enhanced}".strip()
    if code in (530, 534, 535, 538) or enhanced in _CREDENTIALS:
        return AuthSend(f"The mail server refused the sign-in: {text}", code=full_code)
    if 400 <= code < 500:
        if code == 421 or enhanced.startswith("4.7.") or _RATE.search(text):
            return RateLimited(f"The mail server wants us to slow down: {text}", code=full_code, retry_after=_WAIT)
        return TransientSend(f"The mail server cannot take it now: {text}", code=full_code)
    if enhanced == "5.4.5" or _QUOTA.search(text):
        reason = f"The mail provider's limit for this account is reached: {text}"
        return RateLimited(reason, code=full_code, retry_after=_QUOTA_WAIT)
    if stage == "rcpt" and (enhanced in _NOBODY or (code in (550, 551, 553) and _UNKNOWN.search(text))):
        return SuppressSend(f"The mail server knows no such recipient: {text}", code=full_code)
    return PermanentSend(f"The mail server refused the message: {text}", code=full_code)


def worst(errors: list[Refusal]) -> Refusal:
    """The one that speaks for all recipients: nobody is suppressed, and nothing given up, while one may be retried."""
    order = (AuthSend, RateLimited, TransientSend, PermanentSend, SuppressSend)
    return min(errors, key=lambda error: order.index(type(error)))
