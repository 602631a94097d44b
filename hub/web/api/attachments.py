"""Files: uploaded to be put on a message, and downloaded from one."""

from __future__ import annotations

import asyncio
import re
from typing import Final

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError

from hub.db.blobs import BlobMissing
from hub.desk.policy import Action
from hub.timeline import store as timeline
from hub.timeline import uploads
from hub.web.answers import entry_render, entry_shapes
from hub.web.documents import file_headers
from hub.web.errors import Problem, invalid, not_found
from hub.web.routes import Call, Routes

routes: Final = Routes()
UPLOAD_SECONDS: Final = 300.0
_AT_ONCE: Final = 3
_TYPE: Final = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,80}")
_in_hand = asyncio.Semaphore(_AT_ONCE)


@routes.post(
    "/api/attachments",
    policy=Action.WRITE_CONVERSATIONS,
    summary="Upload a file (field `file`) to be put on a message; dropped after 24 hours if it is not",
    status=201,
    consumes="multipart/form-data",
    seconds=UPLOAD_SECONDS,
)
async def upload(call: Call[None, None]) -> entry_shapes.Attachment:
    async with _in_hand:  # each is held in memory until it is stored
        filename, content_type, content = await _file(call.request, call.services.settings.attachment_max_bytes)
        blob_hash = await call.services.blobs.put(content)
        size = len(content)
        del content
    async with call.services.write() as tx:
        stored = await uploads.add_upload(
            tx, blob_hash=blob_hash, size=size, filename=filename, content_type=content_type, agent_id=call.agent.id
        )
    return entry_render.attachment(stored)


async def _file(request: web.Request, most: int) -> tuple[str, str, bytes]:
    """Name, type and content of the field `file`."""
    if request.content_type != "multipart/form-data":
        raise Problem(415, "not_multipart", "The file must come as a form.", "Send it as multipart/form-data.")
    if (request.content_length or 0) > most + 64 * 1024:
        raise _too_large(most)
    try:
        reader = await request.multipart()
        part = await reader.next()
        if not isinstance(part, BodyPartReader) or part.name != "file":
            raise invalid("file", "The form must begin with the field `file`.")
        content = bytearray()
        while chunk := await part.read_chunk(64 * 1024):
            content += chunk
            if len(content) > most:
                raise _too_large(most)
    except (ValueError, AssertionError, KeyError, HttpProcessingError) as failure:
        raise Problem(400, "bad_form", "The form cannot be read.", "Send it as multipart/form-data.") from failure
    content_type = part.headers.get("Content-Type", "").split(";")[0].strip().lower()
    return (
        clean_filename(part.filename or ""),
        content_type if _TYPE.fullmatch(content_type) else "application/octet-stream",
        bytes(content),
    )


def clean_filename(name: str) -> str:
    """A name without folders and control characters."""
    name = re.split(r"[/\\]", name)[-1]
    name = "".join(letter for letter in name if letter.isprintable()).strip(" .")
    return name[:150] or "file"


def _too_large(most: int) -> Problem:
    return Problem(
        413, "too_large", "This file is too large.", f"Attach at most {most // 1_000_000} MB.", max_bytes=most
    )


@routes.get(
    "/api/attachments/{attachment_id}/content",
    policy=Action.READ_CONVERSATIONS,
    summary="Download a file, or a range of it; safe images and sounds may be shown in place",
    produces="*/*",
    seconds=UPLOAD_SECONDS,
)
async def content(call: Call[None, None]) -> web.StreamResponse:
    async with call.services.read() as connection:
        found = await timeline.get_attachment(connection, call.path["attachment_id"])
        entry = None if found is None or found[1] is None else await timeline.get_entry(connection, found[1])
    if found is None:
        raise not_found("file")
    attachment, entry_id, uploaded_by = found
    if entry_id is None:
        if uploaded_by != call.agent.id:
            raise not_found("file")
    elif entry is None or not call.allowed(Action.READ_CONVERSATIONS, entry):
        raise not_found("file")
    etag = attachment.blob_hash.hex()[:32]
    headers = file_headers(attachment.filename, attachment.content_type) | {"ETag": f'"{etag}"'}
    if any(one.value == etag for one in call.request.if_none_match or ()):
        return web.Response(status=304, headers=headers)
    if not await call.services.blobs.exists(attachment.blob_hash):
        raise Problem(
            410, "content_missing", "The file is lost.", "Ask your administrator to restore the attachment store."
        )
    asked = _range(call.request, attachment.size)
    start, stop = asked or (0, attachment.size)
    response = web.StreamResponse(headers=headers | {"Accept-Ranges": "bytes"})
    if asked:
        response.set_status(206)
        response.headers["Content-Range"] = f"bytes {start}-{stop - 1}/{attachment.size}"
    response.content_length = stop - start
    await response.prepare(call.request)
    at = 0
    try:
        async for piece in call.services.blobs.stream(attachment.blob_hash):
            if wanted := piece[max(0, start - at) : max(0, stop - at)]:
                await response.write(wanted)
            at += len(piece)
            if at >= stop:
                break
        await response.write_eof()
    except (BlobMissing, ConnectionError):
        if call.request.transport is not None:
            call.request.transport.abort()  # what was sent is not all of it, and must not look so
    return response


def _range(request: web.Request, size: int) -> tuple[int, int] | None:
    """Which bytes are asked for, from and until, as a player of sound does when somebody jumps in it; None where the
    header is not there or says nothing that can be given."""
    if "Range" not in request.headers:
        return None
    try:
        start, stop, _ = request.http_range.indices(size)
    except ValueError:
        return None
    return (start, stop) if start < stop else None
