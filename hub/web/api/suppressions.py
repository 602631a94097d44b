"""Addresses that nothing may be sent to."""

from __future__ import annotations

from typing import Final

from hub.desk.policy import Action
from hub.people.actions import lift_suppression
from hub.people.store import suppressions_page
from hub.web import render, shapes
from hub.web.fields import PageQuery
from hub.web.routes import Call, Routes

routes: Final = Routes()


@routes.get("/api/suppressions", policy=Action.MANAGE_SUPPRESSIONS, summary="List suppressed addresses, newest first")
async def list_suppressions(call: Call[None, PageQuery]) -> shapes.Page[shapes.Suppression]:
    limit = call.query.limit
    async with call.services.read() as connection:
        found = await suppressions_page(connection, call.query.before_id(), limit + 1)
    items = found[:limit]
    return {
        "items": [render.suppression(one) for one in items],
        "next": str(items[-1].suppression.id) if len(found) > limit else None,
    }


@routes.delete(
    "/api/suppressions/{suppression_id}", policy=Action.MANAGE_SUPPRESSIONS, summary="Allow sending there again"
)
async def lift(call: Call[None, None]) -> None:
    async with call.services.write() as tx:
        await lift_suppression(tx, call.path["suppression_id"])
