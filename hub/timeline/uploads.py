"""Files that an agent uploaded and has not yet put on a message."""

from __future__ import annotations

from typing import Final

from sqlalchemy import text

from hub.events.outbox import Tx
from hub.timeline.model import Attachment

_ADD: Final = text(
    """
    with stored as (
        insert into blob (hash, size) values (:hash, :size) on conflict (hash) do nothing
    )
    insert into attachment (blob_hash, filename, content_type, size, uploaded_by)
    values (:hash, :filename, :content_type, :size, :agent_id)
    returning id
    """
)


async def add_upload(
    tx: Tx, *, blob_hash: bytes, size: int, filename: str, content_type: str, agent_id: int
) -> Attachment:
    """A file whose bytes are in the attachment store already; only this agent may put it on a message."""
    values = {"hash": blob_hash, "size": size, "filename": filename, "content_type": content_type}
    attachment_id: int = (await tx.connection.execute(_ADD, {**values, "agent_id": agent_id})).scalar_one()
    return Attachment(attachment_id, filename, content_type, size, False, "", "", blob_hash)
