"""Filters as clients write them, and pages of what they find."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field

from hub.desk.policy import Action
from hub.desk.views.model import Filter, Place, Sort
from hub.desk.views.pages import conversations_page
from hub.web.answers import render, shapes
from hub.web.errors import invalid
from hub.web.fields import RequestBody
from hub.web.routes import Call

Text = Annotated[str, Field(max_length=2000)]
Scalar: TypeAlias = bool | int | float | Text | None
After = Annotated[str | None, Field(max_length=100)]
Limit = Annotated[int, Field(ge=1, le=200)]


class ConditionBody(RequestBody):
    """A list means any of. Times are RFC 3339, or relative to now: "-30m", "-3h", "-7d", "-2w"."""

    field: Annotated[str, Field(min_length=1, max_length=60)]
    op: Literal["is", "not", "over", "under", "has"]
    value: Scalar | Annotated[list[Scalar], Field(max_length=50)]


class FilterBody(RequestBody):
    """All of the conditions."""

    all: Annotated[list[ConditionBody], Field(max_length=20)]


async def page_of(
    call: Call[Any, Any], filter_: Filter, sort: Sort, after: str | None, limit: int
) -> shapes.Page[shapes.Conversation]:
    """A page that had to be looked for among very many may be short, or empty, and still have a `next`."""
    try:
        place = None if after is None else Place.parse(after, sort)
    except ValueError:
        raise invalid("after", "This is not the end of a page. Start again without it.") from None
    call.snapshot()
    page = await conversations_page(call.services.database.pool, call.agent.id, filter_, sort, place, limit)
    return {
        "items": [render.conversation(one) for one in page.items if call.allowed(Action.READ_CONVERSATIONS, one)],
        "next": None if page.next is None else str(page.next),
    }
