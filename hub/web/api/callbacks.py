"""Callbacks as agents work with them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Final, Literal
from zoneinfo import available_timezones

from pydantic import Field, model_validator

from hub.callbacks import store
from hub.callbacks.model import UNSET, Callback, NewCallback, UnknownCallback, Window
from hub.desk.policy import Action
from hub.desk.store import get_agent
from hub.people.store import get_customer, get_identity
from hub.timeline.model import Cursor
from hub.web.answers import callback_render, callback_shapes, shapes
from hub.web.errors import invalid
from hub.web.fields import Id, PageQuery, RequestBody
from hub.web.openapi import LARGEST_ID
from hub.web.routes import Call, Routes

routes: Final = Routes()
Priority = Annotated[int, Field(ge=-100, le=100)]
Line = Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
Words = Annotated[str, Field(max_length=2000)]
Number = Annotated[str, Field(min_length=3, max_length=40, pattern=r"^[^\x00-\x1f\x7f]+$")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")]
Zone = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[A-Za-z0-9_+/-]+$")]
Instant = Annotated[
    str,
    Field(
        pattern=r"^2[01]\d\d-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)$",
        json_schema_extra={"format": "date-time"},
    ),
]


class CallbacksQuery(PageQuery):
    """`open` in the order in which they are called, `ended` the last first."""

    view: Literal["open", "ended"] = "open"
    queue_id: Id | None = None
    customer_id: Id | None = None


class WindowBody(RequestBody):
    """When the customer wants to be called."""

    starts: Instant = Field(alias="from")
    until: Instant

    def window(self) -> Window:
        """Raises a 422 Problem for a moment that is not in the calendar."""
        return Window(_instant("window.from", self.starts), _instant("window.until", self.until))


class NewCallbackBody(RequestBody):
    """Whom to call: a number, or the identity of a customer that is one. Without a window as soon as possible."""

    queue_id: Id
    number: Number | None = None
    identity_id: Id | None = None
    name: Line = ""
    reason: Words = ""
    language: Language | None = None
    time_zone: Zone | None = None
    window: WindowBody | None = None
    priority: Priority = 0
    preferred_agent_id: Id | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> NewCallbackBody:
        if (self.number is None) == (self.identity_id is None):
            raise ValueError("give either number or identity_id")
        return self


class CallbackPatch(RequestBody):
    """What is given is changed. `window` null: as soon as possible. `state` canceled takes it out of the queue, done
    ends the wrapping up."""

    window: WindowBody | None = None
    priority: Priority | None = None
    state: Literal["canceled", "done"] | None = None
    disposition: Line | None = None
    notes: Words | None = None


@routes.get("/api/callbacks", policy=Action.READ_CONVERSATIONS, summary="List callbacks")
async def list_callbacks(call: Call[None, CallbacksQuery]) -> shapes.Page[callback_shapes.Callback]:
    query, now = call.query, call.services.callbacks.now()
    async with call.services.read() as connection:
        identities = None
        if query.customer_id is not None:
            customer = await get_customer(call.services.database.pool, query.customer_id)
            identities = [one.id for one in customer.identities] if customer else []
        limit = query.limit + 1
        only = {"queue_id": query.queue_id, "identities": identities}
        if query.view == "open":
            found = await store.open_page(connection, _turn(query.after), limit, **only)  # type: ignore[arg-type]
        else:
            found = await store.ended_page(connection, query.cursor(), limit, **only)  # type: ignore[arg-type]
        items = found[: query.limit]
        names = await callback_render.names_for(connection, items, now)
        shown = [await callback_render.callback(connection, one, names, now) for one in items]
    return {"items": shown, "next": _next(items[-1]) if len(found) > query.limit else None}


@routes.post(
    "/api/callbacks",
    policy=Action.WRITE_CONVERSATIONS,
    summary="Have a customer called",
    status=201,
    idempotent=True,
)
async def create(call: Call[NewCallbackBody, None]) -> callback_shapes.CallbackDetail:
    body, services = call.body, call.services
    async with services.write() as tx:
        number, name = body.number or "", body.name
        if body.identity_id is not None:
            identity = await get_identity(tx.connection, body.identity_id)
            if identity is None or identity.kind != "phone":
                raise invalid("identity_id", "This is no telephone number of a customer.")
            number, name = identity.address, body.name or identity.name
        if body.preferred_agent_id is not None:
            agent = await get_agent(tx.connection, body.preferred_agent_id)
            if agent is None or agent.disabled:
                raise invalid("preferred_agent_id", "There is no such agent.")
        _check_zone(body.time_zone)
        one, _ = await services.callbacks.request(
            tx,
            NewCallback(
                queue_id=body.queue_id,
                number=number,
                source="agent",
                name=name,
                reason=body.reason,
                language=body.language or "",
                time_zone=body.time_zone or "",
                window=body.window.window() if body.window else None,
                priority=body.priority,
                preferred_agent_id=body.preferred_agent_id,
                agent_id=call.agent.id,
            ),
        )
        return await callback_render.detail(tx.connection, one, services.callbacks.now())


@routes.get("/api/callbacks/{callback_id}", policy=Action.READ_CONVERSATIONS, summary="Read a callback")
async def read(call: Call[None, None]) -> callback_shapes.CallbackDetail:
    async with call.services.read() as connection:
        one = await store.get_callback(connection, call.path["callback_id"])
        if one is None:
            raise UnknownCallback
        return await callback_render.detail(connection, one, call.services.callbacks.now())


@routes.patch(
    "/api/callbacks/{callback_id}",
    policy=Action.WRITE_CONVERSATIONS,
    summary="Move, cancel or finish a callback, or change its priority",
)
async def change(call: Call[CallbackPatch, None]) -> callback_shapes.CallbackDetail:
    body, callbacks = call.body, call.services.callbacks
    given = body.model_fields_set
    async with call.services.write() as tx:
        one = await callbacks.lock(tx, call.path["callback_id"])
        if "window" in given or body.priority is not None:
            window = (body.window.window() if body.window else None) if "window" in given else UNSET
            one = await callbacks.change(tx, one, window=window, priority=body.priority)
        if body.state == "done" or body.disposition is not None or body.notes is not None:
            one = await callbacks.wrap_up(
                tx, one, disposition=body.disposition, notes=body.notes, finished=body.state == "done"
            )
        if body.state == "canceled":
            one = await callbacks.cancel(tx, one, by=call.agent.id)
        return await callback_render.detail(tx.connection, one, callbacks.now())


def _instant(where: str, written: str) -> datetime:
    try:
        return datetime.fromisoformat(written).astimezone(UTC)
    except (ValueError, OverflowError):
        raise invalid(where, "There is no such moment. Write it as 2026-12-24T09:00:00+01:00.") from None


def _check_zone(zone: str | None) -> None:
    if zone is not None and zone not in available_timezones():
        raise invalid("time_zone", "This time zone is not known. Write it like Europe/Berlin.")


def _turn(after: str | None) -> store.Turn | None:
    if after is None:
        return None
    try:
        turn = store.Turn.parse(after)
    except ValueError:
        turn = None
    if turn is None or not 0 < turn.at.id <= LARGEST_ID:
        raise invalid("after", "This is not the end of a page. Start again without it.")
    return turn


def _next(last: Callback) -> str:
    if last.ended_at is not None:
        return str(Cursor(last.ended_at, last.id))
    return str(store.Turn(last.priority, Cursor(last.place, last.id)))
