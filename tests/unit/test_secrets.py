from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from hub.secrets import KEY_FILE, SecretsError, Vault, open_vault
from hub.settings import Settings

OLD, NEW = b"o" * 32, b"n" * 32
VALUES = {"password": "p\u00e4ss", "token": "t"}


@given(st.dictionaries(st.text(), st.text()), st.text())
def test_what_is_sealed_is_opened_unchanged(values: dict[str, str], context: str) -> None:
    try:
        sealed = Vault([OLD]).seal(values, context=context)
    except UnicodeEncodeError:  # half of a surrogate pair is no text
        return
    assert Vault([OLD]).unseal(sealed, context=context) == values


def test_sealing_twice_looks_different_and_shows_nothing() -> None:
    vault = Vault([OLD])
    first, second = vault.seal(VALUES), vault.seal(VALUES)
    assert first != second
    assert b"password" not in first


@pytest.mark.parametrize("position", [0, 3, 8, 30, -1])
def test_a_changed_byte_is_noticed(position: int) -> None:
    sealed = bytearray(Vault([OLD]).seal(VALUES))
    sealed[position] ^= 1
    with pytest.raises(SecretsError):
        Vault([OLD]).unseal(bytes(sealed))


def test_what_belongs_to_one_channel_does_not_open_for_another() -> None:
    sealed = Vault([OLD]).seal(VALUES, context="channel:1")
    with pytest.raises(SecretsError):
        Vault([OLD]).unseal(sealed, context="channel:2")


def test_a_new_key_seals_while_the_old_one_still_opens() -> None:
    before = Vault([OLD]).seal(VALUES)
    both = Vault([NEW, OLD])
    assert both.unseal(before) == VALUES
    after = both.seal(both.unseal(before))
    assert Vault([NEW]).unseal(after) == VALUES
    with pytest.raises(SecretsError, match="another key"):
        Vault([NEW]).unseal(before)


def test_reply_tokens_outlive_a_new_key_and_purposes_do_not_mix() -> None:
    assert Vault([OLD]).hmac("reply", b"7") == Vault([NEW, OLD]).hmac("reply", b"7")
    assert Vault([OLD]).hmac("reply", b"7") != Vault([OLD]).hmac("session", b"7")
    assert Vault([OLD]).hmac("reply", b"7") != Vault([NEW]).hmac("reply", b"7")


def test_the_first_start_makes_a_key_that_only_its_owner_reads(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    sealed = open_vault(settings).seal(VALUES)
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert open_vault(settings).unseal(sealed) == VALUES
    assert sorted(path.name for path in tmp_path.iterdir()) == [KEY_FILE]


def test_a_key_that_others_may_read_is_refused_with_the_command_that_helps(tmp_path: Path) -> None:
    open_vault(Settings(data_dir=tmp_path))
    (tmp_path / KEY_FILE).chmod(0o644)
    with pytest.raises(SecretsError, match="chmod 600"):
        open_vault(Settings(data_dir=tmp_path))


def test_the_environments_key_leaves_no_file(tmp_path: Path) -> None:
    keys = ",".join(base64.b64encode(key).decode() for key in (NEW, OLD))
    vault = open_vault(Settings(data_dir=tmp_path, secret_key=SecretStr(keys)))
    assert vault.unseal(Vault([OLD]).seal(VALUES)) == VALUES
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("key", ["short", "not base64!", base64.b64encode(bytes(range(31))).decode()])
def test_a_malformed_key_is_refused_and_never_shown(tmp_path: Path, key: str) -> None:
    with pytest.raises(SecretsError, match="openssl rand") as refusal:
        open_vault(Settings(data_dir=tmp_path, secret_key=SecretStr(key)))
    assert key not in str(refusal.value)
