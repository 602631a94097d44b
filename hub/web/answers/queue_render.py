"""Models of queues to the shapes of queue_shapes.py."""

from __future__ import annotations

from hub.bulk.model import Bulk
from hub.desk.fields.model import Field
from hub.desk.labels.model import Label
from hub.desk.teams.model import Team
from hub.desk.views.model import View
from hub.web.answers import queue_shapes


def team(one: Team) -> queue_shapes.Team:
    return {"id": one.id, "name": one.name, "member_ids": list(one.member_ids), "archived": one.archived}


def label(one: Label) -> queue_shapes.Label:
    return {"id": one.id, "name": one.name, "tint": one.tint, "archived": one.archived}


def field(one: Field) -> queue_shapes.Field:
    return {
        "id": one.id,
        "noun": one.noun,
        "key": one.key,
        "label": one.label,
        "type": one.type,
        "choices": list(one.choices),
        "archived": one.archived,
    }


def view(one: View, count: int | None) -> queue_shapes.View:
    return {
        "id": one.id,
        "name": one.name,
        "icon": one.icon,
        "shared": one.shared,
        "owner_id": one.owner_id,
        "position": one.position,
        "filter": {"all": list(one.filter["all"])},
        "sort": one.sort,
        "count": count,
    }


def bulk(one: Bulk) -> queue_shapes.Bulk:
    return {
        "id": one.id,
        "total": one.total,
        "done": one.done,
        "failed": one.failed,
        "state": one.state,
        "reason": one.reason or None,
    }
