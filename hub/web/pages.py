"""The pages: one document for every address that a person may open, and the files it is made of.

No build step: the folder `ui` is served as it lies there, and the document loads its many scripts and style sheets
as one of each, put together here (pack.py). A file is looked up in what the folder holds, never by joining what a
client sent to a path. `?v=<hash of the content>` in an address makes its answer immutable; a part that an open page
asks for later under a hash that is no longer true is gone, for it would not fit that page.
"""

from __future__ import annotations

import asyncio
import base64
import gzip
import hashlib
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from aiohttp import web

from hub.web import pack
from hub.web.compression import accepts_gzip
from hub.web.errors import Problem, not_found

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

UI_FOLDER: Final = Path(__file__).parent / "ui"
_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".ftl": "text/plain; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
_COMPRESSIBLE: Final = frozenset({".css", ".ftl", ".html", ".js", ".json", ".mjs", ".svg", ".webmanifest"})
_IMPORT_MAP: Final = re.compile(rb"""<script\s+type=["']?importmap["']?\s*>(.*?)</script>""", re.S | re.I)
_WORDS: Final = re.compile(r"locales/[a-z]+\.ftl")
_OPENED: Final = "js/pages/soon.js"
_IMMUTABLE: Final = "public, max-age=31536000, immutable"
_REVALIDATE: Final = "no-cache"
STATIC_PATH: Final = "/ui/static/{path:.+}"
ICON_PATH: Final = "/favicon.ico"
DOCUMENT_PATHS: Final = (
    "/",
    "/sign-in",
    "/welcome",
    "/c/{rest:.*}",
    "/conversations/{rest:.*}",
    "/tasks",
    "/callbacks",
    "/callbacks/{rest:.*}",
    "/search",
    "/admin",
    "/admin/{rest:.*}",
    "/settings",
    "/ui",
    "/ui/{rest:(?!static/).*}",
)


_CONVERSATIONS: Final = ("/conversations/", "/c/")
_FOR_PROGRAMS: Final = ("/api/", "/hooks/", "/sockets/", "/ui/static/")


