"""Agents and their telephones: who can be called, and who is next. Rows are locked after those of calls."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any, Final

import phonenumbers
from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.calls.model import DISTRIBUTE, AgentState, Availability, BadDevice, Device, DeviceKind
from hub.desk import audit
from hub.events.model import AgentChanged
from hub.events.outbox import Tx
from hub.outbound.job import enqueue

MOST_CALLS: Final = 20
_SIP: Final = re.compile(r"sips?:[^\s@:/?]+@[A-Za-z0-9.-]+(:\d{1,5})?")
_STATE: Final = """
    select a.id as agent_id, coalesce(s.availability, 'away') as availability,
           coalesce(s.away_reason, '') as away_reason, coalesce(s.since, a.created_at) as since,
           coalesce(s.capacity, 1) as capacity,
           (select count(*) from call_leg g
            where g.agent_id = a.id and g.state in ('dialing', 'ringing', 'answered')) as calls,
           case when s.wrap_up_until > now() then s.wrap_up_until end as wrap_up_until,
           d.kind as device_kind, d.address as device_address
    from agent a
    left join agent_state s on s.agent_id = a.id
    left join agent_device d on d.agent_id = a.id
    where not a.service and a.disabled_at is null
"""
_STATES: Final = text(f"{_STATE} and a.id = any (:ids) order by a.id")
_ALL: Final = text(f"{_STATE} order by lower(a.name), a.id")
_FREE: Final = """
    from agent_state s
    join agent_device d on d.agent_id = s.agent_id
    join agent a on a.id = s.agent_id and a.disabled_at is null
    where s.availability = 'available' and coalesce(s.wrap_up_until, now()) <= now()
      and (select count(*) from call_leg g
           where g.agent_id = s.agent_id and g.state in ('dialing', 'ringing', 'answered')) < s.capacity
"""
_NEXT: Final = text(
    f"select s.agent_id {_FREE} and s.agent_id <> all (:skip) order by s.idle_since, s.agent_id limit 1 "
    "for update of s skip locked"
)
_LOCK: Final = text("select agent_id from agent_state where agent_id = :id for update")
_BEGIN: Final = text("insert into agent_state (agent_id) values (:id) on conflict do nothing")
_SET: Final = text(
    """
    update agent_state set
        since = case when availability <> :availability then now() else since end,
        idle_since = case when availability <> :availability then now() else idle_since end,
        availability = :availability, away_reason = '', wrap_up_until = null
    where agent_id = :id
    """
)
_MISSED: Final = text(
    """
    update agent_state set availability = 'away', away_reason = 'missed_call', since = now()
    where agent_id = :id and availability = 'available'
    """
)
_CAPACITY: Final = text("update agent_state set capacity = :capacity where agent_id = :id")
_WRAP_UP: Final = text(
    """
    update agent_state set wrap_up_until = greatest(wrap_up_until, now() + make_interval(secs => :seconds)),
                           idle_since = greatest(wrap_up_until, now() + make_interval(secs => :seconds))
    where agent_id = :id
    """
)
_END_WRAP_UP: Final = text(
    "update agent_state set wrap_up_until = null, idle_since = now() where agent_id = :id and wrap_up_until > now()"
)
_DEVICE: Final = text(
    """
    insert into agent_device (agent_id, kind, address) values (:id, :kind, :address)
    on conflict (agent_id) do update set kind = excluded.kind, address = excluded.address
    """
)
_NO_DEVICE: Final = text("delete from agent_device where agent_id = :id")


async def states_of(connection: AsyncConnection, agent_ids: Iterable[int]) -> list[AgentState]:
    """Of those that exist and may work, in order of their ids."""
    return [_to_state(row) for row in await connection.execute(_STATES, {"ids": list(agent_ids)})]


async def all_states(connection: AsyncConnection) -> list[AgentState]:
    """By the agents' names."""
    return [_to_state(row) for row in await connection.execute(_ALL)]


async def state_of(connection: AsyncConnection, agent_id: int) -> AgentState | None:
    return next(iter(await states_of(connection, [agent_id])), None)


async def next_agent(tx: Tx, skip: Collection[int] = ()) -> AgentState | None:
    """A free agent, whoever has been idle the longest, theirs until this transaction is over; None: nobody is."""
    passed = set(skip)
    while True:
        agent_id = await tx.connection.scalar(_NEXT, {"skip": sorted(passed)})
        if agent_id is None:
            return None
        # Once more under the lock: a call may have been given to them since the statement above began.
        found = await state_of(tx.connection, agent_id)
        if found is not None and found.free:
            return found
        passed.add(agent_id)


