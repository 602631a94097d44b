"""The filter language evaluated in Python, written from its description and not from the hub's SQL."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

NEVER = datetime.max


@dataclass
class Asker:
    agent_id: int
    teams: frozenset[int]
    now: datetime


@dataclass
class Facts:
    """A conversation as the filter language sees it."""

    id: int
    state: str
    assignee: int | None
    team: int | None
    label: frozenset[int]
    channel: int
    channel_kind: str
    priority: str
    unread: bool
    followers: frozenset[int]
    delivery_problem: bool
    automatic: bool
    waiting_since: datetime | None
    created_at: datetime
    last_entry_at: datetime
    merged: bool = False
    said: bool = True
    fields: Mapping[str, Any] = field(default_factory=dict)
    attributes: Mapping[str, Any] = field(default_factory=dict)


def matches(conditions: Sequence[Mapping[str, Any]], it: Facts, asker: Asker) -> bool:
    if it.merged or (it.state == "resolved" and not it.said):
        return False
    return all(_holds(one["field"], one["op"], one["value"], it, asker) for one in conditions)


def _holds(name: str, op: str, value: Any, it: Facts, asker: Asker) -> bool:
    wanted = value if isinstance(value, list) else [value]
    if op == "not":
        return not _holds(name, "is", value, it, asker)
    if name == "label":
        if op == "has":
            return it.label.issuperset(wanted)
        return any(not it.label if one is None else one in it.label for one in wanted)
    has = _value(name, it, asker)
    match op:
        case "is":
            return any(_equal(name, has, one, asker) for one in wanted)
        case "has":
            return isinstance(has, str) and any(one.lower() in has.lower() for one in wanted)
        case _:
            return _beyond(op, name, has, value, asker)


def _value(name: str, it: Facts, asker: Asker) -> Any:
    match name.split("."):
        case ["conversation", key]:
            return it.fields.get(key)
        case ["customer", key]:
            return it.attributes.get(key)
        case ["following"]:
            return asker.agent_id in it.followers
        case ["waiting_minutes"]:
            return None if it.waiting_since is None else (asker.now - it.waiting_since) / timedelta(minutes=1)
        case _:
            return getattr(it, name)


def _equal(name: str, has: Any, wanted: Any, asker: Asker) -> bool:
    if name == "assignee" and wanted == "me":
        return bool(has == asker.agent_id)
    if name == "team" and wanted == "mine":
        return has in asker.teams
    return has == wanted and isinstance(has, bool) == isinstance(wanted, bool)


def _beyond(op: str, name: str, has: Any, wanted: Any, asker: Asker) -> bool:
    if isinstance(wanted, str):
        if "." in name:
            if not isinstance(has, str):
                return False
            wanted = _moment(wanted, asker).date().isoformat() if wanted[0] in "+-" else wanted
        else:
            wanted = _moment(wanted, asker)
    elif not isinstance(has, int | float) or isinstance(has, bool):
        return False
    return bool(has > wanted if op == "over" else has < wanted)


def _moment(written: str, asker: Asker) -> datetime:
    relative = re.fullmatch(r"([+-]\d+)([mhdw])", written)
    if relative is None:
        return datetime.fromisoformat(written)
    unit = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}[relative[2]]
    return asker.now + timedelta(**{unit: int(relative[1])})


def key(sort: str, it: Facts) -> tuple[Any, ...]:
    """What an order compares, ascending."""
    waiting = (it.waiting_since is None, it.waiting_since and it.waiting_since.timestamp(), it.id)
    match sort:
        case "activity":
            return (-it.last_entry_at.timestamp(), -it.id)
        case "waiting":
            return waiting
        case _:
            return (("urgent", "high", "normal", "low").index(it.priority), *waiting)
