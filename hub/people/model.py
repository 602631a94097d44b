"""Customers and identities. An identity (kind and normalised address) belongs to one customer at a time; which one is
said by a link, and merging customers moves links alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from hub.timeline.model import ChannelRef

Reason = Literal["claimed", "same_name", "same_phone", "same_address", "address_noted", "same_local_part"]


@dataclass(frozen=True, slots=True)
class Suppression:
    """Nothing may be sent to the identity: on one channel, or on all (`channel_id` None)."""

    id: int
    identity_id: int
    channel_id: int | None
    reason: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Identity:
    """`since` is when it was first heard of; `verified`: the person is known to own the address."""

    id: int
    kind: str
    address: str
    shown: str
    name: str
    verified: bool
    customer_id: int
    since: datetime
    suppressed: Suppression | None


@dataclass(frozen=True, slots=True)
class ListedSuppression:
    """A suppression with what a list shows of it. `by` is the agent (id, name) who entered it; None: the person
    themselves, or the provider."""

    suppression: Suppression
    identity: Identity
    channel: ChannelRef | None
    by: tuple[int, str] | None


@dataclass(frozen=True, slots=True)
class CustomerSummary:
    id: int
    name: str
    identities: tuple[Identity, ...]


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """`next` is None on the last page."""

    items: tuple[CustomerSummary, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two customers may be one person. `detail` is what the reason rests on: the name, the number, the address."""

    customer: CustomerSummary
    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True)
class Merge:
    """`from_id` was folded into `into_id`, and can be taken out again as long as it is `undoable`."""

    id: int
    from_id: int
    into_id: int
    from_name: str
    into_name: str
    agent_id: int | None
    agent_name: str | None
    at: datetime
    undoable: bool


@dataclass(frozen=True, slots=True)
class Undone:
    """The two customers that an undone merge leaves: `from_id` stands by itself again, out of `into_id`."""

    into_id: int
    from_id: int


@dataclass(frozen=True, slots=True)
class Customer:
    """`merged_into` names the customer that this one was folded into: it has no identities then, only a past."""

    id: int
    version: int
    name: str
    attributes: Mapping[str, object]
    identities: tuple[Identity, ...]
    created_at: datetime
    merged_into: int | None
    conversations_open: int
    merges: tuple[Merge, ...]


@dataclass(frozen=True, slots=True)
class CustomerHead:
    """A customer without what belongs to it: as a list or a live screen names it."""

    id: int
    version: int
    name: str
    merged_into: int | None
