"""Words with variables: filled in, bounded, and never with an empty hole."""

from __future__ import annotations

import pytest

from hub.desk import liquid

KNOWN = {"customer": {"name": "Ann <b>", "email": " "}}


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("Hi {{ customer.name }}", "Hi Ann <b>"),
        ("{{ customer.email }}", "{{ customer.email }}"),
        ("{{ customer.vip.since }}", "{{ customer.vip.since }}"),
        ("{{ nothing }}", "{{ nothing }}"),
        ("{{ customer.vip | default: 'friend' }}", "friend"),
        ("{% if customer.vip %}yes{% else %}no{% endif %}", "no"),
    ],
)
def test_what_is_known_is_filled_in_and_the_rest_stays_to_be_seen(source: str, words: str) -> None:
    assert liquid.render(source, KNOWN) == words


def test_variables_are_escaped_in_html() -> None:
    assert liquid.render("<i>{{ customer.name }}</i>", KNOWN, html=True) == "<i>Ann &lt;b&gt;</i>"


@pytest.mark.parametrize(
    "source",
    [
        "{% for %}",
        "{{ a ",
        "{% include 'secrets' %}",
        "{{ a | nofilter }}",
        "{% for i in (1..100000) %}x{% endfor %}",
        "{% assign a = 'xxxxxxxxxx' %}{% for i in (1..900) %}{% assign a = a | append: a %}{% endfor %}",
        "{% if true %}" * 3000,
    ],
)
def test_what_cannot_be_carried_out_is_refused(source: str) -> None:
    with pytest.raises(liquid.BadLiquid):
        liquid.check(source)
