"""Writing to somebody first: the conversation and its first message, or neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import text

from hub.channels.registry import Registry, UnknownKind
from hub.channels.store import get_channel
from hub.channels.typed import normalise_typed
from hub.events.outbox import Tx
from hub.outbound.errors import BadAddress, ChannelUnusable
from hub.outbound.model import ChosenTemplate, QueueMessage
from hub.outbound.queue import MessageQueue
from hub.people.actions import resolve_identity
from hub.sdk import Address, InvalidAddress
from hub.timeline.actions import open_conversation
from hub.timeline.model import Entry

# Resolving the identity has locked it, so of two requests with one key the second sees what the first committed.
_EARLIER: Final = text(
    """
    select c.id from conversation c
    where c.identity_id = :identity_id and c.channel_id = :channel_id and (
        exists (select from entry e where e.conversation_id = c.id and e.idempotency_key = :key)
        or exists (select from scheduled_message s where s.conversation_id = c.id and s.idempotency_key = :key))
    """
)


@dataclass(frozen=True, slots=True)
class FirstMessage:
    """`address` as the agent wrote it; `kind` is the kind of address, or of the channel that reaches it."""

    kind: str
    address: str
    name: str
    channel_id: int
    agent_id: int
    subject: str
    text: str
    attachment_ids: Sequence[int]
    idempotency_key: str
    template: ChosenTemplate | None = None


async def send_first(tx: Tx, registry: Registry, queue: MessageQueue, first: FirstMessage) -> Entry:
    """The entry, in its new conversation; that of then for an idempotency key that was seen.

    Raises an OutboundError or UnknownAttachment.
    """
    return await queue.queue_message(tx, await open_first(tx, registry, first))


async def open_first(tx: Tx, registry: Registry, first: FirstMessage) -> QueueMessage:
    """The message as it is to be sent, in a conversation that was opened for it, now or under this idempotency key.

    Raises BadAddress and ChannelUnusable.
    """
    channel = await get_channel(tx.connection, first.channel_id)
    if channel is None or channel.state == "archived":
        raise ChannelUnusable("This channel does not exist any more. Choose another one.")
    try:
        connector = registry.get(channel.kind)
    except UnknownKind as failure:
        raise ChannelUnusable(str(failure)) from failure
    if first.kind not in (connector.address_kind, connector.kind):
        raise BadAddress(f"{channel.name} cannot reach an address of this kind. Choose another channel.")
    try:
        value = normalise_typed(connector, first.address, channel.settings)
    except InvalidAddress as failure:
        raise BadAddress(str(failure)) from failure
    address = Address(connector.address_kind, value, first.address.strip(), first.name)
    identity = await resolve_identity(tx, address)
    known = {"key": first.idempotency_key, "identity_id": identity.id, "channel_id": channel.id}
    conversation_id = await tx.connection.scalar(_EARLIER, known)
    if conversation_id is None:
        opened = await open_conversation(tx, channel_id=channel.id, identity_id=identity.id, subject=first.subject)
        conversation_id = opened.id
    return QueueMessage(
        conversation_id=conversation_id,
        agent_id=first.agent_id,
        identity_id=identity.id,
        channel_id=channel.id,
        subject=first.subject,
        text=first.text,
        attachment_ids=first.attachment_ids,
        last_seen_entry_id=0,
        idempotency_key=first.idempotency_key,
        template=first.template,
    )
