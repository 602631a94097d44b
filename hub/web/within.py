"""The conversation that a route is about, for whoever may do what it does; and pages of lists that end at an id."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from hub.desk.policy import Action
from hub.timeline.model import Conversation
from hub.timeline.store import conversation_for
from hub.web.answers import shapes
from hub.web.errors import not_found
from hub.web.routes import Call


class _Numbered(Protocol):
    @property
    def id(self) -> int: ...


ItemT = TypeVar("ItemT", bound=_Numbered)
ShapeT = TypeVar("ShapeT")


async def conversation_of(call: Call[Any, Any], conversation_id: int, action: Action) -> Conversation:
    """As the agent finds it. Raises a 404 Problem where they may not see it, and a 403 where they may not do this."""
    found = await conversation_for(call.services.database.pool, call.agent.id, conversation_id)
    if found is None or not call.allowed(Action.READ_CONVERSATIONS, found):
        raise not_found("conversation")
    call.check(action, found)
    return found


def page_of(found: Sequence[ItemT], limit: int, shape: Callable[[ItemT], ShapeT]) -> shapes.Page[ShapeT]:
    """Of what was found, which is one more than the page takes where there is a next one."""
    items = found[:limit]
    return {"items": [shape(one) for one in items], "next": str(items[-1].id) if len(found) > limit else None}
