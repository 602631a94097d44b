from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.failpoints import FailpointError, activate, failpoint, parse

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(autouse=True)
def _inert_afterwards() -> Iterator[None]:
    yield
    activate("")


async def test_nothing_happens_unless_asked_for() -> None:
    await failpoint("anywhere")


async def test_only_the_named_point_fails() -> None:
    activate("here:raise")
    await failpoint("elsewhere")
    with pytest.raises(FailpointError, match="here"):
        await failpoint("here")


async def test_a_point_told_to_sleep_holds_up_only_its_own_task() -> None:
    activate("here:sleep")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(failpoint("here"), 0.01)


def test_a_point_told_to_kill_ends_the_process_as_kill_9_does() -> None:
    program = "import asyncio; from hub.failpoints import failpoint; asyncio.run(failpoint('here'))"
    done = subprocess.run(
        [sys.executable, "-c", program], env={"HUB_FAILPOINT": "here:kill", "PYTHONPATH": str(ROOT)}, check=False
    )
    assert done.returncode == -signal.SIGKILL


@pytest.mark.parametrize("text", ["here", "here:", ":kill", "here:die"])
def test_a_misspelt_failpoint_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="HUB_FAILPOINT"):
        parse(text)
