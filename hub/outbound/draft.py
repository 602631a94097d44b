"""From the database to the Outgoing that a connector is given."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.db.blobs import BlobStore
from hub.desk.brands.model import Signature
from hub.desk.brands.signature import signature_of
from hub.outbound.ladder import ACCEPTED
from hub.sdk import Address, Attachment, Connector, Outgoing, Template

MAX_REFERENCES: Final = 30
MAX_KNOWN: Final = 50
MAX_CARRIED: Final = 10
MAX_CARRIED_TEXT: Final = 2000
_DRAFT = text(
    """
    select i.kind as address_kind, i.name as identity_name, i.shown, d.address, d.reference,
           d.token, e.subject, e.text, e.data -> 'template' as template,
           coalesce(b.html, '') as html, e.recipients, e.automatic,
           coalesce(a.name, '') as agent_name, e.author_agent_id, d.channel_id,
           (select coalesce(jsonb_object_agg(r.address, r.state), '{}')
            from delivery_recipient r where r.entry_id = e.id) as states,
           (select coalesce(array_agg(older.reference order by older.id desc), '{}') from (
                select o.id, o.reference
                from unnest(array(select c.id from conversation c where c.merged_into_id = e.conversation_id)
                            || e.conversation_id) as joined (id)
                cross join lateral (
                    select o.id, coalesce(od.reference, o.data ->> 'reference') as reference
                    from entry o left join delivery od on od.entry_id = o.id
                    where o.conversation_id = joined.id and o.id < e.id and o.direction <> 'internal'
                      and coalesce(od.reference, o.data ->> 'reference') <> ''
                    order by o.seq desc limit :references) o
                order by o.id desc limit :references) older) as older_references,
           array(select other.provider_id from entry o join delivery other on other.entry_id = o.id
                 where o.conversation_id = e.conversation_id and o.id <> e.id and other.provider_id <> ''
                 order by o.seq desc limit :known) as known_ids
    from delivery d join entry e on e.id = d.entry_id join identity i on i.id = d.identity_id
    left join entry_body b on b.entry_id = e.id left join agent a on a.id = e.author_agent_id
    where d.entry_id = :entry_id
    """
).columns(recipients=JSONB, states=JSONB, template=JSONB)
# What was said since this channel was used last, where another was: an answer that changes the channel carries it.
_ELSEWHERE = text(
    """
    select o.direction, o.text, o.occurred_at, coalesce(a.name, '') as agent
    from entry e join entry o on o.conversation_id = e.conversation_id and o.seq < e.seq
    left join agent a on a.id = o.author_agent_id
    where e.id = :entry_id and o.kind = 'message' and not e.data ? 'continues' and o.channel_id <> e.channel_id
      and o.seq > coalesce((select max(own.seq) from entry own
                            where own.conversation_id = e.conversation_id and own.seq < e.seq
                              and own.kind = 'message' and own.channel_id = e.channel_id), 0)
    order by o.seq desc limit :limit
    """
)
_FILES = text(
    "select filename, content_type, inline, cid, blob_hash from attachment where entry_id = :entry_id "
    "order by position, id"
)


async def load_draft(
    connection: AsyncConnection, entry_id: int, connector: Connector
) -> tuple[Outgoing, Sequence[Mapping[str, Any]]]:
    """The message without its attempt and files, and the files to fetch. Only recipients who do not have it yet."""
    values = {"entry_id": entry_id, "references": MAX_REFERENCES, "known": MAX_KNOWN}
    row = (await connection.execute(_DRAFT, values)).one()
    words, page = await _with_context(connection, entry_id, connector, row.text, row.html)
    open_addresses = {address for address, state in row.states.items() if state not in ACCEPTED}
    main = Address(row.address_kind, row.address, shown=row.shown or row.address, name=row.identity_name)
    copies = [
        Address(row.address_kind, one["address"], shown=one["address"], name=one.get("name", ""))
        for one in row.recipients
        if one["role"] == "cc" and one["address"] in open_addresses
    ]
    to = [main] if main.value in open_addresses or not copies else [copies.pop(0)]
    under = Signature("", "")
    if connector.capabilities.subject and row.author_agent_id is not None:
        under = await signature_of(connection, row.channel_id, row.author_agent_id)
    message = Outgoing(
        attempt="",
        reference=row.reference,
        token=row.token,
        to=tuple(to),
        cc=tuple(copies),
        subject=row.subject,
        text=f"{words}\n\n-- \n{under.text}" if under.text else words,
        html=_signed(page, words, under) if connector.capabilities.html else page,
        sender_name=row.agent_name,
        replies_to=tuple(row.older_references),
        automatic=row.automatic != "no",
        template=None if row.template is None else Template(row.template["id"], row.template["variables"]),
        known_ids=tuple(row.known_ids),
    )
    files = [dict(one._mapping) for one in await connection.execute(_FILES, {"entry_id": entry_id})]
    return message, files


async def _with_context(
    connection: AsyncConnection, entry_id: int, connector: Connector, words: str, page: str
) -> tuple[str, str]:
    """Text and HTML, with what was said on another channel quoted below where the message would be read without it."""
    if not connector.capabilities.subject:
        return words, page
    said = (await connection.execute(_ELSEWHERE, {"entry_id": entry_id, "limit": MAX_CARRIED})).all()
    blocks = []
    for one in reversed(said):
        who = one.agent or ("We" if one.direction == "out" else "You")
        lines = one.text[:MAX_CARRIED_TEXT].splitlines()
        blocks.append([f"{who}, {one.occurred_at:%Y-%m-%d %H:%M} UTC:", *lines])
    if not blocks:
        return words, page
    quoted = "\n>\n".join("\n".join(f"> {line}" for line in block) for block in blocks)
    if page:
        quotes = "".join(f"<p>{'<br>'.join(map(html.escape, block))}</p>" for block in blocks)
        page = f"{page}<blockquote>{quotes}</blockquote>"
    return f"{words}\n\n{quoted}", page


async def load_files(blobs: BlobStore, files: Sequence[Mapping[str, Any]]) -> tuple[Attachment, ...]:
    """Raises BlobMissing, and OSError when the attachment store is out of reach."""
    return tuple(
        [
            Attachment(
                filename=one["filename"],
                content_type=one["content_type"],
                content=await blobs.get(bytes(one["blob_hash"])),
                inline=one["inline"],
                cid=one["cid"],
            )
            for one in files
        ]
    )


def _signed(page: str, words: str, under: Signature) -> str:
    """A message without HTML gets some where its signature has more than words."""
    if not under.html or not (page or under.brand):
        return page
    shown = page or "".join(f"<div>{html.escape(line) or '<br>'}</div>" for line in words.split("\n"))
    return f'{shown}<div class="signature">-- <br>{under.html}</div>'
