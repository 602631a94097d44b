"""What a database of some time ago must not do by itself.

Between the backup and the restore the hub went on: what the backup says is waiting to be sent may have been sent, who
signed out is signed in again, and feed positions name events of another life.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

ID_GAP: Final = 1_000_000
"""More than is given out between two backups."""
_NEW_LIFE: Final = (
    "update installation set epoch = gen_random_uuid(), event_horizon = '0'",
    "truncate event",
    "update channel set lease_owner = null, lease_until = null, lease_token = lease_token + 1, health = 'starting', "
    "health_since = now(), health_reason = '', health_step = ''",
    "update job set state = 'ready', lease_until = null, worker = null, lease_token = lease_token + 1 "
    "where state = 'running'",
)
# As the migration has it: not every server is built with it, so that it is not in the dump.
_COMPRESSION: Final = """
    do $$ begin
        alter table raw alter column content set compression lz4;
    exception when feature_not_supported then null;
    end $$
"""
# What was given out after the backup is known outside (in addresses, links, webhooks): the same numbers never again.
_FRESH_IDS: Final = f"""
    select setval(format('%I.%I', schemaname, sequencename)::regclass, last_value + {ID_GAP})
    from pg_sequences where schemaname = 'public' and last_value is not null
"""
# A link or a session that was used up or ended after the backup would be good again.
_NO_OLD_KEYS: Final = (
    "delete from agent_session",
    "delete from invite where used_at is null",
    "delete from oauth_consent",
    "delete from idempotency where answer is null",
    "delete from phone_verification where used_at is null",
)
# Whoever was about to be called may have been, and is not called any more; of the others their provider is asked. Who
# waits for a callback waits until somebody has looked and lets their queue call again.
_NO_SENDING: Final = (
    "delete from job where kind in ('send', 'reconcile', 'dial', 'send_code')",
    "update call_leg set state = 'canceled', ended_at = now(), reason = 'A backup was restored.' "
    "where state = 'dialing' and provider_id = ''",
    "update callback_queue q set state = 'paused', version = version + 1 where q.state = 'active' "
    "and exists (select from callback c where c.queue_id = q.id and c.deadline is not null)",
)
_UNFINISHED: Final = text(
    """
    update delivery_attempt set finished_at = now(), outcome = 'ambiguous', reason = :reason where outcome is null
    """
)
_RECIPIENTS: Final = text(
    """
    update delivery_recipient r set state = 'uncertain', reason = :reason, since = now()
    from delivery d
    where d.entry_id = r.entry_id and d.state in ('queued', 'held', 'sending') and r.state in ('queued', 'sending')
    """
)
_DELIVERIES: Final = text(
    """
    with doubtful as (
        update delivery set state = 'uncertain', code = '', reason = :reason, since = now(), deadline = null
        where state in ('queued', 'held', 'sending') returning entry_id
    ), shown as (
        update entry set version = version + 1 from doubtful where entry.id = doubtful.entry_id
        returning conversation_id
    ), flagged as (
        update conversation set delivery_problem = true, version = version + 1,
               last_entry_at = greatest(last_entry_at, now())
        where id in (select conversation_id from shown)
    )
    select count(*) from doubtful
    """
)
_UNCERTAIN: Final = "update delivery set deadline = null where state = 'uncertain'"
# An unread answer may have gone on by mail since: as if it had.
_NOT_ONWARD: Final = """
    update delivery set continued_by = entry_id where continued_by is null and state in ('sent', 'delivered')
    and since > now() - interval '2 days'
"""
_RECORD: Final = text(
    """
    insert into audit (action, subject, data)
    values ('installation.restore', 'installation', jsonb_build_object('taken_at', cast(:taken_at as text)))
    """
)


async def begin_new_life(connection: AsyncConnection, taken_at: str) -> int:
    """Makes a restored database safe to start, in the caller's transaction; how many messages became uncertain."""
    reason = f"A backup of {taken_at} was restored. Whether this was sent after that is not known."
    for statement in (*_NEW_LIFE, _COMPRESSION, _FRESH_IDS, *_NO_OLD_KEYS, *_NO_SENDING, _UNCERTAIN, _NOT_ONWARD):
        await connection.execute(text(statement))
    await connection.execute(_UNFINISHED, {"reason": reason})
    await connection.execute(_RECIPIENTS, {"reason": reason})
    doubtful: int = (await connection.execute(_DELIVERIES, {"reason": reason})).scalar_one()
    await connection.execute(_RECORD, {"taken_at": taken_at})
    return doubtful