async def take_agent(tx: Tx, agent_id: int) -> AgentState | None:
    """This agent, theirs until the transaction is over, free or not."""
    await tx.connection.execute(_BEGIN, {"id": agent_id})
    await tx.connection.execute(_LOCK, {"id": agent_id})
    return await state_of(tx.connection, agent_id)


async def set_availability(tx: Tx, agent_id: int, availability: Availability) -> AgentState:
    """What the agent says of themselves; it ends their wrapping up."""
    await tx.connection.execute(_BEGIN, {"id": agent_id})
    await tx.connection.execute(_SET, {"id": agent_id, "availability": availability})
    return await _changed(tx, agent_id)


async def note_missed(tx: Tx, agent_id: int) -> None:
    """Their telephone rang in vain: until they say that they are back they are given no call, so that the next customer
    does not wait for nobody. Nothing for one who is not available anyway."""
    if (await tx.connection.execute(_MISSED, {"id": agent_id})).rowcount:
        tx.emit(AgentChanged(agent_id))


async def set_capacity(tx: Tx, agent_id: int, capacity: int, *, by: int) -> AgentState | None:
    """How many calls at once they are given; None when there is no such agent."""
    if await state_of(tx.connection, agent_id) is None:
        return None
    await tx.connection.execute(_BEGIN, {"id": agent_id})
    await tx.connection.execute(_CAPACITY, {"id": agent_id, "capacity": capacity})
    await audit.record(tx, by, "agent.capacity", f"agent:{agent_id}", {"capacity": capacity})
    return await _changed(tx, agent_id)


async def set_device(tx: Tx, agent_id: int, kind: DeviceKind, address: str, region: str | None = None) -> AgentState:
    """Their telephone; `region` is the country of a number that does not say it. Raises BadDevice."""
    value = normal_number(address, region) if kind == "phone" else _normal_sip(address)
    await tx.connection.execute(_DEVICE, {"id": agent_id, "kind": kind, "address": value})
    return await _changed(tx, agent_id)


async def remove_device(tx: Tx, agent_id: int) -> AgentState:
    await tx.connection.execute(_NO_DEVICE, {"id": agent_id})
    return await _changed(tx, agent_id)


async def wrap_up(tx: Tx, agent_id: int, seconds: int) -> None:
    """They get no call for so long, or longer: the last one is to be finished."""
    await tx.connection.execute(_BEGIN, {"id": agent_id})
    await tx.connection.execute(_WRAP_UP, {"id": agent_id, "seconds": seconds})
    tx.emit(AgentChanged(agent_id))


async def end_wrap_up(tx: Tx, agent_id: int) -> None:
    """They have finished the last call."""
    if (await tx.connection.execute(_END_WRAP_UP, {"id": agent_id})).rowcount:
        await _told(tx, agent_id)


async def look_for_work(tx: Tx) -> None:
    """Somebody may be free: whoever waits is given to them once this transaction has committed."""
    await enqueue(tx.connection, DISTRIBUTE, {}, dedupe_key=DISTRIBUTE)


def normal_number(written: str, region: str | None = None) -> str:
    """In E.164. Raises BadDevice."""
    try:
        number = phonenumbers.parse(written, region or None)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise BadDevice("This is no telephone number. Write it with its country, such as +49 30 1234567.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _normal_sip(written: str) -> str:
    address = written.strip()
    if not address.lower().startswith(("sip:", "sips:")):
        address = f"sip:{address}"
    if not _SIP.fullmatch(address):
        raise BadDevice("This is no SIP address. Write it as sip:anna@phones.example.com.")
    return address


async def _changed(tx: Tx, agent_id: int) -> AgentState:
    await _told(tx, agent_id)
    found = await state_of(tx.connection, agent_id)
    assert found is not None, "they are signed in"
    return found


async def _told(tx: Tx, agent_id: int) -> None:
    tx.emit(AgentChanged(agent_id))
    await look_for_work(tx)


def _to_state(row: Row[Any]) -> AgentState:
    device = None if row.device_kind is None else Device(row.agent_id, row.device_kind, row.device_address)
    return AgentState(
        row.agent_id,
        row.availability,
        row.away_reason,
        row.since,
        row.capacity,
        row.calls,
        row.wrap_up_until,
        device,
    )
