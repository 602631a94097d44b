"""What follows from Twilio's refusal of a call."""

from __future__ import annotations

import pytest

from connectors.twilio.codes import CODES
from connectors.twilio.errors import ApiError, NoAnswer, NotReached
from connectors.twilio.phone_codes import CALL_CODES, dial_error
from hub.sdk import AmbiguousSend, PermanentSend, RateLimited, SendError, TransientSend


@pytest.mark.parametrize("code", sorted({*CODES, *CALL_CODES}))
def test_every_code_says_what_follows(code: int) -> None:
    failure = dial_error(ApiError(400, code, "as Twilio words it"))
    assert isinstance(failure, SendError)
    assert failure.code == str(code)
    assert failure.reason


@pytest.mark.parametrize("code", sorted(CALL_CODES))
def test_words_for_a_call_do_not_speak_of_messages(code: int) -> None:
    reason = dial_error(ApiError(400, code)).reason.lower()
    assert not {"message", "send", "write", "text"} & set(reason.replace(".", " ").replace(",", " ").split())


def test_a_number_that_cannot_be_called_is_not_tried_again() -> None:
    assert isinstance(dial_error(ApiError(400, 21217)), PermanentSend)
    assert isinstance(dial_error(ApiError(400, 21215)), PermanentSend)


def test_too_many_calls_are_tried_again() -> None:
    assert isinstance(dial_error(ApiError(429, 20429, retry_after=3.0)), RateLimited)
    assert isinstance(dial_error(ApiError(400, 10004)), RateLimited)


def test_what_may_be_ringing_is_never_repeated() -> None:
    for trouble in (NoAnswer("…"), ApiError(500, 20500), ApiError(503)):
        failure = dial_error(trouble)
        assert isinstance(failure, AmbiguousSend)
        assert "calling" in failure.reason


def test_what_never_left_is_tried_again() -> None:
    assert isinstance(dial_error(NotReached("…")), TransientSend)
