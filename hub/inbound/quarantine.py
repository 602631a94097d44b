"""What was received and not understood: listed, tried again, or dismissed with a reason. Never deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.inbound.model import RawState
from hub.sdk import Raw

PAGE: Final = 50
_PAGE = text(
    """
    select id, channel_id, received_at, reason, size, attempts, substring(content from 1 for 4000) as head
    from raw
    where state = 'quarantined' and id < :before and (cast(:channel_id as bigint) is null or channel_id = :channel_id)
    order by id desc
    limit :limit
    """
)
_LOAD = text(
    """
    select id, channel_id, source_key, content, content_hash, hint, received_at, state, reason
    from raw where id = :id
    """
).columns(hint=JSONB)
_LOCK = text("select id from raw where id = :id and state = 'quarantined' for update")
_MARK = text("update raw set state = :state, reason = :reason, attempts = attempts + 1 where id = :id")


class NotQuarantined(LookupError):
    """It is not in quarantine (any more): somebody else retried or dismissed it."""


@dataclass(frozen=True, slots=True)
class Quarantined:
    """`sender` and `subject` are a guess from the first lines of the raw, for people to recognise it by."""

    id: int
    channel_id: int
    received_at: datetime
    reason: str
    size: int
    attempts: int
    sender: str | None
    subject: str | None


@dataclass(frozen=True, slots=True)
class StoredRaw:
    """A raw as the ledger has it; `content` None: in the attachment store under `content_hash`."""

    id: int
    channel_id: int
    key: str
    content: bytes | None
    content_hash: bytes
    hint: dict[str, str]
    received_at: datetime
    state: RawState
    reason: str

    def with_content(self, content: bytes) -> Raw:
        return Raw(self.key, content, self.received_at, self.hint)


async def quarantine_page(
    connection: AsyncConnection, before: int | None = None, limit: int = PAGE, channel_id: int | None = None
) -> list[Quarantined]:
    """Newest first, those with an id below `before`."""
    values = {"before": before or 2**62, "limit": limit, "channel_id": channel_id}
    return [
        Quarantined(
            row.id,
            row.channel_id,
            row.received_at,
            row.reason,
            row.size,
            row.attempts,
            _header(row.head, "from"),
            _header(row.head, "subject"),
        )
        for row in await connection.execute(_PAGE, values)
    ]


async def load_raw(connection: AsyncConnection, raw_id: int) -> StoredRaw:
    """Raises LookupError."""
    row = (await connection.execute(_LOAD, {"id": raw_id})).first()
    if row is None:
        raise LookupError("This does not exist.")
    return StoredRaw(
        row.id,
        row.channel_id,
        row.source_key,
        row.content,
        row.content_hash,
        row.hint,
        row.received_at,
        row.state,
        row.reason,
    )


async def mark(connection: AsyncConnection, raw_id: int, state: RawState, reason: str) -> None:
    """Moves it out of quarantine, or says anew why it stays. Raises NotQuarantined."""
    if (await connection.execute(_LOCK, {"id": raw_id})).first() is None:
        raise NotQuarantined("It was retried or dismissed already. Reload the page.")
    await connection.execute(_MARK, {"id": raw_id, "state": state, "reason": reason})


def _header(head: bytes | None, name: str) -> str | None:
    for line in (head or b"").decode("utf-8", "replace").replace("\x00", "").splitlines():
        label, colon, value = line.partition(":")
        if colon and label.strip().lower() == name and value.strip():
            return value.strip()[:200]
    return None
