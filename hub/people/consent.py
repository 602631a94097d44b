"""Opt-out and opt-in: what a person last said about messages to them on a channel."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import text

from hub.events.model import CustomerChanged
from hub.events.outbox import Tx
from hub.people.actions import suppress
from hub.sdk import ConsentWord

STOPPED: Final = "They asked for no more messages (STOP)."
# An older word that arrives later (read again from the provider) changes nothing.
_KEEP: Final = text(
    """
    insert into consent (identity_id, channel_id, word, at)
    select id, :channel_id, :word, :at from identity where kind = :kind and address = :address
    on conflict (identity_id, channel_id) do update set word = excluded.word, at = excluded.at
    where consent.at <= excluded.at
    returning identity_id
    """
)
# What an agent has entered is not the person's to lift, and what holds on every channel is not about this one.
_ALLOW: Final = text(
    """
    update suppression s set until = now()
    from identity_link l
    where s.identity_id = :identity_id and s.channel_id = :channel_id and s.until is null and s.agent_id is null
      and l.identity_id = s.identity_id and l.until is null
    returning l.customer_id
    """
)


async def apply_consent(tx: Tx, kind: str, address: str, channel_id: int, word: ConsentWord, said_at: datetime) -> None:
    """After "stop" nothing more is sent to this address on the channel, until "start" or an administrator allow it."""
    values = {"kind": kind, "address": address, "channel_id": channel_id, "word": word, "at": said_at}
    identity_id = await tx.connection.scalar(_KEEP, values)
    if identity_id is None:
        return
    if word == "stop":
        await suppress(tx, identity_id, reason=STOPPED, channel_id=channel_id)
        return
    allowed = {"identity_id": identity_id, "channel_id": channel_id}
    for customer_id in (await tx.connection.execute(_ALLOW, allowed)).scalars():
        tx.emit(CustomerChanged(customer_id))
