"""Putting a message off, taking it back, and sending it when its time has come: one transaction each.

The row and its job are written together. The job makes the entry, with its delivery, in the transaction that marks the
row as sent: whatever dies in between, it goes out once, or is still there to be sent.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import text

from hub.compose import store
from hub.compose.model import OPEN, SEND_SCHEDULED, Scheduled, UnknownScheduled
from hub.desk import assignment
from hub.events.model import ScheduledChanged
from hub.events.outbox import Outbox, Tx
from hub.failpoints import failpoint
from hub.outbound.errors import NewerEntry, NotPossible, OutboundError
from hub.outbound.job import Again, Done, Job, Lease, Result, enqueue, hasten
from hub.outbound.model import QueueMessage
from hub.outbound.queue import MessageQueue
from hub.timeline.actions import TimelineError

_LOCK: Final = text("select id from conversation where id = :id for update")


class ScheduledMessages:
    """Messages that go out later, over the queue that sends the others."""

    def __init__(self, outbox: Outbox, queue: MessageQueue) -> None:
        self._outbox = outbox
        self._queue = queue

    async def put_off(
        self, tx: Tx, message: QueueMessage, *, at: datetime | None = None, hold_seconds: float = 0.0
    ) -> Scheduled:
        """It goes out at `at`, or after it was held for a few seconds in which it can be undone; that of then for an
        idempotency key that was seen. It is refused now if it would be refused then.

        Raises an OutboundError, UnknownConversation or UnknownAttachment.
        """
        await tx.connection.execute(_LOCK, {"id": message.conversation_id})
        key = message.idempotency_key or ""
        earlier = await store.by_key(tx.connection, message.conversation_id, key)
        if earlier is not None:
            return earlier
        await self._queue.check_message(tx, message)
        hold = at is None
        if hold:  # what the agent had seen when they sent it was looked at just now
            message = replace(message, confirm_newer=True)
        scheduled_id = await store.insert_scheduled(tx.connection, message, hold=hold, at=at, seconds=hold_seconds)
        await enqueue(
            tx.connection,
            SEND_SCHEDULED,
            {"scheduled_id": scheduled_id},
            dedupe_key=str(scheduled_id),
            run_at=at,
            delay=hold_seconds,
        )
        return await _told(tx, scheduled_id)

    async def take_back(self, tx: Tx, scheduled_id: int, agent_id: int) -> Scheduled:
        """It does not go out; its files are the agent's uploads again. A conversation that was opened for it leaves
        every list.

        Raises UnknownScheduled and NotPossible.
        """
        found = await _locked(tx, scheduled_id)
        if found.state == "canceled":
            return found
        if found.state not in OPEN:
            raise NotPossible("It has gone out already, and cannot be taken back any more.")
        await store.move(tx.connection, scheduled_id, "canceled")
        await store.give_files(tx.connection, found.message.attachment_ids, agent_id)
        if not await store.open_of(tx.connection, found.message.conversation_id):
            await assignment.withdraw(tx, found.message.conversation_id)
        return await _told(tx, scheduled_id)

    async def send_now(self, tx: Tx, scheduled_id: int, *, confirm_newer: bool) -> Scheduled:
        """Its time has come; what somebody wrote meanwhile is in its way unless it is confirmed.

        Raises UnknownScheduled and NotPossible.
        """
        return await self._again(tx, scheduled_id, None, confirm_newer=confirm_newer)

    async def change_time(self, tx: Tx, scheduled_id: int, at: datetime) -> Scheduled:
        """Raises UnknownScheduled and NotPossible."""
        return await self._again(tx, scheduled_id, at, confirm_newer=False)

    async def _again(self, tx: Tx, scheduled_id: int, at: datetime | None, *, confirm_newer: bool) -> Scheduled:
        found = await _locked(tx, scheduled_id)
        if found.state not in OPEN:
            raise NotPossible("It has gone out already, or was taken back. Reload the page.")
        await store.put_off(tx.connection, scheduled_id, at, confirm_newer=confirm_newer)
        added = await enqueue(
            tx.connection, SEND_SCHEDULED, {"scheduled_id": scheduled_id}, dedupe_key=str(scheduled_id), run_at=at
        )
        if added is None:  # it may be meant for later than this
            await hasten(tx.connection, SEND_SCHEDULED, str(scheduled_id))
        return await _told(tx, scheduled_id)

    async def handle(self, job: Job, lease: Lease) -> Result:
        """The job's handler. One that comes too early (the time was put off) waits on."""
        del lease
        scheduled_id = int(job.payload["scheduled_id"])
        await failpoint("scheduled.claimed")
        async with self._outbox.transaction() as tx:
            found = await store.lock_scheduled(tx.connection, scheduled_id)
            if found is None or found.state != "waiting":
                return Done()
            early = await store.seconds_left(tx.connection, scheduled_id)
            if early > 0:
                return Again(early, progress=True)
            await self._send(tx, found)
            await failpoint("scheduled.queued")
        await failpoint("scheduled.committed")
        return Done()

    async def _send(self, tx: Tx, one: Scheduled) -> None:
        try:
            async with tx.connection.begin_nested():
                entry = await self._queue.queue_message(tx, one.message)
        except NewerEntry as newer:
            await store.move(tx.connection, one.id, "held_back", code=newer.code, reason=str(newer))
        except OutboundError as refusal:
            await store.move(tx.connection, one.id, "failed", code=refusal.code, reason=str(refusal))
        except TimelineError as refusal:
            await store.move(tx.connection, one.id, "failed", code="attachment_gone", reason=str(refusal))
        else:
            await store.move(tx.connection, one.id, "sent", entry_id=entry.id)
            await _told(tx, one.id)
            return
        await _surface(tx, one)

    async def sweep(self) -> None:
        """Whatever became of its job: no message waits for ever unseen."""
        async with self._outbox.transaction() as tx:
            for scheduled_id in await store.stranded(tx.connection):
                (one,) = await store.get_scheduled(tx.connection, [scheduled_id])
                reason = "The hub could not send it for a reason of its own. Send it again."
                await store.move(tx.connection, one.id, "failed", code="unexpected", reason=reason)
                await _surface(tx, one)
            await store.forget_past(tx.connection)


async def _surface(tx: Tx, one: Scheduled) -> None:
    """Somebody has to see to it: the conversation is open, and tells of the message."""
    await assignment.reopen(tx, one.message.conversation_id, None)
    await _told(tx, one.id)


async def _locked(tx: Tx, scheduled_id: int) -> Scheduled:
    found = await store.lock_scheduled(tx.connection, scheduled_id)
    if found is None:
        raise UnknownScheduled("There is no such message any more. Reload the page.")
    return found


async def _told(tx: Tx, scheduled_id: int) -> Scheduled:
    (found,) = await store.get_scheduled(tx.connection, [scheduled_id])
    tx.emit(ScheduledChanged(found.id, found.message.conversation_id))
    return found
