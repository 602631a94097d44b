"""Tokens of the API. The token itself is told once, when it is made."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Final, Literal

from pydantic import Field

from hub.desk import api_tokens
from hub.desk.model import ApiToken, TokenKind
from hub.desk.policy import Action
from hub.web.answers import api_shapes, shapes
from hub.web.errors import invalid, not_found
from hub.web.fields import Name, PageQuery, RequestBody, Role
from hub.web.routes import Call, Routes

routes: Final = Routes()
Scope = Literal[
    "conversations:read",
    "conversations:write",
    "customers:read",
    "customers:write",
    "channels:read",
    "agents:read",
    "admin",
]
MAX_DAYS: Final = 3650


class TokensQuery(PageQuery):
    of: Literal["me", "all"] = "me"


class TokenNew(RequestBody):
    """A personal token acts as the agent who makes it, a service token has an account of its own. `role` is that
    account's, and asked for service tokens only."""

    name: Name
    kind: TokenKind = "personal"
    role: Role = "agent"
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=20)]
    expires_in_days: Annotated[int | None, Field(ge=1, le=MAX_DAYS)] = 365


@routes.get("/api/tokens", policy=Action.USE_TOKENS, summary="List tokens, newest first: one's own, or everybody's")
async def list_tokens(call: Call[None, TokensQuery]) -> shapes.Page[api_shapes.Token]:
    query = call.query
    if query.of == "all":
        call.check(Action.MANAGE_SERVICES)
    owner = None if query.of == "all" else call.agent.id
    async with call.services.read() as connection:
        found = await api_tokens.tokens_page(connection, owner, query.before_id(), query.limit + 1)
    items = found[: query.limit]
    return {
        "items": [_shape(one) for one in items if call.allowed(Action.USE_TOKENS, one)],
        "next": str(items[-1].id) if len(found) > query.limit else None,
    }


@routes.post("/api/tokens", policy=Action.USE_TOKENS, summary="Make a token; it is shown this once", status=201)
async def create(call: Call[TokenNew, None]) -> api_shapes.NewToken:
    body = call.body
    if body.kind == "personal" and "role" in body.model_fields_set:
        raise invalid("role", "A personal token has the role of its agent. Leave this out.")
    if body.kind == "service":
        call.check(Action.MANAGE_SERVICES)
    days = body.expires_in_days
    expires_at = None if days is None else datetime.now(UTC) + timedelta(days=days)
    async with call.services.write() as tx:
        if body.kind == "service":
            made = await api_tokens.create_service(
                tx, name=body.name, role=body.role, scopes=body.scopes, expires_at=expires_at, by=call.agent.id
            )
        else:
            made = await api_tokens.create_personal(
                tx, call.agent, name=body.name, scopes=body.scopes, expires_at=expires_at
            )
    return {**_shape(made), "token": made.token or ""}


@routes.delete("/api/tokens/{token_id}", policy=Action.USE_TOKENS, summary="Revoke a token, at once and for good")
async def revoke(call: Call[None, None]) -> None:
    async with call.services.read() as connection:
        found = await api_tokens.get_token(connection, call.path["token_id"])
    if found is None or not call.allowed(Action.USE_TOKENS, found):
        raise not_found("token")
    async with call.services.write() as tx:
        await api_tokens.revoke(tx, found.id, by=call.agent.id)


def _shape(one: ApiToken) -> api_shapes.Token:
    return {
        "id": one.id,
        "kind": one.kind,
        "agent_id": one.agent_id,
        "name": one.name,
        "hint": one.hint,
        "scopes": list(one.scopes),
        "created_at": one.created_at,
        "expires_at": one.expires_at,
        "last_used_at": one.last_used_at,
    }
