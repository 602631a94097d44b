"""Somebody calls: who it is, and what they hear first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.calls import store
from hub.calls.entry import begin_entry
from hub.calls.model import Leg, Stage
from hub.calls.texts import language_of
from hub.events.outbox import Tx
from hub.people.actions import resolve_identity
from hub.sdk import Address, CallUpdate
from hub.service.hours import state
from hub.service.store import hours_of_channel

if TYPE_CHECKING:
    from hub.calls.desk import CallDesk


async def begin_incoming(desk: CallDesk, tx: Tx, channel_id: int, update: CallUpdate, raw_id: int | None) -> Leg:
    """The caller's telephone, in a new call: in the queue while we are open, else told that we are not."""
    connection = tx.connection
    settings = await desk.settings_of(connection, channel_id)
    caller = update.caller or Address("phone", "")
    if not caller.value:  # the number is withheld: each such caller is somebody of their own
        caller = Address("phone", f"withheld:{update.provider_id}", "Number withheld")
    identity = await resolve_identity(tx, caller)
    who = await store.who_is(connection, identity.id)
    language = language_of(caller.value, who.language, settings.language)
    now = state(await hours_of_channel(connection, channel_id), update.occurred_at)
    entry_id, conversation_id = await begin_entry(
        tx, channel_id=channel_id, identity_id=identity.id, direction="in", at=update.occurred_at, raw_id=raw_id
    )
    stage: Stage = "queue" if now.open else "voicemail" if settings.voicemail else "farewell"
    opening = settings.say("greeting", language) if now.open else now.text or settings.say("closed_text", language)
    call_id = await store.insert_call(
        connection,
        {
            "channel_id": channel_id,
            "conversation_id": conversation_id,
            "identity_id": identity.id,
            "entry_id": entry_id,
            "direction": "in",
            "stage": stage,
            "state": "waiting",
            "first": "customer",
            "customer_kind": caller.kind,
            "customer_address": caller.value,
            "language": language,
            "callback_id": None,
            "opening_text": opening,
            "closing_text": "" if now.open else opening,
            "whisper": "",
            "machine_text": "",
            "record": settings.record,
            "started_at": update.occurred_at,
        },
    )
    return await store.insert_leg(
        connection,
        call_id,
        "customer",
        caller,
        ring_seconds=0,
        provider_id=update.provider_id,
        state="ringing",
        started_at=update.occurred_at,
    )
