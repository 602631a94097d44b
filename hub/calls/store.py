"""The SQL of calls and their legs."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

import orjson
from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.calls.model import Call, CallView, Leg, Said
from hub.sdk import Address, LegRole

WRAP_UP_HOURS: Final = 12
"""How a call ended that is over for longer, nobody is asked any more."""
_CALL: Final = """
    c.id, c.version, c.channel_id, c.conversation_id, c.identity_id, l.customer_id, c.entry_id, c.room, c.direction,
    c.stage, c.state, c.first, c.customer_kind, c.customer_address, c.language, c.callback_id, c.whisper,
    c.machine_text, c.closing_text, c.opening_text, c.callback_wanted, c.record, c.consent, c.recording_paused,
    c.recorded, c.voicemail, c.transferred, c.started_at, c.answered_at, c.ended_at, c.waited_seconds, c.talk_seconds,
    c.held_since, c.held_seconds, c.transcript, c.said, c.disposition, c.notes, c.wrap_up_agent_id
"""
_FROM_CALL: Final = "from call c join identity_link l on l.identity_id = c.identity_id and l.until is null"
_LEG: Final = """
    g.id, g.call_id, g.token, g.number, g.role, g.agent_id, g.to_kind, g.to_address, g.provider_id, g.state,
    g.started_at, g.answered_at, g.accepted_at, g.declined, g.waited, g.joined_at, g.last_joined_at, g.left_at,
    g.ended_at, g.machine, g.seconds, g.reason, g.told, g.attempt, g.attempted_at, g.asks, g.ring_seconds,
    g.detect_machine, g.channel_id
