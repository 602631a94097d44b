"""The queues' SQL: their settings, how much they may call, and who could take a call."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import orjson
from sqlalchemy import Row, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.callbacks.model import LegalHours, Queue
from hub.service.model import Hours
from hub.service.store import get_hours

_COLUMNS: Final = """
    id, version, name, state, phone_channel_id, sms_channel_id, hours_id, time_zone, legal, mode, capacity,
    calls_per_second, most_waiting, wrap_up_seconds, keep_days, web_form, missed_calls, dispositions, agent_ids,
    language, scripts
"""
_JSON: Final = {"legal": JSONB, "dispositions": JSONB, "scripts": JSONB}
_GET: Final = text(
    f"select {_COLUMNS} from callback_queue where id = any (cast(:ids as bigint[])) order by id"
).columns(**_JSON)
_PAGE: Final = text(
    f"""
    select {_COLUMNS} from callback_queue where cast(:before as bigint) is null or id < :before
    order by id desc limit :limit
    """
).columns(**_JSON)
_OF_CHANNEL: Final = text(
    """
    select id from callback_queue where phone_channel_id = :channel_id and state = 'active' order by id limit 1
    """
)
_INSERT: Final = text(
    """
    insert into callback_queue (name, state, phone_channel_id, sms_channel_id, hours_id, time_zone, legal, mode,
        capacity, calls_per_second, most_waiting, wrap_up_seconds, keep_days, web_form, missed_calls, dispositions,
        agent_ids, language, scripts)
    values (:name, :state, :phone_channel_id, :sms_channel_id, :hours_id, :time_zone, cast(:legal as jsonb), :mode,
        :capacity, :calls_per_second, :most_waiting, :wrap_up_seconds, :keep_days, :web_form, :missed_calls,
        cast(:dispositions as jsonb), :agent_ids, :language, cast(:scripts as jsonb))
    returning id
    """
)
_REPLACE: Final = text(
    """
    update callback_queue set version = version + 1, updated_at = now(), name = :name, state = :state,
        phone_channel_id = :phone_channel_id, sms_channel_id = :sms_channel_id, hours_id = :hours_id,
        time_zone = :time_zone, legal = cast(:legal as jsonb), mode = :mode, capacity = :capacity,
        calls_per_second = :calls_per_second, most_waiting = :most_waiting, wrap_up_seconds = :wrap_up_seconds,
        keep_days = :keep_days, web_form = :web_form, missed_calls = :missed_calls,
        dispositions = cast(:dispositions as jsonb), agent_ids = :agent_ids, language = :language,
        scripts = cast(:scripts as jsonb)
    where id = :id
    """
)
_LOCK: Final = text("select id from callback_queue where id = :id for update")
# The provider counts the calls of a channel, whichever queue they are for.
_LOCK_PACE: Final = text(
    """
    select id, next_call_at <= :now as ready from callback_queue
    where phone_channel_id = :channel_id order by id for no key update
    """
)
_SPEND: Final = text("update callback_queue set next_call_at = :at where phone_channel_id = :channel_id")
_CALLING: Final = text(
    """
    select count(*) from callback where queue_id = :id and deadline is not null
      and state in ('reserved', 'dialing_agent', 'agent_accepted', 'dialing_customer', 'connected')
    """
)
_COUNTS: Final = text(
    """
    select count(*) filter (where state in ('requested', 'scheduled', 'due', 'retry_wait')) as waiting,
           count(*) filter (where state in ('reserved', 'dialing_agent', 'agent_accepted', 'dialing_customer',
                                            'connected')) as calling
    from callback where queue_id = :id and deadline is not null
    """
)
_RECENT: Final = text(
    """
    select avg(extract(epoch from one.ended_at - one.started_at)) from (
        select c.ended_at, a.started_at
        from callback c join callback_attempt a on a.callback_id = c.id and a.talked_at is not null
        where c.queue_id = :id and c.ended_at > :since order by c.ended_at desc limit 20
    ) one
    """
)
_FREE: Final = """
    s.availability = 'available' and (s.wrap_up_until is null or s.wrap_up_until <= :now)
    and exists (select from agent a where a.id = s.agent_id and a.disabled_at is null)
    and exists (select from agent_device d where d.agent_id = s.agent_id)
    and s.capacity > (select count(*) from call_leg l join call on call.id = l.call_id and call.stage <> 'over'
                      where l.agent_id = s.agent_id and l.state in ('dialing', 'ringing', 'answered'))
    and not exists (select from callback r
                    where r.agent_id = s.agent_id and r.state = 'reserved' and r.deadline is not null)
