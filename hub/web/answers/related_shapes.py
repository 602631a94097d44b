"""The JSON of what belongs together: joined, split and linked conversations, side conversations, tasks, companies.

An entry of kind "task" has in `data` what `TaskOnTimeline` says.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from typing_extensions import TypedDict

from hub.web.answers.customer_shapes import CustomerFound
from hub.web.answers.shapes import Conversation, Named


class Joined(TypedDict):
    """`from_id` was joined to `into_id`; POST /api/conversation-merges/{id}/undo takes it out again."""

    id: int
    from_id: int
    into_id: int
    at: datetime
    by: Named | None


class Split(TypedDict):
    """`into_id` was split off `from_id` at `entry_id`; POST /api/splits/{id}/undo puts it back."""

    id: int
    from_id: int
    into_id: int
    entry_id: int
    at: datetime
    by: Named | None


class Link(TypedDict):
    """`from_id` is related to, a duplicate of, or the cause of `to_id`."""

    id: int
    from_id: int
    to_id: int
    kind: Literal["related", "duplicate", "causes"]
    at: datetime
    by: Named | None


class Related(TypedDict):
    """Of the conversation `id`, which stands for those joined to it. `side` are its side conversations, `side_of` the
    one whose side conversation it is; `conversations` are all that the others name."""

    id: int
    joined: list[Joined]
    splits: list[Split]
    links: list[Link]
    side: list[int]
    side_of: int | None
    conversations: list[Conversation]


class Task(TypedDict):
    """`reminded_at`: when its assignee was told that it is due. `deleted` is only ever true in a live event."""

    id: int
    version: int
    customer: Named
    conversation_id: int | None
    entry_id: int | None
    text: str
    due_at: datetime | None
    assignee_id: int | None
    agent_id: int | None
    created_at: datetime
    done_at: datetime | None
    done_by: int | None
    reminded_at: datetime | None
    deleted: bool


class TaskOnTimeline(TypedDict):
    type: Literal["added", "done", "reopened"]
    task_id: int
    assignee_id: int | None
    due_at: str | None


class Company(TypedDict):
    """`people`: how many customers belong to it, at most 1000."""

    id: int
    version: int
    name: str
    domains: list[str]
    people: int


class SuggestedCompany(TypedDict):
    """By a mail domain; `company` null: there is none yet, and one could have this name."""

    domain: str
    name: str
    company: Company | None


class Acquaintance(TypedDict):
    """`why`: of the same company, or in copy of the same conversations, of which `conversation_id` is the newest."""

    customer: CustomerFound
    why: Literal["company", "copied"]
    conversation_id: int | None


class Acquaintances(TypedDict):
    company: Company | None
    suggested: SuggestedCompany | None
    people: list[Acquaintance]
