"""Reading the index in steps that are bounded for every class of word, from one that is nowhere to one that is
everywhere.

The planner cannot know which of its two ways is short: reading the newest until there are enough of them never ends
for a rare word, and collecting all of a common one to sort them takes seconds. So both are tried, each cut short:
first the newest few, then all at once as long as these are few, then year by year, month by month, day by day. What
is not done by then is said: the page ends where it has looked, and the next one goes on from there. The statements
are written so that neither way can become the other: `ts_match_vq` is what `@@` calls, and no index answers it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from hub.search.conditions import Conditions
from hub.search.document import quoted, spans
from hub.search.model import Hit, Place

SETTINGS: Final = """
set local plan_cache_mode = force_custom_plan; set local enable_seqscan = off; set local enable_hashjoin = off;
set local enable_mergejoin = off; set local jit = off; set local work_mem = '32MB';
set local max_parallel_workers_per_gather = 0; set local pg_trgm.similarity_threshold = 0.2
"""
"""For the transaction that a search is."""
FIRST_WALK: Final = 2_000
LONG_WALK: Final = 10_000
MOST_HITS: Final = 2_000
MOST_LOOKED_AT: Final = 4_000
MOST_PROBES: Final = 40
MOST_PROBES_OF_BEGINNINGS: Final = 12
"""Years, months and days looked up for one page; for an unfinished word alone each takes longer."""
MOST_CONVERSATIONS: Final = 2_000
MOST_OF_CONVERSATIONS: Final = 20_000

_ORDER: Final = "order by occurred_at desc, entry_id desc, attachment_id desc"
_ROW: Final = "(d.occurred_at, d.entry_id, d.attachment_id)"
_HIT: Final = "d.occurred_at, d.entry_id, d.attachment_id, d.conversation_id"
_OLDEST: Final = "select occurred_at from search_document order by occurred_at limit 1"


class Connection(Protocol):
    async def fetch(self, query: str, *parameters: object) -> list[Any]: ...
    async def fetchrow(self, query: str, *parameters: object) -> Any: ...


@dataclass(slots=True)
class _Parameters:
    values: list[object] = field(default_factory=list)

    def add(self, value: object) -> str:
        self.values.append(value)
        return f"${len(self.values)}"


@dataclass(frozen=True, slots=True)
class Reached:
    """`place` is where to go on; None when everything was looked at."""

    hits: list[Hit]
    place: Place | None


class Steps:
    """One search on one connection, in a transaction with SETTINGS."""

    def __init__(self, connection: Connection, conditions: Conditions) -> None:
        self._connection = connection
        self._asked = conditions

    async def newest(self, before: Place, limit: int) -> Reached:
        """At most `limit` hits before a place, newest first."""
        if self._asked.impossible:
            return Reached([], None)
        if self._asked.before is not None and before.at >= self._asked.before:
            before = Place(self._asked.before, 0, 0)
        walked = await self._walk(before, limit, FIRST_WALK)
        if walked.place is None or len(walked.hits) >= limit:
            return walked
        for index in await self._worth_asking(before, walked):
            number, hits = await self._lookup(before, limit, index)
            if number <= MOST_HITS:
                return Reached(hits, hits[-1].place if len(hits) >= limit else None)
        if self._asked.selective:
            found = await self._of_few_conversations(before, limit)
            if found is not None:
                return found
        return await (self._by_time(walked, limit) if self._asked.narrow else self._on(walked, limit))

    async def _worth_asking(self, before: Place, walked: Reached) -> list[str]:
        """What the index can be asked for at once: not what one in twenty of the newest has."""
        anchor, narrow = self._asked.anchor, self._asked.narrow
        if not narrow:
            return []
        matched = len(walked.hits)
        if self._asked.facts or anchor != self._asked.tsquery:
            matched = await self._in_newest(before, anchor)
        dense = matched > FIRST_WALK // 20
        return [*([] if dense else [anchor]), *([narrow] if narrow != anchor else [])]

    async def _in_newest(self, before: Place, anchor: str) -> int:
        parameters = _Parameters()
        row = await self._connection.fetchrow(
            f"""select count(*) from (select words from search_document d where {self._range(parameters, before)}
                {_ORDER} limit {FIRST_WALK}) d where ts_match_vq(d.words, {parameters.add(anchor)}::text::tsquery)""",
            *parameters.values,
        )
        return int(row[0])

    async def _walk(self, before: Place, limit: int, most: int) -> Reached:
        """Looks at the newest `most` documents one by one."""
        parameters = _Parameters()
        range_ = self._range(parameters, before)
        conditions = " and ".join(["true", *self._words(parameters), *self._facts(parameters)])
        hits = await self._hits(
            f"""select {_HIT} from (select * from search_document d where {range_} {_ORDER}
                limit {parameters.add(most)}) d {self._join}
                where {conditions} {_ORDER} limit {parameters.add(limit)}""",
            parameters,
        )
        if len(hits) >= limit:
            return Reached(hits, hits[-1].place)
        parameters = _Parameters()
        end = await self._connection.fetchrow(
            f"""select d.occurred_at, d.entry_id, d.attachment_id from search_document d
                where {self._range(parameters, before)} {_ORDER} limit 1 offset {parameters.add(most - 1)}""",
            *parameters.values,
        )
        return Reached(hits, None if end is None else Place(*end))

    async def _lookup(self, before: Place, limit: int, anchor: str) -> tuple[int, list[Hit]]:
        """All that the index has for `anchor`: how many that are, and the hits among them; none where it is too many to
        look at."""
        parameters = _Parameters()
        matches = " and ".join(["true", *self._words(parameters)])
        conditions = " and ".join(["d.matches", self._range(parameters, before), *self._facts(parameters)])
        statement = f"""
            with few as materialized (
                select {_HIT}, {matches} as matches from search_document d
                where d.words @@ {parameters.add(anchor)}::text::tsquery limit {MOST_HITS + 1})
            select * from (select count(*) as found from few) counted left join lateral (
                select {_HIT} from few d {self._join}
                where counted.found <= {MOST_HITS} and {conditions} {_ORDER} limit {parameters.add(limit)}) d on true
        """
        rows = await self._connection.fetch(statement, *parameters.values)
        return rows[0][0], [Hit(Place(*row[1:4]), row[4]) for row in rows if row[1] is not None]

    async def _of_few_conversations(self, before: Place, limit: int) -> Reached | None:
        """What stands in the conversations that the facts are true of; None where these are many."""
        parameters = _Parameters()
        conditions = " and ".join(self._facts(parameters))
        few = await self._connection.fetch(
            f"select c.id, c.seq from conversation c where {conditions} limit {MOST_CONVERSATIONS + 1}",
            *parameters.values,
        )
        if len(few) > MOST_CONVERSATIONS or sum(row[1] for row in few) > MOST_OF_CONVERSATIONS:
            return None
        parameters = _Parameters()
        ids = parameters.add([row[0] for row in few])
        conditions = " and ".join([self._range(parameters, before), *self._words(parameters)])
        hits = await self._hits(
            f"""with theirs as materialized (
                    select {_HIT} from search_document d
                    where d.conversation_id = any ({ids}::bigint[]) and {conditions})
                select {_HIT} from theirs d {_ORDER} limit {parameters.add(limit)}""",
            parameters,
        )
        return Reached(hits, hits[-1].place if len(hits) >= limit else None)

    async def _by_time(self, walked: Reached, limit: int) -> Reached:
        """Year by year, newest first, after what was walked; one that is too full month by month, such a month day by
        day, and such a day is walked in its turn."""
        hits, place = walked.hits, walked.place
        oldest = (await self._connection.fetchrow(_OLDEST))[0]
        oldest = oldest if self._asked.since is None else max(oldest, self._asked.since)
        full: set[str] = set()
        looked_at = 0
        for _ in range(MOST_PROBES if self._asked.anchors else MOST_PROBES_OF_BEGINNINGS):
            if place is None or place.at < oldest:
                return Reached(hits, None)
            span = next((one for one in spans(_just_before(place)) if one.mark not in full), None)
            if span is None:
                return await self._on(Reached(hits, place), limit)
            index = f"{self._asked.anchor} & {quoted(span.mark)}"
            number, found = await self._lookup(place, limit - len(hits), index)
            if number > MOST_HITS:
                full.add(span.mark)
                continue
            hits = [*hits, *found]
            if len(hits) >= limit:
                return Reached(hits, hits[-1].place)
            place = Place(span.begins, 0, 0)
            looked_at += number
            if looked_at > MOST_LOOKED_AT:
                break
        return Reached(hits, place)

    async def _on(self, walked: Reached, limit: int) -> Reached:
        """Further down one by one, as far as is bearable at once."""
        if walked.place is None:
            return walked
        more = await self._walk(walked.place, limit - len(walked.hits), LONG_WALK)
        return Reached([*walked.hits, *more.hits], more.place)

    async def _hits(self, statement: str, parameters: _Parameters) -> list[Hit]:
        rows = await self._connection.fetch(statement, *parameters.values)
        return [Hit(Place(*row[:3]), row[3]) for row in rows]

    def _range(self, parameters: _Parameters, before: Place) -> str:
        row = ", ".join(
            f"{parameters.add(value)}::{kind}"
            for value, kind in zip(before, ("timestamptz", "bigint", "bigint"), strict=True)
        )
        found = f"{_ROW} < ({row})"
        if self._asked.since is not None:
            found += f" and d.occurred_at >= {parameters.add(self._asked.since)}::timestamptz"
        return found

    def _words(self, parameters: _Parameters) -> list[str]:
        asked = self._asked.tsquery
        return [f"ts_match_vq(d.words, {parameters.add(asked)}::text::tsquery)"] if asked else []

    def _facts(self, parameters: _Parameters) -> list[str]:
        return [condition.replace("%s", parameters.add(value)) for condition, value in self._asked.facts]

    @property
    def _join(self) -> str:
        return "join conversation c on c.id = d.conversation_id" if self._asked.facts else ""


def _just_before(place: Place) -> datetime:
    """A time in the span that ends at a place."""
    return place.at - timedelta(microseconds=1) if place.entry_id == 0 else place.at


_RANK: Final = """
select d.entry_id, d.attachment_id from search_document d
join unnest($1::bigint[], $2::bigint[]) as hit (entry_id, attachment_id)
  on hit.entry_id = d.entry_id and hit.attachment_id = d.attachment_id
order by ts_rank('{0.1, 0.3, 0.4, 1.0}', d.words, $3::text::tsquery, 1) desc, d.occurred_at desc, d.entry_id desc,
         d.attachment_id desc
"""


async def by_rank(connection: Connection, hits: Sequence[Hit], tsquery: str) -> list[Hit]:
    """The same hits, those first in which the words stand in the subject, often, and in a short text."""
    by_id = {(one.place.entry_id, one.place.attachment_id): one for one in hits}
    rows = await connection.fetch(_RANK, [one[0] for one in by_id], [one[1] for one in by_id], tsquery)
    return [by_id[row[0], row[1]] for row in rows]
