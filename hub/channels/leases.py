"""Which hub runs a channel: a lease each, with a fencing token that grows whenever the owner changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.sdk import Health


@dataclass(frozen=True, slots=True)
class Owned:
    """A channel that is ours for now. `lease_token` fences: whoever holds an older one cannot move the cursor."""

    id: int
    version: int
    lease_token: int
    cursor: Mapping[str, object]


# Renewed when a third of it is over; taken over only when it has ended. Database time alone counts.
_ACQUIRE = text(
    """
    update channel set lease_token = case when lease_owner = :owner then lease_token else lease_token + 1 end,
                       health = case when lease_owner is distinct from :owner and health = 'ok' then 'starting'
                                     else health end,
                       lease_owner = :owner, lease_until = now() + make_interval(secs => :seconds)
    where state = 'active'
      and ((lease_owner = :owner and lease_until < now() + make_interval(secs => :seconds * 2 / 3))
           or (lease_owner is distinct from :owner and (lease_until is null or lease_until < now())))
    """
)
_OWNED = text(
    """
    select id, version, lease_token, cursor from channel
    where lease_owner = :owner and lease_until > now() and state = 'active' order by id
    """
).columns(cursor=JSONB)
_RELEASE = text(
    "update channel set lease_owner = null, lease_until = null where lease_owner = :owner and id = any (:ids)"
)
_HEALTH = text(
    """
    update channel set health = :state, health_reason = :reason, health_step = :step,
                       health_since = case when health = :state then health_since else now() end
    where id = :id and lease_token = :lease_token
      and (health, health_reason, health_step) is distinct from (:state, :reason, :step)
    """
)


async def acquire(connection: AsyncConnection, owner: str, seconds: float) -> list[Owned]:
    """Renews our leases, takes those that nobody holds, and returns all that are ours."""
    await connection.execute(_ACQUIRE, {"owner": owner, "seconds": seconds})
    return [Owned(**row._mapping) for row in await connection.execute(_OWNED, {"owner": owner})]


async def release(connection: AsyncConnection, owner: str, ids: Sequence[int]) -> None:
    """Others may take them at once."""
    await connection.execute(_RELEASE, {"owner": owner, "ids": list(ids)})


async def store_health(connection: AsyncConnection, channel_id: int, lease_token: int, health: Health) -> bool:
    """False when it is stored so already, or the channel is no longer ours."""
    values = {"state": health.state, "reason": health.reason[:500], "step": health.next_step[:500]}
    changed = await connection.execute(_HEALTH, {"id": channel_id, "lease_token": lease_token, **values})
    return bool(changed.rowcount)
