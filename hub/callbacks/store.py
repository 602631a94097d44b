"""The callbacks' SQL; the queues' is in queue_store.py."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson
from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.callbacks.model import Callback, Progress, State, Window
from hub.timeline.model import Cursor

_COLUMNS: Final = """
    c.id, c.version, c.queue_id, c.identity_id, c.number, c.name, c.reason, c.language, c.source, c.requested_at,
    c.window_start, c.window_end, c.time_zone, c.priority, c.place, c.preferred_agent_id, c.conversation_id, c.entry_id,
    c.disposition, c.notes, c.ended_at, c.canceled_by, c.state, c.since, c.deadline, c.expires_at, c.due_at, c.retries,
    c.calls, c.agent_id, c.call_id, c.tried, c.ending, c.left_message, c.customer_there, c.outcome
"""
_GET: Final = text(f"select {_COLUMNS} from callback c where c.id = any (cast(:ids as bigint[])) order by c.id")
_LOCK: Final = text(f"select {_COLUMNS} from callback c where c.id = :id for update")
_BY_TOKEN: Final = text(f"select {_COLUMNS} from callback c where c.manage_hash = :hashed")
_OPEN_OF: Final = text(
    "select id from callback where queue_id = :queue_id and number = :number and deadline is not null"
)
_ALONE: Final = text("select pg_advisory_xact_lock(hashtextextended(:what, 0))")
_INSERT: Final = text(
    """
    insert into callback (queue_id, identity_id, number, name, reason, language, source, requested_at, window_start,
                          window_end, time_zone, priority, place, preferred_agent_id, conversation_id, entry_id,
                          manage_hash, state, since, deadline, expires_at)
    values (:queue_id, :identity_id, :number, :name, :reason, :language, :source, :requested_at, :window_start,
            :window_end, :time_zone, :priority, :place, :preferred_agent_id, :conversation_id, :entry_id,
            :manage_hash, 'requested', :requested_at, :expires_at, :expires_at)
    returning id
    """
)
_SAVE: Final = text(
    """
    update callback set version = version + 1, window_start = :window_start, window_end = :window_end,
        priority = :priority, disposition = :disposition, notes = :notes,
        state = :state, since = :since, deadline = :deadline, expires_at = :expires_at, due_at = :due_at,
        retries = :retries, calls = :calls, agent_id = :agent_id, call_id = :call_id, tried = :tried, ending = :ending,
        left_message = :left_message, customer_there = :customer_there, outcome = :outcome, ended_at = :ended_at,
        canceled_by = :canceled_by
    where id = :id
    """
)
_OVERDUE: Final = text("select id from callback where deadline <= :now order by deadline, id limit :limit")
# The next in turn whose queue may call. Locked, so that two dispatchers never take the same one; what they both counted
# (calls at once, free agents) is looked at again under locks of its own.
_NEXT: Final = text(
    f"""
    select {_COLUMNS} from callback c join callback_queue q on q.id = c.queue_id
    join channel on channel.id = q.phone_channel_id and channel.state = 'active'
    where c.state = 'due' and q.state = 'active' and q.next_call_at <= :now
      and not c.id = any (cast(:passed as bigint[])) and not c.queue_id = any (cast(:queues as bigint[]))
    order by c.priority desc, c.place, c.id limit 1 for update of c skip locked
    """
)
_START_ATTEMPT: Final = text(
    """
    insert into callback_attempt (callback_id, number, agent_id, call_id, started_at)
    select :id, coalesce(max(number), 0) + 1, :agent_id, :call_id, :now
    from callback_attempt where callback_id = :id
    """
)
_END_ATTEMPT: Final = text(
    "update callback_attempt set ended_at = :now, result = :result where callback_id = :id and ended_at is null"
)
_TALK: Final = text(
    "update callback_attempt set talked_at = :now where callback_id = :id and ended_at is null and talked_at is null"
)
_ATTEMPTS: Final = text(
    """
    select number, agent_id, call_id, started_at, talked_at, ended_at, result from callback_attempt
    where callback_id = :id order by number desc
    """
)
_AHEAD: Final = text(
    """
    select count(*) filter (where other.state in ('requested', 'scheduled', 'due', 'retry_wait')
                                and (-other.priority, other.place, other.id) < (-c.priority, c.place, c.id)
                                and (other.window_start is null or other.window_start <= coalesce(c.due_at, :now)))
               as waiting,
           count(*) filter (where other.state in ('reserved', 'dialing_agent', 'agent_accepted', 'dialing_customer',
                                                  'connected')) as calling
    from callback c join callback other on other.queue_id = c.queue_id and other.deadline is not null
    where c.id = :id
    """
)
_OPEN_PAGE: Final = text(
    f"""
    select {_COLUMNS} from callback c
    where c.deadline is not null and (cast(:queue_id as bigint) is null or c.queue_id = :queue_id)
      and (cast(:identities as bigint[]) is null or c.identity_id = any (cast(:identities as bigint[])))
      and (cast(:id as bigint) is null or (-c.priority, c.place, c.id) > (-cast(:priority as integer),
           cast(:place as timestamptz), cast(:id as bigint)))
    order by c.priority desc, c.place, c.id limit :limit
    """
)
_ENDED_PAGE: Final = text(
    f"""
    select {_COLUMNS} from callback c
    where c.deadline is null and (cast(:queue_id as bigint) is null or c.queue_id = :queue_id)
      and (cast(:identities as bigint[]) is null or c.identity_id = any (cast(:identities as bigint[])))
      and (cast(:id as bigint) is null or (c.ended_at, c.id) < (cast(:place as timestamptz), cast(:id as bigint)))
    order by c.ended_at desc, c.id desc limit :limit
    """
)
_DATA: Final = text("update entry set data = cast(:data as jsonb) where id = :id")


@dataclass(frozen=True, slots=True)
class Attempt:
    number: int
    agent_id: int | None
    call_id: int | None
    started_at: datetime
    talked_at: datetime | None
    ended_at: datetime | None
    result: str | None


@dataclass(frozen=True, slots=True)
class Turn:
    """The end of a page of open callbacks: the last one's place in the order in which they are called."""

    priority: int
    at: Cursor

    def __str__(self) -> str:
        return f"{self.priority}.{self.at}"

    @classmethod
    def parse(cls, value: str) -> Turn:
        """Raises ValueError for anything that `str(turn)` never gives."""
        priority, _, at = value.partition(".")
        found = cls(int(priority), Cursor.parse(at))
        if not -1000 <= found.priority <= 1000:
            raise ValueError("not a turn")
        return found


