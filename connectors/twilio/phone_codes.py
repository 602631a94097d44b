"""What Twilio's codes mean for a call that was to be made, where that differs from a message. Data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from connectors.twilio.errors import ApiError, TwilioTrouble, send_error
from hub.sdk import AmbiguousSend, PermanentSend, RateLimited, SendError

_UNKNOWN: Final = "Twilio took the request and did not answer. It may be calling, or not."
_NO_NUMBER: Final = "This is not a number that can be called."
_OWN_NUMBER: Final = "Twilio does not let this account call from the number of this channel. Check its settings."
_COUNTRY: Final = (
    "Calls to this country are not switched on. An administrator can do so in Twilio's console: Voice → Settings → Geo "
    "permissions."
)
_ADDRESS: Final = "Twilio does not accept this hub's public address; it has to be reachable from the internet."
_TRIAL: Final = "A trial account can call verified numbers only."
CALL_CODES: Final[Mapping[int, tuple[type[SendError], str]]] = {
    10004: (RateLimited, "Too many calls at once; it will be tried again."),
    21201: (PermanentSend, _NO_NUMBER),
    21203: (PermanentSend, _COUNTRY),
    21205: (PermanentSend, _ADDRESS),
    21210: (PermanentSend, _OWN_NUMBER),
    21211: (PermanentSend, _NO_NUMBER),
    21212: (PermanentSend, _OWN_NUMBER),
    21213: (PermanentSend, _OWN_NUMBER),
    21214: (PermanentSend, _NO_NUMBER),
    21215: (PermanentSend, _COUNTRY),
    21216: (PermanentSend, "Twilio does not let this account call this number."),
    21217: (PermanentSend, _NO_NUMBER),
    21219: (PermanentSend, _TRIAL),
    21401: (PermanentSend, _NO_NUMBER),
    21421: (PermanentSend, _NO_NUMBER),
    21609: (PermanentSend, _ADDRESS),
}


def dial_error(trouble: TwilioTrouble) -> SendError:
    """What an attempt to call ended with."""
    if isinstance(trouble, ApiError) and trouble.code in CALL_CODES:
        kind, reason = CALL_CODES[trouble.code]
        return kind(reason, code=str(trouble.code), retry_after=trouble.retry_after)
    failure = send_error(trouble)
    return AmbiguousSend(_UNKNOWN, code=failure.code) if isinstance(failure, AmbiguousSend) else failure
