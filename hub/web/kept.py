"""What agents keep for themselves, and administrators for a team or for all: canned replies and macros."""

from __future__ import annotations

from typing import Any, NamedTuple

from hub.desk.macros.model import Macro
from hub.desk.policy import Action
from hub.desk.replies.model import CannedReply
from hub.desk.scope import Scope
from hub.web.errors import forbidden
from hub.web.fields import Id, Name, RequestBody
from hub.web.routes import Call


class Place(NamedTuple):
    """What it is called, and whose it is."""

    name: str
    scope: Scope
    team_id: int | None


class NewKept(RequestBody):
    name: Name
    scope: Scope = "personal"
    team_id: Id | None = None

    def place(self, call: Call[Any, Any]) -> Place:
        """Raises a 403 Problem."""
        may_keep(call, self.scope)
        return Place(self.name.strip(), self.scope, self.team_id)


class KeptPatch(RequestBody):
    name: Name | None = None
    scope: Scope | None = None
    team_id: Id | None = None

    def place(self, call: Call[Any, Any], held: CannedReply | Macro) -> Place:
        """Where it is to be; its team follows from that. Raises a 403 Problem."""
        scope = self.scope or held.scope
        may_keep(call, held.scope, scope)
        stays = held.team_id if scope == "team" else None
        name = held.name if self.name is None else self.name.strip()
        return Place(name, scope, self.team_id if "team_id" in self.model_fields_set else stays)


def may_keep(call: Call[Any, Any], *scopes: Scope) -> None:
    """One's own, or as an administrator what others use too. Raises a 403 Problem."""
    if any(scope != "personal" for scope in scopes) and not call.allowed(Action.MANAGE_DESK):
        raise forbidden("What others use too is kept by administrators. Make it your own, or ask one of them.")
