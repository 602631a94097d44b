"""Files that an agent uploaded and has not yet put on a message."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

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


def uploads_in(column: str) -> str:
    """SQL: the uploads that a column of ids names, in its order, as JSON for `upload_of`; null where there are none."""
    return f"""
    (select jsonb_agg(jsonb_build_array(a.id, a.filename, a.content_type, a.size, a.inline, a.cid, a.note,
                                        encode(a.blob_hash, 'hex')) order by wanted.position)
     from unnest({column}) with ordinality as wanted (id, position)
     join attachment a on a.id = wanted.id and a.entry_id is null)
    """


def upload_of(values: Sequence[Any]) -> Attachment:
    *own, blob_hash = values
    id_, filename, content_type, size, inline, cid, note = own
    return Attachment(id_, filename, content_type, size, inline, cid, note, bytes.fromhex(blob_hash))
