"""People who have to do with a customer: of the same company, or in copy of the same conversations."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from hub.db.engine import Reader
from hub.people.model import CustomerSummary
from hub.people.store import get_summaries

LIMIT: Final = 20
Why = Literal["company", "copied"]


class Acquaintance(NamedTuple):
    """`conversation_id` is the newest one that both take part in; None for who is of the same company only."""

    customer: CustomerSummary
    why: Why
    conversation_id: int | None


# Begins at this customer's own rows; what they take part in is looked through from the newest on.
_FOUND: Final = """
    with mine as materialized (
        select identity_id from identity_link where customer_id = $1 and until is null
    ), together as (
        (select c.id as conversation_id, p.identity_id, c.last_entry_at
         from (select k.id, k.last_entry_at from mine m cross join lateral (
                   select id, last_entry_at from conversation where identity_id = m.identity_id
                   order by last_entry_at desc limit 100) k) c
         join participant p on p.conversation_id = c.id)
        union all
        (select c.id, c.identity_id, c.last_entry_at
         from (select p.conversation_id from mine m join participant p on p.identity_id = m.identity_id limit 500) p
         join conversation c on c.id = p.conversation_id)
    ), copied as (
        select distinct on (l.customer_id) l.customer_id, t.conversation_id
        from together t join identity_link l on l.identity_id = t.identity_id and l.until is null
        where l.customer_id <> $1
        order by l.customer_id, t.last_entry_at desc
    ), colleague as (
        select id as customer_id from customer where company_id = $2 and merged_into is null and id <> $1
        order by id desc limit $3
    )
    select coalesce(g.customer_id, k.customer_id) as customer_id,
           case when g.customer_id is not null then 'company' else 'copied' end as why, k.conversation_id
    from colleague g full join copied k on k.customer_id = g.customer_id
    order by g.customer_id is null, k.conversation_id desc nulls last, 1 desc limit $3
"""


async def acquaintances(reader: Reader, customer_id: int, company_id: int | None) -> list[Acquaintance]:
    """At most LIMIT, those of the company first."""
    found = await reader.fetch(_FOUND, customer_id, company_id, LIMIT)
    summaries = {one.id: one for one in await get_summaries(reader, [row["customer_id"] for row in found])}
    return [Acquaintance(summaries[other], why, conversation_id) for other, why, conversation_id in found]
