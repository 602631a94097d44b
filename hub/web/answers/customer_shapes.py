"""Customers, the addresses they are known by, and who is not to be written to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from typing_extensions import TypedDict

from hub.web.answers.shapes import ChannelName, IdentityName, Named


class Suppressed(TypedDict):
    """`channel_id` null: on every channel."""

    channel_id: int | None
    reason: str
    since: datetime


class Identity(TypedDict):
    id: int
    kind: str
    address: str
    shown: str
    name: str
    verified: bool
    since: datetime
    suppressed: Suppressed | None


class CustomerFound(TypedDict):
    id: int
    name: str
    identities: list[Identity]


class Suggestion(TypedDict):
    customer: CustomerFound
    reason: str
    detail: str


class Merge(TypedDict):
    id: int
    other: Named
    by: Named | None
    at: datetime
    undoable: bool


class Customer(TypedDict):
    id: int
    version: int
    name: str
    attributes: dict[str, Any]
    identities: list[Identity]
    created_at: datetime
    conversations_open: int
    suggestions: list[Suggestion]
    merges: list[Merge]
    merged_into: int | None


class Customers(TypedDict):
    customers: list[Customer]


class Suppression(TypedDict):
    """`channel` null: on every channel. `by` is the agent who entered it; null: they themselves, or the provider."""

    id: int
    identity: IdentityName
    channel_id: int | None
    channel: ChannelName | None
    reason: str
    since: datetime
    by: Named | None


class LiveCustomer(TypedDict):
    id: int
    version: int
    name: str
    merged_into: int | None
