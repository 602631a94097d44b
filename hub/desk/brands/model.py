"""A brand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Brand:
    """`signature_html` is cleaned HTML with Liquid variables; it stands under the mails of its channels."""

    id: int
    name: str
    signature_html: str
    channel_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Filled in. `html` is empty where the text is all there is."""

    text: str
    html: str
    brand: str = ""
