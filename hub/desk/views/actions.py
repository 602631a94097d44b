"""Saving views."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import orjson
from sqlalchemy import text

from hub.desk.errors import BadValue, UnknownView
from hub.desk.fields.store import list_fields
from hub.desk.model import Agent
from hub.desk.views.filter import parse
from hub.desk.views.model import Sort
from hub.events.model import DeskChanged
from hub.events.outbox import Tx

MOST: Final = 100
"""Views of one agent."""

_COUNT: Final = text("select count(*) from saved_view where owner_id = :owner_id")
_ADD: Final = text(
    """
    insert into saved_view (owner_id, name, icon, shared, filter, sort, position)
    values (:owner_id, :name, :icon, :shared, cast(:filter as jsonb), :sort,
            coalesce(:position, (select max(position) + 1 from saved_view where owner_id = :owner_id), 0))
    returning id
    """
)
_LOCK: Final = text("select owner_id, shared from saved_view where id = :id for update")
_CHANGE: Final = text(
    """
    update saved_view set
        name = coalesce(:name, name), icon = coalesce(:icon, icon), shared = coalesce(:shared, shared),
        position = coalesce(:position, position), filter = coalesce(cast(:filter as jsonb), filter),
        sort = coalesce(:sort, sort)
    where id = :id
    """
)
_REMOVE: Final = text("delete from saved_view where id = :id")


async def add_view(
    tx: Tx,
    owner: Agent,
    *,
    name: str,
    icon: str,
    shared: bool,
    filter_: Mapping[str, Any],
    sort: Sort,
    position: int | None,
) -> str:
    """Its id. Raises BadValue for what is no filter, or for one view too many."""
    parse(filter_, await list_fields(tx.connection))
    if (await tx.connection.execute(_COUNT, {"owner_id": owner.id})).scalar_one() >= MOST:
        raise BadValue("name", f"You have {MOST} views, which is the most. Remove one first.")
    values = {"owner_id": owner.id, "name": name, "icon": icon, "shared": shared, "sort": sort, "position": position}
    number = await tx.connection.scalar(_ADD, values | {"filter": orjson.dumps(dict(filter_)).decode()})
    tx.emit(DeskChanged())
    return f"v{number}"


async def change_view(
    tx: Tx,
    view_number: int,
    by: Agent,
    *,
    name: str | None = None,
    icon: str | None = None,
    shared: bool | None = None,
    filter_: Mapping[str, Any] | None = None,
    sort: Sort | None = None,
    position: int | None = None,
) -> None:
    """What is None stays. Raises UnknownView for one that is neither theirs nor, for an administrator, shared; and
    BadValue for what is no filter."""
    await _check(tx, view_number, by)
    if filter_ is not None:
        parse(filter_, await list_fields(tx.connection))
    await tx.connection.execute(
        _CHANGE,
        {
            "id": view_number,
            "name": name,
            "icon": icon,
            "shared": shared,
            "position": position,
            "sort": sort,
            "filter": None if filter_ is None else orjson.dumps(dict(filter_)).decode(),
        },
    )
    tx.emit(DeskChanged())


async def remove_view(tx: Tx, view_number: int, by: Agent) -> None:
    """Raises UnknownView, as `change_view` does."""
    await _check(tx, view_number, by)
    await tx.connection.execute(_REMOVE, {"id": view_number})
    tx.emit(DeskChanged())


async def _check(tx: Tx, view_number: int, by: Agent) -> None:
    row = (await tx.connection.execute(_LOCK, {"id": view_number})).one_or_none()
    theirs = row is not None and (row.owner_id == by.id or (row.shared and by.role == "administrator"))
    if not theirs:
        raise UnknownView(f"View {view_number} does not exist, or belongs to somebody else. Reload the page.")
