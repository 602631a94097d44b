"""Received messages for tests, as short to write as they can be."""

from __future__ import annotations

import hashlib
import itertools
from datetime import UTC, datetime, timedelta

import asyncpg

from hub.inbound.model import Message, Person, Received, Understood
from hub.timeline.reference import reference_hash

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
_numbers = itertools.count(1)


async def make_channel(pool: asyncpg.Pool, name: str = "Support mailbox") -> int:
    number: int = await pool.fetchval("insert into channel (kind, name) values ('test', $1) returning id", name)
    return number


def received(
    channel_id: int,
    sender: str = "maria@example.org",
    text: str = "Hello",
    *,
    key: str | None = None,
    content: bytes | None = None,
    reference: str = "",
    replies_to: tuple[str, ...] = (),
    participants: tuple[str, ...] = (),
    threads: bool = True,
    minutes: int = 0,
    raw_id: int | None = None,
    **fields: object,
) -> Received:
    number = next(_numbers)
    content = content if content is not None else f"raw {number}".encode()
    fields = {"kind": "message", "direction": "in", "subject": "", "automatic": "no", **fields}
    message = Message(
        person=Person("email", sender, sender, sender.partition("@")[0].title()),
        occurred_at=START + timedelta(minutes=minutes),
        text=text,
        reference=reference_hash(reference),
        replies_to=tuple(hashed for one in replies_to if (hashed := reference_hash(one))),
        participants=tuple(Person("email", one, one) for one in participants),
        **fields,  # type: ignore[arg-type]
    )
    return Received(
        channel_id=channel_id,
        key=key or f"key {number}",
        content=content,
        content_hash=hashlib.sha256(content).digest(),
        received_at=START + timedelta(minutes=minutes),
        hint={},
        understood=Understood(message=message),
        threads=threads,
        raw_id=raw_id,
    )
