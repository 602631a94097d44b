"""The SQL of macros."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import orjson
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.desk.macros.model import Macro
from hub.desk.scope import VISIBLE

_MACROS: Final = f"""
    select one.id, one.name, one.scope, one.owner_id, one.team_id, reply.id as reply_id, one.change
    from macro one left join canned_reply reply on reply.id = one.reply_id and reply.removed_at is null
    where one.removed_at is null and {VISIBLE}
"""
_ALL: Final = text(f"{_MACROS} order by lower(one.name), one.id limit 1000").columns(change=JSONB)
_ONE: Final = text(f"{_MACROS} and one.id = :id").columns(change=JSONB)
_INSERT: Final = text(
    """
    insert into macro (name, scope, owner_id, team_id, reply_id, change)
    values (:name, :scope, :owner_id, :team_id, :reply_id, cast(:change as jsonb)) returning id
    """
)
_REPLACE: Final = text(
    """
    update macro set name = :name, scope = :scope, team_id = :team_id, reply_id = :reply_id,
                     change = cast(:change as jsonb)
    where id = :id and removed_at is null
    """
)
_REMOVE: Final = text("update macro set removed_at = now() where id = :id and removed_at is null")


async def list_macros(connection: AsyncConnection, agent_id: int, *, manages: bool = False) -> list[Macro]:
    """Those that the agent may use, by name; `manages`: all but others' own."""
    return [Macro(*row) for row in await connection.execute(_ALL, {"agent_id": agent_id, "manages": manages})]


async def get_macro(
    connection: AsyncConnection, agent_id: int, macro_id: int, *, manages: bool = False
) -> Macro | None:
    values = {"agent_id": agent_id, "id": macro_id, "manages": manages}
    row = (await connection.execute(_ONE, values)).one_or_none()
    return None if row is None else Macro(*row)


async def insert_macro(connection: AsyncConnection, owner_id: int, values: Mapping[str, Any]) -> int:
    given = {**values, "change": orjson.dumps(values["change"]).decode(), "owner_id": owner_id}
    found: int = (await connection.execute(_INSERT, given)).scalar_one()
    return found


async def replace_macro(connection: AsyncConnection, macro_id: int, values: Mapping[str, Any]) -> None:
    await connection.execute(_REPLACE, {**values, "change": orjson.dumps(values["change"]).decode(), "id": macro_id})


async def remove_macro(connection: AsyncConnection, macro_id: int) -> None:
    await connection.execute(_REMOVE, {"id": macro_id})
