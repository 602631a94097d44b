"""The one place that says who may do what. Every route, list, attachment and live event asks `allowed`."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from hub.desk.model import Agent


class Action(StrEnum):
    """What can be done, by the noun that it is done to."""

    READ_SELF = "read_self"
    CHANGE_SELF = "change_self"
    READ_AGENTS = "read_agents"
    MANAGE_AGENTS = "manage_agents"
    READ_CONVERSATIONS = "read_conversations"
    WRITE_CONVERSATIONS = "write_conversations"
    """Answer, note, assign, resolve, reopen, upload, retry a delivery."""
    READ_CUSTOMERS = "read_customers"
    WRITE_CUSTOMERS = "write_customers"
    """Rename, merge and undo, dismiss a suggestion."""
    READ_CHANNELS = "read_channels"
    """Their names and how they do; not their settings."""
    MANAGE_CHANNELS = "manage_channels"
    """Settings, tests, consent, ledger."""
    MANAGE_QUARANTINE = "manage_quarantine"
    MANAGE_SUPPRESSIONS = "manage_suppressions"
    MANAGE_DEMO = "manage_demo"


_ADMINISTRATOR_ONLY: Final = frozenset(
    {
        Action.MANAGE_AGENTS,
        Action.MANAGE_CHANNELS,
        Action.MANAGE_QUARANTINE,
        Action.MANAGE_SUPPRESSIONS,
        Action.MANAGE_DEMO,
    }
)


def allowed(agent: Agent | None, action: Action, subject: object = None) -> bool:
    """Whether `agent` may do `action` to `subject`: the object itself, or None for "to any of them".

    Nobody signed in, or an agent who was disabled, may do nothing.
    """
    if agent is None or agent.disabled:
        return False
    if action in (Action.READ_SELF, Action.CHANGE_SELF) and isinstance(subject, Agent):
        return subject.id == agent.id
    if action in _ADMINISTRATOR_ONLY:
        return agent.role == "administrator"
    return True
