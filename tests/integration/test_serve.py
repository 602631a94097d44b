"""The hub as an operator meets it: one command, one link, one page, an orderly end."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.db.cluster import pgdata
from hub.secrets import KEY_FILE
from tests.processes import USERS, folder_of, python_for
from tests.served import hub


@pytest.fixture(params=USERS)
def user(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def folder(user: str) -> Iterator[Path]:
    with folder_of(user) as made:
        yield made / "data"


async def test_the_first_start_shows_a_page_and_a_link_once_and_the_second_finds_everything(
    user: str, folder: Path
) -> None:
    python, environment = await asyncio.to_thread(python_for, user)
    command = [python, "-m", "hub.cli", "serve"]
    async with hub(command, folder, environment=environment, user=user) as first:
        assert first.welcome is not None
        assert "<!doctype html" in str(await first.page("/")).lower()
        key = (folder / KEY_FILE).read_text()
        assert await first.stop(signal.SIGINT) == 0
        token = first.welcome.split("#")[1]
        assert token not in await first.complaint()  # the log
    assert not (pgdata(folder) / "postmaster.pid").exists()
    async with hub(command, folder, environment=environment, user=user) as second:
        assert "<!doctype html" in str(await second.page("/")).lower()
        assert (folder / KEY_FILE).read_text() == key
        assert await second.stop(signal.SIGTERM) == 0


async def test_a_second_hub_on_the_same_data_folder_is_refused(tmp_path: Path) -> None:
    python, environment = await asyncio.to_thread(python_for, "ourselves")
    command = [python, "-m", "hub.cli", "serve"]
    async with (
        hub(command, tmp_path, environment=environment),
        hub(command, tmp_path, environment=environment, wait=False) as second,
    ):
        assert await asyncio.wait_for(second.process.wait(), 60) == 1
        complaint = await second.complaint()
    assert "Another hub" in complaint
    assert str(tmp_path) in complaint
    assert "Traceback" not in complaint


async def test_a_hub_that_was_killed_starts_again(tmp_path: Path) -> None:
    python, environment = await asyncio.to_thread(python_for, "ourselves")
    command = [python, "-m", "hub.cli", "serve"]
    async with hub(command, tmp_path, environment=environment) as first:
        await first.stop(signal.SIGKILL)
    async with hub(command, tmp_path, environment=environment) as second:
        assert await second.stop() == 0


async def test_a_port_in_use_is_refused_with_the_option_that_helps(tmp_path: Path) -> None:
    python, environment = await asyncio.to_thread(python_for, "ourselves")
    taken = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0)
    port = str(taken.sockets[0].getsockname()[1])
    command = [python, "-m", "hub.cli", "serve", "--port", port]
    async with taken, hub(command, tmp_path, environment=environment, wait=False) as refused:
        assert await asyncio.wait_for(refused.process.wait(), 60) == 1
        complaint = await refused.complaint()
    assert "--port" in complaint
    assert "Traceback" not in complaint


async def test_commands_work_beside_a_running_hub(tmp_path: Path) -> None:
    python, environment = await asyncio.to_thread(python_for, "ourselves")
    async with hub([python, "-m", "hub.cli", "serve"], tmp_path, environment=environment):
        for name in ("check", "migrate"):
            beside = await asyncio.create_subprocess_exec(
                *(python, "-m", "hub.cli", name, "--data", str(tmp_path)),
                env=environment,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
            )
            said, complaint = await asyncio.wait_for(beside.communicate(), 60)
            assert beside.returncode == 0, complaint
            assert b"revision" in said


async def test_an_idle_hub_is_small(tmp_path: Path) -> None:
    python, environment = await asyncio.to_thread(python_for, "ourselves")
    async with hub([python, "-m", "hub.cli", "serve"], tmp_path, environment=environment) as running:
        await running.page("/")
        status = Path(f"/proc/{running.process.pid}/status").read_text()
        megabytes = int(status.split("VmRSS:")[1].split()[0]) / 1024
    print(f"idle: {megabytes:.0f} MB")
    assert megabytes <= 110
