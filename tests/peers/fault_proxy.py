"""A TCP proxy that misbehaves on purpose, between the code under test and a real server."""

from __future__ import annotations

import asyncio
import contextlib
from types import TracebackType


class FaultProxy:
    """`async with FaultProxy(port) as proxy`: connect to `proxy.port`.

    `freeze()` lets nothing through any more, without closing; `cut()` closes every connection now;
    `cut_after_client(b"…")` lets the server have the bytes up to there, and closes before its answer comes back;
    `mute_after_client(b"…")` keeps that answer back for ever instead.
    """

    def __init__(self, target_port: int) -> None:
        self._target = target_port
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._flowing = asyncio.Event()
        self._flowing.set()
        self._marker: bytes | None = None
        self._mutes = False
        self._muted = False
        self.port = 0
        self.connections = 0
        self.client_bytes = bytearray()

    async def __aenter__(self) -> FaultProxy:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self._server is not None:
            self._server.close()
        self.cut()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def freeze(self) -> None:
        self._flowing.clear()

    def thaw(self) -> None:
        self._flowing.set()

    def cut(self) -> None:
        for writer in list(self._writers):
            writer.transport.abort()

    def cut_after_client(self, marker: bytes) -> None:
        self._marker = marker

    def mute_after_client(self, marker: bytes) -> None:
        self._marker = marker
        self._mutes = True

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        server_reader, server_writer = await asyncio.open_connection("127.0.0.1", self._target)
        self._writers |= {writer, server_writer}
        for coroutine in (
            self._pump(reader, server_writer, from_client=True, other=writer),
            self._pump(server_reader, writer, from_client=False, other=server_writer),
        ):
            task = asyncio.ensure_future(coroutine)
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _pump(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        *,
        from_client: bool,
        other: asyncio.StreamWriter,
    ) -> None:
        recent = b""
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65536):
                await self._flowing.wait()
                if from_client:
                    self.client_bytes += data
                recent = (recent + data)[-100_000:]
                if from_client and self._marker is not None and self._marker in recent:
                    self._marker = None
                    self._muted = self._mutes
                    writer.write(data)
                    await writer.drain()
                    if self._muted:
                        continue
                    other.transport.abort()  # the client never hears the answer
                    await asyncio.sleep(0.5)  # the server has time to take it
                    break
                if from_client or not self._muted:
                    writer.write(data)
                    await writer.drain()
        self._writers.discard(writer)
        writer.close()
