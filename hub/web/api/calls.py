"""Telephone calls: what goes on, what can be done about it, and what is remembered of it."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import Field

from hub.calls import store
from hub.calls.model import Call as TelephoneCall
from hub.channels.store import get_channel
from hub.desk.policy import Action
from hub.people.store import get_identity
from hub.sdk import Address
from hub.web.answers import call_render, call_shapes, shapes
from hub.web.errors import invalid, not_found
from hub.web.fields import Id, Line, LongText, RequestBody
from hub.web.routes import Call, Routes

MOST: Final = 200
MOST_ENDED: Final = 20
routes: Final = Routes()


class NewCall(RequestBody):
    channel_id: Id
    identity_id: Id


class Transfer(RequestBody):
    agent_id: Id


class CallPatch(RequestBody):
    disposition: Annotated[Line | None, Field(max_length=200)] = None
    notes: LongText | None = None
    wrapped_up: Literal[True] | None = None


@routes.get(
    "/api/calls",
    policy=Action.READ_CONVERSATIONS,
    summary="List the calls that go on, the oldest first, then those of one's own that are to be wrapped up",
)
async def list_calls(call: Call[None, None]) -> shapes.Items[call_shapes.Call]:
    call.snapshot()
    async with call.services.read() as connection:
        mine = await store.calls_to_wrap_up(connection, call.agent.id, MOST_ENDED)
        found = await store.views_of(connection, [*await store.open_calls(connection, MOST), *mine])
    return {"items": [call_render.call(one) for one in found if call.allowed(Action.READ_CONVERSATIONS, one.call)]}


@routes.post(
    "/api/calls",
    policy=Action.WRITE_CONVERSATIONS,
    summary="Call a customer, one's own telephone first",
    status=201,
    idempotent=True,
)
async def place(call: Call[NewCall, None]) -> call_shapes.Call:
    async with call.services.write() as tx:
        channel = await get_channel(tx.connection, call.body.channel_id)
        if channel is None or channel.state != "active":
            raise not_found("channel")
        connector = call.services.registry.get(channel.kind)
        identity = await get_identity(tx.connection, call.body.identity_id)
        if identity is None:
            raise not_found("identity")
        if not connector.capabilities.calls:
            raise invalid("channel_id", "This channel cannot call anybody. Choose a telephone channel.")
        if identity.kind != connector.address_kind:
            raise invalid("identity_id", "This is no telephone number. Choose another address of the customer.")
        placed = await call.services.calls.place_call(
            tx,
            channel_id=channel.id,
            identity_id=identity.id,
            to=Address(identity.kind, identity.address),
            agent_id=call.agent.id,
        )
    return await _shown(call, placed.id)


@routes.get("/api/calls/{call_id}", policy=Action.READ_CONVERSATIONS, summary="Read a call")
async def read(call: Call[None, None]) -> call_shapes.Call:
    call.snapshot()
    return await _shown(call, call.path["call_id"])


@routes.patch(
    "/api/calls/{call_id}", policy=Action.WRITE_CONVERSATIONS, summary="Note how a call ended and what to remember"
)
async def change(call: Call[CallPatch, None]) -> call_shapes.Call:
    one = await _checked(call)
    async with call.services.write() as tx:
        await call.services.calls.note(
            tx,
            one.id,
            disposition=call.body.disposition,
            notes=call.body.notes,
            wrapped_up=bool(call.body.wrapped_up),
            by=call.agent.id,
        )
    return await _shown(call, one.id)


@routes.post("/api/calls/{call_id}/hang-up", policy=Action.WRITE_CONVERSATIONS, summary="End a call for everybody")
async def hang_up(call: Call[None, None]) -> call_shapes.Call:
    one = await _checked(call)
    async with call.services.write() as tx:
        await call.services.calls.hang_up(tx, one.id)
    return await _shown(call, one.id)


@routes.post(
    "/api/calls/{call_id}/decline",
    policy=Action.WRITE_CONVERSATIONS,
    summary="Not take a call that rings at one's own telephone: the next agent is asked",
)
async def decline(call: Call[None, None]) -> call_shapes.Call:
    one = await _checked(call)
    async with call.services.write() as tx:
        await call.services.calls.decline(tx, one.id, call.agent.id)
    return await _shown(call, one.id)


@routes.post("/api/calls/{call_id}/hold", policy=Action.WRITE_CONVERSATIONS, summary="Put the customer on hold")
async def hold(call: Call[None, None]) -> call_shapes.Call:
    return await _hold(call, held=True)


@routes.post("/api/calls/{call_id}/resume", policy=Action.WRITE_CONVERSATIONS, summary="Take the customer back")
async def resume(call: Call[None, None]) -> call_shapes.Call:
    return await _hold(call, held=False)


@routes.post(
    "/api/calls/{call_id}/pause-recording", policy=Action.WRITE_CONVERSATIONS, summary="Record nothing for a moment"
)
async def pause_recording(call: Call[None, None]) -> call_shapes.Call:
    return await _record(call, paused=True)


@routes.post("/api/calls/{call_id}/resume-recording", policy=Action.WRITE_CONVERSATIONS, summary="Record again")
async def resume_recording(call: Call[None, None]) -> call_shapes.Call:
    return await _record(call, paused=False)


@routes.post(
    "/api/calls/{call_id}/transfer", policy=Action.WRITE_CONVERSATIONS, summary="Ask another agent to take it over"
)
async def transfer(call: Call[Transfer, None]) -> call_shapes.Call:
    one = await _checked(call)
    async with call.services.write() as tx:
        await call.services.calls.transfer(tx, one.id, call.body.agent_id)
    return await _shown(call, one.id)


async def _hold(call: Call[Any, Any], *, held: bool) -> call_shapes.Call:
    one = await _checked(call)
    async with call.services.write() as tx:
        await call.services.calls.hold(tx, one.id, held=held)
    return await _shown(call, one.id)


async def _record(call: Call[Any, Any], *, paused: bool) -> call_shapes.Call:
    one = await _checked(call)
    async with call.services.write() as tx:
        await call.services.calls.pause_recording(tx, one.id, paused=paused, by=call.agent.id)
    return await _shown(call, one.id)


async def _checked(call: Call[Any, Any]) -> TelephoneCall:
    async with call.services.read() as connection:
        found = await store.get_call(connection, call.path["call_id"])
    if found is None or not call.allowed(Action.READ_CONVERSATIONS, found):
        raise not_found("call")
    call.check(Action.WRITE_CONVERSATIONS, found)
    return found


async def _shown(call: Call[Any, Any], call_id: int) -> call_shapes.Call:
    async with call.services.read() as connection:
        found = await store.views_of(connection, await store.get_calls(connection, [call_id]))
    if not found or not call.allowed(Action.READ_CONVERSATIONS, found[0].call):
        raise not_found("call")
    return call_render.call(found[0])
