"""What follows from the outcome of an attempt: the delivery's state and the job's end, in one transaction."""

from __future__ import annotations

import random
from datetime import datetime
from typing import Final

from hub.channels.store import mark_sent
from hub.events.outbox import Tx
from hub.outbound import store
from hub.outbound.attempt import Outcome
from hub.outbound.job import Job, finish, release
from hub.outbound.ladder import WAITING
from hub.outbound.model import SEND, Attempt, Delivery
from hub.outbound.settle import RECONCILE_SECONDS, accepted, add_send_job, enqueue_reconcile, failed, move
from hub.outbound.steps import SUPPRESSED
from hub.people.actions import suppress
from hub.sdk import DeliveryState

BACKOFF_SECONDS: Final = (30.0, 120.0, 480.0, 1800.0, 7200.0, 14400.0)
AUTH_SECONDS: Final = (60.0, 300.0, 900.0)
_EXPIRED: Final = "It could not be sent within a day."


async def begin_again(tx: Tx, delivery: Delivery, attempt: Attempt) -> None:
    """The hub died during this attempt."""
    reason = "The hub stopped while it was sending. It may have arrived, or not."
    await store.finish_attempt(tx.connection, attempt.token, "ambiguous", reason=reason)
    await move(tx, delivery, "uncertain", reason=reason)


async def expire(tx: Tx, delivery: Delivery) -> None:
    """Its time is over."""
    await failed(tx, delivery, delivery.code or "expired", f"{_EXPIRED} {delivery.reason}".strip())


async def conclude(tx: Tx, job: Job, attempt: Attempt, outcome: Outcome) -> None:
    """After a call of the provider. An ambiguous one leaves the job as it is, for the provider is asked next."""
    delivery = await store.lock_delivery(tx.connection, attempt.entry_id)
    await store.finish_attempt(tx.connection, attempt.token, outcome.kind, code=outcome.code, reason=outcome.reason)
    if delivery is None:
        await finish(tx.connection, job)
    elif outcome.kind == "ambiguous":
        if delivery.state == "sending":
            await move(tx, delivery, "uncertain", code=outcome.code, reason=outcome.reason)
    elif outcome.receipt is not None:
        await _accept(tx, delivery, outcome)
        await finish(tx.connection, job)
    elif delivery.state != "sending":  # a report or an agent was faster
        await _leave(tx, job, delivery)
    elif outcome.kind in ("transient", "rate", "auth"):
        await _put_back(tx, job, delivery, outcome)
    else:
        await _refuse(tx, delivery, outcome)
        await finish(tx.connection, job)


async def resolve(tx: Tx, job: Job, attempt: Attempt, answer: Outcome | None) -> None:
    """After the provider was asked about an attempt of unknown outcome; `answer` None: it cannot say."""
    delivery = await store.lock_delivery(tx.connection, attempt.entry_id)
    if delivery is None or delivery.state != "uncertain":
        await _leave(tx, job, delivery)
        return
    if answer is None:
        await _ask_later(tx, job, delivery)
        return
    await store.finish_attempt(tx.connection, attempt.token, answer.kind, code=answer.code, reason=answer.reason)
    if answer.receipt is not None:
        await _accept(tx, delivery, answer)
        await finish(tx.connection, job)
    elif answer.kind in ("transient", "rate", "auth"):
        until = _until(job)
        await move(tx, delivery, "queued", until=until)
        if job.kind == SEND:
            await release(tx.connection, job, answer.retry_after or 1.0, progress=True)
        else:
            await finish(tx.connection, job)
            await add_send_job(tx, delivery.entry_id, delivery.conversation_id, delivery.channel_id, until)
    else:
        await _refuse(tx, delivery, answer)
        await finish(tx.connection, job)


async def _accept(tx: Tx, delivery: Delivery, outcome: Outcome) -> None:
    receipt = outcome.receipt
    if receipt is not None:
        await accepted(tx, delivery, receipt.state, receipt.provider_id, receipt.recipients)
        await mark_sent(tx.connection, delivery.channel_id)


async def _put_back(tx: Tx, job: Job, delivery: Delivery, outcome: Outcome) -> None:
    """Surely not accepted, and worth another try."""
    steps = AUTH_SECONDS if outcome.kind == "auth" else BACKOFF_SECONDS
    planned = steps[min(delivery.attempts, len(steps)) - 1] * random.uniform(0.5, 1.0)  # noqa: S311  # spreads load
    delay = planned if outcome.retry_after is None else outcome.retry_after
    until = _until(job)
    if await store.too_late(tx.connection, until, delay):
        await failed(tx, delivery, outcome.code or "expired", f"{_EXPIRED} {outcome.reason}".strip())
        await finish(tx.connection, job)
        return
    state: DeliveryState = "held" if outcome.kind == "auth" else "queued"
    await move(tx, delivery, state, code=outcome.code, reason=outcome.reason, until=until)
    await release(tx.connection, job, delay, outcome.reason, progress=True)


async def _refuse(tx: Tx, delivery: Delivery, outcome: Outcome) -> None:
    """Surely not accepted, and never will be."""
    code = outcome.code
    if outcome.kind == "suppress":
        code = SUPPRESSED
        await suppress(tx, delivery.identity_id, reason=outcome.reason, channel_id=delivery.channel_id)
    elif outcome.kind == "template":
        code = "needs_template"
    await failed(tx, delivery, code, outcome.reason)


async def _ask_later(tx: Tx, job: Job, delivery: Delivery) -> None:
    if job.kind == SEND:  # the next message of the conversation no longer waits for this one
        await finish(tx.connection, job)
        await enqueue_reconcile(tx, delivery, _until(job))
    elif job.attempts < len(RECONCILE_SECONDS):
        await release(tx.connection, job, RECONCILE_SECONDS[job.attempts])
    else:
        await store.set_state(tx.connection, delivery.entry_id, "uncertain", code=delivery.code, reason=delivery.reason)
        await finish(tx.connection, job)


async def _leave(tx: Tx, job: Job, delivery: Delivery | None) -> None:
    """Somebody else has moved the delivery. If an agent asked for another try meanwhile, this job is the one for it."""
    if delivery is not None and delivery.state in WAITING and job.kind == SEND:
        await release(tx.connection, job, 0.0, progress=True)
    else:
        await finish(tx.connection, job)


def _until(job: Job) -> datetime:
    return datetime.fromisoformat(job.payload["until"])
