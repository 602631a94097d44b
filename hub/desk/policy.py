"""The one place that says who may do what. Every route, list, attachment and live event asks `allowed`."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from hub.desk.model import Agent, ApiToken, Session


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
    USE_TOKENS = "use_tokens"
    """Make, list and revoke one's own tokens; an administrator's are everybody's."""
    MANAGE_SERVICES = "manage_services"
    """Tokens of programs that act in their own name."""
    MANAGE_WEBHOOKS = "manage_webhooks"
    READ_HOURS = "read_hours"
    MANAGE_HOURS = "manage_hours"
    MANAGE_DESK = "manage_desk"
    """What all agents work with: teams, labels, fields, shared views, canned replies and macros, brands."""


_ADMINISTRATOR_ONLY: Final = frozenset(
    {
        Action.MANAGE_AGENTS,
        Action.MANAGE_CHANNELS,
        Action.MANAGE_QUARANTINE,
        Action.MANAGE_SUPPRESSIONS,
        Action.MANAGE_DEMO,
        Action.MANAGE_SERVICES,
        Action.MANAGE_WEBHOOKS,
        Action.MANAGE_HOURS,
        Action.MANAGE_DESK,
    }
)
SCOPES: Final[Mapping[str, frozenset[Action]]] = {
    "conversations:read": frozenset({Action.READ_CONVERSATIONS}),
    "conversations:write": frozenset({Action.READ_CONVERSATIONS, Action.WRITE_CONVERSATIONS}),
    "customers:read": frozenset({Action.READ_CUSTOMERS}),
    "customers:write": frozenset({Action.READ_CUSTOMERS, Action.WRITE_CUSTOMERS}),
    "channels:read": frozenset({Action.READ_CHANNELS, Action.READ_HOURS}),
    "agents:read": frozenset({Action.READ_AGENTS}),
    "admin": _ADMINISTRATOR_ONLY | {Action.READ_CHANNELS, Action.READ_AGENTS, Action.READ_HOURS},
}
"""What a token may be for. None of them lets it change its own account or make other tokens."""
_ANY_TOKEN: Final = frozenset({Action.READ_SELF})
_NO_TOKEN: Final = frozenset({Action.CHANGE_SELF, Action.USE_TOKENS, Action.MANAGE_SERVICES})


def permits(session: Session | None, action: Action, subject: object = None) -> bool:
    """What the agent may do, as far as the token that they use was made for it."""
    if session is None or not allowed(session.agent, action, subject):
        return False
    if session.scopes is None or action in _ANY_TOKEN:
        return True
    return action not in _NO_TOKEN and any(action in SCOPES.get(scope, ()) for scope in session.scopes)


def allowed(agent: Agent | None, action: Action, subject: object = None) -> bool:
    """Whether `agent` may do `action` to `subject`: the object itself, or None for "to any of them".

    Nobody signed in, or an agent who was disabled, may do nothing.
    """
    if agent is None or agent.disabled:
        return False
    if action in (Action.READ_SELF, Action.CHANGE_SELF) and isinstance(subject, Agent):
        return subject.id == agent.id
    if action is Action.USE_TOKENS and isinstance(subject, ApiToken):
        return subject.agent_id == agent.id or agent.role == "administrator"
    if action in _ADMINISTRATOR_ONLY:
        return agent.role == "administrator"
    return True
