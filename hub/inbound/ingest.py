"""The hot path: a batch stored by one set-based call (hub/db/functions/ingest.sql), through bare asyncpg."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import asyncpg
import orjson

from hub.inbound.model import Message, Received, Stored

INLINE_BYTES: Final = 256 * 1024
"""A raw up to this size is kept in its row; a larger one in the attachment store."""

_ARRAYS: Final = (  # noqa: SIM905 - one line for each group of parameters
    "bigint bigint text bytea bytea bigint text timestamptz text text "
    "text text text text text text timestamptz text text text boolean "
    "text text integer integer text text boolean bigint bytea boolean "
    "integer bytea integer "
    "integer integer bytea bigint text text boolean text text "
    "integer text text text text"
).split()
_CALL: Final = (
    "select n, outcome, entry_id, conversation_id, raw_id from hub_ingest("
    + ", ".join(f"${number}::{kind}[]" for number, kind in enumerate(_ARRAYS, 1))
    + ")"
)
_ITEM_COLUMNS: Final = 31


async def ingest(connection: asyncpg.Connection, batch: Sequence[tuple[Received, int | None]]) -> list[Stored]:
    """Stores the batch; each item comes with the conversation that its token names, already verified, or None.

    No two items may share a key or a content hash within a channel, nor refer to each other.
    Runs in the transaction of `connection`, or in one of its own. Raises asyncpg.PostgresError.
    """
    rows = await connection.fetch(_CALL, *_arguments(batch))
    return [Stored(row["outcome"], row["entry_id"], row["conversation_id"], row["raw_id"]) for row in rows]


def _arguments(batch: Sequence[tuple[Received, int | None]]) -> list[list[Any]]:
    items = [list(column) for column in zip(*(_item(one, named) for one, named in batch), strict=True)]
    messages = [(number, one.understood.message) for number, (one, _) in enumerate(batch, 1)]
    references = [
        (number, hashed, rank)
        for number, message in messages
        if message is not None
        for rank, hashed in enumerate((*message.replies_to, message.reference), 1)
        if hashed is not None and (rank <= len(message.replies_to) or hashed not in message.replies_to)
    ]
    files = [
        (number, position, one.hash, one.size, one.filename, one.content_type, one.inline, one.cid, one.note)
        for number, message in messages
        if message is not None
        for position, one in enumerate(message.files)
    ]
    people = [
        (number, one.kind, one.address, one.shown, one.name)
        for number, message in messages
        if message is not None
        for one in message.participants
    ]
    return [*items, *_columns(references, 3), *_columns(files, 9), *_columns(people, 5)]


def _columns(rows: Sequence[tuple[Any, ...]], width: int) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in range(width)]


def _item(one: Received, named: int | None) -> tuple[Any, ...]:
    found = one.understood
    ledger = (
        one.raw_id,
        one.channel_id,
        one.key,
        one.content_hash,
        one.content if len(one.content) <= INLINE_BYTES else None,
        len(one.content),
        orjson.dumps(dict(one.hint)).decode(),
        one.received_at,
        found.state,
        found.reason,
    )
    return ledger + (_entry(found.message, one, named) if found.message else _NO_ENTRY)


def _entry(message: Message, one: Received, named: int | None) -> tuple[Any, ...]:
    who = message.person
    return (
        message.kind,
        message.direction,
        who.kind,
        who.address,
        who.shown,
        who.name,
        message.occurred_at,
        message.subject,
        message.text,
        message.automatic,
        bool(message.full_text),
        message.full_text,
        message.html,
        message.remote_images,
        sum(not file.inline for file in message.files),
        orjson.dumps(message.recipients).decode(),
        orjson.dumps(message.data).decode(),
        one.threads,
        named,
        message.reference,
        one.demo,
    )


_NO_ENTRY: Final = (None,) * (_ITEM_COLUMNS - 10)
