"""One message of an agent as what a channel carries: some take a file at a time, and text beside few kinds of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.sdk import Limits

_UPLOADED: Final = text(
    """
    select a.id, a.size, a.content_type from attachment a
    join unnest(cast(:ids as bigint[])) with ordinality as wanted (id, place) on wanted.id = a.id
    where a.entry_id is null and a.uploaded_by is not distinct from :agent_id
    order by wanted.place
    """
)


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file that an agent has uploaded and not sent yet; `size` in bytes."""

    id: int
    size: int
    content_type: str


@dataclass(frozen=True, slots=True)
class Part:
    """What goes out as one message."""

    text: str
    files: tuple[UploadedFile, ...] = ()

    @property
    def size(self) -> int:
        return len(self.text.encode()) + sum(one.size for one in self.files)


async def uploaded_files(
    connection: AsyncConnection, ids: Sequence[int], agent_id: int | None
) -> tuple[UploadedFile, ...]:
    """Those of these files that are this agent's to send, in this order."""
    values = {"ids": list(dict.fromkeys(ids)), "agent_id": agent_id}
    return tuple([UploadedFile(*row) for row in await connection.execute(_UPLOADED, values)])


def divide(words: str, files: Sequence[UploadedFile], limits: Limits) -> list[Part]:
    """The parts in the order in which they go out: the words first, with as many files as may stand beside them."""
    most = limits.max_files or len(files) or 1
    groups = [tuple(files[first : first + most]) for first in range(0, len(files), most)] or [()]
    if words.strip() and not all(_goes_with_text(one, limits) for one in groups[0]):
        groups.insert(0, ())
    return [Part("" if number else words, group) for number, group in enumerate(groups)]


def _goes_with_text(file: UploadedFile, limits: Limits) -> bool:
    return limits.captioned is None or file.content_type.partition(";")[0].strip().lower() in limits.captioned
