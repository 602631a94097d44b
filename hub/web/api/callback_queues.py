"""Callback queues: set up by administrators, with what is said in them."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Final, Literal

from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.callbacks import queue_store, queues
from hub.callbacks.model import LegalHours, Queue, UnknownQueue
from hub.callbacks.preview import preview
from hub.callbacks.scripts import MOST
from hub.desk.policy import Action
from hub.service.model import Hours
from hub.service.store import get_hours
from hub.web.answers import callback_render, callback_shapes, shapes
from hub.web.errors import invalid
from hub.web.fields import Id, Name, PageQuery, RequestBody
from hub.web.routes import Call, Routes

routes: Final = Routes()
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")]
Zone = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[A-Za-z0-9_+/-]+$")]
Clock = Annotated[str, Field(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")]
Script = Annotated[str, Field(max_length=MOST)]
Mode = Literal["agent_first", "customer_first"]
UNCHANGED: Final = object()
_CHANNELS: Final = ("phone_channel_id", "sms_channel_id")


class LegalHoursBody(RequestBody):
    """By the customer's own clock."""

    days: Annotated[list[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]], Field(min_length=1, max_length=7)]
    opens: Clock
    closes: Clock


class ScriptsBody(RequestBody):
    """ "" says what the hub has by itself."""

    offer: Script = ""
    offer_closed: Script = ""
    taken: Script = ""
    whisper: Script = ""
    opening: Script = ""
    sorry: Script = ""
    machine: Script = ""
    sms_code: Script = ""
    sms_taken: Script = ""
    sms_unreached: Script = ""


class QueuePatch(RequestBody):
    """What is given is set."""

    name: Name | None = None
    state: Literal["active", "paused"] | None = None
    phone_channel_id: Id | None = None
    sms_channel_id: Id | None = None
    hours_id: Id | None = None
    time_zone: Zone | None = None
    legal_hours: LegalHoursBody | None = None
    mode: Mode | None = None
    capacity: Annotated[int, Field(ge=1, le=1000)] | None = None
    calls_per_second: Annotated[float, Field(ge=0.01, le=100, strict=False)] | None = None
    most_waiting: Annotated[int, Field(ge=1, le=100_000)] | None = None
    wrap_up_seconds: Annotated[int, Field(ge=0, le=3600)] | None = None
    keep_days: Annotated[int, Field(ge=1, le=30)] | None = None
    web_form: bool | None = None
    missed_calls: bool | None = None
    dispositions: Annotated[list[Name], Field(max_length=50)] | None = None
    agent_ids: Annotated[list[Id], Field(max_length=1000)] | None = None
    language: Language | None = None
    scripts: Annotated[dict[Language, ScriptsBody], Field(max_length=50)] | None = None

    def onto(self, queue: Queue, hours: Hours | None) -> Queue:
        """The queue with what is given; `hours` are those of `hours_id`. Raises a 422 Problem."""
        given: dict[str, Any] = {name: getattr(self, name) for name in self.model_fields_set}
        for name, value in given.items():
            if value is None and name not in (*_CHANNELS, "hours_id"):
                raise invalid(name, "This cannot be null.")
        for name in ("dispositions", "agent_ids"):
            if name in given:
                given[name] = tuple(dict.fromkeys(given[name]))
        if given.pop("hours_id", UNCHANGED) is not UNCHANGED:
            given["hours"] = hours
        legal: LegalHoursBody | None = given.pop("legal_hours", None)
        if legal is not None:
            given["legal"] = LegalHours(tuple(dict.fromkeys(legal.days)), legal.opens, legal.closes)
        if "scripts" in given:
            given["scripts"] = _scripts(given["scripts"])
        return replace(queue, **given)


class NewQueue(QueuePatch):
    name: Name
    time_zone: Zone


class PreviewBody(RequestBody):
    """The words of a queue as they would be. `speak` is the language of the caller; `texts`: it has a channel for text
    messages; `phone_channel_id` the channel on which the calls come in, whose words are said too."""

    name: Name = "Callbacks"
    mode: Mode = "agent_first"
    language: Language = "en"
    speak: Language = "en"
    texts: bool = True
    phone_channel_id: Id | None = None
    scripts: Annotated[dict[Language, ScriptsBody], Field(max_length=50)] = Field(default_factory=dict)


