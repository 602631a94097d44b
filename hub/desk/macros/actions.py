"""Making and changing macros, one transaction each. Whoever calls has asked the policy, and checked the change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from hub.desk.errors import BadValue, UnknownMacro
from hub.desk.macros import store
from hub.desk.macros.model import Macro
from hub.desk.replies.store import get_reply
from hub.desk.scope import Scope
from hub.events.model import DeskChanged
from hub.events.outbox import Tx


@dataclass(frozen=True, slots=True)
class MacroForm:
    """All of a macro that its author fills in."""

    name: str
    scope: Scope
    team_id: int | None
    reply_id: int | None
    change: Mapping[str, object]


async def create(tx: Tx, form: MacroForm, *, by: int) -> Macro:
    """Raises BadValue."""
    await _check(tx, form, by)
    return await _changed(tx, await store.insert_macro(tx.connection, by, asdict(form)), by)


async def replace(tx: Tx, macro: Macro, form: MacroForm, *, by: int) -> Macro:
    """Raises BadValue."""
    await _check(tx, form, by)
    await store.replace_macro(tx.connection, macro.id, asdict(form))
    return await _changed(tx, macro.id, by)


async def remove(tx: Tx, macro: Macro) -> None:
    await store.remove_macro(tx.connection, macro.id)
    tx.emit(DeskChanged())


async def _check(tx: Tx, form: MacroForm, by: int) -> None:
    if (form.scope == "team") != (form.team_id is not None):
        raise BadValue("team_id", "Name the team for whose members it is, and only then.")
    if form.reply_id is not None and await get_reply(tx.connection, by, form.reply_id, manages=True) is None:
        raise BadValue("reply_id", "This canned reply does not exist. Choose another.")
    if form.reply_id is None and not form.change:
        raise BadValue("change", "A macro changes something, or writes a reply. Choose at least one.")


async def _changed(tx: Tx, macro_id: int, by: int) -> Macro:
    tx.emit(DeskChanged())
    found = await store.get_macro(tx.connection, by, macro_id, manages=True)
    if found is None:
        raise UnknownMacro(f"Macro {macro_id} does not exist. Reload the page.")
    return found
