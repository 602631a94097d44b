"""`hub connector new`: what it writes passes the conformance suite, the types and the style as it is."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from hub.cli import main

ROOT = Path(__file__).parent.parent.parent
KIND = "pigeon_post"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("scaffold") / "new"
    assert main(["connector", "new", KIND, "--folder", str(folder)]) == 0
    return folder


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("PYTEST_ADDOPTS", None)
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
        env=environment,
    )


def test_a_new_connector_passes_its_own_tests_at_once(package: Path) -> None:
    done = run(package, "pytest", "-q", "-p", "no:cacheprovider")
    assert done.returncode == 0, done.stdout + done.stderr
    found = re.search(r"(\d+) passed", done.stdout)
    assert found is not None
    assert int(found[1]) > 40
    assert "skipped" not in done.stdout


@pytest.mark.parametrize("command", [("mypy",), ("ruff", "check", "."), ("ruff", "format", "--check", ".")])
def test_a_new_connector_is_typed_and_tidy(package: Path, command: tuple[str, ...], tmp_path: Path) -> None:
    caches = ("--cache-dir", str(tmp_path))
    done = run(package, *command, *caches)
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_has_every_file_that_the_guide_names_and_its_entry_point(package: Path) -> None:
    guide = (ROOT / "connectors/README.md").read_text("utf-8").partition("## The folder")[2].partition("## ")[0]
    named = re.findall(r"^\| `([\w.]+)` \|", guide, re.MULTILINE)
    assert len(named) > 5
    written = {path.name for path in package.rglob("*")}
    assert set(named) <= written
    project = tomllib.loads((package / "pyproject.toml").read_text())["project"]
    assert project["entry-points"]["allways.connectors"] == {KIND: f"allways_{KIND}:CONNECTOR"}
    assert not [path for path in package.rglob("*") if path.is_file() and "@kind@" in path.read_text().lower()]


@pytest.mark.parametrize("kind", ["Sms", "1st", "a-b", "../up", "class", "x" * 41, "email", "", "a__b"])
def test_a_name_that_cannot_be_is_refused_and_nothing_is_written(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "new"
    assert main(["connector", "new", kind, "--folder", str(folder)]) == 1
    assert capsys.readouterr().err.startswith("hub: ")
    assert not folder.exists()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert main(["connector", "new", KIND, "--folder", str(tmp_path)]) == 1
    assert "--folder" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
