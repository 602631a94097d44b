"""Companies, and the people around a customer."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from hub.desk.policy import Action
from hub.people import companies
from hub.people import store as people
from hub.people.acquaintances import acquaintances
from hub.web.answers import related_render, related_shapes, shapes
from hub.web.errors import not_found
from hub.web.fields import Id, Name, PageQuery, RequestBody
from hub.web.routes import Call, Routes

routes: Final = Routes()
Domain = Annotated[
    str, Field(min_length=3, max_length=253, pattern=r"^@?[^\s@/\x00-\x1f\x7f]+\.[^\s@/\x00-\x1f\x7f]+$")
]
Domains = Annotated[list[Domain], Field(max_length=50)]


class CompaniesQuery(PageQuery):
    query: Annotated[str, Field(max_length=200)] = ""


class NewCompany(RequestBody):
    """`domains` are those of its mail addresses."""

    name: Name
    domains: Domains = Field(default_factory=list)


class CompanyPatch(RequestBody):
    name: Name | None = None
    domains: Domains | None = None


class CustomersCompany(RequestBody):
    """null: none."""

    company_id: Id | None


@routes.get("/api/companies", policy=Action.READ_CUSTOMERS, summary="Find companies by name")
async def find(call: Call[None, CompaniesQuery]) -> shapes.Page[related_shapes.Company]:
    before = call.query.before_id()
    async with call.services.read() as connection:
        found = await companies.companies_page(connection, call.query.query, before, call.query.limit + 1)
    items = found[: call.query.limit]
    return {
        "items": [related_render.company(one) for one in items if call.allowed(Action.READ_CUSTOMERS, one)],
        "next": str(items[-1].id) if len(found) > call.query.limit else None,
    }


@routes.get("/api/companies/{company_id}", policy=Action.READ_CUSTOMERS, summary="Read a company")
async def read(call: Call[None, None]) -> related_shapes.Company:
    async with call.services.read() as connection:
        found = await companies.get_company(connection, call.path["company_id"])
    if found is None:
        raise not_found("company")
    return related_render.company(found)


@routes.post("/api/companies", policy=Action.WRITE_CUSTOMERS, summary="Add a company", status=201)
async def add(call: Call[NewCompany, None]) -> related_shapes.Company:
    async with call.services.write() as tx:
        added = await companies.create_company(tx, call.body.name.strip(), call.body.domains)
    return related_render.company(added)


@routes.patch("/api/companies/{company_id}", policy=Action.WRITE_CUSTOMERS, summary="Change a company")
async def change(call: Call[CompanyPatch, None]) -> related_shapes.Company:
    name = None if call.body.name is None else call.body.name.strip()
    async with call.services.write() as tx:
        changed = await companies.change_company(tx, call.path["company_id"], name=name, domains=call.body.domains)
    return related_render.company(changed)


@routes.put(
    "/api/customers/{customer_id}/company", policy=Action.WRITE_CUSTOMERS, summary="Say which company a customer is of"
)
async def set_company(call: Call[CustomersCompany, None]) -> related_shapes.Acquaintances:
    async with call.services.write() as tx:
        await companies.set_company(tx, call.path["customer_id"], call.body.company_id)
    return await read_related(Call(call.request, call.services, None, None, call.path, call.session_or_none))


@routes.get(
    "/api/customers/{customer_id}/related",
    policy=Action.READ_CUSTOMERS,
    summary="Read the company of a customer, and the people around them",
)
async def read_related(call: Call[None, None]) -> related_shapes.Acquaintances:
    customer_id, pool = call.path["customer_id"], call.services.database.pool
    customer = await people.get_customer(pool, customer_id)
    if customer is None or not call.allowed(Action.READ_CUSTOMERS, customer):
        raise not_found("customer")
    async with call.services.read() as connection:
        company = await companies.company_of(connection, customer_id)
        suggested = None if company else await companies.suggested_company(connection, customer_id)
    found = await acquaintances(pool, customer_id, None if company is None else company.id)
    return {
        "company": None if company is None else related_render.company(company),
        "suggested": None if suggested is None else related_render.suggested(suggested),
        "people": [
            related_render.acquaintance(one) for one in found if call.allowed(Action.READ_CUSTOMERS, one.customer)
        ],
    }
