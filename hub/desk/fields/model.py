"""Fields of customers and conversations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Noun = Literal["customer", "conversation"]
FieldType = Literal["text", "number", "boolean", "date", "choice", "url"]


@dataclass(frozen=True, slots=True)
class Field:
    """`key` names its values, in the attributes of customers and the fields of conversations; noun, key and type stay
    as they are. An archived one takes no new values."""

    id: int
    noun: Noun
    key: str
    label: str
    type: FieldType
    choices: tuple[str, ...]
    archived: bool
