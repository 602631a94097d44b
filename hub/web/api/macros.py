"""Macros: kept as canned replies are, and carried out on a conversation."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field

from hub.desk.change import apply
from hub.desk.errors import UnknownMacro
from hub.desk.macros import actions, store
from hub.desk.macros.model import Macro
from hub.desk.policy import Action
from hub.desk.replies.rendering import render_for
from hub.desk.replies.store import get_reply
from hub.desk.tasks import actions as tasks
from hub.web.answers import compose_render, compose_shapes, related_render, render, shapes
from hub.web.errors import invalid
from hub.web.fields import Id, Query, Zone
from hub.web.kept import KeptPatch, NewKept, may_keep
from hub.web.macro_change import MacroChange
from hub.web.routes import Call, Routes
from hub.web.within import conversation_of

routes: Final = Routes()


class NewMacro(NewKept):
    """`reply_id` is the canned reply that it writes."""

    reply_id: Id | None = None
    change: MacroChange = Field(default_factory=MacroChange)


class MacroPatch(KeptPatch):
    """What is given is set; `reply_id` null takes it away."""

    reply_id: Id | None = None
    change: MacroChange | None = None


class CarryOut(Query):
    """`time_zone`: of whoever carries it out, for times such as “next Monday at 9”."""

    time_zone: Zone = "UTC"


@routes.get("/api/macros", policy=Action.READ_CONVERSATIONS, summary="List the macros that one may use")
async def list_all(call: Call[None, None]) -> shapes.Items[compose_shapes.Macro]:
    manages = call.allowed(Action.MANAGE_DESK)
    async with call.services.read() as connection:
        found = await store.list_macros(connection, call.agent.id, manages=manages)
    return {"items": [compose_render.macro(one) for one in found]}


@routes.post("/api/macros", policy=Action.WRITE_CONVERSATIONS, summary="Add a macro", status=201)
async def add(call: Call[NewMacro, None]) -> compose_shapes.Macro:
    body = call.body
    form = actions.MacroForm(*body.place(call), body.reply_id, body.change.written())
    async with call.services.write() as tx:
        return compose_render.macro(await actions.create(tx, form, by=call.agent.id))


@routes.patch("/api/macros/{macro_id}", policy=Action.WRITE_CONVERSATIONS, summary="Change a macro")
async def change(call: Call[MacroPatch, None]) -> compose_shapes.Macro:
    body, given = call.body, call.body.given("team_id", "reply_id")
    async with call.services.write() as tx:
        held = await _held(call, tx.connection)
        form = actions.MacroForm(
            *body.place(call, held),
            reply_id=body.reply_id if "reply_id" in given else held.reply_id,
            change=held.change if body.change is None else body.change.written(),
        )
        return compose_render.macro(await actions.replace(tx, held, form, by=call.agent.id))


@routes.delete("/api/macros/{macro_id}", policy=Action.WRITE_CONVERSATIONS, summary="Remove a macro")
async def remove(call: Call[None, None]) -> None:
    async with call.services.write() as tx:
        held = await _held(call, tx.connection)
        may_keep(call, held.scope)
        await actions.remove(tx, held)


@routes.post(
    "/api/conversations/{conversation_id}/macros/{macro_id}",
    policy=Action.WRITE_CONVERSATIONS,
    summary="Carry out a macro: the change at once, the words for the composer",
)
async def carry_out(call: Call[None, CarryOut]) -> compose_shapes.MacroDone:
    conversation_id = call.path["conversation_id"]
    await conversation_of(call, conversation_id, Action.WRITE_CONVERSATIONS)
    async with call.services.write() as tx:
        held = await _held(call, tx.connection)
        reply = None
        if held.reply_id is not None:
            canned = await get_reply(tx.connection, call.agent.id, held.reply_id, manages=True)
            if canned is not None:
                reply = await render_for(tx, canned, conversation_id, call.agent)
        change, wanted = MacroChange.model_validate(dict(held.change)).done(
            datetime.now(UTC), _zone(call.query.time_zone)
        )
        await apply(tx, conversation_id, change, call.agent.id)
        task = None
        if wanted is not None:
            what, due_at = wanted
            me = call.agent.id
            task = await tasks.create(tx, what, by=me, conversation_id=conversation_id, due_at=due_at, assignee_id=me)
    present = await conversation_of(call, conversation_id, Action.READ_CONVERSATIONS)
    return {
        "conversation": render.conversation(present),
        "reply": None if reply is None else compose_render.rendered(reply),
        "task": None if task is None else related_render.task(task),
    }


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise invalid("time_zone", "This time zone is not known. Write it like Europe/Berlin.") from None


async def _held(call: Call[Any, Any], connection: Any) -> Macro:
    macro_id = call.path["macro_id"]
    manages = call.allowed(Action.MANAGE_DESK)
    held = await store.get_macro(connection, call.agent.id, macro_id, manages=manages)
    if held is None:
        raise UnknownMacro(f"Macro {macro_id} does not exist. Reload the page.")
    return held
