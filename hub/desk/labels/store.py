"""Reading labels."""

from __future__ import annotations

from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.desk.labels.model import Label

_LABELS: Final = text("select id, name, tint, archived_at is not null from label order by lower(name), id")


async def list_labels(connection: AsyncConnection) -> list[Label]:
    """All of them, the archived too, by name."""
    return [Label(*row) for row in await connection.execute(_LABELS)]
