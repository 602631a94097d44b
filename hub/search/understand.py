"""From what was typed to what the database is asked: names of channels, agents, labels and customers are looked up."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from hub.db.engine import Reader
from hub.search import store
from hub.search.conditions import Conditions, Understood
from hub.search.query import Operator, Query, Term
from hub.search.words import fold, words

MANY: Final = "many"
"""So many customers are called that, that only the newest of them were looked for."""
HAS: Final = ("attachment", "image", "pdf", "document")
KINDS: Final = ("message", "note", "call", "callback")
STATES: Final = ("open", "snoozed", "resolved")
_STATE: Final = {
    "open": "c.state = 'open' and not c.snoozed",
    "snoozed": "c.snoozed",
    "resolved": "c.state = 'resolved'",
}
_DAY: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_AGO: Final = re.compile(r"(\d{1,4})([dwmy])")
_DAYS: Final = {"d": 1, "w": 7, "m": 30, "y": 365}
_LONGEST_PREFIXLESS: Final = 2


async def understand(
    reader: Reader, query: Query, agent_id: int, zone: tzinfo, now: datetime
) -> tuple[Conditions, list[Understood]]:
    """The conditions, and each operator with what is wrong with it."""
    conditions = Conditions()
    for term in query.terms:
        conditions.term(term)
    taken = []
    for one in query.operators:
        problem = await _OPERATORS[one.name](_Asked(reader, conditions, one, agent_id, zone, now))
        if problem and problem != MANY:
            conditions.impossible = conditions.impossible or not one.negated
        taken.append(Understood(one.name, one.value, one.text, one.negated, problem))
    return conditions, taken


class _Asked:
    """One operator, and what it is understood with."""

    def __init__(
        self, reader: Reader, conditions: Conditions, one: Operator, agent_id: int, zone: tzinfo, now: datetime
    ) -> None:
        self.reader = reader
        self.conditions = conditions
        self.value = one.value
        self.folded = fold(one.value)
        self.negated = one.negated
        self.agent_id = agent_id
        self.zone = zone
        self.now = now


async def _from(asked: _Asked) -> str:
    if asked.folded == "me":
        asked.conditions.mark([f"g:{asked.agent_id}"], negated=asked.negated)
        return ""
    return _person("f", asked)


async def _to(asked: _Asked) -> str:
    return _person("t", asked)


def _person(sign: str, asked: _Asked) -> str:
    """By the address or its domain where there is an @ or a dot, by the number, or else by the words of the name."""
    value = asked.value.lower()
    if value.startswith("@") or ("@" in value and " " not in value):
        marks, prefix = [f"{sign}:{value}"], "." not in value.rpartition("@")[2]
    elif re.fullmatch(r"\+?[\d\s()./-]{4,}", value):
        marks, prefix = [f"{sign}:" + re.sub(r"\D+", "", value)], True
    elif re.fullmatch(r"[\w-]+(\.[\w-]+)+", value):
        asked.conditions.mark([f"{sign}:@{value}", f"{sign}:{value}"], negated=asked.negated)
        return ""
    else:
        found = words(value)
        marks = [f"{sign}:{word}" for word in found]
        prefix = bool(found) and len(found[-1]) > _LONGEST_PREFIXLESS
    if not marks:
        return "unknown"
    asked.conditions.all_marks(marks, negated=asked.negated, prefix=prefix)
    return ""


async def _subject(asked: _Asked) -> str:
    found = tuple(words(asked.value))
    if not found:
        return "unknown"
    asked.conditions.term(Term(found, asked.negated, len(found[-1]) > _LONGEST_PREFIXLESS), "A")
    return ""


async def _channel(asked: _Asked) -> str:
    """A kind (email, sms), or the beginning of a channel's name."""
    channels = await store.channels(asked.reader)
    ids = [one.id for one in channels if fold(one.kind) == asked.folded]
    ids = ids or [one.id for one in channels if begins(one.name, asked.value)]
    asked.conditions.mark([f"c:{one}" for one in ids], negated=asked.negated)
    return "" if ids else "unknown"


async def _customer(asked: _Asked) -> str:
    if asked.value.isascii() and asked.value.isdigit() and len(asked.value) < 19:
        customers = [int(asked.value)]
    else:
        found = tuple(words(asked.value))
        customers = await store.customers_with(asked.reader, found) if found else []
    identities = await store.identities_of(asked.reader, customers)
    asked.conditions.mark([f"i:{one}" for one in identities], negated=asked.negated)
    if len(customers) > store.MOST_CUSTOMERS:
        return MANY
    return "" if identities else "unknown"


