"""Signed-in browsers. A session ends when it was not used for some hours, at sign-out, or with the account."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.db.engine import Database
from hub.desk.errors import BadCredentials
from hub.desk.model import Agent, Session
from hub.desk.passwords import verify_password
from hub.desk.store import AGENT, find_agent
from hub.desk.tokens import new_token, token_hash
from hub.events.outbox import Outbox, Tx

_BEGIN: Final = text(
    """
    insert into agent_session (token_hash, agent_id, csrf, expires_at, user_agent)
    values (:token_hash, :agent_id, :csrf, now() + :idle, left(:user_agent, 400)) returning expires_at
    """
)
_FIND: Final = f"""
    select {AGENT}, s.csrf, s.expires_at, s.last_seen_at < now() - interval '1 minute'
    from agent_session s join agent on agent.id = s.agent_id
    where s.token_hash = $1 and s.expires_at > now() and agent.disabled_at is null
"""
_USED: Final = """
    update agent_session set last_seen_at = now(), expires_at = now() + $2 where token_hash = $1 and expires_at > now()
"""
_VALID: Final = text(
    """
    select s.token_hash from agent_session s join agent on agent.id = s.agent_id
    where s.token_hash = any (:hashes) and s.expires_at > now() and agent.disabled_at is null
    """
)
_END: Final = text("delete from agent_session where token_hash = :token_hash")


async def sign_in(outbox: Outbox, email: str, password: str, *, idle: timedelta, user_agent: str = "") -> Session:
    """Raises BadCredentials, whatever was wrong. Whoever calls it limits how often it may be tried."""
    async with outbox.transaction() as tx:
        found = await find_agent(tx.connection, email)
    agent, password_hash = found or (None, None)
    if not await verify_password(password_hash, password) or agent is None or agent.disabled:
        raise BadCredentials("The address or the password is not right. Try again.")
    async with outbox.transaction() as tx:
        return await begin(tx, agent, idle=idle, user_agent=user_agent)


async def begin(tx: Tx, agent: Agent, *, idle: timedelta, user_agent: str = "") -> Session:
    """A new session with a new token, whatever the browser had before."""
    token, csrf = new_token(), new_token()
    expires_at = (
        await tx.connection.execute(
            _BEGIN,
            {
                "token_hash": token_hash(token),
                "agent_id": agent.id,
                "csrf": csrf,
                "idle": idle,
                "user_agent": user_agent,
            },
        )
    ).scalar_one()
    return Session(agent, csrf, expires_at, token)


async def find(database: Database, token: str, *, idle: timedelta) -> Session | None:
    """The session of a request, which keeps it alive for `idle` from now. None: signed out, expired or disabled."""
    row = await database.pool.fetchrow(_FIND, token_hash(token))
    if row is None:
        return None
    *agent, csrf, expires_at, stale = row
    if stale:
        await database.pool.execute(_USED, token_hash(token), idle)
    return Session(Agent(*agent), csrf, expires_at)


async def still_valid(connection: AsyncConnection, tokens: Iterable[str]) -> set[str]:
    """Those of the tokens whose session goes on."""
    by_hash = {token_hash(token): token for token in tokens}
    rows = await connection.execute(_VALID, {"hashes": list(by_hash)})
    return {by_hash[found] for found in rows.scalars()}


async def end(tx: Tx, token: str) -> None:
    await tx.connection.execute(_END, {"token_hash": token_hash(token)})
