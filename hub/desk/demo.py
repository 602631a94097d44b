"""The demo's desk: teams, labels, a field and views, put on the example conversations once an agent can see them."""

from __future__ import annotations

from typing import Final

import orjson
from sqlalchemy import text

from hub.desk.demo_people import acquaint
from hub.desk.demo_ready import make_ready
from hub.events.model import ConversationChanged, DeskChanged
from hub.events.outbox import Outbox

SECONDS: Final = 2.0
"""Between looks for the first agent."""

_LABELS: Final = (("Refund", 1), ("Damage", 2), ("Delivery", 4), ("Invoice", 6), ("Sales", 5), ("Praise", 3))
_TEAMS: Final = ("Orders", "Accounts")
_ORDERS: Final = "Orders"
_VIEWS: Final[tuple[tuple[str, str, str, list[tuple[str, str, object]]], ...]] = (
    ("Urgent", "flag", "waiting", [("priority", "is", ["urgent", "high"])]),
    ("Waiting over an hour", "hourglass", "waiting", [("waiting_minutes", "over", 60)]),
    ("Invoices", "tag", "activity", [("label", "is", "Invoice")]),
)
# What the conversation is called, its labels, priority (1 is urgent) and team.
_DRESS: Final = (
    ("Damaged goods in order 20418", ("Damage", "Refund"), 2, "Orders"),
    ("Missing crate in delivery 88213", ("Delivery",), 1, "Orders"),
    ("Retour d’un article", ("Refund",), 3, "Orders"),
    ("Wrong VAT number on invoice 7781", ("Invoice",), 2, "Accounts"),
    ("فاتورة شهر أكتوبر", ("Invoice",), 3, "Accounts"),
    ("Cups for Café Aurora", ("Sales",), 3, None),
    ("お見積もりのお願い", ("Sales",), 3, None),
    ("Your parcel 00340 will be delivered today", ("Delivery",), 4, None),
    ("Your parcel 00341 will be delivered tomorrow", ("Delivery",), 4, None),
    ("Thank you", ("Praise",), 4, None),
)

_WANTED: Final = text(
    """
    select exists (select from channel where demo and cursor ->> 'seeded' = 'true')
       and exists (select from agent where not service and disabled_at is null)
       and not exists (select from team where demo)
       and pg_try_advisory_xact_lock(hashtextextended('demo desk', 0))
    """
)
_TEAM: Final = text("insert into team (name, demo) values (:name, true) on conflict do nothing returning id")
_MEMBERS: Final = text(
    "insert into team_member (team_id, agent_id) select t.id, a.id from team t, agent a "
    "where t.demo and t.name = :name and not a.service and a.disabled_at is null"
)
_LABEL: Final = text(
    "insert into label (name, tint, demo) values (:name, :tint, true) on conflict do nothing returning id"
)
_FIELD: Final = text(
    """
    insert into custom_field (noun, key, label, type, choices, demo) values
        ('conversation', 'order_number', 'Order number', 'text', '[]', true),
        ('customer', 'plan', 'Plan', 'choice', '["Standard", "Trade", "Key account"]', true)
    on conflict do nothing
    """
)
_VIEW: Final = text(
    """
    insert into saved_view (name, icon, shared, filter, sort, position, demo)
    values (:name, :icon, true, cast(:filter as jsonb), :sort, :position, true)
    """
)
_CONVERSATION: Final = text(
    """
    update conversation c set label_ids = cast(:label_ids as bigint[]), priority = :priority, team_id = :team_id,
        version = c.version + 1,
        fields = case when c.subject ~ 'order [0-9]{5}'
                      then jsonb_build_object('order_number', substring(c.subject from '[0-9]{5}')) else c.fields end
    from channel where channel.id = c.channel_id and channel.demo and c.subject = :subject returning c.id
    """
)


async def dress(outbox: Outbox) -> None:
    """Once, when the example conversations are there and somebody to look at them; else nothing."""
    async with outbox.transaction() as tx:
        connection = tx.connection
        if not await connection.scalar(_WANTED):
            return
        teams = {name: await connection.scalar(_TEAM, {"name": name}) for name in _TEAMS}
        await connection.execute(_MEMBERS, {"name": _ORDERS})
        labels = {name: await connection.scalar(_LABEL, {"name": name, "tint": tint}) for name, tint in _LABELS}
        await connection.execute(_FIELD)
        for position, (name, icon, sort, conditions) in enumerate(_VIEWS):
            found = [
                {"field": field, "op": op, "value": labels[str(value)] if field == "label" else value}
                for field, op, value in [("state", "is", "open"), *conditions]
            ]
            values = {"name": name, "icon": icon, "sort": sort, "position": position}
            await connection.execute(_VIEW, values | {"filter": orjson.dumps({"all": found}).decode()})
        for subject, worn, priority, team in _DRESS:
            label_ids = sorted(one for name in worn if (one := labels[name]) is not None)
            values = {"subject": subject, "priority": priority, "label_ids": label_ids}
            rows = await connection.execute(_CONVERSATION, values | {"team_id": teams[team] if team else None})
            for conversation_id in rows.scalars():
                tx.emit(ConversationChanged(conversation_id))
        await acquaint(tx)
        await make_ready(tx, labels["Refund"])
        tx.emit(DeskChanged())
