"""Taking note of remote files, and asking for them again."""

from __future__ import annotations

import dataclasses
import mimetypes
from collections.abc import Sequence
from typing import Final

from hub.events.outbox import Outbox, Tx
from hub.files import store
from hub.files.model import FETCH
from hub.outbound.errors import NotPossible
from hub.outbound.job import enqueue
from hub.sdk import RemoteFile
from hub.timeline.actions import touch_entry

LATEST_DAYS: Final = 7
_BATCH: Final = 200
_LATE: Final = f"It could not be fetched within {LATEST_DAYS} days, for its channel was not running. Try again."
_FAILED: Final = "The hub could not fetch it because of an error of its own. Try again."


class UnknownFile(LookupError):
    """There is no such remote file."""


async def add_remote_files(tx: Tx, entry_id: int, channel_id: int, files: Sequence[RemoteFile]) -> None:
    """They belong to the entry, which says that they are on their way; the channel's session fetches them after the
    commit. A file that the channel has told of before is left where it is."""
    added = 0
    for number, file in enumerate(files, 1):
        file_id = await store.insert_file(tx.connection, entry_id, channel_id, _plain(file, number))
        if file_id is not None:
            added += 1
            await _enqueue(tx, file_id, channel_id)
    if added:
        await store.count_files(tx.connection, entry_id, added)
        await touch_entry(tx, entry_id)


async def retry(tx: Tx, file_id: int) -> int:
    """Asks the provider once more for a file that was gone; the id of its entry. Raises UnknownFile and NotPossible."""
    file = await store.lock_file(tx.connection, file_id)
    if file is None:
        raise UnknownFile(f"There is no file {file_id}. Reload the page.")
    if file.state != "gone":
        raise NotPossible("The file is here already, or on its way. Reload the page.")
    await store.ask_again(tx.connection, file_id)
    await _enqueue(tx, file_id, file.channel_id)
    await touch_entry(tx, file.entry_id)
    return file.entry_id


async def sweep(outbox: Outbox) -> None:
    """No file waits for ever: where nobody will fetch it any more, it says so. Run it every few minutes."""
    async with outbox.transaction() as tx:
        lost = await store.lost_files(tx.connection, LATEST_DAYS, _BATCH)
    for file_id, late in lost:
        async with outbox.transaction() as tx:
            file = await store.lock_file(tx.connection, file_id)
            if file is not None and file.state == "waiting":
                await store.say(tx.connection, file_id, "gone", _LATE if late else _FAILED)
                await touch_entry(tx, file.entry_id)


async def _enqueue(tx: Tx, file_id: int, channel_id: int) -> None:
    await enqueue(tx.connection, FETCH, {"file_id": file_id}, dedupe_key=str(file_id), channel_id=channel_id)


def _plain(file: RemoteFile, number: int) -> RemoteFile:
    """With values that the database can hold, and a name."""
    content_type = _text(file.content_type, 255) or "application/octet-stream"
    ending = mimetypes.guess_extension(content_type) or ""
    return dataclasses.replace(
        file,
        key=_text(file.key, 500),
        url=_text(file.url, 2000),
        content_type=content_type,
        filename=_text(file.filename, 255) or f"file-{number}{ending}",
    )


def _text(value: str, limit: int) -> str:
    return value[:limit].replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
