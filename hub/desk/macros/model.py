"""A macro."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hub.desk.scope import Scope


@dataclass(frozen=True, slots=True)
class Macro:
    """`change` is what PATCH /api/conversations/{id} takes; `reply_id` the canned reply that it writes, if any."""

    id: int
    name: str
    scope: Scope
    owner_id: int
    team_id: int | None
    reply_id: int | None
    change: Mapping[str, object]
