"""Changing customers: each action takes an open transaction and tells what changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

import orjson
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


class UnknownSuppression(PeopleError):
    """There is no such suppression in force."""


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
# A name heard for the first time is the customer's, as in db/functions/ingest.sql.
_CUSTOMER: Final = text(
    """
    with link as materialized (
        select customer_id from identity_link where identity_id = :identity_id and until is null
    ), made as (
        insert into customer (name) select :name where not exists (select from link) returning id
    ), linked as (
        insert into identity_link (identity_id, customer_id) select :identity_id, id from made returning customer_id
    ), named as (
        update customer set name = :name, version = version + 1
        where id = (select customer_id from link) and name = '' and cast(:name as text) <> '' returning id
    )
    select customer_id from linked union all select id from named
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


_PATCH: Final = text(
    """
    update customer set
        name = coalesce(:name, name),
        attributes = coalesce(cast(:attributes as jsonb), attributes),
        version = version + 1
    where id = :id
    """
)


async def patch(
    tx: Tx, customer_id: int, *, name: str | None = None, attributes: Mapping[str, object] | None = None
) -> None:
    """Sets what is given; `attributes` are replaced whole. Raises UnknownCustomer."""
    changed = await tx.connection.execute(
        _PATCH,
        {
            "id": customer_id,
            "name": name,
            "attributes": None if attributes is None else orjson.dumps(dict(attributes)).decode(),
        },
    )
    if changed.rowcount == 0:
        raise UnknownCustomer(f"Customer {customer_id} does not exist. Reload the page.")
    tx.emit(CustomerChanged(customer_id))


_DISMISS: Final = text(
    """
    insert into suggestion_dismissed (low_id, high_id, agent_id)
    select least(one.id, other.id), greatest(one.id, other.id), :agent_id
    from customer one, customer other where one.id = :one and other.id = :other and one.id <> other.id
    on conflict (low_id, high_id) do update set agent_id = excluded.agent_id, at = now()
    """
)


async def dismiss_suggestion(tx: Tx, customer_id: int, other_id: int, agent_id: int | None) -> None:
    """These two are not the same person: neither is suggested to the other again. Raises UnknownCustomer."""
    done = await tx.connection.execute(_DISMISS, {"one": customer_id, "other": other_id, "agent_id": agent_id})
    if done.rowcount == 0:
        raise UnknownCustomer(f"Customers {customer_id} and {other_id} are not two customers. Reload the page.")
    tx.emit(CustomerChanged(customer_id))
    tx.emit(CustomerChanged(other_id))


_SUPPRESS: Final = text(
    """
    insert into suppression (identity_id, channel_id, reason, agent_id)
    values (:identity_id, :channel_id, :reason, :agent_id)
    on conflict (identity_id, coalesce(channel_id, 0)) where until is null do nothing
    returning id
    """
)
_IN_FORCE: Final = text(
    """
    select id from suppression
    where identity_id = :identity_id and coalesce(channel_id, 0) = coalesce(cast(:channel_id as bigint), 0)
      and until is null
    """
)
_LIFT: Final = text(
    """
    update suppression set until = now(), lifted_by = :agent_id where id = :id and until is null returning identity_id
    """
)
_OWNER: Final = text("select customer_id from identity_link where identity_id = :identity_id and until is null")


class InForce(NamedTuple):
    """A suppression in force, by now or (not `new`) since before."""

    id: int
    new: bool


async def suppress(
    tx: Tx, identity_id: int, *, reason: str, channel_id: int | None = None, agent_id: int | None = None
) -> InForce:
    """Nothing more is sent to the identity, on this channel or (None) on any. The first reason stays. `agent_id` is who
    entered it; None: the person themselves, or the provider."""
    values = {"identity_id": identity_id, "channel_id": channel_id, "reason": reason, "agent_id": agent_id}
    added: int | None = (await tx.connection.execute(_SUPPRESS, values)).scalar_one_or_none()
    tx.emit(CustomerChanged(await tx.connection.scalar(_OWNER, {"identity_id": identity_id})))
    if added is not None:
        return InForce(added, True)
    named = {"identity_id": identity_id, "channel_id": channel_id}
    return InForce((await tx.connection.execute(_IN_FORCE, named)).scalar_one(), False)


async def lift_suppression(tx: Tx, suppression_id: int, agent_id: int | None = None) -> int:
    """The identity that may be written to again. Raises UnknownSuppression."""
    values = {"id": suppression_id, "agent_id": agent_id}
    identity_id: int | None = (await tx.connection.execute(_LIFT, values)).scalar_one_or_none()
    if identity_id is None:
        raise UnknownSuppression("This address is not suppressed any more. Reload the page.")
    tx.emit(CustomerChanged(await tx.connection.scalar(_OWNER, {"identity_id": identity_id})))
    return identity_id
