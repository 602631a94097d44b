from __future__ import annotations

import os
from pathlib import Path

import pytest

from hub.folder import FolderInUseError, claim, is_claimed


def test_a_folder_is_made_for_its_owner_only(tmp_path: Path) -> None:
    with claim(tmp_path / "data"):
        assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700


def test_a_claimed_folder_is_refused_to_others_and_the_holder_is_named(tmp_path: Path) -> None:
    with claim(tmp_path):
        assert is_claimed(tmp_path)
        with pytest.raises(FolderInUseError, match=str(os.getpid())), claim(tmp_path):
            pass
    assert not is_claimed(tmp_path)
    with claim(tmp_path):
        pass


def test_a_folder_that_is_not_there_is_not_claimed(tmp_path: Path) -> None:
    assert not is_claimed(tmp_path / "nothing")
    assert list(tmp_path.iterdir()) == []