"""
_WHO: Final = "(cardinality(cast(:agents as bigint[])) = 0 or s.agent_id = any (cast(:agents as bigint[])))"
_LOCK_AGENT: Final = text(
    f"""
    select s.agent_id from agent_state s
    where {_FREE} and {_WHO} and not s.agent_id = any (cast(:tried as bigint[]))
    order by s.agent_id is distinct from cast(:preferred as bigint), s.idle_since, s.agent_id limit 1
    for update of s skip locked
    """
)
_STILL_FREE: Final = text(f"select exists (select from agent_state s where s.agent_id = :agent_id and {_FREE})")
_AT_WORK: Final = text(
    f"""
    select count(*) filter (where {_FREE}) as free, count(*) as at_work from agent_state s
    where s.availability = 'available' and {_WHO}
      and exists (select from agent a where a.id = s.agent_id and a.disabled_at is null)
      and exists (select from agent_device d where d.agent_id = s.agent_id)
    """
)


@dataclass(frozen=True, slots=True)
class Load:
    """`agents` could take a call now, `at_work` take calls at all; `call_seconds` each call takes of late, None when
    none was made."""

    waiting: int
    calling: int
    agents: int
    at_work: int
    call_seconds: float | None


async def get_queues(connection: AsyncConnection, ids: Iterable[int]) -> list[Queue]:
    """Those that exist, in order of their ids."""
    return [await _queue(connection, row) for row in await connection.execute(_GET, {"ids": list(ids)})]


async def get_queue(connection: AsyncConnection, queue_id: int) -> Queue | None:
    return next(iter(await get_queues(connection, [queue_id])), None)


async def queues_page(connection: AsyncConnection, before: int | None, limit: int) -> list[Queue]:
    """Newest first."""
    return [
        await _queue(connection, row) for row in await connection.execute(_PAGE, {"before": before, "limit": limit})
    ]


async def queue_of_channel(connection: AsyncConnection, channel_id: int) -> Queue | None:
    """The queue of those who call on this telephone channel; None when there is none, or it is paused."""
    found: int | None = await connection.scalar(_OF_CHANNEL, {"channel_id": channel_id})
    return None if found is None else await get_queue(connection, found)


async def insert_queue(connection: AsyncConnection, one: Queue) -> int:
    return int((await connection.execute(_INSERT, _values(one))).scalar_one())


async def lock_queue(connection: AsyncConnection, queue_id: int) -> Queue | None:
    """Not to be changed by anybody else until the transaction ends."""
    if (await connection.execute(_LOCK, {"id": queue_id})).first() is None:
        return None
    return await get_queue(connection, queue_id)


async def replace_queue(connection: AsyncConnection, one: Queue) -> None:
    await connection.execute(_REPLACE, {**_values(one), "id": one.id})


async def spend_call(connection: AsyncConnection, queue: Queue, now: datetime) -> bool:
    """Takes one of the calls a second, and one of the calls at once, until the transaction ends; False when there is
    none to take."""
    pace = await connection.execute(_LOCK_PACE, {"channel_id": queue.phone_channel_id, "now": now})
    if not all(row.ready for row in pace):
        return False
    # After the lock, in a statement of its own: it must see what the one who held the lock has committed.
    if await connection.scalar(_CALLING, {"id": queue.id}) >= queue.capacity:
        return False
    at = now + timedelta(seconds=1 / queue.calls_per_second)
    await connection.execute(_SPEND, {"channel_id": queue.phone_channel_id, "at": at})
    return True


async def lock_free_agent(
    connection: AsyncConnection, queue: Queue, now: datetime, *, tried: Sequence[int] = (), preferred: int | None = None
) -> int | None:
    """An agent of the queue who can take a call now, the preferred one or who has waited longest; nobody else is given
    to them until the transaction ends."""
    passed = list(tried)
    while True:
        values = {"now": now, "agents": list(queue.agent_ids), "tried": passed, "preferred": preferred}
        found: int | None = await connection.scalar(_LOCK_AGENT, values)
        if found is None:
            return None
        # After the lock, in a statement of its own, as above.
        if await connection.scalar(_STILL_FREE, {"agent_id": found, "now": now}):
            return found
        passed.append(found)


async def load_of(connection: AsyncConnection, queue: Queue, now: datetime) -> Load:
    counts = (await connection.execute(_COUNTS, {"id": queue.id})).one()
    agents = (await connection.execute(_AT_WORK, {"now": now, "agents": list(queue.agent_ids)})).one()
    recent = await connection.scalar(_RECENT, {"id": queue.id, "since": now - timedelta(days=14)})
    seconds = None if recent is None else float(recent)
    return Load(counts.waiting, counts.calling, agents.free, agents.at_work, seconds)


def _values(one: Queue) -> dict[str, Any]:
    legal = {"days": list(one.legal.days), "opens": one.legal.opens, "closes": one.legal.closes}
    return {
        "name": one.name,
        "state": one.state,
        "phone_channel_id": one.phone_channel_id,
        "sms_channel_id": one.sms_channel_id,
        "hours_id": one.hours.id if one.hours else None,
        "time_zone": one.time_zone,
        "legal": orjson.dumps(legal).decode(),
        "mode": one.mode,
        "capacity": one.capacity,
        "calls_per_second": one.calls_per_second,
        "most_waiting": one.most_waiting,
        "wrap_up_seconds": one.wrap_up_seconds,
        "keep_days": one.keep_days,
        "web_form": one.web_form,
        "missed_calls": one.missed_calls,
        "dispositions": orjson.dumps(list(one.dispositions)).decode(),
        "agent_ids": list(one.agent_ids),
        "language": one.language,
        "scripts": orjson.dumps({language: dict(texts) for language, texts in one.scripts.items()}).decode(),
    }


async def _queue(connection: AsyncConnection, row: Row[Any]) -> Queue:
    hours: Hours | None = None if row.hours_id is None else await get_hours(connection, row.hours_id)
    return Queue(
        id=row.id,
        version=row.version,
        name=row.name,
        state=row.state,
        phone_channel_id=row.phone_channel_id,
        sms_channel_id=row.sms_channel_id,
        hours=hours,
        time_zone=row.time_zone,
        legal=LegalHours(tuple(row.legal["days"]), row.legal["opens"], row.legal["closes"]),
        mode=row.mode,
        capacity=row.capacity,
        calls_per_second=row.calls_per_second,
        most_waiting=row.most_waiting,
        wrap_up_seconds=row.wrap_up_seconds,
        keep_days=row.keep_days,
        web_form=row.web_form,
        missed_calls=row.missed_calls,
        dispositions=tuple(row.dispositions),
        agent_ids=tuple(row.agent_ids),
        language=row.language,
        scripts=row.scripts,
    )
