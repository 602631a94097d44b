"""A draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hub.timeline.model import Attachment


@dataclass(frozen=True, slots=True)
class Draft:
    """`content` is the page's own; `attachments` are the uploads that it names. `version` counts its changes."""

    conversation_id: int
    agent_id: int
    version: int
    content: Mapping[str, object]
    attachments: Sequence[Attachment]
    updated_at: datetime
