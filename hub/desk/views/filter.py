"""The filter language: {"all": [{"field": …, "op": …, "value": v | [v, …]}]}, checked and made a Filter.

A list means any of; labels alone know "has" for all of. Times are RFC 3339 or relative to now: "-30m", "-3h", "+7d",
"-2w"; days to compare with may be relative too.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from hub.desk.errors import BadValue
from hub.desk.fields.model import Field
from hub.desk.fields.values import LARGEST, LONGEST
from hub.desk.views.model import STATUSES, Condition, Filter, Op, Scalar
from hub.timeline.model import PRIORITIES

MOST_CONDITIONS: Final = 20
MOST_VALUES: Final = 50
_LARGEST_ID: Final = (1 << 63) - 1
_MOST_MINUTES: Final = 10_000_000
_RELATIVE: Final = re.compile(r"([+-]\d{1,5})([mhdw])")
_UNITS: Final = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a field may be compared with: an id, one of `words`, None; or by the `type` of a custom field."""

    ops: tuple[Op, ...]
    type: str
    words: tuple[str, ...] = ()
    null: bool = False


_FLAG: Final = _Kind(("is", "not"), "boolean")
_TIME: Final = _Kind(("over", "under"), "time")
_KINDS: Final[Mapping[str, _Kind]] = {
    "state": _Kind(("is", "not"), "word", STATUSES),
    "assignee": _Kind(("is", "not"), "id", ("me",), null=True),
    "team": _Kind(("is", "not"), "id", ("mine",), null=True),
    "label": _Kind(("is", "not", "has"), "id", null=True),
    "channel": _Kind(("is", "not"), "id"),
    "channel_kind": _Kind(("is", "not"), "text"),
    "priority": _Kind(("is", "not"), "word", PRIORITIES),
    "unread": _FLAG,
    "following": _FLAG,
    "delivery_problem": _FLAG,
    "automatic": _FLAG,
    "waiting_minutes": _Kind(("over", "under"), "minutes"),
    "created_at": _TIME,
    "last_entry_at": _TIME,
}
_CUSTOM: Final[Mapping[str, tuple[Op, ...]]] = {
    "text": ("is", "not", "has"),
    "url": ("is", "not", "has"),
    "choice": ("is", "not"),
    "boolean": ("is", "not"),
    "number": ("is", "not", "over", "under"),
    "date": ("is", "not", "over", "under"),
}
NULLABLE: Final = ("is", "not")
ONE: Final = ("over", "under")
"""Compared with one value, never with a list."""


def parse(given: Mapping[str, Any], fields: Sequence[Field]) -> Filter:
    """Raises BadValue for what is no filter, where it says "filter.all.0.value"."""
    conditions = given.get("all")
    if set(given) != {"all"} or not isinstance(conditions, list) or len(conditions) > MOST_CONDITIONS:
        raise BadValue("filter.all", f"A filter is a list of at most {MOST_CONDITIONS} conditions under “all”.")
    custom = {f"{one.noun}.{one.key}": one for one in fields}
    return Filter(tuple(_condition(one, custom, f"filter.all.{n}") for n, one in enumerate(conditions)))


def stored(given: Mapping[str, Any]) -> Filter:
    """A filter that was parsed before it was stored: nothing that it may name is ever deleted."""
    conditions = []
    for one in given["all"]:
        value = one["value"]
        conditions.append(Condition(one["field"], one["op"], tuple(value) if isinstance(value, list) else (value,)))
    return Filter(tuple(conditions))


def _condition(given: Any, custom: Mapping[str, Field], where: str) -> Condition:
    if not isinstance(given, Mapping) or set(given) != {"field", "op", "value"}:
        raise BadValue(where, "A condition has “field”, “op” and “value”.")
    field, op, value = given["field"], given["op"], given["value"]
    kind = _KINDS.get(field) if isinstance(field, str) else None
    if kind is None and isinstance(field, str) and field in custom:
        type_ = custom[field].type
        kind = _Kind(_CUSTOM[type_], "text" if type_ in ("url", "choice") else type_, null=True)
    if kind is None:
        raise BadValue(f"{where}.field", "There is no such field to filter by.")
    if op not in kind.ops:
        raise BadValue(f"{where}.op", f"This field knows: {', '.join(kind.ops)}.")
    values = value if isinstance(value, list) else [value]
    if not 1 <= len(values) <= MOST_VALUES or (op in ONE and len(values) > 1):
        raise BadValue(f"{where}.value", f"Give one value, or for “is” and “not” up to {MOST_VALUES}.")
    for one in values:
        if not _fits(kind, op, one):
            raise BadValue(f"{where}.value", "This is no value of that field.")
    return Condition(field, op, tuple(values))


def _fits(kind: _Kind, op: Op, value: object) -> bool:
    if value is None:
        return kind.null and op in NULLABLE
    if isinstance(value, str) and value in kind.words:
        return True
    match kind.type:
        case "id":
            return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _LARGEST_ID
        case "boolean":
            return isinstance(value, bool)
        case "number":
            return _is_number(value) and abs(float(str(value))) <= LARGEST
        case "minutes":
            return _is_number(value) and 0 <= float(str(value)) <= _MOST_MINUTES
        case "text":
            return isinstance(value, str) and 0 < len(value) <= LONGEST and "\x00" not in value
        case "time":
            return isinstance(value, str) and _instant(value, datetime.now(UTC)) is not None
        case "date":
            found = _day(value, datetime.now(UTC)) if isinstance(value, str) else None
            return found is not None and (op in ONE or found == value)
        case _:
            return False


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def instant(value: Scalar, now: datetime) -> datetime:
    """The time that a condition of a parsed filter names."""
    found = _instant(str(value), now)
    assert found is not None, "it was parsed"
    return found


def day(value: Scalar, now: datetime) -> str:
    """The day that it names, in UTC where it is relative."""
    found = _day(str(value), now)
    assert found is not None, "it was parsed"
    return found


def _instant(written: str, now: datetime) -> datetime | None:
    relative = _RELATIVE.fullmatch(written)
    if relative:
        return now + timedelta(**{_UNITS[relative[2]]: int(relative[1])})
    try:
        at = datetime.fromisoformat(written)
        return None if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _day(written: str, now: datetime) -> str | None:
    relative = _RELATIVE.fullmatch(written)
    if relative:
        return (now + timedelta(**{_UNITS[relative[2]]: int(relative[1])})).date().isoformat()
    try:
        return written if date.fromisoformat(written).isoformat() == written else None
    except ValueError:
        return None
