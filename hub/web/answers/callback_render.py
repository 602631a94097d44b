"""Callbacks and queues to the shapes of callback_shapes.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.callbacks import queue_store, store
from hub.callbacks.model import WAITING, Callback, Queue
from hub.callbacks.preview import Step
from hub.callbacks.scripts import DEFAULTS
from hub.callbacks.wait import expected_wait
from hub.service.hours import state
from hub.web import addresses
from hub.web.answers import callback_shapes as shapes
from hub.web.answers.shapes import Named

_AGENTS: Final = text("select id, name from agent where id = any (:ids)")
_CUSTOMERS: Final = text(
    """
    select l.identity_id, c.id, c.name from identity_link l join customer c on c.id = l.customer_id
    where l.identity_id = any (:ids) and l.until is null
    """
)


@dataclass(frozen=True, slots=True)
class Names:
    """Who and what the callbacks of one answer name, by id; customers by identity."""

    queues: Mapping[int, Queue]
    agents: Mapping[int, str]
    customers: Mapping[int, Named]
    loads: Mapping[int, queue_store.Load]

    def agent(self, agent_id: int | None) -> Named | None:
        return None if agent_id is None else {"id": agent_id, "name": self.agents.get(agent_id, "")}


async def names_for(
    connection: AsyncConnection, callbacks: Sequence[Callback], now: datetime, more_agents: Sequence[int | None] = ()
) -> Names:
    queues = await queue_store.get_queues(connection, {one.queue_id for one in callbacks})
    wanted = {id for one in callbacks for id in (one.progress.agent_id, one.preferred_agent_id, one.canceled_by)}
    agents = await connection.execute(_AGENTS, {"ids": [one for one in {*wanted, *more_agents} if one is not None]})
    agent_names = {row.id: row.name for row in agents}
    customers = await connection.execute(_CUSTOMERS, {"ids": [one.identity_id for one in callbacks]})
    named: dict[int, Named] = {row.identity_id: {"id": row.id, "name": row.name} for row in customers}
    waiting = {one.queue_id for one in callbacks if one.progress.state in WAITING}
    loads = {one.id: await queue_store.load_of(connection, one, now) for one in queues if one.id in waiting}
    return Names({one.id: one for one in queues}, agent_names, named, loads)


async def callback(connection: AsyncConnection, one: Callback, names: Names, now: datetime) -> shapes.Callback:
    progress = one.progress
    place = wait = None
    if progress.state in WAITING:
        before, calling = await store.ahead_of(connection, one.id, now)
        load = names.loads[one.queue_id]
        place = before + 1
        wait = round(expected_wait(before + calling, load.call_seconds, load.at_work).total_seconds())
    return {
        "id": one.id,
        "version": one.version,
        "queue": {"id": one.queue_id, "name": names.queues[one.queue_id].name},
        "customer": names.customers.get(one.identity_id),
        "identity_id": one.identity_id,
        "conversation_id": one.conversation_id,
        "entry_id": one.entry_id,
        "number": one.number,
        "number_shown": addresses.number(one.number),
        "name": one.name,
        "reason": one.reason,
        "language": one.language,
        "source": one.source,
        "state": progress.state,
        "since": progress.since,
        "deadline": progress.deadline,
        "requested_at": one.requested_at,
        "due_at": progress.due_at,
        "window": {"from": one.window.start, "until": one.window.end} if one.window else None,
        "time_zone": one.time_zone,
        "priority": one.priority,
        "place": place,
        "expected_wait": wait,
        "calls": progress.calls,
        "agent": names.agent(progress.agent_id),
        "preferred_agent": names.agent(one.preferred_agent_id),
        "call_id": progress.call_id,
        "outcome": progress.outcome or None,
        "canceled_by": names.agent(one.canceled_by),
        "disposition": one.disposition or None,
        "notes": one.notes,
        "ended_at": one.ended_at,
        "changes": _changes(one),
    }


async def detail(connection: AsyncConnection, one: Callback, now: datetime) -> shapes.CallbackDetail:
    attempts = await store.attempts_of(connection, one.id)
    names = await names_for(connection, [one], now, [each.agent_id for each in attempts])
    return {
        **await callback(connection, one, names, now),
        "attempts": [
            {
                "number": each.number,
                "agent": names.agent(each.agent_id),
                "call_id": each.call_id,
                "started_at": each.started_at,
                "ended_at": each.ended_at,
                "result": each.result,
            }
            for each in attempts
        ],
    }


async def queue(connection: AsyncConnection, one: Queue, form_url: str, now: datetime) -> shapes.CallbackQueue:
    load = await queue_store.load_of(connection, one, now)
    is_open = state(one.hours, now)
    wait = expected_wait(load.waiting + load.calling, load.call_seconds, load.at_work)
    return {
        "id": one.id,
        "version": one.version,
        "name": one.name,
        "state": one.state,
        "phone_channel_id": one.phone_channel_id,
        "sms_channel_id": one.sms_channel_id,
        "hours_id": one.hours.id if one.hours else None,
        "time_zone": one.time_zone,
        "legal_hours": {"days": list(one.legal.days), "opens": one.legal.opens, "closes": one.legal.closes},
        "mode": one.mode,
        "capacity": one.capacity,
        "calls_per_second": one.calls_per_second,
        "most_waiting": one.most_waiting,
        "wrap_up_seconds": one.wrap_up_seconds,
        "keep_days": one.keep_days,
        "web_form": one.web_form,
        "missed_calls": one.missed_calls,
        "dispositions": list(one.dispositions),
        "agent_ids": list(one.agent_ids),
        "language": one.language,
        "scripts": {language: scripts(texts) for language, texts in one.scripts.items()},
        "form_url": form_url,
        "now": {
            "open": is_open.open,
            "next_opening": is_open.next_opening,
            "waiting": load.waiting,
            "calling": load.calling,
            "agents": load.agents,
            "expected_wait": round(wait.total_seconds()) if load.at_work else None,
        },
    }


def scripts(texts: Mapping[str, str]) -> shapes.Scripts:
    return {
        "offer": texts.get("offer", ""),
        "offer_closed": texts.get("offer_closed", ""),
        "taken": texts.get("taken", ""),
        "whisper": texts.get("whisper", ""),
        "opening": texts.get("opening", ""),
        "sorry": texts.get("sorry", ""),
        "machine": texts.get("machine", ""),
        "sms_code": texts.get("sms_code", ""),
        "sms_taken": texts.get("sms_taken", ""),
        "sms_unreached": texts.get("sms_unreached", ""),
    }


def defaults() -> shapes.ScriptDefaults:
    return {"defaults": {language: scripts(texts) for language, texts in DEFAULTS.items()}}


def preview(steps: Sequence[Step]) -> shapes.Preview:
    return {
        "steps": [
            {
                "id": step.id,
                "title": step.title,
                "who": step.who,
                "says": [{"text": line.text, "language": line.language} for line in step.says],
                "keys": [{"key": key.key, "meaning": key.meaning, "goes_to": key.goes_to} for key in step.keys],
            }
            for step in steps
        ]
    }


def _changes(one: Callback) -> list[shapes.Change]:
    current = one.progress.state
    found: list[shapes.Change] = []
    if current in WAITING:
        found += ["move", "priority"]
    if current in WAITING or current in ("reserved", "dialing_agent"):
        found.append("cancel")
    if current == "wrap_up":
        found.append("wrap_up")
    return found
