"""The JSON of what programs work with: tokens, webhooks, business hours. shapes.py has the rest."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from typing_extensions import TypedDict


class Token(TypedDict):
    """`hint` is the token's beginning."""

    id: int
    kind: Literal["personal", "service"]
    agent_id: int
    name: str
    hint: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None


class NewToken(Token):
    token: str


class Webhook(TypedDict):
    """`state` paused with a `reason` when the hub gave it up. `failing_since`: nothing got through since then."""

    id: int
    name: str
    url: str
    events: list[str]
    state: Literal["active", "paused"]
    reason: str | None
    failures: int
    failing_since: datetime | None
    last_success_at: datetime | None
    pending: int
    created_at: datetime


class NewWebhook(Webhook):
    secret: str


class WebhookSecret(TypedDict):
    secret: str


class WebhookDelivery(TypedDict):
    """One event on its way to one webhook. `status` and `error` are of the last attempt."""

    id: int
    event_id: int
    type: str
    conversation_id: int | None
    state: Literal["pending", "delivered", "failed"]
    attempts: int
    status: int | None
    error: str | None
    seconds: float | None
    created_at: datetime
    last_attempt_at: datetime | None


class WebhookTest(TypedDict):
    ok: bool
    status: int | None
    error: str | None
    seconds: float


class HoursException(TypedDict):
    day: str
    name: str
    open: list[list[str]]


class Holiday(TypedDict):
    day: str
    name: str


class HoursNow(TypedDict):
    open: bool
    next_opening: datetime | None
    text: str


class Hours(TypedDict):
    """`weekly` has the days mon to sun, each a list of [from, to] in the time zone."""

    id: int
    name: str
    time_zone: str
    weekly: dict[str, list[list[str]]]
    exceptions: list[HoursException]
    country: str | None
    subdivision: str | None
    closed_text: str
    now: HoursNow
    channel_ids: list[int]


class HolidayCountry(TypedDict):
    code: str
    subdivisions: list[str]
