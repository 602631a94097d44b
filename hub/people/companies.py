"""Companies: whom customers belong to. A customer has at most one, which only an agent says: a mail domain suggests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.events.model import CustomerChanged
from hub.events.outbox import Tx
from hub.people.actions import PeopleError, UnknownCustomer
from hub.people.free_mail import company_domain


class UnknownCompany(PeopleError):
    """There is no such company."""


@dataclass(frozen=True, slots=True)
class Company:
    """`people` is how many customers belong to it, at most 1000."""

    id: int
    version: int
    name: str
    domains: tuple[str, ...]
    people: int


class Suggested(NamedTuple):
    """What the mail domain of a customer suggests: a company that is known, or (None) one to be made of this name."""

    domain: str
    name: str
    company: Company | None


_COMPANY: Final = """
    select c.id, c.version, c.name, c.domains,
           (select count(*) from (select from customer k where k.company_id = c.id limit 1000) people) as people
    from company c
"""
_BY_ID: Final = text(f"{_COMPANY} where c.id = any (:ids) order by c.id")
_FIND: Final = text(
    f"""
    {_COMPANY} where c.id < :before and (:words = '' or lower(c.name) like '%' || :words || '%')
    order by c.id desc limit :limit
    """
)
# Of the customer itself, else of one that was folded into it.
_OF: Final = text(
    """
    with recursive part (id, company_id, depth) as (
        select id, company_id, 0 from customer where id = :customer_id
        union all
        select c.id, c.company_id, part.depth + 1 from part join customer c on c.merged_into = part.id
    )
    select company_id from part where company_id is not null order by depth, id limit 1
    """
)
_ADDRESSES: Final = text(
    """
    select i.address from identity_link l join identity i on i.id = l.identity_id
    where l.customer_id = :customer_id and l.until is null and i.kind = 'email' order by i.id
    """
)
_BY_DOMAIN: Final = text(f"{_COMPANY} where c.domains && cast(:domains as text[]) order by c.id limit 1")
_CREATE: Final = text("insert into company (name, domains) values (:name, cast(:domains as text[])) returning id")
_CHANGE: Final = text(
    """
    update company set name = coalesce(:name, name), domains = coalesce(cast(:domains as text[]), domains),
        version = version + 1
    where id = :id
    """
)
_SET: Final = text(
    """
    with recursive part (id) as (
        select cast(:customer_id as bigint)
        union
        select c.id from part join customer c on c.merged_into = part.id
    )
    update customer c set company_id = case when c.id = :customer_id then cast(:company_id as bigint) end,
        version = version + 1
    from part where c.id = part.id
    returning c.id
    """
)
_PEOPLE: Final = text("select id from customer where company_id = :id order by id limit 1000")
_TOUCH: Final = text("update customer set version = version + 1 where id = any (cast(:ids as bigint[]))")
# Whose pane shows it too: those that the customer was folded into.
_ABOVE: Final = text(
    """
    with recursive up (id) as (
        select merged_into from customer where id = :id
        union
        select c.merged_into from up join customer c on c.id = up.id
    )
    select id from up where id is not null order by id
    """
)


def _company(row: Row[tuple[int, int, str, list[str], int]]) -> Company:
    return Company(row.id, row.version, row.name, tuple(row.domains), row.people)


async def get_company(connection: AsyncConnection, company_id: int) -> Company | None:
    row = (await connection.execute(_BY_ID, {"ids": [company_id]})).one_or_none()
    return None if row is None else _company(row)


async def companies_page(connection: AsyncConnection, query: str, before: int | None, limit: int) -> list[Company]:
    """Those whose name has these words in it, the newest first, from the one before id `before`."""
    words = " ".join(query.lower().split()).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    rows = await connection.execute(_FIND, {"words": words, "before": before or (1 << 63) - 1, "limit": limit})
    return [_company(row) for row in rows]


async def company_of(connection: AsyncConnection, customer_id: int) -> Company | None:
    company_id = await connection.scalar(_OF, {"customer_id": customer_id})
    return None if company_id is None else await get_company(connection, company_id)


async def suggested_company(connection: AsyncConnection, customer_id: int) -> Suggested | None:
    """By the domain of their first mail address that is not with a provider for everybody."""
    addresses = list((await connection.execute(_ADDRESSES, {"customer_id": customer_id})).scalars())
    domains = [domain for domain in map(company_domain, addresses) if domain is not None]
    if not domains:
        return None
    row = (await connection.execute(_BY_DOMAIN, {"domains": domains})).one_or_none()
    if row is None:
        return Suggested(domains[0], _named(domains[0]), None)
    known = _company(row)
    return Suggested(next(one for one in domains if one in known.domains), known.name, known)


def _named(domain: str) -> str:
    """What the company may be called: "nord-licht.co.uk" -> "Nord Licht"."""
    parts = domain.split(".")[:-1]
    longest = max(parts[-2:], key=len)
    return longest.replace("-", " ").title()


def clean_domains(written: Iterable[str]) -> list[str]:
    """As they are compared: in lower case, without "@" and "www.", each once."""
    stripped = (one.strip().lower().removeprefix("@").removeprefix("www.") for one in written)
    return list(dict.fromkeys(one for one in stripped if one))


async def create_company(tx: Tx, name: str, domains: Sequence[str]) -> Company:
    values = {"name": name, "domains": clean_domains(domains)}
    company_id: int = (await tx.connection.execute(_CREATE, values)).scalar_one()
    return await _present(tx, company_id)


async def change_company(tx: Tx, company_id: int, *, name: str | None, domains: Sequence[str] | None) -> Company:
    """Sets what is given. Raises UnknownCompany."""
    cleaned = None if domains is None else clean_domains(domains)
    changed = await tx.connection.execute(_CHANGE, {"id": company_id, "name": name, "domains": cleaned})
    if changed.rowcount == 0:
        raise UnknownCompany(f"Company {company_id} does not exist. Reload the page.")
    people = list((await tx.connection.execute(_PEOPLE, {"id": company_id})).scalars())
    await tx.connection.execute(_TOUCH, {"ids": people})
    for customer_id in people:
        tx.emit(CustomerChanged(customer_id))
    return await _present(tx, company_id)


async def set_company(tx: Tx, customer_id: int, company_id: int | None) -> None:
    """The customer belongs to this company, or (None) to none. Raises UnknownCustomer, UnknownCompany."""
    if company_id is not None and await get_company(tx.connection, company_id) is None:
        raise UnknownCompany(f"Company {company_id} does not exist. Reload the page.")
    values = {"customer_id": customer_id, "company_id": company_id}
    changed = list((await tx.connection.execute(_SET, values)).scalars())
    if not changed:
        raise UnknownCustomer(f"Customer {customer_id} does not exist. Reload the page.")
    above = list((await tx.connection.execute(_ABOVE, {"id": customer_id})).scalars())
    await tx.connection.execute(_TOUCH, {"ids": above})
    for one in sorted({*changed, *above}):
        tx.emit(CustomerChanged(one))


async def _present(tx: Tx, company_id: int) -> Company:
    company = await get_company(tx.connection, company_id)
    assert company is not None
    return company
