from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from hub.settings import Settings, SettingsError, load_settings


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))


def test_nothing_needs_to_be_set(tmp_path: Path) -> None:
    settings = load_settings()
    assert settings.data_dir == tmp_path / "allways"
    assert settings.public_url == "http://127.0.0.1:8080"
    assert settings.attachments_url == f"file:{tmp_path}/allways/attachments"
    assert settings.database_url is None


def test_without_xdg_the_data_folder_is_in_the_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", "/somewhere")
    assert load_settings().data_dir == Path("/somewhere/.local/share/allways")


def test_the_command_line_wins_over_the_environment_and_that_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "allways").mkdir()
    (tmp_path / "allways" / "hub.toml").write_text('port = 1\nhost = "file"\nlog_level = "error"')
    monkeypatch.setenv("HUB_PORT", "2")
    monkeypatch.setenv("HUB_HOST", "environment")
    settings = load_settings(port=3)
    assert (settings.port, settings.host, settings.log_level) == (3, "environment", "error")


def test_the_file_of_the_data_folder_on_the_command_line_is_read(tmp_path: Path) -> None:
    (tmp_path / "hub.toml").write_text("port = 1234")
    assert load_settings(data_dir=tmp_path).port == 1234


def test_a_file_that_is_named_must_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_CONFIG", "/nowhere/hub.toml")
    with pytest.raises(SettingsError, match="/nowhere/hub"):
        load_settings()


@pytest.mark.parametrize("content", ["port = ", "prot = 8080", 'port = "many"'])
def test_a_file_with_a_mistake_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "hub.toml").write_text(content)
    with pytest.raises(SettingsError):
        load_settings(data_dir=tmp_path)


def test_a_misspelt_variable_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_DATABSE_URL", "postgresql://a:secret@b/c")
    with pytest.raises(SettingsError, match="HUB_DATABSE_URL") as refusal:
        load_settings()
    assert "secret" not in str(refusal.value)


def test_no_message_or_representation_shows_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_DATABASE_URL", "mysql://user:hunter2@host/db")
    with pytest.raises(SettingsError, match="postgresql://") as refusal:
        load_settings()
    assert "hunter2" not in str(refusal.value)
    monkeypatch.setenv("HUB_DATABASE_URL", "postgresql://user:hunter2@host/db")
    monkeypatch.setenv("HUB_SECRET_KEY", "hunter3")
    assert "hunter" not in repr(load_settings())


@pytest.mark.parametrize(
    ("name", "value"),
    [("port", 70000), ("public_url", "desk.example.com"), ("attachments_url", "ftp://x"), ("session_hours", 0)],
)
def test_a_value_that_cannot_be_is_refused_by_the_name_of_its_setting(name: str, value: object) -> None:
    with pytest.raises(SettingsError, match=name):
        load_settings(**{name: value})


def test_settings_never_change_after_the_start() -> None:
    settings = Settings()
    with pytest.raises(ValidationError):
        settings.port = 1  # type: ignore[misc]


def test_listening_everywhere_is_shown_as_an_address_that_works() -> None:
    assert load_settings(host="0.0.0.0", port=80).public_url == "http://127.0.0.1:80"
