"""How a text message is cut for the network, which Twilio counts by. Pure.

In the GSM alphabet a message holds 160 characters, or 153 in each of several; those of its extension count two. One
character outside of it makes the whole text UCS-2: 70, or 67 in each of several. What counts two is never cut in half.
"""

from __future__ import annotations

from typing import Final

_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED: Final = frozenset("\f^{}\\[~]|€")


def segments(text: str) -> int:
    """At least 1."""
    if all(one in _BASIC or one in _EXTENDED for one in text):
        weights, alone, joined = [1 + (one in _EXTENDED) for one in text], 160, 153
    else:
        weights, alone, joined = [1 + (ord(one) > 0xFFFF) for one in text], 70, 67
    if sum(weights) <= alone:
        return 1
    count, left = 0, 0
    for weight in weights:
        if weight > left:
            count, left = count + 1, joined
        left -= weight
    return count
