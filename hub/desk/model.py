"""Agents, their sessions and invites."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Role = Literal["agent", "administrator"]
Purpose = Literal["first_administrator", "agent", "password"]


@dataclass(frozen=True, slots=True)
class Agent:
    """`signature` is put under their messages; `has_password` is False until the invite was accepted."""

    id: int
    email: str
    name: str
    role: Role
    signature: str
    locale: str
    theme: str
    disabled: bool
    has_password: bool

    @property
    def initials(self) -> str:
        words = self.name.split() or self.email.split("@")[:1]
        return "".join(word[0] for word in (words[0], *words[1:][-1:])).upper()


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser. `token` is known only when the session has just begun: the database holds its hash."""

    agent: Agent
    csrf: str
    expires_at: datetime
    token: str | None = None


@dataclass(frozen=True, slots=True)
class Invite:
    """A one-time link. For the first administrator there is no agent yet. `token` only when it was just made."""

    purpose: Purpose
    agent: Agent | None
    expires_at: datetime
    token: str | None = None
