"""What Twilio sends about messages, as forms and as it lists them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from hub.sdk import Raw

WHEN = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ACCOUNT = "AC" + "0123456789abcdef" * 2
SID = "SM" + "a" * 32
OWN = "+4930901820"
ANNA = "+4915112345678"
TOKEN = "s3cret-auth-token-of-the-account"
MEDIA = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Messages/{SID}/Media/ME{'1' * 32}"
SMS_SETTINGS: dict[str, object] = {
    "account_sid": ACCOUNT,
    "auth_token": TOKEN,
    "sign_in": "key",
    "api_key": "SK" + "0123456789abcdef" * 2,
    "api_secret": "s3cret-of-the-api-key",
    "number": OWN,
}
WHATSAPP_SETTINGS: dict[str, object] = {
    "account_sid": ACCOUNT,
    "auth_token": TOKEN,
    "number": "030 901820",
    "country": "DE",
}


def incoming(**fields: str) -> Raw:
    form = {"MessageSid": SID, "From": ANNA, "To": OWN, "Body": "Hello", "NumMedia": "0", "AccountSid": ACCOUNT}
    form |= fields
    return Raw(form["MessageSid"], urlencode(form).encode(), WHEN, {"hook": "incoming"})


def whatsapp(**fields: str) -> Raw:
    given = {"From": f"whatsapp:{ANNA}", "To": f"whatsapp:{OWN}", "WaId": ANNA[1:], "ProfileName": "Anna"}
    return incoming(**(given | fields))


def status(state: str, code: str = "", attempt: str = "a1", sid: str = SID) -> Raw:
    form = {"MessageSid": sid, "MessageStatus": state, "To": ANNA, "From": OWN, "AccountSid": ACCOUNT}
    if code:
        form["ErrorCode"] = code
    return Raw(f"{sid};{state};{code}", urlencode(form).encode(), WHEN, {"hook": "status", "attempt": attempt})


def listed(**fields: Any) -> dict[str, Any]:
    return {
        "sid": SID,
        "from": ANNA,
        "to": OWN,
        "body": "Hello",
        "direction": "inbound",
        "status": "received",
        "num_media": "0",
        "error_code": None,
        "date_created": "Sun, 01 Mar 2026 11:59:30 +0000",
        "date_sent": "Sun, 01 Mar 2026 11:59:31 +0000",
        "date_updated": "Sun, 01 Mar 2026 11:59:32 +0000",
        **fields,
    }


def listing(media: list[dict[str, Any]] | None = None, **fields: Any) -> Raw:
    message = listed(**fields)
    content = {"message": message} | ({"media": media} if media else {})
    return Raw(message["sid"], json.dumps(content).encode(), WHEN, {"hook": "list"})
