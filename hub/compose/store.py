"""The SQL of messages that go out later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

import orjson
from sqlalchemy import Row, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.compose.model import Scheduled
from hub.outbound.model import ChosenTemplate, QueueMessage
from hub.sdk import TemplateInfo
from hub.timeline.uploads import upload_of, uploads_in

# `at` None: so many seconds from now, by the database's clock, which the jobs go by.
_INSERT: Final = text(
    """
    insert into scheduled_message (conversation_id, agent_id, idempotency_key, identity_id, channel_id, cc, subject,
                                   text, html, template, attachment_ids, last_seen_entry_id, confirm_newer, hold,
                                   send_at)
    values (:conversation_id, :agent_id, :idempotency_key, :identity_id, :channel_id, :cc, :subject, :text,
            :html, cast(:template as jsonb), :attachment_ids, :last_seen_entry_id, :confirm_newer, :hold,
            coalesce(cast(:at as timestamptz), now() + make_interval(secs => :seconds)))
    returning id
    """
)
_SCHEDULED: Final = f"""
    select s.*, agent.name as agent_name, coalesce(nullif(i.shown, ''), i.address) as address,
           {uploads_in("s.attachment_ids")} as attachments
    from scheduled_message s join identity i on i.id = s.identity_id join agent on agent.id = s.agent_id
"""
_BY_ID: Final = text(f"{_SCHEDULED} where s.id = any (:ids) order by s.id").columns(template=JSONB, attachments=JSONB)
_LOCKED: Final = text(f"{_SCHEDULED} where s.id = :id for update of s").columns(template=JSONB, attachments=JSONB)
_BY_KEY: Final = text(f"{_SCHEDULED} where s.conversation_id = :conversation_id and s.idempotency_key = :key").columns(
    template=JSONB, attachments=JSONB
)
_OPEN_OF: Final = text(
    f"""
    {_SCHEDULED} where s.conversation_id = :conversation_id and s.state in ('waiting', 'held_back', 'failed')
    order by s.id limit 100
    """
).columns(template=JSONB, attachments=JSONB)
_MOVE: Final = text(
    """
    update scheduled_message set state = :state, code = :code, reason = :reason, entry_id = :entry_id,
        version = version + 1, changed_at = now()
    where id = :id
    """
)
_AGAIN: Final = text(
    """
    update scheduled_message set state = 'waiting', code = '', reason = '', hold = false,
        confirm_newer = confirm_newer or :confirm_newer, version = version + 1, changed_at = now(),
        send_at = coalesce(cast(:at as timestamptz), now())
    where id = :id
    """
)
_FREE_FILES: Final = text(
    "update attachment set uploaded_by = :agent_id, created_at = now() where id = any (:ids) and entry_id is null"
)
_LEFT: Final = text("select extract(epoch from send_at - now()) from scheduled_message where id = :id")
# Its job died, for reasons that nobody foresaw.
_STRANDED: Final = text(
    """
    select s.id from scheduled_message s
    where s.state = 'waiting' and s.send_at < now() - interval '10 minutes'
      and not exists (select from job j where j.kind = 'send_scheduled' and j.dedupe_key = s.id::text
                      and j.state <> 'dead')
    order by s.send_at limit 100 for update of s skip locked
    """
)
_FORGET: Final = text(
    "delete from scheduled_message where state in ('sent', 'canceled') and changed_at < now() - interval '7 days'"
)


async def insert_scheduled(
    connection: AsyncConnection, message: QueueMessage, *, hold: bool, at: datetime | None, seconds: float
) -> int:
    values = {
        "conversation_id": message.conversation_id,
        "agent_id": message.agent_id,
        "idempotency_key": message.idempotency_key,
        "identity_id": message.identity_id,
        "channel_id": message.channel_id,
        "cc": list(message.cc),
        "subject": message.subject,
        "text": message.text,
        "html": message.html,
        "template": None if message.template is None else _dumped(message.template),
        "attachment_ids": list(message.attachment_ids),
        "last_seen_entry_id": message.last_seen_entry_id,
        "confirm_newer": message.confirm_newer,
        "hold": hold,
        "at": at,
        "seconds": seconds,
    }
    found: int = (await connection.execute(_INSERT, values)).scalar_one()
    return found


async def get_scheduled(connection: AsyncConnection, ids: Iterable[int]) -> list[Scheduled]:
    """Those that exist, in order of their ids."""
    return [_to_scheduled(row) for row in await connection.execute(_BY_ID, {"ids": list(ids)})]


async def lock_scheduled(connection: AsyncConnection, scheduled_id: int) -> Scheduled | None:
    row = (await connection.execute(_LOCKED, {"id": scheduled_id})).one_or_none()
    return None if row is None else _to_scheduled(row)


async def by_key(connection: AsyncConnection, conversation_id: int, key: str) -> Scheduled | None:
    """What a request of this Idempotency-Key made before."""
    row = (await connection.execute(_BY_KEY, {"conversation_id": conversation_id, "key": key})).one_or_none()
    return None if row is None else _to_scheduled(row)


async def open_of(connection: AsyncConnection, conversation_id: int) -> list[Scheduled]:
    """Those that are still to go out, or wait for an agent; oldest first."""
    found = await connection.execute(_OPEN_OF, {"conversation_id": conversation_id})
    return [_to_scheduled(row) for row in found]


async def move(
    connection: AsyncConnection,
    scheduled_id: int,
    state: str,
    *,
    code: str = "",
    reason: str = "",
    entry_id: int | None = None,
) -> None:
    values = {"id": scheduled_id, "state": state, "code": code, "reason": reason, "entry_id": entry_id}
    await connection.execute(_MOVE, values)


async def put_off(connection: AsyncConnection, scheduled_id: int, at: datetime | None, *, confirm_newer: bool) -> None:
    """It waits for `at`, or (None) goes out now."""
    await connection.execute(_AGAIN, {"id": scheduled_id, "at": at, "confirm_newer": confirm_newer})


async def give_files(connection: AsyncConnection, ids: Iterable[int], agent_id: int) -> None:
    """The files are this agent's uploads again, from now on."""
    await connection.execute(_FREE_FILES, {"ids": list(ids), "agent_id": agent_id})