async def get_callbacks(connection: AsyncConnection, ids: Iterable[int]) -> list[Callback]:
    """Those that exist, in order of their ids."""
    return [_callback(row) for row in await connection.execute(_GET, {"ids": list(ids)})]


async def get_callback(connection: AsyncConnection, callback_id: int) -> Callback | None:
    return next(iter(await get_callbacks(connection, [callback_id])), None)


async def lock_callback(connection: AsyncConnection, callback_id: int) -> Callback | None:
    """Not to be changed by anybody else until the transaction ends."""
    row = (await connection.execute(_LOCK, {"id": callback_id})).one_or_none()
    return None if row is None else _callback(row)


async def callback_of_token(connection: AsyncConnection, hashed: bytes) -> Callback | None:
    row = (await connection.execute(_BY_TOKEN, {"hashed": hashed})).one_or_none()
    return None if row is None else _callback(row)


async def open_callback_of(connection: AsyncConnection, queue_id: int, number: str) -> int | None:
    """The open callback of the number in the queue; until the transaction ends nobody else adds one."""
    await connection.execute(_ALONE, {"what": f"callback {queue_id} {number}"})
    found: int | None = await connection.scalar(_OPEN_OF, {"queue_id": queue_id, "number": number})
    return found


async def insert_callback(connection: AsyncConnection, values: dict[str, Any]) -> int:
    return int((await connection.execute(_INSERT, values)).scalar_one())


async def save(connection: AsyncConnection, one: Callback) -> None:
    """The callback, which is locked, as it is now."""
    progress = one.progress
    await connection.execute(
        _SAVE,
        {
            "id": one.id,
            "window_start": one.window.start if one.window else None,
            "window_end": one.window.end if one.window else None,
            "priority": one.priority,
            "disposition": one.disposition,
            "notes": one.notes,
            "state": progress.state,
            "since": progress.since,
            "deadline": progress.deadline,
            "expires_at": progress.expires_at,
            "due_at": progress.due_at,
            "retries": progress.retries,
            "calls": progress.calls,
            "agent_id": progress.agent_id,
            "call_id": progress.call_id,
            "tried": list(progress.tried),
            "ending": progress.ending,
            "left_message": progress.left_message,
            "customer_there": progress.customer_there,
            "outcome": progress.outcome,
            "ended_at": one.ended_at,
            "canceled_by": one.canceled_by,
        },
    )


