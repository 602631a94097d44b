"""Reading fields."""

from __future__ import annotations

from typing import Final

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.desk.fields.model import Field, Noun

_FIELDS: Final = text(
    """
    select id, noun, key, label, type, choices, archived_at is not null from custom_field
    where cast(:noun as text) is null or noun = :noun order by noun, lower(label), id
    """
).columns(choices=JSONB)


async def list_fields(connection: AsyncConnection, noun: Noun | None = None) -> list[Field]:
    """All of them, the archived too, by name; of one noun or (None) of both."""
    rows = await connection.execute(_FIELDS, {"noun": noun})
    return [
        Field(id_, noun_, key, label, type_, tuple(choices), archived)
        for id_, noun_, key, label, type_, choices, archived in rows
    ]
