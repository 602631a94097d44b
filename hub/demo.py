"""The demo: marked channels whose customers do not exist, and the one action that removes all of it.

A stage plays the providers of further channels (texts, calls), so that they can be tried without an account. It is a
module named in the settings, with a function `stage()` that answers an asynchronous context manager of a `Stage`.
"""

from __future__ import annotations

import importlib
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Final, Protocol

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.callbacks.model import LegalHours, Queue
from hub.callbacks.queue_store import insert_queue
from hub.channels.actions import create_channel
from hub.channels.model import NewChannel
from hub.channels.registry import Registry
from hub.db.trouble import is_passing
from hub.events.outbox import Outbox, Tx
from hub.secrets import Vault
from hub.service.model import WEEKDAYS
from hub.settings import SettingsError

KIND: Final = "demo"
NAME: Final = "Demo mailbox"
_TRIES: Final = 5
_EXISTS = text("select exists (select from channel where demo)")
_CHANNELS = text("select kind, min(id) as id from channel where demo group by kind")
_QUEUE = text(
    "select min(q.id) from callback_queue q join channel c on c.id = q.phone_channel_id "
    "where c.demo and q.state = 'active'"
)
_MARK = text("update installation set demo = :demo")

_TEAM_IN_USE: Final = """(
    exists (select from conversation c where c.team_id = team.id)
    or exists (select from canned_reply r where r.team_id = team.id)
    or exists (select from macro m where m.team_id = team.id))"""

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
           or (payload ->> 'channel_id')::bigint in (select id from demo_channel)
           or channel_id in (select id from demo_channel)""",
        "delete from delivery_status where entry_id in (select id from demo_entry)",
        "delete from delivery_attempt where entry_id in (select id from demo_entry)",
        "delete from delivery_recipient where entry_id in (select id from demo_entry)",
        "delete from delivery where entry_id in (select id from demo_entry)",
        "delete from remote_file where entry_id in (select id from demo_entry)",
        """delete from callback_attempt where callback_id in (
               select id from callback where entry_id in (select id from demo_entry))""",
        "delete from callback where entry_id in (select id from demo_entry)",
        "delete from call_leg where call_id in (select id from call where entry_id in (select id from demo_entry))",
        "delete from call where entry_id in (select id from demo_entry)",
        """create temporary table demo_queue on commit drop as
           select id from callback_queue q where phone_channel_id in (select id from demo_channel)
           and not exists (select from callback c where c.queue_id = q.id)""",
        "delete from phone_verification where queue_id in (select id from demo_queue)",
        "delete from callback_queue where id in (select id from demo_queue)",
        """update callback_queue set phone_channel_id = null
           where phone_channel_id in (select id from demo_channel)""",
        "update callback_queue set sms_channel_id = null where sms_channel_id in (select id from demo_channel)",
        "delete from attachment where entry_id in (select id from demo_entry)",
        "delete from mention where entry_id in (select id from demo_entry)",
        "delete from draft where conversation_id in (select id from demo_conversation)",
        "delete from scheduled_message where conversation_id in (select id from demo_conversation)",
        "delete from message_reference where conversation_id in (select id from demo_conversation)",
        "delete from entry_body where entry_id in (select id from demo_entry)",
        """delete from entry_also where entry_id in (select id from demo_entry)
           or identity_id in (select id from demo_identity)""",
        """delete from task where conversation_id in (select id from demo_conversation)
           or identity_id in (select id from demo_identity)""",
        "delete from conversation_cut where from_id in (select id from demo_conversation)",
        """delete from conversation_merge where from_id in (select id from demo_conversation)
           or into_id in (select id from demo_conversation)""",
        """delete from conversation_link where from_id in (select id from demo_conversation)
           or to_id in (select id from demo_conversation)""",
        # Whoever is writing the index just now is waited for, and whoever comes next finds the entries gone.
        "lock table search_document, search_customer, search_word in share row exclusive mode",
        "delete from search_document where entry_id in (select id from demo_entry)",
        "delete from search_file f where not exists (select from attachment a where a.blob_hash = f.blob_hash)",
        "delete from entry where id in (select id from demo_entry)",
        "delete from conversation_seen where conversation_id in (select id from demo_conversation)",
        "delete from participant where conversation_id in (select id from demo_conversation)",
        "delete from bulk_item where conversation_id in (select id from demo_conversation)",
        "delete from bulk_change b where not exists (select from bulk_item i where i.bulk_id = b.id)",
        "update conversation set related_id = null where related_id in (select id from demo_conversation)",
        """update conversation set merged_into_id = null, version = version + 1
           where merged_into_id in (select id from demo_conversation)""",
        "update conversation set side_of_id = null where side_of_id in (select id from demo_conversation)",
        "delete from conversation where id in (select id from demo_conversation)",
        # What real conversations have in the meantime stays, for the archive.
        "delete from saved_view where demo",
        "delete from macro where demo",
        "update macro set reply_id = null where reply_id in (select id from canned_reply where demo)",
        "delete from canned_reply where demo",
        "update channel set brand_id = null where brand_id in (select id from brand where demo)",
        "delete from brand where demo",
        "delete from custom_field where demo",
        """delete from label where demo
           and not exists (select from conversation c where c.label_ids <> '{}' and c.label_ids @> array[label.id])""",
        "update label set demo = false, archived_at = coalesce(archived_at, now()) where demo",
        "delete from team_member where team_id in (select id from team where demo)",
        "update team set demo = false, archived_at = coalesce(archived_at, now()) where demo and " + _TEAM_IN_USE,
        "delete from team where demo",
        "delete from raw where channel_id in (select id from demo_channel)",
        "delete from oauth_consent where channel_id in (select id from demo_channel)",
        """delete from suppression where channel_id in (select id from demo_channel)
           or identity_id in (select id from demo_identity)""",
        """delete from consent where channel_id in (select id from demo_channel)
           or identity_id in (select id from demo_identity)""",
        "delete from claim where identity_id in (select id from demo_identity)",
        "delete from channel where id in (select id from demo_channel)",
        "delete from identity_link where identity_id in (select id from demo_identity)",
        "delete from participant where identity_id in (select id from demo_identity)",
        "delete from identity where id in (select id from demo_identity)",
        """delete from suggestion_dismissed where low_id in (select id from demo_customer)
           or high_id in (select id from demo_customer)""",
        """delete from merge where from_id in (select id from demo_customer)
           or into_id in (select id from demo_customer)""",
        "update customer set merged_into = null where merged_into in (select id from demo_customer)",
        "delete from search_customer where customer_id in (select id from demo_customer)",
        "delete from search_word",  # and made again of what is left
        """update search_progress set entries_below = 9223372036854775807, customers_below = 9223372036854775807""",
        "delete from customer where id in (select id from demo_customer)",
        "delete from company k where demo and not exists (select from customer c where c.company_id = k.id)",
    )
)


async def demo_present(connection: AsyncConnection) -> bool:
    return bool((await connection.execute(_EXISTS)).scalar_one())


class Stage(Protocol):
    """Providers that are played beside the hub."""

    @property
    def page(self) -> str:
        """Where a person plays a customer of theirs, in a browser on this machine."""
        ...

    @property
    def channels(self) -> Sequence[NewChannel]:
        """At most one of a kind."""
        ...

    def connect(self, hub: str, channel_ids: Mapping[str, int], queue_id: int | None) -> None:
        """The hub listens at this address; these are its channels, by kind, and its queue of callbacks."""
        ...


@asynccontextmanager
async def open_stage(module: str) -> AsyncIterator[Stage | None]:
    """None without a module. Raises SettingsError for one that is not there."""
    if not module:
        yield None
        return
    try:
        found = importlib.import_module(module)
    except ModuleNotFoundError as failure:
        raise SettingsError(
            f"demo_stage: there is no module {module} ({failure}). Start the demo from a checkout, or without a stage."
        ) from failure
    async with found.stage() as stage:
        yield stage


async def add_demo(
    tx: Tx, registry: Registry, vault: Vault, stage: Stage | None = None
) -> tuple[dict[str, int], int | None]:
    """Adds the demo's channels, unless they are there: one whose connector brings the rest, and those of the stage.
    Answers their ids by kind, and the queue of callbacks."""
    wanted = [NewChannel(KIND, NAME, demo=True), *(stage.channels if stage else ())]
    known = await _channels(tx.connection)
    for new in wanted:
        if new.kind not in known:
            known[new.kind] = (await create_channel(tx, registry, vault, new, None)).id
            if registry.get(new.kind).capabilities.calls:
                await _add_queue(tx, known[new.kind], known.get("sms"))
    await tx.connection.execute(_MARK, {"demo": True})
    return known, await tx.connection.scalar(_QUEUE)


async def _channels(connection: AsyncConnection) -> dict[str, int]:
    return {row.kind: row.id for row in await connection.execute(_CHANNELS)}


async def _add_queue(tx: Tx, phone_id: int, sms_id: int | None) -> None:
    """At all hours: whoever tries the demo at night wants to be called then."""
    always = LegalHours(WEEKDAYS, "00:00", "24:00")
    queue = Queue(0, 1, "Lindenhof Supplies", phone_channel_id=phone_id, sms_channel_id=sms_id, legal=always)
    await insert_queue(tx.connection, queue)


async def remove_demo(outbox: Outbox) -> None:
    """Removes the demo's channel, customers, conversations and messages. Screens have to be loaded anew."""
    for left in reversed(range(_TRIES)):
        try:
            async with outbox.transaction() as tx:
                for statement in _REMOVE:
                    await tx.connection.execute(statement)
                await tx.connection.execute(_MARK, {"demo": False})
            return
        except DBAPIError as failure:
            # What came in the meantime, such as the attempt to send a message of it, is there to be removed by now.
            if not left or not (isinstance(failure, IntegrityError) or is_passing(failure)):
                raise
