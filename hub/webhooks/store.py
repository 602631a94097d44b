"""The webhooks' SQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import orjson
from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.webhooks.model import Delivery, Happened, Webhook

_WEBHOOKS: Final = text(
    """
    select id, name, url, events, state, reason, failures, failing_since,
           cast(greatest(0, coalesce(extract(epoch from try_at - now()), 0)) as double precision)
               as wait,
           last_success_at,
           created_at,
           (select count(*) from webhook_delivery d where d.webhook_id = webhook.id and d.state = 'pending')
               as pending,
           secret as sealed
    from webhook
    where removed_at is null and (cast(:id as bigint) is null or id = :id)
      and (cast(:before as bigint) is null or id < :before)
    order by id desc limit :limit
    """
)
_INSERT: Final = text(
    """
    insert into webhook (name, url, events, created_by) values (:name, :url, cast(:events as text[]), :by)
    returning id
    """
)
_CHANGE: Final = text(
    """
    update webhook set name = :name, url = :url, events = cast(:events as text[]), state = :state, reason = :reason,
        failures = case when :anew then 0 else failures end,
        failing_since = case when :anew then null else failing_since end,
        try_at = case when :anew then null else try_at end
    where id = :id and removed_at is null
    """
)
_SECRET: Final = text("update webhook set secret = :sealed where id = :id")
_REMOVE: Final = text("update webhook set removed_at = now(), secret = null where id = :id and removed_at is null")
_ACTIVE: Final = text("select exists (select from webhook where state = 'active' and removed_at is null)")
_CURSOR: Final = text("select position from webhook_cursor")
_MOVE: Final = text("update webhook_cursor set position = :after where position = :before")
# In the order of `happened`; an event that was told before brings no row, and so no delivery and no job.
_ADD: Final = text(
    """
    with told as (
        insert into webhook_event (type, dedupe, conversation_id, data)
        select one.type, one.dedupe, one.conversation_id, convert_to(one.data::text, 'UTF8')
        from json_to_recordset(cast(:happened as json))
             as one (place int, type text, dedupe text, conversation_id bigint, data json, since timestamptz)
        where exists (select from webhook w where w.state = 'active' and w.removed_at is null
                        and one.type = any (w.events) and w.created_at <= one.since)
        order by one.place
        on conflict (dedupe) do nothing
        returning id, type, dedupe, conversation_id
    ), meant as (
        select told.id as event_id, told.conversation_id, w.id as webhook_id
        from told join webhook w on told.type = any (w.events) and w.state = 'active' and w.removed_at is null
        join json_to_recordset(cast(:happened as json)) as one (dedupe text, since timestamptz)
          on one.dedupe = told.dedupe and w.created_at <= one.since
    ), queued as (
        insert into webhook_delivery (webhook_id, event_id)
        select webhook_id, event_id from meant order by event_id, webhook_id
        returning id, webhook_id, event_id
    )
    insert into job (kind, key, payload, max_attempts)
    select 'webhook',
           'webhook:' || queued.webhook_id || ':' || coalesce(meant.conversation_id::text, '-'),
           jsonb_build_object('delivery_id', queued.id), 1000000
    from queued join meant using (webhook_id, event_id)
    order by queued.event_id, queued.webhook_id
    """
)
_DELIVERY: Final = """
    select d.id, d.webhook_id, d.event_id, e.type, e.conversation_id, d.state, d.attempts, d.status, d.error, d.seconds,
           e.created_at, d.queued_at, d.last_attempt_at
    from webhook_delivery d join webhook_event e on e.id = d.event_id
