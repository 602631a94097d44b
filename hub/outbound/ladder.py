"""The status ladder: whatever order the news comes in, a delivery ends in the same state.

Each state has a rung and a delivery only climbs. A failure outweighs "sent" (a bounce comes after it), and proof that
the customer has the message outweighs a failure. Only an agent's own step (retry) goes down.
"""

from __future__ import annotations

from typing import Final

from hub.sdk import DeliveryState

_RUNG: Final[dict[DeliveryState, int]] = {
    "queued": 0,
    "held": 1,
    "sending": 2,
    "uncertain": 3,
    "sent": 4,
    "failed": 5,
    "canceled": 6,
    "delivered": 7,
    "read": 8,
}
FINAL: Final = frozenset[DeliveryState]({"sent", "failed", "canceled", "delivered", "read"})
ACCEPTED: Final = frozenset[DeliveryState]({"sent", "delivered", "read"})
PROBLEMS: Final = frozenset[DeliveryState]({"failed", "uncertain"})
WAITING: Final = frozenset[DeliveryState]({"queued", "held"})
PROOF: Final = frozenset[DeliveryState]({"delivered", "read"})
REPORTABLE: Final = frozenset[DeliveryState]({"sent", "failed", "delivered", "read"})
"""What a provider's report can make of a delivery; anything else it says is kept, and changes nothing."""


def climb(state: DeliveryState, news: DeliveryState) -> DeliveryState:
    """The higher of the two."""
    return news if _RUNG[news] > _RUNG[state] else state