"""
_CALLS: Final = text(f"select {_CALL} {_FROM_CALL} where c.id = any (:ids) order by c.id")
_LOCK: Final = text(f"select {_CALL} {_FROM_CALL} where c.id = :id for update of c")
_OPEN: Final = text(f"select {_CALL} {_FROM_CALL} where c.stage <> 'over' order by c.started_at, c.id limit :limit")
_TO_WRAP_UP: Final = text(
    f"""
    select {_CALL} {_FROM_CALL}
    where c.wrap_up_agent_id = :agent_id and c.ended_at > now() - interval '{WRAP_UP_HOURS} hours'
    order by c.ended_at desc, c.id desc limit :limit
    """
)
_LEGS: Final = text(f"select {_LEG} from call_leg g where g.call_id = any (:ids) order by g.call_id, g.id")
_LEG_BY_ID: Final = text(f"select {_LEG} from call_leg g where g.id = :id")
_LEG_BY_TOKEN: Final = text(f"select {_LEG} from call_leg g where g.channel_id = :channel_id and g.token = :token")
_LEG_BY_PROVIDER: Final = text(
    f"select {_LEG} from call_leg g where g.channel_id = :channel_id and g.provider_id = :provider_id"
)
_ONE_AT_A_TIME: Final = text("select pg_advisory_xact_lock(hashtextextended(:name, 0))")
_INSERT_CALL: Final = text(
    """
    insert into call (channel_id, conversation_id, identity_id, entry_id, room, direction, stage, state, first,
                      customer_kind, customer_address, language, callback_id, opening_text, closing_text, whisper,
                      machine_text, record, started_at)
    values (:channel_id, :conversation_id, :identity_id, :entry_id, :room, :direction, :stage, :state, :first,
            :customer_kind, :customer_address, :language, :callback_id, :opening_text, :closing_text, :whisper,
            :machine_text, :record, :started_at)
    returning id
    """
)
_INSERT_LEG: Final = text(
    """
    insert into call_leg (call_id, channel_id, token, number, role, agent_id, to_kind, to_address, ring_seconds,
                          detect_machine, provider_id, state, started_at)
    select c.id, c.channel_id, :token,
           (select count(*) + 1 from call_leg o where o.call_id = c.id and o.role = :role), :role, :agent_id,
           :to_kind, :to_address, :ring_seconds, :detect_machine, :provider_id, :state,
           coalesce(cast(:started_at as timestamptz), now())
    from call c where c.id = :call_id
    returning id
    """
)
_CALL_COLUMNS: Final = (
    "started_at",
    "stage",
    "state",
    "whisper",
    "closing_text",
    "callback_id",
    "callback_wanted",
    "consent",
    "recording_paused",
    "recorded",
    "voicemail",
    "transferred",
    "answered_at",
    "ended_at",
    "waited_seconds",
    "talk_seconds",
    "held_since",
    "held_seconds",
    "transcript",
    "disposition",
    "notes",
    "wrap_up_agent_id",
)
_LEG_COLUMNS: Final = (
    "started_at",
    "provider_id",
    "state",
    "answered_at",
    "accepted_at",
    "declined",
    "waited",
    "joined_at",
    "last_joined_at",
    "left_at",
    "ended_at",
    "machine",
    "seconds",
    "reason",
)
_SAVE_CALL: Final = text(
    f"update call set version = version + 1, {', '.join(f'{one} = :{one}' for one in _CALL_COLUMNS)}, "
    "said = cast(:said as jsonb) where id = :id returning version"
)
_SAVE_LEG: Final = text(
    f"update call_leg set heard_at = now(), {', '.join(f'{one} = :{one}' for one in _LEG_COLUMNS)} where id = :id"
)
_TOLD: Final = text("update call_leg set told = :told where id = :id and told <> :told")
_BEGIN: Final = text(
    """
    update call_leg set attempt = :attempt, attempted_at = now(), heard_at = now() where id = :id
    returning attempted_at
    """
)
_FORGET_ATTEMPT: Final = text("update call_leg set attempt = '', attempted_at = null, asks = 0 where id = :id")
_ASKED: Final = text("update call_leg set asks = asks + 1, heard_at = now() where id = :id")
_LOOKED: Final = text("update call_leg set heard_at = now() where id = any (:ids)")
_SILENT: Final = text(
    """
    select g.id, g.channel_id, g.call_id, g.provider_id, g.attempt, c.stage
    from call_leg g join call c on c.id = g.call_id
    where g.state in ('dialing', 'ringing', 'answered')
      and (:called and g.provider_id <> '' or g.heard_at < now() - make_interval(secs => case
          when c.stage = 'over' then :ending
          when g.state = 'answered' and g.joined_at is not null then :talking
          when g.state = 'answered' then :waiting
          else g.ring_seconds + :ringing end))
    order by g.heard_at limit :limit for update of g skip locked
    """
)
_WAITING: Final = text(
    """
    select c.id from call c where c.stage = 'queue' and not exists (
        select from call_leg g where g.call_id = c.id and g.role = 'agent' and not g.declined
                                 and g.state in ('dialing', 'ringing', 'answered'))
    order by c.started_at, c.id limit :limit for update of c skip locked
    """
)
_CONVERSATION: Final = text(
    """
    select id from conversation where channel_id = :channel_id and identity_id = :identity_id and state = 'open'
    order by last_entry_at desc limit 1
    """
)
_NAME: Final = text(
    """
    select coalesce(nullif(u.name, ''), nullif(i.name, ''), nullif(i.shown, ''), i.address) as name,
           u.attributes ->> 'language' as language, i.kind, i.address
    from identity i
    join identity_link l on l.identity_id = i.id and l.until is null
    join customer u on u.id = l.customer_id
    where i.id = :identity_id
    """
)
_LOCALE: Final = text("select locale from agent where id = :id")
_NOW: Final = text("select now()")


def _to_call(row: Row[Any]) -> Call:
    values = dict(row._mapping)
    customer = Address(values.pop("customer_kind"), values.pop("customer_address"))
    said = tuple(
        Said(datetime.fromisoformat(one["at"]), one["number"], one["who"], one["text"]) for one in values.pop("said")
    )
    return Call(customer=customer, said=said, **values)


def _to_leg(row: Row[Any]) -> Leg:
    values = dict(row._mapping)
    return Leg(to=Address(values.pop("to_kind"), values.pop("to_address")), **values)


async def get_calls(connection: AsyncConnection, ids: Iterable[int]) -> list[Call]:
    """Those that exist, in order of their ids."""
    return [_to_call(row) for row in await connection.execute(_CALLS, {"ids": list(ids)})]


async def get_call(connection: AsyncConnection, call_id: int) -> Call | None:
    return next(iter(await get_calls(connection, [call_id])), None)


async def lock_call(connection: AsyncConnection, call_id: int) -> Call | None:
    row = (await connection.execute(_LOCK, {"id": call_id})).one_or_none()
    return None if row is None else _to_call(row)


async def open_calls(connection: AsyncConnection, limit: int) -> list[Call]:
    """Those that go on, the oldest first."""
    return [_to_call(row) for row in await connection.execute(_OPEN, {"limit": limit})]


async def calls_to_wrap_up(connection: AsyncConnection, agent_id: int, limit: int) -> list[Call]:
    """Those that are over, and this agent has yet to say how, the latest first."""
    values = {"agent_id": agent_id, "limit": limit}
    return [_to_call(row) for row in await connection.execute(_TO_WRAP_UP, values)]


async def legs_of(connection: AsyncConnection, call_ids: Iterable[int]) -> dict[int, list[Leg]]:
    """By call, in the order in which they were called."""
    ids = list(call_ids)
    found: dict[int, list[Leg]] = {one: [] for one in ids}
    for row in await connection.execute(_LEGS, {"ids": ids}):
        found[row.call_id].append(_to_leg(row))
    return found


async def get_legs(connection: AsyncConnection, call_id: int) -> list[Leg]:
    return (await legs_of(connection, [call_id]))[call_id]


async def get_leg(connection: AsyncConnection, leg_id: int) -> Leg | None:
    row = (await connection.execute(_LEG_BY_ID, {"id": leg_id})).one_or_none()
    return None if row is None else _to_leg(row)


_NAMES: Final = text(
    """
    select c.id, u.name as customer_name, i.name as identity_name
    from call c
    join identity i on i.id = c.identity_id
    join identity_link l on l.identity_id = c.identity_id and l.until is null
    join customer u on u.id = l.customer_id
    where c.id = any (:ids)
    """
)
_AGENTS: Final = text("select id, name from agent where id = any (:ids)")


async def views_of(connection: AsyncConnection, calls: Iterable[Call]) -> list[CallView]:
    """In the same order."""
    calls = list(calls)
    ids = [call.id for call in calls]
    legs = await legs_of(connection, ids)
    names = {row.id: row for row in await connection.execute(_NAMES, {"ids": ids})}
    agent_ids = {leg.agent_id for each in legs.values() for leg in each if leg.agent_id is not None}
    agents = {row.id: row.name for row in await connection.execute(_AGENTS, {"ids": sorted(agent_ids)})}
    return [
        CallView(call, legs[call.id], names[call.id].customer_name, names[call.id].identity_name, agents)
        for call in calls
        if call.id in names
    ]


async def find_leg(connection: AsyncConnection, channel_id: int, provider_id: str, token: str) -> Leg | None:
    """By its token, else by the provider's id."""
    if token:
        rows = await connection.execute(_LEG_BY_TOKEN, {"channel_id": channel_id, "token": token})
    elif provider_id:
        rows = await connection.execute(_LEG_BY_PROVIDER, {"channel_id": channel_id, "provider_id": provider_id})
    else:
        return None
    row = rows.one_or_none()
    return None if row is None else _to_leg(row)


