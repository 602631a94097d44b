"""What a change has changed, as JSON; and putting back what nobody has changed since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import text

from hub.desk import assignment, snooze, triage
from hub.desk.conversation import Work, lock
from hub.events.outbox import Tx

Known = Mapping[str, Any]
_WAITING: Final = text(
    """
    update conversation set waiting_since = :waiting_since, delivery_problem = :delivery_problem
    where id = :id and waiting_since is null and not delivery_problem
    """
)


def difference(before: Work, after: Work) -> tuple[dict[str, Any], dict[str, Any]]:
    """Only what differs, as it was and as it is."""
    was, now = _known(before), _known(after)
    names = [name for name in was if was[name] != now[name]]
    return {name: was[name] for name in names}, {name: now[name] for name in names}


def _known(work: Work) -> dict[str, Any]:
    until = work.snoozed_until
    return {
        "assignee_id": work.assignee_id,
        "team_id": work.team_id,
        "priority": work.priority,
        "label_ids": list(work.label_ids),
        "follower_ids": list(work.follower_ids),
        "fields": dict(work.fields),
        "standing": [work.state, work.snoozed, None if until is None else until.isoformat()],
        "waiting": [
            None if work.waiting_since is None else work.waiting_since.isoformat(),
            work.delivery_problem,
        ],
    }


async def put_back(tx: Tx, conversation_id: int, before: Known, after: Known, by: int) -> None:
    """Whatever still is as in `after` becomes what it was in `before`; labels, followers and fields one by one. Raises
    what the single changes raise, where what was there before cannot be set any more."""
    now = _known(await lock(tx, conversation_id))
    same = {name for name in after if name in now and now[name] == after[name]}
    if "assignee_id" in same:
        await assignment.assign(tx, conversation_id, before["assignee_id"], by)
    if "team_id" in same:
        await assignment.assign_team(tx, conversation_id, before["team_id"], by)
    if "priority" in same:
        await triage.set_priority(tx, conversation_id, before["priority"], by)
    if "label_ids" in after:
        put_on, taken_off = _moved(before["label_ids"], after["label_ids"])
        held = set(now["label_ids"])
        await triage.relabel(tx, conversation_id, taken_off - held, put_on & held, by)
    if "follower_ids" in after:
        joined, left = _moved(before["follower_ids"], after["follower_ids"])
        if by in joined | left:
            await triage.follow(tx, conversation_id, by, by in left)
    if "fields" in after:
        await triage.set_fields(tx, conversation_id, _fields(before["fields"], after["fields"], now["fields"]), by)
    if "standing" in same:
        await _stand(tx, conversation_id, before, by)


def _moved(before: list[int], after: list[int]) -> tuple[set[int], set[int]]:
    return set(after) - set(before), set(before) - set(after)


def _fields(before: Known, after: Known, now: Known) -> dict[str, Any]:
    changed = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    return {key: before.get(key) for key in changed if now.get(key) == after.get(key)}


async def _stand(tx: Tx, conversation_id: int, before: Known, by: int) -> None:
    state, snoozed, until = before["standing"]
    if state == "resolved":
        await assignment.resolve(tx, conversation_id, by)
        return
    await assignment.reopen(tx, conversation_id, by)
    waiting_since, problem = before.get("waiting", [None, False])
    if waiting_since is not None or problem:
        # Whoever had waited when it was resolved goes on waiting since then.
        values = {
            "id": conversation_id,
            "waiting_since": None if waiting_since is None else datetime.fromisoformat(waiting_since),
            "delivery_problem": problem,
        }
        await tx.connection.execute(_WAITING, values)
    time = None if until is None else datetime.fromisoformat(until)
    if snoozed and (time is None or time > datetime.now(UTC)):
        await snooze.snooze(tx, conversation_id, time, by)
    else:
        await snooze.wake(tx, conversation_id, by)
