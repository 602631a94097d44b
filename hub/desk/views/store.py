"""Reading views: the built-in ones, and those that were saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from hub.db.engine import Reader
from hub.desk.views.model import View

BUILT_IN: Final = ("open", "mine", "unassigned", "snoozed", "resolved", "following")

_MY_TEAMS: Final = """
    select t.id, t.name from team_member m join team t on t.id = m.team_id
    where m.agent_id = $1 and t.archived_at is null order by lower(t.name), t.id
"""
_TEAM: Final = "select id, name from team where id = $1"
_SAVED: Final = """
    select id, name, icon, shared, owner_id, position, filter, sort from saved_view
    where owner_id = $1 or shared order by position, id
"""
_ONE: Final = """
    select id, name, icon, shared, owner_id, position, filter, sort from saved_view
    where id = $2 and (owner_id = $1 or shared)
"""


def _is(field: str, value: object) -> dict[str, object]:
    return {"field": field, "op": "is", "value": value}


_FILTERS: Final[Mapping[str, Sequence[Mapping[str, object]]]] = {
    "open": [_is("state", "open")],
    "mine": [_is("state", "open"), _is("assignee", "me")],
    "unassigned": [_is("state", "open"), _is("assignee", None)],
    "snoozed": [_is("state", "snoozed")],
    "resolved": [_is("state", "resolved")],
    "following": [_is("state", ["open", "snoozed"]), _is("following", True)],
}
_NAMES: Final = {
    "open": ("Open", "inbox"),
    "mine": ("Mine", "user-round"),
    "unassigned": ("Unassigned", "circle-dashed"),
    "snoozed": ("Snoozed", "alarm-clock"),
    "resolved": ("Resolved", "circle-check"),
    "following": ("Following", "eye"),
}


def built_in(id_: str) -> View:
    """One of BUILT_IN."""
    name, icon = _NAMES[id_]
    position = BUILT_IN.index(id_)
    return View(id_, name, icon, True, None, position, {"all": list(_FILTERS[id_])}, "activity")


def _of_team(team_id: int, name: str, position: int) -> View:
    filter_ = {"all": [_is("state", "open"), _is("team", team_id)]}
    return View(f"team:{team_id}", name, "users-round", True, None, position, filter_, "activity")


def _saved(row: Any) -> View:
    id_, name, icon, shared, owner_id, position, filter_, sort = row
    return View(f"v{id_}", name, icon, shared, owner_id, position, filter_, sort)


async def list_views(reader: Reader, agent_id: int) -> list[View]:
    """The built-in ones, those of the agent's teams, then the agent's own and the shared ones by their positions."""
    views = [built_in(id_) for id_ in BUILT_IN]
    teams = await reader.fetch(_MY_TEAMS, agent_id)
    views += [_of_team(id_, name, len(BUILT_IN) + position) for position, (id_, name) in enumerate(teams)]
    return views + [_saved(row) for row in await reader.fetch(_SAVED, agent_id)]


async def get_view(reader: Reader, agent_id: int, view_id: str) -> View | None:
    """One that the agent may use; None where there is none. Everybody may look into any team's."""
    if view_id in BUILT_IN:
        return built_in(view_id)
    word, number = view_id[:5], view_id[5:]
    if word == "team:" and _is_number(number):
        row = await reader.fetchrow(_TEAM, int(number))
        return None if row is None else _of_team(row[0], row[1], len(BUILT_IN))
    if view_id[:1] == "v" and _is_number(view_id[1:]):
        row = await reader.fetchrow(_ONE, agent_id, int(view_id[1:]))
        return None if row is None else _saved(row)
    return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18
