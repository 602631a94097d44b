"""A customer with a long past, put beside the demo's: a mail every hour, with notes, changes and notices between."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import asyncpg

from hub.db.embedded import running_url
from tests.hub_process import HubProcess

EACH: Final = 250
"""Entries of one conversation."""
CHANGES: Final = (3, 4)
NOTICES: Final = (10, 11, 12)
"""The entries whose number has such a remainder by forty; every 7th of forty is a note, all else are mails."""

_PERSON: Final = """
with c as (insert into customer (name) values ('Ottilie Langer') returning id),
     i as (insert into identity (kind, address, shown, name)
           values ('email', 'ottilie@langer.test', 'ottilie@langer.test', 'Ottilie Langer') returning id)
insert into identity_link (identity_id, customer_id) select i.id, c.id from i, c returning identity_id, customer_id
"""
_CONVERSATIONS: Final = """
insert into conversation (channel_id, identity_id, subject, state, created_at)
select (select min(id) from channel), $1, 'Delivery round ' || n, case when n = $2 then 'open' else 'resolved' end, $3
from generate_series(1, $2) n order by n returning id
"""
_ENTRIES: Final = """
insert into entry (conversation_id, identity_id, seq, kind, direction, occurred_at, created_at, channel_id,
                   author_identity_id, author_agent_id, subject, text, automatic, data)
select ($2::bigint[])[1 + (n - 1) / $3], $1, 1 + (n - 1) % $3,
       case when what in (3, 4) then 'event' when what = 7 then 'note' else 'message' end,
       case when what in (3, 4, 7) then 'internal' when n % 2 = 1 or what in (10, 12) then 'in' else 'out' end,
       now() - interval '2 hours' - ($4 - n) * interval '53 minutes', now(),
       case when what not in (3, 4, 7) then (select min(id) from channel) end,
       case when what not in (3, 4, 7) and (n % 2 = 1 or what in (10, 12)) then $1::bigint end,
       case when what = 7 or (what not in (3, 4, 10, 12) and n % 2 = 0) then (select min(id) from agent) end,
       'Delivery round ' || 1 + (n - 1) / $3,
       case when what in (3, 4) then '' else 'Entry ' || n || '. ' || repeat('The crate came on Tuesday. ', n % 17) end,
       case when what in (10, 11, 12) then 'bounce' else 'no' end,
       case when what = 3 then '{"type": "resolved"}' when what = 4 then '{"type": "reopened"}' else '{}' end::jsonb
from (select n, n % 40 as what from generate_series(1, $4) n) numbered
"""
_HEADS: Final = """
update conversation c set seq = e.seq, last_entry_id = e.id, last_entry_at = e.occurred_at, preview = left(e.text, 140),
       last_in_id = (select max(id) from entry where conversation_id = c.id and direction = 'in'), last_direction = 'in'
from (select distinct on (conversation_id) conversation_id, seq, id, occurred_at, text from entry
      where conversation_id = any ($1) order by conversation_id, seq desc) e
where c.id = e.conversation_id
"""


@dataclass(frozen=True)
class LongCustomer:
    id: int
    identity_id: int
    conversation_id: int
    """The newest conversation, which is open."""
    entries: int


def add_long_customer(hub: HubProcess, entries: int) -> LongCustomer:
    """Straight into the hub's own database; a page that is opened afterwards shows it."""

    async def add() -> LongCustomer:
        url = running_url(hub.folder / "data")
        assert url is not None, "the hub runs a database of its own"
        connection: Any = await asyncpg.connect(url)
        try:
            person = await connection.fetchrow(_PERSON)
            count = -(-entries // EACH)
            began = await connection.fetchval("select now() - interval '20 years'")
            rows = await connection.fetch(_CONVERSATIONS, person["identity_id"], count, began)
            ids = [row["id"] for row in rows]
            await connection.execute(_ENTRIES, person["identity_id"], ids, EACH, entries, timeout=120)
            await connection.execute(_HEADS, ids, timeout=120)
            await connection.execute("analyze entry, conversation")
            return LongCustomer(person["customer_id"], person["identity_id"], ids[-1], entries)
        finally:
            await connection.close()

    with ThreadPoolExecutor(1) as aside:  # this thread has Playwright's event loop
        return aside.submit(asyncio.run, add()).result()
