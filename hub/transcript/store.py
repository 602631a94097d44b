"""All the SQL of transcripts. The order and the visibility are in hub/db/functions/transcript.sql."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from hub.sdk import LogFile, LogItem

_IDENTITY: Final = "select id from identity where kind = $1 and address = $2"
_EPOCH: Final = "select left(epoch::text, 8) from installation"
_UPDATE: Final = "select hub_transcript($1, $2)"
_PAGE: Final = """
select t.seq, e.direction, e.text, e.subject, e.occurred_at, coalesce(d.state, '') as state,
       case when e.direction = 'out' then coalesce(d.reference, '') else coalesce(e.data ->> 'reference', '') end
           as reference,
       case when e.direction = 'out' then coalesce(a.name, '') else coalesce(i.name, '') end as author,
       h.kind as via, c.id as conversation_id, c.channel_id <> $4 as foreign_conversation, c.subject as topic,
       (select jsonb_agg(jsonb_build_array(f.id, f.filename, f.content_type, f.size) order by f.position, f.id)
        from attachment f where f.entry_id = e.id and not f.inline) as files
from transcript_item t
join entry e on e.id = t.entry_id
join conversation c on c.id = e.conversation_id
join channel h on h.id = e.channel_id
left join delivery d on d.entry_id = e.id
left join agent a on a.id = e.author_agent_id
left join identity i on i.id = e.author_identity_id
where t.identity_id = $1 and t.seq > $2
order by t.seq limit $3
"""
# Up to which of the person's own messages some agent has looked.
_READ: Final = """
select coalesce(max(t.seq), 0)
from transcript_item t
join entry e on e.id = t.entry_id
join conversation_seen s on s.conversation_id = e.conversation_id and s.entry_id >= e.id
where t.identity_id = $1 and e.direction = 'in'
"""
_SEQS: Final = "select entry_id, seq from transcript_item where identity_id = $1 and entry_id = any ($2)"
_WATCHED: Final = """
select distinct i.kind, i.address from participant p join identity i on i.id = p.identity_id
where p.conversation_id = any ($1)
"""
_CONVERSATION: Final = """
select c.id from participant p join conversation c on c.id = p.conversation_id
where p.identity_id = $1 order by c.last_entry_at desc limit 1
"""
_UPLOAD: Final = """
with stored as (insert into blob (hash, size) values ($4, $7) on conflict do nothing)
insert into upload (id, channel_id, address, blob_hash, filename, content_type, size)
values ($1, $2, $3, $4, $5, $6, $7)
"""
_FILE: Final = """
select f.filename, f.content_type, f.blob_hash from attachment f
join transcript_item t on t.entry_id = f.entry_id where f.id = $1 and t.identity_id = $2
"""


async def find_identity(pool: Any, kind: str, address: str) -> int | None:
    found: int | None = await pool.fetchval(_IDENTITY, kind, address)
    return found


async def epoch(pool: Any) -> str:
    return str(await pool.fetchval(_EPOCH))


async def bring_up_to_date(pool: Any, channel_id: int, identity_id: int) -> int:
    """The head, once everything that is visible has its place."""
    head: int = await pool.fetchval(_UPDATE, channel_id, identity_id)
    return head


async def page(
    pool: Any, channel_id: int, identity_id: int, after: int, limit: int
) -> list[tuple[LogItem, int | None]]:
    """Each item with the conversation that it belongs to where that was begun on another channel."""
    rows = await pool.fetch(_PAGE, identity_id, after, limit, channel_id)
    return [(_item(row), row["conversation_id"] if row["foreign_conversation"] else None) for row in rows]


def _item(row: Any) -> LogItem:
    return LogItem(
        seq=row["seq"],
        direction=row["direction"],
        author=row["author"],
        text=row["text"],
        occurred_at=row["occurred_at"],
        files=tuple(LogFile(*one) for one in row["files"] or ()),
        state=row["state"],
        reference=row["reference"],
        subject=(row["subject"] or row["topic"]) if row["foreign_conversation"] else "",
        via=row["via"],
    )


async def read_by_agents(pool: Any, identity_id: int) -> int:
    found: int = await pool.fetchval(_READ, identity_id)
    return found


async def seqs(pool: Any, identity_id: int, entries: Sequence[int]) -> dict[int, int]:
    return {row["entry_id"]: row["seq"] for row in await pool.fetch(_SEQS, identity_id, list(entries))}


async def who_takes_part(pool: Any, conversations: Iterable[int]) -> set[tuple[str, str]]:
    """(kind, address) of everybody in any of the conversations."""
    return {(row["kind"], row["address"]) for row in await pool.fetch(_WATCHED, list(conversations))}


async def newest_conversation(pool: Any, identity_id: int) -> int | None:
    found: int | None = await pool.fetchval(_CONVERSATION, identity_id)
    return found


async def add_upload(
    pool: Any,
    upload_id: str,
    channel_id: int,
    address: str,
    *,
    blob_hash: bytes,
    filename: str,
    content_type: str,
    size: int,
) -> None:
    await pool.execute(_UPLOAD, upload_id, channel_id, address, blob_hash, filename, content_type, size)


async def find_file(pool: Any, identity_id: int, file_id: int) -> tuple[str, str, bytes] | None:
    """Name, type and hash of a file that is on a message of the person's transcript."""
    row = await pool.fetchrow(_FILE, file_id, identity_id)
    return None if row is None else (row["filename"], row["content_type"], bytes(row["blob_hash"]))