@routes.get("/api/callback-queues", policy=Action.READ_CHANNELS, summary="List callback queues, newest first")
async def list_queues(call: Call[None, PageQuery]) -> shapes.Page[callback_shapes.CallbackQueue]:
    limit = call.query.limit
    async with call.services.read() as connection:
        found = await queue_store.queues_page(connection, call.query.before_id(), limit + 1)
        items = found[:limit]
        shown = [
            await callback_render.queue(connection, one, _form(call, one.id), call.services.callbacks.now())
            for one in items
        ]
    return {"items": shown, "next": str(items[-1].id) if len(found) > limit else None}


@routes.post("/api/callback-queues", policy=Action.MANAGE_CHANNELS, summary="Add a callback queue", status=201)
async def create_queue(call: Call[NewQueue, None]) -> callback_shapes.CallbackQueue:
    services = call.services
    async with services.write() as tx:
        hours = await _hours(tx.connection, call.body)
        wanted = call.body.onto(Queue(0, 1, call.body.name), hours)
        made = await queues.create(tx, services.registry, wanted, by=call.agent.id)
        return await callback_render.queue(tx.connection, made, _form(call, made.id), services.callbacks.now())


@routes.get(
    "/api/callback-queues/scripts", policy=Action.READ_CHANNELS, summary="What is said where a queue says nothing"
)
async def script_defaults(call: Call[None, None]) -> callback_shapes.ScriptDefaults:
    del call
    return callback_render.defaults()


@routes.post(
    "/api/callback-queues/preview",
    policy=Action.MANAGE_CHANNELS,
    summary="Show what a queue would say, step by step; nothing is stored",
)
async def show_preview(call: Call[PreviewBody, None]) -> callback_shapes.Preview:
    body = call.body
    wanted = Queue(
        id=1,
        version=1,
        name=body.name,
        mode=body.mode,
        language=body.language,
        sms_channel_id=1 if body.texts else None,
        scripts=_scripts(body.scripts),
    )
    queues.check_words(wanted)
    async with call.services.read() as connection:
        channel = await call.services.calls.settings_of(connection, body.phone_channel_id or 0)
    return callback_render.preview(preview(wanted, body.speak, _form(call, 1), channel))


@routes.get("/api/callback-queues/{queue_id}", policy=Action.READ_CHANNELS, summary="Read a callback queue")
async def read_queue(call: Call[None, None]) -> callback_shapes.CallbackQueue:
    async with call.services.read() as connection:
        one = await queue_store.get_queue(connection, call.path["queue_id"])
        if one is None:
            raise UnknownQueue
        return await callback_render.queue(connection, one, _form(call, one.id), call.services.callbacks.now())


@routes.patch("/api/callback-queues/{queue_id}", policy=Action.MANAGE_CHANNELS, summary="Change a callback queue")
async def change_queue(call: Call[QueuePatch, None]) -> callback_shapes.CallbackQueue:
    services = call.services
    async with services.write() as tx:
        before = await queues.lock(tx, call.path["queue_id"])
        wanted = call.body.onto(before, await _hours(tx.connection, call.body))
        changed = await queues.replace(tx, services.registry, wanted, by=call.agent.id)
        return await callback_render.queue(tx.connection, changed, _form(call, changed.id), services.callbacks.now())


def _scripts(given: dict[str, ScriptsBody]) -> dict[str, dict[str, str]]:
    said = {language: one.model_dump() for language, one in given.items()}
    return {language: {field: text for field, text in texts.items() if text} for language, texts in said.items()}


async def _hours(connection: AsyncConnection, body: QueuePatch) -> Hours | None:
    if body.hours_id is None:
        return None
    found = await get_hours(connection, body.hours_id)
    if found is None:
        raise invalid("hours_id", "There are no such business hours.")
    return found


def _form(call: Call[Any, Any], queue_id: int) -> str:
    return call.services.callbacks.form_link(queue_id)
