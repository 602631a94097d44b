"""Everything that can go wrong with Twilio, and what follows from it.

ApiError     Twilio refused: its code decides (CODES), else the HTTP status
NotReached   nothing was sent
NoAnswer     it was sent, and nobody knows what became of it
"""

from __future__ import annotations

from typing import Final

from connectors.twilio.codes import CODES, Fault
from hub.sdk import (
    AmbiguousSend,
    AuthSend,
    ConnectionTrouble,
    ConnectorError,
    CredentialsRefused,
    NeedsTemplate,
    PermanentSend,
    RateLimited,
    SendError,
    SuppressSend,
    TransientSend,
)

_SEND: Final[dict[str, type[SendError]]] = {
    "suppress": SuppressSend,
    "permanent": PermanentSend,
    "policy": PermanentSend,
    "template": NeedsTemplate,
    "rate": RateLimited,
    "transient": TransientSend,
    "ambiguous": AmbiguousSend,
    "auth": AuthSend,
}
NOT_REACHED: Final = "Twilio cannot be reached. It will be tried again."
NO_ANSWER: Final = "Twilio took the request and did not answer. The message may be on its way, or not."


class TwilioTrouble(Exception):
    """Base of the three. `str` is plain words without secrets."""


class NotReached(TwilioTrouble):
    """The connection could not be made; nothing was sent."""


class NoAnswer(TwilioTrouble):
    """The request was sent, or a part of it, and no whole answer came."""


class ApiError(TwilioTrouble):
    """Twilio answered with an error: HTTP `status`, its own `code` (0 when it gave none), `message`."""

    def __init__(self, status: int, code: int = 0, message: str = "", retry_after: float | None = None) -> None:
        self.status = status
        self.code = code
        self.message = message
        self.retry_after = retry_after
        super().__init__(f"Twilio answered {code or status}: {message or self.fault.reason}")

    @property
    def fault(self) -> Fault:
        return fault(self.code, self.status)


def fault(code: int, status: int = 400) -> Fault:
    """What a code means; for one that is not documented, what the HTTP status means."""
    known = CODES.get(code)
    if known is not None:
        return known
    if status == 429:
        return Fault("rate", "Twilio wants fewer requests; it will be tried again.")
    if status in (401, 403):
        return Fault("auth", "Twilio refuses the account's credentials. An administrator has to correct the channel.")
    if status >= 500:
        return Fault("ambiguous", NO_ANSWER)
    if status == 404:
        return Fault("auth", "Twilio does not know this account or sender. Check the channel's settings.")
    return Fault("permanent", "Twilio refused this message.")


def send_error(trouble: TwilioTrouble) -> SendError:
    """What an attempt to send ended with."""
    if isinstance(trouble, NotReached):
        return TransientSend(NOT_REACHED)
    if not isinstance(trouble, ApiError):
        return AmbiguousSend(NO_ANSWER)
    found = trouble.fault
    reason = found.reason if not trouble.message else f"{found.reason} (Twilio: {trouble.message})"
    return _SEND[found.kind](reason, code=str(trouble.code or trouble.status), retry_after=trouble.retry_after)


def run_error(trouble: TwilioTrouble) -> ConnectorError:
    """What `run`, `fetch` and the like end with: never a SendError."""
    if isinstance(trouble, ApiError) and trouble.fault.kind == "auth":
        return CredentialsRefused(f"{trouble} Check account SID, auth token and sender in the channel's settings.")
    return ConnectionTrouble(str(trouble))
