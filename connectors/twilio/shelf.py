"""Files on their way out: Twilio fetches each from this hub, by an address that only it is told and that expires.

They are kept in memory, for the time of the sending and some minutes more. After a restart they are gone: Twilio then
reports the message as failed (11200, 63019), the agent sees that, and sends it once more.
"""

from __future__ import annotations

import re
import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from connectors.twilio.outgoing import media_type
from hub.sdk import Attachment, Context, HookReply, HookRequest, TransientSend

HOOK: Final = "media"
KEEP_SECONDS: Final = 900.0
CAPACITY: Final = 64 * 1024 * 1024
_PURPOSE: Final = "media"
_TYPE: Final = re.compile(r"[a-z0-9.+-]+/[a-z0-9.+-]+")
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{16}\.[0-9]{10}\.[A-Za-z0-9_-]{43}")
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9._-]+")
_NAME: Final = 20
"""Characters of a name that Twilio shows to the receiver."""


@dataclass(frozen=True, slots=True)
class _Kept:
    name: str
    content_type: str
    content: bytes
    until: float


class Shelf:
    """`now` gives seconds since 1970."""

    def __init__(self, context: Context, now: Callable[[], float] = time.time) -> None:
        self._context = context
        self._now = now
        self._kept: dict[str, _Kept] = {}

    def offer(self, files: Sequence[Attachment]) -> list[str]:
        """The addresses where they can be fetched. Raises TransientSend while too much is on its way already."""
        self._clear()
        size = sum(len(one.content) for one in files) + sum(len(one.content) for one in self._kept.values())
        if size > CAPACITY:
            raise TransientSend("Too many files are on their way; it will be tried again.")
        until = int(self._now() + KEEP_SECONDS)
        return [self._offer(one, until) for one in files]

    async def serve(self, request: HookRequest) -> HookReply:
        """Raises PermissionError for an address that this channel never gave out."""
        token = request.rest.partition("/")[0]
        if not _TOKEN.fullmatch(token):
            raise PermissionError("This address was not given out here.")
        name, until, written = token.split(".")
        mac = urlsafe_b64decode(f"{written}=")
        if not self._context.verify(_PURPOSE, f"{name}.{until}".encode(), mac):
            raise PermissionError("This address was not given out here.")
        self._clear()
        kept = self._kept.get(name)
        if kept is None:
            return HookReply(status=404, body=b"It is no longer here.")
        headers = {
            "Content-Disposition": f'inline; filename="{kept.name}"',
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        }
        return HookReply(body=kept.content, content_type=kept.content_type, headers=headers)

    def _offer(self, file: Attachment, until: int) -> str:
        name = secrets.token_urlsafe(12)
        kind = media_type(file.content_type)
        shown = _short(_UNSAFE.sub("-", file.filename)) or "file"
        kind = kind if _TYPE.fullmatch(kind) else "application/octet-stream"
        self._kept[name] = _Kept(shown, kind, file.content, until)
        mac = urlsafe_b64encode(self._context.sign(_PURPOSE, f"{name}.{until}".encode())).decode().rstrip("=")
        return f"{self._context.public_url}/hooks/{self._context.channel_id}/{HOOK}/{name}.{until}.{mac}/{shown}"

    def _clear(self) -> None:
        now = self._now()
        self._kept = {name: kept for name, kept in self._kept.items() if kept.until > now}


def _short(name: str) -> str:
    """With its ending."""
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > _NAME // 2:
        return name[:_NAME]
    return f"{stem[: _NAME - len(ending) - 1]}.{ending}"
