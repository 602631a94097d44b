"""What stands on a timeline. Kinds and states are text: a connector or a feature brings new ones without a change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final, Generic, Literal, NamedTuple, TypeVar

AuthorType = Literal["customer", "agent", "system"]
Direction = Literal["in", "out", "internal"]
Priority = Literal["urgent", "high", "normal", "low"]
PRIORITIES: Final[tuple[Priority, ...]] = ("urgent", "high", "normal", "low")
"""In the order of their numbers, from 1 on."""
T = TypeVar("T")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ChannelRef:
    id: int
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class CustomerRef:
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class IdentityRef:
    """`address` is the normalised one, `shown` as it was first written."""

    id: int
    kind: str
    address: str
    shown: str
    name: str


@dataclass(frozen=True, slots=True)
class Snooze:
    """Out of the way until then, or (None) until the customer writes."""

    until: datetime | None


class PreviewOf(NamedTuple):
    """What a preview tells of that is no message: a "call" or a "callback", how it is, and the words that somebody
    wrote or said. `text` is the preview that it stands for."""

    kind: Literal["call", "callback"]
    direction: Direction
    state: str
    words: str
    text: str


class Opening(NamedTuple):
    """What a conversation without a subject begins with: the kind of the entry, of a call or a callback how it is and
    how long was spoken, and the first words."""

    kind: str
    direction: str | None
    state: str | None
    talk_seconds: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """`entry_count` is the seq of the newest entry. `last_in_id` is the newest entry by a customer: it is unread for an
    agent who has seen less. `waiting_since` is when the oldest unanswered customer message came. Ids of labels and
    followers ascend; `fields` are the company's own, by their keys. What was merged into another is in no list.
    `preview_files` names the first files of a newest message without words. `side_answer_id` is the newest event that
    tells of a third party's answer, or that the time of a snooze had come (0: none): unread as `last_in_id` is."""

    id: int
    version: int
    subject: str
    state: Literal["open", "resolved"]
    assignee_id: int | None
    customer: CustomerRef
    identity: IdentityRef
    channel: ChannelRef
    preview: str
    preview_of: PreviewOf | None
    preview_files: tuple[str, ...]
    opening: Opening | None
    last_entry_id: int
    last_entry_at: datetime
    last_in_id: int
    last_direction: Direction
    waiting_since: datetime | None
    entry_count: int
    possibly_related_id: int | None
    delivery_problem: bool
    automatic: bool
    created_at: datetime
    snoozed: Snooze | None
    priority: Priority
    team_id: int | None
    label_ids: tuple[int, ...]
    follower_ids: tuple[int, ...]
    fields: Mapping[str, object]
    merged_into_id: int | None
    side_of_id: int | None
    side_answer_id: int
    seen_entry_id: int | None = None
    """The newest entry that the agent who asked has seen, 0 for none; None where no agent asked."""

    @property
    def unread(self) -> bool | None:
        """Whether the agent who asked has not seen all of it; None where no agent asked."""
        if self.seen_entry_id is None:
            return None
        return max(self.last_in_id, self.side_answer_id) > self.seen_entry_id


@dataclass(frozen=True, slots=True)
class Author:
    """`id` is an agent's or an identity's; None for the system, and for staff who wrote in another program."""

    type: AuthorType
    id: int | None
    name: str
    address: str | None


@dataclass(frozen=True, slots=True)
class Attachment:
    """`blob_hash` finds the bytes; `note` says what an unusual part is."""

    id: int
    filename: str
    content_type: str
    size: int
    inline: bool
    cid: str
    note: str
    blob_hash: bytes


class PendingFile(NamedTuple):
    """A file that still lies with the provider ("waiting"), or that could not be had from it ("gone", and why)."""

    id: int
    filename: str
    content_type: str
    size: int | None
    state: Literal["waiting", "gone"]
    reason: str


@dataclass(frozen=True, slots=True)
class DeliveryRecipient:
    address: str
    state: str
    code: str
    reason: str


# A page makes fifty of the next two: a named tuple is made five times as quickly as a frozen dataclass.
class Delivery(NamedTuple):
    """`deadline` is None only in a final state; `reason` is plain words."""

    state: str
    since: datetime
    address: str
    channel_id: int
    identity_id: int
    attempts: int
    code: str
    reason: str
    deadline: datetime | None
    recipients: tuple[DeliveryRecipient, ...] = ()


class Entry(NamedTuple):
    """`identity_id` says on whose timeline it stands. `seq` is gapless in its conversation; `version` grows with every
    change. `recipients` are {address, name, role}. `data` depends on the kind; an event's has a `type`."""

    id: int
    version: int
    seq: int
    conversation_id: int
    identity_id: int
    kind: str
    direction: Direction
    occurred_at: datetime
    created_at: datetime
    channel: ChannelRef | None
    author: Author
    subject: str
    text: str
    automatic: str
    has_more_text: bool
    has_html: bool
    remote_images: int
    recipients: Sequence[Mapping[str, str]]
    data: Mapping[str, object]
    raw_id: int | None
    attachments: tuple[Attachment, ...]
    pending: tuple[PendingFile, ...]
    delivery: Delivery | None


@dataclass(frozen=True, slots=True)
class EntryBody:
    """`full_text` with quotes and signature; "" when the entry's text is all. `html` was sanitised when it came."""

    full_text: str
    html: str


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What `append_entry` needs. Without `channel_id` it came by none (a note, an event).

    `seen_by` is the agent whose own entry it is: nothing of it is new to them. `also` are the identities, other than
    the conversation's own, on whose timeline it stands too. `answers`: it ends the customer's waiting.
    """

    conversation_id: int
    kind: str
    direction: Direction
    occurred_at: datetime | None = None
    """None: now."""
    channel_id: int | None = None
    raw_id: int | None = None
    author_agent_id: int | None = None
    author_identity_id: int | None = None
    subject: str = ""
    text: str = ""
    full_text: str = ""
    html: str = ""
    remote_images: int = 0
    automatic: str = "no"
    recipients: Sequence[Mapping[str, str]] = ()
    data: Mapping[str, object] = field(default_factory=dict)
    attachment_ids: Sequence[int] = ()
    also: Sequence[int] = ()
    idempotency_key: str | None = None


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page ended: the last item's time and id. As text it is opaque to clients."""

    at: datetime
    id: int

    def __str__(self) -> str:
        return f"{(self.at - _EPOCH) // timedelta(microseconds=1)}.{self.id}"

    @classmethod
    def parse(cls, value: str) -> Cursor:
        """Raises ValueError for anything that `str(cursor)` never gives."""
        at, number = value.split(".")
        try:
            return cls(_EPOCH + timedelta(microseconds=int(at)), int(number))
        except OverflowError:
            raise ValueError("not a cursor") from None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """`next` is None on the last page."""

    items: tuple[T, ...]
    next: Cursor | None


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """Newest first. `next` is where older entries go on, `previous` where newer ones do; None: there are none."""

    items: tuple[Entry, ...]
    next: Cursor | None
    previous: Cursor | None


@dataclass(frozen=True, slots=True)
class LastLook:
    """The newest entry of a timeline that an agent has seen, and when it happened."""

    entry_id: int
    occurred_at: datetime
