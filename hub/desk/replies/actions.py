"""Making and changing canned replies, one transaction each. Whoever calls has asked the policy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hub.desk import liquid
from hub.desk.errors import BadValue, UnknownReply
from hub.desk.replies import store
from hub.desk.replies.model import CannedReply
from hub.desk.scope import Scope
from hub.events.model import DeskChanged
from hub.events.outbox import Tx


@dataclass(frozen=True, slots=True)
class ReplyForm:
    """All of a canned reply that its author fills in."""

    name: str
    shortcut: str
    scope: Scope
    team_id: int | None
    texts: Mapping[str, str]
    attachment_ids: Sequence[int] = ()


async def create(tx: Tx, form: ReplyForm, *, by: int) -> CannedReply:
    """Raises BadValue."""
    await _check(tx, form, by, ())
    await _check_shortcut(tx, form, by)
    return await _changed(tx, await store.insert_reply(tx.connection, by, _values(form)), by)


async def replace(tx: Tx, reply: CannedReply, form: ReplyForm, *, by: int) -> CannedReply:
    """Raises BadValue."""
    await _check(tx, form, by, [one.id for one in reply.attachments])
    # two of one shortcut may be older than the rule: their words can still be changed
    if (form.shortcut, form.scope, form.team_id) != (reply.shortcut, reply.scope, reply.team_id):
        await _check_shortcut(tx, form, by, reply.id)
    await store.replace_reply(tx.connection, reply.id, _values(form))
    return await _changed(tx, reply.id, by)


async def remove(tx: Tx, reply: CannedReply) -> None:
    """Macros that use it go on without words."""
    await store.remove_reply(tx.connection, reply.id)
    tx.emit(DeskChanged())


async def _check(tx: Tx, form: ReplyForm, by: int, kept: Sequence[int]) -> None:
    if not any(words.strip() for words in form.texts.values()):
        raise BadValue("texts", "There are no words yet. Write them in at least one language.")
    if (form.scope == "team") != (form.team_id is not None):
        raise BadValue("team_id", "Name the team for whose members it is, and only then.")
    for lang, words in form.texts.items():
        try:
            liquid.check(words)
        except liquid.BadLiquid as failure:
            raise BadValue(f"texts.{lang}", str(failure)) from None
    if not await store.all_uploaded(tx.connection, form.attachment_ids, by, kept):
        raise BadValue("attachment_ids", "A file is no longer there. Attach it again.")


async def _check_shortcut(tx: Tx, form: ReplyForm, by: int, reply_id: int | None = None) -> None:
    if not form.shortcut:
        return
    other = await store.same_shortcut(tx.connection, by, reply_id, _values(form))
    if other is not None:
        raise BadValue("shortcut", f"“{other}” has the shortcut /{form.shortcut} already. Choose another one.")


def _values(form: ReplyForm) -> dict[str, object]:
    return {
        "name": form.name,
        "shortcut": form.shortcut,
        "scope": form.scope,
        "team_id": form.team_id,
        "texts": {lang: words for lang, words in form.texts.items() if words.strip()},
        "attachment_ids": list(form.attachment_ids),
    }


async def _changed(tx: Tx, reply_id: int, by: int) -> CannedReply:
    tx.emit(DeskChanged())
    found = await store.get_reply(tx.connection, by, reply_id, manages=True)
    if found is None:
        raise UnknownReply(f"Canned reply {reply_id} does not exist. Reload the page.")
    return found
