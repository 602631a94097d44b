"""Reading changes of many conversations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.bulk.model import Bulk

_BULKS: Final = text(
    """
    select id, agent_id, total, done, failed, state,
           coalesce((select reason from bulk_item i where i.bulk_id = b.id and i.state = 'failed' and b.failed > 0
                     order by conversation_id limit 1), '') as reason
    from bulk_change b where id = any (:ids) order by id
    """
)


async def get_bulks(connection: AsyncConnection, ids: Iterable[int]) -> list[Bulk]:
    """Those that exist, in order of their ids."""
    return [Bulk(*row) for row in await connection.execute(_BULKS, {"ids": list(ids)})]


async def get_bulk(connection: AsyncConnection, bulk_id: int) -> Bulk | None:
    return next(iter(await get_bulks(connection, [bulk_id])), None)
