"""Asking the index, and making of its rows what people read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any, Final

from hub.people import store as people
from hub.search import store
from hub.search.conditions import Conditions, Understood
from hub.search.model import (
    LAST,
    ConversationFound,
    CustomerFound,
    EntryFound,
    Found,
    Hit,
    Place,
    Results,
    SearchCursor,
    Sort,
)
from hub.search.query import Query, Term, parse
from hub.search.snippet import Marker
from hub.search.spelling import closest
from hub.search.steps import SETTINGS, Reached, Steps, by_rank
from hub.search.understand import understand
from hub.search.words import words

MOST_RANKED: Final = 500
"""The best are chosen among so many of the newest."""
MOST_CUSTOMERS: Final = 5
_OF_WORDS: Final = ("from", "to", "customer", "subject")
"""Operators with a name or a title behind them."""
_ADDRESS: Final = re.compile(r"[@.\d]")
_NUMBER: Final = re.compile(r"\s*#(\d{1,18})\s*")


async def search(
    pool: Any,
    text: str,
    agent_id: int,
    *,
    sort: Sort = "newest",
    after: SearchCursor | None = None,
    limit: int = 30,
    zone: tzinfo = UTC,
) -> Results:
    """What stands in the index by now. `zone` is where days begin. The first page has customers besides, and says what
    may have been meant when there is nothing."""
    query = parse(text)
    if query.empty:
        return Results((), None, (), None, None)
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(SETTINGS)
        conditions, understood = await understand(connection, query, agent_id, zone, datetime.now(UTC))
        steps = Steps(connection, conditions)
        ranked = None
        if sort == "best" and conditions.tsquery:
            hits, following, reached, ranked = await _best(connection, steps, conditions, after, limit)
        else:
            found = await steps.newest(after.place if after else LAST, limit)
            hits, following, reached = _page(found, limit)
        items: list[Found] = []
        if after is None:
            items += await _asked_by_number(connection, text, agent_id)
            items += await _customers(connection, query, nothing_else=not hits)
        items += await _entries(connection, hits, query, understood, agent_id)
        meant = await _meant(connection, text, query) if after is None and not items and following is None else None
    return Results(tuple(items), following, tuple(understood), reached, meant, ranked)


def _page(found: Reached, limit: int) -> tuple[list[Hit], SearchCursor | None, datetime | None]:
    if found.place is None:
        return found.hits, None, None
    return found.hits, SearchCursor(found.place), found.place.at if len(found.hits) < limit else None


async def _best(
    connection: Any, steps: Steps, conditions: Conditions, after: SearchCursor | None, limit: int
) -> tuple[list[Hit], SearchCursor | None, datetime | None, int | None]:
    found = await steps.newest(after.place if after else LAST, MOST_RANKED)
    if not found.hits:
        return *_page(found, limit), None
    ranked = await by_rank(connection, found.hits, conditions.tsquery)
    skip = after.skip if after else 0
    page = ranked[skip : skip + limit]
    newest = found.hits[0].place
    rest = SearchCursor(Place(newest.at, newest.entry_id, newest.attachment_id + 1), skip + limit)
    among = len(ranked) if found.place is not None else None
    return page, rest if skip + limit < len(ranked) else None, None, among


async def _asked_by_number(connection: Any, text: str, agent_id: int) -> list[Found]:
    number = _NUMBER.fullmatch(text)
    if number is None:
        return []
    found = await store.conversations(connection, agent_id, [int(number[1])])
    return [ConversationFound(one) for one in found.values()]


async def _customers(connection: Any, query: Query, *, nothing_else: bool) -> list[Found]:
    """Whose names, addresses or fields have all the words. Where nothing has, names that are written much the same."""
    wanted = [word for term in query.wanted for word in term.words]
    if not wanted or query.operators:
        return []
    ids = await store.customers_with(connection, wanted)
    if not ids and nothing_else:
        mended = [await closest(connection, word) or word for word in wanted]
        ids = await store.customers_with(connection, mended) if mended != wanted else []
    ids = ids[:MOST_CUSTOMERS]
    found = {one.id: one for one in await people.get_summaries(connection, ids)}
    marker = Marker(query.terms)
    return [CustomerFound(found[one], marker.marked(found[one].name)) for one in ids if one in found]


async def _entries(
    connection: Any, hits: Sequence[Hit], query: Query, understood: Sequence[Understood], agent_id: int
) -> list[Found]:
    if not hits:
        return []
    conversations = await store.conversations(connection, agent_id, {one.conversation_id for one in hits})
    entries = await store.entries(connection, {one.place.entry_id for one in hits})
    files = await store.files(connection, [one.place.attachment_id for one in hits if one.place.attachment_id])
    in_title = [
        Term(tuple(words(one.value)), prefix=True)
        for one in understood
        if one.name == "subject" and not one.negated and words(one.value)
    ]
    in_text, in_subject = Marker(query.terms), Marker([*query.terms, *in_title])
    found: list[Found] = []
    for hit in hits:
        conversation, entry = conversations.get(hit.conversation_id), entries.get(hit.place.entry_id)
        file = files.get(hit.place.attachment_id)
        if conversation is None or entry is None or (hit.place.attachment_id and file is None):
            continue  # gone since it was indexed: the demo was removed
        text = (file["text"] or "") if file else _text(entry, in_text)
        title = in_text.marked(file["filename"]) if file else in_subject.marked(entry["subject"])
        author = entry["author"] or entry["author_shown"] or entry["author_address"]
        found.append(
            EntryFound(
                conversation,
                entry["id"],
                entry["occurred_at"],
                entry["kind"],
                entry["direction"],
                author,
                title,
                in_text.snippet(text),
                (file["id"], file["filename"]) if file else None,
            )
        )
    return found


def _text(entry: Any, marker: Marker) -> str:
    """What was written, or where the words stand in what was quoted there, that."""
    text: str = entry["text"]
    full: str = entry["full_text"] or ""
    return full if full and not marker.finds(text) and marker.finds(full) else text


async def _meant(connection: Any, text: str, query: Query) -> str | None:
    """The same query with words that there are, for those that are in no name and no subject."""
    single = [term.words[0] for term in query.wanted if len(term.words) == 1]
    single += [
        word
        for one in query.operators
        if one.name in _OF_WORDS and not _ADDRESS.search(one.value)
        for word in words(one.value)
    ]
    mended = text
    for word in set(single) - await store.known(connection, single):
        better = await closest(connection, word)
        if better:
            mended = re.sub(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", better, mended, flags=re.IGNORECASE)
    return mended if mended != text else None
