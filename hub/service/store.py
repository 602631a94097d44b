"""The business hours' SQL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import orjson
from sqlalchemy import Row, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.service.model import Exceptional, Hours, Schedule

_COLUMNS: Final = "h.id, h.name, h.time_zone, h.weekly, h.exceptions, h.country, h.subdivision, h.closed_text"
_LIST: Final = text(
    f"""
    select {_COLUMNS},
           array(select c.id from channel c where c.hours_id = h.id and c.state <> 'archived' order by c.id) as channels
    from hours h
    where (cast(:id as bigint) is null or h.id = :id) and (cast(:before as bigint) is null or h.id < :before)
    order by h.id desc limit :limit
    """
).columns(weekly=JSONB, exceptions=JSONB)
_OF_CHANNEL: Final = text(
    f"select {_COLUMNS}, array[c.id] as channels from channel c join hours h on h.id = c.hours_id where c.id = :id"
).columns(weekly=JSONB, exceptions=JSONB)
_INSERT: Final = text(
    """
    insert into hours (name, time_zone, weekly, exceptions, country, subdivision, closed_text)
    values (:name, :time_zone, cast(:weekly as jsonb), cast(:exceptions as jsonb), :country, :subdivision, :closed_text)
    returning id
    """
)
_REPLACE: Final = text(
    """
    update hours set name = :name, time_zone = :time_zone, weekly = cast(:weekly as jsonb),
        exceptions = cast(:exceptions as jsonb), country = :country, subdivision = :subdivision,
        closed_text = :closed_text, updated_at = now()
    where id = :id
    """
)
_REMOVE: Final = text(
    """
    delete from hours
    where id = :id and not exists (select from channel where hours_id = :id and state <> 'archived')
      and not exists (select from callback_queue where hours_id = :id)
    returning id
    """
)
_LET_GO: Final = text("update channel set hours_id = null where hours_id = :id and state = 'archived'")
_ASSIGN: Final = text("update channel set hours_id = :hours_id where id = :id and state <> 'archived' returning id")


async def hours_page(connection: AsyncConnection, before: int | None, limit: int) -> list[Hours]:
    """Newest first."""
    rows = await connection.execute(_LIST, {"id": None, "before": before, "limit": limit})
    return [_hours(row) for row in rows]


async def get_hours(connection: AsyncConnection, hours_id: int) -> Hours | None:
    row = (await connection.execute(_LIST, {"id": hours_id, "before": None, "limit": 1})).one_or_none()
    return None if row is None else _hours(row)


async def hours_of_channel(connection: AsyncConnection, channel_id: int) -> Hours | None:
    """None: the channel goes by no hours, and is always open."""
    row = (await connection.execute(_OF_CHANNEL, {"id": channel_id})).one_or_none()
    return None if row is None else _hours(row)


async def insert_hours(connection: AsyncConnection, name: str, schedule: Schedule, closed_text: str) -> int:
    return int((await connection.execute(_INSERT, _values(name, schedule, closed_text))).scalar_one())


async def replace_hours(
    connection: AsyncConnection, hours_id: int, name: str, schedule: Schedule, closed_text: str
) -> bool:
    values = {**_values(name, schedule, closed_text), "id": hours_id}
    return (await connection.execute(_REPLACE, values)).rowcount == 1


async def remove_hours(connection: AsyncConnection, hours_id: int) -> bool:
    """False while a channel or a callback queue goes by them."""
    await connection.execute(_LET_GO, {"id": hours_id})
    return (await connection.execute(_REMOVE, {"id": hours_id})).scalar_one_or_none() is not None


async def assign_hours(connection: AsyncConnection, channel_id: int, hours_id: int | None) -> bool:
    """False when there is no such channel."""
    values = {"id": channel_id, "hours_id": hours_id}
    return (await connection.execute(_ASSIGN, values)).scalar_one_or_none() is not None


def _values(name: str, schedule: Schedule, closed_text: str) -> dict[str, Any]:
    exceptions = [
        {"day": day.isoformat(), "name": one.name, "open": one.open} for day, one in sorted(schedule.exceptions.items())
    ]
    return {
        "name": name,
        "time_zone": schedule.time_zone,
        "weekly": orjson.dumps(dict(schedule.weekly)).decode(),
        "exceptions": orjson.dumps(exceptions).decode(),
        "country": schedule.country,
        "subdivision": schedule.subdivision,
        "closed_text": closed_text,
    }


def _hours(row: Row[Any]) -> Hours:
    schedule = Schedule(
        row.time_zone,
        {day: _spans(spans) for day, spans in row.weekly.items()},
        {date.fromisoformat(one["day"]): _exceptional(one) for one in row.exceptions},
        row.country,
        row.subdivision,
    )
    return Hours(row.id, row.name, schedule, row.closed_text, tuple(row.channels))


def _exceptional(one: Mapping[str, Any]) -> Exceptional:
    return Exceptional(one["name"], _spans(one["open"]))


def _spans(spans: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((start, end) for start, end in spans)
