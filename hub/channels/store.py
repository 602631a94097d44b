"""The channels' SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Row, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.channels.model import Channel, ChannelHealth

_CHANNELS = text(
    """
    select c.id, c.version, c.kind, c.name, c.state, c.own_address, c.settings, c.secrets, c.oauth_account,
           c.oauth_expires, c.demo, case when c.state = 'paused' then 'paused' else c.health end as health,
           c.health_since, c.health_reason, c.health_step, c.last_in_at, c.last_out_at,
           (select count(*) from delivery d where d.channel_id = c.id and d.deadline is not null) as backlog,
           (select count(*) from raw r where r.channel_id = c.id and r.state = 'quarantined') as quarantined
    from channel c
    where (cast(:ids as bigint[]) is null or c.id = any (cast(:ids as bigint[])))
      and (:archived or c.state <> 'archived')
    order by c.id
    """
).columns(settings=JSONB)
_LOCK = text("select id from channel where id = :id for update")
_INSERT = text(
    """
    insert into channel (kind, name, own_address, settings, demo)
    values (:kind, :name, :own_address, cast(:settings as jsonb), :demo) returning id
    """
)
_CHANGE = text(
    """
    update channel set name = :name, own_address = :own_address, settings = cast(:settings as jsonb), state = :state,
           health = case when :restart then 'starting' else health end,
           health_since = case when :restart then now() else health_since end,
           health_reason = case when :restart then '' else health_reason end,
           health_step = case when :restart then '' else health_step end,
           version = version + 1, updated_at = now()
    where id = :id
    """
)
_SECRETS = text("select secrets from channel where id = :id for update")
_SET_SECRETS = text("update channel set secrets = :sealed where id = :id")
_SET_OAUTH = text(
    """
    update channel set oauth_account = coalesce(:account, oauth_account), oauth_expires = :expires,
           version = version + case when :restart then 1 else 0 end
    where id = :id
    """
)
_SENT = text("update channel set last_out_at = greatest(last_out_at, now()) where id = :id")
_AUDIT = text(
    "insert into audit (agent_id, action, subject, data) values (:agent_id, :action, :subject, cast(:data as jsonb))"
)


async def list_channels(
    connection: AsyncConnection, ids: Sequence[int] | None = None, *, archived: bool = True
) -> list[Channel]:
    """In order of their ids; all of them, or those of `ids`."""
    rows = await connection.execute(_CHANNELS, {"ids": None if ids is None else list(ids), "archived": archived})
    return [_channel(row) for row in rows]


async def get_channel(connection: AsyncConnection, channel_id: int) -> Channel | None:
    found = await list_channels(connection, [channel_id])
    return found[0] if found else None


async def lock_channel(connection: AsyncConnection, channel_id: int) -> Channel | None:
    """The channel, not to be changed by anybody else until the transaction ends."""
    if (await connection.execute(_LOCK, {"id": channel_id})).first() is None:
        return None
    return await get_channel(connection, channel_id)


async def insert_channel(
    connection: AsyncConnection, kind: str, *, name: str, own_address: str, settings: Mapping[str, object], demo: bool
) -> int:
    values = {"kind": kind, "name": name, "own_address": own_address, "settings": _json(settings), "demo": demo}
    return int((await connection.execute(_INSERT, values)).scalar_one())


async def change_channel(
    connection: AsyncConnection,
    channel_id: int,
    *,
    name: str,
    own_address: str,
    settings: Mapping[str, object],
    state: str,
    restart: bool,
) -> None:
    """`restart`: it starts anew, so what was said of its health no longer counts."""
    values = {"id": channel_id, "name": name, "own_address": own_address, "settings": _json(settings)}
    await connection.execute(_CHANGE, {**values, "state": state, "restart": restart})


async def lock_sealed(connection: AsyncConnection, channel_id: int) -> bytes | None:
    """The sealed secrets, locked, so that two who change them do not undo each other's change."""
    sealed = (await connection.execute(_SECRETS, {"id": channel_id})).scalar_one_or_none()
    return None if sealed is None else bytes(sealed)


async def set_sealed(connection: AsyncConnection, channel_id: int, sealed: bytes | None) -> None:
    await connection.execute(_SET_SECRETS, {"id": channel_id, "sealed": sealed})


async def set_oauth(
    connection: AsyncConnection, channel_id: int, account: str | None, expires: datetime | None, *, restart: bool
) -> None:
    """`expires` None: no longer connected. `restart`: whoever runs the channel starts it anew."""
    values = {"id": channel_id, "account": account, "expires": expires, "restart": restart}
    await connection.execute(_SET_OAUTH, values)


async def mark_sent(connection: AsyncConnection, channel_id: int) -> None:
    """Something just went out."""
    await connection.execute(_SENT, {"id": channel_id})


async def audit(
    connection: AsyncConnection, agent_id: int | None, action: str, subject: str, data: Mapping[str, object]
) -> None:
    """Who did what: names and ids, never a secret."""
    values = {"agent_id": agent_id, "action": action, "subject": subject, "data": _json(data)}
    await connection.execute(_AUDIT, values)


def _json(value: Mapping[str, object]) -> str:
    return orjson.dumps(dict(value)).decode()


def _channel(row: Row[Any]) -> Channel:
    return Channel(
        id=row.id,
        version=row.version,
        kind=row.kind,
        name=row.name,
        state=row.state,
        own_address=row.own_address,
        settings=row.settings,
        health=ChannelHealth(
            state=row.health,
            since=row.health_since,
            reason=row.health_reason,
            next_step=row.health_step,
            last_in_at=row.last_in_at,
            last_out_at=row.last_out_at,
            backlog=row.backlog,
            quarantined=row.quarantined,
        ),
        oauth_account=row.oauth_account,
        oauth_expires=row.oauth_expires,
        demo=row.demo,
        sealed=None if row.secrets is None else bytes(row.secrets),
    )
