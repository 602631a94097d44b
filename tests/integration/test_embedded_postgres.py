"""The hub's own PostgreSQL, killed in every way that a real one is."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import asyncpg
import pytest

from hub.db.binaries import EmbeddedPostgresError, find_owner
from hub.db.cluster import pgdata, socket_folder
from hub.db.embedded import EmbeddedPostgres, embedded_postgres, running_url
from hub.folder import FolderInUseError
from tests.integration.embedded_writer import LOST
from tests.processes import USERS, as_user, folder_of, python_for


class Writer:
    """The process of `embedded_writer.py` and what it has said."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.rows_found = -1
        self.committed = 0

    async def commits(self, count: int) -> None:
        """Wait until `count` more rows are acknowledged."""
        assert self.process.stdout is not None
        target = self.committed + count
        async with asyncio.timeout(60):
            while self.committed < target:
                line = await self.process.stdout.readline()
                assert line, "the writer ended: " + await self.complaint()
                word, value = line.decode().split(maxsplit=1)
                if word == "rows":
                    self.rows_found = int(value)
                elif word == "committed":
                    self.committed += 1

    async def complaint(self) -> str:
        assert self.process.stderr is not None
        return (await self.process.stderr.read()).decode()

    async def drain(self) -> None:
        """Count what it had said before it died."""
        assert self.process.stdout is not None
        async with asyncio.timeout(60):
            while line := await self.process.stdout.readline():
                self.committed += line.startswith(b"committed") and line.endswith(b"\n")


@asynccontextmanager
async def writer(user: str, folder: Path) -> AsyncIterator[Writer]:
    python, environment = await asyncio.to_thread(python_for, user)
    process = await asyncio.create_subprocess_exec(
        *(python, "-m", "tests.integration.embedded_writer", str(folder)),
        **as_user(user),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=environment,
        cwd="/",
    )
    try:
        yield Writer(process)
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)
        await process.wait()
        await gone(folder)


@pytest.fixture(params=USERS)
def user(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def folder(user: str) -> Iterator[Path]:
    with folder_of(user) as made:
        yield made


def postmaster(folder: Path) -> int:
    """The number of the server's process. Raises FileNotFoundError when there is no note of it, or none yet."""
    number = (pgdata(folder) / "postmaster.pid").read_text().split("\n", 1)[0]
    if not number:
        raise FileNotFoundError("the note is only being written")
    return int(number)


async def gone(folder: Path) -> None:
    """Wait until no server works in the folder: nothing may outlive its hub."""
    with suppress(FileNotFoundError):  # it takes its note away
        async with asyncio.timeout(60):
            while Path(f"/proc/{postmaster(folder)}").exists():
                await asyncio.sleep(0.02)


@pytest.mark.parametrize("victims", ["hub", "server", "both"])
async def test_no_committed_row_is_lost_when_it_is_killed(user: str, folder: Path, victims: str) -> None:
    async with writer(user, folder) as first:
        await first.commits(30)
        if victims in ("server", "both"):
            os.kill(postmaster(folder), signal.SIGKILL)
        if victims in ("hub", "both"):
            first.process.kill()
        else:
            await first.commits(30)  # it goes on by itself
            first.process.kill()
        await first.drain()
    async with writer(user, folder) as second:
        await second.commits(1)
        assert second.rows_found >= first.committed


async def test_a_stopped_hub_leaves_no_server_and_starts_again_with_everything(user: str, folder: Path) -> None:
    async with writer(user, folder) as first:
        await first.commits(5)
        first.process.send_signal(signal.SIGINT)
        await first.drain()
        await first.process.wait()
        assert not (pgdata(folder) / "postmaster.pid").exists()
    async with writer(user, folder) as second:
        await second.commits(1)
        assert second.rows_found >= first.committed


async def test_the_server_of_a_killed_hub_ends_with_it(user: str, folder: Path) -> None:
    async with writer(user, folder) as first:
        await first.commits(1)
        server = postmaster(folder)
        first.process.kill()
        await first.process.wait()
        async with asyncio.timeout(60):
            while Path(f"/proc/{server}").exists():
                await asyncio.sleep(0.02)


async def test_a_second_hub_on_the_same_folder_is_refused_and_told_what_to_do(tmp_path: Path) -> None:
    async with embedded_postgres(tmp_path, durable=False) as server:
        with pytest.raises(FolderInUseError, match=rf"process {os.getpid()}.*{tmp_path}.*--data"):
            await EmbeddedPostgres(tmp_path).start()
        assert running_url(tmp_path) == server.url
        await _select_one(server.url)
    assert running_url(tmp_path) is None


async def test_a_note_that_names_another_program_does_not_stop_the_start(tmp_path: Path) -> None:
    async with embedded_postgres(tmp_path, durable=False):
        note = (pgdata(tmp_path) / "postmaster.pid").read_text()
    stale = pgdata(tmp_path) / "postmaster.pid"
    stale.write_text(note.replace(note.split("\n", 1)[0], str(os.getpid()), 1))  # our number, as after a reboot
    os.chown(stale, pgdata(tmp_path).stat().st_uid, -1)
    async with embedded_postgres(tmp_path, durable=False) as server:
        await _select_one(server.url)


async def test_a_data_folder_with_a_long_path_works(tmp_path: Path) -> None:
    folder = tmp_path / ("long-" * 20)
    async with embedded_postgres(folder, durable=False) as server:
        await _select_one(server.url)
        assert running_url(folder) == server.url
    assert not list(socket_folder(folder, None if os.geteuid() else find_owner()).glob(".s.*"))


async def test_a_server_that_keeps_dying_is_given_up_with_its_last_words(tmp_path: Path) -> None:
    async with embedded_postgres(tmp_path, durable=False) as server:
        lost = asyncio.create_task(server.lost())
        for _ in range(5):
            async with asyncio.timeout(60):
                while not await _answers(server.url):
                    await asyncio.sleep(0.02)
            os.kill(postmaster(tmp_path), signal.SIGKILL)
            await asyncio.sleep(0.1)
        failure = await asyncio.wait_for(lost, 60)
        assert "5 times" in str(failure)


async def test_a_half_made_database_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "postgres.new-crashed" / "base").mkdir(parents=True)
    async with embedded_postgres(tmp_path, durable=False) as server:
        await _select_one(server.url)
    assert not list(tmp_path.glob("postgres.new-*"))


async def test_a_database_of_another_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("12\n")
    with pytest.raises(EmbeddedPostgresError, match="made by PostgreSQL 12"):
        await EmbeddedPostgres(tmp_path).start()
    assert (tmp_path / "postgres" / "PG_VERSION").read_text() == "12\n"


async def test_every_durability_setting_is_on_by_default(tmp_path: Path) -> None:
    async with embedded_postgres(tmp_path) as server:
        connection = await asyncpg.connect(server.url)
        names = ("fsync", "full_page_writes", "synchronous_commit", "data_checksums")
        shown = {name: await connection.fetchval(f"show {name}") for name in names}
        listening = await connection.fetchval("show listen_addresses")
        await connection.close()
    assert shown == dict.fromkeys(names, "on")
    assert listening == ""


async def _select_one(url: str) -> None:
    connection = await asyncpg.connect(url)
    assert await connection.fetchval("select 1") == 1
    await connection.close()


async def _answers(url: str) -> bool:
    try:
        await _select_one(url)
    except LOST:
        return False
    return True
