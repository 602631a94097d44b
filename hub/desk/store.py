"""Reading agents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.db.engine import Reader
from hub.desk.model import Agent

AGENT: Final = """
    agent.id, agent.email, agent.name, agent.role, agent.signature, agent.locale, agent.theme,
    agent.disabled_at is not null, agent.password_hash is not null, agent.service, agent.undo_seconds
"""
_BY_ID: Final = text(f"select {AGENT} from agent where id = any (:ids) order by id")
_ALL: Final = f"select {AGENT} from agent where not service order by lower(name), id"
_BY_EMAIL: Final = text(f"select {AGENT}, agent.password_hash from agent where lower(email) = lower(:email)")


async def get_agents(connection: AsyncConnection, ids: Iterable[int]) -> list[Agent]:
    """Those that exist, in order of their ids."""
    return [Agent(*row) for row in await connection.execute(_BY_ID, {"ids": list(ids)})]


async def get_agent(connection: AsyncConnection, agent_id: int) -> Agent | None:
    return next(iter(await get_agents(connection, [agent_id])), None)


async def list_agents(reader: Reader) -> list[Agent]:
    """All people, the disabled too, by name."""
    return [Agent(*row) for row in await reader.fetch(_ALL)]


async def find_agent(connection: AsyncConnection, email: str) -> tuple[Agent, str | None] | None:
    """By address, whatever its case; with the hash of the password, None where none was chosen yet."""
    row = (await connection.execute(_BY_EMAIL, {"email": email})).one_or_none()
    return None if row is None else (Agent(*row[:-1]), row[-1])
