"""Many entries whose words are of every class, from one that is nowhere to one that is in each."""

from __future__ import annotations

from typing import Any, Final

EACH: Final = 50
WORDS: Final = {
    "absent": "zzzabsent",
    "unique": "unique",
    "rare": "rare",  # one in ten thousand
    "uncommon": "uncommon",  # one in a thousand
    "usual": "usual",  # one in a hundred
    "common": "common",  # one in ten
    "everywhere": "everywhere",
    "bygone": "bygone",  # a quarter of the older half, none of the newer
}

_LOAD: Final = """
set local session_replication_role = replica;  -- foreign keys are right by construction
insert into agent (email, name, role)
select 'agent' || n || '@desk.test', 'Agent ' || n, 'agent' from generate_series(1, 20) n;
insert into channel (kind, name) select (array['email', 'sms'])[1 + n % 2], 'Channel ' || n
from generate_series(1, 5) n;
insert into label (name, tint) values ('vip', 1), ('frequent', 2);
insert into customer (name)
select (array['Maria', 'José', 'Anna', 'Piotr', 'Li', 'Aisha'])[1 + n % 6] || ' Family' || n
from generate_series(1, {customers}) n;
insert into identity (kind, address, shown, name)
select 'email', 'person' || n || '@customers.test', '', '' from generate_series(1, {customers}) n;
insert into identity_link (identity_id, customer_id) select n, n from generate_series(1, {customers}) n;
insert into conversation (channel_id, identity_id, subject, state, assignee_id, seq, last_entry_id, last_in_id,
                          last_entry_at, preview, label_ids)
select 1 + n % 5, 1 + n % {customers}, 'Order ' || n, case when n % 20 = 0 then 'open' else 'resolved' end,
       case when n % 3 = 0 then 1 + n % 20 end, 10, n * 10, n * 10,
       timestamptz '2025-01-01' + n * interval '8 minutes', 'What about my order?',
       case when n % 1000 = 1 then '{{1}}' when n % 3 = 0 then '{{2}}' else '{{}}' end::bigint[]
from generate_series(1, {conversations}) n;
insert into entry (conversation_id, identity_id, seq, kind, direction, occurred_at, channel_id, author_identity_id,
                   author_agent_id, subject, text)
select c, 1 + c % {customers}, seq, case when seq = 9 then 'note' else 'message' end,
       case when seq = 9 then 'internal' when seq % 2 = 0 then 'out' else 'in' end,
       timestamptz '2025-01-01' + c * interval '8 minutes' + seq * interval '1 hour',
       1 + c % 5, case when seq % 2 = 1 then 1 + c % {customers} end, case when seq % 2 = 0 then 1 + c % 20 end,
       'Order ' || c,
       concat_ws(' ', 'everywhere', case when n = {unique} then 'unique' end, case when n % 10000 = 7 then 'rare' end,
           case when n % 1000 = 13 then 'uncommon' end, case when n % 100 = 17 then 'usual' end,
           case when n % 10 = 3 then 'common' end, case when n < {half} and n % 4 = 1 then 'bygone' end,
           (select string_agg('w' || floor(20000 * power(random(), 3)), ' ')
            from generate_series(1, 40) where c > 0 and seq > 0))
from (select (n - 1) / 10 + 1 as c, (n - 1) % 10 + 1 as seq, n from generate_series(1, {entries}) n) made
order by n;
insert into search_document (entry_id, conversation_id, occurred_at, digest, words)
select id, conversation_id, occurred_at, 0,
       setweight(to_tsvector('simple', subject), 'A') || setweight(to_tsvector('simple', text), 'B')
       || array_to_tsvector(array['y:' || to_char(occurred_at at time zone 'UTC', 'YYYY'),
              'm:' || to_char(occurred_at at time zone 'UTC', 'YYYYMM'),
              'd:' || to_char(occurred_at at time zone 'UTC', 'YYYYMMDD'), 'k:' || kind,
              'c:' || channel_id, 'i:' || identity_id, 'f:person' || identity_id, 'f:@customers.test'])
from entry order by id;
insert into search_customer (customer_id, digest, words)
select id, 0, setweight(to_tsvector('simple', lower(name)), 'A') from customer;
update search_progress set entries_below = null, customers_below = null;
"""


async def load(connection: Any, entries: int) -> None:
    """Fills an empty database with this many entries, indexed."""
    # the index is built faster in one go
    await connection.execute("set statement_timeout = 0")
    await connection.execute("drop index search_document_words")
    async with connection.transaction():
        await connection.execute(
            _LOAD.format(
                entries=entries,
                customers=entries // EACH,
                conversations=entries // 10,
                unique=entries // 3,
                half=entries // 2,
            ),
            timeout=1200,
        )
    await connection.execute("set maintenance_work_mem = '256MB'")
    await connection.execute(
        "create index search_document_words on search_document using gin (words) "
        "with (fastupdate = on, gin_pending_list_limit = 256)",
        timeout=1200,
    )
    await connection.execute("vacuum analyze", timeout=600)
    await connection.execute("reset statement_timeout; reset maintenance_work_mem")
