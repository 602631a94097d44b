"""Making and changing agents' accounts."""

from __future__ import annotations

from typing import Final

from sqlalchemy import text

from hub.desk import audit
from hub.desk.errors import BadCredentials, EmailTaken, LastAdministrator, UnknownAgent
from hub.desk.model import Agent, Role
from hub.desk.passwords import hash_password, verify_password
from hub.desk.store import find_agent, get_agent
from hub.desk.tokens import token_hash
from hub.events.model import AgentChanged
from hub.events.outbox import Outbox, Tx

_CREATE: Final = text(
    """
    insert into agent (email, name, role, password_hash) values (:email, :name, :role, :password_hash)
    on conflict (lower(email)) do nothing returning id
    """
)
_CHANGE: Final = text(
    """
    update agent set
        name = coalesce(:name, name),
        role = coalesce(:role, role),
        disabled_at = case when cast(:disabled as boolean) is null then disabled_at
                           when :disabled then coalesce(disabled_at, now()) end
    where id = :id and not service
    """
)
_CHANGE_SELF: Final = text(
    """
    update agent set name = coalesce(:name, name), signature = coalesce(:signature, signature),
                     locale = coalesce(:locale, locale), theme = coalesce(:theme, theme),
                     undo_seconds = coalesce(:undo_seconds, undo_seconds)
    where id = :id
    """
)
_SET_PASSWORD: Final = text("update agent set password_hash = :password_hash where id = :id")
_END_SESSIONS: Final = text("delete from agent_session where agent_id = :id and token_hash <> :but")
# Locks all of them in one order: two administrators cannot demote each other at the same time.
_ADMINISTRATORS: Final = text(
    "select id from agent where role = 'administrator' and disabled_at is null and not service order by id for update"
)


async def create_agent(
    tx: Tx, *, email: str, name: str, role: Role, password_hash: str | None = None, by: int | None
) -> Agent:
    """An account; without a password until an invite is accepted. Raises EmailTaken."""
    agent_id = await tx.connection.scalar(
        _CREATE, {"email": email, "name": name, "role": role, "password_hash": password_hash}
    )
    if agent_id is None:
        raise EmailTaken("Another agent has this address. Choose another address, or invite that agent again.")
    await audit.record(tx, by, "agent.create", f"agent:{agent_id}", {"role": role})
    return await _changed(tx, agent_id)


async def change_agent(
    tx: Tx, agent_id: int, *, name: str | None = None, role: Role | None = None, disabled: bool | None = None, by: int
) -> Agent:
    """What an administrator may change. Disabling ends the agent's sessions at once.

    Raises UnknownAgent; LastAdministrator when nobody could administrate any more.
    """
    if role == "agent" or disabled:
        administrators = set((await tx.connection.execute(_ADMINISTRATORS)).scalars())
        if administrators == {agent_id}:
            raise LastAdministrator("This is the only administrator. Make somebody else one first.")
    done = await tx.connection.execute(_CHANGE, {"id": agent_id, "name": name, "role": role, "disabled": disabled})
    if done.rowcount == 0:
        raise UnknownAgent(f"Agent {agent_id} does not exist. Reload the page.")
    if disabled:
        await tx.connection.execute(_END_SESSIONS, {"id": agent_id, "but": b""})
    given = {"role": role, "disabled": disabled, "renamed": name is not None or None}
    await audit.record(
        tx, by, "agent.change", f"agent:{agent_id}", {key: value for key, value in given.items() if value is not None}
    )
    return await _changed(tx, agent_id)


async def change_self(
    tx: Tx,
    agent_id: int,
    *,
    name: str | None = None,
    signature: str | None = None,
    locale: str | None = None,
    theme: str | None = None,
    undo_seconds: int | None = None,
) -> Agent:
    """What every agent may change of their own account. Raises UnknownAgent."""
    values = {"name": name, "signature": signature, "locale": locale, "theme": theme, "undo_seconds": undo_seconds}
    done = await tx.connection.execute(_CHANGE_SELF, {"id": agent_id, **values})
    if done.rowcount == 0:
        raise UnknownAgent(f"Agent {agent_id} does not exist. Reload the page.")
    return await _changed(tx, agent_id)


async def change_password(outbox: Outbox, agent: Agent, *, current: str, new: str, session_token: str) -> None:
    """Ends every other session of the agent. Raises BadCredentials when `current` is wrong."""
    async with outbox.transaction() as tx:
        found = await find_agent(tx.connection, agent.email)
    if not await verify_password(found[1] if found else None, current):
        raise BadCredentials("The current password is not right. Try again.")
    password_hash = await hash_password(new)
    async with outbox.transaction() as tx:
        await set_password(tx, agent.id, password_hash, keep=session_token)
        await audit.record(tx, agent.id, "agent.password", f"agent:{agent.id}")


async def set_password(tx: Tx, agent_id: int, password_hash: str, *, keep: str | None = None) -> None:
    """Sets it, and ends every session but that of the token `keep`."""
    await tx.connection.execute(_SET_PASSWORD, {"id": agent_id, "password_hash": password_hash})
    await tx.connection.execute(_END_SESSIONS, {"id": agent_id, "but": token_hash(keep) if keep else b""})


async def _changed(tx: Tx, agent_id: int) -> Agent:
    tx.emit(AgentChanged(agent_id))
    agent = await get_agent(tx.connection, agent_id)
    assert agent is not None
    return agent