async def one_at_a_time(connection: AsyncConnection, channel_id: int, provider_id: str) -> None:
    """Of all that would make the same call, the others wait until this transaction is over."""
    await connection.execute(_ONE_AT_A_TIME, {"name": f"call:{channel_id}:{provider_id}"})


async def insert_call(connection: AsyncConnection, values: Mapping[str, object]) -> int:
    made: int = (await connection.execute(_INSERT_CALL, {**values, "room": secrets.token_urlsafe(12)})).scalar_one()
    return made


async def insert_leg(
    connection: AsyncConnection,
    call_id: int,
    role: LegRole,
    to: Address,
    *,
    ring_seconds: int,
    agent_id: int | None = None,
    detect_machine: bool = False,
    provider_id: str = "",
    state: str = "dialing",
    started_at: datetime | None = None,
) -> Leg:
    """The next of its role. The call's row is locked."""
    values = {
        "call_id": call_id,
        "token": secrets.token_urlsafe(18),
        "role": role,
        "agent_id": agent_id,
        "to_kind": to.kind,
        "to_address": to.value,
        "ring_seconds": ring_seconds,
        "detect_machine": detect_machine,
        "provider_id": provider_id,
        "state": state,
        "started_at": started_at,
    }
    made: int = (await connection.execute(_INSERT_LEG, values)).scalar_one()
    leg = await get_leg(connection, made)
    assert leg is not None
    return leg


