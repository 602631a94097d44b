"""The SQL of brands."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.desk.brands.model import Brand

_BRANDS: Final = """
    select b.id, b.name, b.signature_html,
           array(select c.id from channel c where c.brand_id = b.id and c.state <> 'archived' order by c.id) as channels
    from brand b where b.removed_at is null
"""
_ALL: Final = text(f"{_BRANDS} order by lower(b.name), b.id")
_ONE: Final = text(f"{_BRANDS} and b.id = :id")
_INSERT: Final = text("insert into brand (name, signature_html) values (:name, :signature_html) returning id")
_UPDATE: Final = text(
    """
    update brand set name = coalesce(:name, name), signature_html = coalesce(:signature_html, signature_html)
    where id = :id and removed_at is null
    """
)
_REMOVE: Final = text("update brand set removed_at = now() where id = :id and removed_at is null")
_ASSIGN: Final = text(
    """
    update channel set brand_id = case when id = any (:channel_ids) then cast(:id as bigint) end
    where (brand_id = :id) <> (id = any (:channel_ids)) or (brand_id is null and id = any (:channel_ids))
    """
)
_KNOWN: Final = text("select id from channel where id = any (:ids) and state <> 'archived'")


async def list_brands(connection: AsyncConnection) -> list[Brand]:
    """By name."""
    return [_to_brand(row) for row in await connection.execute(_ALL)]


async def get_brand(connection: AsyncConnection, brand_id: int) -> Brand | None:
    row = (await connection.execute(_ONE, {"id": brand_id})).one_or_none()
    return None if row is None else _to_brand(row)


def _to_brand(row: Row[Any]) -> Brand:
    return Brand(row.id, row.name, row.signature_html, tuple(row.channels))


async def insert_brand(connection: AsyncConnection, name: str, signature_html: str) -> int:
    found: int = (await connection.execute(_INSERT, {"name": name, "signature_html": signature_html})).scalar_one()
    return found


async def update_brand(
    connection: AsyncConnection, brand_id: int, *, name: str | None, signature_html: str | None
) -> bool:
    """None leaves it as it is. False where there is none."""
    values = {"id": brand_id, "name": name, "signature_html": signature_html}
    return (await connection.execute(_UPDATE, values)).rowcount == 1


async def remove_brand(connection: AsyncConnection, brand_id: int) -> bool:
    return (await connection.execute(_REMOVE, {"id": brand_id})).rowcount == 1


async def assign_channels(connection: AsyncConnection, brand_id: int, channel_ids: Collection[int]) -> None:
    """These channels, and no others, speak in its name."""
    await connection.execute(_ASSIGN, {"id": brand_id, "channel_ids": list(channel_ids)})


async def known_channels(connection: AsyncConnection, ids: Collection[int]) -> set[int]:
    return set((await connection.execute(_KNOWN, {"ids": list(ids)})).scalars())
