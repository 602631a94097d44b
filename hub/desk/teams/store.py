"""Reading teams."""

from __future__ import annotations

from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.desk.teams.model import Team

_TEAMS: Final = text(
    """
    select id, name, array(select agent_id from team_member m where m.team_id = team.id order by agent_id),
           archived_at is not null
    from team order by lower(name), id
    """
)


async def list_teams(connection: AsyncConnection) -> list[Team]:
    """All of them, the archived too, by name."""
    return [
        Team(id_, name, tuple(members), archived) for id_, name, members, archived in await connection.execute(_TEAMS)
    ]
