"""What was received and not understood: to be looked at, tried again, or put aside."""

from __future__ import annotations

from typing import Annotated, Final

from aiohttp import web
from pydantic import Field

from hub.desk.policy import Action
from hub.events.model import ChannelChanged
from hub.inbound import quarantine
from hub.inbound.quarantine import NotQuarantined
from hub.web.answers import channel_render, channel_shapes, shapes
from hub.web.api.entries import raw_download
from hub.web.errors import Problem, not_found
from hub.web.fields import Id, PageQuery, RequestBody
from hub.web.routes import Call, Routes
from hub.web.within import page_of

routes: Final = Routes()


class QuarantineQuery(PageQuery):
    channel_id: Id | None = None


class Dismissal(RequestBody):
    reason: Annotated[str, Field(min_length=1, max_length=300, pattern=r"^[^\x00-\x1f\x7f]+$")]


@routes.get("/api/quarantine", policy=Action.MANAGE_QUARANTINE, summary="List what is in quarantine, newest first")
async def list_quarantine(call: Call[None, QuarantineQuery]) -> shapes.Page[channel_shapes.Quarantined]:
    query = call.query
    async with call.services.read() as connection:
        found = await quarantine.quarantine_page(connection, query.before_id(), query.limit + 1, query.channel_id)
    return page_of(found, query.limit, channel_render.quarantined)


@routes.post(
    "/api/quarantine/{raw_id}/retry",
    policy=Action.MANAGE_QUARANTINE,
    summary="Try once more to understand it",
    seconds=120,
)
async def retry(call: Call[None, None]) -> channel_shapes.RetryOutcome:
    raw_id = call.path["raw_id"]
    try:
        await call.services.intake.retry(raw_id)
        async with call.services.read() as connection:
            raw = await quarantine.load_raw(connection, raw_id)
    except NotQuarantined as failure:
        raise Problem(409, "not_quarantined", "It is no longer in quarantine.", str(failure)) from None
    except LookupError:
        raise not_found("quarantined message") from None
    async with call.services.write() as tx:
        tx.emit(ChannelChanged(raw.channel_id))
    return {"outcome": raw.state, "reason": raw.reason}


@routes.post("/api/quarantine/{raw_id}/dismiss", policy=Action.MANAGE_QUARANTINE, summary="Put it aside, with a reason")
async def dismiss(call: Call[Dismissal, None]) -> None:
    try:
        async with call.services.write() as tx:
            raw = await quarantine.load_raw(tx.connection, call.path["raw_id"])
            await quarantine.mark(tx.connection, raw.id, "ignored", call.body.reason)
            tx.emit(ChannelChanged(raw.channel_id))
    except NotQuarantined as failure:
        raise Problem(409, "not_quarantined", "It is no longer in quarantine.", str(failure)) from None
    except LookupError:
        raise not_found("quarantined message") from None


@routes.get(
    "/api/quarantine/{raw_id}/raw",
    policy=Action.MANAGE_QUARANTINE,
    summary="Download it as it was received",
    produces="message/rfc822",
)
async def download(call: Call[None, None]) -> web.StreamResponse:
    try:
        return await raw_download(call, call.path["raw_id"])
    except LookupError:
        raise not_found("quarantined message") from None
