"""Liquid: words with variables, in canned replies and signatures. What a variable does not know shows plainly as
`{{ customer.vip }}`, for an agent to see; never as an empty hole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MAX_OUTPUT: Final = 100_000
MAX_SOURCE: Final = 20_000
Variables = Mapping[str, Mapping[str, str]]


class BadLiquid(ValueError):
    """The template cannot be read or carried out; the message says where."""


def check(source: str) -> None:
    """Raises BadLiquid for what cannot be rendered, whatever the variables."""
    render(source, {})


def render(source: str, variables: Variables, *, html: bool = False) -> str:
    """The words. `html`: the source is HTML, and the variables are escaped in it. Raises BadLiquid."""
    # loaded when first wanted: it takes 4 MB
    from hub.desk.liquid_engine import rendered

    return rendered(source, variables, html=html)
