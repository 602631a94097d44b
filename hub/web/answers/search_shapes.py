"""The JSON of a search. shapes.py has the rest."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from typing_extensions import TypedDict

from hub.web.answers.customer_shapes import CustomerFound
from hub.web.answers.shapes import Conversation


class Piece(TypedDict):
    """A stretch of a text; `hit`: it is what was asked for."""

    text: str
    hit: bool


class FoundFile(TypedDict):
    id: int
    filename: str
    url: str


class SearchItem(TypedDict):
    """`kind` says which of them it is: an entry (`attachment` where the words stand in a file of it), a customer, or a
    conversation that was asked for by its number (#123). `title` is the subject, the file's name or the customer's."""

    kind: Literal["entry", "customer", "conversation"]
    conversation: Conversation | None
    customer: CustomerFound | None
    entry_id: int | None
    entry_kind: str | None
    direction: str | None
    at: datetime | None
    author: str
    title: list[Piece]
    snippet: list[Piece]
    attachment: FoundFile | None


class Operator(TypedDict):
    """An operator as it was understood; `text` is how it was typed. `problem`: unknown (there is nothing of that name),
    not_a_date, or many (customers of that name: only some of them were looked for)."""

    name: str
    value: str
    text: str
    negated: bool
    problem: str | None


class SearchPage(TypedDict):
    """`next` is given back as ?after=. A page may have fewer items than asked for and a `next`: then the search looked
    as far back as `reached`, and goes on from there. `did_you_mean` is a query that may find something. `ranked`:
    the best were chosen among so many of the newest only."""

    items: list[SearchItem]
    next: str | None
    understood: list[Operator]
    reached: datetime | None
    did_you_mean: str | None
    ranked: int | None
