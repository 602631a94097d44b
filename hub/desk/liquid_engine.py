"""The Liquid library as the hub uses it: bounded, and with variables that show when nobody has filled them in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from liquid import Environment, Undefined
from liquid.exceptions import LiquidError
from liquid.template import BoundTemplate

from hub.desk.liquid import MAX_OUTPUT, BadLiquid, Variables


class _Missing(Undefined):
    """What nobody has filled in."""

    def __getitem__(self, key: str) -> object:
        return _Missing(f"{self.name}.{key}")

    def __str__(self) -> str:
        return f"{{{{ {self.name} }}}}"


class _Namespace(Mapping[str, object]):
    """The variables of one noun; one that is empty is as one that is not there."""

    def __init__(self, name: str, values: Mapping[str, str]) -> None:
        self._name = name
        self._values = {key: value for key, value in values.items() if value.strip()}

    def __getitem__(self, key: str) -> object:
        return self._values.get(key) or _Missing(f"{self._name}.{key}")

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __str__(self) -> str:
        return f"{{{{ {self._name} }}}}"


class _Bounded(Environment):
    loop_iteration_limit = 1000
    local_namespace_limit = 20_000
    output_stream_limit = MAX_OUTPUT
    context_depth_limit = 10


_PLAIN: Final = _Bounded(undefined=_Missing)
_HTML: Final = _Bounded(undefined=_Missing, autoescape=True)


@lru_cache(maxsize=256)
def _parsed(source: str, *, html: bool) -> BoundTemplate:
    return (_HTML if html else _PLAIN).from_string(source)


def rendered(source: str, variables: Variables, *, html: bool) -> str:
    """Raises BadLiquid."""
    spaces: dict[str, Any] = {name: _Namespace(name, values) for name, values in variables.items()}
    try:
        return _parsed(source, html=html).render(**spaces)
    except LiquidError as failure:
        raise BadLiquid(f"The variables cannot be filled in: {str(failure).splitlines()[0]}.") from failure
