"""A mention."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Mention:
    """An agent was named in a note (`entry_id`) by a colleague, and has not said yet that they saw it."""

    entry_id: int
    conversation_id: int
    customer_name: str
    author_id: int | None
    author_name: str
    text: str
    at: datetime
