"""What each of Twilio's errors means for a message."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.twilio.codes import CLASSES, CODES, UNCONFIRMED
from connectors.twilio.errors import ApiError, NoAnswer, NotReached, run_error, send_error
from hub.sdk import (
    AmbiguousSend,
    AuthSend,
    ConnectionTrouble,
    CredentialsRefused,
    NeedsTemplate,
    PermanentSend,
    RateLimited,
    SendError,
    SuppressSend,
    TransientSend,
)

FACTS = {
    SuppressSend: (21610,),
    PermanentSend: (21211, 21408, 30005, 30006, 63003, 30007, 30034, 30450, 63021),
    NeedsTemplate: (63016,),
    RateLimited: (20429, 21611, 63017, 63018),
    TransientSend: (30001, 30003, 30008),
    AuthSend: (20003,),
}


DOCUMENTED: dict[str, str] = json.loads(
    (Path(__file__).parent / "fixtures" / "errors__messages.json").read_text(encoding="utf-8")
)


def test_every_documented_code_has_a_class_and_every_class_is_documented() -> None:
    documented = {int(code) for code in DOCUMENTED}
    assert documented - set(CODES) == set(), "documented, and in no class"
    assert set(CODES) - documented == UNCONFIRMED, "in a class, and nobody says where it is documented"


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (63008, AuthSend),  # the sender's configuration, not the message
        (63020, AuthSend),
        (21264, AuthSend),
        (30027, RateLimited),  # a day's worth is used up
        (30500, TransientSend),
        (63036, TransientSend),
        (63011, PermanentSend),
    ],
)
def test_what_is_at_fault_decides_the_class(code: int, kind: type[SendError]) -> None:
    assert type(send_error(ApiError(400, code))) is kind


def test_every_code_is_in_exactly_one_class_and_says_why_in_plain_words() -> None:
    counted = Counter(code for codes in CLASSES.values() for code in codes)
    assert [code for code, times in counted.items() if times > 1] == []
    assert len(CODES) == len(counted) > 100
    for code, found in CODES.items():
        assert 10_000 < code < 100_000
        assert found.reason.endswith("."), code


@pytest.mark.parametrize(("kind", "code"), [(kind, code) for kind, codes in FACTS.items() for code in codes])
def test_the_codes_of_the_documents_do_what_they_say(kind: type[SendError], code: int) -> None:
    error = send_error(ApiError(400, code, "As Twilio says it"))
    assert type(error) is kind
    assert error.code == str(code)
    assert "As Twilio says it" in error.reason


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, PermanentSend),
        (401, AuthSend),
        (403, AuthSend),
        (404, AuthSend),
        (409, PermanentSend),
        (422, PermanentSend),
        (429, RateLimited),
        (500, AmbiguousSend),
        (502, AmbiguousSend),
        (503, AmbiguousSend),
        (504, AmbiguousSend),
        (302, PermanentSend),
    ],
)
def test_an_unknown_code_means_what_the_status_means(status: int, kind: type[SendError]) -> None:
    assert type(send_error(ApiError(status, 99999))) is kind


def test_what_was_not_sent_is_tried_again_and_what_was_sent_is_not() -> None:
    assert send_error(NotReached("refused")).retryable
    assert type(send_error(NoAnswer("silence"))) is AmbiguousSend
    assert not send_error(NoAnswer("silence")).retryable


def test_twilios_wish_to_wait_is_passed_on() -> None:
    assert send_error(ApiError(429, 20429, retry_after=7.0)).retry_after == 7.0


def test_the_channel_says_whether_credentials_or_the_network_are_at_fault() -> None:
    assert isinstance(run_error(ApiError(401, 20003)), CredentialsRefused)
    assert isinstance(run_error(ApiError(503)), ConnectionTrouble)
    assert isinstance(run_error(NotReached("refused")), ConnectionTrouble)


@given(status=st.integers(100, 599), code=st.integers(0, 99_999), message=st.text(max_size=30))
def test_every_answer_means_something(status: int, code: int, message: str) -> None:
    error = send_error(ApiError(status, code, message))
    assert error.reason.strip()
    assert error.code
