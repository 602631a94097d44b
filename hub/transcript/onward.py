"""Going on elsewhere: answers that nobody read in the chat, and transcripts, by mail to a verified address.

The mail is an entry of the same conversation and carries its reply token, so that the reply comes back into it. In the
person's own log it does not show: it only repeats what is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson
import structlog
from sqlalchemy import Row, text

from hub.channels.model import Channel
from hub.channels.registry import Registry
from hub.channels.store import list_channels
from hub.events.outbox import Outbox, Tx
from hub.outbound.errors import OutboundError
from hub.outbound.model import QueueMessage
from hub.outbound.queue import MessageQueue
from hub.sdk import Connector, Continuation, Continuing, MailWords

_MAX_CONTEXT: Final = 600
_MAX_TRANSCRIPT: Final = 200
# A day is enough: whoever has not been reached by then is not sought out of the blue.
_DUE: Final = text(
    """
    select distinct e.conversation_id, d.identity_id
    from delivery d join entry e on e.id = d.entry_id
    where d.channel_id = :channel_id and d.state in ('sent', 'delivered') and d.continued_by is null
      and d.since between now() - interval '1 day' and now() - make_interval(secs => :seconds)
    limit 100
    """
)
_LOCK: Final = text(
    "select id, waiting_since, last_direction, preview from conversation where id = :conversation_id for update"
)
_UNREAD: Final = text(
    """
    select e.id, e.text, e.author_agent_id, coalesce(a.name, '') as agent
    from delivery d join entry e on e.id = d.entry_id left join agent a on a.id = e.author_agent_id
    where e.conversation_id = :conversation_id and d.identity_id = :identity_id and d.channel_id = :channel_id
      and d.state in ('sent', 'delivered') and d.continued_by is null
      and not exists (select from entry later where later.conversation_id = e.conversation_id
                      and later.direction = 'in' and later.seq > e.seq)
    order by e.seq
    """
)
_ASKED: Final = text(
    """
    select e.text from entry e where e.conversation_id = :conversation_id and e.direction = 'in' and e.kind = 'message'
    order by e.seq desc limit 1
    """
)
_LANGUAGE: Final = text(
    """
    select e.data ->> 'language' from entry e
    where e.conversation_id = :conversation_id and e.direction = 'in' and e.data ->> 'language' <> ''
    order by e.seq desc limit 1
    """
)
_VERIFIED: Final = text(
    """
    select i.id from identity_link own
    join identity_link l on l.customer_id = own.customer_id and l.until is null
    join identity i on i.id = l.identity_id
    where own.identity_id = :identity_id and own.until is null and i.kind = :kind and i.verified_at is not null
      and not exists (select from suppression s where s.identity_id = i.id and s.until is null
                      and (s.channel_id is null or s.channel_id = :channel_id))
    order by i.verified_at desc limit 1
    """
)
_MARK: Final = text("update entry set data = data || cast(:data as jsonb) where id = :id")
_CONTINUED: Final = text("update delivery set continued_by = :id where entry_id = any (:ids)")
_COPY_FILES: Final = text(
    """
    with copied as (
        insert into attachment (entry_id, position, blob_hash, filename, content_type, size, inline, cid, note)
        select :id, row_number() over (order by entry_id, position, id), blob_hash, filename, content_type, size,
               inline, cid, note
        from attachment where entry_id = any (:ids) returning 1
    )
    update entry set attachment_count = (select count(*) from copied) where id = :id
    """
)
_RESTORE: Final = text(
    """
    update conversation set waiting_since = :waiting_since, last_direction = :last_direction, preview = :preview
    where id = :id
    """
)
_SAID: Final = text(
    """
    select e.direction, e.text, e.occurred_at, coalesce(a.name, '') as agent
    from transcript_item t join entry e on e.id = t.entry_id left join agent a on a.id = e.author_agent_id
    where t.identity_id = :identity_id order by t.seq desc limit :limit
    """
)
_NEWEST: Final = text(
    """
    select e.conversation_id from transcript_item t join entry e on e.id = t.entry_id
    where t.identity_id = :identity_id order by t.seq desc limit 1
    """
)
_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Way:
    """How a channel's messages go on: over `channel`, to addresses of `kind`."""

    how: Continuation
    channel: Channel
    kind: str


