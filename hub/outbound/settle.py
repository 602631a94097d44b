"""Moving a delivery from one state to the next: the row, the entry's version, the conversation's flag, the events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from hub.events.outbox import Tx
from hub.outbound import store
from hub.outbound.job import enqueue, hasten
from hub.outbound.ladder import PROBLEMS, climb
from hub.outbound.model import RECONCILE, SEND, Delivery
from hub.sdk import DeliveryState, RecipientResult
from hub.timeline.actions import set_delivery_problem, touch_entry

RECONCILE_SECONDS: Final = (10.0, 60.0, 300.0, 900.0, 3600.0, 4 * 3600.0)
"""Waits before each question to the provider whether it has a message after all."""
_UNCERTAIN_SECONDS: Final = sum(RECONCILE_SECONDS) + 24 * 3600


async def move(
    tx: Tx,
    delivery: Delivery,
    state: DeliveryState,
    *,
    code: str = "",
    reason: str = "",
    provider_id: str = "",
    until: datetime | None = None,
) -> None:
    """The delivery is in `state` from now on. `until`: the deadline where it waits to be sent."""
    if until is not None:
        await store.set_waiting(tx.connection, delivery.entry_id, state, until, code=code, reason=reason)
    else:
        seconds = _UNCERTAIN_SECONDS if state == "uncertain" else None
        await store.set_state(
            tx.connection,
            delivery.entry_id,
            state,
            code=code,
            reason=reason,
            provider_id=provider_id,
            seconds=seconds,
        )
    await touch_entry(tx, delivery.entry_id)
    if state in PROBLEMS and delivery.state not in PROBLEMS:
        await store.surface(tx.connection, delivery.conversation_id)
    await flag_problem(tx, delivery, certain=state in PROBLEMS)


async def flag_problem(tx: Tx, delivery: Delivery, *, certain: bool) -> None:
    """Keeps the conversation's flag true to its deliveries; `certain` spares the look at the others."""
    problem = certain or await store.has_problem(tx.connection, delivery.conversation_id)
    await set_delivery_problem(tx, delivery.conversation_id, problem)


async def accepted(
    tx: Tx, delivery: Delivery, state: DeliveryState, provider_id: str, results: Sequence[RecipientResult]
) -> None:
    """The provider took it, except for the recipients that it named as refused."""
    own = {result.address: result for result in results}
    main = delivery.state if delivery.state not in ("queued", "held", "sending", "uncertain") else "sending"
    code = reason = ""
    for recipient in await store.recipients(tx.connection, delivery.entry_id):
        result = own.get(recipient.address)
        news: DeliveryState = result.state if result else state
        climbed = climb(recipient.state, news)
        if climbed != recipient.state:
            said = (result.code, result.reason) if result else ("", "")
            await store.set_recipient(tx.connection, delivery.entry_id, recipient.address, climbed, *said)
        if recipient.address == delivery.address:
            main = climb(main, climbed)
            code, reason = (result.code, result.reason) if result and main == "failed" else ("", "")
    if main == delivery.state:  # the report was faster than the receipt
        code, reason = delivery.code, delivery.reason
    await move(tx, delivery, main, code=code, reason=reason, provider_id=provider_id)


async def failed(tx: Tx, delivery: Delivery, code: str, reason: str) -> None:
    """No recipient has it, apart from those who were proved to."""
    for recipient in await store.recipients(tx.connection, delivery.entry_id):
        if climb(recipient.state, "failed") == "failed" and recipient.state != "sent":
            await store.set_recipient(tx.connection, delivery.entry_id, recipient.address, "failed", code, reason)
    await move(tx, delivery, "failed", code=code, reason=reason)


async def enqueue_send(tx: Tx, delivery: Delivery, until: datetime) -> None:
    """A job to send it, after what was enqueued before it for its conversation and channel; one that waits is due."""
    await add_send_job(tx, delivery.entry_id, delivery.conversation_id, delivery.channel_id, until)


async def add_send_job(tx: Tx, entry_id: int, conversation_id: int, channel_id: int, until: datetime) -> None:
    # Per channel, so that sending another way does not wait for a channel that is down.
    added = await enqueue(
        tx.connection,
        SEND,
        {"entry_id": entry_id, "until": until.isoformat()},
        key=f"conversation:{conversation_id}:{channel_id}",
        dedupe_key=str(entry_id),
        channel_id=channel_id,
    )
    if added is None:
        await hasten(tx.connection, SEND, str(entry_id))


async def enqueue_reconcile(tx: Tx, delivery: Delivery, until: datetime) -> None:
    """A job to ask the provider, in a while, whether it has the message."""
    await enqueue(
        tx.connection,
        RECONCILE,
        {"entry_id": delivery.entry_id, "until": until.isoformat()},
        dedupe_key=str(delivery.entry_id),
        channel_id=delivery.channel_id,
        delay=RECONCILE_SECONDS[0],
    )
