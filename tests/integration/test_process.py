"""Starting and stopping: signals, work that will not end, a database that is lost."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from hub.db.cluster import pgdata
from tests.processes import python_for

PROGRAM = Path(__file__).with_name("process_under_test.py")


@asynccontextmanager
async def process(body: str, folder: Path, **environment: str) -> AsyncIterator[asyncio.subprocess.Process]:
    python, inherited = await asyncio.to_thread(python_for, "ourselves")
    started = await asyncio.create_subprocess_exec(
        *(python, str(PROGRAM), body, str(folder)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=inherited | environment,
    )
    try:
        yield started
    finally:
        if started.returncode is None:
            os.kill(started.pid, signal.SIGKILL)
            await started.wait()


async def working(started: asyncio.subprocess.Process) -> None:
    assert started.stdout is not None
    async with asyncio.timeout(60):
        while (line := await started.stdout.readline()) != b"working\n":
            assert line, await rest(started.stderr)


async def rest(stream: asyncio.StreamReader | None) -> str:
    assert stream is not None
    return (await stream.read()).decode()


async def ended(started: asyncio.subprocess.Process) -> tuple[int, str, str]:
    async with asyncio.timeout(60):
        out, err = await started.communicate()
    assert started.returncode is not None
    return started.returncode, out.decode(), err.decode()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
async def test_a_signal_ends_the_work_first_and_the_database_after_it(tmp_path: Path, number: signal.Signals) -> None:
    async with process("works", tmp_path) as started:
        await working(started)
        started.send_signal(number)
        code, out, err = await ended(started)
    assert code == 0, err
    assert "finished" in out
    assert not (pgdata(tmp_path) / "postmaster.pid").exists()


async def test_ctrl_c_in_a_terminal_reaches_the_hub_and_not_its_database(tmp_path: Path) -> None:
    async with process("works", tmp_path) as started:
        await working(started)
        server = int((pgdata(tmp_path) / "postmaster.pid").read_text().split("\n", 1)[0])
        assert os.getsid(server) != os.getsid(started.pid)


@pytest.mark.parametrize("body", ["clings", "blocks"])
async def test_work_that_will_not_end_is_cut_off_with_a_word_and_no_server_left(tmp_path: Path, body: str) -> None:
    async with process(body, tmp_path) as started:
        await working(started)
        started.send_signal(signal.SIGTERM)
        code, _, err = await ended(started)
    assert code == 1
    assert "cut off" in err
    assert not (pgdata(tmp_path) / "postmaster.pid").exists()


async def test_a_signal_during_the_start_ends_it(tmp_path: Path) -> None:
    async with process("works", tmp_path) as started:
        async with asyncio.timeout(60):
            while not list(tmp_path.glob("postgres*/PG_VERSION")):
                await asyncio.sleep(0.01)
        started.send_signal(signal.SIGTERM)
        code, _, err = await ended(started)
    assert code == 0, err
    async with process("works", tmp_path) as again:
        await working(again)


async def test_the_code_of_a_hub_that_ends_by_itself_is_kept(tmp_path: Path) -> None:
    async with process("ends", tmp_path) as started:
        assert (await ended(started))[0] == 3


async def test_a_failure_is_shown_and_the_database_is_stopped(tmp_path: Path) -> None:
    async with process("fails", tmp_path) as started:
        code, _, err = await ended(started)
    assert code == 1
    assert "RuntimeError: broken" in err
    assert not (pgdata(tmp_path) / "postmaster.pid").exists()


async def test_with_a_database_of_the_operators_nothing_is_embedded(tmp_path: Path, database_url: str) -> None:
    async with process("works", tmp_path, HUB_DATABASE_URL=database_url) as started:
        await working(started)
        assert not pgdata(tmp_path).exists()
        started.send_signal(signal.SIGINT)
        assert (await ended(started))[0] == 0


async def test_a_wrong_database_address_says_what_to_do_without_the_password(tmp_path: Path, database_url: str) -> None:
    url = database_url.replace("/test_", "/no_such_").replace("@/", ":hunter2@/")
    async with process("works", tmp_path, HUB_DATABASE_URL=url) as started:
        code, _, err = await ended(started)
    assert code != 0
    assert "Correct user, password or name" in err
    assert "hunter2" not in err