async def _has(asked: _Asked) -> str:
    wanted = [one for one in HAS if one.startswith(asked.folded.removesuffix("s"))]
    if not wanted:
        return "unknown"
    asked.conditions.mark([f"h:{one}" for one in wanted], negated=asked.negated)
    return ""


async def _kind(asked: _Asked) -> str:
    wanted = [one for one in KINDS if asked.folded in (one, f"{one}s")]
    if not wanted:
        return "unknown"
    asked.conditions.mark([f"k:{one}" for one in wanted], negated=asked.negated)
    return ""


async def _before(asked: _Asked) -> str:
    return _within(asked, after=False)


async def _after(asked: _Asked) -> str:
    return _within(asked, after=True)


def _within(asked: _Asked, *, after: bool) -> str:
    """`after:` counts from the beginning of the day, `before:` ends there; excluded they change places."""
    at = moment(asked.folded, asked.zone, asked.now)
    if at is None:
        return "not_a_date"
    if after != asked.negated:
        asked.conditions.within(since=at)
    else:
        asked.conditions.within(before=at)
    return ""


def moment(value: str, zone: tzinfo, now: datetime) -> datetime | None:
    """2026, 2026-11, 2026-11-03, today, yesterday, 7d, 2w, 3m, 1y: the beginning of it there."""
    today = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    try:
        if value in ("today", "yesterday"):
            return (today - timedelta(days=value == "yesterday")).astimezone(UTC)
        if ago := _AGO.fullmatch(value):
            return (today - timedelta(days=int(ago[1]) * _DAYS[ago[2]])).astimezone(UTC)
        if day := _DAY.fullmatch(value):
            return datetime(int(day[1]), int(day[2] or 1), int(day[3] or 1), tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return None


async def _assigned(asked: _Asked) -> str:
    if asked.folded in ("nobody", "none", "no"):
        asked.conditions.fact("c.assignee_id is null and %s::boolean", parameter=True, negated=asked.negated)
        return ""
    if asked.folded == "me":
        ids = [asked.agent_id]
    else:
        ids = [one.id for one in await store.agents(asked.reader) if begins(one.name, asked.value)]
    asked.conditions.fact(
        "c.assignee_id is not null and c.assignee_id = any (%s::bigint[])", ids, negated=asked.negated, selective=True
    )
    return "" if ids else "unknown"


async def _team(asked: _Asked) -> str:
    ids = [one.id for one in await store.teams(asked.reader) if begins(one.name, asked.value)]
    asked.conditions.fact(
        "c.team_id is not null and c.team_id = any (%s::bigint[])", ids, negated=asked.negated, selective=True
    )
    return "" if ids else "unknown"


async def _label(asked: _Asked) -> str:
    labels = await store.labels(asked.reader)
    ids = [one.id for one in labels if fold(one.name) == asked.folded]
    ids = ids or [one.id for one in labels if begins(one.name, asked.value)]
    condition = "c.label_ids && %s::bigint[] and c.label_ids <> '{}'"  # as the index says it
    asked.conditions.fact(condition, ids, negated=asked.negated, selective=True)
    return "" if ids else "unknown"


async def _is(asked: _Asked) -> str:
    if asked.folded not in STATES:
        return "unknown"
    condition = f"{_STATE[asked.folded]} and %s::boolean"
    asked.conditions.fact(condition, parameter=True, negated=asked.negated, selective=asked.folded != "resolved")
    return ""


def begins(name: str, value: str) -> bool:
    """Whether the words of `value` stand in `name` one after the other, the last perhaps unfinished."""
    wanted, there = words(value), words(name)
    if not wanted:
        return False
    for at in range(len(there) - len(wanted) + 1):
        if there[at : at + len(wanted) - 1] == wanted[:-1] and there[at + len(wanted) - 1].startswith(wanted[-1]):
            return True
    return False


_OPERATORS: Final[dict[str, Callable[[_Asked], Awaitable[str]]]] = {
    "from": _from,
    "to": _to,
    "subject": _subject,
    "channel": _channel,
    "customer": _customer,
    "has": _has,
    "kind": _kind,
    "before": _before,
    "after": _after,
    "assigned": _assigned,
    "team": _team,
    "label": _label,
    "is": _is,
}
