"""One class per event. An event says what changed, never how: readers load the present state of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, assert_never


@dataclass(frozen=True, slots=True)
class EntryChanged:
    """An entry was added, or what is shown with it (its delivery, its attachments) changed."""

    kind: ClassVar[str] = "entry"
    entry_id: int
    conversation_id: int


@dataclass(frozen=True, slots=True)
class ConversationChanged:
    kind: ClassVar[str] = "conversation"
    conversation_id: int


@dataclass(frozen=True, slots=True)
class CustomerChanged:
    """A customer's own fields changed, or which identities belong to it."""

    kind: ClassVar[str] = "customer"
    customer_id: int


@dataclass(frozen=True, slots=True)
class ChannelChanged:
    kind: ClassVar[str] = "channel"
    channel_id: int


@dataclass(frozen=True, slots=True)
class AgentChanged:
    kind: ClassVar[str] = "agent"
    agent_id: int


@dataclass(frozen=True, slots=True)
class CallChanged:
    """A telephone call, or one of its telephones."""

    kind: ClassVar[str] = "call"
    call_id: int
    conversation_id: int


@dataclass(frozen=True, slots=True)
class DeskChanged:
    """One of the small sets that everybody at the desk works with (labels, teams, fields, views, canned replies,
    macros, brands, business hours, callback queues): they are read again."""

    kind: ClassVar[str] = "desk"


@dataclass(frozen=True, slots=True)
class ScheduledChanged:
    """A message that is to go out later, or went."""

    kind: ClassVar[str] = "scheduled"
    scheduled_id: int
    conversation_id: int


@dataclass(frozen=True, slots=True)
class DraftChanged:
    """What an agent has begun to write in a conversation; theirs alone to see."""

    kind: ClassVar[str] = "draft"
    agent_id: int
    conversation_id: int


@dataclass(frozen=True, slots=True)
class MentionChanged:
    """An agent was named in a note, or has seen it."""

    kind: ClassVar[str] = "mention"
    agent_id: int


@dataclass(frozen=True, slots=True)
class SeenChanged:
    """An agent has seen more of a conversation; theirs alone to know."""

    kind: ClassVar[str] = "seen"
    agent_id: int
    conversation_id: int


@dataclass(frozen=True, slots=True)
class BulkChanged:
    """A change of many conversations has come further."""

    kind: ClassVar[str] = "bulk"
    bulk_id: int


@dataclass(frozen=True, slots=True)
class RelatedChanged:
    """What a conversation is joined to, was cut from, or is linked with; or its side conversations."""

    kind: ClassVar[str] = "related"
    conversation_id: int


@dataclass(frozen=True, slots=True)
class TaskChanged:
    kind: ClassVar[str] = "task"
    task_id: int


Event = (
    RelatedChanged
    | TaskChanged
    | BulkChanged
    | CallChanged
    | EntryChanged
    | ConversationChanged
    | CustomerChanged
    | ChannelChanged
    | AgentChanged
    | DeskChanged
    | ScheduledChanged
    | DraftChanged
    | MentionChanged
    | SeenChanged
)


def to_row(event: Event) -> tuple[str, int, int | None]:
    """(kind, subject_id, conversation_id), as the table `event` holds it."""
    match event:
        case EntryChanged():
            return event.kind, event.entry_id, event.conversation_id
        case ConversationChanged():
            return event.kind, event.conversation_id, event.conversation_id
        case CustomerChanged():
            return event.kind, event.customer_id, None
        case ChannelChanged():
            return event.kind, event.channel_id, None
        case AgentChanged():
            return event.kind, event.agent_id, None
        case CallChanged():
            return event.kind, event.call_id, event.conversation_id
        case DeskChanged():
            return event.kind, 0, None
        case ScheduledChanged():
            return event.kind, event.scheduled_id, event.conversation_id
        case DraftChanged():
            return event.kind, event.agent_id, event.conversation_id
        case MentionChanged():
            return event.kind, event.agent_id, None
        case SeenChanged():
            return event.kind, event.agent_id, event.conversation_id
        case RelatedChanged():
            return event.kind, event.conversation_id, event.conversation_id
        case TaskChanged():
            return event.kind, event.task_id, None
        case BulkChanged():
            return event.kind, event.bulk_id, None
        case _:
            assert_never(event)


def from_row(kind: str, subject_id: int, conversation_id: int | None) -> Event | None:
    """The event of a row; None for a kind that only a newer hub knows (two versions run side by side in an upgrade)."""
    match kind:
        case "entry" if conversation_id is not None:
            return EntryChanged(subject_id, conversation_id)
        case "conversation":
            return ConversationChanged(subject_id)
        case "customer":
            return CustomerChanged(subject_id)
        case "channel":
            return ChannelChanged(subject_id)
        case "agent":
            return AgentChanged(subject_id)
        case "call" if conversation_id is not None:
            return CallChanged(subject_id, conversation_id)
        case "desk":
            return DeskChanged()
        case "scheduled" if conversation_id is not None:
            return ScheduledChanged(subject_id, conversation_id)
        case "draft" if conversation_id is not None:
            return DraftChanged(subject_id, conversation_id)
        case "mention":
            return MentionChanged(subject_id)
        case "seen" if conversation_id is not None:
            return SeenChanged(subject_id, conversation_id)
        case "related":
            return RelatedChanged(subject_id)
        case "task":
            return TaskChanged(subject_id)
        case "bulk":
            return BulkChanged(subject_id)
        case _:
            return None
