"""Customers: who they are, which addresses are theirs, and their one timeline."""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import Field

from hub.desk.policy import Action
from hub.people import actions, matching, merging
from hub.people import store as people
from hub.people.model import Customer
from hub.timeline import store as timeline
from hub.web import render, shapes
from hub.web.errors import not_found
from hub.web.fields import Id, Name, PageQuery, RequestBody
from hub.web.routes import Call, Routes

routes: Final = Routes()


AttributeName = Annotated[str, Field(min_length=1, max_length=60)]
AttributeValue = Annotated[str, Field(max_length=2000)] | Annotated[int, Field(ge=-(2**53), le=2**53)] | bool | None
Attributes = Annotated[dict[AttributeName, AttributeValue], Field(max_length=50)]


class CustomersQuery(PageQuery):
    query: Annotated[str, Field(max_length=200)] = ""


class TimelineQuery(PageQuery):
    conversation: Id | None = None
    channel: Id | None = None
    kind: Annotated[str | None, Field(max_length=40)] = None


class CustomerPatch(RequestBody):
    name: Name | None = None
    attributes: Attributes | None = None


class MergeWith(RequestBody):
    other_id: Id


@routes.get("/api/customers", policy=Action.READ_CUSTOMERS, summary="Find customers by name or address")
async def find(call: Call[None, CustomersQuery]) -> shapes.Page[shapes.CustomerFound]:
    before = call.query.before_id()
    call.snapshot()
    page = await people.find_customers(call.services.database.pool, call.query.query, before, call.query.limit)
    seen = [one for one in page.items if call.allowed(Action.READ_CUSTOMERS, one)]
    return {"items": [render.customer_found(one) for one in seen], "next": page.next}


@routes.get("/api/customers/{customer_id}", policy=Action.READ_CUSTOMERS, summary="Read a customer")
async def read(call: Call[None, None]) -> shapes.Customer:
    call.snapshot()
    return await _present(call, call.path["customer_id"])


@routes.patch("/api/customers/{customer_id}", policy=Action.WRITE_CUSTOMERS, summary="Rename, set attributes")
async def change(call: Call[CustomerPatch, None]) -> shapes.Customer:
    customer_id = call.path["customer_id"]
    async with call.services.write() as tx:
        await actions.patch(tx, customer_id, name=call.body.name, attributes=call.body.attributes)
    return await _present(call, customer_id)


@routes.post(
    "/api/customers/{customer_id}/merge",
    policy=Action.WRITE_CUSTOMERS,
    summary="Fold another customer into this one; it can be undone",
)
async def merge(call: Call[MergeWith, None]) -> shapes.Customer:
    customer_id = call.path["customer_id"]
    async with call.services.write() as tx:
        await merging.merge(tx, customer_id, call.body.other_id, call.agent.id)
    return await _present(call, customer_id)


@routes.post("/api/merges/{merge_id}/undo", policy=Action.WRITE_CUSTOMERS, summary="Undo a merge")
async def undo(call: Call[None, None]) -> shapes.Customers:
    async with call.services.write() as tx:
        undone = await merging.undo_merge(tx, call.path["merge_id"], call.agent.id)
    return {"customers": [await _present(call, one) for one in (undone.into_id, undone.from_id)]}


@routes.post(
    "/api/customers/{customer_id}/suggestions/{other_id}/dismiss",
    policy=Action.WRITE_CUSTOMERS,
    summary="Say that two customers are not the same person",
)
async def dismiss(call: Call[None, None]) -> None:
    async with call.services.write() as tx:
        await actions.dismiss_suggestion(tx, call.path["customer_id"], call.path["other_id"], call.agent.id)


@routes.get(
    "/api/customers/{customer_id}/timeline",
    policy=Action.READ_CONVERSATIONS,
    summary="Read what was said with a customer on all channels, newest first",
)
async def read_timeline(call: Call[None, TimelineQuery]) -> shapes.Timeline:
    cursor = call.query.cursor()
    customer_id = call.path["customer_id"]
    head = call.snapshot()
    page = await timeline.timeline_page(
        call.services.database.pool,
        customer_id,
        cursor,
        call.query.limit,
        conversation_id=call.query.conversation,
        channel_id=call.query.channel,
        kind=call.query.kind,
    )
    if not page.items:
        await _customer(call, customer_id)
    return {
        "items": [render.entry(one) for one in page.items if call.allowed(Action.READ_CONVERSATIONS, one)],
        "next": None if page.next is None else str(page.next),
        "head": head,
    }


async def _customer(call: Call[Any, Any], customer_id: int) -> Customer:
    found = await people.get_customer(call.services.database.pool, customer_id)
    if found is None or not call.allowed(Action.READ_CUSTOMERS, found):
        raise not_found("customer")
    return found


async def _present(call: Call[Any, Any], customer_id: int) -> shapes.Customer:
    found = await _customer(call, customer_id)
    suggestions = await matching.suggestions(call.services.database.pool, customer_id)
    return render.customer(found, suggestions)