@web.middleware
async def mistyped(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Whoever opens an address that does not exist in a browser is shown the start page: a person reads no JSON."""
    try:
        return await handler(request)
    except web.HTTPNotFound:
        person = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
        if not person or request.path.startswith(_FOR_PROGRAMS):
            raise
        raise web.HTTPSeeOther("/") from None


@dataclass(frozen=True, slots=True)
class File:
    content: bytes
    compressed: bytes | None
    content_type: str
    etag: str
    changed: int


class Pages:
    """The files of the user interface, kept in memory, and read again when they change."""

    def __init__(self, folder: Path = UI_FOLDER) -> None:
        self._folder = folder
        self._files: dict[str, File] = {}
        self._parts: dict[str, dict[str, int]] = {}
        self._paths = self._scan()

    @property
    def paths(self) -> list[str]:
        """Every address served here, as the router writes it: open to all, for they hold nothing of anybody."""
        return [re.sub(r"{(\w+):[^}]*}", r"{\1}", path) for path in (*DOCUMENT_PATHS, STATIC_PATH, ICON_PATH)]

    def add_to(self, app: web.Application) -> None:
        for path in DOCUMENT_PATHS:
            app.router.add_get(path, self.document)
        app.router.add_get(STATIC_PATH, self.static)
        app.router.add_get(ICON_PATH, self.icon)

    async def document(self, request: web.Request) -> web.StreamResponse:
        opens = request.path.startswith(_CONVERSATIONS)
        file = await asyncio.to_thread(self._document, self._language(request), opens=opens)
        policy = content_policy(file.content)
        headers = {"Content-Security-Policy": policy, "Cache-Control": _REVALIDATE, "Vary": "Accept-Language"}
        return _answer(request, file, headers)

    async def static(self, request: web.Request) -> web.StreamResponse:
        packed, version = "packed" in request.query, request.query.get("v", "")
        file = await self.file(request.match_info["path"], packed=packed)
        if packed and version != file.etag:
            raise _outdated()
        return _answer(request, file, {"Cache-Control": _IMMUTABLE if version == file.etag else _REVALIDATE})

    async def icon(self, request: web.Request) -> web.StreamResponse:
        return _answer(request, await self.file("icon.svg"), {"Cache-Control": _REVALIDATE})

    def _scan(self) -> dict[str, Path]:
        return {
            path.relative_to(self._folder).as_posix(): path
            for path in self._folder.rglob("*")
            if path.suffix in _TYPES and path.is_file()
        }

    async def file(self, name: str, *, packed: bool = False) -> File:
        """A file by its path below the folder. `packed`: a module with all that it brings, as the first script asks for
        it later. Raises a 404 Problem."""
        if packed or name in {pack.SCRIPT_NAME, pack.SHEET_NAME}:
            return await asyncio.to_thread(self._packed, name)
        return await asyncio.to_thread(self._words if _WORDS.fullmatch(name) else self._read, name)

    def _words(self, name: str) -> File:
        """All words of one language, which lie in a file for each part of the pages."""
        folder = name.removesuffix(".ftl") + "/"
        parts = [self._read(one) for one in sorted(self._paths) if one.startswith(folder)]
        if not parts:
            raise not_found("file")
        changed = max(part.changed for part in parts)
        file = self._files.get(name)
        if file is None or file.changed != changed:
            words = b"\n".join(part.content for part in parts)
            file = self._files[name] = _file_of(words, ".ftl", changed)
        return file

    def _language(self, request: web.Request) -> str:
        """The language that the page asks for first: the one its browser prefers, else English."""
        wanted = re.split("[-,;]", request.headers.get("Accept-Language", "").strip().lower(), maxsplit=1)[0]
        return wanted if f"locales/{wanted}/app.ftl" in self._paths else "en"

    def _document(self, language: str, *, opens: bool) -> File:
        """index.html as it is sent: it loads the packed script and sheet by their hashes, the words of the language,
        and what a conversation needs where it `opens` one."""
        early = (_OPENED,) if opens else ()
        versions = {name: self._packed(name).etag for name in (pack.SCRIPT_NAME, pack.SHEET_NAME, *early)}
        source = self._read("index.html")
        key = f"index.html {language} {versions}"
        file = self._files.get(key)
        if file is None or file.changed != source.changed:
            packed = pack.pack_document(source.content.decode(), versions, early=early)
            packed = pack.stamp(packed.replace("/locales/en.ftl", f"/locales/{language}.ftl"), self._version)
            file = self._files[key] = _file_of(packed.encode(), ".html", source.changed)
        return file

    def _packed(self, name: str) -> File:
        """A script or the sheet made of many files, and made again when one of them changes."""
        kind = Path(name).suffix
        known = self._parts.get(kind)
        if known is None or known != {path: self._changed(path) for path in known}:
            self._pack(kind)
        try:
            return self._files[f"packed {name}"]
        except KeyError:
            raise not_found("file") from None

    def _pack(self, kind: str) -> None:
        script, sheets, bare = pack.sources(self._read("index.html").content.decode())
        read = {"index.html"}

        def text(path: str) -> str:
            read.add(path)
            return pack.stamp(self._read(path).content.decode(), stamped)

        def stamped(path: str) -> str:
            read.add(path)
            return self._version(path)

        made = (
            {pack.SHEET_NAME: pack.pack_sheets(sheets, text)}
            if kind == ".css"
            else pack.pack_scripts(script, bare, text)
        )
        parts = self._parts[kind] = {path: self._changed(path) for path in read}
        for name, content in made.items():
            self._files[f"packed {name}"] = _file_of(content.encode(), kind, max(parts.values()))

    def _version(self, name: str) -> str:
        return self._read(name).etag

    def _changed(self, name: str) -> int:
        try:
            return self._paths[name].stat().st_mtime_ns
        except (KeyError, FileNotFoundError):
            return 0

    def _read(self, name: str) -> File:
        if name not in self._paths:
            self._paths = self._scan()
        try:
            path = self._paths[name]
            changed = path.stat().st_mtime_ns
        except (KeyError, FileNotFoundError):
            raise not_found("file") from None
        file = self._files.get(name)
        if file is None or file.changed != changed:
            file = self._files[name] = _file_of(path.read_bytes(), path.suffix, changed)
        return file


def _outdated() -> Problem:
    return Problem(410, "outdated", "This part belongs to another version of the page.", "Load the page again.")


def _file_of(content: bytes, suffix: str, changed: int) -> File:
    compressed = gzip.compress(content, 9, mtime=0) if suffix in _COMPRESSIBLE else None
    etag = hashlib.sha256(content).hexdigest()[:20]
    return File(content, compressed, _TYPES[suffix], etag, changed)


def content_policy(document: bytes) -> str:
    """The Content-Security-Policy of the page: our own files, and the one inline import map by its hash."""
    found = _IMPORT_MAP.search(document)
    digest = base64.b64encode(hashlib.sha256(found.group(1)).digest()).decode() if found else ""
    scripts = f"'self' 'sha256-{digest}'" if digest else "'self'"
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
        "media-src 'self'; connect-src 'self'; frame-src 'self'; manifest-src 'self'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    )


def _answer(request: web.Request, file: File, headers: dict[str, str]) -> web.StreamResponse:
    headers |= {"ETag": f'"{file.etag}"', "Vary": ", ".join(["Accept-Encoding", *filter(None, [headers.get("Vary")])])}
    if any(one.value == file.etag for one in request.if_none_match or ()):
        return web.Response(status=304, headers=headers)
    body = file.content
    if file.compressed is not None and accepts_gzip(request):
        body = file.compressed
        headers["Content-Encoding"] = "gzip"
    return web.Response(body=body, headers=headers | {"Content-Type": file.content_type})
