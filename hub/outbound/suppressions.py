"""Suppressing an address by hand, and allowing it again. Both are audited."""

from __future__ import annotations

from dataclasses import dataclass

from hub.channels.registry import Registry
from hub.channels.store import audit, get_channel
from hub.events.outbox import Tx
from hub.outbound.errors import BadAddress, ChannelUnusable
from hub.people import actions
from hub.people.actions import resolve_identity
from hub.sdk import Address, Connector, InvalidAddress


@dataclass(frozen=True, slots=True)
class NewSuppression:
    """`address` as written, of the `kind` of address; `channel_id` None: on every channel."""

    kind: str
    address: str
    channel_id: int | None
    reason: str


async def add_suppression(tx: Tx, registry: Registry, new: NewSuppression, agent_id: int) -> int:
    """The id of the suppression; where one is in force already, of that one, with its own reason.

    Raises BadAddress and ChannelUnusable.
    """
    connector = await _connector(tx, registry, new)
    try:
        value = connector.normalise(new.address)
    except InvalidAddress as failure:
        raise BadAddress(str(failure)) from failure
    identity = await resolve_identity(tx, Address(connector.address_kind, value, new.address.strip()))
    added = await actions.suppress(tx, identity.id, reason=new.reason, channel_id=new.channel_id, agent_id=agent_id)
    if added.new:
        about = {"channel_id": new.channel_id, "reason": new.reason}
        await audit(tx.connection, agent_id, "suppression.add", f"identity:{identity.id}", about)
    return added.id


async def lift_suppression(tx: Tx, suppression_id: int, agent_id: int) -> None:
    """Raises UnknownSuppression."""
    identity_id = await actions.lift_suppression(tx, suppression_id, agent_id)
    about = {"suppression_id": suppression_id}
    await audit(tx.connection, agent_id, "suppression.lift", f"identity:{identity_id}", about)


async def _connector(tx: Tx, registry: Registry, new: NewSuppression) -> Connector:
    if new.channel_id is None:
        found = next((one for one in registry if one.address_kind == new.kind), None)
        if found is None:
            raise BadAddress("No kind of channel reaches addresses of this kind.")
        return found
    channel = await get_channel(tx.connection, new.channel_id)
    found = None if channel is None else registry.find(channel.kind)
    if channel is None or found is None:
        raise ChannelUnusable("This channel does not exist any more. Choose another one.")
    if found.address_kind != new.kind:
        raise BadAddress(f"{channel.name} cannot reach an address of this kind. Choose another channel.")
    return found
