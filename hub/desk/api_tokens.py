"""Tokens with which programs call the API: on somebody's behalf, or in the program's own name.

A service token has an account of its own, which never signs in: what it writes has an author, and it can do no more
than an account of that role. A revoked token works for no further request.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.db.engine import Database
from hub.desk import audit
from hub.desk.errors import UnknownToken
from hub.desk.model import Agent, ApiToken, Role, Session
from hub.desk.store import AGENT
from hub.desk.tokens import new_token, token_hash
from hub.events.outbox import Tx

PREFIX: Final = "alw_"
_HINT_LENGTH: Final = len(PREFIX) + 6
_COLUMNS: Final = "id, kind, agent_id, name, hint, scopes, created_at, expires_at, last_used_at"
_CREATE: Final = text(
    f"""
    insert into api_token (token_hash, kind, agent_id, name, hint, scopes, created_by, expires_at)
    values (:token_hash, :kind, :agent_id, :name, :hint, cast(:scopes as text[]), :created_by, :expires_at)
    returning {_COLUMNS}
    """
)
_SERVICE: Final = text(
    "insert into agent (email, name, role, service) values (:email, :name, :role, true) returning id"
)
_GET: Final = text(f"select {_COLUMNS} from api_token where id = :id and revoked_at is null")
_PAGE: Final = text(
    f"""
    select {_COLUMNS} from api_token
    where revoked_at is null and (cast(:agent_id as bigint) is null or agent_id = :agent_id)
      and (cast(:before as bigint) is null or id < :before)
    order by id desc limit :limit
    """
)
_REVOKE: Final = text(
    "update api_token set revoked_at = now() where id = :id and revoked_at is null returning agent_id, kind"
)
_RETIRE: Final = text("update agent set disabled_at = now() where id = :id and service and disabled_at is null")
_FIND: Final = f"""
    select {AGENT}, t.id, t.expires_at, t.scopes,
           t.last_used_at is null or t.last_used_at < now() - interval '1 minute'
    from api_token t join agent on agent.id = t.agent_id
    where t.token_hash = $1 and t.revoked_at is null and (t.expires_at is null or t.expires_at > now())
      and agent.disabled_at is null
"""
_USED: Final = "update api_token set last_used_at = now() where id = $1"


async def create_personal(
    tx: Tx, agent: Agent, *, name: str, scopes: Iterable[str], expires_at: datetime | None
) -> ApiToken:
    """A token that acts as `agent`, for `scopes` only."""
    return await _create(tx, "personal", agent.id, name, scopes, expires_at, agent.id)


async def create_service(
    tx: Tx, *, name: str, role: Role, scopes: Iterable[str], expires_at: datetime | None, by: int
) -> ApiToken:
    """A token of a program, with an account of its own."""
    email = f"{secrets.token_hex(8)}@service.invalid"
    agent_id = (await tx.connection.execute(_SERVICE, {"email": email, "name": name, "role": role})).scalar_one()
    return await _create(tx, "service", agent_id, name, scopes, expires_at, by)


async def _create(
    tx: Tx, kind: str, agent_id: int, name: str, scopes: Iterable[str], expires_at: datetime | None, by: int
) -> ApiToken:
    token, wanted = PREFIX + new_token(), sorted(set(scopes))
    values = {"token_hash": token_hash(token), "kind": kind, "agent_id": agent_id, "name": name, "scopes": wanted}
    more = {"hint": token[:_HINT_LENGTH], "created_by": by, "expires_at": expires_at}
    made = _token((await tx.connection.execute(_CREATE, values | more)).one(), token)
    await audit.record(tx, by, "token.create", f"token:{made.id}", {"kind": kind, "scopes": wanted})
    return made


async def tokens_page(
    connection: AsyncConnection, agent_id: int | None, before: int | None, limit: int
) -> list[ApiToken]:
    """Those that were not revoked, newest first; of one agent, or (None) all of them."""
    rows = await connection.execute(_PAGE, {"agent_id": agent_id, "before": before, "limit": limit})
    return [_token(row) for row in rows]


async def get_token(connection: AsyncConnection, token_id: int) -> ApiToken | None:
    row = (await connection.execute(_GET, {"id": token_id})).one_or_none()
    return None if row is None else _token(row)


async def revoke(tx: Tx, token_id: int, *, by: int) -> None:
    """From the commit on nothing can be done with it. Raises UnknownToken."""
    row = (await tx.connection.execute(_REVOKE, {"id": token_id})).one_or_none()
    if row is None:
        raise UnknownToken(f"Token {token_id} does not exist or was revoked already.")
    if row.kind == "service":
        await tx.connection.execute(_RETIRE, {"id": row.agent_id})
    await audit.record(tx, by, "token.revoke", f"token:{token_id}")


async def find(database: Database, token: str) -> Session | None:
    """What a request with this token may do. None: unknown, expired or revoked, or its account is disabled."""
    row = await database.pool.fetchrow(_FIND, token_hash(token))
    if row is None:
        return None
    *agent, token_id, expires_at, scopes, stale = row
    if stale:
        await database.pool.execute(_USED, token_id)
    return Session(Agent(*agent), "", expires_at, scopes=frozenset(scopes))


def _token(row: Row[Any], token: str | None = None) -> ApiToken:
    return ApiToken(**{**row._mapping, "scopes": tuple(row.scopes)}, token=token)
