"""Setting up webhooks, one transaction each. Whoever calls has asked the policy; everything here is audited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hub.desk import audit
from hub.desk.tokens import new_token
from hub.events.outbox import Tx
from hub.events.position import head
from hub.outbound.job import enqueue
from hub.secrets import Vault
from hub.webhooks import store
from hub.webhooks.guard import Network, check_url
from hub.webhooks.model import JOB, UnknownDelivery, UnknownWebhook, Webhook, WebhookState

SECRET_PREFIX: Final = "whsec_"  # noqa: S105  # the beginning of one
_ATTEMPTS: Final = 1_000_000
"""How long a delivery is tried is a matter of days, not of attempts."""


async def create(
    tx: Tx, vault: Vault, *, name: str, url: str, events: Sequence[str], private: Sequence[Network], by: int
) -> tuple[Webhook, str]:
    """The webhook and its secret, which is told this once. Raises BadReceiver."""
    check_url(url, private)
    wanted = sorted(set(events))
    await store.move_cursor(tx.connection, "", str(await head(tx.connection)))  # the very first is told from now on
    webhook_id = await store.insert_webhook(tx.connection, name, url, wanted, by)
    secret = await _new_secret(tx, vault, webhook_id)
    await audit.record(tx, by, "webhook.create", f"webhook:{webhook_id}", {"events": wanted})
    return await present(tx, webhook_id), secret


async def change(
    tx: Tx,
    webhook_id: int,
    *,
    name: str | None,
    url: str | None,
    events: Sequence[str] | None,
    state: WebhookState | None,
    private: Sequence[Network],
    by: int,
) -> Webhook:
    """None leaves it. A new address, or going on after a pause, forgets what failed before.

    Raises UnknownWebhook and BadReceiver.
    """
    before = await present(tx, webhook_id)
    if url is not None:
        check_url(url, private)
    await store.change_webhook(
        tx.connection,
        webhook_id,
        name=name or before.name,
        url=url or before.url,
        events=before.events if events is None else sorted(set(events)),
        state=state or before.state,
        anew=url is not None or (state == "active" and before.state == "paused"),
    )
    given = {"url": url is not None or None, "events": events and sorted(set(events)), "state": state}
    kept = {key: value for key, value in given.items() if value is not None}
    await audit.record(tx, by, "webhook.change", f"webhook:{webhook_id}", kept)
    return await present(tx, webhook_id)


async def renew_secret(tx: Tx, vault: Vault, webhook_id: int, *, by: int) -> str:
    """A new secret, told this once; from now on nothing is signed with the old one. Raises UnknownWebhook."""
    await present(tx, webhook_id)
    await audit.record(tx, by, "webhook.secret", f"webhook:{webhook_id}")
    return await _new_secret(tx, vault, webhook_id)


async def remove(tx: Tx, webhook_id: int, *, by: int) -> None:
    """Nothing is sent there any more. Raises UnknownWebhook."""
    if not await store.remove_webhook(tx.connection, webhook_id):
        raise _unknown(webhook_id)
    await audit.record(tx, by, "webhook.remove", f"webhook:{webhook_id}")


async def resend(tx: Tx, webhook_id: int, delivery_id: int) -> None:
    """Sends it again, whatever came of it; nothing changes for one that is still on its way.

    Raises UnknownWebhook and UnknownDelivery.
    """
    await present(tx, webhook_id)
    delivery = await store.get_delivery(tx.connection, delivery_id)
    if delivery is None or delivery.webhook_id != webhook_id:
        raise UnknownDelivery(f"Delivery {delivery_id} does not exist, or is older than 30 days.")
    if await store.queue_again(tx.connection, delivery_id):
        key = f"webhook:{webhook_id}:{delivery.conversation_id or '-'}"
        await enqueue(tx.connection, JOB, {"delivery_id": delivery_id}, key, max_attempts=_ATTEMPTS)


async def present(tx: Tx, webhook_id: int) -> Webhook:
    """Raises UnknownWebhook."""
    found = await store.get_webhook(tx.connection, webhook_id)
    if found is None:
        raise _unknown(webhook_id)
    return found


def open_secret(vault: Vault, webhook: Webhook) -> str:
    """Raises SecretsError when the key that sealed it is gone."""
    return "" if webhook.sealed is None else vault.unseal(webhook.sealed, context=_context(webhook.id))["secret"]


async def _new_secret(tx: Tx, vault: Vault, webhook_id: int) -> str:
    secret = SECRET_PREFIX + new_token()
    await store.set_secret(tx.connection, webhook_id, vault.seal({"secret": secret}, context=_context(webhook_id)))
    return secret


def _context(webhook_id: int) -> str:
    return f"webhook:{webhook_id}"


def _unknown(webhook_id: int) -> UnknownWebhook:
    return UnknownWebhook(f"Webhook {webhook_id} does not exist. Reload the page.")
