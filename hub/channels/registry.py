"""The connectors that are installed, found by their entry points. The core knows none of them by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import EntryPoint, entry_points
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
    """Connectors by kind. One that is installed is loaded when it is first wanted: what nobody uses costs no memory."""

    def __init__(self, connectors: Iterable[Connector] = (), entries: Iterable[EntryPoint] = ()) -> None:
        """Raises ValueError when two connectors claim one kind."""
        self._loaded: dict[str, Connector] = {}
        self._waiting: dict[str, EntryPoint] = {}
        for connector in connectors:
            self._claim(connector.kind)
            self._loaded[connector.kind] = connector
        for entry in entries:
            self._claim(entry.name)
            self._waiting[entry.name] = entry

    @classmethod
    def load(cls) -> Registry:
        """All that are installed. One that cannot be loaded is logged and left out: its channels show as down."""
        return cls(entries=entry_points(group=GROUP))

    def __iter__(self) -> Iterator[Connector]:
        for kind in list(self._waiting):
            self.find(kind)
        return iter(list(self._loaded.values()))

    def find(self, kind: str) -> Connector | None:
        entry = self._waiting.pop(kind, None)
        if entry is not None:
            try:
                connector: Connector = entry.load()
                if connector.kind != kind:
                    raise ValueError(f"The connector calls itself {connector.kind!r}, its entry point {kind!r}.")
                self._loaded[kind] = connector
            except Exception:  # noqa: BLE001  # somebody else's package: whatever it does, the hub goes on
                _log.exception("connector cannot be loaded", connector=kind)
        return self._loaded.get(kind)

    def get(self, kind: str) -> Connector:
        """Raises UnknownKind."""
        connector = self.find(kind)
        if connector is None:
            raise UnknownKind(kind)
        return connector

    def _claim(self, kind: str) -> None:
        if kind in self._loaded or kind in self._waiting:
            raise ValueError(f"Two connectors claim the kind {kind!r}. Uninstall one of them.")
