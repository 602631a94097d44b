"""Reading customers and identities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.db.engine import Reader
from hub.people.model import (
    Customer,
    CustomerHead,
    CustomerPage,
    CustomerSummary,
    Identity,
    ListedSuppression,
    Merge,
    Suppression,
)
from hub.timeline.model import ChannelRef

_IDENTITY: Final = """
    select i.id, i.kind, i.address, i.shown, i.name, i.verified_at is not null as verified, l.customer_id, i.created_at,
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
_IDENTITIES_OF: Final = f"{_IDENTITY} and l.customer_id = any ($1) order by i.kind, i.id"


def _to_identity(row: Sequence[Any]) -> Identity:
    id_, kind, address, shown, name, verified, customer_id, since, suppression_id, *suppression = row
    suppressed = None if suppression_id is None else Suppression(suppression_id, id_, *suppression)
    return Identity(id_, kind, address, shown or address, name, verified, customer_id, since, suppressed)


async def get_identities(connection: AsyncConnection, ids: Iterable[int]) -> list[Identity]:
    """Those that exist, in order of their ids."""
    return [_to_identity(row) for row in await connection.execute(_IDENTITIES_BY_ID, {"ids": list(ids)})]


async def get_identity(connection: AsyncConnection, identity_id: int) -> Identity | None:
    return next(iter(await get_identities(connection, [identity_id])), None)


async def identities_of(reader: Reader, customers: Iterable[int]) -> dict[int, tuple[Identity, ...]]:
    """The present identities of each customer; () for one that has none (it was merged)."""
    wanted = list(customers)
    found: defaultdict[int, list[Identity]] = defaultdict(list)
    for identity in map(_to_identity, await reader.fetch(_IDENTITIES_OF, wanted)):
        found[identity.customer_id].append(identity)
    return {customer_id: tuple(found[customer_id]) for customer_id in wanted}


_CUSTOMER: Final = """
    select id, version, name, attributes, created_at, merged_into,
           (select count(*) from conversation c
            where c.state = 'open'
              and c.identity_id in (select l.identity_id from identity_link l
                                    where l.customer_id = customer.id and l.until is null)) as conversations_open
    from customer where id = $1
"""
_MERGES: Final = """
    select m.id, m.from_id, m.into_id, theirs.name as from_name, ours.name as into_name, m.agent_id,
           agent.name as agent_name, m.at, m.undone_at is null as undoable
    from merge m
    join customer theirs on theirs.id = m.from_id
    join customer ours on ours.id = m.into_id
    left join agent on agent.id = m.agent_id
    where m.into_id = $1 or m.from_id = $1
    order by m.id desc
"""


async def get_customer(reader: Reader, customer_id: int) -> Customer | None:
    """A merged one too: it says where it went."""
    row = await reader.fetchrow(_CUSTOMER, customer_id)
    if row is None:
        return None
    identities = await identities_of(reader, [customer_id])
    merges = await reader.fetch(_MERGES, customer_id)
    return Customer(**row, identities=identities[customer_id], merges=tuple(Merge(*one) for one in merges))


# Each branch uses its own trigram index; "+ 0" keeps the planner from walking all customers instead.
_FIND: Final = """
    with found as (
        (select c.id from customer c
         where (lower(c.name) like $3 or lower(c.name) like $4) and c.merged_into is null and c.id < $1
         order by c.id + 0 desc limit $2)
        union
        (select l.customer_id from identity i join identity_link l on l.identity_id = i.id and l.until is null
         where i.address like $3 and l.customer_id < $1
         order by l.customer_id + 0 desc limit $2)
    )
    select c.id, c.name from found join customer c on c.id = found.id order by c.id desc limit $2
"""
_NEWEST: Final = "select id, name from customer where merged_into is null and id < $1 order by id desc limit $2"
_SUMMARIES: Final = "select id, name from customer where id = any ($1) order by id"


def _like(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


async def find_customers(reader: Reader, query: str, before: int | None, limit: int) -> CustomerPage:
    """By the beginning of an address, of the name or of a word of the name, whatever its case; all for no query.
    Newest first, from the one before id `before`."""
    words = _like(" ".join(query.lower().split()))
    page = (before or (1 << 63) - 1, limit + 1)
    found = await (reader.fetch(_FIND, *page, f"{words}%", f"% {words}%") if words else reader.fetch(_NEWEST, *page))
    items = await _summaries(reader, found[:limit])
    return CustomerPage(tuple(items), str(items[-1].id) if len(found) > limit else None)


async def get_summaries(reader: Reader, ids: Iterable[int]) -> list[CustomerSummary]:
    """Those that exist, in order of their ids."""
    return await _summaries(reader, await reader.fetch(_SUMMARIES, list(ids)))


async def _summaries(reader: Reader, named: Sequence[tuple[int, str]]) -> list[CustomerSummary]:
    identities = await identities_of(reader, [customer_id for customer_id, _ in named])
    return [CustomerSummary(customer_id, name, identities[customer_id]) for customer_id, name in named]


_SUPPRESSIONS: Final = text(
    """
    select s.id, s.identity_id, s.channel_id, s.reason, s.since, c.kind as channel_kind, c.name as channel_name,
           s.agent_id, a.name as agent_name
    from suppression s left join channel c on c.id = s.channel_id left join agent a on a.id = s.agent_id
    where s.until is null and s.id < :after order by s.id desc limit :limit
    """
)


async def suppressions_page(connection: AsyncConnection, after: int | None, limit: int) -> list[ListedSuppression]:
    """Those in force, newest first, from the one before id `after`; a shorter list is the last."""
    rows = (await connection.execute(_SUPPRESSIONS, {"after": after or (1 << 63) - 1, "limit": limit})).all()
    identities = {i.id: i for i in await get_identities(connection, {row.identity_id for row in rows})}
    return [
        ListedSuppression(
            Suppression(row.id, row.identity_id, row.channel_id, row.reason, row.since),
            identities[row.identity_id],
            None if row.channel_id is None else ChannelRef(row.channel_id, row.channel_kind, row.channel_name),
            None if row.agent_id is None else (row.agent_id, row.agent_name),
        )
        for row in rows
    ]


_HEADS: Final = text("select id, version, name, merged_into from customer where id = any (:ids) order by id")


async def get_heads(connection: AsyncConnection, ids: Iterable[int]) -> list[CustomerHead]:
    """Those that exist, in order of their ids."""
    return [CustomerHead(*row) for row in await connection.execute(_HEADS, {"ids": list(ids)})]
