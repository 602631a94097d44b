"""A call as it stands on the timeline: one entry from the first ring, brought up to date as it goes on."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from hub.calls import shown, store
from hub.calls.facts import Summary
from hub.calls.model import Call, CallDirection, CallState
from hub.events.model import ConversationChanged, EntryChanged
from hub.events.outbox import Tx
from hub.timeline.actions import append_entry, open_conversation
from hub.timeline.model import NewEntry

KIND: Final = "call"
MOST_WORDS: Final = 200
_WORDS: Final[dict[tuple[CallDirection, CallState], str]] = {
    ("in", "ringing"): "Calling now",
    ("in", "waiting"): "Calling now",
    ("in", "talking"): "On the telephone now",
    ("in", "ended"): "Telephone call",
    ("in", "missed"): "Missed call",
    ("in", "voicemail"): "Voicemail",
    ("out", "ringing"): "Being called now",
    ("out", "waiting"): "Being called now",
    ("out", "talking"): "On the telephone now",
    ("out", "ended"): "Telephone call",
    ("out", "missed"): "Called, not reached",
    ("out", "voicemail"): "Called, message left on the answering machine",
}


async def begin_entry(
    tx: Tx,
    *,
    channel_id: int,
    identity_id: int,
    direction: CallDirection,
    at: datetime,
    conversation_id: int | None = None,
    agent_id: int | None = None,
    raw_id: int | None = None,
) -> tuple[int, int]:
    """The entry and its conversation: the open one of this channel and identity, or a new one."""
    where = conversation_id or await store.open_conversation_of(tx.connection, channel_id, identity_id)
    if where is None:
        where = (await open_conversation(tx, channel_id=channel_id, identity_id=identity_id)).id
    entry = await append_entry(
        tx,
        NewEntry(
            conversation_id=where,
            kind=KIND,
            direction=direction,
            occurred_at=at,
            channel_id=channel_id,
            raw_id=raw_id,
            author_identity_id=identity_id if direction == "in" else None,
            author_agent_id=agent_id,
            text=_WORDS[direction, "ringing"],
        ),
    )
    return entry.id, where


async def update_entry(tx: Tx, call: Call, summary: Summary) -> None:
    """Writes what is known of the call, and tells it where that changed something."""
    said = _WORDS[call.direction, call.state]
    if call.transcript:
        said = f"{said}: {call.transcript}"
    anew = await shown.write_entry(tx.connection, call.entry_id, entry_data(call, summary), said)
    if anew:
        tx.emit(EntryChanged(call.entry_id, call.conversation_id))
    answered = call.answered_at is not None
    about = {"kind": KIND, "direction": call.direction, "state": call.state, "words": call.transcript[:MOST_WORDS]}
    if await shown.show_in_lists(
        tx.connection, call.conversation_id, call.entry_id, said, about, answered=answered, anew=anew
    ):
        tx.emit(ConversationChanged(call.conversation_id))


def entry_data(call: Call, summary: Summary) -> dict[str, object]:
    """hub/web/answers/call_shapes.py describes it."""
    return {
        "call_id": call.id,
        "direction": call.direction,
        "state": call.state,
        "started_at": _time(call.started_at),
        "answered_at": _time(call.answered_at),
        "ended_at": _time(call.ended_at),
        "waited_seconds": call.waited_seconds,
        "talk_seconds": call.talk_seconds,
        "held_seconds": call.held_seconds,
        "agent_ids": list(summary.agent_ids),
        "transferred": call.transferred,
        "disposition": call.disposition,
        "notes": call.notes,
        "recorded": call.recorded,
        "consent": call.consent,
        "transcript": call.transcript,
        "said": [{"at": one.at.isoformat(), "who": one.who, "text": one.text} for one in call.said],
        "callback_id": call.callback_id,
    }


def _time(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
