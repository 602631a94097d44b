"""A mailbox as the connector needs it: sign in, open a folder, list, fetch, wait, mark. Every call is bounded.

All methods raise ConnectionTrouble when the server is slow, gone or refuses; after that the mailbox is closed.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import ssl
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeVar

from aioimaplib import aioimaplib as library

from connectors.email.imap import Connection, encode_name, quoted, ranges
from connectors.email.model import EmailSettings
from connectors.email.tls import explain
from hub.sdk import ConfigurationError, ConnectionTrouble, CredentialsRefused

TIMEOUT = 30.0  # seconds: Dovecot delays a failed sign-in by up to 17
MAX_WHOLE = 64 * 1024 * 1024  # bytes of one mail that are fetched at most

T = TypeVar("T")
TokenSource = Callable[[bool], Awaitable[str]]  # called with True to get a fresh one

_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_ARRIVED = re.compile(rb'INTERNALDATE "([^"]{1,40})"')
_STATUS = re.compile(rb"\[(UIDVALIDITY|UIDNEXT) (\d+)\]")
_EXISTS = re.compile(rb"^(\d+) EXISTS", re.IGNORECASE)
_LIST = re.compile(rb'^\(([^)]*)\) (?:"[^"]*"|NIL) (.+)$')
_TRY_LATER = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]", "[OVERQUOTA]")


@dataclass(frozen=True, slots=True)
class Folder:
    name: str
    validity: int
    next_uid: int
    exists: int


@dataclass(frozen=True, slots=True)
class Fetched:
    uid: int
    arrived_at: datetime
    content: bytes


class Mailbox:
    """Made by `open_mailbox`."""

    def __init__(self, settings: EmailSettings, context: ssl.SSLContext) -> None:
        self._settings = settings
        self._lost = asyncio.get_running_loop().create_future()
        self._connection = Connection(settings.imap_host, settings.imap_port, context, self._on_lost, TIMEOUT)

    def _on_lost(self, error: Exception | None) -> None:
        if not self._lost.done():
            self._lost.set_result(error)

    @property
    def capabilities(self) -> frozenset[str]:
        return frozenset(self._connection.protocol.capabilities)

    @property
    def is_lost(self) -> bool:
        return self._lost.done()

    @property
    def farewell(self) -> str:
        """What the server said before it ended the connection, if it said anything."""
        return self._connection.protocol.farewell

    async def greet(self) -> None:
        host = self._settings.imap_host
        try:
            await self._bounded(self._connection.wait_hello_from_server())
        except (OSError, ssl.SSLError) as error:
            raise ConnectionTrouble(f"The IMAP server {host} cannot be reached: {explain(error)}.") from error

    async def sign_in(self, token: TokenSource) -> None:
        """Raises CredentialsRefused as well."""
        settings = self._settings
        if settings.auth == "password":
            answer = await self._bounded(self._connection.login(quoted(settings.username), settings.imap_password))
        else:
            access = await token(False)
            answer = await self._bounded(self._connection.protocol.sign_in_with_token(settings.username, access))
        if answer.result == "OK":
            await self._bounded(self._connection.protocol.capability())
            return
        said = settings.redact(_text(answer.lines[-1:]))
        if any(code in said.upper() for code in _TRY_LATER):
            raise ConnectionTrouble(f"The IMAP server does not let us in for now: {said}")
        what = "user name or password" if settings.auth == "password" else "access token"
        raise CredentialsRefused(f"The IMAP server refused the {what}: {said}")

    async def open(self, name: str, *, encoded: bool = False, write: bool = False) -> Folder:
        """Raises ConfigurationError for a folder that does not exist."""
        wire_name = quoted(name if encoded else encode_name(name))
        protocol = self._connection.protocol
        answer = await self._bounded(protocol.select(wire_name) if write else protocol.examine(wire_name))
        if answer.result != "OK":
            raise ConfigurationError(
                f"The mailbox has no folder “{name}” that can be opened: {_text(answer.lines[-1:])}"
            )
        numbers = {key: int(value) for line in answer.lines for key, value in _STATUS.findall(bytes(line))}
        exists = next((int(found[1]) for line in answer.lines if (found := _EXISTS.match(bytes(line)))), 0)
        if b"UIDVALIDITY" not in numbers:
            raise ConnectionTrouble("The IMAP server does not number its messages (no UIDVALIDITY).")
        return Folder(name, numbers[b"UIDVALIDITY"], numbers.get(b"UIDNEXT", 0), exists)

    async def search(self, first: int = 1, since: date | None = None) -> list[int]:
        """The UIDs from `first` on, and arrived on or after that day."""
        criteria = ["UID", f"{first}:*"]
        if since is not None:
            criteria += ["SINCE", f"{since.day}-{library.Months[since.month]}-{since.year}"]
        # n:* always holds the last message, however old it is
        return sorted(uid for uid in await self._search(criteria) if uid >= first)

    async def still_there(self, uids: list[int]) -> list[int]:
        return [uid for uid in await self._search(["UID", ranges(uids)]) if uid in set(uids)]

    async def has_message_id(self, message_id: str) -> bool:
        return bool(await self._search(["HEADER", "Message-ID", quoted(f"<{message_id}>")]))

    async def _search(self, criteria: Sequence[str]) -> list[int]:
        answer = await self._ok(self._connection.uid_search(*criteria, charset=None), "search")
        return [int(word) for line in answer.lines[:-1] for word in bytes(line).split() if word.isdigit()]

    async def sizes(self, uids: list[int]) -> dict[int, int]:
        answer = await self._ok(self._connection.uid("FETCH", ranges(uids), "(UID RFC822.SIZE)"), "list sizes")
        found: dict[int, int] = {}
        for line in answer.lines:
            uid, size = _UID.search(bytes(line)), _SIZE.search(bytes(line))
            if uid and size:
                found[int(uid[1])] = int(size[1])
        return found

    async def fetch(self, uids: list[int], *, whole: bool = True) -> list[Fetched]:
        """The mails that still exist, without marking them as read; the first MAX_WHOLE bytes when not `whole`.

        Raises LookupError when the server refuses to hand them over, though the connection is fine.
        """
        body = "BODY.PEEK[]" if whole else f"BODY.PEEK[]<0.{MAX_WHOLE}>"
        # Bounded by silence alone: a large mail over a slow line takes its time.
        fetching = self._connection.uid("FETCH", ranges(uids), f"(UID INTERNALDATE {body})")
        answer = await self._bounded(fetching, None)
        if answer.result != "OK":
            raise LookupError(_text(answer.lines[-1:]))
        found = {one.uid: one for one in _literals(answer.lines)}
        return [found[uid] for uid in uids if uid in found]

    async def wait(self, seconds: float) -> None:
        """Returns when something may have arrived, at the latest after that time."""
        if "IDLE" not in self.capabilities:
            await self._pause(min(seconds, 30.0))
            await self._ok(self._connection.noop(), "keep alive")
            return
        protocol = self._connection.protocol
        while not protocol.idle_queue.empty():
            protocol.idle_queue.get_nowait()
        idle = asyncio.ensure_future(protocol.idle())
        try:
            await self._idle_until(idle, asyncio.get_running_loop().time() + seconds)
            if not idle.done():
                protocol.idle_done()
            await self._bounded(idle)
        finally:
            idle.cancel()
            with contextlib.suppress(asyncio.CancelledError, library.AioImapException):
                await idle
        await self._ok(self._connection.noop(), "keep alive")

    async def _idle_until(self, idle: asyncio.Future[object], deadline: float) -> None:
        loop = asyncio.get_running_loop()
        queue = self._connection.protocol.idle_queue
        while not idle.done() and (left := deadline - loop.time()) > 0:
            push = asyncio.ensure_future(queue.get())
            try:
                await asyncio.wait({push, idle, self._lost}, timeout=left, return_when=asyncio.FIRST_COMPLETED)
                self._check_alive()
                if push.done() and any(_EXISTS.match(bytes(line)) for line in push.result()):
                    return
            finally:
                push.cancel()

    async def mark_seen(self, uids: list[int]) -> None:
        await self._ok(self._connection.uid("STORE", ranges(uids), "+FLAGS.SILENT", r"(\Seen)"), "mark as read")

    async def move(self, uids: list[int], folder: str) -> None:
        """Raises ConfigurationError when the server cannot move, or not there."""
        if "MOVE" not in self.capabilities:
            raise ConfigurationError("This IMAP server cannot move mail. Choose to leave mail where it is.")
        protocol = self._connection.protocol
        answer = await self._bounded(protocol.move(ranges(uids), quoted(encode_name(folder)), by_uid=True))
        if answer.result != "OK":
            raise ConfigurationError(f"Mail cannot be moved to the folder “{folder}”: {_text(answer.lines[-1:])}")

    async def sent_folder(self) -> str | None:
        """The name, as on the wire, of the folder where mail programs keep what they sent."""
        answer = await self._ok(self._connection.list('""', '"*"'), "list folders")
        names: list[str] = []
        for line in answer.lines:
            found = _LIST.match(bytes(line))
            if found is None:
                continue
            name = found[2].decode("ascii", "replace").strip()
            name = name[1:-1].replace(r"\"", '"').replace(r"\\", "\\") if name.startswith('"') else name
            if b"\\sent" in found[1].lower():
                return name
            names.append(name)
        usual = {"sent", "sent items", "sent messages", "sent mail", "gesendet", "gesendete elemente", "envoyés"}
        return next((name for name in names if re.split(r"[./]", name)[-1].lower() in usual), None)

    async def close(self) -> None:
        """Signs out where that is still possible, within 2 s."""
        protocol = self._connection.protocol
        if not self._lost.done() and protocol.state in (library.AUTH, library.SELECTED):
            with contextlib.suppress(ConnectionTrouble):
                if not protocol.pending_sync_command and not protocol.pending_async_commands:
                    await self._bounded(protocol.logout(), 2.0)
        self.abort()

    def abort(self) -> None:
        self._connection._client_task.cancel()
        if self._connection.protocol.transport is not None:
            self._connection.protocol.transport.abort()

    async def _ok(self, call: Awaitable[library.Response], doing: str) -> library.Response:
        answer = await self._bounded(call)
        if answer.result != "OK":
            self.abort()
            raise ConnectionTrouble(f"The IMAP server would not {doing}: {_text(answer.lines[-1:])}")
        return answer

    async def _bounded(self, call: Awaitable[T], seconds: float | None = TIMEOUT + 1) -> T:
        """The answer, or the trouble: in time, and at once when the connection is lost."""
        task = asyncio.ensure_future(call)
        try:
            await asyncio.wait({task, self._lost}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                return task.result()
            self._check_alive()
            raise TimeoutError
        except (TimeoutError, library.CommandTimeout):
            self.abort()
            raise ConnectionTrouble(
                f"The IMAP server {self._settings.imap_host} did not answer for {TIMEOUT:.0f} seconds."
            ) from None
        except library.AioImapException as error:
            self._check_alive()
            self.abort()
            raise ConnectionTrouble(f"The IMAP server misbehaves: {self._settings.redact(str(error))}") from None
        finally:
            if not task.done():
                task.cancel()
                await asyncio.wait({task}, timeout=1.0)
                if task.done() and not task.cancelled():
                    task.exception()  # it was looked at

    async def _pause(self, seconds: float) -> None:
        await asyncio.wait({self._lost}, timeout=seconds)
        self._check_alive()

    def _check_alive(self) -> None:
        if self._lost.done():
            because = f": {self._settings.redact(self.farewell)}" if self.farewell else "."
            raise ConnectionTrouble(f"The IMAP server {self._settings.imap_host} closed the connection{because}")


async def open_mailbox(settings: EmailSettings, context: ssl.SSLContext, token: TokenSource) -> Mailbox:
    """Connected and signed in; a refused access token is renewed once."""

    async def attempt(source: TokenSource) -> Mailbox:
        mailbox = Mailbox(settings, context)
        try:
            await mailbox.greet()
            await mailbox.sign_in(source)
        except BaseException:
            mailbox.abort()
            raise
        return mailbox

    try:
        return await attempt(token)
    except CredentialsRefused:
        if settings.auth != "oauth":
            raise
        return await attempt(lambda _: token(True))


def _literals(lines: Sequence[bytes | bytearray]) -> Iterator[Fetched]:
    """The mails of a FETCH answer. Their bytes are the literals, and only those; the rest of each answer, which may
    stand before or after them, holds the UID."""
    content: bytes | None = None
    around = b""
    for line in (*lines, b"* 0 FETCH ("):
        if isinstance(line, bytearray):
            content = bytes(line)
        elif b" FETCH (" in line:
            uid = _UID.search(around)
            if content is not None and uid is not None:
                yield Fetched(int(uid[1]), _arrival(around), content)
            content, around = None, line
        else:
            around += b" " + line


def _arrival(head: bytes) -> datetime:
    found = _ARRIVED.search(head)
    with contextlib.suppress(ValueError):
        if found:
            return datetime.strptime(found[1].decode().strip(), "%d-%b-%Y %H:%M:%S %z").astimezone(UTC)
    return datetime.now(UTC)


def _text(lines: Sequence[bytes | bytearray]) -> str:
    return b" ".join(bytes(line) for line in lines).decode("utf-8", "replace").strip()[:500]
