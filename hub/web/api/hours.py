"""Business hours: weekly spans, exceptions, public holidays; and the channels that go by them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Final

from pydantic import Field, model_validator

from hub.desk.policy import Action
from hub.service import actions, store
from hub.service.holidays import countries, holidays_of
from hub.service.hours import state
from hub.service.model import Exceptional, Hours, Schedule
from hub.web.answers import api_shapes, shapes
from hub.web.errors import invalid, not_found
from hub.web.fields import Id, LongText, Name, PageQuery, Query, RequestBody, Zone
from hub.web.routes import Call, Routes
from hub.web.within import page_of

routes: Final = Routes()
Clock = Annotated[str, Field(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")]
Span = Annotated[list[Clock], Field(min_length=2, max_length=2)]
Spans = Annotated[list[Span], Field(max_length=10)]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Subdivision = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[^\x00-\x1f\x7f]+$")]


class Weekly(RequestBody):
    """Each day a list of [from, to]; a day that is left out is closed."""

    mon: Spans = Field(default_factory=list)
    tue: Spans = Field(default_factory=list)
    wed: Spans = Field(default_factory=list)
    thu: Spans = Field(default_factory=list)
    fri: Spans = Field(default_factory=list)
    sat: Spans = Field(default_factory=list)
    sun: Spans = Field(default_factory=list)


class HoursException(RequestBody):
    """A day that is not like its weekday: with other hours, or closed. It wins over a public holiday."""

    day: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$", json_schema_extra={"format": "date"})]
    name: Annotated[str, Field(max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""
    open: Spans = Field(default_factory=list)


class HoursBody(RequestBody):
    """Times are by the clock on the wall in `time_zone`; a span that ends before it begins goes into the next day."""

    name: Name
    time_zone: Zone
    weekly: Weekly = Field(default_factory=Weekly)
    exceptions: Annotated[list[HoursException], Field(max_length=500)] = Field(default_factory=list)
    country: Country | None = None
    subdivision: Subdivision | None = None
    closed_text: LongText = ""

    @model_validator(mode="after")
    def _days_once(self) -> HoursBody:
        days = [one.day for one in self.exceptions]
        if len(days) != len(set(days)):
            raise ValueError("exceptions: a day can be there once")
        return self

    def schedule(self) -> Schedule:
        """Raises a 422 Problem for a day that is not in the calendar."""
        weekly = {day: _spans(spans) for day, spans in self.weekly.model_dump().items() if spans}
        try:
            days = {date.fromisoformat(one.day): Exceptional(one.name, _spans(one.open)) for one in self.exceptions}
        except ValueError:
            raise invalid("exceptions", "There is no such day. Write it as 2026-12-24.") from None
        return Schedule(self.time_zone, weekly, days, self.country or "", self.subdivision or "")


class HoursChannels(RequestBody):
    channel_ids: Annotated[list[Id], Field(max_length=200)]


class HolidaysQuery(Query):
    country: Country
    subdivision: Subdivision | None = None
    year: Annotated[int, Field(ge=1990, le=2100)] = Field(default_factory=lambda: datetime.now(UTC).year)


@routes.get("/api/hours", policy=Action.READ_HOURS, summary="List business hours, newest first")
async def list_hours(call: Call[None, PageQuery]) -> shapes.Page[api_shapes.Hours]:
    limit = call.query.limit
    async with call.services.read() as connection:
        found = await store.hours_page(connection, call.query.before_id(), limit + 1)
    return page_of(found, limit, _shape)


@routes.get("/api/hours/countries", policy=Action.READ_HOURS, summary="List the countries whose holidays are known")
async def list_countries(call: Call[None, None]) -> shapes.Items[api_shapes.HolidayCountry]:
    del call
    return {"items": [{"code": code, "subdivisions": list(parts)} for code, parts in countries().items()]}


@routes.get("/api/hours/holidays", policy=Action.READ_HOURS, summary="List a year's public holidays of a country")
async def list_holidays(call: Call[None, HolidaysQuery]) -> shapes.Items[api_shapes.Holiday]:
    query = call.query
    found = holidays_of(query.country, query.subdivision or "", query.year)
    return {"items": [{"day": day.isoformat(), "name": name} for day, name in sorted(found.items())]}


@routes.post("/api/hours", policy=Action.MANAGE_HOURS, summary="Add business hours", status=201)
async def create(call: Call[HoursBody, None]) -> api_shapes.Hours:
    body = call.body
    async with call.services.write() as tx:
        made = await actions.create(
            tx, name=body.name, schedule=body.schedule(), closed_text=body.closed_text, by=call.agent.id
        )
    return _shape(made)


@routes.get("/api/hours/{hours_id}", policy=Action.READ_HOURS, summary="Read business hours")
async def read(call: Call[None, None]) -> api_shapes.Hours:
    async with call.services.read() as connection:
        found = await store.get_hours(connection, call.path["hours_id"])
    if found is None:
        raise not_found("business hours")
    return _shape(found)


@routes.put("/api/hours/{hours_id}", policy=Action.MANAGE_HOURS, summary="Replace business hours")
async def replace(call: Call[HoursBody, None]) -> api_shapes.Hours:
    body = call.body
    async with call.services.write() as tx:
        changed = await actions.replace(
            tx,
            call.path["hours_id"],
            name=body.name,
            schedule=body.schedule(),
            closed_text=body.closed_text,
            by=call.agent.id,
        )
    return _shape(changed)


@routes.delete("/api/hours/{hours_id}", policy=Action.MANAGE_HOURS, summary="Remove business hours")
async def remove(call: Call[None, None]) -> None:
    async with call.services.write() as tx:
        await actions.remove(tx, call.path["hours_id"], by=call.agent.id)


@routes.put(
    "/api/hours/{hours_id}/channels", policy=Action.MANAGE_HOURS, summary="Say which channels go by these hours"
)
async def assign(call: Call[HoursChannels, None]) -> api_shapes.Hours:
    async with call.services.write() as tx:
        changed = await actions.assign(tx, call.path["hours_id"], set(call.body.channel_ids), by=call.agent.id)
    return _shape(changed)


def _spans(spans: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((start, end) for start, end in spans)


def _shape(one: Hours) -> api_shapes.Hours:
    schedule, now = one.schedule, state(one, datetime.now(UTC))
    return {
        "id": one.id,
        "name": one.name,
        "time_zone": schedule.time_zone,
        "weekly": {day: [list(span) for span in spans] for day, spans in schedule.weekly.items()},
        "exceptions": [
            {"day": day.isoformat(), "name": each.name, "open": [list(span) for span in each.open]}
            for day, each in sorted(schedule.exceptions.items())
        ],
        "country": schedule.country or None,
        "subdivision": schedule.subdivision or None,
        "closed_text": one.closed_text,
        "now": {"open": now.open, "next_opening": now.next_opening, "text": now.text},
        "channel_ids": list(one.channel_ids),
    }
