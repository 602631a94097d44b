"""aioimaplib, wrapped so that large answers, lost connections and refused sign-ins cannot hang or break it.

What the library does by itself: it recurses once per line (a RecursionError at a thousand), leaves commands waiting
when the connection is lost, waits for ever after a refused XOAUTH2, and formats every byte received for its debug log.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from base64 import b64encode
from collections.abc import Callable

from aioimaplib import aioimaplib as library

CRLF = b"\r\n"
MAX_LINE = 32 * 1024 * 1024  # bytes of one line: a SEARCH of some million messages

_LITERAL = re.compile(rb"\{(\d{1,12})\}$")
_FETCH = re.compile(rb"\d+ FETCH \(")


class FetchCommand(library.FetchCommand):  # type: ignore[misc]  # the library has no types
    """Knows in constant time whether the answer for the current message goes on."""

    _open = 0

    def append_to_resp(self, line: bytes | bytearray, result: str = "Pending") -> None:
        if isinstance(line, bytes):  # a bytearray is a literal: the mail itself
            if _FETCH.match(line):
                self._open = 0
            self._open += line.count(b"(") - line.count(b")")
        super().append_to_resp(line, result)

    def wait_data(self) -> bool:
        return self._open > 0


class Protocol(library.IMAP4ClientProtocol):  # type: ignore[misc]
    """One connection. `farewell` is what the server said, or did wrong, before it ended."""

    incomplete_line: bytes
    current_command: library.Command | None

    def __init__(self, loop: asyncio.AbstractEventLoop, conn_lost_cb: Callable[[Exception | None], None]) -> None:
        super().__init__(loop, conn_lost_cb)
        self.farewell = ""

    def data_received(self, data: bytes) -> None:
        try:
            self._handle_responses(self.incomplete_line + data, self._handle_line, self.current_command)
            self.incomplete_line = b""
            self.current_command = None
        except library.IncompleteRead as incomplete:
            self.current_command = incomplete.cmd
            self.incomplete_line = incomplete.data
            if len(self.incomplete_line) > MAX_LINE:
                self._give_up("it sent an endless line")
        except (library.AioImapException, ValueError, IndexError, KeyError) as error:
            self._give_up(f"it sent what nobody had asked for ({error})")

    def connection_lost(self, exc: Exception | None) -> None:
        # The library leaves these waiting; one of them may hold the lock that the end of others needs.
        for command in (self.pending_sync_command, *self.pending_async_commands.values()):
            if command is not None:
                command._exception = library.Abort("the connection was lost")
                command._timer.cancel()
                command._event.set()
        super().connection_lost(exc)

    def _handle_responses(
        self,
        data: bytes,
        line_handler: Callable[[bytes, library.Command | None], library.Command | None],
        current_cmd: library.Command | None = None,
    ) -> None:
        position = 0
        while position < len(data):
            if current_cmd is not None and current_cmd.wait_literal_data():
                missing = current_cmd._expected_size - len(current_cmd._resp_literal_data)
                current_cmd.append_literal_data(data[position : position + missing])
                position += missing
                if current_cmd.wait_literal_data():
                    raise library.IncompleteRead(current_cmd)
                continue
            end = data.find(CRLF, position)
            if end < 0:
                raise library.IncompleteRead(current_cmd, data[position:])
            line = data[position:end]
            position = end + 2
            command = line_handler(line, current_cmd)
            literal = _LITERAL.search(line)
            if literal:
                current_cmd = command if command is not None else library.Command("NIL", "unused")
                current_cmd.begin_literal_data(int(literal[1]))
            else:
                current_cmd = command if command is not None and command.wait_data() else None
        if self.pending_sync_command is not None:
            self.pending_sync_command.flush()
        if current_cmd is not None and current_cmd.wait_data():
            raise library.IncompleteRead(current_cmd)

    def _handle_line(self, line: bytes, current_cmd: library.Command | None) -> library.Command | None:
        if line.startswith(b"* BYE"):
            self.farewell = line[6:].decode("ascii", "replace")
        return super()._handle_line(line, current_cmd)

    def _continuation(self, line: bytes) -> None:
        if self.pending_sync_command is not None and self.pending_sync_command.name == "AUTHENTICATE":
            self.transport.write(CRLF)  # the server explains a refusal, and then waits for this
            return
        super()._continuation(line)

    async def welcome(self, command: bytes) -> None:
        if b"OK" not in command and b"PREAUTH" not in command:
            self._give_up(command[2:].decode("ascii", "replace"))
            return
        try:
            await super().welcome(command)
        except (library.AioImapException, IndexError) as error:
            if not self.transport.is_closing():
                self._give_up(f"it does not speak IMAP as it should ({error})")

    async def fetch(
        self,
        message_set: str,
        message_parts: str,
        by_uid: bool = False,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> library.Response:
        command = FetchCommand(
            self.new_tag(), message_set, message_parts, prefix="UID" if by_uid else "", loop=self.loop, timeout=timeout
        )
        return await self.execute(command)

    async def sign_in_with_token(self, username: str, token: str) -> library.Response:
        """XOAUTH2, also for user names beyond ASCII."""
        proof = b64encode(f"user={username}\1auth=Bearer {token}\1\1".encode()).decode()
        response = await self.execute(library.Command("AUTHENTICATE", self.new_tag(), "XOAUTH2", proof, loop=self.loop))
        if response.result == "OK":
            self.state = library.AUTH
        return response

    async def examine(self, mailbox: str) -> library.Response:
        """SELECT, read-only."""
        response = await self.simple_command("EXAMINE", mailbox)
        if response.result == "OK":
            self.state = library.SELECTED
        return response

    def send(self, line: str, scrub: str | None = None) -> None:
        self.transport.write(f"{line}\r\n".encode())

    def _give_up(self, why: str) -> None:
        self.farewell = why
        self.transport.abort()


class Connection(library.IMAP4):  # type: ignore[misc]
    """An IMAP4 over TLS with the protocol above."""

    protocol: Protocol

    def __init__(
        self,
        host: str,
        port: int,
        context: ssl.SSLContext,
        lost: Callable[[Exception | None], None],
        timeout: float,
    ) -> None:
        super().__init__(host, port, timeout=timeout, conn_lost_cb=lost, ssl_context=context)

    def create_client(
        self,
        host: str,
        port: int,
        loop: asyncio.AbstractEventLoop | None,
        conn_lost_cb: Callable[[Exception | None], None],
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        running = asyncio.get_running_loop()
        self.protocol = Protocol(running, conn_lost_cb)
        self._client_task = running.create_task(
            running.create_connection(lambda: self.protocol, host, port, ssl=ssl_context, server_hostname=host)
        )


def quoted(text: str) -> str:
    return str(library.quoted(text))


def encode_name(name: str) -> str:
    """A folder name as IMAP writes it (modified UTF-7, RFC 3501 section 5.1.3)."""
    pieces = re.split(r"([^\x20-\x7e]+)", name)
    encoded = []
    for index, piece in enumerate(pieces):
        if index % 2:
            digits = b64encode(piece.encode("utf-16-be")).decode().rstrip("=").replace("/", ",")
            encoded.append(f"&{digits}-")
        else:
            encoded.append(piece.replace("&", "&-"))
    return "".join(encoded)


def ranges(numbers: list[int]) -> str:
    """[1, 2, 3, 7] → "1:3,7" """
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ",".join(str(first) if first == last else f"{first}:{last}" for first, last in found)
