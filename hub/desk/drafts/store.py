"""Drafts: kept, read and dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.desk.drafts.model import Draft
from hub.desk.errors import StaleDraft
from hub.events.model import DraftChanged
from hub.events.outbox import Tx
from hub.timeline.uploads import upload_of, uploads_in

_DRAFTS: Final = f"""
    select d.conversation_id, d.agent_id, d.version, d.content, d.updated_at,
           {uploads_in("d.attachment_ids")} as attachments
    from draft d where d.agent_id = :agent_id
"""
_ONE: Final = text(f"{_DRAFTS} and d.conversation_id = :conversation_id").columns(content=JSONB, attachments=JSONB)
_ALL: Final = text(f"{_DRAFTS} order by d.conversation_id desc limit 500").columns(content=JSONB, attachments=JSONB)
# The version only ever grows, also past a draft that was dropped: what a device held back is known to be older.
_PUT: Final = text(
    """
    insert into draft as held (conversation_id, agent_id, content, attachment_ids, version)
    select :conversation_id, :agent_id, cast(:content as jsonb),
           array(select a.id from unnest(cast(:attachment_ids as bigint[])) with ordinality as wanted (id, position)
                 join attachment a on a.id = wanted.id and a.entry_id is null and a.uploaded_by = :agent_id
                 order by wanted.position),
           :version + 1
    on conflict (conversation_id, agent_id) do update
    set content = excluded.content, attachment_ids = excluded.attachment_ids, updated_at = now(),
        version = held.version + 1
    where held.version = :version
    returning version
    """
)
_DROP: Final = text("delete from draft where conversation_id = :conversation_id and agent_id = :agent_id")


async def get_draft(connection: AsyncConnection, agent_id: int, conversation_id: int) -> Draft | None:
    values = {"agent_id": agent_id, "conversation_id": conversation_id}
    row = (await connection.execute(_ONE, values)).one_or_none()
    return None if row is None else _to_draft(row)


async def list_drafts(connection: AsyncConnection, agent_id: int) -> list[Draft]:
    """All of the agent's."""
    return [_to_draft(row) for row in await connection.execute(_ALL, {"agent_id": agent_id})]


async def put_draft(
    tx: Tx,
    agent_id: int,
    conversation_id: int,
    content: Mapping[str, object],
    attachment_ids: Sequence[int],
    *,
    version: int,
) -> int:
    """The new version. `version` is that of the draft which was changed, 0 for a new one. Raises StaleDraft."""
    values = {
        "agent_id": agent_id,
        "conversation_id": conversation_id,
        "content": orjson.dumps(dict(content)).decode(),
        "attachment_ids": list(attachment_ids),
        "version": version,
    }
    new = await tx.connection.scalar(_PUT, values)
    if new is None:
        raise StaleDraft("The draft was changed on another device meanwhile. Read it again.")
    tx.emit(DraftChanged(agent_id, conversation_id))
    return int(new)


async def drop_draft(tx: Tx, agent_id: int, conversation_id: int) -> None:
    """Nothing happens where there is none."""
    values = {"agent_id": agent_id, "conversation_id": conversation_id}
    if (await tx.connection.execute(_DROP, values)).rowcount:
        tx.emit(DraftChanged(agent_id, conversation_id))


def _to_draft(row: Any) -> Draft:
    files = [upload_of(one) for one in row.attachments or ()]
    return Draft(row.conversation_id, row.agent_id, row.version, row.content, files, row.updated_at)
