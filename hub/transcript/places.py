"""Where a message that just came in stands in its writer's transcript."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from hub.transcript.store import bring_up_to_date, seqs

_FIRST: Final = """
select m.entry_id, m.conversation_id from message_reference m
join entry e on e.id = m.entry_id and e.channel_id = $2 and e.direction = 'in'
where m.hash = $1 and m.own
"""
_WRITERS: Final = "select id, author_identity_id from entry where id = any ($1)"


async def first_time(pool: Any, channel_id: int, reference: bytes) -> tuple[int, int] | None:
    """Entry and conversation of the message that carried this reference, as a hash, when it came first."""
    row = await pool.fetchrow(_FIRST, reference, channel_id)
    return None if row is None else (row["entry_id"], row["conversation_id"])


async def places(pool: Any, channel_id: int, entries: Sequence[int]) -> dict[int, int]:
    """The seq of each entry."""
    by_writer: dict[int, list[int]] = {}
    for row in await pool.fetch(_WRITERS, list(entries)):
        by_writer.setdefault(row["author_identity_id"], []).append(row["id"])
    found: dict[int, int] = {}
    for identity_id, written in by_writer.items():
        await bring_up_to_date(pool, channel_id, identity_id)
        found |= await seqs(pool, identity_id, written)
    return found
