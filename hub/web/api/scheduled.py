"""Messages that go out later: at a time, or when the moment to undo them is over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from hub.compose import store
from hub.compose.model import Scheduled, UnknownScheduled
from hub.desk.policy import Action
from hub.web.answers import compose_render, compose_shapes, shapes
from hub.web.composing import Hold, NewMessage, message_of
from hub.web.errors import invalid
from hub.web.fields import Moment, RequestBody
from hub.web.routes import Call, Routes
from hub.web.within import conversation_of

routes: Final = Routes()
LONGEST: Final = timedelta(days=366)
_LATE: Final = timedelta(minutes=5)
"""A time so little in the past was in the future when it was chosen."""


class NewScheduled(NewMessage):
    """A message with the time `send_at` when it goes out, or with `hold_seconds` in which it can be undone."""

    send_at: Moment | None = None
    hold_seconds: Hold | None = None


class NewTime(RequestBody):
    send_at: Moment


class SendNow(RequestBody):
    """`confirm_newer`: what somebody wrote meanwhile does not matter."""

    confirm_newer: bool = False


@routes.get(
    "/api/conversations/{conversation_id}/scheduled",
    policy=Action.READ_CONVERSATIONS,
    summary="List the messages of a conversation that are still to go out, or were held back",
)
async def list_all(call: Call[None, None]) -> shapes.Items[compose_shapes.Scheduled]:
    await conversation_of(call, call.path["conversation_id"], Action.READ_CONVERSATIONS)
    call.snapshot()
    async with call.services.read() as connection:
        found = await store.open_of(connection, call.path["conversation_id"])
    return {"items": [compose_render.scheduled(one) for one in found]}


@routes.post(
    "/api/conversations/{conversation_id}/scheduled",
    policy=Action.WRITE_CONVERSATIONS,
    summary="Send a message later",
    status=201,
    idempotent=True,
)
async def put_off(call: Call[NewScheduled, None]) -> compose_shapes.Scheduled:
    await conversation_of(call, call.path["conversation_id"], Action.WRITE_CONVERSATIONS)
    at, seconds = call.body.send_at, call.body.hold_seconds
    if (at is None) == (seconds is None):
        raise invalid("send_at", "Give either the time when it goes out, or the seconds in which it can be undone.")
    message = await message_of(call, call.body)
    async with call.services.write() as tx:
        made = await call.services.scheduled.put_off(
            tx, message, at=None if at is None else _time(at), hold_seconds=seconds or 0
        )
    return compose_render.scheduled(made)


@routes.patch(
    "/api/scheduled/{scheduled_id}", policy=Action.WRITE_CONVERSATIONS, summary="Choose another time for a message"
)
async def change_time(call: Call[NewTime, None]) -> compose_shapes.Scheduled:
    await _found(call)
    at = _time(call.body.send_at)
    async with call.services.write() as tx:
        changed = await call.services.scheduled.change_time(tx, call.path["scheduled_id"], at)
    return compose_render.scheduled(changed)


@routes.delete(
    "/api/scheduled/{scheduled_id}",
    policy=Action.WRITE_CONVERSATIONS,
    summary="Take back a message that did not go out yet",
)
async def take_back(call: Call[None, None]) -> compose_shapes.Scheduled:
    await _found(call)
    async with call.services.write() as tx:
        taken = await call.services.scheduled.take_back(tx, call.path["scheduled_id"], call.agent.id)
    return compose_render.scheduled(taken)


@routes.post(
    "/api/scheduled/{scheduled_id}/send-now",
    policy=Action.WRITE_CONVERSATIONS,
    summary="Send a message that waits, or was held back, now",
    idempotent=True,
)
async def send_now(call: Call[SendNow, None]) -> compose_shapes.Scheduled:
    await _found(call)
    async with call.services.write() as tx:
        sent = await call.services.scheduled.send_now(
            tx, call.path["scheduled_id"], confirm_newer=call.body.confirm_newer
        )
    return compose_render.scheduled(sent)


def _time(written: str) -> datetime:
    try:
        at = datetime.fromisoformat(written)
        ahead = at - datetime.now(UTC)
    except (ValueError, OverflowError):
        raise invalid("send_at", "There is no such time. Choose another.") from None
    if not -_LATE <= ahead <= LONGEST:
        raise invalid("send_at", "Choose a time within the next year.")
    return at.astimezone(UTC)


async def _found(call: Call[Any, Any]) -> Scheduled:
    async with call.services.read() as connection:
        found = await store.get_scheduled(connection, [call.path["scheduled_id"]])
    if not found:
        raise UnknownScheduled("There is no such message any more. Reload the page.")
    await conversation_of(call, found[0].message.conversation_id, Action.WRITE_CONVERSATIONS)
    return found[0]
