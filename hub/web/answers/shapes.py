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
    are the company's own, by their keys. One with `merged_into_id` is in no list, nor a resolved one
    without an entry. `preview_files` names the first files of a newest message without words. `side_of_id` is the
    conversation from which a third party was asked, `side_answer_id` the newest event (0: none) that tells of an answer
    of one who was asked from this one, or that the time of a snooze had come."""

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
    preview_files: list[str]
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
