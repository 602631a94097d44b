"""Files that came before their message: looked up, so that they are on it like any other."""

from __future__ import annotations

import dataclasses
from typing import Any, Final

from hub.inbound.model import File, Message

_FIND: Final = """
select blob_hash, filename, content_type, size from upload where id = $1 and channel_id = $2 and address = $3
"""


class UploadMissing(Exception):
    """There is no such upload of this person."""


async def with_uploads(pool: Any, channel_id: int, message: Message) -> Message:
    """The message with what its files are. Raises UploadMissing."""
    if not any(file.upload for file in message.files):
        return message
    files = [await _found(pool, channel_id, message.person.address, file) for file in message.files]
    return dataclasses.replace(message, files=tuple(files))


async def _found(pool: Any, channel_id: int, address: str, file: File) -> File:
    if not file.upload:
        return file
    row = await pool.fetchrow(_FIND, file.upload, channel_id, address)
    if row is None:
        raise UploadMissing(file.upload)
    return dataclasses.replace(
        file,
        filename=row["filename"] or file.filename,
        content_type=row["content_type"] or file.content_type,
        hash=bytes(row["blob_hash"]),
        uploaded_size=row["size"],
    )
