"""The JSON of an administrator's work with channels; shapes.py has the rest."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from typing_extensions import TypedDict


class SettingOption(TypedDict):
    value: str
    label: str


class ShowIf(TypedDict):
    field: str
    value: list[str | int | bool | None]


class SettingField(TypedDict):
    name: str
    label: str
    help: str
    type: str
    required: bool
    default: str | int | bool | None
    options: list[SettingOption]
    group: str | None
    show_if: ShowIf | None
    placeholder: str
    min: int | None
    max: int | None


class ConnectorKind(TypedDict):
    """`capabilities`: what it can do, by name; `window` among them in seconds."""

    kind: str
    name: str
    description: str
    icon: str
    address_kind: str
    settings: list[SettingField]
    capabilities: dict[str, bool | int]
    oauth: bool


class ChannelHealth(TypedDict):
    state: str
    since: datetime
    reason: str | None
    next_step: str | None
    last_in_at: datetime | None
    last_out_at: datetime | None
    backlog: int
    quarantined: int


class ChannelOAuth(TypedDict):
    connected: bool
    account: str | None
    expires_at: datetime | None


class LiveChannel(TypedDict):
    """A channel as the live socket tells of it: nothing of its settings."""

    id: int
    version: int
    kind: str
    name: str
    state: str
    health: ChannelHealth


class Offers(TypedDict):
    """What can be written on a channel, and to which kind of address. `send`: also to somebody who never wrote there,
    by their address alone."""

    address_kind: str
    send: bool
    subject: bool
    attachments: bool
    segments: bool
    templates: bool
    calls: bool


class Channel(LiveChannel):
    """`hooks_url`: its webhooks lie below, by their names; None for those who may not set it up. `offers` is None when
    its connector is not installed."""

    offers: Offers | None
    hooks_url: str | None
    settings: dict[str, Any]
    secrets_set: list[str]
    oauth: ChannelOAuth | None


class TestStep(TypedDict):
    name: str
    label: str
    ok: bool
    detail: str
    next_step: str | None
    seconds: float


class TestResult(TypedDict):
    ok: bool
    steps: list[TestStep]


class AuthorizeUrl(TypedDict):
    authorize_url: str


class LedgerDay(TypedDict):
    day: str
    received: int
    stored: int
    quarantined: int
    ignored: int
    sent: int
    failed: int


class VolumeDay(TypedDict):
    day: str
    received: int
    sent: int
    failed: int


class ChannelVolume(TypedDict):
    """`days` oldest first, those without anything included."""

    channel_id: int
    days: list[VolumeDay]


Quarantined = TypedDict(
    "Quarantined",
    {
        "id": int,
        "channel_id": int,
        "received_at": datetime,
        "reason": str,
        "size": int,
        "attempts": int,
        "from": str | None,
        "subject": str | None,
    },
)


class RetryOutcome(TypedDict):
    outcome: str
    reason: str
