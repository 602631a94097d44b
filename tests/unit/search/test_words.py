"""Words are folded and cut the same way everywhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.search.words import fold, places, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Größe NAÏVE", ["grosse", "naive"]),
        ("Ærø Łódź Đorđe", ["aero", "lodz", "dorde"]),
        ("don't INV-2024/77 a_b", ["don", "t", "inv", "2024", "77", "a", "b"]),
        ("maria.silva@x.org", ["maria", "silva", "x", "org"]),
        ("東京タワー", ["東", "京", "タ", "ワ", "ー"]),
        ("がっこう", ["が", "っ", "こ", "う"]),
        ("서울역 한국어", ["서울역", "한국어"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("مُحَمَّد أحمد", ["محمد", "احمد"]),
        ("Ｆｕｌｌ Ⅳ", ["full", "iv"]),
        ("", []),
    ],
)
def test_case_accents_and_width_do_not_count(text: str, found: list[str]) -> None:
    assert words(text) == found


@given(st.text())
def test_a_place_holds_its_word(text: str) -> None:
    there = list(places(text))
    assert [one.text for one in there] == words(text)
    for one in there:
        assert one.text in "".join(words(text[one.start : one.end]))


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert words(fold(text)) == words(text)
