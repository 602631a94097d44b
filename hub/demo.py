"""The demo: one marked channel whose customers do not exist, and the one action that removes all of it."""

from __future__ import annotations

from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.channels.actions import create_channel
from hub.channels.model import NewChannel
from hub.channels.registry import Registry
from hub.events.outbox import Tx
from hub.secrets import Vault

KIND: Final = "demo"
NAME: Final = "Demo mailbox"
_EXISTS = text("select exists (select from channel where demo)")
_MARK = text("update installation set demo = :demo")

# In the order of the references between the tables. A customer whom an agent has linked to real conversations stays.
_REMOVE: Final = tuple(
    text(statement)
    for statement in (
        "create temporary table demo_channel on commit drop as select id from channel where demo",
        """create temporary table demo_conversation on commit drop as
           select id from conversation where channel_id in (select id from demo_channel)""",
        """create temporary table demo_entry on commit drop as
           select id from entry where conversation_id in (select id from demo_conversation)""",
        """create temporary table demo_customer on commit drop as
           select c.id from customer c
           where c.demo and not exists (
               select from identity_link l join conversation k on k.identity_id = l.identity_id
               where l.customer_id = c.id and k.id not in (select id from demo_conversation))""",
        """create temporary table demo_identity on commit drop as
           select l.identity_id as id from identity_link l
           group by l.identity_id
           having bool_and(l.customer_id in (select id from demo_customer))""",
        """delete from job where (payload ->> 'entry_id')::bigint in (select id from demo_entry)
           or (payload ->> 'channel_id')::bigint in (select id from demo_channel)""",
        "delete from delivery_status where entry_id in (select id from demo_entry)",
        "delete from delivery_attempt where entry_id in (select id from demo_entry)",
        "delete from delivery_recipient where entry_id in (select id from demo_entry)",
        "delete from delivery where entry_id in (select id from demo_entry)",
        "delete from attachment where entry_id in (select id from demo_entry)",
        "delete from message_reference where conversation_id in (select id from demo_conversation)",
        "delete from entry_body where entry_id in (select id from demo_entry)",
        "delete from entry_also where entry_id in (select id from demo_entry)",
        "delete from entry where id in (select id from demo_entry)",
        "delete from conversation_seen where conversation_id in (select id from demo_conversation)",
        "delete from participant where conversation_id in (select id from demo_conversation)",
        "update conversation set related_id = null where related_id in (select id from demo_conversation)",
        "delete from conversation where id in (select id from demo_conversation)",
        "delete from raw where channel_id in (select id from demo_channel)",
        "delete from oauth_consent where channel_id in (select id from demo_channel)",
        """delete from suppression where channel_id in (select id from demo_channel)
           or identity_id in (select id from demo_identity)""",
        "delete from channel where id in (select id from demo_channel)",
        "delete from identity_link where identity_id in (select id from demo_identity)",
        "delete from participant where identity_id in (select id from demo_identity)",
        "delete from identity where id in (select id from demo_identity)",
        """delete from suggestion_dismissed where low_id in (select id from demo_customer)
           or high_id in (select id from demo_customer)""",
        """delete from merge where from_id in (select id from demo_customer)
           or into_id in (select id from demo_customer)""",
        "update customer set merged_into = null where merged_into in (select id from demo_customer)",
        "delete from customer where id in (select id from demo_customer)",
    )
)


async def demo_present(connection: AsyncConnection) -> bool:
    return bool((await connection.execute(_EXISTS)).scalar_one())


async def add_demo(tx: Tx, registry: Registry, vault: Vault) -> None:
    """Adds the demo's channel, whose connector brings the rest. Does nothing when it is there."""
    if not await demo_present(tx.connection):
        await create_channel(tx, registry, vault, NewChannel(KIND, NAME, demo=True), None)
        await tx.connection.execute(_MARK, {"demo": True})


async def remove_demo(tx: Tx) -> None:
    """Removes the demo's channel, customers, conversations and messages. Screens have to be loaded anew."""
    for statement in _REMOVE:
        await tx.connection.execute(statement)
    await tx.connection.execute(_MARK, {"demo": False})