"""
_DELIVERIES: Final = text(
    f"""
    {_DELIVERY}
    where d.webhook_id = :webhook_id and (cast(:state as text) is null or d.state = :state)
      and (cast(:before as bigint) is null or d.id < :before)
    order by d.id desc limit :limit
    """
)
_ONE_DELIVERY: Final = text(f"{_DELIVERY} where d.id = :id")
_BODY: Final = text("select id, type, created_at, data from webhook_event where id = :id")
_TRIED: Final = text(
    """
    update webhook_delivery set state = :state, attempts = attempts + 1, status = :status, error = :error,
                                seconds = :seconds, last_attempt_at = now()
    where id = :id
    """
)
_GIVE_UP: Final = text(
    "update webhook_delivery set state = 'failed', error = :error where id = :id and state = 'pending'"
)
_AGAIN: Final = text(
    "update webhook_delivery set state = 'pending', queued_at = now(), error = '', status = null "
    "where id = :id and state <> 'pending'"
)
_WORKED: Final = text(
    """
    update webhook set failures = 0, failing_since = null, try_at = null, last_success_at = now() where id = :id
    """
)
_FAILED: Final = text(
    """
    update webhook set failures = failures + 1, failing_since = coalesce(failing_since, now()),
        try_at = now() + make_interval(secs => :delay)
    where id = :id and removed_at is null
    returning failures, failing_since < now() - make_interval(secs => :patience)
    """
)
_PAUSE: Final = text("update webhook set state = 'paused', reason = :reason where id = :id and state = 'active'")
_TEST_EVENT: Final = text(
    """
    insert into webhook_event (type, dedupe, data) values (:type, gen_random_uuid()::text, cast('{}' as bytea))
    returning id
    """
)
_ADD_DELIVERY: Final = text(
    "insert into webhook_delivery (webhook_id, event_id) values (:webhook_id, :event_id) returning id"
)
_PRUNE: Final = text(
    """
    delete from webhook_event where created_at < now() - interval '30 days'
      and not exists (select from webhook_delivery d where d.event_id = webhook_event.id and d.state = 'pending')
    """
)


async def webhooks_page(connection: AsyncConnection, before: int | None, limit: int) -> list[Webhook]:
    """Newest first."""
    rows = await connection.execute(_WEBHOOKS, {"id": None, "before": before, "limit": limit})
    return [_webhook(row) for row in rows]


async def get_webhook(connection: AsyncConnection, webhook_id: int) -> Webhook | None:
    row = (await connection.execute(_WEBHOOKS, {"id": webhook_id, "before": None, "limit": 1})).one_or_none()
    return None if row is None else _webhook(row)


def _webhook(row: Row[Any]) -> Webhook:
    return Webhook(**{**row._mapping, "events": tuple(row.events)})


async def insert_webhook(connection: AsyncConnection, name: str, url: str, events: Sequence[str], by: int) -> int:
    values = {"name": name, "url": url, "events": list(events), "by": by}
    return int((await connection.execute(_INSERT, values)).scalar_one())


async def change_webhook(
    connection: AsyncConnection, webhook_id: int, *, name: str, url: str, events: Sequence[str], state: str, anew: bool
) -> None:
    """`anew`: what failed before no longer counts."""
    values = {"id": webhook_id, "name": name, "url": url, "events": list(events), "state": state}
    await connection.execute(_CHANGE, {**values, "reason": "", "anew": anew})


async def set_secret(connection: AsyncConnection, webhook_id: int, sealed: bytes) -> None:
    await connection.execute(_SECRET, {"id": webhook_id, "sealed": sealed})


async def remove_webhook(connection: AsyncConnection, webhook_id: int) -> bool:
    return (await connection.execute(_REMOVE, {"id": webhook_id})).rowcount == 1


async def any_active(connection: AsyncConnection) -> bool:
    return bool((await connection.execute(_ACTIVE)).scalar_one())


async def cursor(connection: AsyncConnection) -> str:
    """Where in the feed to go on; "" at first."""
    return str((await connection.execute(_CURSOR)).scalar_one())


async def move_cursor(connection: AsyncConnection, before: str, after: str) -> bool:
    """False when another hub has moved it. Until the transaction ends nobody else can."""
    return (await connection.execute(_MOVE, {"before": before, "after": after})).rowcount == 1


async def add_events(connection: AsyncConnection, happened: Sequence[Happened]) -> None:
    """Queues each event, once however often it was told, for every active webhook that subscribed to it before it
    happened. Call it under the moved cursor, which keeps the order of the jobs."""
    first: dict[str, Happened] = {}
    for one in happened:
        first.setdefault(one.dedupe, one)
    rows = [
        {
            "place": place,
            "type": one.type,
            "dedupe": one.dedupe,
            "conversation_id": one.conversation_id,
            "data": one.data,
            "since": one.since,
        }
        for place, one in enumerate(first.values())
    ]
    if rows:
        await connection.execute(_ADD, {"happened": orjson.dumps(rows, option=orjson.OPT_UTC_Z).decode()})


async def deliveries_page(
    connection: AsyncConnection, webhook_id: int, state: str | None, before: int | None, limit: int
) -> list[Delivery]:
    """Newest first."""
    values = {"webhook_id": webhook_id, "state": state, "before": before, "limit": limit}
    return [Delivery(**row._mapping) for row in await connection.execute(_DELIVERIES, values)]


async def get_delivery(connection: AsyncConnection, delivery_id: int) -> Delivery | None:
    row = (await connection.execute(_ONE_DELIVERY, {"id": delivery_id})).one_or_none()
    return None if row is None else Delivery(**row._mapping)


async def event_body(connection: AsyncConnection, event_id: int) -> bytes:
    """What is sent of an event: the same bytes each time."""
    row = (await connection.execute(_BODY, {"id": event_id})).one()
    head = orjson.dumps({"id": row.id, "type": row.type, "created_at": row.created_at}, option=orjson.OPT_UTC_Z)
    return head[:-1] + b',"data":' + bytes(row.data) + b"}"


async def record_attempt(
    connection: AsyncConnection, delivery_id: int, *, state: str, status: int | None, error: str, seconds: float
) -> None:
    values = {"id": delivery_id, "state": state, "status": status, "error": error[:500], "seconds": seconds}
    await connection.execute(_TRIED, values)


async def give_up(connection: AsyncConnection, delivery_id: int, error: str) -> None:
    await connection.execute(_GIVE_UP, {"id": delivery_id, "error": error})


async def queue_again(connection: AsyncConnection, delivery_id: int) -> bool:
    """False when it is still on its way."""
    return (await connection.execute(_AGAIN, {"id": delivery_id})).rowcount == 1


async def mark_worked(connection: AsyncConnection, webhook_id: int) -> None:
    await connection.execute(_WORKED, {"id": webhook_id})


async def mark_failed(
    connection: AsyncConnection, webhook_id: int, *, delay: float, patience: float
) -> tuple[int, bool]:
    """How often in a row by now, and whether it has failed for longer than `patience` seconds."""
    row = (await connection.execute(_FAILED, {"id": webhook_id, "delay": delay, "patience": patience})).one_or_none()
    return (0, False) if row is None else (row[0], row[1])


async def pause(connection: AsyncConnection, webhook_id: int, reason: str) -> None:
    await connection.execute(_PAUSE, {"id": webhook_id, "reason": reason})


async def add_test(connection: AsyncConnection, webhook_id: int, type_: str) -> tuple[int, int]:
    """A test event of its own: the ids of its delivery and of itself."""
    event_id = (await connection.execute(_TEST_EVENT, {"type": type_})).scalar_one()
    delivery_id = await connection.scalar(_ADD_DELIVERY, {"webhook_id": webhook_id, "event_id": event_id})
    return int(delivery_id), int(event_id)


async def prune(connection: AsyncConnection) -> None:
    """Drops events older than 30 days, with their deliveries."""
    await connection.execute(_PRUNE)
