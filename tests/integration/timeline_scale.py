"""Many rows, quickly: customers with fifty entries each, in conversations of ten, and one with a hundred thousand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

EACH: Final = 50
LARGE: Final = 100_000

_LOAD: Final = """
set local session_replication_role = replica;  -- foreign keys are right by construction
insert into agent (email, name, role)
select 'agent' || n || '@desk.test', 'Agent ' || n, 'agent' from generate_series(1, 20) n;
insert into channel (kind, name) select 'email', 'Mailbox ' || n from generate_series(1, 5) n;
insert into customer (name)
select (array['Maria', 'José', 'Anna', 'Piotr', 'Li', 'Aisha'])[1 + n % 6] || ' Family' || n
from generate_series(1, {customers}) n;
insert into identity (kind, address, shown, name)
select case n % 7 when 0 then 'phone' else 'email' end,
       case n % 7 when 0 then '+49151' || lpad(n::text, 9, '0') else 'person' || n || '@customers.test' end,
       '', (array['Maria', 'José', 'Anna', 'Piotr', 'Li', 'Aisha'])[1 + n % 6] || ' Family' || n
from generate_series(1, {customers}) n;
-- Every tenth customer was merged with the next one.
insert into identity_link (identity_id, customer_id)
select n, case when n % 10 = 1 and n > 1 then n - 1 else n end from generate_series(1, {customers}) n;
insert into conversation (channel_id, identity_id, subject, state, assignee_id, seq, last_entry_id, last_in_id,
                          last_entry_at, preview)
select 1 + n % 5, 1 + n % {customers}, 'Order ' || n, case when n % 20 = 0 then 'open' else 'resolved' end,
       case when n % 3 = 0 then 1 + n % 20 end, 10, n * 10, n * 10,
       timestamptz '2026-01-01' + n * interval '1 minute', 'What about my order?'
from generate_series(1, {conversations}) n;
insert into entry (conversation_id, identity_id, seq, kind, direction, occurred_at, channel_id, author_identity_id,
                   author_agent_id, subject, text, attachment_count)
select conversation_id, 1 + conversation_id % {customers}, seq, case when seq = 9 then 'note' else 'message' end,
       case when seq = 9 then 'internal' when seq % 2 = 0 then 'out' else 'in' end,
       timestamptz '2026-01-01' + conversation_id * interval '1 minute' + seq * interval '1 hour',
       1 + conversation_id % 5, case when seq % 2 = 1 then 1 + conversation_id % {customers} end,
       case when seq % 2 = 0 then 1 + conversation_id % 20 end, 'Order ' || conversation_id,
       repeat('Where is what I ordered last week? ', 6), (seq = 3)::integer
from generate_series(1, {conversations}) conversation_id, generate_series(1, 10) seq
order by conversation_id, seq;
insert into delivery (entry_id, channel_id, identity_id, address, reference, token, state)
select id, channel_id, identity_id, 'person@customers.test', 'r' || id, 't', 'delivered'
from entry where direction = 'out';
insert into blob (hash, size) values (sha256('file'), 4) on conflict do nothing;
insert into attachment (entry_id, blob_hash, filename, content_type, size)
select id, sha256('file'), 'photo.jpg', 'image/jpeg', 4 from entry where attachment_count > 0;
insert into entry_also (identity_id, occurred_at, entry_id)
select 1 + (identity_id * 7) % {customers}, occurred_at, id from entry where id % 100 = 0;
"""
_LARGE: Final = """
set local session_replication_role = replica;
insert into customer (name) values ('Large Customer');
insert into identity (kind, address, name) values ('email', 'large@customers.test', 'Large');
insert into identity_link (identity_id, customer_id) select max(i.id), max(c.id) from identity i, customer c
where i.address = 'large@customers.test' and c.name = 'Large Customer';
insert into conversation (channel_id, identity_id, seq)
select 1, id, {large} from identity where address = 'large@customers.test';
insert into entry (conversation_id, identity_id, seq, kind, direction, occurred_at, channel_id, author_identity_id,
                   text)
select c.id, c.identity_id, n, 'message', 'in', timestamptz '2020-01-01' + n * interval '1 minute', 1, c.identity_id,
       repeat('Once more about the same. ', 8)
from (select id, identity_id from conversation order by id desc limit 1) c, generate_series(1, {large}) n;
"""


@dataclass(frozen=True)
class Scale:
    """Customers are 1 … `customers`; `large_id` is the one with `LARGE` entries."""

    customers: int
    large_id: int


async def load(connection: Any, entries: int) -> Scale:
    """Fills an empty database with this many entries, and the large customer's besides."""
    customers = entries // EACH
    async with connection.transaction():
        await connection.execute(_LOAD.format(customers=customers, conversations=entries // 10), timeout=600)
    async with connection.transaction():
        await connection.execute(_LARGE.format(large=LARGE), timeout=600)
    await connection.execute("vacuum analyze", timeout=600)
    large_id = await connection.fetchval("select max(id) from customer")
    return Scale(customers, large_id)
