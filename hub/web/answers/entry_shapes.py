"""Entries of the timeline: what they hold, what came with them, and what became of those that were sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from typing_extensions import TypedDict

from hub.web.answers.shapes import ChannelName, Conversation


class Attachment(TypedDict):
    id: int
    filename: str
    content_type: str
    size: int
    inline: bool
    note: str
    url: str


class PendingFile(TypedDict):
    """A file of the entry that still lies with the provider. One that is "gone" can be asked for again:
    POST /api/remote-files/{id}/retry. `size` is null while unknown; `reason` says what is in the way."""

    id: int
    filename: str
    content_type: str
    size: int | None
    state: Literal["waiting", "gone"]
    reason: str | None


class DeliveryRecipient(TypedDict):
    address: str
    state: str
    code: str | None
    reason: str | None


class Delivery(TypedDict):
    state: str
    since: datetime
    address: str
    channel_id: int
    code: str | None
    reason: str | None
    next_steps: list[str]
    recipients: list[DeliveryRecipient]


class Author(TypedDict):
    type: Literal["customer", "agent", "system"]
    id: int | None
    name: str
    address: str | None


class EntryRecipient(TypedDict):
    address: str
    name: str
    role: str


class Entry(TypedDict):
    id: int
    version: int
    seq: int
    conversation_id: int
    identity_id: int
    kind: str
    direction: str
    occurred_at: datetime
    created_at: datetime
    channel: ChannelName | None
    author: Author
    subject: str | None
    text: str
    has_more_text: bool
    has_html: bool
    remote_images: int
    to: list[EntryRecipient]
    attachments: list[Attachment]
    pending_files: list[PendingFile]
    automatic: str
    data: dict[str, Any]
    delivery: Delivery | None


class LastLook(TypedDict):
    entry_id: int
    at: datetime


class Timeline(TypedDict):
    """Newest first. `next` is what `after` takes for older entries, `previous` what `before` takes for newer ones; a
    page of a narrowed timeline may be short, or empty, and still have them. `seen` is the newest entry that the asking
    agent has seen."""

    items: list[Entry]
    next: str | None
    previous: str | None
    seen: LastLook | None
    head: str


class EntryText(TypedDict):
    text: str
    headers: dict[str, str]


class OpenedConversation(TypedDict):
    conversation: Conversation
    entry: Entry
