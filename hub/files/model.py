"""A remote file lies with a provider: "waiting" to be fetched, "stored" here, or "gone"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from hub.sdk import RemoteFile

FETCH: Final = "fetch"
FORGET: Final = "forget"
MAX_BYTES: Final = 128 * 1024 * 1024
"""More than any message carries; a recorded call of some hours."""
State = Literal["waiting", "stored", "gone"]


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A remote file as the hub knows it, on the entry that it came with. `attempts` to fetch it failed so far."""

    id: int
    entry_id: int
    channel_id: int
    remote: RemoteFile
    state: State
    attempts: int
