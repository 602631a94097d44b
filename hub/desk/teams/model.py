"""Teams of agents."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Team:
    """`member_ids` ascend. An archived one keeps its conversations and gets no new ones."""

    id: int
    name: str
    member_ids: tuple[int, ...]
    archived: bool
