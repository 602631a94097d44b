"""The window: on some channels free text may only follow, within a time, what a person wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_WINDOWS = text(
    """
    with newest as (
        select who.id as identity_id, channel.id as channel_id, (
            select e.occurred_at + make_interval(secs => channel.seconds) from entry e
            where e.identity_id = who.id and e.channel_id = channel.id and e.direction = 'in' and e.kind = 'message'
            order by e.occurred_at desc, e.id desc limit 1
        ) as closes_at
        from unnest(cast(:identities as bigint[])) as who (id),
             unnest(cast(:channels as bigint[]), cast(:seconds as integer[])) as channel (id, seconds)
    )
    select identity_id, channel_id, closes_at, coalesce(closes_at > now(), false) as open from newest
    """
)


@dataclass(frozen=True, slots=True)
class Window:
    """`closes_at` None: the person has never written there."""

    open: bool
    closes_at: datetime | None


async def windows(
    connection: AsyncConnection, identities: Sequence[int], seconds: Mapping[int, int]
) -> dict[tuple[int, int], Window]:
    """By (identity, channel), for every pair of these identities and the channels of `seconds`, which says how long
    each channel's window is."""
    if not identities or not seconds:
        return {}
    values = {"identities": list(identities), "channels": list(seconds), "seconds": list(seconds.values())}
    return {
        (row.identity_id, row.channel_id): Window(row.open, row.closes_at)
        for row in await connection.execute(_WINDOWS, values)
    }
