"""The kinds of values that clients send, with their bounds."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from hub.timeline.model import Cursor
from hub.web.errors import invalid
from hub.web.openapi import LARGEST_ID

Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$")]
ShortName = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$")]
Line = Annotated[str, Field(max_length=998, pattern=r"^[^\x00-\x1f\x7f]*$")]
Moment = Annotated[
    str,
    Field(
        max_length=40,
        pattern=r"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d)$",
        json_schema_extra={"format": "date-time"},
    ),
]
"""RFC 3339; whether the day exists is for whoever reads it."""
Email = Annotated[str, Field(min_length=3, max_length=254, pattern=r"^[^@\s\x00-\x1f\x7f]+@[^@\s\x00-\x1f\x7f]+$")]
Address = Annotated[str, Field(min_length=1, max_length=500, pattern=r"^[^\x00-\x1f\x7f]+$")]
Password = Annotated[str, Field(min_length=10, max_length=1000, json_schema_extra={"format": "password"})]
Text = Annotated[str, Field(min_length=1, max_length=200_000)]
LongText = Annotated[str, Field(max_length=10_000)]
Ids = Annotated[list[Id], Field(max_length=50)]
Zone = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[A-Za-z0-9_+/-]+$")]
"""Of the IANA; whether it exists is for whoever reads it."""
Role = Literal["agent", "administrator"]


class RequestBody(BaseModel):
    """JSON as it was sent, nothing converted. Unknown fields are refused, so that nobody believes to have set what
    nobody reads."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)

    def given(self, *clearable: str) -> frozenset[str]:
        """The names of what was sent. Raises a 422 Problem for null in any but these."""
        for name in self.model_fields_set.difference(clearable):
            if getattr(self, name) is None:
                raise invalid(name, "This cannot be null.")
        return frozenset(self.model_fields_set)


class Query(BaseModel):
    """What stands behind the question mark."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


def parse_cursor(where: str, value: str | None) -> Cursor | None:
    """Raises a 422 Problem for what no page ever gave."""
    if value is None:
        return None
    try:
        cursor = Cursor.parse(value)
    except ValueError:
        raise invalid(where, "This is not the end of a page. Start again without it.") from None
    if not 0 < cursor.id <= LARGEST_ID:
        raise invalid(where, "This is not the end of a page. Start again without it.")
    return cursor


class PageQuery(Query):
    """One page of a list: `after` is the `next` of the page before."""

    after: Annotated[str | None, Field(max_length=100)] = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50

    def cursor(self) -> Cursor | None:
        """Raises a 422 Problem for what was never a `next`."""
        return parse_cursor("after", self.after)

    def before_id(self) -> int | None:
        """For lists whose pages end at an id. Raises a 422 Problem for what was never a `next`."""
        if self.after is None:
            return None
        if not (self.after.isascii() and self.after.isdigit() and 1 <= int(self.after) <= LARGEST_ID):
            raise invalid("after", "This is not the end of a page. Start again without it.")
        return int(self.after)
