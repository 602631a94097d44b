"""The SQL of canned replies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson
from sqlalchemy import Row, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.desk.replies.model import CannedReply
from hub.desk.scope import VISIBLE
from hub.timeline.model import Attachment
from hub.timeline.uploads import upload_of, uploads_in

_REPLIES: Final = f"""
    select one.id, one.name, one.shortcut, one.scope, one.owner_id, one.team_id, one.texts,
           {uploads_in("one.attachment_ids")} as attachments
    from canned_reply one where one.removed_at is null and {VISIBLE}
"""
_ALL: Final = text(f"{_REPLIES} order by lower(one.name), one.id limit 1000").columns(texts=JSONB, attachments=JSONB)
_ONE: Final = text(f"{_REPLIES} and one.id = :id").columns(texts=JSONB, attachments=JSONB)
_INSERT: Final = text(
    """
    insert into canned_reply (name, shortcut, scope, owner_id, team_id, texts, attachment_ids)
    values (:name, :shortcut, :scope, :owner_id, :team_id, cast(:texts as jsonb), :attachment_ids) returning id
    """
)
_REPLACE: Final = text(
    """
    update canned_reply set name = :name, shortcut = :shortcut, scope = :scope, team_id = :team_id,
                            texts = cast(:texts as jsonb), attachment_ids = :attachment_ids
    where id = :id and removed_at is null
    """
)
_REMOVE: Final = text("update canned_reply set removed_at = now() where id = :id and removed_at is null")
# Held until the transaction ends, so that of two who choose the same word at once the second sees the first.
_ONE_AT_A_TIME: Final = text("select pg_advisory_xact_lock(hashtext('hub canned replies'))")
# What somebody would be offered beside it. Others' own are theirs to change: they do not keep a word from everybody.
_SAME_SHORTCUT: Final = text(
    """
    select one.name from canned_reply one
    where one.removed_at is null and lower(one.shortcut) = lower(:shortcut) and one.id is distinct from :id
      and case one.scope
          when 'shared' then true
          when 'personal' then one.owner_id = :agent_id
          else case cast(:scope as text)
              when 'shared' then true
              when 'personal' then exists (
                  select from team_member m where m.team_id = one.team_id and m.agent_id = :agent_id)
              else one.team_id = :team_id or exists (
                  select from team_member a join team_member b on b.agent_id = a.agent_id
                  where a.team_id = one.team_id and b.team_id = :team_id)
              end
          end
    order by one.id limit 1
    """
)
_UPLOADS: Final = text(
    """
    select count(*) from attachment where id = any (:ids) and entry_id is null
        and (uploaded_by = :agent_id or id = any (:kept))
    """
)
_COPY: Final = text(
    """
    insert into attachment (blob_hash, filename, content_type, size, uploaded_by)
    select a.blob_hash, a.filename, a.content_type, a.size, :agent_id
    from unnest(cast(:ids as bigint[])) with ordinality as wanted (id, position) join attachment a on a.id = wanted.id
    order by wanted.position
    returning id, filename, content_type, size, inline, cid, note, blob_hash
    """
)


async def list_replies(connection: AsyncConnection, agent_id: int, *, manages: bool = False) -> list[CannedReply]:
    """Those that the agent may use, by name; `manages`: all but others' own."""
    return [_to_reply(row) for row in await connection.execute(_ALL, {"agent_id": agent_id, "manages": manages})]


async def get_reply(
    connection: AsyncConnection, agent_id: int, reply_id: int, *, manages: bool = False
) -> CannedReply | None:
    values = {"agent_id": agent_id, "id": reply_id, "manages": manages}
    row = (await connection.execute(_ONE, values)).one_or_none()
    return None if row is None else _to_reply(row)


def _to_reply(row: Row[Any]) -> CannedReply:
    files = tuple(upload_of(one) for one in row.attachments or ())
    return CannedReply(row.id, row.name, row.shortcut, row.scope, row.owner_id, row.team_id, row.texts, files)


async def insert_reply(connection: AsyncConnection, owner_id: int, values: Mapping[str, Any]) -> int:
    given = {**values, "texts": orjson.dumps(values["texts"]).decode(), "owner_id": owner_id}
    found: int = (await connection.execute(_INSERT, given)).scalar_one()
    return found


async def replace_reply(connection: AsyncConnection, reply_id: int, values: Mapping[str, Any]) -> None:
    given = {**values, "texts": orjson.dumps(values["texts"]).decode(), "id": reply_id}
    await connection.execute(_REPLACE, given)


async def remove_reply(connection: AsyncConnection, reply_id: int) -> None:
    await connection.execute(_REMOVE, {"id": reply_id})


async def same_shortcut(
    connection: AsyncConnection, agent_id: int, reply_id: int | None, values: Mapping[str, Any]
) -> str | None:
    """The name of another reply that whoever is offered this one would find under the same shortcut; None: there is
    none, and there will be none until the transaction ends."""
    await connection.execute(_ONE_AT_A_TIME)
    given = {name: values[name] for name in ("shortcut", "scope", "team_id")}
    found: str | None = await connection.scalar(_SAME_SHORTCUT, {**given, "agent_id": agent_id, "id": reply_id})
    return found


async def all_uploaded(connection: AsyncConnection, ids: Sequence[int], agent_id: int, kept: Sequence[int]) -> bool:
    """Whether all of `ids` are uploads of the agent's on no message, or among those `kept`."""
    values = {"ids": list(ids), "agent_id": agent_id, "kept": list(kept)}
    number = (await connection.execute(_UPLOADS, values)).scalar_one()
    return bool(number == len(set(ids)))


async def copy_files(connection: AsyncConnection, ids: Sequence[int], agent_id: int) -> tuple[Attachment, ...]:
    """The same files as uploads of the agent's."""
    if not ids:
        return ()
    return tuple(Attachment(*row) for row in await connection.execute(_COPY, {"ids": list(ids), "agent_id": agent_id}))
