"""Changes of many conversations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

BULK: Final = "bulk"
"""The job that carries one out, or takes it back."""
MOST: Final = 10_000
"""Conversations of one."""
KEEP_DAYS: Final = 30
"""So long it can be taken back."""


@dataclass(frozen=True, slots=True)
class Bulk:
    """`agent_id` is whose it is. `done` and `failed` of `total` conversations; `reason` is why the first of those
    failed. While it is taken back ("undoing") `done` counts anew."""

    id: int
    agent_id: int
    total: int
    done: int
    failed: int
    state: Literal["running", "done", "undoing", "undone"]
    reason: str
