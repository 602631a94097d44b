"""What browsers fetch over HTTP: the loader, the frame and its files, how the chat looks, uploads and files."""

from __future__ import annotations

import hashlib
import json
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from connectors.webchat import settings as look
from connectors.webchat.labels import label
from connectors.webchat.limits import source
from hub.sdk import Hook, HookReply, HookRequest

if TYPE_CHECKING:
    from connectors.webchat.connector import WebChatSession
    from connectors.webchat.tokens import Visitor

MAX_UPLOAD: Final = 25 * 1024 * 1024
_PROBLEMS: Final = {
    400: ("bad_request", "The request cannot be understood."),
    401: ("signed_out", "The hub does not know this visitor."),
    403: ("forbidden", "This may not be done."),
    404: ("not_found", "There is no such file."),
    429: ("too_many", "Too much in a short time."),
}
_TYPES: Final = {".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".html": "text/html"}
_ANYWHERE: Final = {"Cross-Origin-Resource-Policy": "cross-origin"}


@dataclass(frozen=True, slots=True)
class File:
    content: bytes
    content_type: str
    etag: str


def load_widget() -> dict[str, File]:
    """The widget's files by path. They are few and small: all of them stay in memory."""
    found: dict[str, File] = {}

    def walk(folder: Traversable, prefix: str) -> None:
        for one in folder.iterdir():
            if one.is_dir():
                walk(one, f"{prefix}{one.name}/")
            elif (suffix := "." + one.name.rpartition(".")[2]) in _TYPES:
                content = one.read_bytes()
                etag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
                found[prefix + one.name] = File(content, _TYPES[suffix], etag)

    walk(files("connectors.webchat") / "widget", "")
    return found


class Pages:
    """The hooks of one chat."""

    def __init__(self, session: WebChatSession) -> None:
        self._session = session
        self._files = load_widget()

    def hooks(self) -> list[Hook]:
        return [
            Hook("widget.js", ("GET",), self._loader),
            Hook("frame", ("GET",), self._frame),
            Hook("assets", ("GET",), self._asset),
            Hook("config", ("GET",), self._config),
            Hook("uploads", ("POST",), self._upload, max_bytes=MAX_UPLOAD),
            Hook("files", ("GET",), self._file),
        ]

    async def _loader(self, request: HookRequest) -> HookReply:
        return self._static(request, "widget.js", 300, _ANYWHERE)

    async def _frame(self, request: HookRequest) -> HookReply:
        return self._static(
            request, "frame.html", 0, {**_ANYWHERE, "Content-Security-Policy": self._policy(request.public_base)}
        )

    async def _asset(self, request: HookRequest) -> HookReply:
        return self._static(request, request.rest, 0, {})  # asked for each time: never old beside new after an upgrade

    def _static(self, request: HookRequest, name: str, seconds: int, headers: Mapping[str, str]) -> HookReply:
        file = self._files.get(name)
        if file is None:
            return _problem(404, "Check the address.")
        cache = f"public, max-age={seconds}" if seconds else "public, no-cache"
        sent = {**headers, "ETag": file.etag, "Cache-Control": cache}
        if file.etag in request.headers.get("If-None-Match", ""):
            return HookReply(status=304, content_type=file.content_type, headers=sent)
        return HookReply(body=file.content, content_type=file.content_type, headers=sent)

    def _policy(self, public_base: str) -> str:
        """Scripts of the hub alone, inside pages of the allowed sites alone."""
        own = urlsplit(public_base)
        socket = f"{'wss' if own.scheme == 'https' else 'ws'}://{own.netloc}"
        return "; ".join(
            (
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self'",
                "img-src 'self' blob: data:",
                "media-src 'self' blob:",
                f"connect-src 'self' {socket}",
                "base-uri 'none'",
                "form-action 'none'",
                f"frame-ancestors 'self' {' '.join(self._session.origins)}",
            )
        )

    async def _config(self, request: HookRequest) -> HookReply:
        session = self._session
        own, language = session.settings, request.query.get("lang", "")
        desk = await session.log.desk()
        proactive = look.text(own, "proactive_text")
        config = {
            "version": session.version,
            "title": look.text(own, "title"),
            "subtitle": look.text(own, "subtitle"),
            "colour": look.text(own, "colour"),
            "theme": look.text(own, "theme"),
            "position": look.text(own, "position"),
            "greeting": look.text(own, "greeting"),
            "away": look.text(own, "away") or desk.closed_text,
            "team": [{"name": name.strip()} for name in look.text(own, "team").split(",") if name.strip()],
            "privacy_url": look.text(own, "privacy_url"),
            "transcript": session.transcripts,
            "open": session.is_open(desk),
            "proactive": {"after": look.number(own, "proactive_after", 20), "text": proactive} if proactive else None,
            "form": [
                {"name": one.name, "label": label(one.name, language), "type": one.type, "required": one.required}
                for one in look.form(own)
            ],
            "uploads": {"max_bytes": MAX_UPLOAD} if session.uploads else None,
        }
        return _json(200, config, {"Cache-Control": "no-cache"})

    async def _upload(self, request: HookRequest) -> HookReply:
        visitor = self._who(request)
        if visitor is None:
            return _problem(401, "Open the chat again.")
        limits = self._session.limits
        if not self._session.uploads:
            return _problem(403, "Files cannot be sent here.")
        if not request.body:
            return _problem(400, "The file is empty.")
        if not (
            limits.uploaded_bytes.take(visitor.id, len(request.body))
            and limits.uploaded_by_address.take(source(request.address, visitor.id), len(request.body))
        ):
            return _problem(429, "Too many files in a short time. Try again later.")
        name = " ".join(request.query.get("name", "").replace("\\", "/").rpartition("/")[2].split())[:255] or "file"
        content_type = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()[:100]
        if "/" not in content_type:
            content_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        upload_id = await self._session.log.upload(visitor.id, name, content_type, request.body)
        return _json(201, {"id": upload_id}, {})

    async def _file(self, request: HookRequest) -> HookReply:
        visitor = self._who(request)
        if visitor is None:
            return _problem(401, "Open the chat again.")
        number = request.rest
        found = await self._session.log.file(visitor.id, int(number)) if number.isdigit() and len(number) < 19 else None
        if found is None:
            return _problem(404, "It may have been removed.")
        headers = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.filename)}",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, max-age=86400",
        }
        kind = found.content_type if found.content_type.startswith(("image/", "audio/", "video/")) else ""
        kind = kind if kind != "image/svg+xml" and ";" not in kind else ""
        return HookReply(body=found.content, content_type=kind or "application/octet-stream", headers=headers)

    def _who(self, request: HookRequest) -> Visitor | None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        return self._session.tokens.read(token.strip()) if scheme.lower() == "bearer" else None


def _json(status: int, content: object, headers: Mapping[str, str]) -> HookReply:
    return HookReply(status=status, body=json.dumps(content).encode(), content_type="application/json", headers=headers)


def _problem(status: int, detail: str) -> HookReply:
    """In the one shape of the hub's own (RFC 9457)."""
    code, title = _PROBLEMS[status]
    shape = {"type": f"about:blank#{code}", "title": title, "status": status, "code": code, "detail": detail}
    content = json.dumps(shape).encode()
    headers = {"Cache-Control": "no-store"}
    return HookReply(status=status, body=content, content_type="application/problem+json", headers=headers)
