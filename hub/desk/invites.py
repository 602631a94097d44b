"""One-time links: for the first administrator, for a new agent, for a forgotten password."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.desk import audit
from hub.desk.agents import change_self, create_agent, set_password
from hub.desk.errors import InviteUnknown, UnknownAgent
from hub.desk.model import Agent, Invite, Purpose
from hub.desk.passwords import hash_password
from hub.desk.store import get_agent
from hub.desk.tokens import new_token, token_hash
from hub.events.outbox import Outbox, Tx

LIFETIME: Final = timedelta(days=3)

_CREATE: Final = text(
    """
    insert into invite (token_hash, purpose, agent_id, expires_at)
    values (:token_hash, :purpose, :agent_id, now() + :lifetime) returning expires_at
    """
)
_REPLACE: Final = text("delete from invite where agent_id is not distinct from :agent_id and used_at is null")
_OPEN: Final = """
    select purpose, agent_id, expires_at from invite
    where token_hash = :token_hash and used_at is null and expires_at > now()
"""
_READ: Final = text(_OPEN)
_TAKE: Final = text(f"{_OPEN} for update")
_USED: Final = text("update invite set used_at = now() where token_hash = :token_hash")
_ONE_AT_A_TIME: Final = text("select pg_advisory_xact_lock(hashtext('hub first administrator'))")
_NOBODY: Final = text(
    "select not exists (select from agent where role = 'administrator' and password_hash is not null)"
)


async def invite_agent(tx: Tx, agent_id: int, *, by: int) -> Invite:
    """A link with which the agent chooses a (new) password. Earlier links of theirs end. Raises UnknownAgent."""
    agent = await get_agent(tx.connection, agent_id)
    if agent is None or agent.disabled or agent.service:
        raise UnknownAgent(f"Agent {agent_id} does not exist or is disabled. Enable the account first.")
    await audit.record(tx, by, "agent.invite", f"agent:{agent_id}")
    return await _create(tx, "password" if agent.has_password else "agent", agent)


async def first_administrator(tx: Tx) -> Invite | None:
    """A link for the first administrator, as long as there is none; earlier ones end. None: somebody administrates."""
    if not (await tx.connection.execute(_NOBODY)).scalar_one():
        return None
    return await _create(tx, "first_administrator", None)


async def _create(tx: Tx, purpose: Purpose, agent: Agent | None) -> Invite:
    token, agent_id = new_token(), agent.id if agent else None
    await tx.connection.execute(_REPLACE, {"agent_id": agent_id})
    expires_at = (
        await tx.connection.execute(
            _CREATE,
            {"token_hash": token_hash(token), "purpose": purpose, "agent_id": agent_id, "lifetime": LIFETIME},
        )
    ).scalar_one()
    return Invite(purpose, agent, expires_at, token)


async def read_invite(connection: AsyncConnection, token: str) -> Invite:
    """Raises InviteUnknown."""
    row = (await connection.execute(_READ, {"token_hash": token_hash(token)})).one_or_none()
    if row is None:
        raise _unknown()
    agent = None if row.agent_id is None else await get_agent(connection, row.agent_id)
    if agent is not None and agent.disabled:
        raise _unknown()
    return Invite(row.purpose, agent, row.expires_at)


async def accept(outbox: Outbox, token: str, *, name: str, email: str, password: str) -> Agent:
    """Uses the link up: its agent has this name and password now, or the first administrator exists. For an invited
    agent the address stays the one that was invited. Raises InviteUnknown, EmailTaken."""
    async with outbox.transaction() as tx:
        await read_invite(tx.connection, token)  # before the costly hash, for whoever tries tokens
    password_hash = await hash_password(password)
    async with outbox.transaction() as tx:
        await tx.connection.execute(_ONE_AT_A_TIME)
        row = (await tx.connection.execute(_TAKE, {"token_hash": token_hash(token)})).one_or_none()
        if row is None:
            raise _unknown()
        await tx.connection.execute(_USED, {"token_hash": token_hash(token)})
        if row.purpose == "first_administrator":
            if not (await tx.connection.execute(_NOBODY)).scalar_one():
                raise _unknown()
            return await create_agent(
                tx, email=email, name=name, role="administrator", password_hash=password_hash, by=None
            )
        invited = await _invited(tx, row.agent_id)
        await set_password(tx, invited.id, password_hash)
        await audit.record(tx, invited.id, "agent.accept", f"agent:{invited.id}", {"purpose": row.purpose})
        return await change_self(tx, invited.id, name=name)


async def _invited(tx: Tx, agent_id: int) -> Agent:
    agent = await get_agent(tx.connection, agent_id)
    if agent is None or agent.disabled:
        raise _unknown()
    return agent


def _unknown() -> InviteUnknown:
    return InviteUnknown("This link was used already or has expired. Ask an administrator for a new one.")
