"""Reading the one timeline of a customer: pages in both directions, around a moment, and of some entries only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final, Literal, NamedTuple

from hub.db.engine import Reader
from hub.timeline.model import Cursor, Entry, LastLook, TimelinePage
from hub.timeline.rows import ENTRY, ENTRY_JOINS, to_entries

LOOKED_THROUGH: Final = 5000
"""So many entries of each identity one page of a filtered timeline looks at. It may be short, and the next goes on."""

_NEWEST: Final = Cursor(datetime(9999, 12, 31, tzinfo=UTC), (1 << 63) - 1)


@dataclass(frozen=True, slots=True)
class Only:
    """Which entries a timeline is narrowed to; they meet all that is given. `files`: those of `kinds`, and those of
    any kind with files."""

    conversation_id: int | None = None
    channel_id: int | None = None
    agent_id: int | None = None
    """Written by this agent."""
    identity_id: int | None = None
    """Written from this address."""
    kinds: tuple[str, ...] = ()
    files: bool = False


EVERYTHING: Final = Only()


class Direction(NamedTuple):
    """Towards older entries, or newer ones."""

    beyond: Literal["<", ">"]
    order: Literal["desc", "asc"]


OLDER: Final = Direction("<", "desc")
NEWER: Final = Direction(">", "asc")


@cache
def timeline_sql(direction: Direction, conditions: tuple[str, ...] = (), *, bounded: bool = False) -> str:
    """An index scan for each current identity of the customer, in order and none longer than the page, which is merged
    from them. Parameters: customer, time, id, limit, with `bounded` time and id of the last entry to look at, then
    those of the conditions."""
    beyond, order = direction
    back = {"<": ">=", ">": "<="}[beyond]
    wanted = "".join(f" and {one}" for one in conditions)
    own = f" and (e.occurred_at, e.id) {back} ($5, $6)" if bounded else ""
    also = f" and (a.occurred_at, a.entry_id) {back} ($5, $6)" if bounded else ""
    joined = "join entry e on e.id = a.entry_id" if conditions else ""
    return f"""
    with found as (
        select distinct one.occurred_at, one.id
        from identity_link l cross join lateral (
            (select e.occurred_at, e.id from entry e
             where e.identity_id = l.identity_id and (e.occurred_at, e.id) {beyond} ($2, $3){own}{wanted}
             order by e.occurred_at {order}, e.id {order} limit $4)
            union all
            (select a.occurred_at, a.entry_id from entry_also a {joined}
             where a.identity_id = l.identity_id and (a.occurred_at, a.entry_id) {beyond} ($2, $3){also}{wanted}
             order by a.occurred_at {order}, a.entry_id {order} limit $4)
        ) one
        where l.customer_id = $1 and l.until is null
        order by one.occurred_at {order}, one.id {order} limit $4
    )
    select {ENTRY} from found join entry e on e.id = found.id {ENTRY_JOINS}
    order by found.occurred_at {order}, found.id {order}
    """


@cache
def _bound_sql(direction: Direction) -> str:
    """How far a filtered page looks: no identity has more than LOOKED_THROUGH entries up to there. No row: to the
    end. Parameters: customer, time, id."""
    beyond, order = direction
    return f"""
    select one.occurred_at, one.id
    from identity_link l cross join lateral (
        (select e.occurred_at, e.id from entry e
         where e.identity_id = l.identity_id and (e.occurred_at, e.id) {beyond} ($2, $3)
         order by e.occurred_at {order}, e.id {order} offset {LOOKED_THROUGH - 1} limit 1)
        union all
        (select a.occurred_at, a.entry_id from entry_also a
         where a.identity_id = l.identity_id and (a.occurred_at, a.entry_id) {beyond} ($2, $3)
         order by a.occurred_at {order}, a.entry_id {order} offset {LOOKED_THROUGH - 1} limit 1)
    ) one
    where l.customer_id = $1 and l.until is null
    order by one.occurred_at {order}, one.id {order} limit 1
    """


async def timeline_page(
    reader: Reader,
    customer_id: int,
    after: Cursor | None,
    limit: int,
    only: Only = EVERYTHING,
) -> TimelinePage:
    """What was said with a customer over all their present identities, newest first: the newest entries, or those
    older than `after`."""
    items, more = await _stretch(reader, OLDER, customer_id, after or _NEWEST, limit, only)
    return TimelinePage(items, more, None if after is None else _cursor(items[0]) if items else after)


async def newer_page(
    reader: Reader, customer_id: int, before: Cursor, limit: int, only: Only = EVERYTHING
) -> TimelinePage:
    """The entries that come next after `before`, newest first as well."""
    items, more = await _stretch(reader, NEWER, customer_id, before, limit, only)
    return TimelinePage(items[::-1], _cursor(items[0]) if items else before, more)


async def page_around(
    reader: Reader, customer_id: int, moment: Cursor, limit: int, only: Only = EVERYTHING
) -> TimelinePage:
    """Half of it older than the moment, half newer; an entry that is the moment itself is among the newer."""
    older, next_ = await _stretch(reader, OLDER, customer_id, moment, limit // 2, only)
    just_before = Cursor(moment.at, moment.id - 1)
    newer, previous = await _stretch(reader, NEWER, customer_id, just_before, limit - limit // 2, only)
    return TimelinePage(newer[::-1] + older, next_, previous)


async def _stretch(
    reader: Reader, direction: Direction, customer_id: int, start: Cursor, limit: int, only: Only
) -> tuple[tuple[Entry, ...], Cursor | None]:
    """In the order of the direction, and where to go on; None: there is nothing further."""
    bound = await _bound(reader, direction, customer_id, start, only)
    conditions, values = _conditions(only, first=5 if bound is None else 7, large=bound is not None)
    rows = await reader.fetch(
        timeline_sql(direction, conditions, bounded=bound is not None),
        customer_id,
        start.at,
        start.id,
        limit + 1,
        *(() if bound is None else (bound.at, bound.id)),
        *values,
    )
    items = tuple(to_entries(rows[:limit]))
    return items, _cursor(items[-1]) if len(rows) > limit else bound


# With what was joined to it.
_MEMBERS: Final = "any (array(select id from conversation where merged_into_id = {0}) || cast({0} as bigint))"
_LENGTH: Final = f"select sum(seq) from conversation where id = {_MEMBERS.format('$1')}"


async def _bound(reader: Reader, direction: Direction, customer_id: int, start: Cursor, only: Only) -> Cursor | None:
    if only == EVERYTHING:
        return None
    if only.conversation_id is not None:
        entries = await reader.fetchrow(_LENGTH, only.conversation_id)
        if entries is None or (entries[0] or 0) <= LOOKED_THROUGH:
            return None  # the conversation bounds it
    row = await reader.fetchrow(_bound_sql(direction), customer_id, start.at, start.id)
    return None if row is None else Cursor(*row)


def _conditions(only: Only, first: int, *, large: bool) -> tuple[tuple[str, ...], list[Any]]:
    """The conditions in SQL, with their parameters from number `first` on."""
    conditions: list[str] = []
    values: list[Any] = []
    for column, value in (
        # a conversation too long to be read whole is found along the timeline: its own index must not tempt
        ("e.conversation_id + 0" if large else "e.conversation_id", only.conversation_id),
        ("e.channel_id", only.channel_id),
        ("e.author_agent_id", only.agent_id),
        ("e.author_identity_id", only.identity_id),
    ):
        if value is not None:
            named = f"${first + len(values)}"
            conditions.append(f"{column} = {_MEMBERS.format(named) if 'conversation' in column else named}")
            values.append(value)
    kinds = [f"e.kind = any (${first + len(values)})"] if only.kinds else []
    files = ["e.attachment_count > 0"] if only.files else []
    if kinds or files:
        conditions.append(f"({' or '.join(kinds + files)})")
    if kinds:
        values.append(list(only.kinds))
    return tuple(conditions), values


def _cursor(entry: Entry) -> Cursor:
    return Cursor(entry.occurred_at, entry.id)


_LAST_LOOK: Final = """
select s.entry_id, e.occurred_at
from identity_link l
cross join lateral (
    select c.id from conversation c where c.identity_id = l.identity_id order by c.last_entry_at desc limit 200
) recent
join conversation_seen s on s.conversation_id = recent.id and s.agent_id = $2
join entry e on e.id = s.entry_id
where l.customer_id = $1 and l.until is null
order by s.entry_id desc limit 1
"""


async def last_look(reader: Reader, customer_id: int, agent_id: int) -> LastLook | None:
    """The newest entry that an agent saw on this timeline, in any of the customer's recent conversations."""
    row = await reader.fetchrow(_LAST_LOOK, customer_id, agent_id)
    return None if row is None else LastLook(*row)


async def moment_of(reader: Reader, entry_id: int) -> Cursor | None:
    """Where an entry stands in time; None where there is no such entry."""
    row = await reader.fetchrow("select occurred_at, id from entry where id = $1", entry_id)
    return None if row is None else Cursor(*row)
