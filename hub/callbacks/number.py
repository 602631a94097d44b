"""Telephone numbers of customers: one spelling, and where in the world they are."""

from __future__ import annotations

from typing import Final
from zoneinfo import available_timezones

import phonenumbers
from phonenumbers import timezone

from hub.callbacks.model import BadCallback

LONGEST: Final = 40


def normalise(written: str, country: str = "") -> str:
    """As E.164; a number without its country's code is one of `country` (ISO 3166-1). Raises BadCallback."""
    try:
        number = phonenumbers.parse(written[:LONGEST], country.upper() or None)
    except phonenumbers.NumberParseException:
        raise BadCallback("number", "Write the number with its country, such as +49 30 901820.") from None
    if not phonenumbers.is_valid_number(number):
        raise BadCallback("number", "There is no such telephone number. Check its digits.")
    if phonenumbers.number_type(number) in _UNWANTED:
        raise BadCallback("number", "This kind of number cannot be called back. Give one of your own.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def time_zone_of(number: str, usual: str) -> str:
    """Where the number is; `usual` when it lies in many zones and that is one of them, or in none that is known."""
    zones = [one for one in timezone.time_zones_for_number(phonenumbers.parse(number)) if one in available_timezones()]
    return usual if usual in zones or not zones else zones[0]


_UNWANTED: Final = frozenset(
    (
        phonenumbers.PhoneNumberType.PREMIUM_RATE,
        phonenumbers.PhoneNumberType.SHARED_COST,
        phonenumbers.PhoneNumberType.PAGER,
        phonenumbers.PhoneNumberType.UAN,
        phonenumbers.PhoneNumberType.VOICEMAIL,
    )
)
"""Calling them is a trick to make money, or reaches nobody."""
