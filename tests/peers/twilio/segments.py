"""How many segments a text takes, counted as the networks do."""

from __future__ import annotations

GSM7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("\f^{}\\[~]|€")


def segments(body: str) -> int:
    """At least one."""
    if set(body) <= GSM7 | EXTENDED:
        length = len(body) + sum(character in EXTENDED for character in body)
        return 1 if length <= 160 else -(-length // 153)
    length = len(body.encode("utf-16-le")) // 2
    return 1 if length <= 70 else -(-length // 67)
