"""Only what Twilio signed, for our own public address, is taken."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from connectors.twilio.signature import verified_form
from hub.sdk import HookRequest

TOKEN = "s3cret-auth-token"
BASE = "https://desk.example.org"
TARGET = "/hooks/7/status?attempt=a%2Bb"
FORM = {"MessageSid": "SM1", "Body": "Grüße & mehr", "From": "+49151"}


def request(
    form: dict[str, str],
    signature: str | None,
    *,
    base: str = BASE,
    target: str = TARGET,
    header: str = "X-Twilio-Signature",
    host: str = "desk.example.org",
    body: bytes | None = None,
) -> HookRequest:
    headers = {"Host": host, "X-Forwarded-Host": host, "X-Forwarded-Proto": "https"}
    if signature is not None:
        headers[header] = signature
    content = urlencode(form).encode() if body is None else body
    return HookRequest("POST", target, headers, content, base)


def sign(url: str, form: dict[str, str], token: str = TOKEN) -> str:
    return str(RequestValidator(token).compute_signature(url, form))


def test_what_twilio_signed_is_taken() -> None:
    assert verified_form(request(FORM, sign(BASE + TARGET, FORM)), TOKEN) == FORM


def test_headers_have_any_case_and_fields_may_be_empty() -> None:
    form = {**FORM, "ErrorCode": ""}
    found = verified_form(request(form, sign(BASE + TARGET, form), header="x-twilio-signature"), TOKEN)
    assert found["ErrorCode"] == ""


@pytest.mark.parametrize("base", ["https://desk.example.org:8443", "http://127.0.0.1:4000", "http://[::1]:4000"])
def test_a_public_address_with_a_port_is_the_address_that_is_signed(base: str) -> None:
    assert verified_form(request(FORM, sign(base + TARGET, FORM), base=base), TOKEN) == FORM


def test_twilio_may_sign_with_the_usual_port_written_out() -> None:
    assert verified_form(request(FORM, sign(f"{BASE}:443{TARGET}", FORM)), TOKEN) == FORM


def test_credentials_in_the_public_address_belong_to_it() -> None:
    base = "https://user:pass@desk.example.org"
    assert verified_form(request(FORM, sign(base + TARGET, FORM), base=base), TOKEN) == FORM


@pytest.mark.parametrize(
    "signature",
    [None, "", "a", "nonsense==", "ä", sign(BASE + TARGET, FORM)[:-2], sign(BASE + TARGET, FORM, "another token")],
)
def test_a_missing_or_forged_signature_is_refused(signature: str | None) -> None:
    with pytest.raises(PermissionError):
        verified_form(request(FORM, signature), TOKEN)


@pytest.mark.parametrize(
    "url",
    [
        BASE + TARGET.replace("7", "8"),
        BASE + TARGET + "&more=1",
        BASE + "/hooks/7/status",
        f"{BASE}:8443{TARGET}",
        "http://desk.example.org" + TARGET,
        "https://other.example.org" + TARGET,
        BASE + TARGET.replace("%2B", "+"),
    ],
)
def test_a_signature_for_another_address_is_refused(url: str) -> None:
    with pytest.raises(PermissionError):
        verified_form(request(FORM, sign(url, FORM)), TOKEN)


def test_who_calls_under_another_host_name_proves_nothing_with_it() -> None:
    signed = sign("https://evil.example.org" + TARGET, FORM)
    with pytest.raises(PermissionError):
        verified_form(request(FORM, signed, host="evil.example.org"), TOKEN)


@pytest.mark.parametrize("base", ["", "https://[::1", "https://desk.example.org:99999", "nonsense"])
def test_a_public_address_that_makes_no_sense_refuses_and_does_not_fail(base: str) -> None:
    with pytest.raises(PermissionError):
        verified_form(request(FORM, sign(BASE + TARGET, FORM), base=base), TOKEN)


@pytest.mark.parametrize("body", [b"\xff\xfe", b"{}", b"a", b"a=1&" * 2000, b'{"a": 1}', b"=&=&=;"])
def test_a_body_that_is_no_form_refuses_and_does_not_fail(body: bytes) -> None:
    with pytest.raises(PermissionError):
        verified_form(request(FORM, sign(BASE + TARGET, FORM), body=body), TOKEN)


def test_without_an_auth_token_nothing_is_taken() -> None:
    with pytest.raises(PermissionError):
        verified_form(request(FORM, sign(BASE + TARGET, FORM, "")), "")


TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)
FORMS = st.dictionaries(TEXTS.filter(bool), TEXTS, min_size=1, max_size=6)


@given(form=FORMS, path=TEXTS)
def test_any_form_to_any_path_is_verified_as_twilio_signs_it(form: dict[str, str], path: str) -> None:
    target = f"/hooks/1/incoming/{quote(path, safe='')}"
    assert verified_form(request(form, sign(BASE + target, form), target=target), TOKEN) == form


@given(form=FORMS, changed=FORMS)
def test_a_changed_form_is_refused(form: dict[str, str], changed: dict[str, str]) -> None:
    signature = sign(BASE + TARGET, form)
    if sign(BASE + TARGET, changed) == signature:  # {"a": "bc"} and {"ab": "c"} are signed alike, as Twilio does it
        return
    with pytest.raises(PermissionError):
        verified_form(request(changed, signature), TOKEN)


@given(signature=TEXTS, base=TEXTS, target=TEXTS, body=st.binary(max_size=60))
def test_whatever_comes_is_refused_and_nothing_else_is_raised(
    signature: str, base: str, target: str, body: bytes
) -> None:
    with pytest.raises(PermissionError):
        verified_form(request({}, signature, base=base, target=target, body=body), TOKEN)
