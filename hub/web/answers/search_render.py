"""What a search found, to the shapes of search_shapes.py."""

from __future__ import annotations

from collections.abc import Sequence

from hub.search.conditions import Understood
from hub.search.model import ConversationFound, CustomerFound, EntryFound, Found, Piece
from hub.web.answers import customer_render, render
from hub.web.answers import search_shapes as shapes


def _pieces(pieces: Sequence[Piece]) -> list[shapes.Piece]:
    return [{"text": one.text, "hit": one.hit} for one in pieces]


def operator(one: Understood) -> shapes.Operator:
    return {
        "name": one.name,
        "value": one.value,
        "text": one.text,
        "negated": one.negated,
        "problem": one.problem or None,
    }


def item(one: Found) -> shapes.SearchItem:
    found: shapes.SearchItem = {
        "kind": "entry",
        "conversation": None,
        "customer": None,
        "entry_id": None,
        "entry_kind": None,
        "direction": None,
        "at": None,
        "author": "",
        "title": [],
        "snippet": [],
        "attachment": None,
    }
    match one:
        case EntryFound():
            found["conversation"] = render.conversation(one.conversation)
            found["entry_id"], found["entry_kind"], found["direction"] = one.entry_id, one.kind, one.direction
            found["at"], found["author"] = one.at, one.author
            found["title"], found["snippet"] = _pieces(one.title), _pieces(one.snippet)
            if one.attachment is not None:
                id_, filename = one.attachment
                found["attachment"] = {"id": id_, "filename": filename, "url": f"/api/attachments/{id_}/content"}
        case CustomerFound():
            found["kind"], found["customer"] = "customer", customer_render.customer_found(one.customer)
            found["title"] = _pieces(one.title)
        case ConversationFound():
            found["kind"], found["conversation"] = "conversation", render.conversation(one.conversation)
    return found
