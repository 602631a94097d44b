"""Agents, their sessions and invites."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Role = Literal["agent", "administrator"]
TokenKind = Literal["personal", "service"]
Purpose = Literal["first_administrator", "agent", "password"]


@dataclass(frozen=True, slots=True)
class Agent:
    """`signature` is put under their messages; `has_password` is False until the invite was accepted. `service`: a
    program's account, which never signs in and is no colleague. `undo_seconds`: how long their mails wait, to
    be undone."""

    id: int
    email: str
    name: str
    role: Role
    signature: str
    locale: str
    theme: str
    disabled: bool
    has_password: bool
    service: bool = False
    undo_seconds: int = 5

    @property
    def initials(self) -> str:
        words = self.name.split() or self.email.split("@")[:1]
        return "".join(word[0] for word in (words[0], *words[1:][-1:])).upper()


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser, or a program with a token of the API. `token` is known only when it has just begun: the
    database holds its hash. `scopes` None: everything that the agent may do; only a token has some."""

    agent: Agent
    csrf: str
    expires_at: datetime | None
    token: str | None = None
    scopes: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class ApiToken:
    """What a program calls the API with. `hint` is its beginning; `token` only when it was just made."""

    id: int
    kind: TokenKind
    agent_id: int
    name: str
    hint: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Invite:
    """A one-time link. For the first administrator there is no agent yet. `token` only when it was just made."""

    purpose: Purpose
    agent: Agent | None
    expires_at: datetime
    token: str | None = None
