"""Agents' telephones, and whether they take calls."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from hub.calls import agents
from hub.calls.model import AgentState, Availability, DeviceKind
from hub.desk.policy import Action
from hub.web.answers import call_render, call_shapes, shapes
from hub.web.errors import not_found
from hub.web.fields import RequestBody
from hub.web.routes import Call, Routes

routes: Final = Routes()


class DeviceBody(RequestBody):
    kind: DeviceKind
    address: Annotated[str, Field(min_length=3, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]


class AvailabilityBody(RequestBody):
    availability: Availability


class CapacityBody(RequestBody):
    capacity: Annotated[int, Field(ge=0, le=agents.MOST_CALLS)]


@routes.get("/api/me/availability", policy=Action.READ_SELF, summary="One's own telephone and availability")
async def read(call: Call[None, None]) -> call_shapes.AgentCalls:
    async with call.services.read() as connection:
        return _shape(await agents.state_of(connection, call.agent.id))


@routes.put("/api/me/availability", policy=Action.CHANGE_SELF, summary="Say whether one takes calls")
async def change(call: Call[AvailabilityBody, None]) -> call_shapes.AgentCalls:
    async with call.services.write() as tx:
        return _shape(await agents.set_availability(tx, call.agent.id, call.body.availability))


@routes.put("/api/me/device", policy=Action.CHANGE_SELF, summary="Set one's own telephone")
async def set_device(call: Call[DeviceBody, None]) -> call_shapes.AgentCalls:
    async with call.services.write() as tx:
        return _shape(await agents.set_device(tx, call.agent.id, call.body.kind, call.body.address))


@routes.delete("/api/me/device", policy=Action.CHANGE_SELF, summary="Have no telephone")
async def remove_device(call: Call[None, None]) -> None:
    async with call.services.write() as tx:
        await agents.remove_device(tx, call.agent.id)


@routes.get("/api/agents/availability", policy=Action.READ_AGENTS, summary="List who takes calls, and who has one")
async def list_all(call: Call[None, None]) -> shapes.Items[call_shapes.AgentCalls]:
    call.snapshot()
    async with call.services.read() as connection:
        found = await agents.all_states(connection)
    return {"items": [call_render.agent_calls(one) for one in found if call.allowed(Action.READ_AGENTS, one)]}


@routes.put(
    "/api/agents/{agent_id}/capacity", policy=Action.MANAGE_AGENTS, summary="Set how many calls at once an agent gets"
)
async def set_capacity(call: Call[CapacityBody, None]) -> call_shapes.AgentCalls:
    async with call.services.write() as tx:
        found = await agents.set_capacity(tx, call.path["agent_id"], call.body.capacity, by=call.agent.id)
    return _shape(found)


def _shape(found: AgentState | None) -> call_shapes.AgentCalls:
    if found is None:
        raise not_found("agent")
    return call_render.agent_calls(found)
