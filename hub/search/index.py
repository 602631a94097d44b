"""Writing the index. Everything here may be done again at any time: what has not changed is not written."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from hub.search import gather
from hub.search.document import CustomerSource, Document, Source, customer_vector, digest, documents
from hub.search.words import words

_DOCUMENTS: Final = """
insert into search_document (entry_id, attachment_id, conversation_id, occurred_at, digest, words)
select made.*
from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::timestamptz[], $5::bigint[], $6::text[]::tsvector[])
     as made (entry_id, attachment_id, conversation_id, occurred_at, digest, words)
where exists (select from entry e where e.id = made.entry_id)  -- the demo may have been removed meanwhile
order by 1, 2
on conflict (entry_id, attachment_id) do update set
    conversation_id = excluded.conversation_id, occurred_at = excluded.occurred_at, digest = excluded.digest,
    words = excluded.words
where search_document.digest <> excluded.digest or search_document.conversation_id <> excluded.conversation_id
   or search_document.occurred_at <> excluded.occurred_at
"""
_CUSTOMERS: Final = """
insert into search_customer (customer_id, digest, words)
select made.* from unnest($1::bigint[], $2::bigint[], $3::text[]::tsvector[]) as made (customer_id, digest, words)
where exists (select from customer c where c.id = made.customer_id) order by 1
on conflict (customer_id) do update set digest = excluded.digest, words = excluded.words
where search_customer.digest <> excluded.digest
"""
_GONE: Final = "delete from search_customer where customer_id = any ($1)"
_WORDS: Final = """
insert into search_word (word) select made.word from unnest($1::text[]) as made (word)
where not exists (select from search_word w where w.word = made.word)
  and (exists (select from entry e where e.id = any ($2)) or exists (select from customer c where c.id = any ($3)))
order by 1 on conflict do nothing
"""
_FILES: Final = """
insert into search_file (blob_hash, filename, content_type, size)
select distinct on (blob_hash) blob_hash, filename, content_type, size from attachment
where entry_id = any ($1) and not (inline and size < $2) order by blob_hash, id
on conflict do nothing
"""
SMALLEST_INLINE: Final = 30_000
"""Bytes of a picture within a text that is worth reading; a smaller one is a logo."""
_NAMELIKE: Final = re.compile(r"[^\W\d_]{3,30}")
_AT_ONCE: Final = 200_000
"""Letters of vectors that are written by one statement."""


async def index_entries(connection: Any, ids: Sequence[int]) -> None:
    """Brings these entries, their files and their customers up to date.

    Without a transaction around the statements: each is short, and no feed waits behind all of them.
    """
    sources = await gather.sources(connection, ids)
    if not sources:
        return
    found, gone = await gather.customers(connection, await gather.customers_of(connection, sources))
    made = await asyncio.to_thread(lambda: [document for source in sources for document in documents(source)])
    for portion in _portions(made):
        await connection.execute(_DOCUMENTS, *_columns(portion))
    with_files = [one.entry_id for one in sources if one.files]
    if with_files:
        await connection.execute(_FILES, with_files, SMALLEST_INLINE)
    await _customers(connection, found, gone)
    await connection.execute(_WORDS, _known_words(sources, found), [one.entry_id for one in sources], [])


async def index_customers(connection: Any, ids: Sequence[int]) -> None:
    """Brings these customers up to date; those that were merged into another are no longer found by themselves."""
    found, gone = await gather.customers(connection, ids)
    await _customers(connection, found, gone)
    await connection.execute(_WORDS, _known_words((), found), [], [one.id for one in found])


async def _customers(connection: Any, found: Sequence[CustomerSource], gone: Sequence[int]) -> None:
    if found:
        vectors = [customer_vector(one) for one in found]
        await connection.execute(_CUSTOMERS, [one.id for one in found], list(map(digest, vectors)), vectors)
    if gone:
        await connection.execute(_GONE, gone)


def _known_words(sources: Iterable[Source], customers: Iterable[CustomerSource]) -> list[str]:
    """Those of subjects and names."""
    texts = [one.subject for one in sources]
    texts += [name for one in customers for name in (one.name, *(person.name for person in one.people))]
    return sorted({word for word in words(" ".join(texts)) if _NAMELIKE.fullmatch(word)})


def _portions(made: Sequence[Document]) -> Iterator[list[Document]]:
    """Not too many words at once: a feed that others follow waits for each statement."""
    portion: list[Document] = []
    letters = 0
    for one in made:
        portion.append(one)
        letters += len(one.words)
        if letters > _AT_ONCE:
            yield portion
            portion, letters = [], 0
    if portion:
        yield portion


def _columns(made: Sequence[Document]) -> list[list[Any]]:
    columns = zip(
        *(
            (one.entry_id, one.attachment_id, one.conversation_id, one.occurred_at, one.digest, one.words)
            for one in made
        ),
        strict=True,
    )
    return [list(column) for column in columns]