class Onward:
    """`look` is to be called every minute or so."""

    def __init__(self, outbox: Outbox, registry: Registry, queue: MessageQueue) -> None:
        self._outbox = outbox
        self._registry = registry
        self._queue = queue

    async def look(self) -> None:
        """Sends what has waited long enough, each conversation's in a transaction of its own."""
        async with self._outbox.transaction() as tx:
            channels = await list_channels(tx.connection, archived=False)
            due: list[tuple[Channel, Way, Row[Any]]] = []
            for channel in channels:
                way = self._way(channel, channels)
                if way is not None and way.how.seconds:
                    values = {"channel_id": channel.id, "seconds": way.how.seconds}
                    due += [(channel, way, row) for row in await tx.connection.execute(_DUE, values)]
        for channel, way, row in due:
            try:
                async with self._outbox.transaction() as tx:
                    await self._send(tx, channel.id, way, row.conversation_id, row.identity_id)
            except OutboundError as failure:
                _log.info("answer does not go on", conversation_id=row.conversation_id, error=failure.code)

    async def transcript(self, channel_id: int, identity_id: int) -> bool:
        """Mails what was said to the person's verified address; False without one, or without a channel to it."""
        async with self._outbox.transaction() as tx:
            channels = await list_channels(tx.connection, archived=False)
            channel = next((one for one in channels if one.id == channel_id), None)
            way = None if channel is None else self._way(channel, channels)
            conversation_id = await tx.connection.scalar(_NEWEST, {"identity_id": identity_id})
            if way is None or conversation_id is None:
                return False
            to = await _verified(tx, way, identity_id)
            if to is None:
                return False
            said = (await tx.connection.execute(_SAID, {"identity_id": identity_id, "limit": _MAX_TRANSCRIPT})).all()
            words = await _words(tx, way, conversation_id)
            lines = [_line(one, way.channel.name, words.you) for one in reversed(said)]
            before = (await tx.connection.execute(_LOCK, {"conversation_id": conversation_id})).one()
            try:
                body = "\n\n".join(lines)
                await self._queue_mail(tx, way, conversation_id, to, None, words.transcript, body)
            except OutboundError:
                return False
            await tx.connection.execute(_RESTORE, dict(before._mapping))
        return True

    def _way(self, channel: Channel, channels: Sequence[Channel]) -> Way | None:
        connector = self._registry.find(channel.kind)
        if channel.state != "active" or not isinstance(connector, Continuing):
            return None
        settings = connector.schema.with_defaults(channel.settings)
        how = connector.continuation(settings)
        if how is None:
            return None
        for one in channels:
            over = self._registry.find(one.kind)
            wanted = one.id == how.channel_id if how.channel_id else not one.demo
            if one.state == "active" and one.id != channel.id and wanted and over is not None and _writes(over):
                return Way(how, one, over.address_kind)
        return None

    async def _send(self, tx: Tx, channel_id: int, way: Way, conversation_id: int, identity_id: int) -> None:
        await tx.connection.execute(_LOCK, {"conversation_id": conversation_id})
        values = {"conversation_id": conversation_id, "identity_id": identity_id, "channel_id": channel_id}
        unread = (await tx.connection.execute(_UNREAD, values)).all()
        to = await _verified(tx, way, identity_id) if unread else None
        if to is None:
            return
        asked = await tx.connection.scalar(_ASKED, {"conversation_id": conversation_id})
        words = await _words(tx, way, conversation_id)
        parts = [words.opening]
        if asked:
            parts.append(f"{words.asked}\n" + "\n".join(f"> {line}" for line in asked[:_MAX_CONTEXT].splitlines()))
        parts += [f"{words.answered.format(name=one.agent)}\n{one.text}" if one.agent else one.text for one in unread]
        body = "\n\n".join(parts)
        entries = [one.id for one in unread]
        sent = await self._queue_mail(
            tx, way, conversation_id, to, unread[-1].author_agent_id, words.subject, body, entries
        )
        await tx.connection.execute(_CONTINUED, {"id": sent, "ids": entries})

    async def _queue_mail(
        self,
        tx: Tx,
        way: Way,
        conversation_id: int,
        to: int,
        agent_id: int | None,
        subject: str,
        words: str,
        entries: Sequence[int] = (),
    ) -> int:
        message = QueueMessage(
            conversation_id=conversation_id,
            agent_id=agent_id,
            identity_id=to,
            channel_id=way.channel.id,
            text=words,
            subject=subject,
            last_seen_entry_id=0,
            confirm_newer=True,
        )
        entry = await self._queue.queue_message(tx, message)
        marked = {"id": entry.id, "data": orjson.dumps({"continues": list(entries)}).decode()}
        await tx.connection.execute(_MARK, marked)
        if entries:
            await tx.connection.execute(_COPY_FILES, {"id": entry.id, "ids": list(entries)})
        return entry.id


def _writes(connector: Connector) -> bool:
    return connector.capabilities.send and connector.capabilities.subject


async def _verified(tx: Tx, way: Way, identity_id: int) -> int | None:
    values = {"identity_id": identity_id, "kind": way.kind, "channel_id": way.channel.id}
    found: int | None = await tx.connection.scalar(_VERIFIED, values)
    return found


async def _words(tx: Tx, way: Way, conversation_id: int) -> MailWords:
    language: str | None = await tx.connection.scalar(_LANGUAGE, {"conversation_id": conversation_id})
    return way.how.words_for(language or "")


def _line(one: Row[Any], company: str, you: str) -> str:
    who = (one.agent or company) if one.direction == "out" else you
    return f"{who}, {one.occurred_at:%Y-%m-%d %H:%M} UTC:\n{one.text}"