async def overdue(connection: AsyncConnection, now: datetime, limit: int) -> list[int]:
    """Ids of those whose deadline has passed."""
    return list((await connection.execute(_OVERDUE, {"now": now, "limit": limit})).scalars())


async def lock_next(
    connection: AsyncConnection, now: datetime, passed: Sequence[int], queues: Sequence[int]
) -> Callback | None:
    """The next in turn that nobody else holds, other than those `passed` by and all of these `queues`; locked."""
    values = {"now": now, "passed": list(passed), "queues": list(queues)}
    row = (await connection.execute(_NEXT, values)).one_or_none()
    return None if row is None else _callback(row)


async def start_attempt(connection: AsyncConnection, one: Callback, now: datetime) -> None:
    values = {"id": one.id, "agent_id": one.progress.agent_id, "call_id": one.progress.call_id, "now": now}
    await connection.execute(_START_ATTEMPT, values)


async def note_talk(connection: AsyncConnection, callback_id: int, now: datetime) -> None:
    await connection.execute(_TALK, {"id": callback_id, "now": now})


async def end_attempt(connection: AsyncConnection, callback_id: int, now: datetime, result: str) -> None:
    await connection.execute(_END_ATTEMPT, {"id": callback_id, "now": now, "result": result})


async def attempts_of(connection: AsyncConnection, callback_id: int) -> list[Attempt]:
    """Newest first."""
    return [Attempt(*row) for row in await connection.execute(_ATTEMPTS, {"id": callback_id})]


async def ahead_of(connection: AsyncConnection, callback_id: int, now: datetime) -> tuple[int, int]:
    """How many wait before it, and how many calls of its queue are being made."""
    row = (await connection.execute(_AHEAD, {"id": callback_id, "now": now})).one()
    return row.waiting, row.calling


async def open_page(
    connection: AsyncConnection,
    after: Turn | None,
    limit: int,
    *,
    queue_id: int | None = None,
    identities: Sequence[int] | None = None,
) -> list[Callback]:
    """In the order in which they are called."""
    values = {
        "queue_id": queue_id,
        "identities": None if identities is None else list(identities),
        "priority": after.priority if after else None,
        "place": after.at.at if after else None,
        "id": after.at.id if after else None,
        "limit": limit,
    }
    return [_callback(row) for row in await connection.execute(_OPEN_PAGE, values)]


async def ended_page(
    connection: AsyncConnection,
    after: Cursor | None,
    limit: int,
    *,
    queue_id: int | None = None,
    identities: Sequence[int] | None = None,
) -> list[Callback]:
    """The last that ended first."""
    values = {
        "queue_id": queue_id,
        "identities": None if identities is None else list(identities),
        "place": after.at if after else None,
        "id": after.id if after else None,
        "limit": limit,
    }
    return [_callback(row) for row in await connection.execute(_ENDED_PAGE, values)]


async def show(connection: AsyncConnection, entry_id: int, data: dict[str, object]) -> None:
    """What its entry on the timeline says of it."""
    await connection.execute(_DATA, {"id": entry_id, "data": orjson.dumps(data).decode()})


def _callback(row: Row[Any]) -> Callback:
    state: State = row.state
    return Callback(
        id=row.id,
        version=row.version,
        queue_id=row.queue_id,
        identity_id=row.identity_id,
        number=row.number,
        name=row.name,
        reason=row.reason,
        language=row.language,
        source=row.source,
        requested_at=row.requested_at,
        window=Window(row.window_start, row.window_end) if row.window_start is not None else None,
        time_zone=row.time_zone,
        priority=row.priority,
        place=row.place,
        preferred_agent_id=row.preferred_agent_id,
        conversation_id=row.conversation_id,
        entry_id=row.entry_id,
        disposition=row.disposition,
        notes=row.notes,
        ended_at=row.ended_at,
        canceled_by=row.canceled_by,
        progress=Progress(
            state=state,
            since=row.since,
            deadline=row.deadline,
            expires_at=row.expires_at,
            due_at=row.due_at,
            retries=row.retries,
            calls=row.calls,
            agent_id=row.agent_id,
            call_id=row.call_id,
            tried=tuple(row.tried),
            ending=row.ending,
            left_message=row.left_message,
            customer_there=row.customer_there,
            outcome=row.outcome,
        ),
    )
