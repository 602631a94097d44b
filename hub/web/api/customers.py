"""Customers: who they are, which addresses are theirs, and their one timeline."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Final

from pydantic import Field

from hub.desk.fields.store import list_fields
from hub.desk.fields.values import checked_all
from hub.desk.policy import Action
from hub.people import actions, matching, merging
from hub.people import store as people
from hub.people.model import Customer
from hub.timeline import pages
from hub.timeline.model import Cursor
from hub.timeline.pages import Only
from hub.web.answers import customer_render, customer_shapes, entry_render, entry_shapes, shapes
from hub.web.errors import invalid, not_found
from hub.web.fields import Id, Name, PageQuery, RequestBody, parse_cursor
from hub.web.routes import Call, Routes

routes: Final = Routes()

FILE: Final = "file"

AttributeName = Annotated[str, Field(min_length=1, max_length=60)]
AttributeValue = (
    Annotated[str, Field(max_length=2000)]
    | Annotated[int, Field(ge=-(2**53), le=2**53)]
    | Annotated[float, Field(ge=-(2**53), le=2**53, allow_inf_nan=False)]
    | bool
    | None
)
Attributes = Annotated[dict[AttributeName, AttributeValue], Field(max_length=50)]


class CustomersQuery(PageQuery):
    query: Annotated[str, Field(max_length=200)] = ""


class TimelineQuery(PageQuery):
    """`after`, `before`, `at` and `entry` say where the page is; at most one of them. The others narrow the timeline to
    the entries that meet all of them."""

    before: Annotated[str | None, Field(max_length=100)] = None
    at: Annotated[str | None, Field(max_length=40)] = None
    entry: Id | None = None
    conversation: Id | None = None
    channel: Id | None = None
    author: Annotated[str | None, Field(pattern=r"^(agent|identity):[1-9][0-9]{0,17}$")] = None
    kind: Annotated[str | None, Field(max_length=200)] = None
    """One or several, between commas; "file" stands for all entries with files."""

    def only(self) -> Only:
        kinds = [one for one in (self.kind or "").split(",") if one]
        who, _, number = (self.author or "").partition(":")
        return Only(
            conversation_id=self.conversation,
            channel_id=self.channel,
            agent_id=int(number) if who == "agent" else None,
            identity_id=int(number) if who == "identity" else None,
            kinds=tuple(one for one in kinds if one != FILE),
            files=FILE in kinds,
        )


class CustomerPatch(RequestBody):
    name: Name | None = None
    attributes: Attributes | None = None


class MergeWith(RequestBody):
    other_id: Id


@routes.get("/api/customers", policy=Action.READ_CUSTOMERS, summary="Find customers by name or address")
async def find(call: Call[None, CustomersQuery]) -> shapes.Page[customer_shapes.CustomerFound]:
    before = call.query.before_id()
    call.snapshot()
    page = await people.find_customers(call.services.database.pool, call.query.query, before, call.query.limit)
    seen = [one for one in page.items if call.allowed(Action.READ_CUSTOMERS, one)]
    return {"items": [customer_render.customer_found(one) for one in seen], "next": page.next}


@routes.get("/api/customers/{customer_id}", policy=Action.READ_CUSTOMERS, summary="Read a customer")
async def read(call: Call[None, None]) -> customer_shapes.Customer:
    call.snapshot()
    return await _present(call, call.path["customer_id"])


@routes.patch("/api/customers/{customer_id}", policy=Action.WRITE_CUSTOMERS, summary="Rename, set attributes")
async def change(call: Call[CustomerPatch, None]) -> customer_shapes.Customer:
    customer_id, attributes = call.path["customer_id"], call.body.attributes
    if attributes is not None:
        attributes = await _checked(call, (await _customer(call, customer_id)).attributes, attributes)
    async with call.services.write() as tx:
        await actions.patch(tx, customer_id, name=call.body.name, attributes=attributes)
    return await _present(call, customer_id)


@routes.post(
    "/api/customers/{customer_id}/merge",
    policy=Action.WRITE_CUSTOMERS,
    summary="Fold another customer into this one; it can be undone",
)
async def merge(call: Call[MergeWith, None]) -> customer_shapes.Customer:
    customer_id = call.path["customer_id"]
    async with call.services.write() as tx:
        await merging.merge(tx, customer_id, call.body.other_id, call.agent.id)
    return await _present(call, customer_id)


@routes.post("/api/merges/{merge_id}/undo", policy=Action.WRITE_CUSTOMERS, summary="Undo a merge")
async def undo(call: Call[None, None]) -> customer_shapes.Customers:
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
async def read_timeline(call: Call[None, TimelineQuery]) -> entry_shapes.Timeline:
    customer_id, query, pool = call.path["customer_id"], call.query, call.services.database.pool
    if len([one for one in (query.after, query.before, query.at, query.entry) if one is not None]) > 1:
        raise invalid("after", "Give one of after, before, at and entry.")
    after, before, only = query.cursor(), parse_cursor("before", query.before), query.only()
    head = call.snapshot()
    if before is not None:
        page = await pages.newer_page(pool, customer_id, before, query.limit, only)
    elif query.at is not None or query.entry is not None:
        page = await pages.page_around(pool, customer_id, await _moment(call), query.limit, only)
    else:
        page = await pages.timeline_page(pool, customer_id, after, query.limit, only)
    if not page.items:
        await _customer(call, customer_id)
    seen = await pages.last_look(pool, customer_id, call.agent.id)
    return {
        "items": [entry_render.entry(one) for one in page.items if call.allowed(Action.READ_CONVERSATIONS, one)],
        "next": None if page.next is None else str(page.next),
        "previous": None if page.previous is None else str(page.previous),
        "seen": None if seen is None else {"entry_id": seen.entry_id, "at": seen.occurred_at},
        "head": head,
    }


async def _moment(call: Call[None, TimelineQuery]) -> Cursor:
    """What the page is around. Raises a 404 Problem for an unknown entry, 422 for what is no moment."""
    if call.query.entry is not None:
        found = await pages.moment_of(call.services.database.pool, call.query.entry)
        if found is None:
            raise not_found("entry")
        return found
    try:
        at = datetime.fromisoformat(call.query.at or "")
        return Cursor(at.astimezone(UTC), 1)
    except (ValueError, OverflowError):
        raise invalid("at", "Give a moment as 2026-11-03T14:05:00Z.") from None


async def _checked(call: Call[Any, Any], before: Mapping[str, object], wanted: dict[str, Any]) -> dict[str, Any]:
    """What is changed fits the company's own fields; what is not stays, even under a field that was archived. Raises
    BadValue."""
    async with call.services.read() as connection:
        fields = await list_fields(connection, "customer")
    missing = object()
    changed = checked_all(
        fields, {key: value for key, value in wanted.items() if before.get(key, missing) != value}, "attributes"
    )
    emptied = {field.key for field in fields if changed.get(field.key, missing) is None}
    return {key: changed.get(key, value) for key, value in wanted.items() if key not in emptied}


async def _customer(call: Call[Any, Any], customer_id: int) -> Customer:
    found = await people.get_customer(call.services.database.pool, customer_id)
    if found is None or not call.allowed(Action.READ_CUSTOMERS, found):
        raise not_found("customer")
    return found


async def _present(call: Call[Any, Any], customer_id: int) -> customer_shapes.Customer:
    found = await _customer(call, customer_id)
    suggestions = await matching.suggestions(call.services.database.pool, customer_id)
    return customer_render.customer(found, suggestions)
