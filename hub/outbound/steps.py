"""What can be done about a delivery, and doing it. No state is without a way on for the person who can act."""

from __future__ import annotations

from typing import Final, Literal

from hub.channels.store import audit
from hub.events.outbox import Tx
from hub.outbound import store
from hub.outbound.errors import NotPossible, UnknownMessage
from hub.outbound.model import RECONCILE, SEND
from hub.outbound.settle import accepted, enqueue_send, move
from hub.sdk import DeliveryState
from hub.timeline.model import Entry
from hub.timeline.store import get_entry

Step = Literal["retry", "send_another_way", "mark_sent", "cancel"]
Act = Literal["retry", "mark_sent", "cancel"]
SUPPRESSED: Final = "suppressed"
_STEPS: Final[dict[DeliveryState, tuple[Step, ...]]] = {
    "queued": ("cancel",),
    "sending": (),
    "held": ("retry", "send_another_way", "cancel"),
    "failed": ("retry", "send_another_way", "cancel"),
    "uncertain": ("mark_sent", "retry", "send_another_way", "cancel"),
    "canceled": ("retry", "send_another_way"),
    "sent": (),
    "delivered": (),
    "read": (),
}


def next_steps(state: str, code: str = "") -> list[Step]:
    """What to offer the agent, the likeliest first. A suppressed address is not offered a retry."""
    steps = next((steps for known, steps in _STEPS.items() if known == state), ())
    return [step for step in steps if not (step == "retry" and code == SUPPRESSED)]


async def take(tx: Tx, entry_id: int, action: Act, agent_id: int | None) -> Entry:
    """Takes the step and returns the entry with its new state.

    "retry" sends it again (after "uncertain" the customer may then get it twice, and the agent has been told so),
    "mark_sent" believes that it arrived, "cancel" gives it up. Raises UnknownMessage and NotPossible.
    """
    delivery = await store.lock_delivery(tx.connection, entry_id)
    if delivery is None:
        raise UnknownMessage(f"There is no outgoing message {entry_id}. Reload the page.")
    if action not in next_steps(delivery.state, delivery.code):
        raise NotPossible(f"The message is {delivery.state} by now. Look at it again.")
    await audit(tx.connection, agent_id, f"delivery.{action}", f"entry:{entry_id}", {"from": delivery.state})
    if action == "retry":
        until = await store.new_deadline(tx.connection)
        await store.reset_recipients(tx.connection, entry_id)
        await move(tx, delivery, "queued", until=until)
        await enqueue_send(tx, delivery, until)
    else:
        await store.drop_job(tx.connection, SEND, entry_id)
        await store.drop_job(tx.connection, RECONCILE, entry_id)
        if action == "mark_sent":
            await accepted(tx, delivery, "sent", "", ())
        else:
            await move(tx, delivery, "canceled", code=delivery.code, reason=delivery.reason)
    entry = await get_entry(tx.connection, entry_id)
    if entry is None:
        raise UnknownMessage(f"There is no outgoing message {entry_id}. Reload the page.")
    return entry
