"""Setting up queues, one transaction each. Whoever calls has asked the policy; everything here is audited."""

from __future__ import annotations

from typing import Final
from zoneinfo import available_timezones

from sqlalchemy import text

from hub.callbacks import queue_store
from hub.callbacks.model import BadCallback, Queue, UnknownQueue
from hub.callbacks.scripts import DEFAULTS, LANGUAGE, check_scripts
from hub.channels.registry import Registry
from hub.channels.store import get_channel
from hub.desk import audit
from hub.events.model import DeskChanged
from hub.events.outbox import Tx
from hub.service.hours import check_span
from hub.service.model import WEEKDAYS, BadHours

_AGENTS: Final = text("select count(*) from agent where id = any (:ids) and not service and disabled_at is null")


async def create(tx: Tx, registry: Registry, queue: Queue, *, by: int) -> Queue:
    """Raises BadCallback."""
    await _check(tx, registry, queue)
    queue_id = await queue_store.insert_queue(tx.connection, queue)
    await audit.record(tx, by, "callback_queue.create", f"callback_queue:{queue_id}")
    tx.emit(DeskChanged())
    return await present(tx, queue_id)


async def replace(tx: Tx, registry: Registry, queue: Queue, *, by: int) -> Queue:
    """The queue, which is locked, as it is to be. Raises BadCallback."""
    await _check(tx, registry, queue)
    await queue_store.replace_queue(tx.connection, queue)
    await audit.record(tx, by, "callback_queue.change", f"callback_queue:{queue.id}")
    tx.emit(DeskChanged())
    return await present(tx, queue.id)


async def lock(tx: Tx, queue_id: int) -> Queue:
    """Not to be changed by anybody else until the transaction ends. Raises UnknownQueue."""
    found = await queue_store.lock_queue(tx.connection, queue_id)
    if found is None:
        raise UnknownQueue(f"Queue {queue_id} does not exist. Reload the page.")
    return found


async def present(tx: Tx, queue_id: int) -> Queue:
    """Raises UnknownQueue."""
    found = await queue_store.get_queue(tx.connection, queue_id)
    if found is None:
        raise UnknownQueue(f"Queue {queue_id} does not exist. Reload the page.")
    return found


def check_words(queue: Queue) -> None:
    """What can be judged of the queue alone. Raises BadCallback."""
    if not LANGUAGE.fullmatch(queue.language):
        raise BadCallback("language", "This is no language. Write it as en or de-AT.")
    if queue.language.split("-")[0] not in DEFAULTS and queue.language not in queue.scripts:
        raise BadCallback("language", "The hub has no words in this language. Write them into scripts.")
    check_scripts(queue.scripts)


async def _check(tx: Tx, registry: Registry, queue: Queue) -> None:
    check_words(queue)
    if queue.time_zone not in available_timezones():
        raise BadCallback("time_zone", "This time zone is not known. Write it like Europe/Berlin.")
    if not queue.legal.days or set(queue.legal.days) - set(WEEKDAYS):
        raise BadCallback("legal_hours.days", f"Name at least one of {', '.join(WEEKDAYS)}.")
    try:
        check_span((queue.legal.opens, queue.legal.closes), "legal_hours")
    except BadHours as failure:
        raise BadCallback("legal_hours.opens", str(failure)) from None
    await _check_channel(tx, registry, "phone_channel_id", queue.phone_channel_id, calls=True)
    await _check_channel(tx, registry, "sms_channel_id", queue.sms_channel_id, calls=False)
    found = await tx.connection.scalar(_AGENTS, {"ids": list(queue.agent_ids)})
    if found != len(set(queue.agent_ids)):
        raise BadCallback("agent_ids", "One of these agents does not work here any more. Reload the page.")


async def _check_channel(tx: Tx, registry: Registry, where: str, channel_id: int | None, *, calls: bool) -> None:
    if channel_id is None:
        return
    channel = await get_channel(tx.connection, channel_id)
    if channel is None or channel.state == "archived":
        raise BadCallback(where, f"Channel {channel_id} does not exist. Reload the page.")
    connector = registry.find(channel.kind)
    if connector is None or connector.address_kind != "phone":
        raise BadCallback(where, f"{channel.name} reaches no telephones. Choose another channel.")
    if calls and not connector.capabilities.calls:
        raise BadCallback(where, f"{channel.name} makes no calls. Choose a telephone channel.")
    if not calls and not connector.capabilities.send:
        raise BadCallback(where, f"{channel.name} sends no messages. Choose another channel.")
