"""A message that goes out later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from hub.outbound.errors import OutboundError
from hub.outbound.model import QueueMessage
from hub.timeline.model import Attachment

SEND_SCHEDULED: Final = "send_scheduled"
State = Literal["waiting", "sent", "canceled", "held_back", "failed"]
OPEN: Final = ("waiting", "held_back", "failed")


@dataclass(frozen=True, slots=True)
class Scheduled:
    """`hold`: it waits only so that it can be undone. One that is held back (somebody wrote meanwhile) or has failed
    says why in `code` and `reason`, and waits for an agent; `entry_id` is what it became.
    `address` is whom it goes to."""

    id: int
    version: int
    message: QueueMessage
    agent_name: str
    address: str
    attachments: Sequence[Attachment]
    hold: bool
    send_at: datetime
    state: State
    code: str
    reason: str
    entry_id: int | None
    created_at: datetime


class UnknownScheduled(OutboundError):
    """There is no such message."""

    code = "not_found"
