"""Reading what the index is made of: entries with all that belongs to them, customers with their identities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from hub.db.engine import Reader
from hub.search.document import MAX_TEXT, CustomerSource, File, Person, Source

_ENTRIES: Final = f"""
select e.id, e.conversation_id, e.occurred_at, e.kind, e.direction, e.channel_id, e.identity_id, e.author_identity_id,
       e.author_agent_id, case when e.subject = '' and e.seq = 1 then c.subject else e.subject end as subject,
       left(e.text, {MAX_TEXT}) as text, e.recipients, e.data, e.attachment_count,
       case when e.has_more_text then (
           select left(b.full_text, {MAX_TEXT}) from entry_body b where b.entry_id = e.id) end as full_text,
       case when e.kind = 'call' then (
           select l.transcript || ' ' || l.notes from call l where l.entry_id = e.id)
            when e.kind = 'callback' then (
           select b.reason || ' ' || b.notes from callback b where b.entry_id = e.id) end as said,
       coalesce(nullif(author.shown, ''), author.address, agent.email) as author_address,
       coalesce(author.name, agent.name) as author_name, author.address as author_normal, d.address as sent_to
from entry e
join conversation c on c.id = e.conversation_id
left join identity author on author.id = e.author_identity_id
left join agent on agent.id = e.author_agent_id
left join delivery d on d.entry_id = case when e.direction = 'out' then e.id end
where e.id = any ($1)
"""
_FILES: Final = f"""
select a.entry_id, a.id, a.filename, a.content_type, a.inline, coalesce(left(f.text, {MAX_TEXT}), '') as text
from attachment a left join search_file f on f.blob_hash = a.blob_hash
where a.entry_id = any ($1) order by a.position, a.id
"""


async def sources(reader: Reader, entry_ids: Iterable[int]) -> list[Source]:
    """Those that exist."""
    ids = list(entry_ids)
    rows = await reader.fetch(_ENTRIES, ids)
    files: defaultdict[int, list[File]] = defaultdict(list)
    with_files = [row["id"] for row in rows if row["attachment_count"]]
    for row in await reader.fetch(_FILES, with_files) if with_files else ():
        files[row["entry_id"]].append(File(*list(row)[1:]))
    return [_source(row, files[row["id"]]) for row in rows]


def _source(row: Any, files: Sequence[File]) -> Source:
    recipients = {
        person.address.lower(): person
        for person in (Person(str(one.get("address", "")), str(one.get("name", ""))) for one in row["recipients"])
    }
    if row["sent_to"]:
        recipients.setdefault(row["sent_to"].lower(), Person(row["sent_to"], ""))
    return Source(
        entry_id=row["id"],
        conversation_id=row["conversation_id"],
        occurred_at=row["occurred_at"],
        kind=row["kind"],
        direction=row["direction"],
        channel_id=row["channel_id"],
        identity_ids=sorted({row["identity_id"], row["author_identity_id"] or row["identity_id"]}),
        author_identity_id=row["author_identity_id"],
        author_agent_id=row["author_agent_id"],
        subject=row["subject"],
        texts=(row["text"], row["said"] or ""),
        more_text=row["full_text"] or "",
        senders=_senders(row),
        recipients=list(recipients.values()),
        files=files,
    )


def _senders(row: Any) -> list[Person]:
    """The author, by the address as it is shown and by the one that counts."""
    name = row["author_name"] or ""
    addresses = dict.fromkeys(one for one in (row["author_address"], row["author_normal"]) if one)
    found = [Person(one, name) for one in addresses]
    elsewhere = row["data"].get("sender") if row["direction"] == "out" else None
    if not found and elsewhere:
        found = [Person(str(elsewhere.get("address", "")), str(elsewhere.get("name", "")))]
    return found


_CUSTOMERS_OF: Final = """
select distinct customer_id from identity_link where identity_id = any ($1) and until is null
"""
_CUSTOMERS: Final = """
select c.id, c.name, c.attributes, c.merged_into,
       (select coalesce(json_agg(json_build_array(coalesce(nullif(i.shown, ''), i.address), i.address, i.name)), '[]')
        from identity_link l join identity i on i.id = l.identity_id
        where l.customer_id = c.id and l.until is null) as people
from customer c where c.id = any ($1)
"""


async def customers_of(reader: Reader, sources: Iterable[Source]) -> list[int]:
    """The customers on whose timelines the entries stand."""
    identities = {one for source in sources for one in source.identity_ids}
    return [row[0] for row in await reader.fetch(_CUSTOMERS_OF, list(identities))]


async def customers(reader: Reader, ids: Iterable[int]) -> tuple[list[CustomerSource], list[int]]:
    """Those that exist, and the ids of those that were merged into another or do not."""
    wanted = list(ids)
    found = []
    for row in await reader.fetch(_CUSTOMERS, wanted):
        if row["merged_into"] is None:
            people = [Person(address, name) for shown, plain, name in row["people"] for address in {shown, plain}]
            found.append(CustomerSource(row["id"], row["name"], row["attributes"], people))
    return found, sorted(set(wanted) - {one.id for one in found})
