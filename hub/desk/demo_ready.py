"""The demo's canned replies, macro and brand."""

from __future__ import annotations

from typing import Final

import orjson
from sqlalchemy import text

from hub.events.outbox import Tx

_REPLIES: Final = (
    (
        "Greeting",
        "hello",
        {
            "en": "Dear {{ customer.first_name | default: 'customer' }},\n\nthank you for your message.",
            "de": "Guten Tag {{ customer.name }},\n\nvielen Dank für Ihre Nachricht.",
            "fr": "Bonjour {{ customer.name }},\n\nmerci pour votre message.",
            "es": "Hola, {{ customer.first_name | default: 'cliente' }}:\n\nGracias por su mensaje.",
        },
    ),
    (
        "Where is my order",
        "where",
        {
            "en": "Your order is on its way. The parcel service needs two to three working days; "
            "the tracking number comes in a mail of its own.",
            "de": "Ihre Bestellung ist unterwegs. Der Paketdienst braucht zwei bis drei Werktage; "
            "die Sendungsnummer kommt in einer eigenen Mail.",
        },
    ),
    (
        "Refund done",
        "refund",
        {
            "en": "We have refunded the amount today. It reaches your account within three working days.\n\n"
            "Kind regards\n{{ agent.first_name }}",
            "de": "Wir haben den Betrag heute erstattet. Er ist in drei Werktagen auf Ihrem Konto.\n\n"
            "Freundliche Grüße\n{{ agent.first_name }}",
        },
    ),
)
_SIGNATURE: Final = (
    "<p>{{ agent.name }}<br><b>{{ brand.name }}</b> · Customer service</p>"
    '<p>Lindenallee 12, Hamburg · <a href="https://lindenhof-supplies.example">lindenhof-supplies.example</a></p>'
)
_OWNER: Final = text("select min(id) from agent where not service and disabled_at is null")
_REPLY: Final = text(
    """
    insert into canned_reply (name, shortcut, scope, owner_id, texts, demo)
    values (:name, :shortcut, 'shared', :owner, cast(:texts as jsonb), true) returning id
    """
)
_MACRO: Final = text(
    """
    insert into macro (name, scope, owner_id, reply_id, change, demo)
    values ('Refund and resolve', 'shared', :owner, :reply, cast(:change as jsonb), true)
    """
)
_BRAND: Final = text(
    "insert into brand (name, signature_html, demo) values ('Lindenhof Supplies', :html, true) returning id"
)
_BRANDED: Final = text("update channel set brand_id = :brand where demo and brand_id is null")


async def make_ready(tx: Tx, refund_label: int | None) -> None:
    """What an agent of the demo can write and do at once, in the name of the first one."""
    connection = tx.connection
    owner = await connection.scalar(_OWNER)
    replies = {}
    for name, shortcut, texts in _REPLIES:
        values = {"name": name, "shortcut": shortcut, "owner": owner, "texts": orjson.dumps(texts).decode()}
        replies[name] = await connection.scalar(_REPLY, values)
    change = {"state": "resolved"} | ({"label_ids_add": [refund_label]} if refund_label else {})
    await connection.execute(
        _MACRO, {"owner": owner, "reply": replies["Refund done"], "change": orjson.dumps(change).decode()}
    )
    brand = await connection.scalar(_BRAND, {"html": _SIGNATURE})
    await connection.execute(_BRANDED, {"brand": brand})
