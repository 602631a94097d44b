"""Requests that send something are carried out once, however often they are repeated with their Idempotency-Key.

The answer is kept for 24 hours and given again. The handlers' own transactions recognise the key too, so a repeat
that comes before the first one's answer was kept (the hub died in between) still does nothing twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from typing import Any, Final

from aiohttp import web
from sqlalchemy import text

from hub.db.engine import Database
from hub.web.domain import problem_of
from hub.web.errors import Problem
from hub.web.routes import Call

REPLAYED: Final = "Idempotency-Replayed"
KEEP: Final = "24 hours"
_BEGIN: Final = f"""
    insert into idempotency as known (agent_id, key, fingerprint) values ($1, $2, $3)
    on conflict (agent_id, key) do update
    set fingerprint = case when known.created_at < now() - interval '{KEEP}'
                           then excluded.fingerprint else known.fingerprint end,
        status = case when known.created_at < now() - interval '{KEEP}' then null else known.status end,
        answer = case when known.created_at < now() - interval '{KEEP}' then null else known.answer end,
        created_at = case when known.created_at < now() - interval '{KEEP}' then now() else known.created_at end
    returning fingerprint, status, answer
"""
_KEEP: Final = "update idempotency set status = $3, answer = $4 where agent_id = $1 and key = $2"
_FORGET: Final = "delete from idempotency where agent_id = $1 and key = $2 and answer is null"
_PRUNE: Final = text(f"delete from idempotency where created_at < now() - interval '{KEEP}'")


async def once(call: Call[Any, Any], answer: Callable[[], Awaitable[web.StreamResponse]]) -> web.StreamResponse:
    """What was answered to the request of this key before, else `answer()`. Raises a 422 Problem when the key came
    with another request. A refused request may be corrected and sent again with the same key."""
    pool, owner, key = call.services.database.pool, call.agent.id, call.idempotency_key
    seen, status, content = await pool.fetchrow(_BEGIN, owner, key, _fingerprint(call))
    if seen != _fingerprint(call):
        raise Problem(
            422,
            "idempotency_key_reused",
            "This Idempotency-Key was used for another request.",
            "Send a fresh key with a new request, and the same one only when repeating it unchanged.",
        )
    if content is not None:
        headers = {REPLAYED: "true"}
        return web.Response(status=status, body=content, content_type="application/json", headers=headers)
    try:
        response = await answer()
    except Exception as failure:
        refusal = failure if isinstance(failure, Problem) else problem_of(failure)
        if refusal is not None and refusal.status < 500:
            await pool.execute(_FORGET, owner, key)
        raise
    if isinstance(response, web.Response) and isinstance(response.body, bytes):
        await pool.execute(_KEEP, owner, key, response.status, response.body)
    return response


def _fingerprint(call: Call[Any, Any]) -> bytes:
    body = "" if call.body is None else call.body.model_dump_json()
    return hashlib.sha256(f"{call.request.method} {call.request.path}\n{body}".encode()).digest()


async def forget_old(database: Database) -> None:
    """Drops the answers that are no longer given again."""
    async with database.engine.begin() as connection:
        await connection.execute(_PRUNE)
