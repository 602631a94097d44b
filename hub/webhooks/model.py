"""Webhooks, the events they are told, and each telling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

EVENTS: Final = (
    "message.received",
    "message.sent",
    "note.added",
    "delivery.changed",
    "call.ended",
    "conversation.created",
    "conversation.assigned",
    "conversation.resolved",
    "conversation.reopened",
    "conversation.changed",
    "customer.merged",
    "customer.unmerged",
)
TEST: Final = "webhook.test"
JOB: Final = "webhook"
WebhookState = Literal["active", "paused"]
DeliveryState = Literal["pending", "delivered", "failed"]


class WebhookError(Exception):
    """Base of what is refused; the message says what to do."""


class UnknownWebhook(WebhookError):
    """There is no such webhook."""


class UnknownDelivery(WebhookError):
    """There is no such delivery of this webhook."""


class BadReceiver(WebhookError):
    """The address is none that the hub may call."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """`failures` counts those in a row; after some the hub leaves the receiver alone for `wait` more seconds. Paused
    with a `reason`: the hub gave it up. `pending` deliveries wait."""

    id: int
    name: str
    url: str
    events: tuple[str, ...]
    state: WebhookState
    reason: str
    failures: int
    failing_since: datetime | None
    wait: float
    last_success_at: datetime | None
    created_at: datetime
    pending: int
    sealed: bytes | None = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event on its way to one webhook; `status`, `error` and `seconds` are of the last attempt."""

    id: int
    webhook_id: int
    event_id: int
    type: str
    conversation_id: int | None
    state: DeliveryState
    attempts: int
    status: int | None
    error: str
    seconds: float | None
    created_at: datetime
    queued_at: datetime
    last_attempt_at: datetime | None


@dataclass(frozen=True, slots=True)
class Happened:
    """An event to be told. Of one `dedupe` only the first is. Who subscribed after `since` is not told of it."""

    type: str
    dedupe: str
    conversation_id: int | None
    since: datetime
    data: Mapping[str, Any]
