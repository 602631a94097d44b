"""What belongs together, as JSON."""

from __future__ import annotations

from typing import Literal

from hub.desk.tasks.model import Task
from hub.people.acquaintances import Acquaintance
from hub.people.companies import Company, Suggested
from hub.timeline.model import Conversation
from hub.timeline.related import By, Joined, Link, Related, Split
from hub.web.answers import customer_render, related_shapes, render, shapes


def _by(by: By) -> shapes.Named | None:
    return None if by is None else {"id": by[0], "name": by[1]}


def _joined(one: Joined) -> related_shapes.Joined:
    return {"id": one.id, "from_id": one.from_id, "into_id": one.into_id, "at": one.at, "by": _by(one.by)}


def _split(one: Split) -> related_shapes.Split:
    return {
        "id": one.id,
        "from_id": one.from_id,
        "into_id": one.into_id,
        "entry_id": one.entry_id,
        "at": one.at,
        "by": _by(one.by),
    }


def _link(one: Link) -> related_shapes.Link:
    return {
        "id": one.id,
        "from_id": one.from_id,
        "to_id": one.to_id,
        "kind": one.kind,
        "at": one.at,
        "by": _by(one.by),
    }


def related(one: Related, seen: list[Conversation]) -> related_shapes.Related:
    """With those of its conversations that the agent may see, and what is about them."""
    ids = {conversation.id for conversation in seen}
    return {
        "id": one.id,
        "joined": [_joined(each) for each in one.joined if {each.from_id, each.into_id} <= ids],
        "splits": [_split(each) for each in one.splits if {each.from_id, each.into_id} <= ids],
        "links": [_link(each) for each in one.links if {each.from_id, each.to_id} <= ids],
        "side": [each for each in one.side if each in ids],
        "side_of": one.side_of if one.side_of in ids else None,
        "conversations": [render.conversation(each) for each in seen],
    }


def task(one: Task) -> related_shapes.Task:
    return {
        "id": one.id,
        "version": one.version,
        "customer": {"id": one.customer[0], "name": one.customer[1]},
        "conversation_id": one.conversation_id,
        "entry_id": one.entry_id,
        "text": one.text,
        "due_at": one.due_at,
        "assignee_id": one.assignee_id,
        "agent_id": one.agent_id,
        "created_at": one.created_at,
        "done_at": one.done_at,
        "done_by": one.done_by,
        "reminded_at": one.reminded_at,
        "deleted": one.deleted,
    }


def company(one: Company) -> related_shapes.Company:
    return {
        "id": one.id,
        "version": one.version,
        "name": one.name,
        "domains": list(one.domains),
        "people": one.people,
    }


def suggested(one: Suggested) -> related_shapes.SuggestedCompany:
    return {
        "domain": one.domain,
        "name": one.name,
        "company": None if one.company is None else company(one.company),
    }


def acquaintance(one: Acquaintance) -> related_shapes.Acquaintance:
    why: Literal["company", "copied"] = one.why
    return {
        "customer": customer_render.customer_found(one.customer),
        "why": why,
        "conversation_id": one.conversation_id,
    }
