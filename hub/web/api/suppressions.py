"""Addresses that nothing may be sent to."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from hub.desk.policy import Action
from hub.outbound.suppressions import NewSuppression, add_suppression, lift_suppression
from hub.people.store import suppressions_page
from hub.web.answers import customer_render, customer_shapes, shapes
from hub.web.fields import Address, Id, Name, PageQuery, RequestBody
from hub.web.routes import Call, Routes

routes: Final = Routes()


class SuppressionNew(RequestBody):
    """`kind` is the kind of address ("email", "phone"); `channel_id` null: on every channel."""

    kind: Annotated[str, Field(min_length=1, max_length=40, pattern="^[a-z][a-z0-9_]*$")]
    address: Address
    channel_id: Id | None = None
    reason: Name


@routes.get("/api/suppressions", policy=Action.MANAGE_SUPPRESSIONS, summary="List suppressed addresses, newest first")
async def list_suppressions(call: Call[None, PageQuery]) -> shapes.Page[customer_shapes.Suppression]:
    limit = call.query.limit
    async with call.services.read() as connection:
        found = await suppressions_page(connection, call.query.before_id(), limit + 1)
    items = found[:limit]
    return {
        "items": [customer_render.suppression(one) for one in items],
        "next": str(items[-1].suppression.id) if len(found) > limit else None,
    }


@routes.post(
    "/api/suppressions",
    policy=Action.MANAGE_SUPPRESSIONS,
    summary="Send nothing more to an address, on one channel or (null) on any",
    status=201,
)
async def add(call: Call[SuppressionNew, None]) -> customer_shapes.Suppression:
    body, services = call.body, call.services
    new = NewSuppression(body.kind, body.address, body.channel_id, body.reason)
    async with services.write() as tx:
        suppression_id = await add_suppression(tx, services.registry, new, call.agent.id)
        (listed,) = await suppressions_page(tx.connection, suppression_id + 1, 1)
    return customer_render.suppression(listed)


@routes.delete(
    "/api/suppressions/{suppression_id}", policy=Action.MANAGE_SUPPRESSIONS, summary="Allow sending there again"
)
async def lift(call: Call[None, None]) -> None:
    async with call.services.write() as tx:
        await lift_suppression(tx, call.path["suppression_id"], call.agent.id)
