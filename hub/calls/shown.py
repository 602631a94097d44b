"""The SQL of what the timeline and the lists say of a call, and of whoever asked for one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import orjson
from sqlalchemy import CursorResult, text
from sqlalchemy.ext.asyncio import AsyncConnection

_ENTRY: Final = text(
    """
    update entry set data = cast(:data as jsonb), text = :text, version = version + 1
    where id = :id and (data <> cast(:data as jsonb) or text <> :text) returning id
    """
)
# Whether the preview is of this entry: it is the newest, or nothing was written since (an event only).
_OF_IT: Final = """
    (last_entry_id = :entry_id
     or (preview = preview_data ->> 'text' and cast(preview_data ->> 'entry_id' as bigint) = :entry_id))
"""
_SHOWN: Final = text(
    f"""
    update conversation set version = version + 1,
        preview = case when {_OF_IT} then :text else preview end,
        preview_data = case when {_OF_IT} then cast(:data as jsonb) else preview_data end,
        waiting_since = case when :answered then null else waiting_since end
    where id = :id and (({_OF_IT} and (preview <> :text or preview_data is distinct from cast(:data as jsonb)))
                        or (:answered and waiting_since is not null)
                        or (:anew and coalesce(subject, '') = ''))
    """
)
_PREVIEW: Final = 200


async def write_entry(connection: AsyncConnection, entry_id: int, data: Mapping[str, object], said: str) -> bool:
    """False when it says so already."""
    values = {"id": entry_id, "data": orjson.dumps(dict(data)).decode(), "text": said}
    return (await connection.execute(_ENTRY, values)).one_or_none() is not None


async def show_in_lists(
    connection: AsyncConnection,
    conversation_id: int,
    entry_id: int,
    said: str,
    about: Mapping[str, str],
    *,
    answered: bool = False,
    anew: bool = False,
) -> bool:
    """The lists say this of the entry, as long as it is the last: in our words, and by its kind, direction, state and
    words (`about`) in the reader's. `anew`: the entry changed, and the conversation may be called by it. False when
    they say so already."""
    words = said[:_PREVIEW]
    data = {"entry_id": entry_id, "text": words, **about}
    values = {
        "id": conversation_id,
        "entry_id": entry_id,
        "text": words,
        "data": orjson.dumps(data).decode(),
        "answered": answered,
        "anew": anew,
    }
    changed: CursorResult[Any] = await connection.execute(_SHOWN, values)
    return changed.rowcount > 0
