"""Views: the built-in ones with their counts, and those that agents save for themselves or for all."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from hub.desk.policy import Action
from hub.desk.views import actions, store
from hub.desk.views.filter import stored
from hub.desk.views.pages import counts
from hub.web.answers import queue_render, queue_shapes, shapes
from hub.web.errors import invalid, not_found
from hub.web.fields import RequestBody, ShortName
from hub.web.filters import FilterBody
from hub.web.routes import Call, Routes

routes: Final = Routes()
Icon = Annotated[str, Field(max_length=40, pattern=r"^[a-z0-9-]*$")]
Sort = Literal["activity", "waiting", "priority"]
Position = Annotated[int, Field(ge=0, le=1_000_000)]
_SAVED: Final = re.compile(r"v([1-9][0-9]{0,17})")


class NewView(RequestBody):
    """`position` null: behind one's others."""

    name: ShortName
    icon: Icon = ""
    shared: bool = False
    filter: FilterBody
    sort: Sort = "activity"
    position: Position | None = None


class ViewPatch(RequestBody):
    """What is given is set."""

    name: ShortName | None = None
    icon: Icon | None = None
    shared: bool | None = None
    filter: FilterBody | None = None
    sort: Sort | None = None
    position: Position | None = None


@routes.get("/api/views", policy=Action.READ_CONVERSATIONS, summary="List the views that one has, with their counts")
async def list_all(call: Call[None, None]) -> shapes.Items[queue_shapes.View]:
    pool = call.services.database.pool
    views = await store.list_views(pool, call.agent.id)
    counted = await counts(pool, call.agent.id, [stored(one.filter) for one in views])
    return {"items": [queue_render.view(one, count) for one, count in zip(views, counted, strict=True)]}


@routes.post("/api/views", policy=Action.WRITE_CONVERSATIONS, summary="Save a view", status=201)
async def add(call: Call[NewView, None]) -> queue_shapes.View:
    body = call.body
    async with call.services.write() as tx:
        view_id = await actions.add_view(
            tx,
            call.agent,
            name=body.name.strip(),
            icon=body.icon,
            shared=body.shared,
            filter_=body.filter.model_dump(),
            sort=body.sort,
            position=body.position,
        )
    return await _present(call, view_id)


@routes.patch("/api/views/{view}", policy=Action.WRITE_CONVERSATIONS, summary="Change a saved view")
async def change(call: Call[ViewPatch, None]) -> queue_shapes.View:
    body, number = call.body, _number(call)
    async with call.services.write() as tx:
        await actions.change_view(
            tx,
            number,
            call.agent,
            name=None if body.name is None else body.name.strip(),
            icon=body.icon,
            shared=body.shared,
            filter_=None if body.filter is None else body.filter.model_dump(),
            sort=body.sort,
            position=body.position,
        )
    return await _present(call, f"v{number}")


@routes.delete("/api/views/{view}", policy=Action.WRITE_CONVERSATIONS, summary="Remove a saved view")
async def remove(call: Call[None, None]) -> None:
    async with call.services.write() as tx:
        await actions.remove_view(tx, _number(call), call.agent)


def _number(call: Call[Any, Any]) -> int:
    """Of a saved view. Raises a 404 Problem for what is none, a 422 for a built-in one."""
    written = str(call.path["view"])
    if written in store.BUILT_IN or written.startswith("team:"):
        raise invalid("view", "This view is built in. Save one of your own instead.")
    saved = _SAVED.fullmatch(written)
    if saved is None:
        raise not_found("view")
    return int(saved[1])


async def _present(call: Call[Any, Any], view_id: str) -> queue_shapes.View:
    pool = call.services.database.pool
    view = await store.get_view(pool, call.agent.id, view_id)
    if view is None:
        raise not_found("view")
    (count,) = await counts(pool, call.agent.id, [stored(view.filter)])
    return queue_render.view(view, count)
