from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from hub import __version__
from hub.cli import main

ROOT = Path(__file__).parent.parent.parent


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["version"]) == 0
    assert __version__ in capsys.readouterr().out


def test_the_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    shown = capsys.readouterr().out
    for command in ("serve", "demo", "migrate", "check", "version"):
        assert command in shown


def test_a_wrong_setting_is_a_sentence_and_not_a_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUB_PORT", "many")
    assert main(["check"]) == 1
    shown = capsys.readouterr().err
    assert shown.startswith("hub: ")
    assert "port" in shown
    assert "config/README.md" in shown
    assert len(shown.splitlines()) == 1


def test_the_help_is_quick_because_it_loads_nothing_heavy() -> None:
    program = (
        "import hub.cli, sys; print([n for n in ('pydantic', 'sqlalchemy', 'aiohttp', 'asyncpg') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
