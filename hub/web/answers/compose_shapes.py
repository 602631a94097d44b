"""The JSON of the composer: canned replies, macros, brands, drafts, messages that go out later, mentions."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from typing_extensions import TypedDict

from hub.web.answers.destination_shapes import Template
from hub.web.answers.entry_shapes import Attachment, Entry
from hub.web.answers.related_shapes import Task
from hub.web.answers.shapes import Conversation, Named


class CannedReply(TypedDict):
    """`texts` has a Liquid template for each language. Of the scope "team", `team_id` is whose."""

    id: int
    name: str
    shortcut: str
    scope: Literal["personal", "team", "shared"]
    owner_id: int
    team_id: int | None
    texts: dict[str, str]
    attachments: list[Attachment]


class Rendered(TypedDict):
    """A canned reply filled in; `attachments` are uploads, to be sent with it."""

    text: str
    html: str
    lang: str
    attachments: list[Attachment]


class Macro(TypedDict):
    """`change` is what PATCH /api/conversations/{id} takes; its times may begin when it is carried out."""

    id: int
    name: str
    scope: Literal["personal", "team", "shared"]
    owner_id: int
    team_id: int | None
    reply_id: int | None
    change: dict[str, Any]


class MacroDone(TypedDict):
    """The conversation as it is now, the words to go on with, and the task that was written down."""

    conversation: Conversation
    reply: Rendered | None
    task: Task | None


class Brand(TypedDict):
    id: int
    name: str
    signature_html: str
    channel_ids: list[int]


class Signature(TypedDict):
    """What will stand under a mail. `html` is empty where it has no looks; `brand` null: it is the agent's own."""

    brand: str | None
    text: str
    html: str


class DraftTo(TypedDict):
    identity_id: int
    channel_id: int


class DraftTemplate(TypedDict):
    id: str
    variables: dict[str, str]


class DraftContent(TypedDict):
    """`text` is the answer, with `html` where it has looks; `note` is the note beside it."""

    mode: Literal["reply", "note"]
    text: str
    note: str
    html: str | None
    subject: str | None
    cc: str
    to: DraftTo | None
    template: DraftTemplate | None
    mentions: list[int]


class Draft(TypedDict):
    """`version` counts the changes: a PUT names the one that it follows."""

    conversation_id: int
    version: int
    content: DraftContent
    attachments: list[Attachment]
    updated_at: datetime


class HeldDraft(TypedDict):
    draft: Draft | None


class DraftVersion(TypedDict):
    version: int


class Scheduled(TypedDict):
    """A message that goes out later. `hold`: it waits only so that it can be undone. Of one that is held_back (somebody
    wrote meanwhile) or failed, `code` and `reason` say why; `entry_id` is what a sent one became."""

    id: int
    version: int
    conversation_id: int
    agent: Named
    to_identity_id: int
    channel_id: int
    address: str
    cc: list[str]
    subject: str | None
    text: str
    html: str | None
    template: Template | None
    variables: dict[str, str]
    attachments: list[Attachment]
    hold: bool
    send_at: datetime
    state: Literal["waiting", "sent", "canceled", "held_back", "failed"]
    code: str | None
    reason: str | None
    entry_id: int | None
    created_at: datetime


class WrittenFirst(TypedDict):
    """A conversation that an agent began: with its first message, or with one that is held to be undone."""

    conversation: Conversation
    entry: Entry | None
    scheduled: Scheduled | None


class Mention(TypedDict):
    """A colleague named this agent in a note."""

    entry_id: int
    conversation_id: int
    customer: str
    by: Named | None
    text: str
    at: datetime
