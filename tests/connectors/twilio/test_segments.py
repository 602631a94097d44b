"""A text counts by its segments, as the composer shows them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.twilio import SMS, WHATSAPP
from connectors.twilio.segments import segments
from hub.sdk import Address, Attachment, Outgoing, Weighing


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 152, 3),  # what counts two is not cut in half
        ("’" + "a" * 69, 1),
        ("’" + "a" * 159, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("a" * 66 + "😀" + "a" * 66, 3),
    ],
)
def test_a_text_is_cut_as_the_network_does(text: str, count: int) -> None:
    assert segments(text) == count


@given(st.text(max_size=400), st.text(max_size=100))
def test_more_text_is_never_fewer_segments(text: str, more: str) -> None:
    assert 1 <= segments(text) <= segments(text + more)


def test_a_long_text_takes_as_much_of_the_numbers_rate_as_it_has_segments() -> None:
    message = Outgoing("a", "r", "t", (Address("phone", "+4915112345678"),), "a" * 307)
    assert isinstance(SMS, Weighing)
    assert SMS.weight(message) == 3
    assert SMS.weight(replace(message, attachments=(Attachment("a.png", "image/png", b"x"),))) == 1
    assert not isinstance(WHATSAPP, Weighing)
