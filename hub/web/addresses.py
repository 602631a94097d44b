"""Addresses as people read them."""

from __future__ import annotations

from functools import lru_cache

import phonenumbers


def shown(kind: str, address: str, written: str = "") -> str:
    """A telephone number as its country groups it, another address as it was first `written`."""
    return number(address) if kind == "phone" else written or address


@lru_cache(maxsize=4096)
def number(value: str) -> str:
    """+4930901820 is "+49 30 901820"; what is no number in E.164 stays as it is."""
    if not value.startswith("+"):
        return value
    try:
        parsed = phonenumbers.parse(value)
    except phonenumbers.NumberParseException:
        return value
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
