"""Webhooks: who is told what, what came of it, and trying it out."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from hub.desk.policy import Action
from hub.web.answers import api_shapes, shapes
from hub.web.errors import not_found
from hub.web.fields import Name, PageQuery, RequestBody
from hub.web.routes import Call, Routes
from hub.web.within import page_of
from hub.webhooks import actions, model, store

routes: Final = Routes()
Url = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"^https?://[^\s\x00-\x1f\x7f]+$")]
EventName = Literal[
    "message.received",
    "message.sent",
    "note.added",
    "delivery.changed",
    "call.ended",
    "conversation.created",
    "conversation.assigned",
    "conversation.resolved",
    "conversation.reopened",
    "conversation.changed",
    "customer.merged",
    "customer.unmerged",
]
Events = Annotated[list[EventName], Field(min_length=1, max_length=20)]


class WebhookNew(RequestBody):
    """Events that happen from now on are sent to `url`, signed with the secret that is answered."""

    name: Name
    url: Url
    events: Events


class WebhookPatch(RequestBody):
    name: Name | None = None
    url: Url | None = None
    events: Events | None = None
    state: Literal["active", "paused"] | None = None


class DeliveriesQuery(PageQuery):
    state: Literal["pending", "delivered", "failed"] | None = None


@routes.get("/api/webhooks", policy=Action.MANAGE_WEBHOOKS, summary="List webhooks, newest first")
async def list_webhooks(call: Call[None, PageQuery]) -> shapes.Page[api_shapes.Webhook]:
    limit = call.query.limit
    async with call.services.read() as connection:
        found = await store.webhooks_page(connection, call.query.before_id(), limit + 1)
    return page_of(found, limit, _shape)


@routes.post(
    "/api/webhooks",
    policy=Action.MANAGE_WEBHOOKS,
    summary="Subscribe to events; the secret is shown this once",
    status=201,
)
async def create(call: Call[WebhookNew, None]) -> api_shapes.NewWebhook:
    body, services = call.body, call.services
    async with services.write() as tx:
        made, secret = await actions.create(
            tx,
            services.vault,
            name=body.name,
            url=body.url,
            events=body.events,
            private=services.webhooks.private,
            by=call.agent.id,
        )
    services.webhooks.wake()
    return {**_shape(made), "secret": secret}


@routes.get("/api/webhooks/{webhook_id}", policy=Action.MANAGE_WEBHOOKS, summary="Read a webhook")
async def read(call: Call[None, None]) -> api_shapes.Webhook:
    async with call.services.read() as connection:
        found = await store.get_webhook(connection, call.path["webhook_id"])
    if found is None:
        raise not_found("webhook")
    return _shape(found)


@routes.patch("/api/webhooks/{webhook_id}", policy=Action.MANAGE_WEBHOOKS, summary="Change, pause or resume a webhook")
async def change(call: Call[WebhookPatch, None]) -> api_shapes.Webhook:
    body = call.body
    async with call.services.write() as tx:
        changed = await actions.change(
            tx,
            call.path["webhook_id"],
            name=body.name,
            url=body.url,
            events=body.events,
            state=body.state,
            private=call.services.webhooks.private,
            by=call.agent.id,
        )
    call.services.webhooks.wake()
    return _shape(changed)


@routes.delete("/api/webhooks/{webhook_id}", policy=Action.MANAGE_WEBHOOKS, summary="Unsubscribe")
async def remove(call: Call[None, None]) -> None:
    async with call.services.write() as tx:
        await actions.remove(tx, call.path["webhook_id"], by=call.agent.id)


@routes.post(
    "/api/webhooks/{webhook_id}/secret",
    policy=Action.MANAGE_WEBHOOKS,
    summary="A new secret, shown this once; the old one ends",
)
async def renew_secret(call: Call[None, None]) -> api_shapes.WebhookSecret:
    async with call.services.write() as tx:
        secret = await actions.renew_secret(tx, call.services.vault, call.path["webhook_id"], by=call.agent.id)
    return {"secret": secret}


@routes.post(
    "/api/webhooks/{webhook_id}/test",
    policy=Action.MANAGE_WEBHOOKS,
    summary="Send an event of the type webhook.test now, and say what came of it",
    idempotent=True,
)
async def test(call: Call[None, None]) -> api_shapes.WebhookTest:
    outcome = await call.services.webhooks.test(call.path["webhook_id"])
    return {
        "ok": outcome.ok,
        "status": outcome.status,
        "error": outcome.error or None,
        "seconds": round(outcome.seconds, 3),
    }


@routes.get(
    "/api/webhooks/{webhook_id}/deliveries",
    policy=Action.MANAGE_WEBHOOKS,
    summary="What was sent in the last 30 days and what came of it, newest first",
)
async def list_deliveries(call: Call[None, DeliveriesQuery]) -> shapes.Page[api_shapes.WebhookDelivery]:
    query, webhook_id = call.query, call.path["webhook_id"]
    async with call.services.read() as connection:
        if await store.get_webhook(connection, webhook_id) is None:
            raise not_found("webhook")
        found = await store.deliveries_page(connection, webhook_id, query.state, query.before_id(), query.limit + 1)
    return page_of(found, query.limit, _delivery)


@routes.post(
    "/api/webhooks/{webhook_id}/deliveries/{delivery_id}/resend",
    policy=Action.MANAGE_WEBHOOKS,
    summary="Send it again",
    status=204,
    idempotent=True,
)
async def resend(call: Call[None, None]) -> None:
    async with call.services.write() as tx:
        await actions.resend(tx, call.path["webhook_id"], call.path["delivery_id"])
    call.services.webhooks.wake()


def _shape(one: model.Webhook) -> api_shapes.Webhook:
    return {
        "id": one.id,
        "name": one.name,
        "url": one.url,
        "events": list(one.events),
        "state": one.state,
        "reason": one.reason or None,
        "failures": one.failures,
        "failing_since": one.failing_since,
        "last_success_at": one.last_success_at,
        "pending": one.pending,
        "created_at": one.created_at,
    }


def _delivery(one: model.Delivery) -> api_shapes.WebhookDelivery:
    return {
        "id": one.id,
        "event_id": one.event_id,
        "type": one.type,
        "conversation_id": one.conversation_id,
        "state": one.state,
        "attempts": one.attempts,
        "status": one.status,
        "error": one.error or None,
        "seconds": None if one.seconds is None else round(one.seconds, 3),
        "created_at": one.created_at,
        "last_attempt_at": one.last_attempt_at,
    }
