"""Who is at the other end: a phone number, or on WhatsApp somebody who may hide theirs. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from connectors.twilio import numbers
from hub.sdk import Address, Claim, InvalidAddress

PHONE: Final = "phone"
WHATSAPP: Final = "whatsapp"
PREFIX: Final = "whatsapp:"
BSUID: Final = "bsuid:"
_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,150}")


def normalise_whatsapp(written: str, country: str = "") -> str:
    """A number as E.164, or "bsuid:<id>" for somebody known to WhatsApp alone. Raises InvalidAddress."""
    value = written.strip().removeprefix(PREFIX)
    if value.startswith(BSUID):
        if not _ID.fullmatch(value.removeprefix(BSUID)):
            raise InvalidAddress("This is not a WhatsApp user id.")
        return value
    number = numbers.normalise(value, country)
    if not number.startswith("+"):
        raise InvalidAddress("WhatsApp needs the whole number, with + and the country code.")
    return number


def sender(written: str, form: Mapping[str, str], channel: str) -> tuple[Address, tuple[Claim, ...]]:
    """Who wrote it, and what else they are known as. Raises InvalidAddress."""
    if channel != "whatsapp":
        value = numbers.normalise(written)
        return Address(PHONE, value, numbers.shown(value)), ()
    name = form.get("ProfileName", "")
    user = form.get("ExternalUserId", "")
    number = _number(written, form)
    if number is None:
        value = normalise_whatsapp(BSUID + (user or written.removeprefix(PREFIX)))
        return Address(WHATSAPP, value, form.get("ProfileUsername", "") or name or value, name), ()
    claims = [Claim(PHONE, number, name, verified=True)]
    if user:
        claims.append(Claim(WHATSAPP, normalise_whatsapp(BSUID + user), name, verified=True))
    return Address(WHATSAPP, number, numbers.shown(number), name), tuple(claims)


def own(written: str, channel: str) -> Address:
    """The address of ours that it was written to."""
    if channel == "whatsapp":
        return Address(WHATSAPP, normalise_whatsapp(written))
    return Address(PHONE, numbers.normalise(written))


def target(value: str, channel: str) -> str:
    """An address as Twilio takes it."""
    return value if channel != "whatsapp" else PREFIX + value.removeprefix(BSUID)


def _number(written: str, form: Mapping[str, str]) -> str | None:
    for candidate in (written.removeprefix(PREFIX), "+" + form.get("WaId", "").lstrip("+")):
        with suppress(InvalidAddress):
            if candidate.startswith("+"):
                return normalise_whatsapp(candidate)
    return None
