"""Setting up fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import orjson
from sqlalchemy import text

from hub.desk import audit
from hub.desk.errors import BadValue, NameTaken, UnknownField
from hub.desk.fields.model import Field, FieldType, Noun
from hub.desk.fields.store import list_fields
from hub.events.model import DeskChanged
from hub.events.outbox import Tx

MOST: Final = 200
_ADD: Final = text(
    """
    insert into custom_field (noun, key, label, type, choices)
    values (:noun, :key, :label, :type, cast(:choices as jsonb)) on conflict do nothing returning id
    """
)
_CHANGE: Final = text(
    """
    update custom_field set label = :label, choices = cast(:choices as jsonb),
        archived_at = case when :archived then coalesce(archived_at, now()) end
    where id = :id
    """
)


async def add_field(
    tx: Tx, *, noun: Noun, key: str, label: str, type_: FieldType, choices: Sequence[str], by: int | None
) -> Field:
    """Raises NameTaken for a key that a field of the noun has, and BadValue for choices that do not fit the type."""
    if len(await list_fields(tx.connection)) >= MOST:
        raise NameTaken(f"There are {MOST} fields, which is the most. Use one of them.")
    kept = _choices(type_, choices)
    values = {"noun": noun, "key": key, "label": label, "type": type_, "choices": orjson.dumps(kept).decode()}
    field_id = await tx.connection.scalar(_ADD, values)
    if field_id is None:
        raise NameTaken(f"Another field has the key {key}. Choose another, or take that one out of the archive.")
    await audit.record(tx, by, "field.add", f"field:{field_id}", {"noun": noun, "key": key})
    tx.emit(DeskChanged())
    return await _field(tx, field_id)


async def change_field(
    tx: Tx,
    field_id: int,
    *,
    label: str | None = None,
    choices: Sequence[str] | None = None,
    archived: bool | None = None,
    by: int | None,
) -> Field:
    """What is None stays. Values that were chosen stay, even when they are no choice any more. Raises UnknownField and
    BadValue."""
    now = await _field(tx, field_id)
    kept = list(now.choices) if choices is None else _choices(now.type, choices)
    values = {
        "id": field_id,
        "label": now.label if label is None else label,
        "choices": orjson.dumps(kept).decode(),
        "archived": now.archived if archived is None else archived,
    }
    await tx.connection.execute(_CHANGE, values)
    await audit.record(tx, by, "field.change", f"field:{field_id}", {"label": values["label"]})
    tx.emit(DeskChanged())
    return await _field(tx, field_id)


def _choices(type_: FieldType, choices: Sequence[str]) -> list[str]:
    kept = list(dict.fromkeys(choices))
    if type_ == "choice" and not kept:
        raise BadValue("choices", "Give at least one thing to choose.")
    if type_ != "choice" and kept:
        raise BadValue("choices", "Only a field of the type choice has choices.")
    return kept


async def _field(tx: Tx, field_id: int) -> Field:
    for field in await list_fields(tx.connection):
        if field.id == field_id:
            return field
    raise UnknownField(f"Field {field_id} does not exist. Reload the page.")
