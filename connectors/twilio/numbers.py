"""Phone numbers: one spelling for each, E.164 ("+4915123456789"). Pure."""

from __future__ import annotations

import re
from typing import Final

import phonenumbers

from hub.sdk import InvalidAddress

_WRITTEN: Final = re.compile(r"\+?[0-9 ()./\u00a0-]{2,40}")
_SHORT_CODE: Final = re.compile(r"[0-9]{3,6}")
_HOW: Final = "Write it with + and the country code, such as +49 1512 3456789."


def normalise(written: str, country: str = "") -> str:
    """The number as E.164, or a short code as it is. A national number is one of `country`, where that is given.
    Raises InvalidAddress."""
    number = written.strip().replace("\u2011", "-")
    if not _WRITTEN.fullmatch(number):
        raise InvalidAddress(f"This is not a phone number. {_HOW}")
    if _SHORT_CODE.fullmatch(number):
        return number
    if number.startswith("00"):
        number = "+" + number[2:]
    if not number.startswith("+") and not country:
        raise InvalidAddress(f"The country code is missing. {_HOW}")
    try:
        parsed = phonenumbers.parse(number, country or None)
    except phonenumbers.NumberParseException:
        raise InvalidAddress(f"This is not a phone number. {_HOW}") from None
    if not phonenumbers.is_possible_number(parsed) or parsed.extension:
        raise InvalidAddress(f"No phone number is like this; digits are missing or too many. {_HOW}")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def country_of(number: str) -> str:
    """The country of a number in E.164, "" for a short code and for numbers of no country."""
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(number, None)) or ""
    except phonenumbers.NumberParseException:
        return ""


def shown(number: str) -> str:
    """A number as people write it: "+49 1512 3456789"."""
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
