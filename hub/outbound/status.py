"""What providers report about messages that we sent: kept, all of it, and the delivery climbs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hub.events.outbox import Tx
from hub.outbound import store
from hub.outbound.ladder import PROOF, REPORTABLE, WAITING, climb
from hub.outbound.model import RECONCILE, SEND, Delivery, RecipientState
from hub.outbound.settle import flag_problem, move
from hub.people.actions import resolve_identity, suppress
from hub.sdk import Address, DeliveryState, StatusUpdate
from hub.timeline.actions import touch_entry

_MAX_CODE: Final = 100
_MAX_REASON: Final = 500


async def apply_statuses(tx: Tx, channel_id: int, updates: Sequence[StatusUpdate], raw_id: int | None) -> list[bool]:
    """Applies news that came in on a channel; says for each whether it is about a message of ours.

    The order in which they come makes no difference to where the delivery ends. A hard failure reopens the
    conversation and, where the update asks for it, nothing more is sent to the recipient that it names.
    """
    return [await _apply(tx, channel_id, update, raw_id) for update in updates]


async def _apply(tx: Tx, channel_id: int, update: StatusUpdate, raw_id: int | None) -> bool:
    entry_id = await store.find_message(
        tx.connection,
        channel_id,
        attempt=update.attempt,
        provider_id=update.provider_id,
        reference=update.reference,
    )
    delivery = None if entry_id is None else await store.lock_delivery(tx.connection, entry_id)
    if delivery is None:
        return False
    code, reason = update.code[:_MAX_CODE], update.reason[:_MAX_REASON]
    recipients = await store.recipients(tx.connection, delivery.entry_id)
    named, concerned = _concerned(update, delivery, recipients)
    for address in [one.address for one in named] or [""]:
        await store.keep_status(
            tx.connection,
            delivery.entry_id,
            update.state,
            address,
            code=code,
            reason=reason,
            occurred_at=update.occurred_at,
            raw_id=raw_id,
        )
    if await _counts(tx, update, delivery):
        await _climb(tx, delivery, concerned, update.state, code=code, reason=reason)
    if update.suppress:
        for one in named:
            await _suppress(tx, delivery, one.address, reason or "A message to this address came back.")
        if not update.recipients and len(recipients) == 1:
            words = reason or "The provider sends nothing more to this address."
            await suppress(tx, delivery.identity_id, reason=words, channel_id=delivery.channel_id)
    return True


def _concerned(
    update: StatusUpdate, delivery: Delivery, recipients: Sequence[RecipientState]
) -> tuple[list[RecipientState], list[RecipientState]]:
    """The recipients whom the update names, and those whom it is taken to be about."""
    wanted = {address.lower() for address in update.recipients}
    named = [one for one in recipients if one.address.lower() in wanted]
    if not update.recipients:
        return [], list(recipients)
    # A report may name the address that a mail was forwarded to: better laid at the main recipient's door than lost.
    return named, named or [one for one in recipients if one.address == delivery.address]


async def _counts(tx: Tx, update: StatusUpdate, delivery: Delivery) -> bool:
    """Whether the news is of the state as it is now, and not of an attempt that another has followed."""
    if update.state not in REPORTABLE:
        return False
    if update.state in PROOF:
        return True
    if delivery.state in WAITING:
        return False
    last = await store.last_attempt(tx.connection, delivery.entry_id)
    return not update.attempt or last is None or last.token == update.attempt


async def _climb(
    tx: Tx, delivery: Delivery, concerned: Sequence[RecipientState], news: DeliveryState, *, code: str, reason: str
) -> None:
    state = delivery.state
    changed = False
    for one in concerned:
        climbed = climb(one.state, news)
        if climbed != one.state:
            changed = True
            await store.set_recipient(tx.connection, delivery.entry_id, one.address, climbed, code, reason)
        if one.address == delivery.address:
            state = climb(state, climbed)
    if state != delivery.state:
        await store.drop_job(tx.connection, SEND, delivery.entry_id)
        await store.drop_job(tx.connection, RECONCILE, delivery.entry_id)
        await move(tx, delivery, state, code=code, reason=reason)
    elif changed:
        await touch_entry(tx, delivery.entry_id)
        await flag_problem(tx, delivery, certain=news == "failed")


async def _suppress(tx: Tx, delivery: Delivery, address: str, reason: str) -> None:
    identity_id = delivery.identity_id
    if address != delivery.address:
        identity_id = (await resolve_identity(tx, Address(delivery.address_kind, address, shown=address))).id
    await suppress(tx, identity_id, reason=reason)
