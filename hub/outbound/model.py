"""A delivery is what becomes of one outgoing entry; an attempt is one call of the provider for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hub.sdk import DeliveryState, TemplateInfo

SEND: Final = "send"
RECONCILE: Final = "reconcile"
SEND_HOURS: Final = 24
"""A message that cannot be sent for so long has failed; who wrote it should hear of it the next day."""


@dataclass(frozen=True, slots=True)
class ChosenTemplate:
    """A template with its variables. `text` is what the person will read."""

    info: TemplateInfo
    variables: Mapping[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class QueueMessage:
    """What an agent wants sent. `html` was sanitised. `cc` are addresses as written. `last_seen_entry_id` is the newest
    entry that the agent had seen; `confirm_newer` says that a newer one does not matter. With a `template`, `text` is
    that template's."""

    conversation_id: int
    agent_id: int | None
    identity_id: int
    channel_id: int
    text: str
    last_seen_entry_id: int
    idempotency_key: str | None = None
    html: str = ""
    subject: str = ""
    cc: Sequence[str] = ()
    attachment_ids: Sequence[int] = ()
    confirm_newer: bool = False
    template: ChosenTemplate | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A locked delivery. `address_kind` and `address` name the main recipient."""

    entry_id: int
    conversation_id: int
    channel_id: int
    identity_id: int
    address_kind: str
    address: str
    reference: str
    token: str
    state: DeliveryState
    attempts: int
    provider_id: str
    code: str
    reason: str
    deadline: datetime | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class Attempt:
    token: str
    entry_id: int
    number: int
    started_at: datetime
    outcome: str | None


@dataclass(frozen=True, slots=True)
class RecipientState:
    address: str
    state: DeliveryState
