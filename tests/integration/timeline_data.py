"""Rows that the tests of people, timeline and desk stand on."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from hub.events.outbox import Outbox, Tx
from hub.people.actions import resolve_identity
from hub.people.model import Identity
from hub.sdk import Address
from hub.timeline.actions import append_entry, open_conversation
from hub.timeline.model import Conversation, Entry, NewEntry

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
_numbers = itertools.count(1)


def minute(number: int) -> datetime:
    return START + timedelta(minutes=number)


async def channel(tx: Tx, kind: str = "email", name: str = "Support") -> int:
    made = await tx.connection.execute(
        text("insert into channel (kind, name) values (:kind, :name) returning id"), {"kind": kind, "name": name}
    )
    return int(made.scalar_one())


async def agent(tx: Tx, name: str = "Ada Agent", role: str = "agent") -> int:
    made = await tx.connection.execute(
        text("insert into agent (email, name, role) values (:email, :name, :role) returning id"),
        {"email": f"agent{next(_numbers)}@desk.test", "name": name, "role": role},
    )
    return int(made.scalar_one())


def address(kind: str = "email", value: str | None = None, name: str = "") -> Address:
    value = value or f"person{next(_numbers)}@customers.test"
    return Address(kind, value, value, name)


@dataclass(frozen=True)
class Talk:
    channel_id: int
    identity: Identity
    conversation: Conversation


async def talk(
    outbox: Outbox, *, who: Address | None = None, kind: str = "email", channel_id: int | None = None, subject: str = ""
) -> Talk:
    """A new conversation without entries, of somebody new on a channel of its own unless told."""
    async with outbox.transaction() as tx:
        identity = await resolve_identity(tx, who or address(kind))
        channel_id = channel_id or await channel(tx, kind, f"{kind} channel")
        opened = await open_conversation(tx, channel_id=channel_id, identity_id=identity.id, subject=subject)
    return Talk(channel_id, identity, opened)


async def say(
    outbox: Outbox,
    where: Talk,
    words: str,
    *,
    at: int = 0,
    kind: str = "message",
    direction: str = "in",
    automatic: str = "no",
    agent_id: int | None = None,
) -> Entry:
    """One entry, `at` minutes after the start of all things."""
    async with outbox.transaction() as tx:
        return await append_entry(
            tx,
            NewEntry(
                where.conversation.id,
                kind,
                direction,  # type: ignore[arg-type]
                occurred_at=minute(at),
                channel_id=where.channel_id,
                author_identity_id=where.identity.id if direction == "in" else None,
                author_agent_id=agent_id,
                text=words,
                automatic=automatic,
            ),
        )
