"""What the simulator took responsibility for, in order, never changed: the judge of "never two sends"."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Accepted:
    """`what`: "message", "call", "participant", "deleted"… `fields` as they were posted."""

    number: int
    what: str
    sid: str
    at: str
    fields: Mapping[str, str]


class Ledger:
    """Append-only; with a `file` it is also written there, a JSON object a line, before the answer is given."""

    def __init__(self, file: Path | None = None) -> None:
        self._entries: list[Accepted] = []
        self._file = file

    def append(self, what: str, sid: str, at: datetime, fields: Mapping[str, str] | None = None) -> Accepted:
        entry = Accepted(len(self._entries) + 1, what, sid, at.isoformat(), dict(fields or {}))
        self._entries.append(entry)
        if self._file is not None:
            with self._file.open("a", encoding="utf-8") as written:
                written.write(json.dumps(asdict(entry)) + "\n")
        return entry

    def entries(self, what: str = "", **fields: str) -> tuple[Accepted, ...]:
        """Those of this kind whose posted fields have these values: `entries("message", To="+49…")`."""
        return tuple(
            entry
            for entry in self._entries
            if what in ("", entry.what) and all(entry.fields.get(key) == value for key, value in fields.items())
        )
