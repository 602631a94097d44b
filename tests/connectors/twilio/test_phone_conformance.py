"""The telephone passes the suite that every connector passes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar
from urllib.parse import urlencode

import pytest

from connectors.twilio import phone_wire
from connectors.twilio.phone import PhoneConnector
from hub.sdk import Connector, Raw
from hub.sdk.testing.conformance import ConnectorConformance

WHEN = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
CALL = "CA" + "1" * 32
SETTINGS: dict[str, object] = {
    "account_sid": "AC" + "0123456789abcdef" * 2,
    "auth_token": "s3cret-auth-token-of-the-account",
    "number": "030 901820",
    "country": "DE",
}


def raw(hook: str, form: dict[str, str], query: str = "") -> Raw:
    body = urlencode({"CallSid": CALL, "CallStatus": "in-progress", **form}).encode()
    return phone_wire.to_raw(hook, f"/hooks/1/{hook}?{query}", body, WHEN)


@pytest.fixture(autouse=True)
def _nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLWAYS_TWILIO_URL", "http://127.0.0.1:1")


class TestPhone(ConnectorConformance):
    connector: ClassVar[Connector] = PhoneConnector()
    settings: ClassVar[dict[str, object]] = SETTINGS
    addresses: ClassVar[dict[str, str]] = {"+49 30 901820": "+4930901820", "0044 20 7946 0000": "+442079460000"}
    bad_addresses: ClassVar[list[str]] = ["12", "anna@example.org", "+", "+49"]
    raws: ClassVar[list[Raw]] = [
        raw("voice", {"From": "+4915112345678", "To": "+4930901820", "CallerName": "ANNA"}),
        raw("leg", {"AnsweredBy": "machine_end_beep"}, "leg=tok.1"),
        raw("leg", {}, "ask=left&after=x"),
        raw("digits", {"Digits": "1"}, "leg=tok.1&step=accept&after=x"),
        raw("wait", {}, "after=y"),
        raw("room", {"ConferenceSid": "CF1", "StatusCallbackEvent": "participant-join", "SequenceNumber": "2"}),
        raw("room", {"ConferenceSid": "CF1", "StatusCallbackEvent": "conference-end", "SequenceNumber": "5"}),
        raw("status", {"CallStatus": "no-answer", "CallDuration": "0"}, "leg=tok.1"),
        raw("recording", {"RecordingSid": "RE1", "RecordingUrl": "https://api.twilio.com/RE1"}, "step=voicemail"),
        raw(
            "transcription", {"TranscriptionSid": "TR1", "TranscriptionStatus": "completed", "TranscriptionText": "Hi"}
        ),
        *phone_wire.listed({"sid": CALL, "from": "+4915112345678", "to": "+4930901820", "status": "completed"}, WHEN),
    ]
