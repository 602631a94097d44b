"""The JSON that the hub answers. Times are RFC 3339 in UTC; ids are integers; words of state are the database's own.

render.py makes these of the models; hub/web/openapi.py describes them to programs.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Generic, Literal, TypeVar

from typing_extensions import TypedDict

ItemT = TypeVar("ItemT")


class Items(TypedDict, Generic[ItemT]):
    items: list[ItemT]


class Page(TypedDict, Generic[ItemT]):
    """`next` is given back as ?after= for the following page; null on the last one."""

    items: list[ItemT]
    next: str | None


class Named(TypedDict):
    id: int
    name: str


class Agent(TypedDict):
    id: int
    name: str
    email: str
    role: Literal["agent", "administrator"]
    initials: str
    disabled: bool


class Me(Agent):
    """One's own account. `undo_seconds`: how long a mail waits so that it can be undone."""

    signature: str
    locale: str
    theme: str
    undo_seconds: int


class HubInfo(TypedDict):
    """`demo_page`: where a customer of the demo is played, in a browser on the hub's machine; null where nowhere."""

    name: str
    version: str
    demo: bool
    demo_page: str | None


class Session(TypedDict):
    agent: Me
    csrf: str
    locale: str
    hub: HubInfo


class Invite(TypedDict):
    purpose: Literal["first_administrator", "agent", "password"]
    email: str | None
    name: str | None
    expires_at: datetime


class InviteLink(TypedDict):
    invite_url: str


class InvitedAgent(TypedDict):
    agent: Agent
    invite_url: str


class Suppressed(TypedDict):
    """`channel_id` null: on every channel."""

    channel_id: int | None
    reason: str
    since: datetime


class Identity(TypedDict):
    id: int
    kind: str
    address: str
    shown: str
    name: str
    verified: bool
    since: datetime
    suppressed: Suppressed | None


class IdentityName(TypedDict):
    id: int
    kind: str
    address: str
    shown: str
    name: str


class ChannelName(TypedDict):
    id: int
    kind: str
    name: str


class Snoozed(TypedDict):
    """`until` null: until the customer writes, which ends it in any case."""

    until: datetime | None


class PreviewOf(TypedDict):
    """What a preview tells of, to be said in the reader's language: a call or a callback, how it is, and the words that
    somebody wrote or said. `text` is the preview that it stands for."""

    kind: Literal["call", "callback"]
    direction: str
    state: str
    words: str
    text: str


class Opening(TypedDict):
    """What a conversation without a subject begins with, which is what it is called by: the kind of the entry, of a
    call or a callback how it is and how long was spoken, and the first words."""

    kind: str
    direction: str | None
    state: str | None
    talk_seconds: int | None
    words: str


class LiveConversation(TypedDict):
    """A conversation as everybody sees it; `unread` depends on who looks. Ids of labels and followers ascend; `fields`
    are the company's own, by their keys. One with `merged_into_id` is in no list. `side_of_id` is the
    conversation from which a third party was asked, `side_answer_id` the newest event (0: none) that tells of an answer
    of one who was asked from this one."""

    id: int
    version: int
    subject: str | None
    state: str
    assignee_id: int | None
    customer: Named
    identity: IdentityName
    channel: ChannelName
    preview: str
    preview_of: PreviewOf | None
    opening: Opening | None
    last_entry_id: int
    last_in_id: int
    last_entry_at: datetime
    last_direction: str
    waiting_since: datetime | None
    entry_count: int
    possibly_related_id: int | None
    delivery_problem: bool
    automatic: bool
    created_at: datetime
    snoozed: Snoozed | None
    priority: Literal["urgent", "high", "normal", "low"]
    team_id: int | None
    label_ids: list[int]
    follower_ids: list[int]
    fields: dict[str, Any]
    merged_into_id: int | None
    side_of_id: int | None
    side_answer_id: int


class Conversation(LiveConversation):
    """`seen_entry_id` is the newest entry (0: none) that whoever asks has seen."""

    unread: bool
    seen_entry_id: int


class Counts(TypedDict):
    open: int
    mine: int
    unassigned: int


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


class DestinationLimits(TypedDict):
    """`max_files` go in one message, and text only beside files of the types `captioned` (null: any number, any type);
    what is more becomes further messages. `max_bytes` is for each of them."""

    max_bytes: int
    max_text: int | None
    max_files: int | None
    captioned: list[str] | None
    attachments: bool
    subject: bool
    cc: bool
    html: bool


class DestinationWindow(TypedDict):
    """Free text may be sent while it is open; then a template alone. `closes_at` null: they have never written here."""

    open: bool
    closes_at: datetime | None


class DestinationText(TypedDict):
    """How text goes there: cut into, and paid by, segments of SMS; at most so many characters; also as templates."""

    segments: bool
    max_text: int | None
    templates: bool


class Template(TypedDict):
    """A text that the provider knows: `body` has its variables as {{name}}, `variables` an example for each. Only an
    `approved` one can be sent while the window is closed."""

    id: str
    name: str
    language: str
    body: str
    variables: dict[str, str]
    quick_replies: list[str]
    approved: bool
    category: str


Destination = TypedDict(
    "Destination",
    {
        "identity_id": int,
        "channel_id": int,
        "channel_kind": str,
        "kind": str,
        "address": str,
        "name": str,
        "from": str,
        "usable": bool,
        "reason": str | None,
        "verified": bool,
        "default": bool,
        "limits": DestinationLimits,
        "text": DestinationText,
        "window": DestinationWindow | None,
    },
)


class OpenedConversation(TypedDict):
    conversation: Conversation
    entry: Entry


class CustomerFound(TypedDict):
    id: int
    name: str
    identities: list[Identity]


class Suggestion(TypedDict):
    customer: CustomerFound
    reason: str
    detail: str


class Merge(TypedDict):
    id: int
    other: Named
    by: Named | None
    at: datetime
    undoable: bool


class Customer(TypedDict):
    id: int
    version: int
    name: str
    attributes: dict[str, Any]
    identities: list[Identity]
    created_at: datetime
    conversations_open: int
    suggestions: list[Suggestion]
    merges: list[Merge]
    merged_into: int | None


class Customers(TypedDict):
    customers: list[Customer]


class Suppression(TypedDict):
    """`channel` null: on every channel. `by` is the agent who entered it; null: they themselves, or the provider."""

    id: int
    identity: IdentityName
    channel_id: int | None
    channel: ChannelName | None
    reason: str
    since: datetime
    by: Named | None


class LiveCustomer(TypedDict):
    id: int
    version: int
    name: str
    merged_into: int | None