async def seconds_left(connection: AsyncConnection, scheduled_id: int) -> float:
    """Until its time; negative when that is over."""
    return float((await connection.execute(_LEFT, {"id": scheduled_id})).scalar_one())


async def stranded(connection: AsyncConnection) -> list[int]:
    """Locked: those whose time has come, and for which nothing works any more."""
    return list((await connection.execute(_STRANDED)).scalars())


async def forget_past(connection: AsyncConnection) -> None:
    """Drops what went out or was taken back long ago; an entry says the rest."""
    await connection.execute(_FORGET)


def _dumped(template: ChosenTemplate) -> str:
    kept = {"info": asdict(template.info), "variables": dict(template.variables), "text": template.text}
    return orjson.dumps(kept).decode()


def _template(kept: Mapping[str, Any] | None) -> ChosenTemplate | None:
    if kept is None:
        return None
    info: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in kept["info"].items()
    }
    return ChosenTemplate(TemplateInfo(**info), kept["variables"], kept["text"])


def _to_scheduled(row: Row[Any]) -> Scheduled:
    message = QueueMessage(
        conversation_id=row.conversation_id,
        agent_id=row.agent_id,
        identity_id=row.identity_id,
        channel_id=row.channel_id,
        text=row.text,
        last_seen_entry_id=row.last_seen_entry_id,
        idempotency_key=row.idempotency_key,
        html=row.html,
        subject=row.subject,
        cc=tuple(row.cc),
        attachment_ids=tuple(row.attachment_ids),
        confirm_newer=row.confirm_newer,
        template=_template(row.template),
    )
    return Scheduled(
        row.id,
        row.version,
        message,
        row.agent_name,
        row.address,
        [upload_of(one) for one in row.attachments or ()],
        row.hold,
        row.send_at,
        row.state,
        row.code,
        row.reason,
        row.entry_id,
        row.created_at,
    )
