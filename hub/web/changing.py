"""The body of a change: of one conversation, of many at once, of a macro."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from hub.desk.change import Change
from hub.web.fields import Id, Ids, Moment, RequestBody

FieldKey = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[a-z][a-z0-9_]*$")]
FieldText = Annotated[str, Field(max_length=2000)]
FieldValue = bool | int | float | FieldText | None


class SnoozeBody(RequestBody):
    """`until` null: until the customer writes, which ends it in any case."""

    until: Moment | None


class ConversationPatch(RequestBody):
    """What is given is changed. Null takes it away from the assignee or the team, wakes it, or empties a field;
    `follow` is about whoever asks."""

    clearable: ClassVar[tuple[str, ...]] = ("assignee_id", "team_id", "snooze")
    state: Literal["open", "resolved"] | None = None
    assignee_id: Id | None = None
    team_id: Id | None = None
    priority: Literal["urgent", "high", "normal", "low"] | None = None
    snooze: SnoozeBody | None = None
    label_ids_add: Ids = Field(default_factory=list)
    label_ids_remove: Ids = Field(default_factory=list)
    follow: bool | None = None
    fields: Annotated[dict[FieldKey, FieldValue], Field(max_length=50)] = Field(default_factory=dict)

    def change(self) -> Change:
        """Raises a 422 Problem for null where nothing can be cleared."""
        names = self.given(*self.clearable)
        given: Change = self.model_dump(include=set(names))  # type: ignore[assignment]  # its own fields
        return given
