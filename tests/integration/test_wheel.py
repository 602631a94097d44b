"""The built wheel: has every file, installs in a clean environment and runs, as root and as a normal user."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.processes import ROOT, USERS, as_user, folder_of, python_for
from tests.served import hub


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=100,
    )
    return next(folder.glob("*.whl"))


def test_the_wheel_has_every_file_of_the_hub_and_its_connectors(wheel: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "hub", "connectors"], cwd=ROOT, check=True, capture_output=True, text=True, timeout=30
    ).stdout.splitlines()
    packed = set(zipfile.ZipFile(wheel).namelist())
    assert [name for name in listed if (ROOT / name).is_file() and name not in packed] == []
    for ending in (".sql", ".js", ".css", ".html"):
        assert any(name.endswith(ending) for name in packed), ending


def test_the_wheel_holds_its_licence_and_no_tests(wheel: Path) -> None:
    packed = zipfile.ZipFile(wheel).namelist()
    assert any(name.endswith("licenses/LICENSE") for name in packed)
    assert [name for name in packed if not name.startswith(("hub/", "connectors/", "allways-"))] == []


@pytest.mark.parametrize("user", USERS)
async def test_an_installed_wheel_serves_its_page(wheel: Path, user: str) -> None:
    python, inherited = await asyncio.to_thread(python_for, user)
    dependencies = inherited["PYTHONPATH"].split(os.pathsep)[1]
    environment = {name: value for name, value in inherited.items() if name != "PYTHONPATH"}
    with folder_of(user) as folder:
        place = folder / "wheel"

        def install() -> None:
            copy = folder / wheel.name
            copy.write_bytes(wheel.read_bytes())
            copy.chmod(0o644)
            make = [python, "-m", "venv", "--without-pip", str(place)]
            subprocess.run(make, check=True, env=environment, timeout=100, cwd=folder, **as_user(user))
            packages = next(place.glob("lib/python*/site-packages"))
            # The dependencies are those of the tests; the hub itself comes from the wheel alone.
            (packages / "dependencies.pth").write_text(dependencies + "\n")
            pip = [sys.executable, "-m", "pip", "--python", str(place / "bin" / "python"), "install"]
            subprocess.run([*pip, "--no-deps", "--no-index", "--quiet", str(copy)], check=True, timeout=100)

        await asyncio.to_thread(install)
        where = await asyncio.create_subprocess_exec(
            *(str(place / "bin" / "python"), "-c", "import hub, connectors; print(hub.__file__, connectors.__file__)"),
            env=environment,
            cwd="/",
            stdout=asyncio.subprocess.PIPE,
            **as_user(user),
        )
        said, _ = await where.communicate()
        assert said.decode().count(str(place)) == 2
        command = [str(place / "bin" / "hub"), "serve"]
        async with hub(command, folder / "data", environment=environment, user=user) as running:
            assert running.welcome is not None
            assert "<!doctype html" in str(await running.page("/")).lower()
            assert await running.stop() == 0
