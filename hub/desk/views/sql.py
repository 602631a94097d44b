"""A filter as SQL. The conversation is `c`; whoever asks is a parameter like every value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from hub.desk.views.filter import day, instant
from hub.desk.views.model import STATUSES, Condition, Filter, Scalar, Status
from hub.timeline.model import PRIORITIES


@dataclass(slots=True)
class Asked:
    """The parameters of one statement, in the order of their numbers, and whose it is."""

    agent_id: int
    now: datetime
    parameters: list[object] = field(default_factory=list)
    _me: str = ""

    def bind(self, value: object, type_: str) -> str:
        self.parameters.append(value)
        return f"${len(self.parameters)}::{type_}"

    @property
    def me(self) -> str:
        self._me = self._me or self.bind(self.agent_id, "bigint")
        return self._me


def statuses(filter_: Filter) -> list[Status]:
    """Those that its conversations may have: each is an index of its own to read from."""
    possible = set(STATUSES)
    for one in filter_.conditions:
        if one.field == "state":
            possible = possible & set(one.values) if one.op == "is" else possible - set(one.values)
    return [one for one in STATUSES if one in possible]


def predicate(filter_: Filter, asked: Asked) -> str:
    """Everything but the state, which `statuses` has; never null."""
    conditions = [_condition(one, asked) for one in filter_.conditions if one.field != "state"]
    return " and ".join(conditions) or "true"


def _condition(one: Condition, asked: Asked) -> str:
    made = _custom(one, asked) if "." in one.field else _MADE[one.field](one, asked)
    made = f"coalesce({made}, false)"
    return f"not {made}" if one.op == "not" else made


def _any_of(expression: str, values: Iterable[Scalar], type_: str, asked: Asked) -> str:
    """One of these; None is null."""
    values = list(values)
    real = [one for one in values if one is not None]
    made = [f"{expression} = any ({asked.bind(real, f'{type_}[]')})"] if real else []
    if None in values:
        made.append(f"{expression} is null")
    return f"({' or '.join(made)})"


def _assignee(one: Condition, asked: Asked) -> str:
    who = [asked.agent_id if value == "me" else value for value in one.values]
    return _any_of("c.assignee_id", who, "bigint", asked)


def _team(one: Condition, asked: Asked) -> str:
    made = []
    if "mine" in one.values:
        made.append(
            "c.team_id = any (array(select m.team_id from team_member m join team t on t.id = m.team_id "
            f"where m.agent_id = {asked.me} and t.archived_at is null))"
        )
    named = [value for value in one.values if value != "mine"]
    if named:
        made.append(_any_of("c.team_id", named, "bigint", asked))
    return f"({' or '.join(made)})"


def _label(one: Condition, asked: Asked) -> str:
    ids = [value for value in one.values if value is not None]
    if one.op == "has":
        return f"c.label_ids @> {asked.bind(ids, 'bigint[]')}"
    made = [f"c.label_ids && {asked.bind(ids, 'bigint[]')}"] if ids else []
    if None in one.values:
        made.append("c.label_ids = '{}'")
    return f"({' or '.join(made)})"


def _channel(one: Condition, asked: Asked) -> str:
    return _any_of("c.channel_id", one.values, "bigint", asked)


def _channel_kind(one: Condition, asked: Asked) -> str:
    kinds = asked.bind(list(one.values), "text[]")
    return f"c.channel_id = any (array(select id from channel where kind = any ({kinds})))"


def _priority(one: Condition, asked: Asked) -> str:
    ranks = [PRIORITIES.index(value) + 1 for value in PRIORITIES if value in one.values]
    return _any_of("c.priority", ranks, "smallint", asked)


def _flag(expression: Callable[[Asked], str]) -> Callable[[Condition, Asked], str]:
    def made(one: Condition, asked: Asked) -> str:
        return _any_of(expression(asked), one.values, "boolean", asked)

    return made


def _unread(asked: Asked) -> str:
    return (
        "(greatest(c.last_in_id, c.side_answer_id) > coalesce((select s.entry_id from conversation_seen s "
        f"where s.conversation_id = c.id and s.agent_id = {asked.me}), 0))"
    )


def _following(asked: Asked) -> str:
    return f"(c.follower_ids @> array[{asked.me}])"


def _waiting(one: Condition, asked: Asked) -> str:
    since = asked.bind(asked.now - timedelta(minutes=float(str(one.values[0]))), "timestamptz")
    return f"c.waiting_since {'<' if one.op == 'over' else '>'} {since}"


def _time(column: str) -> Callable[[Condition, Asked], str]:
    def made(one: Condition, asked: Asked) -> str:
        at = asked.bind(instant(one.values[0], asked.now), "timestamptz")
        return f"c.{column} {'>' if one.op == 'over' else '<'} {at}"

    return made


def _custom(one: Condition, asked: Asked) -> str:
    noun, key = one.field.split(".", 1)
    name = asked.bind(key, "text")
    value = (
        f"(c.fields -> {name})"
        if noun == "conversation"
        else f"(select k.attributes -> {name} from identity_link l join customer k on k.id = l.customer_id "
        "where l.identity_id = c.identity_id and l.until is null)"
    )
    text = f"({value} #>> '{{}}')"
    wanted = one.values[0]
    if one.op in ("over", "under"):
        sign = ">" if one.op == "over" else "<"
        if isinstance(wanted, str):
            at = asked.bind(day(wanted, asked.now), "text")
            return f"(case when jsonb_typeof({value}) = 'string' then {text} {sign} {at} collate \"C\" end)"
        number = asked.bind(Decimal(str(wanted)), "numeric")
        return f"(case when jsonb_typeof({value}) = 'number' then {text}::numeric {sign} {number} end)"
    if one.op == "has":
        parts = asked.bind([str(part).lower() for part in one.values], "text[]")
        found = f"exists (select from unnest({parts}) p (part) where position(p.part in lower({text})) > 0)"
        return f"(jsonb_typeof({value}) = 'string' and {found})"
    real = [each for each in one.values if each is not None]
    made = [f"{value} = any (array(select jsonb_array_elements({asked.bind(real, 'jsonb')})))"] if real else []
    if None in one.values:
        made.append(f"{value} is null")
    return f"({' or '.join(made)})"


_MADE: Final[Mapping[str, Callable[[Condition, Asked], str]]] = {
    "assignee": _assignee,
    "team": _team,
    "label": _label,
    "channel": _channel,
    "channel_kind": _channel_kind,
    "priority": _priority,
    "unread": _flag(_unread),
    "following": _flag(_following),
    "delivery_problem": _flag(lambda _: "c.delivery_problem"),
    "automatic": _flag(lambda _: "c.automatic"),
    "waiting_minutes": _waiting,
    "created_at": _time("created_at"),
    "last_entry_at": _time("last_entry_at"),
}
