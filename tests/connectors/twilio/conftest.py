"""No test here reaches Twilio: its address is a port where nobody listens."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLWAYS_TWILIO_URL", "http://127.0.0.1:1")
