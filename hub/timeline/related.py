"""What belongs to a conversation: what is joined to it, what was cut off it, what it is linked with, its side
conversations. And the links themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.events.model import RelatedChanged
from hub.events.outbox import Tx
from hub.timeline.actions import TimelineError, UnknownConversation
from hub.timeline.model import Conversation
from hub.timeline.store import get_conversations

LinkKind = Literal["related", "duplicate", "causes"]
By = tuple[int, str] | None
"""The agent who did it: id and name."""
LIMIT: Final = 100


class UnknownLink(TimelineError):
    """There is no such link."""


class LinkRefused(TimelineError):
    """These two are linked already, or are one."""


@dataclass(frozen=True, slots=True)
class Joined:
    """`from_id` was joined to `into_id`, which can be undone by `id`."""

    id: int
    from_id: int
    into_id: int
    at: datetime
    by: By


@dataclass(frozen=True, slots=True)
class Split:
    """`into_id` was cut off `from_id` at its entry `entry_id`, which can be undone by `id`."""

    id: int
    from_id: int
    into_id: int
    entry_id: int
    at: datetime
    by: By


@dataclass(frozen=True, slots=True)
class Link:
    """`from_id` is related to, a duplicate of, or the cause of `to_id`."""

    id: int
    from_id: int
    to_id: int
    kind: LinkKind
    at: datetime
    by: By


@dataclass(frozen=True, slots=True)
class Related:
    """Of the conversation that leads, `id`. `side` are its side conversations, `side_of` is whose one it is itself;
    `conversations` are all that the others name."""

    id: int
    joined: tuple[Joined, ...]
    splits: tuple[Split, ...]
    links: tuple[Link, ...]
    side: tuple[int, ...]
    side_of: int | None
    conversations: tuple[Conversation, ...]


_MEMBERS: Final = text(
    """
    select m.id, m.side_of_id from conversation c
    join conversation m on m.id = any (
        array(select id from conversation where merged_into_id = coalesce(c.merged_into_id, c.id))
        || coalesce(c.merged_into_id, c.id))
    where c.id = :id order by m.merged_into_id nulls first, m.id
    """
)
_JOINED: Final = text(
    f"""
    select m.id, m.from_id, m.into_id, m.at, m.agent_id, a.name
    from conversation_merge m left join agent a on a.id = m.agent_id
    where m.undone_at is null and m.from_id = any (:ids) order by m.id desc limit {LIMIT}
    """
)
_SPLITS: Final = text(
    f"""
    select k.id, k.from_id, k.into_id, k.entry_id, k.at, k.agent_id, a.name
    from conversation_cut k left join agent a on a.id = k.agent_id
    where k.undone_at is null and (k.from_id = any (:ids) or k.into_id = any (:ids)) order by k.id desc limit {LIMIT}
    """
)
_LINKS: Final = text(
    f"""
    select l.id, l.from_id, l.to_id, l.kind, l.at, l.agent_id, a.name
    from conversation_link l left join agent a on a.id = l.agent_id
    where l.from_id = any (:ids) or l.to_id = any (:ids) order by l.id limit {LIMIT}
    """
)
_SIDE: Final = text(f"select id from conversation where side_of_id = any (:ids) order by id limit {LIMIT}")


async def related(connection: AsyncConnection, conversation_id: int, agent_id: int) -> Related:
    """As the agent finds it. Raises UnknownConversation."""
    members = (await connection.execute(_MEMBERS, {"id": conversation_id})).all()
    if not members:
        raise UnknownConversation(f"Conversation {conversation_id} does not exist. Reload the page.")
    ids = [row.id for row in members]
    joined = [Joined(*_named(row)) for row in await connection.execute(_JOINED, {"ids": ids})]
    splits = [Split(*_named(row)) for row in await connection.execute(_SPLITS, {"ids": ids})]
    links = [Link(*_named(row)) for row in await connection.execute(_LINKS, {"ids": ids})]
    side = list((await connection.execute(_SIDE, {"ids": ids})).scalars())
    side_of = next((row.side_of_id for row in members if row.side_of_id is not None), None)
    named = {*ids, *side, *_ends(joined), *_ends(splits), *(end for one in links for end in (one.from_id, one.to_id))}
    found = await get_conversations(connection, sorted(named | ({side_of} if side_of else set())), agent_id)
    return Related(ids[0], tuple(joined), tuple(splits), tuple(links), tuple(side), side_of, tuple(found))


def _ends(some: Iterable[Joined | Split]) -> set[int]:
    return {end for one in some for end in (one.from_id, one.into_id)}


def _named(row: Sequence[Any]) -> Iterable[Any]:
    """The row, with the agent's id and name at its end as one."""
    *own, agent_id, name = row
    return (*own, None if agent_id is None else (agent_id, name))


_LEADERS: Final = text("select id, coalesce(merged_into_id, id) as leader from conversation where id = any (:ids)")
_LINK: Final = text(
    """
    insert into conversation_link (from_id, to_id, kind, agent_id) values (:from_id, :to_id, :kind, :agent_id)
    on conflict do nothing returning id
    """
)
_UNLINK: Final = text("delete from conversation_link where id = :id returning from_id, to_id")


async def link(tx: Tx, from_id: int, to_id: int, kind: LinkKind, agent_id: int | None) -> int:
    """Says how two conversations, of whatever customers, have to do with each other; answers the link's id.

    Raises UnknownConversation, LinkRefused.
    """
    leaders = {row.id: row.leader for row in await tx.connection.execute(_LEADERS, {"ids": [from_id, to_id]})}
    for one in (from_id, to_id):
        if one not in leaders:
            raise UnknownConversation(f"Conversation {one} does not exist. Choose another.")
    if leaders[from_id] == leaders[to_id]:
        raise LinkRefused("This is the same conversation. Choose another.")
    values = {"from_id": from_id, "to_id": to_id, "kind": kind, "agent_id": agent_id}
    made: int | None = (await tx.connection.execute(_LINK, values)).scalar_one_or_none()
    if made is None:
        raise LinkRefused("These two are linked already. Take the link out first.")
    _told(tx, leaders.values())
    return made


async def unlink(tx: Tx, link_id: int) -> None:
    """Raises UnknownLink."""
    ends = (await tx.connection.execute(_UNLINK, {"id": link_id})).one_or_none()
    if ends is None:
        raise UnknownLink(f"Link {link_id} does not exist any more. Reload the page.")
    rows = await tx.connection.execute(_LEADERS, {"ids": list(ends)})
    _told(tx, {row.leader for row in rows})


def _told(tx: Tx, conversations: Iterable[int]) -> None:
    for conversation_id in conversations:
        tx.emit(RelatedChanged(conversation_id))
