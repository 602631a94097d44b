"""Search: over everything that was said, noted, sent as a file, and over who said it."""

from __future__ import annotations

from datetime import UTC, tzinfo
from typing import Annotated, Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field

from hub.desk.policy import Action
from hub.search.find import search
from hub.search.model import CustomerFound, Found, SearchCursor
from hub.web.answers import search_render as render
from hub.web.answers import search_shapes as shapes
from hub.web.errors import invalid
from hub.web.fields import Query
from hub.web.routes import Call, Routes

routes: Final = Routes()


class SearchQuery(Query):
    """`zone` is where days begin, as IANA names it: UTC without it."""

    query: Annotated[str, Field(max_length=500)]
    sort: Literal["newest", "best"] = "newest"
    after: Annotated[str | None, Field(max_length=100)] = None
    limit: Annotated[int, Field(ge=1, le=50)] = 30
    zone: Annotated[str | None, Field(max_length=60)] = None

    def cursor(self) -> SearchCursor | None:
        """Raises a 422 Problem for what was never a `next`."""
        if self.after is None:
            return None
        try:
            return SearchCursor.parse(self.after)
        except ValueError:
            raise invalid("after", "This is not the end of a page. Start again without it.") from None

    def where(self) -> tzinfo:
        """Raises a 422 Problem for no time zone."""
        try:
            return ZoneInfo(self.zone) if self.zone else UTC
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise invalid("zone", "There is no such time zone. Use a name such as Europe/Berlin.") from None


@routes.get(
    "/api/search",
    policy=Action.READ_CONVERSATIONS,
    summary="Search all messages, notes, files and customers",
)
async def find(call: Call[None, SearchQuery]) -> shapes.SearchPage:
    cursor, zone = call.query.cursor(), call.query.where()
    results = await search(
        call.services.database.pool,
        call.query.query,
        call.agent.id,
        sort=call.query.sort,
        after=cursor,
        limit=call.query.limit,
        zone=zone,
    )
    return {
        "items": [render.item(one) for one in results.items if _allowed(call, one)],
        "next": None if results.next is None else str(results.next),
        "understood": [render.operator(one) for one in results.understood],
        "reached": results.reached,
        "did_you_mean": results.did_you_mean,
        "ranked": results.ranked,
    }


def _allowed(call: Call[None, SearchQuery], one: Found) -> bool:
    if isinstance(one, CustomerFound):
        return call.allowed(Action.READ_CUSTOMERS, one.customer)
    return call.allowed(Action.READ_CONVERSATIONS, one.conversation)
