"""Setting up teams."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from hub.desk import audit
from hub.desk.errors import BadValue, NameTaken, UnknownTeam
from hub.desk.store import get_agents
from hub.desk.teams.model import Team
from hub.desk.teams.store import list_teams
from hub.events.model import DeskChanged
from hub.events.outbox import Tx

MOST: Final = 200
_ADD: Final = text("insert into team (name) values (:name) returning id")
_CHANGE: Final = text(
    """
    update team set name = :name, archived_at = case when :archived then coalesce(archived_at, now()) end where id = :id
    """
)
_LOCK: Final = text("select id from team where id = :id for update")
_LEAVE: Final = text("delete from team_member where team_id = :id and agent_id <> all (:members)")
_JOIN: Final = text(
    """
    insert into team_member (team_id, agent_id)
    select :id, agent_id from unnest(cast(:members as bigint[])) as wanted (agent_id) on conflict do nothing
    """
)


async def add_team(tx: Tx, *, name: str, member_ids: Iterable[int], by: int | None) -> Team:
    """Raises NameTaken, and BadValue for a member who is not there."""
    if len(await list_teams(tx.connection)) >= MOST:
        raise NameTaken(f"There are {MOST} teams, which is the most. Use one of them.")
    try:
        async with tx.connection.begin_nested():
            team_id: int = (await tx.connection.execute(_ADD, {"name": name})).scalar_one()
    except IntegrityError:
        raise _taken(name) from None
    await _set_members(tx, team_id, member_ids)
    await audit.record(tx, by, "team.add", f"team:{team_id}", {"name": name})
    tx.emit(DeskChanged())
    return await _team(tx, team_id)


async def change_team(
    tx: Tx,
    team_id: int,
    *,
    name: str | None = None,
    member_ids: Iterable[int] | None = None,
    archived: bool | None = None,
    by: int | None,
) -> Team:
    """What is None stays. Raises UnknownTeam and NameTaken, and BadValue for a member who is not there."""
    await tx.connection.execute(_LOCK, {"id": team_id})
    now = await _team(tx, team_id)
    values = {
        "id": team_id,
        "name": now.name if name is None else name,
        "archived": now.archived if archived is None else archived,
    }
    try:
        async with tx.connection.begin_nested():
            await tx.connection.execute(_CHANGE, values)
    except IntegrityError:
        raise _taken(str(values["name"])) from None
    if member_ids is not None:
        await _set_members(tx, team_id, member_ids)
    await audit.record(tx, by, "team.change", f"team:{team_id}", {"name": values["name"]})
    tx.emit(DeskChanged())
    return await _team(tx, team_id)


async def _set_members(tx: Tx, team_id: int, member_ids: Iterable[int]) -> None:
    members = sorted(set(member_ids))
    known = {agent.id for agent in await get_agents(tx.connection, members)}
    for agent_id in members:
        if agent_id not in known:
            raise BadValue("member_ids", f"Agent {agent_id} does not exist. Choose another.")
    await tx.connection.execute(_LEAVE, {"id": team_id, "members": members})
    await tx.connection.execute(_JOIN, {"id": team_id, "members": members})


async def _team(tx: Tx, team_id: int) -> Team:
    for team in await list_teams(tx.connection):
        if team.id == team_id:
            return team
    raise UnknownTeam(f"Team {team_id} does not exist. Reload the page.")


def _taken(name: str) -> NameTaken:
    return NameTaken(f"Another team is called “{name}”. Choose another name.")
