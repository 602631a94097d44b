"""Teams: read by everybody, set up by administrators."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from hub.desk.policy import Action
from hub.desk.teams import actions
from hub.desk.teams.store import list_teams
from hub.web.answers import queue_render, queue_shapes, shapes
from hub.web.fields import Id, RequestBody, ShortName
from hub.web.routes import Call, Routes

routes: Final = Routes()
Members = Annotated[list[Id], Field(max_length=1000)]


class NewTeam(RequestBody):
    name: ShortName
    member_ids: Members = Field(default_factory=list)


class TeamPatch(RequestBody):
    """What is given is set; `member_ids` are all of them."""

    name: ShortName | None = None
    member_ids: Members | None = None
    archived: bool | None = None


@routes.get("/api/teams", policy=Action.READ_CONVERSATIONS, summary="List teams, the archived too")
async def list_all(call: Call[None, None]) -> shapes.Items[queue_shapes.Team]:
    async with call.services.read() as connection:
        return {"items": [queue_render.team(one) for one in await list_teams(connection)]}


@routes.post("/api/teams", policy=Action.MANAGE_DESK, summary="Add a team", status=201)
async def add(call: Call[NewTeam, None]) -> queue_shapes.Team:
    async with call.services.write() as tx:
        added = await actions.add_team(
            tx, name=call.body.name.strip(), member_ids=call.body.member_ids, by=call.agent.id
        )
    return queue_render.team(added)


@routes.patch(
    "/api/teams/{team_id}", policy=Action.MANAGE_DESK, summary="Rename a team, set its members, or archive it"
)
async def change(call: Call[TeamPatch, None]) -> queue_shapes.Team:
    body = call.body
    name = None if body.name is None else body.name.strip()
    async with call.services.write() as tx:
        changed = await actions.change_team(
            tx, call.path["team_id"], name=name, member_ids=body.member_ids, archived=body.archived, by=call.agent.id
        )
    return queue_render.team(changed)
