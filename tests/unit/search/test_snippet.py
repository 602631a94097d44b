"""The place in a text where what was asked for stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.search.query import parse
from hub.search.snippet import LENGTH, Marker


def shown(query: str, text: str) -> str:
    return "".join(f"[{one.text}]" if one.hit else one.text for one in Marker(parse(query).terms).snippet(text))


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("parcel ", "Where is my parcel? Parcels are late.", "Where is my [parcel]? [Parcels] are late."),
        ('"parcel"', "Where is my parcel? Parcels are late.", "Where is my [parcel]? Parcels are late."),
        ("Parcels", "My parcel, and parcelsfull", "My [parcel], and [parcelsfull]"),
        ("parc", "Where is my Parcel?", "Where is my [Parcel]?"),
        ('"my parcel"', "my parcel, my  other parcel", "[my parcel], my other parcel"),
        ("grosse ", "Die Größe passt", "Die [Größe] passt"),
        ("cafe ", "Un café crème", "Un [café] crème"),
        ("京タ", "東京タワーへ", "東[京タ]ワーへ"),
        ("don't ", "I don't know", "I [don't] know"),
        ("-is it ", "it is", "[it] is"),
        ("refund ", "", ""),
    ],
)
def test_what_was_asked_is_marked(query: str, text: str, found: str) -> None:
    assert shown(query, text) == found


def test_the_stretch_with_the_most_of_it_is_shown() -> None:
    text = "refund " + "word " * 200 + "a refund for my parcel at last " + "word " * 200
    found = shown("refund parcel ", text)
    assert "[refund] for my [parcel]" in found
    assert found.startswith("…")
    assert found.endswith("…")
    assert len(found) < LENGTH + 20


@given(st.text(max_size=400), st.text(max_size=40))
def test_nothing_is_lost_or_invented(text: str, query: str) -> None:
    pieces = Marker(parse(query).terms).marked(text)
    assert "".join(one.text for one in pieces) == text
