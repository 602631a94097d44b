"""Other forms of a word: what a singular has to find, and the other way round."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.search.conditions import Conditions
from hub.search.forms import forms
from hub.search.query import parse
from hub.search.words import words

PAIRS = [
    ("parcel", "parcels"),
    ("address", "addresses"),
    ("delivery", "deliveries"),
    ("Paket", "Pakete"),
    ("Pakete", "Paketen"),
    ("Rechnung", "Rechnungen"),
    ("Kunde", "Kunden"),
    ("Bild", "Bilder"),
    ("Haus", "Häuser"),
    ("Artikel", "Artikeln"),
    ("pedido", "pedidos"),
    ("ciudad", "ciudades"),
    ("commande", "commandes"),
    ("journal", "journaux"),
    ("bateau", "bateaux"),
    ("طلب", "الطلب"),
    ("شحنة", "شحنات"),
]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_a_word_is_found_by_its_other_form(one: str, other: str) -> None:
    (first,), (second,) = words(one), words(other)
    assert second in forms(first)
    assert first in forms(second)


@pytest.mark.parametrize("word", ["the", "20418", "a4b77", "京都", "", "ok", "заказ"])
def test_what_is_no_such_word_has_no_forms(word: str) -> None:
    assert forms(word) == ()


@given(st.text(st.sampled_from("aelnrsuxyzt"), max_size=12))
def test_forms_are_few_and_others(word: str) -> None:
    found = forms(word)
    assert len(found) <= 10
    assert word not in found
    assert len(found) == len(set(found))


def asked(text: str) -> str:
    conditions = Conditions()
    for term in parse(text).terms:
        conditions.term(term)
    return conditions.tsquery


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("parcels ", "('parcels' | 'parcel')"),
        ("parcels", "('parcels':* | 'parcel')"),
        ("parcel", "'parcel':*"),
        ('"parcels"', "'parcels'"),
        ("-parcels ", "!('parcels')"),
        ("lost-parcels ", "('lost' <-> 'parcels')"),
    ],
)
def test_quoted_and_excluded_words_are_meant_as_they_stand(text: str, query: str) -> None:
    assert asked(text) == query
