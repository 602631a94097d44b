"""What somebody says of who they are.

Where the company itself vouches for it, the two are one customer: merged, like any merge, and undone like one. What
they only say is a suggestion to the agents. Never the other way round, and never against an agent's own word.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import text

from hub.events.model import CustomerChanged
from hub.events.outbox import Tx
from hub.people.actions import resolve_identity
from hub.people.merging import merge
from hub.people.model import Identity
from hub.people.store import get_identity
from hub.sdk import Address, Claim

_IDENTITY: Final = text("select id from identity where kind = :kind and address = :address")
_KEEP: Final = text(
    """
    insert into claim (identity_id, kind, address, raw_id) values (:identity_id, :kind, :address, :raw_id)
    on conflict do nothing
    """
)
# Somebody else by the company's own word, or by an agent's.
_ANOTHER: Final = text(
    """
    select exists (
        select from identity_link l join identity i on i.id = l.identity_id
        where l.customer_id = :own and l.until is null and i.kind = :kind and i.address <> :address
          and i.verified_at is not null
    ) or exists (
        select from merge where undone_at is not null and least(from_id, into_id) = least(:own, :other)
          and greatest(from_id, into_id) = greatest(:own, :other)
    ) or exists (
        select from suggestion_dismissed where low_id = least(:own, :other) and high_id = greatest(:own, :other)
    )
    """
)


async def apply_claims(tx: Tx, kind: str, address: str, claims: Iterable[Claim], raw_id: int | None) -> None:
    """`claims` of the person at this address, normalised. Of somebody unknown nothing is kept."""
    identity_id = await tx.connection.scalar(_IDENTITY, {"kind": kind, "address": address})
    for claim in claims:
        own = None if identity_id is None else await get_identity(tx.connection, identity_id)
        if own is not None and (claim.kind, claim.value) != (own.kind, own.address):
            await _apply(tx, own, claim, raw_id)


async def _apply(tx: Tx, own: Identity, claim: Claim, raw_id: int | None) -> None:
    # A name is believed of an address only from who is believed to have it.
    address = Address(claim.kind, claim.value, shown=claim.value, name=claim.name if claim.verified else "")
    other = await resolve_identity(tx, address, verified=claim.verified)
    if other.customer_id == own.customer_id:
        return
    values = {"own": own.customer_id, "other": other.customer_id, "kind": claim.kind, "address": claim.value}
    if claim.verified and not await tx.connection.scalar(_ANOTHER, values):
        into, folded = sorted((own.customer_id, other.customer_id))
        await merge(tx, into, folded, None)
        return
    kept = {"identity_id": own.id, "kind": claim.kind, "address": claim.value, "raw_id": raw_id}
    await tx.connection.execute(_KEEP, kept)
    tx.emit(CustomerChanged(own.customer_id))
