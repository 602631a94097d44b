"""Brands, and what stands under the mails of a channel."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from hub.desk.brands import actions, store
from hub.desk.brands.signature import signature_of
from hub.desk.liquid import MAX_SOURCE
from hub.desk.policy import Action
from hub.web.answers import compose_render, compose_shapes, shapes
from hub.web.fields import Ids, Name, RequestBody
from hub.web.routes import Call, Routes

routes: Final = Routes()
Source = Annotated[str, Field(max_length=MAX_SOURCE)]


class NewBrand(RequestBody):
    """`signature_html` with the Liquid variables agent and brand."""

    name: Name
    signature_html: Source = ""
    channel_ids: Ids = Field(default_factory=list)


class BrandPatch(RequestBody):
    """What is given is set."""

    name: Name | None = None
    signature_html: Source | None = None
    channel_ids: Ids | None = None


@routes.get("/api/brands", policy=Action.READ_CHANNELS, summary="List brands")
async def list_all(call: Call[None, None]) -> shapes.Items[compose_shapes.Brand]:
    async with call.services.read() as connection:
        return {"items": [compose_render.brand(one) for one in await store.list_brands(connection)]}


@routes.post("/api/brands", policy=Action.MANAGE_DESK, summary="Add a brand", status=201)
async def add(call: Call[NewBrand, None]) -> compose_shapes.Brand:
    body = call.body
    async with call.services.write() as tx:
        made = await actions.create(
            tx,
            name=body.name.strip(),
            signature_html=body.signature_html,
            channel_ids=set(body.channel_ids),
            by=call.agent.id,
        )
    return compose_render.brand(made)


@routes.patch("/api/brands/{brand_id}", policy=Action.MANAGE_DESK, summary="Change a brand")
async def change(call: Call[BrandPatch, None]) -> compose_shapes.Brand:
    body = call.body
    body.given()
    async with call.services.write() as tx:
        changed = await actions.change(
            tx,
            call.path["brand_id"],
            name=None if body.name is None else body.name.strip(),
            signature_html=body.signature_html,
            channel_ids=None if body.channel_ids is None else set(body.channel_ids),
            by=call.agent.id,
        )
    return compose_render.brand(changed)


@routes.delete("/api/brands/{brand_id}", policy=Action.MANAGE_DESK, summary="Remove a brand")
async def remove(call: Call[None, None]) -> None:
    async with call.services.write() as tx:
        await actions.remove(tx, call.path["brand_id"], by=call.agent.id)


@routes.get(
    "/api/channels/{channel_id}/signature",
    policy=Action.READ_CONVERSATIONS,
    summary="What will stand under one's own mails of a channel",
)
async def read_signature(call: Call[None, None]) -> compose_shapes.Signature:
    async with call.services.read() as connection:
        return compose_render.signature(await signature_of(connection, call.path["channel_id"], call.agent.id))
