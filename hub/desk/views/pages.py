"""The conversations that a filter finds, a page at a time, and how many there are.

Each state that the filter admits is read in the wanted order from an index of its own, at most `BUDGET` conversations
of it for a page; the filter picks from them as they are read. So no page costs more, whatever the filter: one that
has to look further ends where it stopped looking, and is gone on with from there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from hub.db.engine import Reader
from hub.desk.views.model import COUNT_LIMIT, Filter, FoundPage, Place, Sort, Status
from hub.desk.views.sql import Asked, predicate, statuses
from hub.timeline.rows import CONVERSATION, CONVERSATION_JOINS, to_conversation

BUDGET: Final = 10_000
_WAITING: Final = "coalesce(c.waiting_since, 'infinity')"
_ORDER: Final[dict[Sort, str]] = {
    "activity": "c.last_entry_at desc, c.id desc",
    "waiting": f"{_WAITING}, c.id",
    "priority": f"c.priority, {_WAITING}, c.id",
}
_STATE: Final[dict[Status, str]] = {
    "open": "c.state = 'open' and not c.snoozed",
    "snoozed": "c.state = 'open' and c.snoozed",
    "resolved": "c.state = 'resolved' and not c.snoozed",
}
_NEVER: Final = "infinity"


async def conversations_page(
    reader: Reader,
    agent_id: int,
    filter_: Filter,
    sort: Sort,
    after: Place | None,
    limit: int,
    *,
    now: datetime | None = None,
) -> FoundPage:
    """As this agent finds them; those merged into another are left out. A short page may have a `next`."""
    lanes = statuses(filter_)
    if not lanes:
        return FoundPage((), None)
    asked = Asked(agent_id, now or datetime.now(UTC))
    rows = await reader.fetch(_page_sql(asked, filter_, lanes, sort, after, limit), *asked.parameters)
    items = tuple(to_conversation(row[3:]) for row in rows if row[3] is not None)
    if len(items) > limit:
        return FoundPage(items[:limit], Place.of(items[limit - 1], sort))
    priority, at, number = rows[0][:3]
    return FoundPage(items, None if number is None else Place(priority, at, number))


def _page_sql(
    asked: Asked, filter_: Filter, lanes: Sequence[Status], sort: Sort, after: Place | None, limit: int
) -> str:
    """One row for each conversation, one more than asked for; in front of each where the looking had to stop, which is
    looked up only when there were too few."""
    order, beyond = _ORDER[sort], _beyond(asked, sort, after)
    scan = _scan(asked, filter_, lanes, sort, f"{beyond} order by {order} limit {BUDGET}")
    found = predicate(filter_, asked)
    wanted = asked.bind(limit, "bigint")
    stopped = "c.last_entry_at" if sort == "activity" else "c.waiting_since"
    return f"""
    with scanned as not materialized (
        select c.* from ({scan}) c order by {order} limit {BUDGET}
    ), page as materialized (
        select c.* from scanned c where c.merged_into_id is null and {found} order by {order} limit {wanted} + 1
    )
    select stop.priority, stop.at, stop.id, {CONVERSATION.replace(":agent_id", asked.me)}
    from (select) one
    left join (
        select c.priority, {stopped} as at, c.id from scanned c
        where (select count(*) from page) <= {wanted}
        order by {order} offset {BUDGET - 1} limit 1
    ) stop on true
    left join (page c {CONVERSATION_JOINS.replace(":agent_id", asked.me)}) on true
    order by {order}
    """


def _scan(asked: Asked, filter_: Filter, lanes: Sequence[Status], sort: Sort, rest: str) -> str:
    """The conversations to pick from: those of each state, by the index that knows most of the filter."""
    source, condition, by_activity = "conversation c", "", sort == "activity"
    for one in filter_.conditions:
        alone = one.values[0] if one.op == "is" and len(one.values) == 1 else None
        if one.field == "following" and alone is True:
            source = f"(select * from conversation f where f.follower_ids @> array[{asked.me}]"
            source += " and f.follower_ids <> '{}' offset 0) c"
            break
        if one.field == "assignee" and alone is not None and by_activity:
            who = asked.bind(asked.agent_id if alone == "me" else alone, "bigint")
            condition = f"and c.assignee_id = {who}"
        elif one.field == "team" and alone not in (None, "mine") and by_activity:
            condition = condition or f"and c.team_id = {asked.bind(alone, 'bigint')}"
    return " union all ".join(f"(select c.* from {source} where {_STATE[one]} {condition} {rest})" for one in lanes)


def _beyond(asked: Asked, sort: Sort, after: Place | None) -> str:
    if after is None:
        return ""
    at = asked.bind(_NEVER if after.at is None else after.at.isoformat(), "text") + "::timestamptz"
    number = asked.bind(after.id, "bigint")
    match sort:
        case "activity":
            return f"and (c.last_entry_at, c.id) < ({at}, {number})"
        case "waiting":
            return f"and ({_WAITING}, c.id) > ({at}, {number})"
        case "priority":
            rank = asked.bind(after.priority, "smallint")
            return f"and (c.priority, {_WAITING}, c.id) > ({rank}, {at}, {number})"


async def ids_of(reader: Reader, agent_id: int, filter_: Filter, most: int) -> list[int]:
    """All that it finds, at most `most` of them, in no order: however many have to be looked through."""
    asked = Asked(agent_id, datetime.now(UTC))
    lanes = statuses(filter_)
    if not lanes:
        return []
    scan = _scan(asked, filter_, lanes, "activity", "")
    found = predicate(filter_, asked)
    sql = f"select c.id from ({scan}) c where c.merged_into_id is null and {found} limit {asked.bind(most, 'bigint')}"
    return [row[0] for row in await reader.fetch(sql, *asked.parameters)]


async def counts(
    reader: Reader, agent_id: int, filters: Sequence[Filter], *, now: datetime | None = None
) -> list[int | None]:
    """How many each of them finds, at most COUNT_LIMIT. None: it looks at the resolved too, or there are more to look
    through than `BUDGET`."""
    asked = Asked(agent_id, now or datetime.now(UTC))
    found = [_count_sql(asked, one) for one in filters]
    row = await reader.fetchrow("select " + ", ".join(found), *asked.parameters) if found else ()
    return list(row)


def _count_sql(asked: Asked, filter_: Filter) -> str:
    lanes = statuses(filter_)
    if not lanes:
        return "0"
    if "resolved" in lanes:
        return "null::bigint"
    scan = _scan(asked, filter_, lanes, "activity", f"order by {_ORDER['activity']} limit {BUDGET}")
    return f"""(
        select case when counted.n < {COUNT_LIMIT} and (select count(*) from ({scan}) c) >= {BUDGET} then null
                    else counted.n end
        from (select count(*) as n from (
            select from ({scan}) c where c.merged_into_id is null and {predicate(filter_, asked)} limit {COUNT_LIMIT}
        ) matching) counted)"""
