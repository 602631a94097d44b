"""Looking names up, and loading what was found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from hub.db.engine import Reader
from hub.search.conditions import tsquery
from hub.search.query import Term
from hub.timeline.model import Conversation
from hub.timeline.rows import CONVERSATION, CONVERSATION_JOINS, to_conversation

MOST_CUSTOMERS: Final = 100
_LONGEST_LOOK: Final = 20_000
"""Letters of a text in which what was found is looked for; behind them the beginning is shown."""


@dataclass(frozen=True, slots=True)
class Named:
    id: int
    name: str
    kind: str = ""


_CHANNELS: Final = "select id, name, kind from channel order by id"
_AGENTS: Final = "select id, name from agent order by id"
_TEAMS: Final = "select id, name from team where archived_at is null order by id"
_LABELS: Final = "select id, name from label where archived_at is null order by id"


async def channels(reader: Reader) -> list[Named]:
    return [Named(*row) for row in await reader.fetch(_CHANNELS)]


async def agents(reader: Reader) -> list[Named]:
    return [Named(*row) for row in await reader.fetch(_AGENTS)]


async def teams(reader: Reader) -> list[Named]:
    return [Named(*row) for row in await reader.fetch(_TEAMS)]


async def labels(reader: Reader) -> list[Named]:
    return [Named(*row) for row in await reader.fetch(_LABELS)]


# The index is asked for as many as are looked at, in whatever order it has them.
_CUSTOMERS_WITH: Final = """
with them as materialized (select customer_id, words from search_customer where words @@ $1::text::tsquery limit $2)
select customer_id from them order by ts_rank(words, $1::text::tsquery) desc, customer_id desc
"""
_IDENTITIES: Final = "select identity_id from identity_link where customer_id = any ($1) and until is null order by 1"


async def customers_with(reader: Reader, wanted: Sequence[str], limit: int = MOST_CUSTOMERS + 1) -> list[int]:
    """Customers in whose names, addresses or fields all of these words stand, the last perhaps unfinished."""
    exact = " & ".join(tsquery(Term((word,))) for word in wanted)
    found: list[int] = [row[0] for row in await reader.fetch(_CUSTOMERS_WITH, exact, limit)]
    if found or len(wanted[-1]) < 3:
        return found
    begun = " & ".join(tsquery(Term((word,), prefix=word is wanted[-1])) for word in wanted)
    return [row[0] for row in await reader.fetch(_CUSTOMERS_WITH, begun, limit)]


async def identities_of(reader: Reader, customers: Sequence[int]) -> list[int]:
    return [row[0] for row in await reader.fetch(_IDENTITIES, list(customers))] if customers else []


_ALIKE: Final = """
select word from search_word where word % $1 and word <> $1 order by similarity(word, $1) desc, word limit 20
"""
_KNOWN: Final = "select word from search_word where word = any ($1::text[])"


async def alike(reader: Reader, word: str) -> list[str]:
    """Words of names and subjects that are written much the same."""
    return [row[0] for row in await reader.fetch(_ALIKE, word)]


async def known(reader: Reader, wanted: Sequence[str]) -> set[str]:
    return {row[0] for row in await reader.fetch(_KNOWN, list(wanted))}


_CONVERSATIONS: Final = (
    f"select {CONVERSATION} from conversation c {CONVERSATION_JOINS}".replace(":agent_id", "$1")
    + " where c.id = any ($2)"
)
_ENTRIES: Final = f"""
select e.id, e.conversation_id, e.occurred_at, e.kind, e.direction, e.subject, left(e.text, {_LONGEST_LOOK}) as text,
       case when e.has_more_text then (
           select left(b.full_text, {_LONGEST_LOOK}) from entry_body b where b.entry_id = e.id) end as full_text,
       coalesce(agent.name, author.name, e.data -> 'sender' ->> 'name', '') as author,
       coalesce(author.shown, '') as author_shown, coalesce(author.address, '') as author_address
from entry e
left join agent on agent.id = e.author_agent_id
left join identity author on author.id = e.author_identity_id
where e.id = any ($1)
"""
_FILES: Final = f"""
select a.id, a.filename, left(f.text, {_LONGEST_LOOK}) as text
from attachment a left join search_file f on f.blob_hash = a.blob_hash where a.id = any ($1)
"""


async def conversations(reader: Reader, agent_id: int, ids: Iterable[int]) -> dict[int, Conversation]:
    """Those that exist, as the agent finds them."""
    rows = await reader.fetch(_CONVERSATIONS, agent_id, list(ids))
    return {one.id: one for one in map(to_conversation, rows)}


async def entries(reader: Reader, ids: Iterable[int]) -> dict[int, Any]:
    return {row["id"]: row for row in await reader.fetch(_ENTRIES, list(ids))}


async def files(reader: Reader, ids: Sequence[int]) -> dict[int, Any]:
    return {row["id"]: row for row in await reader.fetch(_FILES, list(ids))} if ids else {}
