"""Changing customers: each action takes an open transaction and tells what changed."""

from __future__ import annotations

from typing import Final

from sqlalchemy import text

from hub.events.model import CustomerChanged
from hub.events.outbox import Tx
from hub.people.model import Identity
from hub.people.store import get_identity
from hub.sdk import Address


class PeopleError(Exception):
    """Base of what these actions refuse; the message says what to do."""


class UnknownCustomer(PeopleError):
    """There is no such customer."""


_IDENTITY: Final = text(
    """
    insert into identity (kind, address, shown, name, verified_at)
    values (:kind, :address, :shown, :name, case when :verified then now() end)
    on conflict (kind, address) do update set
        name = case when identity.name = '' then excluded.name else identity.name end,
        verified_at = coalesce(identity.verified_at, excluded.verified_at)
    returning id
    """
)
# A statement of its own: of two transactions that meet the same new address, the second sees the first one's link.
_CUSTOMER: Final = text(
    """
    with made as (
        insert into customer (name)
        select :name where not exists (select from identity_link where identity_id = :identity_id and until is null)
        returning id
    )
    insert into identity_link (identity_id, customer_id) select :identity_id, id from made returning customer_id
    """
)


async def resolve_identity(tx: Tx, address: Address, *, verified: bool = False) -> Identity:
    """The identity of exactly this address. A new one gets a customer of its own; nothing weaker than the same kind and
    the same normalised address ever links by itself."""
    identity_id: int = (
        await tx.connection.execute(
            _IDENTITY,
            {
                "kind": address.kind,
                "address": address.value,
                "shown": address.shown,
                "name": address.name,
                "verified": verified,
            },
        )
    ).scalar_one()
    customer_id = await tx.connection.scalar(_CUSTOMER, {"identity_id": identity_id, "name": address.name})
    if customer_id is not None:
        tx.emit(CustomerChanged(customer_id))
    identity = await get_identity(tx.connection, identity_id)
    assert identity is not None
    return identity
