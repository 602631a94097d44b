"""Where an answer can go: every address of the customer, on every channel that reaches it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.channels.limits import limits_of
from hub.channels.model import Channel
from hub.channels.registry import Registry
from hub.channels.store import list_channels
from hub.outbound.window import Window, windows
from hub.sdk import Connector, Limits

_REACHABLE = text(
    """
    with owner as (
        select c.identity_id, c.channel_id,
               (select e.author_identity_id from entry e where e.id = c.last_in_id) as last_writer,
               (select e.channel_id from entry e where e.id = c.last_in_id) as last_channel
        from conversation c where c.id = :id
    ), reachable as (
        select theirs.identity_id from owner
        join identity_link mine on mine.identity_id = owner.identity_id and mine.until is null
        join identity_link theirs on theirs.customer_id = mine.customer_id and theirs.until is null
        union
        select p.identity_id from participant p
        where p.conversation_id = any (
            array(select id from conversation where merged_into_id = :id) || cast(:id as bigint))
    )
    select i.id, i.kind, i.address, i.shown, i.name, i.verified_at is not null as verified,
           coalesce(owner.last_writer, owner.identity_id) as default_identity,
           coalesce(owner.last_channel, owner.channel_id) as default_channel,
           (select jsonb_agg(jsonb_build_array(s.channel_id, s.reason)) from suppression s
            where s.identity_id = i.id and s.until is null) as suppressions,
           array(select distinct k.channel_id from conversation k where k.identity_id = i.id) as known_on
    from owner, reachable join identity i on i.id = reachable.identity_id
    order by i.id
    """
).columns(suppressions=JSONB)


@dataclass(frozen=True, slots=True)
class Destination:
    """An address and the channel that reaches it. `reason` says why it is not `usable` now; `sender` is what the
    customer will see it come from. At most one is the `default`: where the customer wrote from last. `window` is None
    where free text may always be sent."""

    identity_id: int
    channel: Channel
    connector: Connector
    limits: Limits
    kind: str
    address: str
    name: str
    sender: str
    verified: bool
    usable: bool
    reason: str | None
    default: bool
    window: Window | None


async def destinations(connection: AsyncConnection, registry: Registry, conversation_id: int) -> list[Destination]:
    """The default first, then what is usable; empty for an unknown conversation."""
    channels = await list_channels(connection, archived=False)
    rows = (await connection.execute(_REACHABLE, {"id": conversation_id})).all()
    pairs = [
        (row, channel, connector)
        for row in rows
        for channel in channels
        if (connector := registry.find(channel.kind)) is not None
        and connector.capabilities.send
        and connector.address_kind == row.kind
        and (not connector.capabilities.local_addresses or channel.id in row.known_on)
    ]
    seconds = {channel.id: one.capabilities.window for _, channel, one in pairs if one.capabilities.window}
    open_until = await windows(connection, [row.id for row, channel, _ in pairs if channel.id in seconds], seconds)
    found = [_destination(*pair, open_until.get((pair[0].id, pair[1].id))) for pair in pairs]
    return sorted(found, key=lambda one: (not one.default, not one.usable))


def _destination(row: Row[Any], channel: Channel, connector: Connector, window: Window | None) -> Destination:
    reason = _obstacle(row, channel)
    shown = channel.own_address and not connector.capabilities.local_addresses
    sender = f"{channel.name} <{channel.own_address}>" if shown else channel.name
    return Destination(
        identity_id=row.id,
        channel=channel,
        connector=connector,
        limits=limits_of(connector, channel.settings),
        kind=row.kind,
        address=row.shown or row.address,
        name=row.name,
        sender=sender,
        verified=row.verified,
        usable=reason is None,
        reason=reason,
        default=row.id == row.default_identity and channel.id == row.default_channel,
        window=window,
    )


def _obstacle(row: Row[Any], channel: Channel) -> str | None:
    for only_channel, reason in row.suppressions or ():
        if only_channel is None or only_channel == channel.id:
            return f"Nothing may be sent here: {reason}"
    if channel.state == "paused":
        return f"{channel.name} is paused; the message would wait."
    return None
