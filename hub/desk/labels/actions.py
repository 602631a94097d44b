"""Setting up labels."""

from __future__ import annotations

from typing import Final

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from hub.desk import audit
from hub.desk.errors import NameTaken, UnknownLabel
from hub.desk.labels.model import Label
from hub.desk.labels.store import list_labels
from hub.events.model import DeskChanged
from hub.events.outbox import Tx

MOST: Final = 500
_ADD: Final = text("insert into label (name, tint) values (:name, :tint) returning id")
_CHANGE: Final = text(
    """
    update label set name = :name, tint = :tint, archived_at = case when :archived then coalesce(archived_at, now()) end
    where id = :id
    """
)


async def add_label(tx: Tx, *, name: str, tint: int, by: int | None) -> Label:
    """Raises NameTaken."""
    if len(await list_labels(tx.connection)) >= MOST:
        raise NameTaken(f"There are {MOST} labels, which is the most. Use one of them.")
    try:
        async with tx.connection.begin_nested():
            label_id: int = (await tx.connection.execute(_ADD, {"name": name, "tint": tint})).scalar_one()
    except IntegrityError:
        raise _taken(name) from None
    await audit.record(tx, by, "label.add", f"label:{label_id}", {"name": name})
    tx.emit(DeskChanged())
    return await _label(tx, label_id)


async def change_label(
    tx: Tx,
    label_id: int,
    *,
    name: str | None = None,
    tint: int | None = None,
    archived: bool | None = None,
    by: int | None,
) -> Label:
    """What is None stays. Raises UnknownLabel and NameTaken."""
    now = await _label(tx, label_id)
    values = {
        "id": label_id,
        "name": now.name if name is None else name,
        "tint": now.tint if tint is None else tint,
        "archived": now.archived if archived is None else archived,
    }
    try:
        async with tx.connection.begin_nested():
            await tx.connection.execute(_CHANGE, values)
    except IntegrityError:
        raise _taken(str(values["name"])) from None
    await audit.record(tx, by, "label.change", f"label:{label_id}", {"name": values["name"]})
    tx.emit(DeskChanged())
    return await _label(tx, label_id)


async def _label(tx: Tx, label_id: int) -> Label:
    for label in await list_labels(tx.connection):
        if label.id == label_id:
            return label
    raise UnknownLabel(f"Label {label_id} does not exist. Reload the page.")


def _taken(name: str) -> NameTaken:
    return NameTaken(f"Another label is called “{name}”. Choose another name.")
