"""Reading customers and identities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.people.model import Identity, Suppression

_IDENTITY: Final = """
    select i.id, i.kind, i.address, i.shown, i.name, i.verified_at is not null as verified, l.customer_id, l.since,
           s.id as suppression_id, s.channel_id, s.reason, s.since as suppressed_since
    from identity_link l
    join identity i on i.id = l.identity_id
    left join lateral (
        select id, channel_id, reason, since from suppression
        where identity_id = i.id and until is null
        order by channel_id nulls first limit 1
    ) s on true
    where l.until is null
"""
_IDENTITIES_BY_ID: Final = text(f"{_IDENTITY} and l.identity_id = any (:ids) order by i.id")
_IDENTITIES_OF: Final = text(f"{_IDENTITY} and l.customer_id = any (:ids) order by i.kind, i.id")
_IDENTITY_BY_ADDRESS: Final = text(f"{_IDENTITY} and i.kind = :kind and i.address = :address")


def _to_identity(row: Row[Any]) -> Identity:
    suppressed = None
    if row.suppression_id is not None:
        suppressed = Suppression(row.suppression_id, row.id, row.channel_id, row.reason, row.suppressed_since)
    shown = row.shown or row.address
    return Identity(
        row.id, row.kind, row.address, shown, row.name, row.verified, row.customer_id, row.since, suppressed
    )


async def get_identities(connection: AsyncConnection, ids: Iterable[int]) -> list[Identity]:
    """Those that exist, in order of their ids."""
    return [_to_identity(row) for row in await connection.execute(_IDENTITIES_BY_ID, {"ids": list(ids)})]


async def get_identity(connection: AsyncConnection, identity_id: int) -> Identity | None:
    return next(iter(await get_identities(connection, [identity_id])), None)


async def find_identity(connection: AsyncConnection, kind: str, address: str) -> Identity | None:
    """By the normalised address."""
    row = (await connection.execute(_IDENTITY_BY_ADDRESS, {"kind": kind, "address": address})).one_or_none()
    return None if row is None else _to_identity(row)


async def identities_of(connection: AsyncConnection, customers: Iterable[int]) -> dict[int, tuple[Identity, ...]]:
    """The present identities of each customer; () for one that has none (it was merged)."""
    wanted = list(customers)
    found: defaultdict[int, list[Identity]] = defaultdict(list)
    for row in await connection.execute(_IDENTITIES_OF, {"ids": wanted}):
        found[row.customer_id].append(_to_identity(row))
    return {customer_id: tuple(found[customer_id]) for customer_id in wanted}
