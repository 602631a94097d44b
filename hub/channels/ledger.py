"""The ledger: per channel and day, what came in and what became of it. Nothing received is missing from it."""

from __future__ import annotations

from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.channels.model import LedgerDay, VolumeDay

MAX_DAYS: Final = 366
_LEDGER = text(
    """
    with start as (
        select cast(now() at time zone 'UTC' as date) - cast(:days as integer) + 1 as day
    ), span as (
        select cast(each.day as date) as day
        from start, generate_series(start.day, cast(now() at time zone 'UTC' as date), interval '1 day') as each (day)
    ), came as (
        select cast(stored_at at time zone 'UTC' as date) as day, count(*) as received,
               count(*) filter (where state = 'stored') as stored,
               count(*) filter (where state = 'quarantined') as quarantined,
               count(*) filter (where state = 'ignored') as ignored
        from raw
        where channel_id = :channel_id
          and stored_at >= cast((select day from start) as timestamp) at time zone 'UTC'
        group by 1
    ), went as (
        select cast(since at time zone 'UTC' as date) as day,
               count(*) filter (where state in ('sent', 'delivered', 'read')) as sent,
               count(*) filter (where state in ('failed', 'uncertain')) as failed
        from delivery
        where channel_id = :channel_id
          and since >= cast((select day from start) as timestamp) at time zone 'UTC'
        group by 1
    )
    select span.day, coalesce(received, 0) as received, coalesce(stored, 0) as stored,
           coalesce(quarantined, 0) as quarantined, coalesce(ignored, 0) as ignored,
           coalesce(sent, 0) as sent, coalesce(failed, 0) as failed
    from span left join came on came.day = span.day left join went on went.day = span.day
    order by span.day desc
    """
)


_VOLUMES = text(
    """
    with start as (
        select cast(cast(now() at time zone 'UTC' as date) - cast(:days as integer) + 1 as timestamp)
               at time zone 'UTC' as at
    ), came as (
        select channel_id, cast(stored_at at time zone 'UTC' as date) as day, count(*) as received
        from raw where stored_at >= (select at from start) group by 1, 2
    ), went as (
        select channel_id, cast(since at time zone 'UTC' as date) as day,
               count(*) filter (where state in ('sent', 'delivered', 'read')) as sent,
               count(*) filter (where state in ('failed', 'uncertain')) as failed
        from delivery where since >= (select at from start) group by 1, 2
    )
    select c.id as channel_id, cast(each.day as date) as day, coalesce(came.received, 0) as received,
           coalesce(went.sent, 0) as sent, coalesce(went.failed, 0) as failed
    from channel c cross join start
    cross join generate_series(cast(start.at at time zone 'UTC' as date), cast(now() at time zone 'UTC' as date),
                               interval '1 day') as each (day)
    left join came on came.channel_id = c.id and came.day = cast(each.day as date)
    left join went on went.channel_id = c.id and went.day = cast(each.day as date)
    where c.state <> 'archived'
    order by c.id, each.day
    """
)


async def volumes(connection: AsyncConnection, days: int = 14) -> dict[int, list[VolumeDay]]:
    """The last `days` days (UTC) of every channel that is not archived, by its id, oldest first: in one query."""
    found: dict[int, list[VolumeDay]] = {}
    for channel_id, *counted in await connection.execute(_VOLUMES, {"days": max(1, min(days, MAX_DAYS))}):
        found.setdefault(channel_id, []).append(VolumeDay(*counted))
    return found


async def ledger(connection: AsyncConnection, channel_id: int, days: int = 30) -> list[LedgerDay]:
    """The last `days` days (UTC), today first, days without anything included.

    A message counts as sent or failed on the day its delivery came to the state that it is in.
    """
    days = max(1, min(days, MAX_DAYS))
    rows = await connection.execute(_LEDGER, {"channel_id": channel_id, "days": days})
    return [LedgerDay(**row._mapping) for row in rows]
