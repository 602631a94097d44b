"""What a macro does, as it is written and as it is done: a change of a conversation, with times that begin when it is
carried out, and a task."""

from __future__ import annotations

from datetime import datetime, time
from typing import Annotated, Any, ClassVar, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator

from hub.desk.change import Change
from hub.desk.macros.later import Later, moment
from hub.web.changing import ConversationPatch, SnoozeBody
from hub.web.fields import RequestBody

Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class LaterBody(RequestBody):
    """In so many hours; in so many days, or on the next such day of the week (1: Monday, never today), at the time
    `at` by the clock of whoever carries it out."""

    unit: Literal["hours", "days", "weekday"]
    number: Annotated[int, Field(ge=1, le=365)]
    at: Clock = "09:00"

    @model_validator(mode="after")
    def _is_weekday(self) -> LaterBody:
        if self.unit == "weekday" and self.number > 7:
            raise ValueError("the days of the week are 1 to 7")
        return self

    def moment(self, now: datetime, zone: ZoneInfo) -> datetime:
        return moment(Later(self.unit, self.number, time.fromisoformat(self.at)), now, zone)


class SnoozeLater(RequestBody):
    later: LaterBody


class MacroTask(RequestBody):
    """A task for whoever carries it out."""

    text: Annotated[str, Field(min_length=1, max_length=2000, pattern=r"\S")]
    due: LaterBody | None = None


class MacroChange(ConversationPatch):
    """As PATCH /api/conversations/{id} takes it; beyond that it can be snoozed until `later`, and a `task` written
    down."""

    clearable: ClassVar[tuple[str, ...]] = (*ConversationPatch.clearable, "task")

    snooze: SnoozeBody | SnoozeLater | None = None  # type: ignore[assignment]  # resolved before it is a change
    task: MacroTask | None = None

    def written(self) -> dict[str, Any]:
        """As it is kept. Raises a 422 Problem."""
        self.change()
        return self.model_dump(mode="json", include=self.model_fields_set)

    def done(self, now: datetime, zone: ZoneInfo) -> tuple[Change, tuple[str, datetime | None] | None]:
        """The change for now, and the text of its task and when that is due. Raises a 422 Problem."""
        change = self.change()
        change.pop("task", None)  # type: ignore[typeddict-item]  # not of the conversation
        if isinstance(self.snooze, SnoozeLater):
            change["snooze"] = {"until": self.snooze.later.moment(now, zone).isoformat()}
        if self.task is None:
            return change, None
        due = None if self.task.due is None else self.task.due.moment(now, zone)
        return change, (self.task.text.strip(), due)
