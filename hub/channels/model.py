"""A channel is one configured connector, such as "Support mailbox"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal

ChannelState = Literal["active", "paused", "archived"]
CHANNEL_STATES: Final = ("active", "paused", "archived")


@dataclass(frozen=True, slots=True)
class ChannelHealth:
    """`state`: starting, ok, degraded, down or paused. `backlog` counts messages waiting to be sent, `quarantined` what
    came in and was not understood. `reason` and `next_step` are plain words, "" when all is well."""

    state: str
    since: datetime
    reason: str
    next_step: str
    last_in_at: datetime | None
    last_out_at: datetime | None
    backlog: int
    quarantined: int


@dataclass(frozen=True, slots=True)
class Channel:
    """`settings` holds no secret; `sealed` does, closed. `version` grows with every change of its configuration."""

    id: int
    version: int
    kind: str
    name: str
    state: ChannelState
    own_address: str
    settings: Mapping[str, object]
    health: ChannelHealth
    oauth_account: str | None
    oauth_expires: datetime | None
    demo: bool
    sealed: bytes | None = field(repr=False, compare=False)

    @property
    def oauth_connected(self) -> bool:
        """Whether somebody has consented and the provider has not taken it back."""
        return self.oauth_expires is not None


@dataclass(frozen=True, slots=True)
class NewChannel:
    kind: str
    name: str
    settings: Mapping[str, object] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    demo: bool = False


@dataclass(frozen=True, slots=True)
class ChannelPatch:
    """What to change; None leaves it. `settings` replaces all of them; in `secrets` a None removes that one."""

    name: str | None = None
    settings: Mapping[str, object] | None = None
    secrets: Mapping[str, str | None] = field(default_factory=dict, repr=False)
    state: ChannelState | None = None


@dataclass(frozen=True, slots=True)
class LedgerDay:
    """One day (UTC) of a channel. received = stored + quarantined + ignored, always."""

    day: date
    received: int
    stored: int
    quarantined: int
    ignored: int
    sent: int
    failed: int


@dataclass(frozen=True, slots=True)
class VolumeDay:
    """One day (UTC) of a channel, in brief."""

    day: date
    received: int
    sent: int
    failed: int
