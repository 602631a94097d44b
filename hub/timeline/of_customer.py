"""The conversations of a customer, whoever of them led them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from hub.db.engine import Reader
from hub.timeline.model import Conversation, Cursor, Page
from hub.timeline.rows import CONVERSATION, CONVERSATION_JOINS, to_conversation

_NEWEST: Final = Cursor(datetime(9999, 12, 31, tzinfo=UTC), (1 << 63) - 1)
# An index scan for each current identity, none longer than the page.
_PAGE: Final = f"""
    select {CONVERSATION} from (
        select k.id from identity_link own cross join lateral (
            select id, last_entry_at from conversation
            where identity_id = own.identity_id and (last_entry_at, id) < ($3, $4)
              and merged_into_id is null and (state = 'open' or seq > 0)
            order by last_entry_at desc, id desc limit $5
        ) k
        where own.customer_id = $2 and own.until is null
        order by k.last_entry_at desc, k.id desc limit $5
    ) found
    join conversation c on c.id = found.id {CONVERSATION_JOINS}
    order by c.last_entry_at desc, c.id desc
""".replace(":agent_id", "$1")


async def conversations_of(
    reader: Reader, customer_id: int, agent_id: int, after: Cursor | None, limit: int
) -> Page[Conversation]:
    """Those that stand in lists, newest activity first; not what was joined to another, nor what was closed
    without a word."""
    start = after or _NEWEST
    rows = await reader.fetch(_PAGE, agent_id, customer_id, start.at, start.id, limit + 1)
    items = tuple(map(to_conversation, rows[:limit]))
    return Page(items, Cursor(items[-1].last_entry_at, items[-1].id) if len(rows) > limit else None)
