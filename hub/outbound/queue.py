"""Queueing a message: checked, put on the timeline and handed to the sender, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from hub.channels.limits import limits_of
from hub.channels.model import Channel
from hub.channels.registry import Registry, UnknownKind
from hub.channels.store import get_channel
from hub.events.outbox import Tx
from hub.outbound import store
from hub.outbound.errors import (
    BadAddress,
    BadTemplate,
    ChannelUnusable,
    NeedsTemplate,
    NewerEntry,
    Suppressed,
    TooLarge,
)
from hub.outbound.job import enqueue
from hub.outbound.model import QueueMessage
from hub.outbound.parts import Part, divide, uploaded_files
from hub.outbound.settle import add_send_job
from hub.outbound.token import ReplyTokens
from hub.outbound.window import windows
from hub.people.actions import resolve_identity
from hub.sdk import Address, Connector, InvalidAddress, Limits
from hub.timeline.actions import (
    UnknownAttachment,
    UnknownConversation,
    add_participants,
    append_entry,
    earlier_entry,
)
from hub.timeline.model import Entry, NewEntry
from hub.timeline.reference import reference_hash
from hub.timeline.store import get_entries, get_entry

__all__ = ["MessageQueue", "QueueMessage", "enqueue"]

MAX_CC: Final = 50
MAX_SUBJECT: Final = 500
_NO_SUBJECT: Final = "Our answer to your message"
_CONVERSATION = text("select identity_id, subject from conversation where id = :id for update")
_NEWER = text(
    """
    select id from entry
    where conversation_id = any (array(select id from conversation where merged_into_id = :id) || cast(:id as bigint))
      and id > :seen and direction <> 'internal'
      and not (direction = 'out' and author_agent_id is not distinct from :agent_id)
    order by id limit 20
    """
)
# Whom an answer may go to: who takes part, and every address of the customer whose conversation it is.
_RECIPIENT = text(
    """
    select i.id, i.kind, i.address, i.shown, i.name
    from identity i
    where i.id = :identity_id and (
        i.id = :owner
        or exists (select from participant p join conversation c on c.id = p.conversation_id
                   where p.identity_id = i.id and :id in (c.id, c.merged_into_id))
        or exists (select from identity_link theirs join identity_link owners on owners.customer_id = theirs.customer_id
                   where theirs.identity_id = i.id and theirs.until is null
                     and owners.identity_id = :owner and owners.until is null))
    """
)
_REFERENCE = text(
    """
    insert into message_reference (hash, conversation_id, entry_id, own) values (:hash, :id, :entry_id, true)
    on conflict do nothing
    """
)


@dataclass(frozen=True, slots=True)
class _Checked:
    channel: Channel
    connector: Connector
    to: Row[Any]
    cc: tuple[Address, ...]
    subject: str
    parts: Sequence[Part]


class MessageQueue:
    """Takes messages from agents."""

    def __init__(self, registry: Registry, tokens: ReplyTokens) -> None:
        self._registry = registry
        self._tokens = tokens

    async def queue_message(self, tx: Tx, message: QueueMessage) -> Entry:
        """The new entry, with its delivery "queued"; the entry of then for an idempotency key that was seen. Files that
        the channel cannot carry along with it are entries of their own, right behind it.

        Raises an OutboundError, UnknownConversation or UnknownAttachment.
        """
        conversation = (await tx.connection.execute(_CONVERSATION, {"id": message.conversation_id})).one_or_none()
        if conversation is None:
            raise UnknownConversation(f"Conversation {message.conversation_id} does not exist. Reload the page.")
        earlier = await self._earlier(tx.connection, message)
        if earlier is not None:
            return earlier
        if not message.confirm_newer:
            await _check_nothing_newer(tx.connection, message)
        checked = await self._check(tx.connection, message, conversation)
        entries = [
            await self._add(tx, _part_of(message, part, number), checked) for number, part in enumerate(checked.parts)
        ]
        queued = await get_entry(tx.connection, entries[0].id)
        return queued or entries[0]

    async def check_message(self, tx: Tx, message: QueueMessage) -> None:
        """Raises what `queue_message` would raise now; nothing is queued."""
        conversation = (await tx.connection.execute(_CONVERSATION, {"id": message.conversation_id})).one_or_none()
        if conversation is None:
            raise UnknownConversation(f"Conversation {message.conversation_id} does not exist. Reload the page.")
        if not message.confirm_newer:
            await _check_nothing_newer(tx.connection, message)
        await self._check(tx.connection, message, conversation)

    async def _add(self, tx: Tx, message: QueueMessage, checked: _Checked) -> Entry:
        entry = await append_entry(tx, _entry(message, checked))
        await self._add_delivery(tx, entry.id, message, checked)
        return entry

    async def _earlier(self, connection: AsyncConnection, message: QueueMessage) -> Entry | None:
        if message.idempotency_key is None:
            return None
        found = await earlier_entry(connection, message.conversation_id, message.idempotency_key)
        return None if found is None else await get_entry(connection, found)

    async def _check(self, connection: AsyncConnection, message: QueueMessage, conversation: Row[Any]) -> _Checked:
        channel, connector = await self._channel(connection, message.channel_id)
        values = {"identity_id": message.identity_id, "id": message.conversation_id, "owner": conversation.identity_id}
        to = (await connection.execute(_RECIPIENT, values)).one_or_none()
        if to is None:
            raise BadAddress("This address is nobody's in this conversation. Choose one from the list.")
        if to.kind != connector.address_kind:
            raise BadAddress(f"{channel.name} cannot reach an address of this kind. Choose another channel.")
        cc = _copies(connector, message.cc, to.address)
        found = await store.suppressed(connection, to.kind, [to.address, *(one.value for one in cc)], channel.id)
        if found is not None:
            raise Suppressed(*found)
        await _check_window(connection, channel, connector, message)
        parts = await _parts(connection, connector, limits_of(connector, channel.settings), message)
        return _Checked(channel, connector, to, cc, _subject(connector, message.subject, conversation.subject), parts)

    async def _channel(self, connection: AsyncConnection, channel_id: int) -> tuple[Channel, Connector]:
        channel = await get_channel(connection, channel_id)
        if channel is None or channel.state == "archived":
            raise ChannelUnusable("This channel does not exist any more. Choose another one.")
        try:
            connector = self._registry.get(channel.kind)
        except UnknownKind as failure:
            raise ChannelUnusable(str(failure)) from failure
        if not connector.capabilities.send:
            raise ChannelUnusable(f"{channel.name} only receives. Choose another channel.")
        return channel, connector

    async def _add_delivery(self, tx: Tx, entry_id: int, message: QueueMessage, checked: _Checked) -> None:
        connection, connector = tx.connection, checked.connector
        settings = connector.schema.with_defaults(checked.channel.settings)
        reference = connector.reference(settings, self._tokens.unique(message.conversation_id))
        until = await store.new_deadline(connection)
        await store.insert_delivery(
            connection,
            entry_id,
            channel_id=checked.channel.id,
            identity_id=checked.to.id,
            address=checked.to.address,
            cc=[one.value for one in checked.cc],
            reference=reference,
            token=self._tokens.make(message.conversation_id),
            until=until,
        )
        hashed = reference_hash(reference)
        if hashed is not None:
            await connection.execute(_REFERENCE, {"hash": hashed, "id": message.conversation_id, "entry_id": entry_id})
        copied = [(await resolve_identity(tx, one)).id for one in checked.cc]
        await add_participants(tx, message.conversation_id, [checked.to.id, *copied])
        await add_send_job(tx, entry_id, message.conversation_id, checked.channel.id, until)


async def _check_nothing_newer(connection: AsyncConnection, message: QueueMessage) -> None:
    values = {"id": message.conversation_id, "seen": message.last_seen_entry_id, "agent_id": message.agent_id}
    newer = list((await connection.execute(_NEWER, values)).scalars())
    if newer:
        raise NewerEntry(await get_entries(connection, newer))


def _copies(connector: Connector, addresses: Sequence[str], to: str) -> tuple[Address, ...]:
    if addresses and not connector.capabilities.cc:
        raise BadAddress("This channel reaches one address at a time. Take out the copies.")
    if len(addresses) > MAX_CC:
        raise BadAddress(f"At most {MAX_CC} copies can be sent.")
    found: dict[str, Address] = {}
    for written in addresses:
        try:
            value = connector.normalise(written)
        except InvalidAddress as failure:
            raise BadAddress(str(failure)) from failure
        if value != to:
            found.setdefault(value, Address(connector.address_kind, value, shown=written.strip()))
    return tuple(found.values())


async def _check_window(
    connection: AsyncConnection, channel: Channel, connector: Connector, message: QueueMessage
) -> None:
    """Free text, and a template that is not approved, only while the window is open."""
    if message.template is not None and not connector.capabilities.templates:
        raise BadTemplate(f"{channel.name} has no templates. Write a text.")
    if message.template is not None and message.attachment_ids:
        raise BadTemplate("A template goes without files. Take them out, or send them by themselves.")
    seconds = connector.capabilities.window
    if not seconds or (message.template is not None and message.template.info.approved):
        return
    found = await windows(connection, [message.identity_id], {channel.id: seconds})
    if found[message.identity_id, channel.id].open:
        return
    if message.template is not None:
        raise BadTemplate(
            "This template is not approved yet, and only an approved one can be sent now. Choose another."
        )
    raise NeedsTemplate(channel.name)


async def _parts(
    connection: AsyncConnection, connector: Connector, limits: Limits, message: QueueMessage
) -> Sequence[Part]:
    """The messages that it goes out as, each of a size that the channel carries."""
    if not message.text.strip() and not message.attachment_ids:
        raise TooLarge("There is nothing to send. Write something or attach a file.")
    if limits.max_text is not None and len(message.text) > limits.max_text:
        raise TooLarge(f"The text has {len(message.text)} characters, {limits.max_text} are possible here. Shorten it.")
    if message.attachment_ids and (not connector.capabilities.attachments or limits.max_files == 0):
        raise TooLarge("This channel carries no files. Take them out or choose another channel.")
    files = await uploaded_files(connection, message.attachment_ids, message.agent_id)
    if len(files) != len(set(message.attachment_ids)):
        raise UnknownAttachment("A file is no longer there or is already on a message. Attach it again.")
    parts = divide(message.text, files, limits)
    size = max(one.size for one in parts) + len(message.html.encode())
    if size > limits.max_bytes:
        raise TooLarge(
            f"The message has {_megabytes(size)}, this channel carries {_megabytes(limits.max_bytes)}. Take out files."
        )
    return parts


def _part_of(message: QueueMessage, part: Part, number: int) -> QueueMessage:
    """The first part is the message itself, the others have files alone."""
    files = tuple(one.id for one in part.files)
    if not number:
        return replace(message, attachment_ids=files)
    return replace(message, text="", html="", template=None, idempotency_key=None, attachment_ids=files)


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"


def _subject(connector: Connector, given: str, conversation: str) -> str:
    if not connector.capabilities.subject:
        return ""
    chosen = " ".join((given or conversation or _NO_SUBJECT).split())
    if not given and conversation and not chosen.lower().startswith("re:"):
        chosen = f"Re: {chosen}"
    return chosen[:MAX_SUBJECT]


def _entry(message: QueueMessage, checked: _Checked) -> NewEntry:
    recipients: list[Mapping[str, str]] = [{"address": checked.to.address, "name": checked.to.name, "role": "to"}]
    recipients += [{"address": one.value, "name": one.name, "role": "cc"} for one in checked.cc]
    return NewEntry(
        conversation_id=message.conversation_id,
        kind="message",
        direction="out",
        channel_id=checked.channel.id,
        author_agent_id=message.agent_id,
        subject=checked.subject,
        text=message.text,
        html=message.html if checked.connector.capabilities.html else "",
        recipients=recipients,
        attachment_ids=tuple(message.attachment_ids),
        data=_data(message),
        also=(checked.to.id,),
        idempotency_key=message.idempotency_key,
    )


def _data(message: QueueMessage) -> Mapping[str, object]:
    """Which template it was, for the sender and for the timeline."""
    if message.template is None:
        return {}
    info = message.template.info
    shown = {"id": info.id, "name": info.name, "language": info.language}
    return {"template": {**shown, "variables": dict(message.template.variables)}}
