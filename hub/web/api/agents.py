"""Agents' accounts: everybody may know their colleagues, administrators manage them."""

from __future__ import annotations

from typing import Final

from hub.desk import agents, invites
from hub.desk import store as desk
from hub.desk.model import Invite
from hub.desk.policy import Action
from hub.web import auth
from hub.web.answers import render, shapes
from hub.web.errors import invalid, not_found
from hub.web.fields import Email, Name, RequestBody, Role
from hub.web.routes import Call, Routes
from hub.web.services import Services

routes: Final = Routes()


class AgentNew(RequestBody):
    email: Email
    name: Name
    role: Role


class AgentPatch(RequestBody):
    name: Name | None = None
    role: Role | None = None
    disabled: bool | None = None


@routes.get("/api/agents", policy=Action.READ_AGENTS, summary="List all agents")
async def list_agents(call: Call[None, None]) -> shapes.Items[shapes.Agent]:
    found = await desk.list_agents(call.services.database.pool)
    return {"items": [render.agent(one) for one in found if call.allowed(Action.READ_AGENTS, one)]}


@routes.post(
    "/api/agents", policy=Action.MANAGE_AGENTS, summary="Add an agent, and get the link to invite them with", status=201
)
async def create(call: Call[AgentNew, None]) -> shapes.InvitedAgent:
    body = call.body
    async with call.services.write() as tx:
        agent = await agents.create_agent(tx, email=body.email, name=body.name, role=body.role, by=call.agent.id)
        invite = await invites.invite_agent(tx, agent.id, by=call.agent.id)
    return {"agent": render.agent(agent), "invite_url": _link(call.services, invite)}


@routes.patch(
    "/api/agents/{agent_id}", policy=Action.MANAGE_AGENTS, summary="Rename, promote, disable or enable an agent"
)
async def change(call: Call[AgentPatch, None]) -> shapes.Agent:
    body, agent_id = call.body, call.path["agent_id"]
    if body.disabled and agent_id == call.agent.id:
        raise invalid("disabled", "You cannot disable your own account. Ask another administrator.")
    async with call.services.read() as connection:
        found = await desk.get_agent(connection, agent_id)
    if found is None:
        raise not_found("agent")
    call.check(Action.MANAGE_AGENTS, found)
    async with call.services.write() as tx:
        agent = await agents.change_agent(
            tx, agent_id, name=body.name, role=body.role, disabled=body.disabled, by=call.agent.id
        )
    return render.agent(agent)


@routes.post(
    "/api/agents/{agent_id}/invite",
    policy=Action.MANAGE_AGENTS,
    summary="A new link with which an agent chooses a password",
)
async def invite(call: Call[None, None]) -> shapes.InviteLink:
    async with call.services.write() as tx:
        made = await invites.invite_agent(tx, call.path["agent_id"], by=call.agent.id)
    return {"invite_url": _link(call.services, made)}


def _link(services: Services, invite: Invite) -> str:
    if invite.token is None:
        raise ValueError("An invite that was just made has its token.")
    return auth.welcome_link(services.settings, invite.token)
