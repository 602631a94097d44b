"""Addresses as people read them."""

from __future__ import annotations

import pytest

from hub.web import addresses


@pytest.mark.parametrize(
    ("kind", "address", "written", "expected"),
    [
        ("phone", "+4915112345678", "", "+49 1511 2345678"),
        ("phone", "+14155550123", "+14155550123", "+1 415-555-0123"),
        ("phone", "anonymous", "", "anonymous"),
        ("phone", "+", "", "+"),
        ("email", "ada@example.test", "Ada@Example.test", "Ada@Example.test"),
        ("email", "ada@example.test", "", "ada@example.test"),
        ("visitor", "5f0c1e", "Visitor 5F0C", "Visitor 5F0C"),
    ],
)
def test_a_telephone_number_is_grouped_and_another_address_is_as_it_was_written(
    kind: str, address: str, written: str, expected: str
) -> None:
    assert addresses.shown(kind, address, written) == expected
