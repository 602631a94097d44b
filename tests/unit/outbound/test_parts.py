"""How one message of an agent becomes as many as the channel needs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.outbound.parts import UploadedFile, divide
from hub.sdk import Limits

PICTURE, PDF = "image/png", "application/pdf"
ONE_EACH = Limits(max_files=1, captioned=frozenset((PICTURE,)))


def shown(words: str, types: list[str], limits: Limits) -> list[tuple[str, list[int]]]:
    files = [UploadedFile(number, 1, kind) for number, kind in enumerate(types)]
    return [(part.text, [one.id for one in part.files]) for part in divide(words, files, limits)]


@pytest.mark.parametrize(
    ("words", "types", "parts"),
    [
        ("Hello", [], [("Hello", [])]),
        ("Look", [PICTURE], [("Look", [0])]),
        ("Look", ["Image/PNG; name=x"], [("Look", [0])]),
        ("", [PDF], [("", [0])]),
        (" ", [PDF], [(" ", [0])]),
        ("The bill", [PDF], [("The bill", []), ("", [0])]),
        ("Look", [PICTURE, PDF, PICTURE], [("Look", [0]), ("", [1]), ("", [2])]),
        ("The bill", [PDF, PICTURE], [("The bill", []), ("", [0]), ("", [1])]),
    ],
)
def test_where_a_message_has_one_file_the_others_follow(
    words: str, types: list[str], parts: list[tuple[str, list[int]]]
) -> None:
    assert shown(words, types, ONE_EACH) == parts


def test_a_channel_without_such_limits_sends_one_message() -> None:
    assert shown("All", [PDF] * 12, Limits()) == [("All", list(range(12)))]
    assert shown("All", [PDF] * 12, Limits(max_files=10)) == [("All", list(range(10))), ("", [10, 11])]


@given(st.text(max_size=5), st.lists(st.sampled_from((PICTURE, PDF)), max_size=8), st.integers(1, 4))
def test_nothing_is_lost_doubled_or_empty(words: str, types: list[str], most: int) -> None:
    parts = shown(words, types, Limits(max_files=most, captioned=frozenset((PICTURE,))))
    assert [one for _, files in parts for one in files] == list(range(len(types)))
    assert "".join(text for text, _ in parts) == words
    assert all(len(files) <= most for _, files in parts)
    assert all(text.strip() or files for text, files in parts) or not (words.strip() or types)
