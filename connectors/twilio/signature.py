"""Whether a call really comes from Twilio: it signs the address it calls and what it sends with the auth token."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl

from multidict import MultiDict
from twilio.request_validator import RequestValidator

from hub.sdk import HookRequest

HEADER: Final = "X-Twilio-Signature"
MAX_FIELDS: Final = 300


def verified_form(request: HookRequest, auth_token: str) -> dict[str, str]:
    """The form that Twilio sent, the first value of each field. Raises PermissionError for anything that is not
    signed as it must be: with our own public address, never the one that the request claims for itself."""
    if not auth_token:
        raise PermissionError("Without an auth token no call can be verified.")
    try:
        fields = _fields(request)
        url = request.public_base.rstrip("/") + request.target
        valid = RequestValidator(auth_token).validate(url, fields, _header(request))
    except Exception as failure:  # the validator raises whatever it stumbles over, and none of it is a signature
        raise PermissionError("The call is not one of Twilio's.") from failure
    if valid is not True:
        raise PermissionError("The signature is not Twilio's.")
    return {name: fields.getone(name) for name in fields}


def _header(request: HookRequest) -> str:
    for name, value in request.headers.items():
        if name.lower() == HEADER.lower():
            return value
    raise ValueError("There is no signature.")


def _fields(request: HookRequest) -> MultiDict[str]:
    """What Twilio signs besides the address: the form of a POST. The query is part of the address."""
    if request.method != "POST":
        return MultiDict()
    text = request.body.decode("utf-8")
    return MultiDict(parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text), max_num_fields=MAX_FIELDS))
