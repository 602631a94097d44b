"""The connectors that are installed, found by their entry points. The core knows none of them by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import entry_points
from typing import Final

import structlog

from hub.sdk import Connector

GROUP: Final = "allways.connectors"
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def installed_kinds() -> frozenset[str]:
    """The kinds of all connectors that are installed, by their entry points alone."""
    return frozenset(entry.name for entry in entry_points(group=GROUP))


class UnknownKind(LookupError):
    """No connector of this kind is installed; the message says what to do."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"No connector for {kind!r} is installed. Install its package and restart the hub.")


class Registry:
    """Connectors by kind."""

    def __init__(self, connectors: Iterable[Connector]) -> None:
        """Raises ValueError when two connectors claim one kind."""
        self._by_kind: dict[str, Connector] = {}
        for connector in connectors:
            if connector.kind in self._by_kind:
                raise ValueError(f"Two connectors claim the kind {connector.kind!r}. Uninstall one of them.")
            self._by_kind[connector.kind] = connector

    @classmethod
    def load(cls) -> Registry:
        """All that are installed. One that cannot be loaded is logged and left out: its channels show as down."""
        found = []
        for entry in entry_points(group=GROUP):
            try:
                found.append(entry.load())
            except Exception:  # noqa: BLE001  # somebody else's package: whatever it does, the hub starts
                _log.exception("connector cannot be loaded", connector=entry.name)
        return cls(found)

    def __iter__(self) -> Iterator[Connector]:
        return iter(self._by_kind.values())

    def kinds(self) -> list[str]:
        return list(self._by_kind)

    def find(self, kind: str) -> Connector | None:
        return self._by_kind.get(kind)

    def get(self, kind: str) -> Connector:
        """Raises UnknownKind."""
        connector = self._by_kind.get(kind)
        if connector is None:
            raise UnknownKind(kind)
        return connector
