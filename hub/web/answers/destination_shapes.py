"""Where a conversation can be answered, and what may go there."""

from __future__ import annotations

from datetime import datetime

from typing_extensions import TypedDict


class DestinationLimits(TypedDict):
    """`max_files` go in one message, and text only beside files of the types `captioned` (null: any number, any type);
    what is more becomes further messages. `max_bytes` is for each of them."""

    max_bytes: int
    max_text: int | None
    max_files: int | None
    captioned: list[str] | None
    attachments: bool
    subject: bool
    cc: bool
    html: bool


class DestinationWindow(TypedDict):
    """Free text may be sent while it is open; then a template alone. `closes_at` null: they have never written here."""

    open: bool
    closes_at: datetime | None


class DestinationText(TypedDict):
    """How text goes there: cut into, and paid by, segments of SMS; at most so many characters; also as templates."""

    segments: bool
    max_text: int | None
    templates: bool


class Template(TypedDict):
    """A text that the provider knows: `body` has its variables as {{name}}, `variables` an example for each. Only an
    `approved` one can be sent while the window is closed."""

    id: str
    name: str
    language: str
    body: str
    variables: dict[str, str]
    quick_replies: list[str]
    approved: bool
    category: str


Destination = TypedDict(
    "Destination",
    {
        "identity_id": int,
        "channel_id": int,
        "channel_kind": str,
        "kind": str,
        "address": str,
        "name": str,
        "from": str,
        "usable": bool,
        "reason": str | None,
        "verified": bool,
        "default": bool,
        "limits": DestinationLimits,
        "text": DestinationText,
        "window": DestinationWindow | None,
    },
)
