"""A task as the desk sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Task:
    """`customer` is (id, name) of whoever its identity belongs to now; `entry_id` what it came from. `done_at` is None
    while it is open. A deleted one is told of once more, so that screens take it out."""

    id: int
    version: int
    customer: tuple[int, str]
    identity_id: int
    conversation_id: int | None
    entry_id: int | None
    text: str
    due_at: datetime | None
    assignee_id: int | None
    agent_id: int | None
    created_at: datetime
    done_at: datetime | None
    done_by: int | None
    deleted: bool
