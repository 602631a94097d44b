"""Labels of conversations."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """`tint` is one of the eight hues of the pages. An archived one stays where it is and is put on nothing new."""

    id: int
    name: str
    tint: int
    archived: bool
