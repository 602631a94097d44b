"""Single entries: whole text, original, HTML, and what can be done about a delivery."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from aiohttp import web
from pydantic import Field

from hub.db.blobs import BlobMissing
from hub.desk.policy import Action
from hub.files import actions as files
from hub.files.store import get_file
from hub.inbound.quarantine import load_raw
from hub.outbound import steps
from hub.timeline import store as timeline
from hub.timeline.model import Entry
from hub.web.answers import entry_render, entry_shapes
from hub.web.documents import file_headers, message_document, message_headers
from hub.web.errors import Problem, not_found
from hub.web.fields import Query, RequestBody
from hub.web.routes import Call, Routes

routes: Final = Routes()


class HtmlQuery(Query):
    remote: Annotated[int, Field(ge=0, le=1)] = 0


class DeliveryStep(RequestBody):
    action: Literal["retry", "cancel", "mark_sent"]


@routes.get("/api/entries/{entry_id}", policy=Action.READ_CONVERSATIONS, summary="Read an entry")
async def read(call: Call[None, None]) -> entry_shapes.Entry:
    return entry_render.entry(await _entry(call))


@routes.get(
    "/api/entries/{entry_id}/text",
    policy=Action.READ_CONVERSATIONS,
    summary="Read the whole text, with quotes and signature",
)
async def read_text(call: Call[None, None]) -> entry_shapes.EntryText:
    entry = await _entry(call)
    async with call.services.read() as connection:
        body = await timeline.entry_body(connection, entry.id)
    headers = entry.data.get("headers")
    shown = {str(name): str(value) for name, value in headers.items()} if isinstance(headers, dict) else {}
    return {"text": body.full_text or entry.text, "headers": shown}


@routes.get(
    "/api/entries/{entry_id}/html",
    policy=Action.READ_CONVERSATIONS,
    summary="The message's HTML as a document for a sandboxed frame",
    produces="text/html",
)
async def read_html(call: Call[None, HtmlQuery]) -> web.StreamResponse:
    entry = await _entry(call)
    async with call.services.read() as connection:
        body = await timeline.entry_body(connection, entry.id)
    if not body.html:
        raise not_found("HTML version of this message")
    remote = bool(call.query.remote)
    document = message_document(body.html, entry.attachments, remote=remote)
    return web.Response(
        text=document, content_type="text/html", charset="utf-8", headers=message_headers(remote=remote)
    )


@routes.get(
    "/api/entries/{entry_id}/raw",
    policy=Action.READ_CONVERSATIONS,
    summary="Download the original as it was received",
    produces="message/rfc822",
)
async def read_raw(call: Call[None, None]) -> web.StreamResponse:
    entry = await _entry(call)
    if entry.raw_id is None:
        raise not_found("original of this entry")
    return await raw_download(call, entry.raw_id)


@routes.post(
    "/api/entries/{entry_id}/delivery",
    policy=Action.WRITE_CONVERSATIONS,
    summary="Retry, cancel, or settle a delivery of unknown outcome",
    idempotent=True,
)
async def step(call: Call[DeliveryStep, None]) -> entry_shapes.Entry:
    entry = await _entry(call)
    call.check(Action.WRITE_CONVERSATIONS, entry)
    async with call.services.write() as tx:
        changed = await steps.take(tx, entry.id, call.body.action, call.agent.id)
    return entry_render.entry(changed)


@routes.post(
    "/api/remote-files/{file_id}/retry",
    policy=Action.WRITE_CONVERSATIONS,
    summary="Ask the provider once more for a file that could not be had from it",
)
async def retry_file(call: Call[None, None]) -> entry_shapes.Entry:
    async with call.services.read() as connection:
        file = await get_file(connection, call.path["file_id"])
        entry = None if file is None else await timeline.get_entry(connection, file.entry_id)
    if entry is None or not call.allowed(Action.READ_CONVERSATIONS, entry):
        raise not_found("file")
    call.check(Action.WRITE_CONVERSATIONS, entry)
    async with call.services.write() as tx:
        await files.retry(tx, call.path["file_id"])
        changed = await timeline.get_entry(tx.connection, entry.id)
    return entry_render.entry(changed or entry)


async def raw_download(call: Call[Any, Any], raw_id: int) -> web.StreamResponse:
    """The raw bytes as a file. Raises 404, or 410 when the attachment store lost them."""
    async with call.services.read() as connection:
        raw = await load_raw(connection, raw_id)
    try:
        content = raw.content if raw.content is not None else await call.services.blobs.get(raw.content_hash)
    except BlobMissing as failure:
        raise Problem(410, "content_missing", "The file is lost.", str(failure)) from None
    headers = file_headers(f"message-{raw_id}.eml", "message/rfc822", inline=False)
    return web.Response(body=content, headers=headers | {"Content-Type": "message/rfc822"})


async def _entry(call: Call[Any, Any]) -> Entry:
    async with call.services.read() as connection:
        found = await timeline.get_entry(connection, call.path["entry_id"])
    if found is None or not call.allowed(Action.READ_CONVERSATIONS, found):
        raise not_found("entry")
    return found
