"""The remote files' SQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.files.model import StoredFile
from hub.sdk import RemoteFile

_COLUMNS = "id, entry_id, channel_id, key, url, content_type, filename, size, state, attempts"
_INSERT = text(
    """
    insert into remote_file (entry_id, channel_id, key, url, content_type, filename, size)
    values (:entry_id, :channel_id, :key, :url, :content_type, :filename, :size)
    on conflict (channel_id, key) do nothing returning id
    """
)
_COUNT = text("update entry set attachment_count = attachment_count + :number where id = :id")
_GET = text(f"select {_COLUMNS} from remote_file where id = :id")
# The entry first, as everybody does who changes what it shows.
_LOCK_ENTRY = text(
    "select id from entry where id = (select entry_id from remote_file where id = :id) for no key update"
)
_LOCK = text(f"select {_COLUMNS} from remote_file where id = :id for update")
# After the files that came with the message itself.
_ATTACH = text(
    """
    with stored as (
        insert into blob (hash, size) values (:hash, :size) on conflict (hash) do nothing
    ), attached as (
        insert into attachment (entry_id, position, blob_hash, filename, content_type, size)
        select f.entry_id,
               1000 + (select count(*) from remote_file o where o.entry_id = f.entry_id and o.id < f.id),
               :hash, f.filename, f.content_type, :size
        from remote_file f where f.id = :id
        returning id
    )
    update remote_file set state = 'stored', reason = '', size = :size, attachment_id = (select id from attached)
    where id = :id
    """
)
_SAY = text("update remote_file set state = :state, reason = :reason, attempts = attempts + :failed where id = :id")
_ASK_AGAIN = text("update remote_file set state = 'waiting', reason = '', attempts = 0, since = now() where id = :id")
_FORGOTTEN = text("update remote_file set forgotten_at = now() where id = :id")
# No job will ever fetch it, or its channel has not run for so long.
_LOST = text(
    """
    select f.id, f.since < now() - make_interval(days => :days) as late from remote_file f
    where f.state = 'waiting' and (
        f.since < now() - make_interval(days => :days)
        or not exists (select from job where job.kind = 'fetch' and job.dedupe_key = cast(f.id as text)
                       and job.state <> 'dead'))
    order by f.since limit :limit
    """
)


async def insert_file(connection: AsyncConnection, entry_id: int, channel_id: int, file: RemoteFile) -> int | None:
    """Its id; None when the channel has told of a file of that key before."""
    values = {"entry_id": entry_id, "channel_id": channel_id, "key": file.key, "url": file.url, "size": file.size}
    values |= {"content_type": file.content_type, "filename": file.filename}
    found: int | None = (await connection.execute(_INSERT, values)).scalar_one_or_none()
    return found


async def count_files(connection: AsyncConnection, entry_id: int, number: int) -> None:
    """The entry has so many files more, whether or not they are here yet."""
    await connection.execute(_COUNT, {"id": entry_id, "number": number})


async def get_file(connection: AsyncConnection, file_id: int) -> StoredFile | None:
    row = (await connection.execute(_GET, {"id": file_id})).one_or_none()
    return None if row is None else _file(row)


async def lock_file(connection: AsyncConnection, file_id: int) -> StoredFile | None:
    """The file and its entry, locked until the transaction ends."""
    await connection.execute(_LOCK_ENTRY, {"id": file_id})
    row = (await connection.execute(_LOCK, {"id": file_id})).one_or_none()
    return None if row is None else _file(row)


async def attach(connection: AsyncConnection, file_id: int, digest: bytes, size: int) -> None:
    """Its content is in the attachment store by now."""
    await connection.execute(_ATTACH, {"id": file_id, "hash": digest, "size": size})


async def say(connection: AsyncConnection, file_id: int, state: str, reason: str, *, failed: bool = False) -> None:
    """Where it stands; `failed`: one more attempt came to nothing."""
    await connection.execute(_SAY, {"id": file_id, "state": state, "reason": reason, "failed": int(failed)})


async def ask_again(connection: AsyncConnection, file_id: int) -> None:
    await connection.execute(_ASK_AGAIN, {"id": file_id})


async def forgotten(connection: AsyncConnection, file_id: int) -> None:
    """The provider no longer has it."""
    await connection.execute(_FORGOTTEN, {"id": file_id})


async def lost_files(connection: AsyncConnection, days: int, limit: int) -> Sequence[tuple[int, bool]]:
    """Those that wait for nothing; True with those whose time of so many days is over."""
    return [(row.id, row.late) for row in await connection.execute(_LOST, {"days": days, "limit": limit})]


def _file(row: Row[Any]) -> StoredFile:
    remote = RemoteFile(row.key, row.url, row.content_type, row.filename, row.size)
    return StoredFile(row.id, row.entry_id, row.channel_id, remote, row.state, row.attempts)