async def save_call(connection: AsyncConnection, call: Call) -> int:
    """Its new version."""
    said = [{"at": one.at.isoformat(), "number": one.number, "who": one.who, "text": one.text} for one in call.said]
    values = {one: getattr(call, one) for one in _CALL_COLUMNS} | {"said": orjson.dumps(said).decode()}
    version: int = (await connection.execute(_SAVE_CALL, {**values, "id": call.id})).scalar_one()
    return version


async def save_leg(connection: AsyncConnection, leg: Leg) -> None:
    """What is known of it; something was heard of it just now."""
    await connection.execute(_SAVE_LEG, {**{one: getattr(leg, one) for one in _LEG_COLUMNS}, "id": leg.id})


async def set_told(connection: AsyncConnection, leg_id: int, told: str) -> None:
    await connection.execute(_TOLD, {"id": leg_id, "told": told})


async def begin_attempt(connection: AsyncConnection, leg_id: int, attempt: str) -> datetime:
    """The provider is about to be called."""
    at: datetime = (await connection.execute(_BEGIN, {"id": leg_id, "attempt": attempt})).scalar_one()
    return at


async def forget_attempt(connection: AsyncConnection, leg_id: int) -> None:
    """The provider surely did not take it."""
    await connection.execute(_FORGET_ATTEMPT, {"id": leg_id})


async def count_question(connection: AsyncConnection, leg_id: int) -> None:
    await connection.execute(_ASKED, {"id": leg_id})


async def silent_legs(
    connection: AsyncConnection, limit: int, *, called: bool = False, **seconds: float
) -> list[Row[Any]]:
    """Open legs of which nothing was heard for so long, with `called` all that the provider has called; from now on
    they count as looked at."""
    found = list(await connection.execute(_SILENT, {"limit": limit, "called": called, **seconds}))
    if found:
        await connection.execute(_LOOKED, {"ids": [row.id for row in found]})
    return found


async def waiting_calls(connection: AsyncConnection, limit: int) -> list[int]:
    """Callers in the queue whom no agent is being asked to take, in order of their place; locked."""
    return list((await connection.execute(_WAITING, {"limit": limit})).scalars())


async def open_conversation_of(connection: AsyncConnection, channel_id: int, identity_id: int) -> int | None:
    found: int | None = (
        await connection.execute(_CONVERSATION, {"channel_id": channel_id, "identity_id": identity_id})
    ).scalar_one_or_none()
    return found


async def who_is(connection: AsyncConnection, identity_id: int) -> Row[Any]:
    """Name, language (where it was noted), kind and address of a customer."""
    return (await connection.execute(_NAME, {"identity_id": identity_id})).one()


async def locale_of(connection: AsyncConnection, agent_id: int | None) -> str:
    return (await connection.scalar(_LOCALE, {"id": agent_id})) or "en"


async def present(connection: AsyncConnection) -> datetime:
    """The database's time."""
    now: datetime = (await connection.execute(_NOW)).scalar_one()
    return now
