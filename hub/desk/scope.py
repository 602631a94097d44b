"""Whose canned replies and macros are whose: one agent's own, a team's, or everybody's."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

Scope: TypeAlias = Literal["personal", "team", "shared"]

VISIBLE: Final = """
    (one.scope = 'shared' or one.owner_id = :agent_id or (:manages and one.scope <> 'personal')
     or (one.scope = 'team' and exists (
            select from team_member m where m.team_id = one.team_id and m.agent_id = :agent_id)))
"""
"""What the agent `:agent_id` may use of the rows `one`; `:manages`: all but what is others' own."""
