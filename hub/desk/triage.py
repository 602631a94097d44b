"""What a conversation is about and how soon it matters: priority, labels, fields; and who follows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import orjson
from sqlalchemy import text

from hub.desk.conversation import happened, lock
from hub.desk.errors import BadValue
from hub.desk.fields.store import list_fields
from hub.desk.fields.values import checked
from hub.events.model import ConversationChanged
from hub.events.outbox import Tx
from hub.timeline.model import PRIORITIES, Priority

MOST_LABELS: Final = 50
_PRIORITY: Final = text("update conversation set priority = :rank where id = :id")
_LABELS: Final = text("update conversation set label_ids = :label_ids where id = :id")
_USABLE: Final = text("select id from label where id = any (:ids) and archived_at is null")
_FIELDS: Final = text("update conversation set fields = cast(:fields as jsonb) where id = :id")
_FOLLOWERS: Final = text("update conversation set follower_ids = :follower_ids, version = version + 1 where id = :id")


async def set_priority(tx: Tx, conversation_id: int, priority: Priority, by: int | None) -> None:
    """Raises UnknownConversation."""
    now = await lock(tx, conversation_id)
    if now.priority == priority:
        return
    await tx.connection.execute(_PRIORITY, {"id": conversation_id, "rank": PRIORITIES.index(priority) + 1})
    await happened(tx, conversation_id, by, "priority_set", priority=priority, before=now.priority)


async def relabel(tx: Tx, conversation_id: int, add: Iterable[int], remove: Iterable[int], by: int | None) -> None:
    """Puts labels on and takes labels off; one that is in both stays off. Raises UnknownConversation, and BadValue for
    a label that is not there or was archived, or for too many."""
    now = await lock(tx, conversation_id)
    held, off = set(now.label_ids), set(remove)
    added, removed = sorted(set(add) - off - held), sorted(off & held)
    if not added and not removed:
        return
    usable = set((await tx.connection.execute(_USABLE, {"ids": added})).scalars())
    for label_id in added:
        if label_id not in usable:
            raise BadValue("label_ids_add", f"Label {label_id} does not exist or was archived. Choose another.")
    wanted = sorted((held | set(added)) - off)
    if len(wanted) > MOST_LABELS:
        raise BadValue("label_ids_add", f"A conversation has at most {MOST_LABELS} labels. Take some off first.")
    await tx.connection.execute(_LABELS, {"id": conversation_id, "label_ids": wanted})
    await happened(tx, conversation_id, by, "labelled", added=added, removed=removed)


async def set_fields(tx: Tx, conversation_id: int, values: Mapping[str, object], by: int | None) -> None:
    """Sets each key to its value, or (None) to nothing. Raises UnknownConversation, and BadValue for a key that no
    field has, or a value that is none of its type."""
    now = await lock(tx, conversation_id)
    fields = {one.key: one for one in await list_fields(tx.connection, "conversation")}
    held = dict(now.fields)
    changed = []
    for key, value in values.items():
        if key not in fields:
            raise BadValue(f"fields.{key}", f"Conversations have no field {key}. Reload the page.")
        before, after = held.get(key), checked(fields[key], value, f"fields.{key}")
        if before == after and type(before) is type(after):
            continue
        held.pop(key, None)
        if after is not None:
            held[key] = after
        changed.append((key, after, before))
    if not changed:
        return
    await tx.connection.execute(_FIELDS, {"id": conversation_id, "fields": orjson.dumps(held).decode()})
    for key, after, before in changed:
        await happened(tx, conversation_id, by, "field_set", key=key, value=after, before=before)


async def follow(tx: Tx, conversation_id: int, agent_id: int, following: bool) -> None:
    """Whether this agent follows it; no event tells of it. Raises UnknownConversation."""
    now = set((await lock(tx, conversation_id)).follower_ids)
    wanted = now | {agent_id} if following else now - {agent_id}
    if wanted == now:
        return
    await tx.connection.execute(_FOLLOWERS, {"id": conversation_id, "follower_ids": sorted(wanted)})
    tx.emit(ConversationChanged(conversation_id))
