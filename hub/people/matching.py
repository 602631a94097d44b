"""Who may be the same person: suggestions to an agent, each with its reason. Nothing here ever links by itself."""

from __future__ import annotations

from typing import Final

from hub.db.engine import Reader
from hub.people.model import Suggestion
from hub.people.store import get_summaries

LIMIT: Final = 5
# Mailboxes of a function, not of a person.
_SHARED_MAILBOXES: Final = (
    "abuse", "accounting", "admin", "billing", "contact", "customer-service", "customerservice", "enquiries",
    "finance", "helpdesk", "hostmaster", "info", "invoices", "kontakt", "mailer-daemon", "marketing", "no-reply",
    "noreply", "office", "orders", "postmaster", "reception", "sales", "security", "service", "support", "webmaster",
)  # fmt: skip

# Each branch begins at this customer's own identities and looks others up in an index. The strongest reason is first.
# Phone numbers are compared by their last nine digits: what is left of every spelling, national or international.
_SUGGESTIONS: Final = """
    with mine as materialized (
        select i.id, i.kind, i.address, lower(i.name) as name, split_part(i.address, '@', 1) as local_part
        from identity_link l join identity i on i.id = l.identity_id
        where l.customer_id = $1 and l.until is null
    ), phone as materialized (
        select right(digits, 9) as tail, address
        from (select address, regexp_replace(address, '\\D', '', 'g') as digits from mine
              where address ~ '^[+0-9 ()/.-]+$') numbers
        where length(digits) between 9 and 15
    ), noted as materialized (
        select distinct lower(trim(value)) as address
        from customer, jsonb_each_text(customer.attributes) as attribute (key, value)
        where customer.id = $1 and length(value) between 5 and 254
    ), named as materialized (
        select distinct name from (
            select name from mine
            union all select lower(name) from customer where id = $1
        ) names
        where name like '_% %_' and name not like '%@%'
    ), candidate as (
        select 0 as rank, 'claimed' as reason, c.address as detail,
               i.id as identity_id, null::bigint as customer_id
        from mine m join claim c on c.identity_id = m.id join identity i on i.kind = c.kind and i.address = c.address
        union all
        select 0, 'claimed', c.address, c.identity_id, null
        from mine m join claim c on c.kind = m.kind and c.address = m.address
        union all
        select 1 as rank, 'same_address' as reason, i.address as detail,
               i.id as identity_id, null::bigint as customer_id
        from mine m join identity i on i.address = m.address and i.kind <> m.kind
        union all
        select 2, 'same_phone', i.address, i.id, null
        from phone p join identity i on i.address like '%' || p.tail and i.address <> p.address
        union all
        select 3, 'address_noted', i.address, i.id, null
        from noted n join identity i on i.address = n.address
        union all
        select 4, 'same_name', i.name, i.id, null
        from named n join identity i on lower(i.name) = n.name and i.name <> ''
        union all
        select 4, 'same_name', c.name, null, c.id
        from named n join customer c on lower(c.name) = n.name and c.merged_into is null
        union all
        select 5, 'same_local_part', m.local_part, i.id, null
        from mine m
        join identity i on i.kind = 'email' and i.id <> m.id
                       and i.address like replace(replace(m.local_part, '_', '\\_'), '%', '\\%') || '@%'
        where m.kind = 'email' and length(m.local_part) >= 6 and m.local_part <> all ($3)
    ), person as (
        select distinct on (coalesce(l.customer_id, candidate.customer_id))
               coalesce(l.customer_id, candidate.customer_id) as customer_id,
               candidate.rank, candidate.reason, candidate.detail
        from (select * from candidate limit 200) candidate
        left join identity_link l on l.identity_id = candidate.identity_id and l.until is null
        order by coalesce(l.customer_id, candidate.customer_id), candidate.rank
    )
    select customer_id, reason, detail
    from person
    where customer_id <> $1
      and not exists (
          select from suggestion_dismissed d
          where d.low_id = least(customer_id, $1) and d.high_id = greatest(customer_id, $1)
      )
    order by rank, customer_id limit $2
"""


async def suggestions(reader: Reader, customer_id: int, limit: int = LIMIT) -> list[Suggestion]:
    """Other customers that may be the same person, most likely first; not those that an agent said are different."""
    found = await reader.fetch(_SUGGESTIONS, customer_id, limit, list(_SHARED_MAILBOXES))
    if not found:
        return []
    summaries = {one.id: one for one in await get_summaries(reader, [row["customer_id"] for row in found])}
    return [Suggestion(summaries[other_id], reason, detail) for other_id, reason, detail in found]
