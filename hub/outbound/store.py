"""The deliveries' SQL. Whoever changes a delivery holds its conversation's lock first, then the delivery's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.outbound.model import SEND_HOURS, Attempt, Delivery, RecipientState
from hub.sdk import DeliveryState

_LOCK_CONVERSATION = text(
    "select id from conversation where id = (select conversation_id from entry where id = :entry_id) for update"
)
_LOCK = text(
    """
    select d.entry_id, e.conversation_id, d.channel_id, d.identity_id, i.kind as address_kind, d.address, d.reference,
           d.token, d.state, d.attempts, d.provider_id, d.code, d.reason, d.deadline,
           coalesce(d.deadline <= now(), false) as overdue
    from delivery d join entry e on e.id = d.entry_id join identity i on i.id = d.identity_id
    where d.entry_id = :entry_id
    for update of d
    """
)
_INSERT = text(
    """
    insert into delivery (entry_id, channel_id, identity_id, address, reference, token, deadline)
    values (:entry_id, :channel_id, :identity_id, :address, :reference, :token, :until)
    """
)
_INSERT_RECIPIENTS = text(
    """
    insert into delivery_recipient (entry_id, address, state)
    select :entry_id, address, 'queued' from unnest(cast(:addresses as text[])) as who (address)
    on conflict do nothing
    """
)
_SET_STATE = text(
    """
    update delivery set since = case when state = :state then since else now() end,
           state = :state, code = :code, reason = :reason,
           provider_id = case when :provider_id = '' then provider_id else :provider_id end,
           deadline = case when cast(:seconds as double precision) is null then null
                           else now() + make_interval(secs => cast(:seconds as double precision)) end
    where entry_id = :entry_id
    """
)
_SET_WAITING = text(
    """
    update delivery set since = case when state = :state then since else now() end,
           state = :state, code = :code, reason = :reason, deadline = :until
    where entry_id = :entry_id
    """
)
_RECIPIENTS = text("select address, state from delivery_recipient where entry_id = :entry_id order by address")
_SET_RECIPIENT = text(
    """
    insert into delivery_recipient (entry_id, address, state, code, reason)
    values (:entry_id, :address, :state, :code, :reason)
    on conflict (entry_id, address) do update
    set state = excluded.state, code = excluded.code, reason = excluded.reason, since = now()
    """
)
_RESET_RECIPIENTS = text(
    """
    update delivery_recipient set state = 'queued', code = '', reason = '', since = now()
    where entry_id = :entry_id and state not in ('sent', 'delivered', 'read')
    """
)
_START_ATTEMPT = text(
    """
    with counted as (
        update delivery set attempts = attempts + 1, state = 'sending', code = '', reason = '', since = now(),
               deadline = now() + make_interval(secs => :seconds)
        where entry_id = :entry_id returning attempts
    )
    insert into delivery_attempt (token, entry_id, number)
    select :token, :entry_id, counted.attempts from counted
    returning token, entry_id, number, started_at, outcome
    """
)
_LAST_ATTEMPT = text(
    """
    select token, entry_id, number, started_at, outcome from delivery_attempt
    where entry_id = :entry_id order by number desc limit 1
    """
)
_FINISH_ATTEMPT = text(
    """
    update delivery_attempt set finished_at = now(), outcome = :outcome, code = :code, reason = :reason
    where token = :token and (outcome is null or outcome = 'ambiguous')
    """
)
_PROBLEM = text(
    """
    select exists (
        select from entry e join delivery d on d.entry_id = e.id
        where e.conversation_id = :conversation_id and e.direction = 'out' and d.state <> 'canceled'
          and (d.state in ('failed', 'uncertain')
               or exists (select from delivery_recipient r where r.entry_id = e.id and r.state = 'failed'))
    )
    """
)
# The lock conflicts with the foreign key check of an insert into suppression: a STOP is either seen here, or it waits
# until this transaction, which says that the attempt has begun, is committed.
_LOCK_IDENTITIES = text(
    "select id from identity where kind = :kind and address = any (:addresses) order by id for update"
)
_SUPPRESSED = text(
    """
    select i.address, s.reason from suppression s join identity i on i.id = s.identity_id
    where i.kind = :kind and i.address = any (:addresses) and s.until is null
      and (s.channel_id is null or s.channel_id = :channel_id)
    order by s.id limit 1
    """
)
_STATUS = text(
    """
    insert into delivery_status (entry_id, state, recipient, code, reason, occurred_at, raw_id)
    values (:entry_id, :state, :recipient, :code, :reason, :occurred_at, :raw_id)
    """
)
# Names that nobody can guess are believed of every channel of the same kind: a bounce may come to another mailbox.
_BY_ATTEMPT = text(
    """
    select a.entry_id from delivery_attempt a
    join delivery d on d.entry_id = a.entry_id join channel c on c.id = d.channel_id
    where a.token = :value and c.kind = (select kind from channel where id = :channel_id)
    """
)
_BY_PROVIDER_ID = text(
    """
    select entry_id from delivery where channel_id = :channel_id and provider_id = :value and provider_id <> ''
    order by entry_id desc limit 1
    """
)
_BY_REFERENCE = text(
    """
    select d.entry_id from delivery d join channel c on c.id = d.channel_id
    where d.reference = :value and c.kind = (select kind from channel where id = :channel_id) limit 1
    """
)
_DROP_JOB = text("delete from job where kind = :kind and dedupe_key = :key and state = 'ready'")
_HAS_JOB = text("select exists (select from job where kind = 'send' and dedupe_key = :key and state <> 'dead')")
_DEADLINE = text(f"select now() + interval '{SEND_HOURS} hours'")
_TOO_LATE = text("select now() + make_interval(secs => :seconds) > cast(:until as timestamptz)")
_SURFACE = text("update conversation set last_entry_at = greatest(last_entry_at, now()) where id = :id")


async def lock_delivery(connection: AsyncConnection, entry_id: int) -> Delivery | None:
    """The delivery and its conversation, locked until the transaction ends; None when the entry is no such message."""
    if (await connection.execute(_LOCK_CONVERSATION, {"entry_id": entry_id})).first() is None:
        return None
    row = (await connection.execute(_LOCK, {"entry_id": entry_id})).one_or_none()
    return None if row is None else Delivery(**row._mapping)


async def insert_delivery(
    connection: AsyncConnection,
    entry_id: int,
    *,
    channel_id: int,
    identity_id: int,
    address: str,
    cc: Sequence[str],
    reference: str,
    token: str,
    until: datetime,
) -> None:
    values = {"channel_id": channel_id, "identity_id": identity_id, "address": address, "reference": reference}
    await connection.execute(_INSERT, {"entry_id": entry_id, "token": token, "until": until, **values})
    await connection.execute(_INSERT_RECIPIENTS, {"entry_id": entry_id, "addresses": [address, *cc]})


async def set_state(
    connection: AsyncConnection,
    entry_id: int,
    state: DeliveryState,
    *,
    code: str = "",
    reason: str = "",
    provider_id: str = "",
    seconds: float | None = None,
) -> None:
    """`seconds` until something has to happen; None in a final state."""
    values = {"code": code, "reason": reason, "provider_id": provider_id, "seconds": seconds}
    await connection.execute(_SET_STATE, {"entry_id": entry_id, "state": state, **values})


async def set_waiting(
    connection: AsyncConnection, entry_id: int, state: DeliveryState, until: datetime, *, code: str, reason: str
) -> None:
    values = {"entry_id": entry_id, "state": state, "until": until, "code": code, "reason": reason}
    await connection.execute(_SET_WAITING, values)


async def recipients(connection: AsyncConnection, entry_id: int) -> list[RecipientState]:
    """Everybody the message goes to, and how far it came with each."""
    return [RecipientState(*row) for row in await connection.execute(_RECIPIENTS, {"entry_id": entry_id})]


async def set_recipient(
    connection: AsyncConnection, entry_id: int, address: str, state: DeliveryState, code: str = "", reason: str = ""
) -> None:
    values = {"entry_id": entry_id, "address": address, "state": state, "code": code, "reason": reason}
    await connection.execute(_SET_RECIPIENT, values)


async def reset_recipients(connection: AsyncConnection, entry_id: int) -> None:
    """For another try: all but those whom a provider has accepted it for."""
    await connection.execute(_RESET_RECIPIENTS, {"entry_id": entry_id})


async def start_attempt(connection: AsyncConnection, entry_id: int, token: str, seconds: float) -> Attempt:
    """Says, before the provider is called, that it will be; `seconds` after which the outcome is unknown."""
    values = {"entry_id": entry_id, "token": token, "seconds": seconds}
    return Attempt(**(await connection.execute(_START_ATTEMPT, values)).one()._mapping)


async def last_attempt(connection: AsyncConnection, entry_id: int) -> Attempt | None:
    row = (await connection.execute(_LAST_ATTEMPT, {"entry_id": entry_id})).one_or_none()
    return None if row is None else Attempt(**row._mapping)


async def finish_attempt(
    connection: AsyncConnection, token: str, outcome: str, *, code: str = "", reason: str = ""
) -> None:
    """The first word counts; only "ambiguous" gives way to what was found out later."""
    await connection.execute(_FINISH_ATTEMPT, {"token": token, "outcome": outcome, "code": code, "reason": reason})


async def has_problem(connection: AsyncConnection, conversation_id: int) -> bool:
    """Whether something of the conversation was not delivered, or perhaps not, and nobody has dealt with it."""
    return bool(await connection.scalar(_PROBLEM, {"conversation_id": conversation_id}))


async def suppressed(
    connection: AsyncConnection, kind: str, addresses: Sequence[str], channel_id: int, *, lock: bool = False
) -> tuple[str, str] | None:
    """(address, reason) of one among these to whom nothing may be sent. `lock`: nobody becomes suppressed until the
    transaction ends."""
    values = {"kind": kind, "addresses": list(addresses)}
    if lock:
        await connection.execute(_LOCK_IDENTITIES, values)
    row = (await connection.execute(_SUPPRESSED, {**values, "channel_id": channel_id})).one_or_none()
    return None if row is None else (row.address, row.reason)


async def keep_status(
    connection: AsyncConnection,
    entry_id: int,
    state: str,
    recipient: str,
    *,
    code: str,
    reason: str,
    occurred_at: datetime,
    raw_id: int | None,
) -> None:
    values = {"state": state, "recipient": recipient, "code": code, "reason": reason, "occurred_at": occurred_at}
    await connection.execute(_STATUS, {"entry_id": entry_id, "raw_id": raw_id, **values})


async def find_message(
    connection: AsyncConnection, channel_id: int, *, attempt: str, provider_id: str, reference: str
) -> int | None:
    """The entry that a report of this channel is about, by the surest of its names."""
    for statement, value in ((_BY_ATTEMPT, attempt), (_BY_PROVIDER_ID, provider_id), (_BY_REFERENCE, reference)):
        if value:
            found: int | None = await connection.scalar(statement, {"channel_id": channel_id, "value": value})
            if found is not None:
                return found
    return None


async def drop_job(connection: AsyncConnection, kind: str, entry_id: int) -> None:
    """A job that waits is gone; one that runs finds the new state of the delivery and ends."""
    await connection.execute(_DROP_JOB, {"kind": kind, "key": str(entry_id)})


async def has_send_job(connection: AsyncConnection, entry_id: int) -> bool:
    """Whether anybody will still try to send it."""
    return bool(await connection.scalar(_HAS_JOB, {"key": str(entry_id)}))


async def new_deadline(connection: AsyncConnection) -> datetime:
    """Until when a message that is queued now has to be sent."""
    until: datetime = (await connection.execute(_DEADLINE)).scalar_one()
    return until


async def too_late(connection: AsyncConnection, until: datetime, seconds: float) -> bool:
    """Whether `until` is over in so many seconds."""
    return bool(await connection.scalar(_TOO_LATE, {"until": until, "seconds": seconds}))


async def surface(connection: AsyncConnection, conversation_id: int) -> None:
    """Something happened that an agent should see: to the top of the list."""
    await connection.execute(_SURFACE, {"id": conversation_id})
