"""The conversations that a filter finds, a page at a time, and how many there are.

Each state that the filter admits is read in the wanted order from an index of its own, at most `BUDGET` conversations
of it for a page; the filter picks from them as they are read. What few conversations have (a follower, a rare label) is
looked up instead. So no page costs more, whatever the filter: one that has to look further ends where it stopped
looking, and is gone on with from there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from hub.db.engine import Reader
from hub.desk.views.model import COUNT_LIMIT, Condition, Filter, FoundPage, Place, Sort, Status
from hub.desk.views.sql import Asked, predicate, statuses
from hub.timeline.model import PRIORITIES
from hub.timeline.rows import CONVERSATION, CONVERSATION_JOINS, to_conversation

BUDGET: Final = 10_000
_WAITS: Final = "coalesce(c.waiting_since, 'infinity')"
_ORDER: Final[dict[Sort, str]] = {
    "activity": "c.last_entry_at desc, c.id desc",
    "waiting": "c.waits, c.id",
    "priority": "c.priority, c.waits, c.id",
}
_STATE: Final[dict[Status, str]] = {
    "open": "c.state = 'open' and not c.snoozed",
    "snoozed": "c.state = 'open' and c.snoozed",
    # without an entry it was opened for a message that nobody will ever see
    "resolved": "c.state = 'resolved' and not c.snoozed and c.seq > 0",
}
_NEVER: Final = "infinity"
# The fence has the planner look at these first, whatever it thinks of their number.
_FENCED: Final = "(select * from conversation f where f.{column} <> '{{}}' and {condition} offset 0) c"


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
    rare = await _rare_label(reader, filter_) if "resolved" in lanes else None
    rows = await reader.fetch(_page_sql(asked, filter_, lanes, sort, after, limit, rare), *asked.parameters)
    items = tuple(to_conversation(row[3:]) for row in rows if row[3] is not None)
    if len(items) > limit:
        return FoundPage(items[:limit], Place.of(items[limit - 1], sort))
    priority, at, number = rows[0][:3]
    return FoundPage(items, None if number is None else Place(priority, at, number))


def _page_sql(
    asked: Asked,
    filter_: Filter,
    lanes: Sequence[Status],
    sort: Sort,
    after: Place | None,
    limit: int,
    rare: Condition | None,
) -> str:
    """One row for each conversation, one more than asked for; in front of each where the looking had to stop, which is
    looked up only when there were too few."""
    order = _ORDER[sort]
    scan = _scan(asked, filter_, lanes, sort, _beyond(asked, sort, after), rare)
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


def _scan(
    asked: Asked, filter_: Filter, states: Sequence[Status], sort: Sort, beyond: str = "", rare: Condition | None = None
) -> str:
    """The conversations to pick from: those of each state, by the index that knows most of the filter. Longest waiting
    they come from the index of most urgent, of each priority by itself: one index less to write with every message."""
    source, condition = _way_in(asked, filter_, sort, rare)
    ranks = range(1, len(PRIORITIES) + 1) if sort == "waiting" else ()
    lanes = [f"{_STATE[one]} {condition} {rank}" for one in states for rank in _ranked(ranks)]
    order = _ORDER[sort].replace("c.waits", _WAITS)
    return " union all ".join(
        f"(select c.*, {_WAITS} as waits from {source} where {lane} {beyond} order by {order} limit {BUDGET})"
        for lane in lanes
    )


def _way_in(asked: Asked, filter_: Filter, sort: Sort, rare: Condition | None) -> tuple[str, str]:
    """What is read, and a condition that its index knows besides the state."""
    alone = {one.field: one.values[0] for one in filter_.conditions if one.op == "is" and len(one.values) == 1}
    if alone.get("following") is True:
        return _FENCED.format(column="follower_ids", condition=f"f.follower_ids @> array[{asked.me}]"), ""
    if rare is not None:
        return _FENCED.format(column="label_ids", condition=_labelled(rare, asked)), ""
    if sort == "activity" and alone.get("assignee") is not None:
        who = asked.agent_id if alone["assignee"] == "me" else alone["assignee"]
        return "conversation c", f"and c.assignee_id = {asked.bind(who, 'bigint')}"
    if sort == "activity" and alone.get("team") not in (None, "mine"):
        return "conversation c", f"and c.team_id = {asked.bind(alone['team'], 'bigint')}"
    return "conversation c", ""


def _has_way_in(filter_: Filter) -> bool:
    return _way_in(Asked(0, datetime.now(UTC)), filter_, "activity", None) != ("conversation c", "")


def _ranked(ranks: Sequence[int]) -> list[str]:
    return [f"and c.priority = {rank}" for rank in ranks] or [""]


async def _rare_label(reader: Reader, filter_: Filter) -> Condition | None:
    """The condition on labels of which all that fulfil it can be looked through: so what is rare is found among
    millions."""
    for one in filter_.conditions:
        if one.field == "label" and one.op in ("is", "has") and None not in one.values:
            asked = Asked(0, datetime.now(UTC))
            found = _FENCED.format(column="label_ids", condition=_labelled(one, asked))
            sql = f"select count(*) <= {BUDGET} from (select from {found} limit {BUDGET} + 1) c"
            if (await reader.fetchrow(sql, *asked.parameters))[0]:
                return one
    return None


def _labelled(one: Condition, asked: Asked) -> str:
    return f"f.label_ids {'@>' if one.op == 'has' else '&&'} {asked.bind(list(one.values), 'bigint[]')}"


def _beyond(asked: Asked, sort: Sort, after: Place | None) -> str:
    if after is None:
        return ""
    at = asked.bind(_NEVER if after.at is None else after.at.isoformat(), "text") + "::timestamptz"
    number = asked.bind(after.id, "bigint")
    match sort:
        case "activity":
            return f"and (c.last_entry_at, c.id) < ({at}, {number})"
        case "waiting":
            return f"and ({_WAITS}, c.id) > ({at}, {number})"
        case "priority":
            rank = asked.bind(after.priority, "smallint")
            return f"and (c.priority, {_WAITS}, c.id) > ({rank}, {at}, {number})"


async def ids_of(reader: Reader, agent_id: int, filter_: Filter, most: int) -> list[int]:
    """All that it finds, at most `most` of them, in no order: however many have to be looked through."""
    asked = Asked(agent_id, datetime.now(UTC))
    lanes = " or ".join(f"({_STATE[one]})" for one in statuses(filter_)) or "false"
    found = predicate(filter_, asked)
    sql = f"select c.id from conversation c where ({lanes}) and c.merged_into_id is null and {found}"
    return [row[0] for row in await reader.fetch(f"{sql} limit {asked.bind(most, 'bigint')}", *asked.parameters)]


async def counts(
    reader: Reader, agent_id: int, filters: Sequence[Filter], *, now: datetime | None = None
) -> list[int | None]:
    """How many each of them finds, at most COUNT_LIMIT. None: it looks at the resolved too, or there are more to look
    through than `BUDGET`."""
    asked = Asked(agent_id, now or datetime.now(UTC))
    columns, shared, lanes = [], [], dict[Status, None]()
    for number, one in enumerate(filters):
        states = statuses(one)
        if not states:
            columns.append("0")
        elif "resolved" in states:
            columns.append("null::bigint")
        elif _has_way_in(one):
            columns.append(_count_sql(asked, one, states))
        else:
            lanes |= dict.fromkeys(states)
            shared.append(f"count(*) filter (where {_all_of(one, states, asked)}) as n{number}")
            columns.append(_capped(f"looked.n{number}", "looked.whole"))
    source = ""
    if shared:
        # Those without an index of their own look through the same conversations, once for all of them.
        scan = _scan(asked, Filter(()), list(lanes), "activity")
        whole = (
            f"greatest(count(*) filter (where c.snoozed), count(*) filter (where not c.snoozed)) < {BUDGET} as whole"
        )
        source = f"from (select {', '.join([*shared, whole])} from ({scan}) c) looked"
    row = await reader.fetchrow(f"select {', '.join(columns)} {source}", *asked.parameters) if columns else ()
    return list(row)


def _all_of(filter_: Filter, states: Sequence[Status], asked: Asked) -> str:
    lanes = " or ".join(_STATE[one] for one in states)
    return f"({lanes}) and c.merged_into_id is null and {predicate(filter_, asked)}"


def _count_sql(asked: Asked, filter_: Filter, states: Sequence[Status]) -> str:
    scan = _scan(asked, filter_, states, "activity")
    counted = f"count(*) filter (where {_all_of(filter_, states, asked)}) as n, count(*) < {BUDGET} as whole"
    return f"(select {_capped('n', 'whole')} from (select {counted} from ({scan}) c) counted)"


def _capped(count: str, whole: str) -> str:
    return f"case when {whole} or {count} >= {COUNT_LIMIT} then least({count}, {COUNT_LIMIT}) end"
