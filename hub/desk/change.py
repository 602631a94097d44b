"""Changes of a conversation as they are asked for: by an agent, of many at once, by a macro. JSON throughout."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from typing_extensions import TypedDict

from hub.desk import assignment, snooze, triage
from hub.desk.errors import BadValue, UnknownAgent, UnknownTeam
from hub.events.outbox import Tx
from hub.timeline.model import Priority


class Snoozing(TypedDict):
    """RFC 3339 with its offset, or None: until the customer writes."""

    until: str | None


class Change(TypedDict, total=False):
    """What is there is changed; `assignee_id`, `team_id`, `snooze` and values of `fields` are None to clear them.
    `follow`: whoever changes it follows it."""

    state: str
    assignee_id: int | None
    team_id: int | None
    priority: Priority
    snooze: Snoozing | None
    label_ids_add: list[int]
    label_ids_remove: list[int]
    follow: bool
    fields: dict[str, Any]


async def apply(tx: Tx, conversation_id: int, change: Change, by: int) -> None:
    """Does all of it, in the name of the agent `by`; an event in the timeline for each thing that has changed.

    Raises UnknownConversation, and BadValue for what cannot be set, before or while something was changed: the
    transaction has to be rolled back.
    """
    sleeping = change.get("snooze")
    if change.get("state") == "resolved" and sleeping is not None:
        raise BadValue("snooze", "A conversation is resolved or snoozed, not both. Choose one.")
    if "assignee_id" in change:
        try:
            await assignment.assign(tx, conversation_id, change["assignee_id"], by)
        except UnknownAgent as failure:
            raise BadValue("assignee_id", str(failure)) from None
    if "team_id" in change:
        try:
            await assignment.assign_team(tx, conversation_id, change["team_id"], by)
        except UnknownTeam as failure:
            raise BadValue("team_id", str(failure)) from None
    if "priority" in change:
        await triage.set_priority(tx, conversation_id, change["priority"], by)
    add, remove = change.get("label_ids_add", ()), change.get("label_ids_remove", ())
    if add or remove:
        await triage.relabel(tx, conversation_id, add, remove, by)
    if change.get("fields"):
        await triage.set_fields(tx, conversation_id, change["fields"], by)
    match change.get("state"):
        case "resolved":
            await assignment.resolve(tx, conversation_id, by)
        case "open":
            await assignment.reopen(tx, conversation_id, by)
    if sleeping is not None:
        await snooze.snooze(tx, conversation_id, _until(sleeping), by)
    elif "snooze" in change:
        await snooze.wake(tx, conversation_id, by)
    if "follow" in change:
        await triage.follow(tx, conversation_id, by, change["follow"])


def _until(sleeping: Snoozing) -> datetime | None:
    written = sleeping["until"]
    if written is None:
        return None
    try:
        until = datetime.fromisoformat(written)
        ahead = until.tzinfo is not None and until > datetime.now(UTC)
    except (ValueError, OverflowError):
        raise BadValue("snooze.until", "This is no time as RFC 3339 writes it.") from None
    if not ahead:
        raise BadValue("snooze.until", "This has to be a time in the future, with its offset from UTC.")
    return until.astimezone(UTC)
